using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Conversations.Streaming;
using Parley.Log;
using Parley.Platform.Hosting;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>A conversation in which somebody waits, talks or is owed an answer has changed: began to be one, is another, or is none any more.</summary>
public readonly record struct OngoingChange(WorkspaceId Workspace, ConversationId Id, Conversation? Before, Conversation? After);

/// <summary>
/// All conversations of this moment: in which somebody waits or talks, and those in which an answer is owed, by an agent or by nobody yet. In memory, on every node, as of their last
/// commit; loaded when the node starts, then kept by looking again at whatever was written. What is told says how things are, not what happened, so
/// that what was missed costs nothing.
/// </summary>
public sealed class Ongoing : BackgroundService
{
    private const int LookedAtOnce = 500;

    private readonly ConcurrentDictionary<WorkspaceId, ConcurrentDictionary<ConversationId, Conversation>> _all = new();
    private readonly Shelves<ContactId, ConversationId> _ofContacts = new();
    private readonly ConcurrentDictionary<WorkspaceId, long> _heard = new();
    private readonly Channel<Touch> _touched = Channel.CreateUnbounded<Touch>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Database _database;
    private readonly Desk _desk;
    private readonly LogReader _entries;
    private readonly ILogger<Ongoing> _log;
    private readonly IDisposable _listening;
    private ImmutableArray<Action<OngoingChange>> _listeners = [];

    public Ongoing(Database database, Desk desk, LogReader entries, Fanout fanout, ILogger<Ongoing> log)
    {
        (_database, _desk, _entries, _log) = (database, desk, entries, log);
        _listening = fanout.Listen(Hear);
    }

    /// <summary>Done when all that was ongoing as this node started is known.</summary>
    public Task Loaded => _loaded.Task;

    public IEnumerable<KeyValuePair<ConversationId, Conversation>> Of(WorkspaceId workspace) => _all.TryGetValue(workspace, out var here) ? here : [];

    /// <summary>Those of one contact.</summary>
    public IEnumerable<KeyValuePair<ConversationId, Conversation>> Of(WorkspaceId workspace, ContactId contact)
    {
        foreach (var id in _ofContacts[contact])
        {
            if (Find(workspace, id) is { } it)
            {
                yield return new(id, it);
            }
        }
    }

    public Conversation? Find(WorkspaceId workspace, ConversationId id) => _all.TryGetValue(workspace, out var here) ? here.GetValueOrDefault(id) : null;

    public IEnumerable<WorkspaceId> Workspaces => _all.Keys;

    /// <summary>Told one after the other, in the order of commits: a listener must hand on quickly and never throw.</summary>
    public void Listen(Action<OngoingChange> listener) => ImmutableInterlocked.Update(ref _listeners, all => all.Add(listener));

    /// <summary>When it comes back, all is known that was written until now, on whichever node.</summary>
    public async Task CatchUp(WorkspaceId workspace)
    {
        var cursor = _heard.GetValueOrDefault(workspace);
        while (await _entries.After(workspace, cursor, LookedAtOnce) is { Count: > 0 } slice)
        {
            foreach (var entry in slice.Where(entry => entry.Subject.Kind == Conversation.Kind))
            {
                _touched.Writer.TryWrite(new Touch(workspace, entry.Subject.Id));
            }

            cursor = slice[^1].Position;
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _touched.Writer.TryWrite(new Touch(workspace, default, done));
        await done.Task;
    }

    /// <summary>Somebody waits or talks.</summary>
    public static bool Talks(Conversation it) =>
        it is { Exists: true, Erased: false, Spam: false, Status: not Status.Closed, Mode: Mode.Waiting or Mode.Live or Mode.Paused };

    public override void Dispose()
    {
        _listening.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!await Rounds.Do(_log, "ongoing", Load, stop))
        {
            await Task.Delay(TimeSpan.FromSeconds(1), stop);
        }

        _loaded.TrySetResult();
        while (await _touched.Reader.WaitToReadAsync(stop))
        {
            await Rounds.Do(_log, "ongoing", Follow, stop);
        }
    }

    /// <summary>A letter that nobody has, and that is to be given to somebody.</summary>
    public static bool Lies(Conversation it) =>
        it is { Exists: true, Erased: false, Spam: false, Agent: null, WaitingSince: not null, Status: Status.Open, Mode: Mode.Messaging or Mode.Dormant } && it.Policy.Letters == LetterRule.HandOut;

    private static bool Is(Conversation it) =>
        Talks(it) || it is { Exists: true, Erased: false, Spam: false, WaitingSince: not null, Status: not Status.Closed, Mode: not Mode.Ended };

    private void Hear(Committed committed)
    {
        foreach (var entry in committed.Entries)
        {
            if (entry.Subject.Kind == Conversation.Kind)
            {
                _touched.Writer.TryWrite(new Touch(committed.Workspace, entry.Subject.Id));
            }
        }

        _heard[committed.Workspace] = committed.Head;
    }

    private async Task Follow()
    {
        var touched = new HashSet<Touch>();
        while (touched.Count < LookedAtOnce && _touched.Reader.TryRead(out var one))
        {
            touched.Add(one);
        }

        try
        {
            await Look([.. touched.Where(one => one.Done is null).Select(one => (one.Workspace, one.Id))]);
            foreach (var one in touched)
            {
                one.Done?.TrySetResult();
            }
        }
        catch
        {
            foreach (var one in touched)
            {
                _touched.Writer.TryWrite(one);
            }

            throw;
        }
    }

    private async Task Look(IReadOnlyCollection<(WorkspaceId Workspace, Guid Id)> touched)
    {
        var states = await _desk.Look([.. touched.Select(one => new Subject(Conversation.Kind, one.Id))]);
        foreach (var (workspace, id) in touched)
        {
            if (states.TryGetValue(new Subject(Conversation.Kind, id), out var found) && found.Workspace == workspace)
            {
                Keep(workspace, new ConversationId(id), (Conversation)found.State);
            }
        }
    }

    private void Keep(WorkspaceId workspace, ConversationId id, Conversation it)
    {
        var here = _all.GetOrAdd(workspace, static _ => new());
        var before = here.GetValueOrDefault(id);
        var after = Is(it) ? it : null;
        if (ReferenceEquals(before, after))
        {
            return;
        }

        if (after is null)
        {
            here.TryRemove(id, out _);
        }
        else
        {
            here[id] = after;
            _ofContacts.Put(after.Contact, id);
        }

        if (before is not null && before.Contact != after?.Contact)
        {
            _ofContacts.Take(before.Contact, id);
        }

        foreach (var listener in _listeners)
        {
            listener(new OngoingChange(workspace, id, before, after));
        }
    }

    /// <summary>What is written down, what waits for a time, and what was written behind that: too many rather than too few.</summary>
    private async Task Load()
    {
        foreach (var (workspace, head) in await _database.Read(session => session.Query<(byte[], long)>("select workspace, position from heads")))
        {
            _heard.TryAdd(WorkspaceId.From(workspace), head);
        }

        var rows = await _database.Read(session => session.Query<(byte[] Workspace, byte[] Id)>(
            "select workspace, conversation from ongoing union select workspace, subject from wakeups where kind = 'conversation'"));
        var known = rows.Select(row => (WorkspaceId.From(row.Workspace), new Guid(row.Id, bigEndian: true))).ToHashSet();
        var behind = await _database.Read(session => session.Query<(byte[] Workspace, long Cursor)>(
            """
            select h.workspace, coalesce(c.position, 0) from heads h left join cursors c on c.workspace = h.workspace and c.reader = 'ongoing'
            where coalesce(c.position, 0) < h.position
            """));
        foreach (var (workspace, cursor) in behind)
        {
            await Behind(WorkspaceId.From(workspace), Math.Max(0, cursor), known);
        }

        foreach (var part in known.Chunk(LookedAtOnce))
        {
            await Look(part);
        }
    }

    private async Task Behind(WorkspaceId workspace, long cursor, HashSet<(WorkspaceId, Guid)> known)
    {
        while (await _entries.After(workspace, cursor, LookedAtOnce) is { Count: > 0 } slice)
        {
            known.UnionWith(slice.Where(OngoingReader.Moves).Select(entry => (workspace, entry.Subject.Id)));
            cursor = slice[^1].Position;
        }
    }

    /// <param name="Done">Nothing was touched: it is asked when all before it is known.</param>
    private readonly record struct Touch(WorkspaceId Workspace, Guid Id, TaskCompletionSource? Done = null);
}
