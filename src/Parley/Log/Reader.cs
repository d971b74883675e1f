using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Parley.Platform.Store;

namespace Parley.Log;

/// <summary>
/// Follows the log of every workspace in order and keeps something of its own from it: list rows, a search index, deliveries.
/// It sees every entry at least once; its writes and its cursor are one transaction, so inside its store each has its effect once.
/// </summary>
public interface IReader
{
    string Name { get; }

    /// <summary>Where its tables, its cursor and its lease are.</summary>
    Database Store { get; }

    /// <summary>
    /// For how long entries gather before the next are taken; the first after a silence are taken at once, and what is behind goes on at once. A pass costs about the same for one entry as
    /// for twenty, so what nobody watches from word to word takes its time; whoever waits for it (<see cref="Following.Reached"/>) ends the rest. <see cref="ReaderSettings.GatherMs"/> at most.
    /// </summary>
    TimeSpan Rest => TimeSpan.FromMilliseconds(250);

    /// <summary>Before anything else, and once: tables in a store of its own.</summary>
    Task Prepare() => Task.CompletedTask;

    /// <summary>
    /// Works out what consecutive entries of one workspace mean, outside the writers' lane. What it returns is written in as many transactions, none of
    /// which holds the lane up for long: only the last moves the cursor, so each part must come to the same when it is written twice.
    /// </summary>
    /// <param name="rows">How many rows a part should write at most.</param>
    Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows);

    /// <summary>Told once the cursor stands at <paramref name="position"/>, on disk.</summary>
    void Reached(WorkspaceId workspace, long position);

    /// <summary>Deletes at most <paramref name="limit"/> of its rows of a workspace, because they are made anew; 0 when none are left.</summary>
    Task<int> Clear(Session session, WorkspaceId workspace, int limit);
}

/// <summary>How readers share the store with the Desk.</summary>
public sealed record ReaderSettings(
    [Description("How many milliseconds a reader holds the writers' lane at once, about."), Range(1, 1_000)] int SliceMs = 3,
    [Description("How many milliseconds entries are gathered at most before a reader takes the next, so that many entries of a conversation cost one write. The first after a silence are taken at once."), Range(0, 10_000)] int GatherMs = 250,
    [Description("After how many seconds without a word from the node that runs a reader another takes over."), Range(1, 3_600)] int LeaseSeconds = 5);
