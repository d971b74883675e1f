using System.Collections.Immutable;
using Parley.Conversations;
using Parley.Routing.Policies;

namespace Parley.Routing;

/// <summary>Who is to be asked for what.</summary>
internal readonly record struct Match(ConversationId Conversation, AgentId Agent);

/// <summary>
/// All that waits in a workspace and all who could take it. Between two events nothing waits that somebody could take, so each event needs to look only at
/// what it changed: an arrival at the agents of its queue, room that is free again at the head of the queues. In memory, without a clock or a store.
/// Not for several threads at once.
/// </summary>
internal sealed class Hall(params ImmutableArray<IPolicy> usual)
{
    private const int Few = 8;

    private readonly Dictionary<AgentId, Place> _places = [];
    private readonly Dictionary<ConversationId, Job> _jobs = [];
    private readonly Dictionary<QueueKey, SortedSet<Job>> _queues = [];
    private readonly Dictionary<InboxId, SortedSet<Job>> _lines = [];
    private readonly Dictionary<QueueKey, HashSet<Place>> _serving = [];
    private readonly HashSet<ConversationId> _freshJobs = [];
    private readonly HashSet<AgentId> _freshAgents = [];
    private readonly Dictionary<ConversationId, Why> _why = [];
    private readonly Ladder _usual = new(usual);
    private readonly SortedSet<int> _sizes = [Weights.Unit];
    private Func<QueueKey, IEnumerable<AgentId>> _serve = _ => [];
    private long _given;
    private long _turn;
    private int _free;

    /// <summary>How often a pair of agent and conversation was looked at: the number by which it is known that nothing is searched that need not be.</summary>
    public long Looks { get; private set; }

    public Job? Find(ConversationId id) => _jobs.GetValueOrDefault(id);

    /// <summary>Everybody who could ever be given something, and whom each queue is for.</summary>
    public void Staff(IEnumerable<Seat> seats, Func<QueueKey, IEnumerable<AgentId>> serve)
    {
        (_serve, var known) = (serve, seats.ToDictionary(seat => seat.Agent));
        _serving.Clear();
        foreach (var gone in _places.Keys.Where(agent => !known.ContainsKey(agent)).ToList())
        {
            Sit(new Seat(gone, 0, Open: false));
        }

        foreach (var seat in known.Values)
        {
            Sit(seat);
        }

        Refresh();
    }

    /// <summary>Somebody came, left, or has another capacity.</summary>
    public void Sit(Seat seat)
    {
        var place = At(seat.Agent);
        var left = place.Seat.Open && !(seat.Open && seat.Languages.SequenceEqual(place.Seat.Languages));
        place.Seat = seat;
        Freed(place);
        if (left)
        {
            // Who alone spoke a customer's language holds nobody else back any more.
            Refresh();
        }
    }

    public void Put(Job job)
    {
        var before = _jobs.GetValueOrDefault(job.Id);
        Take(before);
        _jobs[job.Id] = job;
        Load(job, +1);
        if (job is { Seeks: true, Letter: false })
        {
            Within(_lines, job.Queue.Inbox).Add(job);
        }

        if (job is { Seeks: true, Offered: null })
        {
            Within(_queues, job.Queue).Add(job);
            _freshJobs.Add(job.Id);
            Sized(job.Queue.Room);
        }
    }

    public void Remove(ConversationId id)
    {
        Take(_jobs.GetValueOrDefault(id));
        _jobs.Remove(id);
        _why.Remove(id);
    }

    /// <summary>Why somebody was chosen for it the last time.</summary>
    public Why? WhyOf(ConversationId id) => _why.GetValueOrDefault(id);

    /// <summary>Who would be asked for something now, and why; nothing is given. Null where nobody would be.</summary>
    public Why? Try(Job job) => Choose(job) is { } chosen ? Explain(job, chosen) : null;

    /// <summary>Whatever can be given now. What is returned counts as offered until it is put anew.</summary>
    public List<Match> Assign()
    {
        var matches = new List<Match>();
        if (_freshAgents.Count > Few)
        {
            // Many at once (at the start, when a shift begins): whoever waits is gone through once.
            foreach (var job in _queues.Values.SelectMany(queue => queue).Order(Job.Order).ToList())
            {
                Give(job, matches);
            }
        }

        // First what was waiting before, for who has room again; then what came, for who had it all along.
        while (_freshAgents.Count <= Few && First() is { } first)
        {
            Give(first, matches);
        }

        foreach (var job in _freshJobs.Select(id => _jobs[id]).Order(Job.Order).ToList())
        {
            Give(job, matches);
        }

        _freshJobs.Clear();
        _freshAgents.Clear();
        return matches;
    }

    /// <summary>How an inbox is staffed: how many are there, how many units are free among them, how many wait.</summary>
    public (int Online, int Room, int Waiting) Of(InboxId inbox)
    {
        var (online, room) = (0, 0);
        foreach (var place in Serving(new QueueKey(inbox, null)))
        {
            if (place.Seat.Open)
            {
                (online, room) = (online + 1, room + Math.Max(0, place.Room / Weights.Unit));
            }
        }

        return (online, room, _lines.TryGetValue(inbox, out var line) ? line.Count : 0);
    }

    /// <summary>Who waits in an inbox, who is next first.</summary>
    public IEnumerable<Job> Line(InboxId inbox) => _lines.TryGetValue(inbox, out var line) ? line : [];

    /// <summary>The place of one of them, 1 for who is next; null where it does not wait.</summary>
    public int? PlaceOf(Job job) => job.Seeks && _lines.TryGetValue(job.Queue.Inbox, out var line) && line.Contains(job) ? line.TakeWhile(other => other.Id != job.Id).Count() + 1 : null;

    public IEnumerable<InboxId> Inboxes => _lines.Where(line => line.Value.Count > 0).Select(line => line.Key);

    /// <summary>True where something waits to be given to somebody.</summary>
    public bool Waits => _queues.Values.Any(queue => queue.Count > 0);

    /// <summary>What an agent has and could have, in thirds of a unit.</summary>
    public (int Load, int Capacity) Of(AgentId agent) => _places.TryGetValue(agent, out var place) ? (place.Load, place.Capacity) : default;

    /// <summary>The first in the order of all queues that somebody could take who was not looked at yet.</summary>
    private Job? First()
    {
        Job? first = null;
        foreach (var agent in _freshAgents)
        {
            if (_places[agent] is { Spare: > 0 } place && First(place) is { } job && (first is null || Job.Order.Compare(job, first) < 0))
            {
                first = job;
            }
        }

        return first;
    }

    private Job? First(Place place)
    {
        Job? first = null;
        foreach (var (key, queue) in _queues)
        {
            if (queue.Count > 0 && place.Spare >= key.Room && Serving(key).Contains(place) && queue.FirstOrDefault(job => Fits(place, job)) is { } job && (first is null || Job.Order.Compare(job, first) < 0))
            {
                first = job;
            }
        }

        return first;
    }

    private bool Fits(Place place, Job job)
    {
        Looks++;
        return job.Asks(place.Seat.Agent) && (job.Language is not { } language || place.Seat.Speaks(language) || !Spoken(job, language));
    }

    /// <summary>True where somebody is there who speaks the customer's language and may still be asked: then nobody else is.</summary>
    private bool Spoken(Job job, string language)
    {
        foreach (var place in Serving(job.Queue))
        {
            Looks++;
            if (place.Seat.Open && place.Seat.Speaks(language) && job.Asks(place.Seat.Agent))
            {
                return true;
            }
        }

        return false;
    }

    private void Give(Job job, List<Match> matches)
    {
        if (_free == 0 || Choose(job) is not { } chosen)
        {
            return;
        }

        _why[job.Id] = Explain(job, chosen);
        chosen.Given = ++_given;
        Put(job with { Offered = chosen.Seat.Agent });
        matches.Add(new Match(job.Id, chosen.Seat.Agent));
    }

    private Place? Choose(Job job)
    {
        Place? best = null;
        var ladder = job.By ?? _usual;
        var spoken = job.Language is { } language && Spoken(job, language);
        foreach (var place in Serving(job.Queue))
        {
            Looks++;
            if (place.Spare < job.Queue.Room || !job.Asks(place.Seat.Agent) || (spoken && !place.Seat.Speaks(job.Language!)))
            {
                continue;
            }

            best = best is null || ladder.Prefers(place.Candidate, best.Candidate, job) ? place : best;
        }

        return best;
    }

    private Why Explain(Job job, Place chosen)
    {
        var ladder = job.By ?? _usual;
        var spoken = job.Language is { } language && Spoken(job, language) ? job.Language : null;
        var explaining = new Explaining(job, ladder, chosen.Candidate);
        foreach (var place in Serving(job.Queue))
        {
            explaining.Add(place.Candidate, Against(place, job, spoken));
        }

        return explaining.Why(spoken);
    }

    /// <summary>Why somebody is not asked; empty: they may be.</summary>
    private static string Against(Place place, Job job, string? spoken) =>
        !place.Seat.Open ? "away" : !job.Asks(place.Seat.Agent) ? "passed" : spoken is not null && !place.Seat.Speaks(spoken) ? "language" : place.Spare < job.Queue.Room ? "full" : "";

    private HashSet<Place> Serving(QueueKey queue)
    {
        if (!_serving.TryGetValue(queue, out var places))
        {
            _serving[queue] = places = [.. _serve(queue).Select(agent => _places.GetValueOrDefault(agent)).OfType<Place>()];
        }

        return places;
    }

    private void Take(Job? job)
    {
        if (job is null)
        {
            return;
        }

        Load(job, -1);
        _freshJobs.Remove(job.Id);
        if (job is { Seeks: true, Letter: false })
        {
            _lines[job.Queue.Inbox].Remove(job);
        }

        if (job is { Seeks: true, Offered: null })
        {
            _queues[job.Queue].Remove(job);
        }
    }

    private void Load(Job job, int sign)
    {
        // An offer holds room for what may be accepted, and so does what somebody has again the moment they are back.
        Weigh(job.Offered ?? job.Agent, sign * (job.Offered is null ? job.Thirds : job.Takes), job.Hard ? sign : 0);
        Weigh(job is { Seeks: true, Lost: { } lost } && !job.Passed.Contains(lost) ? lost : null, sign * job.Takes);
    }

    private void Weigh(AgentId? who, int thirds, int hard = 0)
    {
        if (who is { IsEmpty: false } agent)
        {
            var place = At(agent);
            var busy = place.Load > 0;
            place.Load += thirds;
            place.Hard += hard;
            place.Idle = place.Load > 0 ? null : busy ? ++_turn : place.Idle;
            Freed(place);
        }
    }

    private Place At(AgentId agent)
    {
        if (!_places.TryGetValue(agent, out var place))
        {
            _places[agent] = place = new Place(new Seat(agent, 0, Open: false)) { Idle = ++_turn };
            _serving.Clear();
        }

        return place;
    }

    /// <summary>Only who could be asked for nothing before has to be looked at.</summary>
    private void Freed(Place place)
    {
        var (before, spare) = (place.Looked, place.Spare);
        if (spare < _sizes.Min)
        {
            _freshAgents.Remove(place.Seat.Agent);
        }
        else if (spare > before && _sizes.Any(size => before < size && size <= spare))
        {
            _freshAgents.Add(place.Seat.Agent);
        }

        _free += (spare >= _sizes.Min ? 1 : 0) - (before >= _sizes.Min ? 1 : 0);
        place.Looked = spare;
    }

    /// <summary>Something needs so much room: who had less than it and has it now has to be looked at from now on.</summary>
    private void Sized(int room)
    {
        if (_sizes.Add(room))
        {
            _free = _places.Values.Count(place => place.Looked >= _sizes.Min);
        }
    }

    /// <summary>Whoever is free may have something to take that they had not before.</summary>
    private void Refresh() => _freshAgents.UnionWith(_places.Values.Where(place => place.Spare >= _sizes.Min).Select(place => place.Seat.Agent));

    private static SortedSet<Job> Within<TKey>(Dictionary<TKey, SortedSet<Job>> sets, TKey key)
        where TKey : notnull => sets.TryGetValue(key, out var set) ? set : sets[key] = new SortedSet<Job>(Job.Order);

    /// <summary>An agent and what they have.</summary>
    private sealed class Place(Seat seat)
    {
        public Seat Seat { get; set; } = seat;

        public int Load { get; set; }

        public long Given { get; set; }

        /// <summary>How many hard ones they have.</summary>
        public int Hard { get; set; }

        /// <summary>Since when they have nothing to do; null: they have something.</summary>
        public long? Idle { get; set; }

        /// <summary>What they had to spare after the last change.</summary>
        public int Looked { get; set; }

        public int Capacity => Seat.Units * Weights.Unit;

        public int Room => Capacity - Load;

        /// <summary>What they could be asked for.</summary>
        public int Spare => Seat.Open ? Math.Max(0, Room) : 0;

        public Candidate Candidate => new(Seat.Agent, Load, Capacity, Given) { Idle = Idle, Hard = Hard, Seat = Seat };
    }
}
