namespace Parley.Channels.Receiving;

/// <summary>Whether somebody's address stands in a text that nobody can read: as a whole, not as a part of a longer one.</summary>
internal static class Naming
{
    public static bool Names(string text, string address)
    {
        // As it is, and as it stands in JSON, where a plus or a letter may be written by its number.
        foreach (var written in (string[])[address, System.Text.Json.JsonSerializer.Serialize(address)[1..^1]])
        {
            for (var at = 0; written.Length > 0 && (at = text.IndexOf(written, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
            {
                if (!Goes(text, at - 1, -1) && !Goes(text, at + written.Length, 1))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether a name goes on there. A full stop ends a sentence or joins two parts.</summary>
    private static bool Goes(string text, int at, int step) =>
        at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '-' or '@' || (text[at] is '.' or '+' && Goes(text, at + step, step)));
}
