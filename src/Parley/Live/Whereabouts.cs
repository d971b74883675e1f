using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Hosting;
using Parley.Workspaces;

namespace Parley.Live;

/// <summary>
/// Tells conversations who came and who left, and only those in which somebody waits or talks. Whenever one of them or somebody's presence changes, what the
/// conversation knows is held against what is true; where they differ long enough, a command says so. Every node does: who is second finds it said. Of whom
/// this node has never heard, since it has just started, it thinks well for the whole grace time: our own outage makes nobody leave.
/// </summary>
internal sealed class Whereabouts : BackgroundService
{
    /// <summary>A stream that another node tells of: that node says so itself, unless it died over it.</summary>
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(2);

    /// <summary>Where being gone counts at once: whoever was here before we went down has so long to come back.</summary>
    private static readonly TimeSpan Return = TimeSpan.FromSeconds(5);

    private readonly Channel<Word> _words = Channel.CreateUnbounded<Word>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<ConversationId, Watched> _watched = [];
    private readonly Dictionary<Somebody, HashSet<ConversationId>> _of = [];
    private readonly PriorityQueue<(WorkspaceId Workspace, ConversationId Id), DateTimeOffset> _later = new();
    private readonly Ongoing _ongoing;
    private readonly Sightings _sightings;
    private readonly Desk _desk;
    private readonly Moments _moments;
    private readonly TimeProvider _time;
    private readonly ILogger<Whereabouts> _log;
    private readonly DateTimeOffset _began;

    public Whereabouts(Ongoing ongoing, Sightings sightings, Desk desk, Moments moments, TimeProvider time, ILogger<Whereabouts> log)
    {
        (_ongoing, _sightings, _desk, _moments, _time, _log, _began) = (ongoing, sightings, desk, moments, time, log, time.GetUtcNow());
        ongoing.Listen(change => _words.Writer.TryWrite(new Word(change.Workspace, change.Id, null)));
        sightings.Listen(who => _words.Writer.TryWrite(new Word(who.Workspace, default, who)));
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await _ongoing.Loaded.WaitAsync(stop);
        await using var later = _time.CreateTimer(_ => _words.Writer.TryWrite(default), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        do
        {
            await Rounds.Do(_log, "whereabouts", Round, stop);
            if (_later.TryPeek(out _, out var due))
            {
                var wait = due - _time.GetUtcNow();
                later.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }
        while (await _words.Reader.WaitToReadAsync(stop));
    }

    private async Task Round()
    {
        while (_words.Reader.TryRead(out var word))
        {
            if (word.Who is not { } who)
            {
                await (word.Workspace.IsEmpty ? Task.CompletedTask : Look(word.Workspace, word.Id));
            }
            else if (_of.TryGetValue(who, out var theirs))
            {
                foreach (var id in theirs.ToList())
                {
                    await Look(who.Workspace, id);
                }
            }
        }

        while (_later.TryPeek(out var one, out var due) && due <= _time.GetUtcNow())
        {
            _later.Dequeue();
            await Look(one.Workspace, one.Id);
        }
    }

    private async Task Look(WorkspaceId workspace, ConversationId id)
    {
        var it = _ongoing.Find(workspace, id);
        if (it is null || !Ongoing.Talks(it))
        {
            Forget(id);
            return;
        }

        await _sightings.Ready(workspace);
        var contact = await _sightings.Person(workspace, it.Contact, it.Device);
        var agent = (it.Agent ?? it.Queue?.Lost) is { } concerned ? Sightings.Agent(workspace, concerned) : (Somebody?)null;
        Watch(id, contact, agent);
        if (it.Customer is { } customer)
        {
            Compare(workspace, id, it, contact, customer, TimeSpan.FromSeconds(it.Policy.GraceSeconds));
        }

        if (agent is { } somebody && it.Agent is not null && it.Holder is { } holder)
        {
            Compare(workspace, id, it, somebody, holder, TimeSpan.FromSeconds(it.Policy.AgentGraceSeconds));
        }
        else if (agent is { } lost && it.Agent is null && _sightings.Of(lost) is { Present: true } here)
        {
            Say(it, new AgentCame(Origin(workspace, "agentBack", here.Number), id, new AgentId(lost.Person.Id!.Value), here.Number), new AgentId(lost.Person.Id!.Value));
        }
    }

    private void Compare(WorkspaceId workspace, ConversationId id, Conversation it, Somebody who, Side known, TimeSpan grace)
    {
        var truth = _sightings.Of(who);
        if (truth.Present == known.Present)
        {
            return;
        }

        var now = _time.GetUtcNow();
        var gone = truth.Present ? null : _sightings.Gone(who, grace, now);
        var due = truth.Present ? _sightings.Own(who) ? now : Noted(id) + Elsewhere : gone ?? _began + (grace > TimeSpan.Zero ? grace : Return);
        if (due > now)
        {
            _later.Enqueue((workspace, id), due);
            return;
        }

        // The same of the same state is said once: until it is known here what came of it, the two still differ.
        if (_watched[id].Said.GetValueOrDefault(who) is var (before, of) && ReferenceEquals(before, it) && of == truth.Number)
        {
            return;
        }

        _watched[id].Said[who] = (it, truth.Number);
        // Who was here before we were and was never heard of since: they were waited for since we are there.
        DateTimeOffset? since = gone is null && known.Number < _began.ToUnixTimeMilliseconds() ? _began : null;
        var number = Math.Max(known.Number + 1, truth.Number > known.Number ? truth.Number : now.ToUnixTimeMilliseconds());
        Say(it, (who.Person.Kind, truth.Present) switch
        {
            (AuthorKind.Contact, true) => new ContactCame(Origin(workspace, "contactCame", number), id, number),
            (AuthorKind.Contact, false) => new ContactLeft(Origin(workspace, "contactLeft", number), id, number, since),
            (_, true) => new AgentCame(Origin(workspace, "agentCame", number), id, new AgentId(who.Person.Id!.Value), number),
            _ => new AgentLeft(Origin(workspace, "agentLeft", number), id, new AgentId(who.Person.Id!.Value), number, since),
        });
    }

    private void Say(Conversation it, ConversationCommand command, AgentId? agent = null)
    {
        var watched = _watched[command.Conversation];
        _ = Rounds.Do(_log, "whereabouts", () => Say(watched, it, command, agent));
    }

    private async Task Say(Watched watched, Conversation it, ConversationCommand command, AgentId? agent)
    {
        var workspace = command.Origin.Workspace;
        var outcome = await _desk.Handle(command with { Moment = await _moments.Of(workspace, command.Conversation, it, agent) });
        if (outcome.Refusal is { Status: 503 })
        {
            watched.Said.Clear();
            await Task.Delay(TimeSpan.FromSeconds(1), _time);
            _words.Writer.TryWrite(new Word(workspace, command.Conversation, null));
        }
    }

    private DateTimeOffset Noted(ConversationId id) => _watched[id].Since;

    private void Watch(ConversationId id, Somebody contact, Somebody? agent)
    {
        if (_watched.TryGetValue(id, out var before) && before.Contact == contact && before.Agent == agent)
        {
            return;
        }

        Forget(id);
        _watched[id] = new Watched(contact, agent, _time.GetUtcNow());
        foreach (var who in new[] { contact, agent }.OfType<Somebody>())
        {
            (_of.TryGetValue(who, out var theirs) ? theirs : _of[who] = []).Add(id);
        }
    }

    private void Forget(ConversationId id)
    {
        if (!_watched.Remove(id, out var watched))
        {
            return;
        }

        foreach (var who in new[] { watched.Contact, watched.Agent }.OfType<Somebody>())
        {
            if (_of.TryGetValue(who, out var theirs) && theirs.Remove(id) && theirs.Count == 0)
            {
                _of.Remove(who);
            }
        }
    }

    private static Origin Origin(WorkspaceId workspace, string what, long number) => new(workspace, Author.System, $"{what}:{number}") { Trigger = new Trigger(Reader: "presence") };

    /// <summary>A conversation changed, or (where there is one) somebody's presence; of nothing at all: it is time to look at what was put off.</summary>
    private readonly record struct Word(WorkspaceId Workspace, ConversationId Id, Somebody? Who);

    private sealed record Watched(Somebody Contact, Somebody? Agent, DateTimeOffset Since)
    {
        /// <summary>Of which state of the conversation somebody's presence was said last, and by which number.</summary>
        public ConcurrentDictionary<Somebody, (Conversation Of, long Number)> Said { get; } = new();
    }
}
