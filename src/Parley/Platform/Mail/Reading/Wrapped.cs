using System.Formats.Asn1;
using System.Text;

namespace Parley.Platform.Mail.Reading;

/// <summary>
/// What is wrapped in ways that are no MIME: Outlook's winmail.dat (TNEF), a mail within its own signature (S/MIME, RFC 8551, 3.5.2), files that stand in a text (uuencode). Opened where
/// that can be done, and left as it came where not; no signature is checked by it.
/// </summary>
public static class Wrapped
{
    private const string SignedData = "1.2.840.113549.1.7.2";

    /// <summary>So deep something is wrapped in something.</summary>
    private const int Depth = 5;

    /// <summary>Opens what is in memory, in place.</summary>
    public static ReadMail Open(ReadMail mail) => Open(mail, Depth);

    private static ReadMail Open(ReadMail mail, int depth)
    {
        foreach (var part in depth == 0 ? [] : mail.Body.All().ToList())
        {
            if (part.Mail is { } within)
            {
                Open(within, depth - 1);
            }
            else if (part.IsTnef && part.Bytes is { } packed && Tnef.Read(packed) is { } tnef)
            {
                part.Unwrap([.. Parts(tnef, mail), .. tnef.IsWhole ? [] : new[] { Leaf(part.Name ?? "winmail.dat", "application/ms-tnef", packed) }]);
            }
            else if (part is { Type: "application/pkcs7-mime" or "application/x-pkcs7-mime", HasParts: false, Bytes: { } signed } && Content(signed) is { } content)
            {
                part.Unwrap([Open(MailReader.Read(content), depth - 1).Body]);
            }
            else if (part is { IsBody: true, Type: "text/plain", Text: { } text } && Uuencoded.Split(text) is var (said, files))
            {
                part.Text = said;
                foreach (var (name, bytes) in files)
                {
                    mail.Body.Add(Leaf(name, "application/octet-stream", bytes));
                }
            }
        }

        return mail;
    }

    private static List<MailPart> Parts(Tnef tnef, ReadMail mail)
    {
        // What the mail says in another part already it says once.
        var isSaid = mail.Body.All().Any(part => part is { IsBody: true, Text: { } text } && text.Trim().Length > 0);
        var parts = tnef.Files.Select(file => Leaf(file.Name, file.Type, file.Bytes, file.ContentId)).ToList();
        if (!isSaid && (tnef.Page ?? tnef.Text) is { Length: > 0 } said)
        {
            parts.Insert(0, new MailPart(new([new("Content-Type", $"{(tnef.Page is null ? "text/plain" : "text/html")}; charset=utf-8")]), "text/plain") { Text = said.ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal), Size = said.Length });
        }
        else if (!isSaid && tnef.Rich is { } rich)
        {
            parts.Insert(0, Leaf("message.rtf", "application/rtf", rich));
        }

        return parts;
    }

    private static MailPart Leaf(string? name, string type, byte[] bytes, string? contentId = null)
    {
        var bare = HeaderFields.OneLine(name ?? "").Replace('"', '\'').Trim();
        List<HeaderField> headers = [new("Content-Type", type), new("Content-Disposition", bare.Length == 0 ? "attachment" : $"attachment; filename=\"{bare}\"")];
        if (contentId is { Length: > 0 })
        {
            headers.Add(new("Content-ID", $"<{contentId.Trim('<', '>')}>"));
        }

        return new MailPart(new(headers), type) { Bytes = bytes, Size = bytes.Length };
    }

    /// <summary>What a signature is around; null: nothing, or it cannot be read.</summary>
    private static byte[]? Content(byte[] signed)
    {
        try
        {
            var outer = new AsnReader(signed, AsnEncodingRules.BER).ReadSequence();
            if (outer.ReadObjectIdentifier() != SignedData)
            {
                return null;
            }

            var data = outer.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
            data.ReadInteger();
            data.ReadSetOf(skipSortOrderValidation: true);
            var within = data.ReadSequence();
            within.ReadObjectIdentifier();
            return within.HasData ? within.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadOctetString() : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}

/// <summary>Files that stand in a text, as Unix mailed them before there was MIME.</summary>
internal static class Uuencoded
{
    /// <summary>The text without them; null: there are none.</summary>
    public static (string Text, IReadOnlyList<(string Name, byte[] Bytes)> Files)? Split(string text)
    {
        if (!text.Contains("begin ", StringComparison.Ordinal))
        {
            return null;
        }

        var (said, files, lines) = (new List<string>(), new List<(string, byte[])>(), text.Split('\n'));
        for (var at = 0; at < lines.Length; at++)
        {
            if (files.Count < MailLimits.Parts && Begins(lines[at]) is { } name && At(lines, at + 1) is var end && end > 0 && Decoded(lines.AsSpan(at, end - at + 1)) is { } bytes)
            {
                files.Add((name, bytes));
                at = end;
                continue;
            }

            said.Add(lines[at]);
        }

        return files.Count == 0 ? null : (string.Join('\n', said).TrimEnd(), files);
    }

    /// <summary>The mode in octal, and the name; "begin" begins sentences, too.</summary>
    private static string? Begins(string line) => line.StartsWith("begin ", StringComparison.Ordinal) && line.TrimEnd('\r').Split(' ', 3) is [_, { Length: 3 or 4 } mode, { Length: > 0 } name] && mode.All(digit => digit is >= '0' and <= '7') ? name.Trim() : null;

    /// <summary>Where it ends; 0: nowhere, or there are words in between.</summary>
    private static int At(string[] lines, int from)
    {
        for (var at = from; at < lines.Length; at++)
        {
            var line = lines[at].TrimEnd('\r');
            if (line == "end")
            {
                return at;
            }

            // A length, and four characters for each three bytes of it; spaces at the end may have been cut off.
            if (line.Length > 0 && (line.Length > 86 || line.Any(letter => letter is < ' ' or > '`') || line.Length > 1 + ((((line[0] - ' ') & 63) + 2) / 3 * 4) + 1))
            {
                return 0;
            }
        }

        return 0;
    }

    private static byte[]? Decoded(ReadOnlySpan<string> lines)
    {
        var into = new MemoryStream();
        var decoding = new UuDecoding(into);
        foreach (var line in lines)
        {
            decoding.Line(Encoding.ASCII.GetBytes(line.TrimEnd('\r')), "\n"u8, isStart: true);
        }

        return into.Length == 0 ? null : into.ToArray();
    }
}
