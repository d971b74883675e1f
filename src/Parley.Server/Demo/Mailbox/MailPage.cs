using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Parley.Server.Demo.Controls;
using Parley.Server.Demo.Tour;

namespace Parley.Server.Demo.Mailbox;

/// <summary>A mail program's two columns, as plain HTML. A letter's page stands in a frame that runs nothing; its text stays text: its lines, and the addresses in them.</summary>
internal static partial class MailPage
{
    /// <summary>What a letter's page may do: open what is pressed. Its origin is ours so that the frame can be made as high as it is; scripts it has none.</summary>
    public const string Sandbox = "allow-same-origin allow-popups allow-popups-to-escape-sandbox";

    /// <param name="plain">As who reads mails without pages sees it.</param>
    public static string Draw(Letters letters, Received? open, bool plain = false)
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
            <article>{(open is not null ? Letter(open, plain || open.Page is null) : all.Count == 0 ? "" : "<p class=\"choose\">Choose a mail.</p>")}</article>
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

    private static string Letter(Received letter, bool plain) => $"""
        <a class="back" href="{MailRoutes.Root}">All mails</a>
        <h2 dir="auto">{Text(letter.Subject)}</h2>
        <dl><dt>From</dt><dd dir="auto">{Text(letter.From)}</dd><dt>To</dt><dd dir="auto">{Text(letter.To)}</dd><dt>Sent</dt><dd>{Time(letter)}</dd></dl>
        {(letter.Page is null ? "" : $"<nav class=\"forms\" aria-label=\"Shown as\">{Form(letter, "", "As it is read", !plain)}{Form(letter, "?as=text", "Plain text", plain)}</nav>")}
        {(plain ? $"<div class=\"text\">{Lines(letter.Text)}</div>" : $"<iframe class=\"sheet\" title=\"The mail\" sandbox=\"{Sandbox}\" src=\"{MailRoutes.Root}/{letter.Number}/page\"></iframe>")}
        """;

    private static string Form(Received letter, string query, string name, bool current) => $"<a href=\"{MailRoutes.Root}/{letter.Number}{query}\"{(current ? " aria-current=\"true\"" : "")}>{name}</a>";

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
