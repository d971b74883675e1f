using System.Collections.Frozen;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>The word before was only thanks: nothing is owed for it. An entry of its own, for the words may be overwritten and the fold must not read them.</summary>
public sealed record Thanked(long Of) : EntryBody;

/// <summary>Thanks after a matter was closed are no new matter: nobody is promised an answer to them.</summary>
internal static class Thanking
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(10);

    /// <summary>More words than these say something else as well.</summary>
    private const int MostWords = 6;

    private static readonly FrozenSet<string> Words = new[]
    {
        "thank", "thanks", "you", "thx", "ty", "cheers", "great", "perfect", "super", "ok", "okay", "bye", "very", "so", "much", "a", "lot", "many", "for", "your", "the", "help", "all",
        "danke", "dankeschön", "vielen", "dank", "schön", "sehr", "prima", "toll", "perfekt", "tschüss", "herzlichen", "ihnen", "dir", "euch", "besten", "die", "hilfe", "für", "ihre", "deine",
        "bedankt", "dankjewel", "dankuwel", "dank", "je", "wel", "u", "hartelijk", "fijn", "top", "doei", "voor", "hulp", "de",
        "gracias", "muchas", "muchísimas", "mil", "genial", "perfecto", "vale", "adiós", "por", "todo", "la", "ayuda", "su", "tu",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Thanks = new[]
    {
        "thank", "thanks", "thx", "ty", "cheers", "danke", "dankeschön", "dank", "bedankt", "dankjewel", "dankuwel", "gracias", "👍", "🙏", "❤️", "❤",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly char[] Between = [' ', '\n', '\t', '!', '.', ',', ';', ':', '-'];

    public static bool Is(Conversation it, Content content, DateTimeOffset now)
    {
        if (it is not { Status: Status.Closed, ClosedAt: { } closed } || now - closed > Soon || content is not { IsPlain: true, Text: { } text } || content.HasFiles || text.Contains('?', StringComparison.Ordinal))
        {
            return false;
        }

        var words = text.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length is > 0 and <= MostWords && words.Any(Thanks.Contains) && words.All(word => Words.Contains(word) || Thanks.Contains(word));
    }

    public static Conversation Apply(Conversation it) => it with { WaitingSince = null };
}
