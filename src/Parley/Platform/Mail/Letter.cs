using System.Globalization;
using System.Text;

namespace Parley.Platform.Mail;

/// <summary>A mail to one person: plain text, nothing that tells us whether it was read.</summary>
public sealed record Letter(string To, string Subject, string Text)
{
    private const int Line = 76;

    /// <summary>In whose name it comes; null: Parley's.</summary>
    public string? From { get; init; }

    /// <summary>Where an answer goes; null: to where it comes from.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>What is the same in all letters about one thing, so that mail programs show them together.</summary>
    public string? Thread { get; init; }

    /// <summary>As it travels (RFC 5322): the subject as encoded words (RFC 2047), the text in base64, so that no server on the way changes either.</summary>
    internal byte[] Bytes(string from, Guid id, DateTimeOffset at)
    {
        var domain = from[(from.IndexOf('@') + 1)..];
        var text = new StringBuilder()
            .Append("From: ").Append(From is null ? "Parley" : Encoded(From)).Append(" <").Append(from).Append(">\r\n")
            .Append("To: <").Append(To).Append(">\r\n")
            .Append(ReplyTo is null ? "" : $"Reply-To: <{ReplyTo}>\r\n")
            .Append("Subject: ").Append(Encoded(Subject)).Append("\r\n")
            .Append("Date: ").Append(at.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture)).Append("\r\n")
            .Append("Message-ID: <").Append(id.ToString("N")).Append('@').Append(domain).Append(">\r\n")
            .Append(Thread is null ? "" : $"In-Reply-To: <{Thread}@{domain}>\r\nReferences: <{Thread}@{domain}>\r\n")
            // RFC 3834: nobody's absence is announced to a machine.
            .Append("Auto-Submitted: auto-generated\r\n")
            .Append("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        foreach (var part in Convert.ToBase64String(Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\r\n"))).Chunk(Line))
        {
            text.Append(part).Append("\r\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>Words of at most 75 characters each (RFC 2047, 2), cut between characters.</summary>
    private static string Encoded(string subject)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in subject.EnumerateRunes().Where(rune => !Rune.IsControl(rune)))
        {
            if (Encoding.UTF8.GetByteCount(word.ToString()) + rune.Utf8SequenceLength > 42)
            {
                words.Add(Word(word));
                word.Clear();
            }

            word.Append(rune);
        }

        words.Add(Word(word));
        return string.Join("\r\n ", words);

        static string Word(StringBuilder text) => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text.ToString()))}?=";
    }
}
