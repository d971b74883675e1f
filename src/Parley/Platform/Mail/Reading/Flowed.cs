using System.Text;

namespace Parley.Platform.Mail.Reading;

/// <summary>Text whose lines were broken to travel (RFC 3676, format=flowed), put together again; what is quoted stays quoted.</summary>
internal static class Flowed
{
    public static string Join(string text, bool delSp)
    {
        var joined = new StringBuilder(text.Length);
        var (open, openDepth, isFirst) = (false, 0, true);
        foreach (var line in text.Split('\n'))
        {
            var depth = line.Length - line.AsSpan().TrimStart('>').Length;
            var bare = line[depth..];
            bare = bare.StartsWith(' ') ? bare[1..] : bare;
            // The line above a signature ends with a space and flows nowhere (4.3).
            var isSignature = bare == "-- ";
            if (open && depth == openDepth && !isSignature)
            {
                joined.Append(bare);
            }
            else
            {
                joined.Append(isFirst ? "" : "\n").Append('>', depth).Append(depth > 0 && bare.Length > 0 ? " " : "").Append(bare);
            }

            open = bare.EndsWith(' ') && !isSignature;
            (openDepth, isFirst) = (depth, false);
            joined.Length -= open && delSp ? 1 : 0;
        }

        return joined.ToString();
    }
}
