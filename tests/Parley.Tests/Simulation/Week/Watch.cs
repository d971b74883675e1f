using Parley.Conversations;
using Parley.Log;
using Parley.Routing;
using Shouldly;

namespace Parley.Tests.Simulation.Week;

/// <summary>
/// Looks at every commit with eyes of its own: folds what was written, and holds it to what must be true at every moment. What it knows of promises it has from
/// the log alone.
/// </summary>
internal sealed class Watch
{
    private static readonly ConversationKind Kind = new();

    private readonly Dictionary<ConversationId, Conversation> _all = [];
    private readonly Dictionary<ConversationId, (AgentId Agent, int Thirds, int Units)> _work = [];
    private readonly Dictionary<AgentId, (int Thirds, int Units)> _loads = [];
    private readonly Dictionary<ConversationId, Told> _promised = [];
    private long _position;

    public List<Told> Promises { get; } = [];

    public Dictionary<string, int> Types { get; } = [];

    public int Seen { get; private set; }

    public IReadOnlyDictionary<ConversationId, Conversation> All => _all;

    /// <summary>Those in which somebody is looked for and nobody is asked.</summary>
    public HashSet<ConversationId> Seeking { get; } = [];

    public HashSet<ConversationId> Live { get; } = [];

    /// <summary>Those that wait to be answered and that nobody has.</summary>
    public HashSet<ConversationId> Rows { get; } = [];

    public (int Thirds, int Units) Load(AgentId agent) => _loads.GetValueOrDefault(agent);

    /// <summary>Takes a commit in; says which conversations it touched.</summary>
    public HashSet<ConversationId> Take(Committed committed)
    {
        var touched = new HashSet<ConversationId>();
        foreach (var entry in committed.Entries)
        {
            entry.Position.ShouldBe(++_position, "Positions have no gap.");
            Types[entry.Type] = Types.GetValueOrDefault(entry.Type) + 1;
            Seen++;
            if (entry.Subject.Kind == Conversation.Kind)
            {
                var id = new ConversationId(entry.Subject.Id);
                var before = _all.GetValueOrDefault(id) ?? Conversation.None;
                var after = _all[id] = (Conversation)Kind.Apply(before, entry);
                Once(id, before, entry);
                Promise(id, before, after, entry);
                touched.Add(id);
            }
        }

        foreach (var id in touched)
        {
            Weigh(id, _all[id]);
        }

        foreach (var id in touched)
        {
            Whole(id, _all[id]);
        }

        foreach (var entry in committed.Entries)
        {
            Fits(entry);
        }

        return touched;
    }

    /// <summary>Nothing of what is due by now is left.</summary>
    public DateTimeOffset? Due(ConversationId id) => Kind.Due(_all[id]);

    /// <summary>No two agents are given one conversation, and none is asked about what somebody has.</summary>
    private static void Once(ConversationId id, Conversation before, Entry entry)
    {
        switch (entry.Body)
        {
            case Offered offered:
                before.Agent.ShouldBeNull($"{id} is offered while somebody has it.");
                (before.Offer is null || before.Offer.Id == offered.Offer).ShouldBeTrue($"{id} is offered to two.");
                break;
            case Accepted { By: not "answer" } accepted:
                before.Agent.ShouldBeNull($"{id} is accepted by {accepted.Agent} while {before.Agent} has it.");
                break;
            case Accepted accepted:
                (before.Agent is null || before.Agent == accepted.Agent || before.Mode == Mode.Waiting).ShouldBeTrue($"{id} is taken from who has it.");
                break;
        }
    }

    /// <summary>A wait has one promise at a time, and each ends once.</summary>
    private void Promise(ConversationId id, Conversation before, Conversation after, Entry entry)
    {
        switch (entry.Body)
        {
            case Promised promised:
                (before.Promise is null || promised.Ground == Ground.Agent).ShouldBeTrue($"{id} is promised twice.");
                if (before.Promise is null)
                {
                    _promised[id] = new Told(entry.At, promised.Due, promised.Ground, promised.Basis);
                    Promises.Add(_promised[id]);
                }

                break;
            case PromiseRenewed renewed:
                before.Promise.ShouldNotBeNull().Due.ShouldBeGreaterThan(entry.At, $"{id} is renewed when it is broken already.");
                renewed.Due.ShouldBeGreaterThan(before.Promise!.Due);
                _promised[id].Renewed.ShouldBeFalse($"{id} is renewed twice.");
                _promised[id].Renewed = true;
                break;
            case PromiseBroken:
                before.Promise.ShouldNotBeNull().Due.ShouldBeLessThanOrEqualTo(entry.At);
                _promised[id].Broken = true;
                break;
            case PromiseKept { TookMs: { } took }:
                before.Promise.ShouldNotBeNull();
                Settle(id, took, entry.At);
                break;
            case PromiseLate late:
                Settle(id, late.TookMs, entry.At);
                break;
        }

        if (after.Promise is null && entry.Body is Closed or ModeChanged { To: Mode.Ended } or Erased)
        {
            _promised.Remove(id, out var ended);
            (ended ?? Told.None).Withdrawn = true;
        }
    }

    private void Settle(ConversationId id, long took, DateTimeOffset at)
    {
        _promised.Remove(id, out var told).ShouldBeTrue($"{id} keeps a promise that nobody made.");
        (told!.Took, told.Answered) = (TimeSpan.FromMilliseconds(took), at);
    }

    /// <summary>What must be true of a conversation after every commit.</summary>
    private void Whole(ConversationId id, Conversation it)
    {
        if (it is { WaitingSince: not null, Status: not Status.Closed })
        {
            (it.Agent is not null || it.Promise is not null || it is { Mode: Mode.Waiting, Queue: not null }).ShouldBeTrue($"{id} is stuck: an answer is owed, and there is neither a holder nor a promise.");
            (it.Promise is { Broken: true } || Kind.Due(it) is not null || it.Agent is not null).ShouldBeTrue($"{id} is stuck: nothing will wake it.");
        }

        switch (it.Mode)
        {
            case Mode.Live:
                (it is { Session: not null, Agent: not null, Holder: not null, Customer.Present: true, Offer: null, Queue: null }).ShouldBeTrue($"{id} is live without both accounted for.");
                break;
            case Mode.Paused:
                (it is { Session: not null, Agent: not null, Holder: not null, Customer.Present: false, Offer: null }).ShouldBeTrue($"{id} is paused without both accounted for.");
                break;
            case Mode.Messaging or Mode.Dormant or Mode.Ended:
                (it is { Session: null, Customer: null, Holder: null }).ShouldBeTrue($"{id} is {it.Mode} with a session.");
                break;
        }

        Set(Seeking, id, it is { Mode: Mode.Waiting, Agent: null, Offer: null, Status: not Status.Closed });
        Set(Live, id, it.Mode is Mode.Live or Mode.Paused);
        Set(Rows, id, it is { Mode: Mode.Messaging or Mode.Dormant, Agent: null, WaitingSince: not null, Status: not Status.Closed });
    }

    private void Weigh(ConversationId id, Conversation it)
    {
        if (_work.Remove(id, out var old))
        {
            var load = _loads[old.Agent];
            _loads[old.Agent] = (load.Thirds - old.Thirds, load.Units - old.Units);
        }

        var now = it.Offer is { } offer ? (offer.Agent, Weights.Unit, 1)
            : it.Agent is { } agent && Weights.Of(it.Mode, it.Status, it.WaitingSince is not null) is > 0 and var thirds ? (agent, thirds, thirds == Weights.Unit ? 1 : 0)
            : default;
        if (now is ({ IsEmpty: false } who, var much, var units))
        {
            _work[id] = now;
            var load = _loads.GetValueOrDefault(who);
            _loads[who] = (load.Thirds + much, load.Units + units);
        }
    }

    /// <summary>
    /// Nobody is asked to take more than they can, whatever they have by now; talk that nobody planned goes one above, and no further. Who answers what nobody has takes
    /// it, and may: that is their own will (DESIGN.md, Queue and offers).
    /// </summary>
    private void Fits(Entry entry)
    {
        const int Capacity = 4;
        var id = new ConversationId(entry.Subject.Id);
        var (agent, most) = entry.Body switch
        {
            Offered offered => (offered.Agent, Capacity),
            ModeChanged { To: Mode.Live or Mode.Paused, Cause: "bothPresent" } when _all[id].Agent is { } talks => (talks, Capacity + 1),
            _ => (default, 0),
        };
        if (!agent.IsEmpty)
        {
            Load(agent).Units.ShouldBeLessThanOrEqualTo(most, $"{agent} has {Load(agent).Units} units, and {id} is one too many ({entry.Type}).");
        }
    }

    private static void Set(HashSet<ConversationId> all, ConversationId id, bool on)
    {
        if (on)
        {
            all.Add(id);
        }
        else
        {
            all.Remove(id);
        }
    }

    /// <summary>A promise as the log has it.</summary>
    internal sealed record Told(DateTimeOffset Made, DateTimeOffset Due, Ground Ground, Basis? Basis)
    {
        public static readonly Told None = new(default, default, default, null);

        public bool Renewed { get; set; }

        public bool Broken { get; set; }

        public bool Withdrawn { get; set; }

        public TimeSpan? Took { get; set; }

        public DateTimeOffset? Answered { get; set; }
    }
}
