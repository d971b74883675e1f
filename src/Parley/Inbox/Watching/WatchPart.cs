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

    private readonly Channel<SummaryNews> _told = Channel.CreateUnbounded<SummaryNews>();
    private readonly ConcurrentDictionary<WorkspaceId, ConcurrentDictionary<long, Watcher>> _watchers = new();
    private readonly ConcurrentDictionary<WorkspaceId, bool> _recount = new();
    private readonly Dictionary<WorkspaceId, KeptCounts> _counted = [];
    private readonly Pauses _pauses = new();
    private readonly Lazy<Streams> _streams;
    private readonly Database _database;
    private readonly Following _following;
    private readonly WatchFrames _frames;
    private readonly WatchedViews _views;
    private readonly ILogger<WatchPart> _log;

    public WatchPart(Lazy<Streams> streams, Database database, Following following, WatchFrames frames, WatchedViews views, ILogger<WatchPart> log)
    {
        (_streams, _database, _following, _frames, _views, _log) = (streams, database, following, frames, views, log);
        views.Listen(news => _told.Writer.TryWrite(news), workspace => _recount[workspace] = true, TellAll);
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
        if (client.Who is not AgentPrincipal who || Asked(said) is not { } view || !_views.Sees(who, view))
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
            // What changed between the reading and the telling only the next round knows.
            watcher.Behind = true;
            _recount.TryAdd(client.Room.Workspace, false);
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

        // As far as the rows are, not as far as they were told: what is being told in this moment went to those who were there before, and comes to nobody else again.
        var rows = await _views.Changed(client.Room.Workspace, from.Summaries, long.MaxValue, moved: view.Kind == ViewKind.Saved);
        var written = await _frames.Write(client.Room.Workspace, rows, client.Cursor);
        foreach (var row in rows)
        {
            watcher.Missed(row, view, () => written(row));
        }
    }

    private async Task TellRows(CancellationToken stop)
    {
        await foreach (var news in _told.Reader.ReadAllAsync(stop))
        {
            // Who watches gets the next change; what was lost of this one, with the next cursor.
            await Rounds.Do(_log, "lists", () => Tell(news), stop);
        }
    }

    private void TellAll(WorkspaceId workspace, byte[] frame)
    {
        foreach (var watcher in _watchers.TryGetValue(workspace, out var watchers) ? watchers.Values : [])
        {
            watcher.Client.Live(frame);
        }
    }

    private async Task Tell(SummaryNews news)
    {
        var workspace = news.Workspace;
        if (_streams.Value.Room(workspace) is not { } room)
        {
            return;
        }

        if (_watchers.TryGetValue(workspace, out var watchers) && !watchers.IsEmpty && (news.Changes ?? await Elsewhere(room, news)) is { Count: > 0 } changes)
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

            _recount.TryAdd(workspace, false);
            await TellNames(room, changes);
        }

        if (news.Position is { } position)
        {
            room.Told(position);
        }
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
    private async Task<IReadOnlyList<SummaryChange>> Elsewhere(StreamRoom room, SummaryNews news)
    {
        if (news.Position is not { } position)
        {
            return [.. (await _views.Find(room.Workspace, news.Moved!)).Select(row => new SummaryChange(null, row, BeforeUnknown: true))];
        }

        // The word of the rows may be faster than that of the entries, which is what lets go of names that are kept here.
        for (var waited = 0; room.Position.Entries < position && waited < EntriesAwaited; waited++)
        {
            await Task.Delay(Glance);
        }

        return [.. (await _views.Changed(room.Workspace, room.Position.Summaries, position)).Select(row => new SummaryChange(null, row, BeforeUnknown: true))];
    }

    /// <summary>A few times a second at most, for a number that changes faster cannot be read; and the more look at it, the more seldom.</summary>
    private async Task TellCounts(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(CountsPause);
        while (await timer.WaitForNextTickAsync(stop))
        {
            _pauses.Next();
            foreach (var workspace in _recount.Keys.Where(_pauses.Over))
            {
                if (_recount.TryRemove(workspace, out var all) && _watchers.TryGetValue(workspace, out var watchers))
                {
                    if (!await Rounds.Do(_log, "counts", () => TellCounts(workspace, watchers, all), stop))
                    {
                        _recount[workspace] = true;
                    }
                }
            }
        }
    }

    /// <summary>Most entries change no number, or one that few look at: only these are told, and an entry costs nobody else anything.</summary>
    /// <param name="all">The views themselves changed: everybody's numbers are looked at.</param>
    private async Task TellCounts(WorkspaceId workspace, ConcurrentDictionary<long, Watcher> watchers, bool all)
    {
        var kept = await Counted(workspace);
        var changed = kept.Differ(_counted.GetValueOrDefault(workspace, KeptCounts.None));
        var everybody = all || Counting.Everybodys(changed);
        var told = 0;
        foreach (var watcher in watchers.Values)
        {
            if (everybody || watcher.Behind || (changed.Count > 0 && Counting.Ones(changed, watcher.Who.Agent, _views.Seen(watcher.Who))))
            {
                watcher.Behind = false;
                Tell(watcher, kept);
                told++;
            }
        }

        _pauses.Told(workspace, told);
        _counted[workspace] = kept;
    }

    private Task<KeptCounts> Counted(WorkspaceId workspace) => _database.Read(session => SummaryStore.Counted(session, workspace));

    private void Tell(Watcher watcher, KeptCounts kept)
    {
        var counts = Counting.For(watcher.Who.Agent, watcher.Who.Inboxes, kept, _views.Seen(watcher.Who));
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
