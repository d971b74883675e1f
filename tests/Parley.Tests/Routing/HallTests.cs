using FsCheck;
using FsCheck.Fluent;
using Parley.Conversations;
using Parley.Routing;
using Parley.Routing.Policies;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Routing;

public class HallTests
{
    private static readonly InboxId Shop = Inbox(1);
    private static readonly AgentId[] Agents = [.. Enumerable.Range(1, 5).Select(Agent)];

    [Fact]
    public void What_arrives_is_offered_at_once_to_who_has_the_most_room()
    {
        var hall = Staffed(new LeastLoaded(), 2);
        hall.Put(Held(1, Agents[0]));
        hall.Put(Waiting(2));
        hall.Assign().ShouldBe([new Match(Conversation(2), Agents[1])]);
    }

    [Fact]
    public void PA11_In_turns_everybody_is_asked_once_before_anybody_is_asked_twice()
    {
        var hall = Staffed(new RoundRobin(), 3, units: 20);
        foreach (var number in Enumerable.Range(1, 6))
        {
            hall.Put(Waiting(number));
        }

        var asked = hall.Assign().Select(match => match.Agent).ToList();
        asked[..3].Distinct().Count().ShouldBe(3);
        asked[3..].ShouldBe(asked[..3]);
    }

    [Fact, Trait("row", "MS19")]
    public void MS19_Nobody_is_given_more_than_they_can_and_room_that_is_free_again_is_used_at_once()
    {
        var hall = Staffed(new LeastLoaded(), 1, units: 2);
        hall.Put(Waiting(1));
        hall.Put(Waiting(2));
        hall.Put(Waiting(3));
        hall.Assign().Select(match => match.Conversation).ShouldBe([Conversation(1), Conversation(2)]);
        hall.Assign().ShouldBeEmpty();
        hall.Remove(Conversation(1));
        hall.Assign().ShouldBe([new Match(Conversation(3), Agents[0])]);
    }

    [Fact]
    public void PA11_Three_messages_are_a_unit_and_with_one_more_there_is_no_room_for_a_whole_one()
    {
        var hall = Staffed(new LeastLoaded(), 1, units: 2);
        for (var i = 1; i <= 3; i++)
        {
            hall.Put(Held(i, Agents[0]) with { Thirds = 1 });
        }

        hall.Put(Waiting(9));
        hall.Assign().Count.ShouldBe(1);
        hall.Remove(Conversation(9));
        hall.Put(Held(4, Agents[0]) with { Thirds = 1 });
        hall.Put(Waiting(10));
        hall.Assign().ShouldBeEmpty();
    }

    [Fact]
    public void Who_let_it_pass_is_not_asked_again_and_its_place_is_kept()
    {
        var hall = Staffed(new LeastLoaded(), 1, units: 1);
        hall.Put(Waiting(1));
        hall.Put(Waiting(2));
        hall.Assign().ShouldBe([new Match(Conversation(1), Agents[0])]);
        hall.Put(Waiting(1) with { Passed = [Agents[0]] });
        hall.Assign().ShouldBe([new Match(Conversation(2), Agents[0])]);
        hall.Line(Shop).Select(job => job.Id).ShouldBe([Conversation(1), Conversation(2)]);
        hall.Sit(new Seat(Agents[1], 1, Open: true));
        hall.Staff([new Seat(Agents[0], 1, true), new Seat(Agents[1], 1, true)], _ => Agents);
        hall.Assign().ShouldBe([new Match(Conversation(1), Agents[1])]);
    }

    [Fact, Trait("row", "LC9")]
    public void LC9_What_is_urgent_is_first_and_then_who_came_first()
    {
        var hall = Staffed(new LeastLoaded(), 1, units: 1);
        hall.Sit(new Seat(Agents[0], 1, Open: false));
        hall.Put(Waiting(3));
        hall.Put(Waiting(2));
        hall.Put(Waiting(4) with { Priority = Priority.Urgent });
        hall.Assign().ShouldBeEmpty();
        hall.Line(Shop).Select(job => job.Id).ShouldBe([Conversation(4), Conversation(2), Conversation(3)]);
        hall.Sit(new Seat(Agents[0], 1, Open: true));
        hall.Assign().ShouldBe([new Match(Conversation(4), Agents[0])]);
    }

    [Fact]
    public void PA11_Who_speaks_the_customers_language_is_asked_alone_and_the_others_only_where_nobody_does()
    {
        var hall = new Hall(new LeastLoaded());
        Seat[] seats = [new(Agents[0], 1, true) { Languages = ["nl"] }, new(Agents[1], 1, true) { Languages = ["es"] }];
        hall.Staff(seats, _ => Agents);
        hall.Put(Waiting(1) with { Language = "es" });
        hall.Put(Waiting(2) with { Language = "es" });
        hall.Put(Waiting(3) with { Language = "fr" });
        // The second waits for who speaks it; of French there is nobody, so somebody who does not is better than nobody.
        hall.Assign().ShouldBe([new Match(Conversation(1), Agents[1]), new Match(Conversation(3), Agents[0])]);
        hall.Remove(Conversation(3));
        hall.Assign().ShouldBeEmpty();
        hall.Sit(seats[1] with { Open = false });
        hall.Assign().ShouldBe([new Match(Conversation(2), Agents[0])]);
    }

    [Fact]
    public void LC6_Who_dropped_out_is_not_asked_however_free_their_seat_looks()
    {
        var hall = Staffed(new LeastLoaded(), 2);
        hall.Put(Held(1, Agents[0]));
        hall.Put(Waiting(2) with { Lost = Agents[1] });
        hall.Put(Waiting(3) with { Lost = Agents[0] });
        hall.Assign().ShouldBe([new Match(Conversation(2), Agents[0]), new Match(Conversation(3), Agents[1])]);
        hall.Remove(Conversation(2));
        hall.Put(Waiting(4) with { Lost = Agents[0], Passed = [Agents[1]] });
        hall.Assign().ShouldBeEmpty();
    }

    [Fact, Trait("row", "MS19")]
    public void MS19_Who_comes_back_to_what_they_had_is_not_given_more_than_they_can_beside_it()
    {
        var hall = Staffed(new LeastLoaded(), 1, 1);
        hall.Put(Waiting(1) with { Lost = Agents[0] });
        hall.Put(Waiting(2));
        hall.Assign().ShouldBeEmpty("The one unit is for what is theirs the moment they are back.");
        hall.Put(Held(1, Agents[0]));
        hall.Assign().ShouldBeEmpty();
        hall.Remove(Conversation(1));
        hall.Assign().ShouldBe([new Match(Conversation(2), Agents[0])]);
    }

    [Fact]
    public void A_team_s_queue_is_for_the_team_alone()
    {
        var (hall, team) = (new Hall(new LeastLoaded()), new TeamId(Guid(9)));
        hall.Staff(Agents.Take(2).Select(agent => new Seat(agent, 4, Open: true)), queue => queue.Team is null ? Agents : [Agents[1]]);
        hall.Put(Waiting(1) with { Queue = new QueueKey(Shop, team) });
        hall.Assign().ShouldBe([new Match(Conversation(1), Agents[1])]);
    }

    /// <summary>Counted, not timed: a time says more of the machine than of the search.</summary>
    [Fact]
    public void F22_With_ten_thousand_waiting_and_five_hundred_agents_an_arrival_looks_at_the_agents_once_and_never_at_the_queue()
    {
        var hall = new Hall(new LeastLoaded());
        var agents = Enumerable.Range(1, 500).Select(Agent).ToList();
        hall.Staff(agents.Select(agent => new Seat(agent, 4, Open: false)), _ => agents);
        for (var number = 1; number <= 10_000; number++)
        {
            hall.Put(Waiting(number));
        }

        hall.Assign().ShouldBeEmpty();
        var before = hall.Looks;
        hall.Put(Waiting(10_001));
        hall.Assign();
        (hall.Looks - before).ShouldBeLessThanOrEqualTo(500);

        before = hall.Looks;
        hall.Sit(new Seat(agents[7], 1, Open: true));
        hall.Assign().ShouldBe([new Match(Conversation(1), agents[7])]);
        (hall.Looks - before).ShouldBeLessThanOrEqualTo(1_002);

        // Room that is free again: the head of the queue, and who takes it.
        before = hall.Looks;
        hall.Remove(Conversation(1));
        hall.Assign().ShouldBe([new Match(Conversation(2), agents[7])]);
        (hall.Looks - before).ShouldBeLessThanOrEqualTo(1_002);

        foreach (var agent in agents)
        {
            hall.Sit(new Seat(agent, 20, Open: true));
        }

        hall.Assign().Count.ShouldBe(9_999);
        hall.Of(Shop).ShouldBe((500, 0, 10_000));
    }

    [Fact]
    public void Whatever_happens_capacity_holds_nobody_is_asked_twice_places_are_kept_and_nothing_waits_that_somebody_could_take() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(400),
        Prop.ForAll(Gen.ArrayOf(Events, 60).ToArbitrary(), events =>
        {
            var world = new World();
            foreach (var each in events)
            {
                world.Do(each);
            }
        }));

    [Fact]
    public void Nothing_starves_while_agents_take_what_they_are_offered() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(100),
        Prop.ForAll(Gen.ArrayOf(Events, 40).ToArbitrary(), events =>
        {
            var world = new World();
            foreach (var each in events)
            {
                world.Do(each);
            }

            world.Empty();
        }));

    private static Gen<Event> Events =>
        from what in Gen.Choose(0, 7)
        from agent in Gen.Choose(0, 4)
        from number in Gen.Choose(1, 12)
        from units in Gen.Choose(1, 3)
        from priority in Gen.Elements(Priority.Normal, Priority.Normal, Priority.High)
        from language in Gen.Elements(null, null, "es")
        select new Event(what, agent, number, units, priority, language);

    internal sealed record Event(int What, int Agent, int Number, int Units, Priority Priority, string? Language);

    private static Hall Staffed(IPolicy policy, int agents, int units = 4)
    {
        var hall = new Hall(policy);
        hall.Staff(Agents.Take(agents).Select(agent => new Seat(agent, units, Open: true)), _ => Agents);
        return hall;
    }

    private static Job Waiting(int number) => new(Conversation(number), new QueueKey(Shop, null), Priority.Normal, Clock.Morning.AddSeconds(number)) { Seeks = true };

    private static Job Held(int number, AgentId agent) => Waiting(number) with { Seeks = false, Agent = agent, Thirds = Weights.Unit };

    private static AgentId Agent(int number) => new(Guid(1_000_000 + number));

    private static InboxId Inbox(int number) => new(Guid(2_000_000 + number));

    private static ConversationId Conversation(int number) => new(Guid(number));

    private static Guid Guid(int number) => new(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1);

    /// <summary>A hall beside the plain list of what should be true of it.</summary>
    private sealed class World
    {
        private readonly Hall _hall = new(new LeastLoaded());
        private readonly Dictionary<ConversationId, Job> _jobs = [];
        private readonly Dictionary<AgentId, Seat> _seats = Agents.ToDictionary(agent => agent, agent => new Seat(agent, 2, Open: false));

        public World() => _hall.Staff(_seats.Values, _ => Agents);

        public void Do(Event it)
        {
            var (agent, id) = (Agents[it.Agent], Conversation(it.Number));
            var job = _jobs.GetValueOrDefault(id);
            switch (it.What)
            {
                case 0 or 1 when job is null:
                    Put(Waiting(it.Number) with { Priority = it.Priority, Language = it.Language });
                    break;
                case 2 when job is { Offered: { } asked }:
                    Put(job with { Seeks = false, Offered = null, Agent = asked, Thirds = Weights.Unit });
                    break;
                case 3 when job is { Offered: { } asked }:
                    Put(job with { Offered = null, Passed = job.Passed.Add(asked) });
                    break;
                case 4 when job is { Agent: not null }:
                    Put(job with { Thirds = it.Units == 1 ? 1 : 0 });
                    break;
                case 5 when job is not null:
                    _jobs.Remove(id);
                    _hall.Remove(id);
                    break;
                case 6:
                    Sit(new Seat(agent, it.Units, Open: true) { Languages = it.Language is null ? ["en"] : ["en", "es"] });
                    break;
                case 7:
                    Sit(_seats[agent] with { Open = false });
                    foreach (var offered in _jobs.Values.Where(offered => offered.Offered == agent).ToList())
                    {
                        Put(offered with { Offered = null, Passed = offered.Passed.Add(agent) });
                    }

                    break;
            }

            Look();
        }

        /// <summary>Everybody is there, takes what they are offered and is done with it: in the end nobody waits.</summary>
        public void Empty()
        {
            foreach (var agent in Agents)
            {
                Sit(new Seat(agent, 2, Open: true));
            }

            foreach (var job in _jobs.Values.Where(job => job.Agent is not null).ToList())
            {
                _jobs.Remove(job.Id);
                _hall.Remove(job.Id);
            }

            for (var round = 0; round < 100; round++)
            {
                Look();
                foreach (var job in _jobs.Values.Where(job => job.Offered is not null).ToList())
                {
                    _jobs.Remove(job.Id);
                    _hall.Remove(job.Id);
                }
            }

            _jobs.Values.Where(job => job.Passed.Distinct().Count() < Agents.Length).ShouldBeEmpty();
        }

        private void Put(Job job)
        {
            _jobs[job.Id] = job;
            _hall.Put(job);
        }

        private void Sit(Seat seat)
        {
            _seats[seat.Agent] = seat;
            _hall.Sit(seat);
        }

        private void Look()
        {
            var before = Agents.ToDictionary(agent => agent, Room);
            foreach (var match in _hall.Assign())
            {
                var job = _jobs[match.Conversation];
                (job.Seeks, job.Offered, job.Passed.Contains(match.Agent)).ShouldBe((true, null, false));
                _jobs[job.Id] = job with { Offered = match.Agent };
                before[match.Agent] -= Weights.Unit;
                before[match.Agent].ShouldBeGreaterThanOrEqualTo(0);
                _jobs.Values.Where(other => other is { Seeks: true, Offered: null } && Job.Order.Compare(other, job) < 0).ShouldAllBe(other => !May(match.Agent, other));
            }

            foreach (var agent in Agents)
            {
                _hall.Of(agent).ShouldBe((Load(agent), _seats[agent].Units * Weights.Unit));
            }

            _jobs.Values.Where(job => job is { Seeks: true, Offered: null } && Agents.Any(agent => Room(agent) >= Weights.Unit && May(agent, job))).ShouldBeEmpty();
            _hall.Line(Shop).Select(job => job.Id).ShouldBe(_jobs.Values.Where(job => job.Seeks).Order(Job.Order).Select(job => job.Id));
        }

        private int Load(AgentId agent) => _jobs.Values.Sum(job => job.Offered == agent ? Weights.Unit : job.Agent == agent ? job.Thirds : 0);

        private int Room(AgentId agent) => _seats[agent].Open ? (_seats[agent].Units * Weights.Unit) - Load(agent) : 0;

        private bool May(AgentId agent, Job job) =>
            _seats[agent].Open && !job.Passed.Contains(agent)
            && (job.Language is not { } language || _seats[agent].Speaks(language) || !_seats.Values.Any(seat => seat.Open && seat.Speaks(language) && !job.Passed.Contains(seat.Agent)));
    }
}
