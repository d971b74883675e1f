using System.Collections.Concurrent;
using System.Collections.Immutable;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Workspaces;

namespace Parley.Routing;

/// <summary>Where somebody stands who waits (1: next), and how long that is likely to take.</summary>
internal readonly record struct Standing(ConversationId Id, int Place, (TimeSpan Low, TimeSpan High)? Range);

/// <summary>
/// The hall of each workspace, kept true on every node: by what becomes of its conversations, who its agents are and who of them is here. So every node knows
/// how an inbox is staffed, whichever of them gives the work out.
/// </summary>
internal sealed class Halls : IFloor, IDisposable
{
    /// <summary>How long after a start nobody is taken to have left: their consoles come back one by one.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(30);

    /// <summary>A timer does not see that a clock is put right: after so long it is asked what time it is.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<WorkspaceId, Room> _rooms = new();
    private readonly Ongoing _ongoing;
    private readonly Rosters _rosters;
    private readonly IPresence _presence;
    private readonly RoutingSettings _settings;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _began;
    private readonly ITimer _gathering;
    private readonly ITimer _shifts;
    private readonly Lock _gate = new();
    private DateTimeOffset _turns = DateTimeOffset.MaxValue;
    private Action<WorkspaceId> _changed = _ => { };

    public Halls(Ongoing ongoing, Rosters rosters, IPresence presence, RoutingSettings settings, TimeProvider time)
    {
        (_ongoing, _rosters, _presence, _settings, _time, _began) = (ongoing, rosters, presence, settings, time, time.GetUtcNow());
        _gathering = time.CreateTimer(_ => Gathered(), null, Gathering, Timeout.InfiniteTimeSpan);
        _shifts = time.CreateTimer(_ => Turn(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        ongoing.Listen(Hear);
        rosters.Listen((_, after) => In(after.Id, _ => { }));
        presence.Listen((workspace, agent) => In(workspace, room => Sit(room.Hall, workspace, agent)));
    }

    /// <summary>Told when something may have to be given out, or places in a queue are others.</summary>
    public void Listen(Action<WorkspaceId> changed) => _changed += changed;

    public Floor Of(WorkspaceId workspace, InboxId inbox) => With(workspace, room =>
    {
        var (online, free, waiting) = room.Hall.Of(inbox);
        var range = online == 0 ? null : room.Waits(inbox).Range(waiting + 1, free > waiting, _time.GetUtcNow());
        return new Floor(online, free, waiting, range?.Low, range?.High);
    });

    public int Spare(WorkspaceId workspace, AgentId agent) => With(workspace, room => room.Hall.Of(agent) is var (load, capacity) ? capacity - load : 0);

    public bool Owes(WorkspaceId workspace, AgentId agent, ConversationId conversation) => With(workspace, room => room.Owes(agent, conversation, _time.GetUtcNow()));

    public (int Load, int Capacity) Of(WorkspaceId workspace, AgentId agent) => With(workspace, room => room.Hall.Of(agent));

    /// <summary>Who is staffed in a workspace is known from here on.</summary>
    public ValueTask<Roster?> Ready(WorkspaceId workspace) => _rosters.Of(workspace);

    public Task Wait(TimeSpan time) => Task.Delay(time, _time);

    public OfferId NewOffer() => OfferId.New(_time);

    /// <summary>What is offered to agents who are not to be asked any more: they are not here, or do not say that they are online.</summary>
    public List<ConversationId> Unheard(WorkspaceId workspace) => With(workspace, room =>
    {
        var unheard = room.Offered.Values.Distinct().Where(agent => !Asked(workspace, agent)).ToHashSet();
        return unheard.Count == 0 ? [] : room.Offered.Where(pair => unheard.Contains(pair.Value)).Select(pair => pair.Key).ToList();
    });

    /// <summary>Whatever can be given out now; it counts as offered until something is heard of it.</summary>
    public List<(Match Match, Why? Why)> Assign(WorkspaceId workspace) => With(workspace, room => room.Hall.Assign().ConvertAll(match => (match, room.Hall.WhyOf(match.Conversation))));

    /// <summary>Who would be asked for something now, and why; nothing is given.</summary>
    public Why? Try(WorkspaceId workspace, Job job) => With(workspace, room => room.Hall.Try(job));

    /// <summary>It could not be given: it is as its state says.</summary>
    public void Return(WorkspaceId workspace, ConversationId id) => In(workspace, room => Put(room, workspace, id, _ongoing.Find(workspace, id)));

    /// <summary>Nobody looked after this workspace for a while: everything is looked at once.</summary>
    public void Refresh(WorkspaceId workspace) => With(workspace, room => Staff(room, _rosters.Now(workspace)));

    /// <summary>True while something is offered, or waits to be.</summary>
    public bool Busy(WorkspaceId workspace) => With(workspace, room => room.Offered.Count > 0 || room.Hall.Inboxes.Any() || room.Hall.Waits);

    /// <summary>Who waits, inbox by inbox in the order of their places, with the wait that is likely for each.</summary>
    public List<Standing> Places(WorkspaceId workspace) => With(workspace, room =>
        room.Hall.Inboxes.ToList().SelectMany(inbox => Standings(room, inbox, room.Hall.Line(inbox).Select((job, at) => (job, at + 1)))).ToList());

    /// <summary>The same of some conversations alone: however many wait, nothing is worked out but for these.</summary>
    public List<Standing> Places(WorkspaceId workspace, IEnumerable<ConversationId> ids) => With(workspace, room =>
        ids.Select(room.Hall.Find).OfType<Job>().SelectMany(job => Standings(room, job.Queue.Inbox, room.Hall.PlaceOf(job) is { } place ? [(job, place)] : [])).ToList());

    public void Dispose()
    {
        _gathering.Dispose();
        _shifts.Dispose();
    }

    private IEnumerable<Standing> Standings(Room room, InboxId inbox, IEnumerable<(Job Job, int Place)> places)
    {
        var (online, free, _) = room.Hall.Of(inbox);
        var now = _time.GetUtcNow();
        return places.Select(it => new Standing(it.Job.Id, it.Place, online == 0 ? null : room.Waits(inbox).Range(it.Place, free >= it.Place, now)));
    }

    private bool Asked(WorkspaceId workspace, AgentId agent) =>
        _rosters.Now(workspace).Agent(agent) is { Active: true, Chair: Chair.Online } && (_presence.Present(workspace, agent) || _time.GetUtcNow() - _began < Gathering);

    /// <summary>Who is not here by now has left.</summary>
    private void Gathered()
    {
        foreach (var workspace in _rooms.Keys)
        {
            _changed(workspace);
        }
    }

    private void Hear(OngoingChange change)
    {
        In(change.Workspace, room =>
        {
            Took(room, change);
            WrapUp(room, change);
            Put(room, change.Workspace, change.Id, change.After);
        });
    }

    private void Put(Room room, WorkspaceId workspace, ConversationId id, Conversation? it)
    {
        if (it?.Offer is { } offer)
        {
            room.Offered[id] = offer.Agent;
        }
        else
        {
            room.Offered.Remove(id);
        }

        if (it?.WaitingSince is not null)
        {
            room.Heard(id);
        }

        if (it is null)
        {
            room.Hall.Remove(id);
        }
        else
        {
            room.Hall.Put(Jobs.Of(id, it, _rosters.Now(workspace)));
        }
    }

    /// <summary>Somebody who waited is talked to: from how long that took follows what others are told.</summary>
    private void Took(Room room, OngoingChange change)
    {
        if (change is { Before: { Mode: Mode.Waiting, Queue: { } queue, Inbox: var inbox }, After: { Agent: not null, Mode: not Mode.Waiting } })
        {
            room.Waits(inbox).Note(_time.GetUtcNow(), _time.GetUtcNow() - queue.From);
        }
    }

    /// <summary>Whoever was live a moment ago has some time to write down what came of it, where the inbox gives it: so long the unit is held.</summary>
    private void WrapUp(Room room, OngoingChange change)
    {
        if (change is { Before: { Mode: Mode.Live or Mode.Paused, Agent: { } agent, Policy.WrapUpSeconds: > 0 and var seconds } before } && change.After is not { Mode: Mode.Live or Mode.Paused })
        {
            var rest = new ConversationId(Guid.CreateVersion7(_time.GetUtcNow()));
            room.Hall.Put(new Job(rest, new QueueKey(before.Inbox, null), Priority.Normal, _time.GetUtcNow()) { Agent = agent, Thirds = Weights.Unit });
            ITimer? timer = null;
            timer = _time.CreateTimer(_ =>
            {
                In(change.Workspace, over => over.Hall.Remove(rest));
                timer?.Dispose();
            }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            timer.Change(TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
        }
    }

    private bool Staff(Room room, Roster roster)
    {
        var now = _time.GetUtcNow();
        var before = room.Staffed;
        room.Staffed = roster;
        if (before is not null && Jobs.Differ(before, roster))
        {
            // What something costs, and who is asked first, is another from now on.
            foreach (var (id, it) in _ongoing.Of(roster.Id))
            {
                Put(room, roster.Id, id, it);
            }
        }

        room.Hall.Staff(
            roster.Agents.Values.Where(agent => agent.Active).Select(agent => Seat(roster.Id, agent)),
            // Whose team has gone home is given nothing, and counts as nobody who is here.
            queue => Jobs.Serve(roster, queue, now).Select(agent => agent.Id));
        LookAgain(roster, now);
        return true;
    }

    /// <summary>One timer for all workspaces, set to the first moment at which a team begins or goes home.</summary>
    private void LookAgain(Roster roster, DateTimeOffset now)
    {
        if (roster.ShiftsTurn(now) is not { } turn)
        {
            return;
        }

        lock (_gate)
        {
            _turns = turn < _turns ? turn : _turns;
            Ring(now);
        }
    }

    private void Ring(DateTimeOffset now)
    {
        var wait = _turns - now < Longest ? _turns - now : Longest;
        _shifts.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Somewhere a team has begun or gone home.</summary>
    private void Turn()
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            if (_turns > now)
            {
                Ring(now);
                return;
            }

            _turns = DateTimeOffset.MaxValue;
        }

        foreach (var workspace in _rooms.Keys)
        {
            Refresh(workspace);
            _changed(workspace);
        }
    }

    private void Sit(Hall hall, WorkspaceId workspace, AgentId agent)
    {
        if (_rosters.Now(workspace).Agent(agent) is { Active: true } card)
        {
            hall.Sit(Seat(workspace, card));
        }
    }

    private Seat Seat(WorkspaceId workspace, AgentCard agent) =>
        new(agent.Id, agent.Capacity, agent.Chair == Chair.Online && _presence.Present(workspace, agent.Id)) { Languages = agent.Languages, Skills = agent.Skills, Beginner = agent.Experience == Experience.Beginner };

    private T With<T>(WorkspaceId workspace, Func<Room, T> ask)
    {
        var room = _rooms.GetOrAdd(workspace, _ => new Room(new Hall(Jobs.Usual(_settings))));
        lock (room)
        {
            // Another roster is another object: whoever asks is never told by an old one.
            if (_rosters.Now(workspace) is var roster && !ReferenceEquals(roster, room.Staffed))
            {
                Staff(room, roster);
            }

            return ask(room);
        }
    }

    private void In(WorkspaceId workspace, Action<Room> change)
    {
        With(workspace, room =>
        {
            change(room);
            return true;
        });
        _changed(workspace);
    }
}
