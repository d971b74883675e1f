using System.Text;

namespace Parley.Platform.Mail.Reading;

/// <summary>UTF-7 (RFC 2152), as old programs still write it. What comes out is a text like any other, and is cleaned after this where it is a page.</summary>
internal static class Utf7
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        for (var at = 0; at < bytes.Length;)
        {
            if (bytes[at] != (byte)'+')
            {
                text.Append((char)bytes[at++]);
                continue;
            }

            at = Shifted(bytes, at + 1, text);
        }

        return text.ToString();
    }

    /// <returns>Where it goes on.</returns>
    private static int Shifted(ReadOnlySpan<byte> bytes, int at, StringBuilder text)
    {
        if (at < bytes.Length && bytes[at] == (byte)'-')
        {
            text.Append('+');
            return at + 1;
        }

        var (bits, count) = (0u, 0);
        for (; at < bytes.Length && Alphabet.IndexOf((char)bytes[at], StringComparison.Ordinal) is >= 0 and var six; at++)
        {
            (bits, count) = ((bits << 6) | (uint)six, count + 6);
            if (count >= 16)
            {
                count -= 16;
                text.Append((char)((bits >> count) & 0xFFFF));
                bits &= (1u << count) - 1;
            }
        }

        // What ends it is taken away only where it is the sign for that.
        return at < bytes.Length && bytes[at] == (byte)'-' ? at + 1 : at;
    }
}
