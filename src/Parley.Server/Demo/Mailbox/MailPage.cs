using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Parley.Server.Demo.Controls;
using Parley.Server.Demo.Tour;

namespace Parley.Server.Demo.Mailbox;

/// <summary>A mail program's two columns, as plain HTML. A letter is text and stays text: nothing in it is drawn but its lines and the addresses in them.</summary>
internal static partial class MailPage
{
    public static string Draw(Letters letters, Received? open)
    {
        var all = letters.All;
        return $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8">{BrowserClock.Tag}<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>{(letters.Unread > 0 ? $"({letters.Unread}) " : "")}Mailbox</title><link rel="stylesheet" href="{TourRoutes.Root}/page/tour.css"><link rel="stylesheet" href="{MailRoutes.Root}/page/mail.css"><link rel="icon" href="data:,"></head>
            <body data-count="{all.Count}"{(open is null ? "" : " data-open")}>
            <header class="bar"><h1><a href="{MailRoutes.Root}">Mailbox</a></h1><p>Every mail that Parley sends in the demo, to whomever. None leaves this machine.</p><a class="count" href="{TourRoutes.Root}">Back to the demo</a></header>
            <main class="mailbox">
            <nav aria-label="Mails">{(all.Count == 0 ? Nothing : $"<ol>{string.Concat(all.Reverse().Select(letter => Row(letter, letters.IsRead(letter.Number), letter.Number == open?.Number)))}</ol>")}</nav>
            <article>{(open is not null ? Letter(open) : all.Count == 0 ? "" : "<p class=\"choose\">Choose a mail.</p>")}</article>
            </main>
            <script src="{MailRoutes.Root}/page/mail.js" defer></script>
            </body>
            </html>
            """;
    }

    private const string Nothing = """
        <div class="none"><h2>No mail yet</h2><p>Write to Ana while her tab is closed. After a few seconds (three minutes, where times are as in a company) what she has not seen is mailed to her.</p></div>
        """;

    private static string Row(Received letter, bool read, bool open) => $"""
        <li{(read ? "" : " data-new")}><a href="{MailRoutes.Root}/{letter.Number}"{(open ? " aria-current=\"page\"" : "")}><span class="to" dir="auto">To {Text(letter.To)}</span>{Time(letter)}<b dir="auto">{Text(letter.Subject)}</b><span class="first" dir="auto">{Text(Preview(letter.Text))}</span>{(read ? "" : "<span class=\"state\">not read yet</span>")}</a></li>
        """;

    private static string Letter(Received letter) => $"""
        <a class="back" href="{MailRoutes.Root}">All mails</a>
        <h2 dir="auto">{Text(letter.Subject)}</h2>
        <dl><dt>From</dt><dd dir="auto">{Text(letter.From)}</dd><dt>To</dt><dd dir="auto">{Text(letter.To)}</dd><dt>Sent</dt><dd>{Time(letter)}</dd></dl>
        <div class="text">{Lines(letter.Text)}</div>
        """;

    private static string Time(Received letter) => letter.At is { } at ? string.Create(CultureInfo.InvariantCulture, $"<time datetime=\"{at:o}\">{at:HH:mm}</time>") : "";

    /// <summary>Blocks between empty lines; what is set in stands as what was said.</summary>
    private static string Lines(string text)
    {
        var html = new StringBuilder();
        foreach (var block in Blank().Split(text.Trim('\n')).Where(block => block.Length > 0))
        {
            var said = block.StartsWith("    ", StringComparison.Ordinal);
            var lines = string.Join('\n', block.Split('\n').Select(line => said ? line.TrimStart() : line));
            html.Append(said ? "<blockquote dir=\"auto\">" : "<p dir=\"auto\">").Append(Linked(lines)).Append(said ? "</blockquote>" : "</p>");
        }

        return html.ToString();
    }

    /// <summary>Addresses can be pressed; all else is text, whatever it looks like.</summary>
    private static string Linked(string text)
    {
        var html = new StringBuilder();
        var at = 0;
        foreach (Match link in Address().Matches(text))
        {
            html.Append(Text(text[at..link.Index])).Append("<a href=\"").Append(Text(link.Value)).Append("\" target=\"_blank\" rel=\"noopener noreferrer\">").Append(Text(link.Value)).Append("</a>");
            at = link.Index + link.Length;
        }

        return html.Append(Text(text[at..])).ToString();
    }

    /// <summary>What was said, where something was.</summary>
    private static string Preview(string text) =>
        text.Split('\n').FirstOrDefault(line => line.StartsWith("    ", StringComparison.Ordinal))?.Trim() ?? text.Split('\n').Skip(1).FirstOrDefault(line => line.Length > 0) ?? "";

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    [GeneratedRegex(@"https?://[^\s<>""']+[^\s<>""'.,;:!?)]", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"\n{2,}")]
    private static partial Regex Blank();
}
