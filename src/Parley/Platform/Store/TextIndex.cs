namespace Parley.Platform.Store;

/// <summary>One text to be found again by its words. <paramref name="Owner"/> and <paramref name="Number"/> say what it is; a second one of the same replaces it.</summary>
/// <param name="Words">Folded, each once (see <see cref="WordSplitting"/>).</param>
public sealed record IndexedText(byte[] Workspace, byte[] Owner, long Number, long Position, long At, IReadOnlyList<string> Words);

/// <summary>Where a text was found. <paramref name="Rank"/> falls from hit to hit: the next page begins below it.</summary>
public readonly record struct TextHit(byte[] Owner, long Number, long At, long Rank);

/// <summary>Finds texts that have all of some words (or words that begin so), newest first. Never ranked: over a common word that costs seconds.</summary>
public abstract class TextIndex
{
    /// <summary>Its tables.</summary>
    public abstract string Ddl { get; }

    public abstract Task Put(Session session, IReadOnlyList<IndexedText> texts);

    /// <summary>Removes texts of an owner, so that nothing of them is left in the file.</summary>
    /// <param name="numbers">Which; null: all.</param>
    public abstract Task Remove(Session session, byte[] owner, IReadOnlyCollection<long>? numbers = null);

    /// <summary>Removes at most <paramref name="limit"/> texts of a workspace; returns how many.</summary>
    public abstract Task<int> Clear(Session session, byte[] workspace, int limit);

    /// <summary>The rank below which all is older than a time, as far as texts came in the order of their times. A few looks, whatever there is.</summary>
    public async Task<long> Below(Session session, byte[] workspace, long at)
    {
        var (low, high) = (0L, await Last(session, workspace) + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (await TimeAt(session, workspace, middle) is { } time && time >= at)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    /// <summary>The highest rank; 0 where there is nothing.</summary>
    protected abstract Task<long> Last(Session session, byte[] workspace);

    /// <summary>The time of the newest text up to a rank; null where there is none.</summary>
    protected abstract Task<long?> TimeAt(Session session, byte[] workspace, long rank);

    /// <param name="words">Folded; a text must have one that begins with each.</param>
    /// <param name="below">The rank of the last hit of the page before; <see cref="long.MaxValue"/> for the first page.</param>
    public abstract Task<List<TextHit>> Find(Session session, byte[] workspace, IReadOnlyList<string> words, long below, int limit);
}
