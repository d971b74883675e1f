using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Conversations;
using Parley.Inbox.Lists;
using Parley.Log;
using Parley.Platform.Hosting;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Inbox.Watching;

/// <summary>
/// Tells agents how the lists change that they look at: rows that are in a view, rows that left it, and the numbers beside the views' names. It follows
/// the reader of the lists, so a row is told when it is on disk, and everybody's list comes to what a fresh read would give.
/// </summary>
internal sealed class WatchPart : BackgroundService, IStreamPart
{
    /// <summary>Who missed changes of more entries begins anew: the first page of a list is one request.</summary>
    private const int MostMissed = 5_000;
    private const int EntriesAwaited = 600;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan CountsPause = TimeSpan.FromMilliseconds(200);

    private readonly Channel<(WorkspaceId Workspace, long Position, IReadOnlyList<SummaryChange>? Changes)> _told = Channel.CreateUnbounded<(WorkspaceId, long, IReadOnlyList<SummaryChange>?)>();
    private readonly ConcurrentDictionary<WorkspaceId, ConcurrentDictionary<long, Watcher>> _watchers = new();
    private readonly ConcurrentDictionary<WorkspaceId, bool> _recount = new();
    private readonly Lazy<Streams> _streams;
    private readonly Database _database;
    private readonly Following _following;
    private readonly WatchFrames _frames;
    private readonly ILogger<WatchPart> _log;

    public WatchPart(Lazy<Streams> streams, Database database, Following following, SummaryChanges changes, WatchFrames frames, ILogger<WatchPart> log)
    {
        (_streams, _database, _following, _frames, _log) = (streams, database, following, frames, log);
        changes.Listen((workspace, position, written) => _told.Writer.TryWrite((workspace, position, written)));
    }

    public IReadOnlyList<string> Takes { get; } = ["watch", "unwatch"];

    public async ValueTask Prepare(StreamRoom room)
    {
        if (room.Position.Summaries == 0)
        {
            room.Told(await _following.Position(SummaryReader.ReaderName, room.Workspace));
        }
    }

    public async ValueTask Hear(StreamClient client, string type, JsonElement said)
    {
        if (client.Who is not AgentPrincipal who || Asked(said) is not { } view)
        {
            return;
        }

        var watchers = _watchers.GetOrAdd(client.Room.Workspace, static _ => new());
        if (type == "unwatch")
        {
            watchers.GetValueOrDefault(client.Number)?.Remove(view);
            return;
        }

        var watcher = watchers.GetOrAdd(client.Number, static (_, it) => new Watcher(it.client, it.who), (client, who));
        watcher.Add(view);
        await CatchUp(watcher, view, said);
        if (watcher.Counts.Count == 0)
        {
            Tell(watcher, await Counted(client.Room.Workspace));
        }
    }

    public void End(StreamClient client)
    {
        if (_watchers.TryGetValue(client.Room.Workspace, out var watchers))
        {
            watchers.TryRemove(client.Number, out _);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stop) => Task.WhenAll(TellRows(stop), TellCounts(stop));

    /// <summary>What the client names a view by: <c>view</c>, or <c>view</c> with the inbox or team beside it.</summary>
    private static View? Asked(JsonElement said)
    {
        string? Text(string name) => said.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return Text("view") switch
        {
            "inbox" => View.Parse($"inbox:{Text("inbox")}"),
            "team" => View.Parse($"team:{Text("team")}"),
            var name => View.Parse(name),
        };
    }

    /// <summary>Rows that changed since the client's cursor. It was added to the watchers before, so what changes meanwhile is held for it.</summary>
    private async Task CatchUp(Watcher watcher, View view, JsonElement said)
    {
        var client = watcher.Client;
        var given = said.TryGetProperty("cursor", out var text) && text.ValueKind == JsonValueKind.String ? client.Read(text.GetString()) : null;
        if ((given ?? client.Left) is not { } from)
        {
            return;
        }

        var to = client.Room.Position.Summaries;
        if (to - from.Summaries > MostMissed)
        {
            client.Gone();
            return;
        }

        var rows = await _database.Read(session => SummaryStore.Changed(session, client.Room.Workspace, from.Summaries, to));
        var written = await _frames.Write(client.Room.Workspace, rows, client.Cursor);
        foreach (var row in rows)
        {
            watcher.Missed(row, view, () => written(row));
        }
    }

    private async Task TellRows(CancellationToken stop)
    {
        await foreach (var (workspace, position, changes) in _told.Reader.ReadAllAsync(stop))
        {
            // Who watches gets the next change; what was lost of this one, with the next cursor.
            await Rounds.Do(_log, "lists", () => Tell(workspace, position, changes), stop);
        }
    }

    private async Task Tell(WorkspaceId workspace, long position, IReadOnlyList<SummaryChange>? told)
    {
        if (_streams.Value.Room(workspace) is not { } room)
        {
            return;
        }

        if (_watchers.TryGetValue(workspace, out var watchers) && !watchers.IsEmpty && (told ?? await Elsewhere(room, position)) is { Count: > 0 } changes)
        {
            // All of a slice bear the cursor of before it: who is cut off in the middle gets the whole of it again.
            var cursor = room.Cursor;
            var frames = await _frames.Write(workspace, [.. changes.Select(change => change.After)], cursor);
            foreach (var change in changes)
            {
                byte[]? frame = null;
                var once = () => frame ??= frames(change.After);
                foreach (var watcher in watchers.Values)
                {
                    watcher.Tell(change, once, cursor);
                }
            }

            _recount[workspace] = true;
            await TellNames(room, changes);
        }

        room.Told(position);
    }

    /// <summary>A customer who is called otherwise now changes no entry: whoever has a thread of theirs open is told, whatever view it is in.</summary>
    private async Task TellNames(StreamRoom room, IReadOnlyList<SummaryChange> changes)
    {
        foreach (var row in changes.Where(change => change.BeforeUnknown || change.Before?.Details.LastSeq == change.After.Details.LastSeq).Select(change => change.After))
        {
            var readers = room.Followers(row.Id).Where(client => client.Who is AgentPrincipal who && ListReading.May(who, row)).ToList();
            if (readers.Count > 0)
            {
                var frame = await _frames.Contact(room.Workspace, row);
                readers.ForEach(client => client.Live(frame));
            }
        }
    }

    /// <summary>What another node wrote since the last that was told here. What the rows were before is not known.</summary>
    private async Task<IReadOnlyList<SummaryChange>> Elsewhere(StreamRoom room, long position)
    {
        // The word of the rows may be faster than that of the entries, which is what lets go of names that are kept here.
        for (var waited = 0; room.Position.Entries < position && waited < EntriesAwaited; waited++)
        {
            await Task.Delay(Glance);
        }

        return [.. (await _database.Read(session => SummaryStore.Changed(session, room.Workspace, room.Position.Summaries, position))).Select(row => new SummaryChange(null, row, BeforeUnknown: true))];
    }

    /// <summary>A few times a second at most, for a number that changes faster cannot be read.</summary>
    private async Task TellCounts(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(CountsPause);
        while (await timer.WaitForNextTickAsync(stop))
        {
            foreach (var workspace in _recount.Keys)
            {
                if (_recount.TryRemove(workspace, out _) && _watchers.TryGetValue(workspace, out var watchers))
                {
                    if (!await Rounds.Do(_log, "counts", () => TellCounts(workspace, watchers), stop))
                    {
                        _recount[workspace] = true;
                    }
                }
            }
        }
    }

    private async Task TellCounts(WorkspaceId workspace, ConcurrentDictionary<long, Watcher> watchers)
    {
        var kept = await Counted(workspace);
        foreach (var watcher in watchers.Values)
        {
            Tell(watcher, kept);
        }
    }

    private Task<List<(string Name, InboxId Inbox, long N)>> Counted(WorkspaceId workspace) => _database.Read(session => SummaryStore.Counted(session, workspace));

    private static void Tell(Watcher watcher, List<(string Name, InboxId Inbox, long N)> kept)
    {
        var counts = Counting.For(watcher.Who.Agent, watcher.Who.Inboxes, kept);
        foreach (var gone in watcher.Counts.Keys.Where(name => !counts.ContainsKey(name)).ToList())
        {
            counts[gone] = 0;
        }

        var changed = counts.Where(pair => !watcher.Counts.TryGetValue(pair.Key, out var n) || n != pair.Value).ToList();
        if (changed.Count == 0)
        {
            return;
        }

        watcher.Counts = counts;
        watcher.Client.Live(StreamFrames.Of("counts", changed, static (writer, changed) =>
        {
            writer.WriteStartObject("counts"u8);
            foreach (var (name, n) in changed)
            {
                writer.WriteNumber(name, n);
            }

            writer.WriteEndObject();
        }));
    }
}
