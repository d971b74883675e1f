using System.Globalization;
using System.Net;
using System.Text;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Mail;

namespace Parley.Notifications.Transcripts;

/// <summary>Something that was said, as it stands now.</summary>
/// <param name="At">By the clock of who reads it.</param>
internal sealed record Line(long Seq, string By, string At, string Text, IReadOnlyList<string> Files);

/// <summary>All that a customer may see of a conversation as a letter: words of both sides in order, and nothing of what stands between them.</summary>
internal static class TranscriptLetter
{
    private const int Longest = 400_000;
    private const string Said = "margin:0 0 12px;white-space:pre-wrap";

    /// <summary>What was changed stands as it was changed; what was taken back does not stand there at all.</summary>
    public static IReadOnlyList<Line> Fold(IEnumerable<Entry> entries, Func<Entry, string> by, Func<Entry, string> at)
    {
        var lines = new List<Line>();
        foreach (var entry in entries.Where(entry => entry.Visibility == Visibility.Public))
        {
            if (entry.Body is Message message)
            {
                lines.Add(new(entry.Seq, by(entry), at(entry), message.Content.Plain(), Files(message.Content)));
            }
            else if (entry.Body is Edited edited && lines.FindIndex(line => line.Seq == edited.Of) is >= 0 and var changed)
            {
                lines[changed] = lines[changed] with { Text = edited.Content.Plain(), Files = Files(edited.Content) };
            }
        }

        return lines;
    }

    /// <param name="head">In whose name.</param>
    public static (string Text, string Page) Write(TranscriptWords words, string language, Letterhead head, IReadOnlyList<Line> lines)
    {
        var shown = Newest(lines);
        var text = new StringBuilder(words.Intro).Append("\n\n");
        var page = AnswerPage.Begin(words.Subject, language, head).Append(CultureInfo.InvariantCulture, $"<p dir=\"auto\">{Safe(words.Intro)}</p>");
        if (shown.Count < lines.Count)
        {
            text.Append(words.Cut).Append("\n\n");
            page.Append(CultureInfo.InvariantCulture, $"<p dir=\"auto\">{Safe(words.Cut)}</p>");
        }

        foreach (var line in shown)
        {
            var said = string.Join('\n', new[] { line.Text.Trim() }.Concat(line.Files.Select(file => $"{words.File} {file}")).Where(part => part.Length > 0));
            text.Append(CultureInfo.InvariantCulture, $"{line.By}, {line.At}\n");
            foreach (var each in said.ReplaceLineEndings("\n").Split('\n'))
            {
                text.Append(each.Length == 0 ? "" : "    ").Append(each).Append('\n');
            }

            text.Append('\n');
            page.Append(AnswerPage.Small($"{line.By}, {line.At}")).Append(CultureInfo.InvariantCulture, $"<div dir=\"auto\" style=\"{Said}\">{Safe(said)}</div>");
        }

        return (text.Append(head.Brand).Append("\n\n").Append(words.Reason).Append('\n').ToString(), AnswerPage.End(page, head.Brand, words.Reason));
    }

    /// <summary>As many of the newest as a mail can bear.</summary>
    private static IReadOnlyList<Line> Newest(IReadOnlyList<Line> lines)
    {
        var (room, first) = (Longest, lines.Count);
        while (first > 0 && (room -= lines[first - 1].Text.Length + 100) > 0)
        {
            first--;
        }

        return [.. lines.Skip(first)];
    }

    private static IReadOnlyList<string> Files(Content content) => [.. (content.Files ?? []).Select(file => file.Name)];

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
