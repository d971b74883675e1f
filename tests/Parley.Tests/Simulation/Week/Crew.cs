using System.Collections.Immutable;
using Parley.Conversations;
using Parley.Log;
using Parley.Routing;
using Parley.Workspaces;

namespace Parley.Tests.Simulation.Week;

/// <summary>The agents: they come in shifts, lose their connection now and then, take or decline what they are asked to, and write one answer after the other.</summary>
internal sealed class Crew
{
    private static readonly (int From, int To)[] Shifts = [(7, 15), (9, 17), (12, 20), (14, 22)];

    /// <summary>From the middle of the week on an answer takes so much longer.</summary>
    private const double Slower = 1.8;

    private readonly WorkWeek _week;
    private readonly List<Agent> _all = [];
    private readonly Dictionary<AgentId, Agent> _byId;
    private readonly HashSet<ConversationId> _claimed = [];
    private readonly Dictionary<ConversationId, Agent> _owes = [];
    private readonly Dictionary<InboxId, (DateTimeOffset At, bool Open)> _open = [];
    private (int Seen, int Claims, DateTimeOffset At) _nothing;
    private int _claims;

    public Crew(WorkWeek week, int count)
    {
        _week = week;
        for (var i = 0; i < count; i++)
        {
            _all.Add(new Agent(new AgentId(Cast.Fresh(week.Random)), i));
        }

        _byId = _all.ToDictionary(agent => agent.Id);
    }

    public IEnumerable<Command> Hired() => _all.Select(agent => new AddAgent(
        new Origin(_week.Workspace, Author.System, $"hire{agent.Number}"), agent.Id, $"Agent {agent.Number}", $"agent{agent.Number}@lighthouse.test", Role.Agent, []));

    public void Plan()
    {
        foreach (var agent in _all)
        {
            for (var day = 0; day < WorkWeek.WorkDays; day++)
            {
                if (day % 7 >= 5 && agent.Number % 3 != day % 3)
                {
                    continue;
                }

                var ((from, to), midnight) = (Shifts[agent.Number % Shifts.Length], WorkWeek.Begins.AddDays(day));
                _week.Plan(midnight.AddHours(from).AddSeconds(_week.Between(-300, 300)), () => Come(agent));
                _week.Plan(midnight.AddHours(to).AddSeconds(_week.Between(-300, 300)), () => Go(agent));
                for (var drop = 0; drop < 2; drop++)
                {
                    _week.Plan(midnight.AddHours(_week.Between(from, to)), () => Drop(agent));
                }
            }
        }
    }

    /// <summary>Something was written that concerns an agent.</summary>
    public void Hear(Entry entry)
    {
        switch (entry.Body)
        {
            case Offered offered when _byId.TryGetValue(offered.Agent, out var asked):
                Asked(asked, new ConversationId(entry.Subject.Id), offered.Offer);
                break;
            case ChairSet { Chair: Chair.Away, Cause: "missed" } when _byId.TryGetValue(new AgentId(entry.Subject.Id), out var away):
                away.Sat = false;
                _week.In(_week.Between(120, 600), () =>
                {
                    if (away.On)
                    {
                        Sit(away, Chair.Online);
                    }
                });
                break;
        }
    }

    /// <summary>What has become of a conversation.</summary>
    public void Hear(ConversationId id, Conversation it)
    {
        var holder = it is { WaitingSince: not null, Status: not Status.Closed, Mode: not Mode.Ended, Agent: { } agent } ? _byId[agent] : null;
        if (_owes.Remove(id, out var before))
        {
            before.Owed.Remove(id);
        }

        if (holder is not null)
        {
            _owes[id] = holder;
            holder.Owed.Add(id);
            Work(holder);
        }
        else if (_week.Watch.Rows.Contains(id))
        {
            Spread();
        }
    }

    /// <summary>Who could be asked about a conversation and has nothing to do.</summary>
    public IEnumerable<AgentId> Free(ConversationId id)
    {
        var passed = _week.Watch.All[id].Queue?.Passed ?? ImmutableArray<AgentId>.Empty;
        return _all.Where(agent => agent is { On: true, Sat: true, Leave: not null } && agent.Since < _week.Time.Now.AddMinutes(-1) && !passed.Contains(agent.Id)
            && _week.Watch.Load(agent.Id).Thirds + Weights.Unit <= 4 * Weights.Unit).Select(agent => agent.Id);
    }

    public void Lose()
    {
        foreach (var agent in _all)
        {
            (agent.Leave, agent.Since) = (null, _week.Time.Now);
        }
    }

    public void Return()
    {
        foreach (var agent in _all.Where(agent => agent.On))
        {
            _week.In(_week.Between(1, 12), () => Connect(agent));
        }
    }

    private void Come(Agent agent)
    {
        agent.On = true;
        Connect(agent);
        Sit(agent, Chair.Online);
    }

    private void Go(Agent agent)
    {
        agent.On = false;
        Sit(agent, Chair.Offline);
        Disconnect(agent);
    }

    private void Drop(Agent agent)
    {
        Disconnect(agent);
        _week.In(_week.Chance(0.7) ? _week.Between(2, 25) : _week.Between(30, 180), () =>
        {
            if (agent.On)
            {
                Connect(agent);
            }
        });
    }

    private void Connect(Agent agent)
    {
        if (agent.Leave is null && agent.On && _week.Up)
        {
            (agent.Leave, agent.Since) = (_week.Server.Connect(Who(agent)), _week.Time.Now);
            Work(agent);
        }
    }

    private static void Disconnect(Agent agent)
    {
        agent.Leave?.Invoke();
        agent.Leave = null;
    }

    private void Sit(Agent agent, Chair chair)
    {
        (agent.Sat, agent.Since) = (chair == Chair.Online, _week.Time.Now);
        _week.Do(id => new(new TakeChair(new Origin(_week.Workspace, Who(agent).Author, id), agent.Id, chair, "manual")));
    }

    private void Asked(Agent agent, ConversationId id, OfferId offer)
    {
        var kind = _week.Random.NextDouble();
        if (kind > 0.97)
        {
            return;
        }

        _week.In(_week.Between(2, 25), () => _week.Do(async own =>
        {
            if (agent.Leave is null || !_week.Up || await _week.Server.Desk.Look(_week.Workspace, Conversation.Subject(id)) is not { State: Conversation it })
            {
                return null;
            }

            var origin = new Origin(_week.Workspace, Who(agent).Author, own);
            var moment = await _week.Server.Moments.Of(_week.Workspace, id, it, agent.Id);
            return kind > 0.93 ? new DeclineOffer(origin, id, offer, agent.Id) { Moment = moment } : new AcceptOffer(origin, id, offer, agent.Id) { Moment = moment };
        }));
    }

    /// <summary>The next answer: to who is live first, then whoever waits longest; and when there is nothing of theirs, what nobody has.</summary>
    private void Work(Agent agent)
    {
        if (agent.Writes || !agent.On || agent.Leave is null)
        {
            return;
        }

        var all = _week.Watch.All;
        var next = agent.Owed.Where(Open).OrderBy(id => all[id].Session is null).ThenBy(id => all[id].WaitingSince).ThenBy(id => id).FirstOrDefault();
        var (seen, now) = (_week.Watch.Seen, _week.Time.Now);
        if (next.IsEmpty && _week.Watch.Load(agent.Id).Units < 3 && _nothing != (seen, _claims, now))
        {
            next = _week.Watch.Rows.Where(id => !_claimed.Contains(id) && Open(id)).OrderBy(id => all[id].WaitingSince).ThenBy(id => id).FirstOrDefault();
        }

        if (next.IsEmpty)
        {
            // Nobody else finds anything either, until something happens: two hundred who look through thousands of rows take their time.
            _nothing = _week.Watch.Load(agent.Id).Units < 3 ? (seen, _claims, now) : _nothing;
            return;
        }

        _claims++;
        (agent.Writes, var live) = (true, all[next].Session is not null);
        _claimed.Add(next);
        var takes = _week.Lognormal(live ? 55 : 230, 0.6) * (_week.Time.Now >= WorkWeek.Middle ? Slower : 1);
        _week.In(takes, () =>
        {
            agent.Writes = false;
            _claimed.Remove(next);
            _claims++;
            Answer(agent, next);
            Work(agent);
        });
    }

    /// <summary>Outside the hours nobody writes, whoever is there.</summary>
    private bool Open(ConversationId id)
    {
        var (inbox, now) = (_week.Watch.All[id].Inbox, _week.Time.Now);
        if (!_open.TryGetValue(inbox, out var known) || known.At != now)
        {
            _open[inbox] = known = (now, _week.Server.Rosters.Now(_week.Workspace).CalendarOf(inbox).IsOpen(now));
        }

        return known.Open;
    }

    private void Spread()
    {
        foreach (var agent in _all.Where(agent => agent is { On: true, Writes: false, Leave: not null }))
        {
            Work(agent);
        }
    }

    private void Answer(Agent agent, ConversationId id)
    {
        if (_week.Watch.All[id] is not { WaitingSince: not null, Status: not Status.Closed, Mode: not Mode.Ended } now || (now.Agent is { } holder && holder != agent.Id) || agent.Leave is null)
        {
            return;
        }

        _week.Do(async own => await State(id) is not { } it || (it.Agent is { } other && other != agent.Id)
            ? null
            : new Post(new Origin(_week.Workspace, Who(agent).Author, own), id, Content.Of("An answer."), Terms.Usual) { Moment = await _week.Server.Moments.OfAnswer(Who(agent), it) });
        if (_week.Chance(0.6))
        {
            _week.In(_week.Between(60, 900), () => Close(agent, id));
        }
    }

    private void Close(Agent agent, ConversationId id)
    {
        if (agent.On && _week.Watch.All[id] is { WaitingSince: null, Status: not Status.Closed } now && now.Agent == agent.Id)
        {
            _week.Do(async own => await State(id) is not { WaitingSince: null } it
                ? null
                : new Close(new Origin(_week.Workspace, Who(agent).Author, own), id) { Moment = await _week.Server.Moments.Of(_week.Workspace, id, it) });
        }
    }

    private async ValueTask<Conversation?> State(ConversationId id) => (await _week.Server.Desk.Look(_week.Workspace, Conversation.Subject(id)))?.State as Conversation;

    private AgentPrincipal Who(Agent agent) => new(_week.Workspace, agent.Id, Role.Agent, null, 0);

    private sealed class Agent(AgentId id, int number)
    {
        public AgentId Id => id;

        public int Number => number;

        public bool On { get; set; }

        /// <summary>They say that they are online.</summary>
        public bool Sat { get; set; }

        /// <summary>Since when they are as they are.</summary>
        public DateTimeOffset Since { get; set; }

        public Action? Leave { get; set; }

        public bool Writes { get; set; }

        public HashSet<ConversationId> Owed { get; } = [];
    }
}
