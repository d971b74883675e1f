using System.Globalization;
using System.Net;
using System.Text;
using Parley.Platform.Mail;

namespace Parley.Notifications;

/// <summary>In whose name a mail comes, for the eye.</summary>
internal sealed record Letterhead(string Brand, string Color, Inline? Logo);

/// <summary>
/// The letter for programs that show more than text: the same words in the same order, in the brand's colour and with its logo. Styles stand at the elements,
/// where mail programs read them, and nothing is fetched from anywhere.
/// </summary>
internal static class AnswerPage
{
    private const string Body = "margin:0;padding:16px;background:#ffffff;color:#1f2025;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
    private const string Quiet = "margin:0 0 12px;color:#62646d;font-size:13px";
    private const string Said = "margin:0 0 8px;padding:10px 14px;border-radius:10px;background:#f2f3f5;white-space:pre-wrap";

    /// <param name="said">With everything filled in but who wrote.</param>
    public static string Write(AnswerWords said, string language, Letterhead head, IReadOnlyList<Word> words, string? link)
    {
        var page = Begin(said.Subject, language, head)
            .Append(CultureInfo.InvariantCulture, $"<p dir=\"auto\">{Safe(said.Hello)}</p>");
        string? by = null;
        foreach (var word in words)
        {
            var author = word.By ?? head.Brand;
            if (author != by)
            {
                page.Append(CultureInfo.InvariantCulture, $"{Small(said.Wrote.Replace("{who}", author, StringComparison.Ordinal))}");
                by = author;
            }

            var text = string.Join('\n', new[] { word.Text, word.Files ? said.Files : "" }.Where(part => part.Length > 0));
            page.Append(CultureInfo.InvariantCulture, $"""<div dir="auto" style="{Said}">{Safe(text)}</div>""");
        }

        if (link is not null)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p dir=\"auto\">{Safe(said.Open)}</p>")
                .Append(CultureInfo.InvariantCulture, $"""<p><a href="{Safe(link)}" style="display:inline-block;padding:11px 20px;border-radius:8px;background:{head.Color};color:{On(head.Color)};font-weight:600;text-decoration:none">{Safe(said.Button)}</a></p>""")
                .Append(CultureInfo.InvariantCulture, $"""<p dir="auto" style="{Quiet}">{Safe(said.Only)}</p>""");
        }

        return End(page, head.Brand, said.Reason);
    }

    /// <summary>The beginning of any mail to a customer, in the brand's colour and under its logo.</summary>
    public static StringBuilder Begin(string subject, string language, Letterhead head) => new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $"""<!doctype html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Safe(subject)}</title></head>""")
        .Append(CultureInfo.InvariantCulture, $"""<body style="{Body}"><div style="max-width:560px;margin:0 auto;padding:20px 4px;border-top:6px solid {head.Color}">""")
        .Append(Sign(head));

    /// <summary>A line that stands back.</summary>
    public static string Small(string text) => $"""<p dir="auto" style="{Quiet}">{Safe(text)}</p>""";

    /// <summary>Who writes, and why.</summary>
    public static string End(StringBuilder page, string brand, string reason) =>
        page.Append(CultureInfo.InvariantCulture, $"""<p dir="auto">{Safe(brand)}</p>{Small(reason)}</div></body></html>""").ToString();

    private static string Sign(Letterhead head) => head.Logo is { } logo
        ? $"""<p><img src="cid:{logo.Id}" alt="{Safe(head.Brand)}" style="display:block;max-width:200px;max-height:40px"></p>"""
        : $"""<p dir="auto" style="font-size:18px;font-weight:600">{Safe(head.Brand)}</p>""";

    /// <summary>White or black, whichever is read better on the colour (WCAG 2.2, 1.4.3).</summary>
    private static string On(string color) => (0.2126 * Light(color, 1)) + (0.7152 * Light(color, 3)) + (0.0722 * Light(color, 5)) < 0.1791 ? "#ffffff" : "#000000";

    private static double Light(string color, int from)
    {
        var value = int.Parse(color.AsSpan(from, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
