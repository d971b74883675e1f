using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Parley.Inbox.Lists;
using Parley.Log;
using Parley.Platform.Hosting;
using Parley.Platform.Store;
using Profile = Parley.Contacts.Profile;

namespace Parley.Inbox.Views;

/// <summary>
/// Makes views that are new or ask for something else now, from the newest conversation on, in slices that hold nobody up; takes away what nobody looks at any
/// more; and sees to rows whose time has come. What happens to a conversation meanwhile the reader keeps, so a view is right as soon as it is made.
/// </summary>
internal sealed class ViewWork : DueRounds
{
    private const int AtOnce = 200;
    /// <summary>Where the disk itself takes its time, smaller slices are not shorter, only more of them.</summary>
    private const int Fewest = 100;
    private const int Largest = 1_000;

    private readonly Database _database;
    private readonly ViewKeeping _keeping;
    private readonly SummaryChanges _changes;
    private readonly ReaderSettings _settings;
    private readonly TimeProvider _time;
    private int _rows = Fewest;

    public ViewWork(Database database, ViewKeeping keeping, SummaryChanges changes, ReaderSettings settings, TimeProvider time, ILogger<ViewWork> log)
        : base("views", time, log)
    {
        (_database, _keeping, _changes, _settings, _time) = (database, keeping, changes, settings, time);
        // Told once it is on disk; what a node of others wrote is looked for in any case.
        changes.Listen(_ =>
        {
            if (keeping.TakeOwing())
            {
                Tell();
            }
        });
    }

    protected override async Task<DateTimeOffset?> Next() => await _database.Read(ViewStore.NextDue) is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    /// <summary>Until nothing is left to do: a view that is long in making does not keep what is due waiting.</summary>
    protected override async Task Round(CancellationToken stop)
    {
        for (var busy = true; busy && !stop.IsCancellationRequested;)
        {
            busy = await Flip() | await Make();
        }
    }

    /// <summary>Rows whose time has come. True if there may be more.</summary>
    internal async Task<bool> Flip()
    {
        var due = await _database.Read(session => ViewStore.IsDue(session, _time.GetUtcNow().ToUnixTimeMilliseconds(), AtOnce));
        foreach (var group in due.GroupBy(one => one.Workspace))
        {
            var rows = await _database.Read(session => SummaryStore.Find(session, group.Select(one => one.Id)));
            var contacts = await Contacts(group.Key, rows);
            var moved = await _database.Write(
                async session =>
                {
                    if (await ViewStore.Hold(session, group.Key) is not (>= 0 and var position))
                    {
                        return [];
                    }

                    // Read again: what it was a moment ago somebody may have changed.
                    var now = await SummaryStore.Find(session, group.Select(one => one.Id));
                    return await _keeping.Keep(session, group.Key, now, contacts, Math.Max(1, position));
                },
                outlasts: false);
            Tell(group.Key, moved);
        }

        return due.Count == AtOnce;
    }

    /// <summary>A slice of what is to be made or taken away. False when there is nothing.</summary>
    internal async Task<bool> Make()
    {
        if (await _database.Read(ViewStore.Unfinished) is not var (workspace, kept, state))
        {
            return false;
        }

        if (state == Keeping.Gone)
        {
            await _database.Write(session => ViewStore.Sweep(session, kept, _rows), outlasts: false);
            return true;
        }

        if (await _database.Read(session => ViewStore.Progress(session, kept)) is not { } begun)
        {
            return true;
        }

        var rows = await _database.Read(session => SummaryStore.Walk(session, workspace, begun.Pile, begun.At, begun.Conversation, _rows));
        var contacts = await Contacts(workspace, rows);
        var (done, moved) = await Write(workspace, kept, contacts);
        Tell(workspace, moved);
        _changes.Counted(workspace, done);
        return true;
    }

    private async Task<(bool Done, List<Moved> Moved)> Write(WorkspaceId workspace, Guid kept, IReadOnlyDictionary<ContactId, Profile> contacts)
    {
        var started = 0L;
        var result = await _database.Write(
            async session =>
            {
                started = Stopwatch.GetTimestamp();
                if (await ViewStore.Hold(session, workspace) is null || await ViewStore.Progress(session, kept) is not { } begun)
                {
                    return (false, (List<Moved>)[]);
                }

                var rows = await SummaryStore.Walk(session, workspace, begun.Pile, begun.At, begun.Conversation, _rows);
                var moved = await _keeping.Keep(session, workspace, rows, contacts);
                var (next, done) = await After(session, kept, begun, rows);
                await ViewStore.Progress(session, next, done ? Keeping.Ready : Keeping.Building);
                return (done, moved);
            },
            outlasts: false);
        Fit(Stopwatch.GetElapsedTime(started));
        return result;
    }

    /// <summary>Where the next slice begins: closed ones last, and only where there can be any in the view.</summary>
    private async Task<(Building Next, bool Done)> After(Session session, Guid kept, Building begun, List<Summary> rows)
    {
        if (rows.Count == _rows)
        {
            return (begun with { At = rows[^1].At.ToUnixTimeMilliseconds(), Conversation = rows[^1].Id.Bytes, Built = begun.Built + rows.Count }, false);
        }

        var built = begun with { Built = begun.Built + rows.Count };
        return begun.Pile == Pile.Open && await _keeping.HasClosed(session, kept) ? (built with { Pile = Pile.Closed, At = long.MaxValue, Conversation = [] }, false) : (built, true);
    }

    private async Task<IReadOnlyDictionary<ContactId, Profile>> Contacts(WorkspaceId workspace, List<Summary> rows) =>
        await _database.Read(session => _keeping.AsksContacts(session, workspace)) ? await _keeping.Contacts(workspace, rows) : new Dictionary<ContactId, Profile>();

    private void Tell(WorkspaceId workspace, List<Moved> moved)
    {
        var told = moved.Where(one => one.Any).Select(one => new SummaryChange(one.Row with { Views = one.Before }, one.Row with { Views = one.After })).ToList();
        if (told.Count > 0)
        {
            _changes.Tell(workspace, told);
        }
    }

    private void Fit(TimeSpan held) => _rows = held.TotalMilliseconds > _settings.SliceMs ? Math.Max(Fewest, _rows / 2)
        : held.TotalMilliseconds < _settings.SliceMs / 2.0 ? Math.Min(Largest, _rows + (_rows / 4)) : _rows;
}
