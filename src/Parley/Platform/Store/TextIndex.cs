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

    /// <param name="words">Folded; a text must have one that begins with each.</param>
    /// <param name="below">The rank of the last hit of the page before; <see cref="long.MaxValue"/> for the first page.</param>
    public abstract Task<List<TextHit>> Find(Session session, byte[] workspace, IReadOnlyList<string> words, long below, int limit);
}
