using System.Buffers.Binary;
using System.Text;

namespace Parley.Platform.Mail.Imap;

/// <summary>Names of folders in any script, as IMAP writes them: a UTF-7 of its own (RFC 3501, 5.1.3).</summary>
internal static class FolderNames
{
    public static string Encode(string name)
    {
        var (text, other) = (new StringBuilder(), new StringBuilder());
        foreach (var letter in name)
        {
            if (letter is >= ' ' and <= '~')
            {
                Flush(text, other);
                text.Append(letter == '&' ? "&-" : letter);
            }
            else
            {
                other.Append(letter);
            }
        }

        Flush(text, other);
        return text.ToString();
    }

    /// <summary>What is not written so is left as it is: some servers speak UTF-8.</summary>
    public static string Decode(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != '&' || name.IndexOf('-', i) is not (> 0 and var end))
            {
                text.Append(name[i]);
            }
            else if (end == i + 1)
            {
                text.Append('&');
                i = end;
            }
            else if (Shifted(name[(i + 1)..end]) is { } letters)
            {
                text.Append(letters);
                i = end;
            }
            else
            {
                text.Append('&');
            }
        }

        return text.ToString();
    }

    private static string? Shifted(string coded)
    {
        var bytes = new byte[coded.Length];
        if (!Convert.TryFromBase64String(coded.Replace(',', '/') + new string('=', (4 - (coded.Length % 4)) % 4), bytes, out var count) || count % 2 != 0)
        {
            return null;
        }

        return Encoding.BigEndianUnicode.GetString(bytes, 0, count);
    }

    private static void Flush(StringBuilder text, StringBuilder other)
    {
        if (other.Length == 0)
        {
            return;
        }

        var bytes = new byte[other.Length * 2];
        for (var i = 0; i < other.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(i * 2), other[i]);
        }

        text.Append('&').Append(Convert.ToBase64String(bytes).TrimEnd('=').Replace('/', ',')).Append('-');
        other.Clear();
    }
}
