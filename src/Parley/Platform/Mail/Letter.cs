using System.Globalization;
using System.Text;

namespace Parley.Platform.Mail;

/// <summary>A picture that travels in the mail, where its page names it as <c>cid:</c> and this id.</summary>
public sealed record Inline(string Id, string Mime, byte[] Bytes);

/// <summary>A mail to one person: plain text, and a page if one likes; nothing that tells us whether it was read.</summary>
public sealed record Letter(string To, string Subject, string Text)
{
    private const int Line = 76;

    /// <summary>In whose name it comes; null: Parley's.</summary>
    public string? From { get; init; }

    /// <summary>Where an answer goes; null: to where it comes from.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The same as a page (HTML) that names nothing outside of the mail but what is clicked; null: text alone.</summary>
    public string? Page { get; init; }

    /// <summary>The one picture of the page.</summary>
    public Inline? Picture { get; init; }

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
            .Append("MIME-Version: 1.0\r\n");
        Body(text, id.ToString("N"));
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>The plainest first (RFC 2046, 5.1.4), the picture beside the page that shows it (RFC 2387). No base64 holds a boundary.</summary>
    private void Body(StringBuilder to, string id)
    {
        if (Page is null)
        {
            Part(to, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\r\n")));
            return;
        }

        to.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/alternative; boundary=\"{id}-a\"\r\n\r\n--{id}-a\r\n");
        Part(to, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\r\n")));
        to.Append(CultureInfo.InvariantCulture, $"--{id}-a\r\n");
        if (Picture is { } picture)
        {
            to.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/related; type=\"text/html\"; boundary=\"{id}-r\"\r\n\r\n--{id}-r\r\n");
            Part(to, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(Page));
            to.Append(CultureInfo.InvariantCulture, $"--{id}-r\r\n");
            Part(to, picture.Mime, picture.Bytes, $"Content-ID: <{picture.Id}>\r\nContent-Disposition: inline\r\n");
            to.Append(CultureInfo.InvariantCulture, $"--{id}-r--\r\n");
        }
        else
        {
            Part(to, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(Page));
        }

        to.Append(CultureInfo.InvariantCulture, $"--{id}-a--\r\n");
    }

    private static void Part(StringBuilder to, string type, byte[] bytes, string more = "")
    {
        to.Append("Content-Type: ").Append(type).Append("\r\nContent-Transfer-Encoding: base64\r\n").Append(more).Append("\r\n");
        foreach (var line in Convert.ToBase64String(bytes).Chunk(Line))
        {
            to.Append(line).Append("\r\n");
        }
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
