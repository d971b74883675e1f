using System.Collections.Immutable;
using Parley.Conversations;
using Parley.Routing;
using Parley.Routing.Policies;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;
using Parley.Tests.Workspaces;
using static Parley.Tests.Workspaces.Verdict;

namespace Parley.Tests.Routing;

/// <summary>What a conversation is to routing, and whom a queue is for.</summary>
public class JobsTests
{
    private static readonly AgentId Ravi = new(Guid.Parse("00000000-0000-7000-8000-000000000009"));

    [Fact, Trait("row", "MS23")]
    public void MS23_A_queue_that_asks_for_a_skill_is_for_who_has_it_and_for_all_only_where_nobody_does()
    {
        var roster = Roster(kim: Skilled("rigging", 2), noor: Skilled("rigging", 1));
        Serve(roster, Queue(("rigging", 2))).ShouldBe([Kim]);
        Serve(roster, Queue(("rigging", 1))).ShouldBe([Kim, Noor]);
        Serve(roster, Queue(("splicing", 1))).ShouldBe([Kim, Noor, Ravi]);
        Serve(roster, Jobs.Queue(Shop, null, new Route("r") { Skills = Skilled("rigging", 2), Step = 1 }, letter: false, 3)).ShouldBe([Kim, Noor, Ravi]);
    }

    [Fact, Trait("row", "MS23")]
    public void MS23_Beginners_are_spared_what_is_hard_until_a_fallback()
    {
        var roster = Roster(noor: null, experience: Experience.Beginner);
        Serve(roster, Jobs.Queue(Shop, null, new Route("r") { Hard = true }, letter: false, 3)).ShouldBe([Kim, Ravi]);
        Serve(roster, Jobs.Queue(Shop, null, new Route("r") { Hard = true, Step = 1 }, letter: false, 3)).ShouldBe([Kim, Noor, Ravi]);
        Serve(roster, Jobs.Queue(Shop, null, null, letter: false, 3)).ShouldBe([Kim, Noor, Ravi]);
        // What was passed on twice is hard as well, and no rule says when beginners may have it after all: they are last, and not left out.
        var passed = new Conversation { Inbox = Shop, Mode = Mode.Waiting, WaitingSince = Clock.Morning, OpenedAt = Clock.Morning, Passed = [new Passed(Kim), new Passed(Ravi)] };
        var job = Jobs.Of(Id(1), passed, roster);
        (job.Hard, job.Queue.Spares).ShouldBe((true, false));
    }

    [Fact]
    public void A_letter_is_given_only_where_there_is_still_room_to_talk_and_stands_in_no_queue()
    {
        var hall = new Hall(new LeastLoaded());
        hall.Staff([new Seat(Kim, 2, Open: true)], _ => [Kim]);
        for (var number = 1; number <= 5; number++)
        {
            hall.Put(Letter(number));
        }

        hall.Assign().Count.ShouldBe(3, "Of six thirds three stay free for who wants to talk.");
        hall.Line(Shop).ShouldBeEmpty();
        hall.Of(Shop).ShouldBe((1, 1, 0));
        hall.Remove(Id(1));
        hall.Assign().Count.ShouldBe(1);
        hall.Put(Letter(9) with { Letter = false, Takes = 3, Queue = new QueueKey(Shop, null) });
        hall.Assign().ShouldBe([new Match(Id(9), Kim)]);
    }

    [Fact]
    public void What_costs_more_is_given_only_to_who_has_so_much_room_and_smaller_things_go_on()
    {
        var hall = new Hall(new LeastLoaded());
        hall.Staff([new Seat(Kim, 2, Open: true)], _ => [Kim]);
        hall.Put(Big(1));
        hall.Put(Big(2));
        hall.Assign().ShouldBe([new Match(Id(1), Kim)]);
        hall.Put(Big(3) with { Takes = 1, Queue = new QueueKey(Shop, null, Room: 1) });
        hall.Assign().ShouldBe([new Match(Id(3), Kim)]);
        hall.Remove(Id(1));
        hall.Assign().ShouldBe([new Match(Id(2), Kim)]);
        Weights.Of(Mode.Live, Status.Open, owed: false, new Giving(TalkThirds: 5)).ShouldBe(5);
        Weights.Of(Mode.Messaging, Status.Open, owed: true, new Giving(LetterThirds: 2)).ShouldBe(2);

        static Job Big(int number) => new(Id(number), new QueueKey(Shop, null, Room: 5), Priority.Normal, Clock.Morning.AddSeconds(number)) { Seeks = true, Takes = 5 };
    }

    /// <summary>Counted, not timed: with many rules there are many queues, and still nobody goes through one.</summary>
    [Fact]
    public void F22_With_ten_thousand_waiting_for_a_skill_that_who_is_free_does_not_have_they_are_not_looked_at()
    {
        var hall = new Hall(new LeastLoaded());
        var queue = new QueueKey(Shop, null, "rigging\t2");
        hall.Staff([new Seat(Kim, 4, Open: true), new Seat(Noor, 4, Open: false)], key => key.Wants.Length > 0 ? [Noor] : [Kim, Noor]);
        for (var number = 1; number <= 10_000; number++)
        {
            hall.Put(new Job(Id(number), queue, Priority.Normal, Clock.Morning.AddSeconds(number)) { Seeks = true });
        }

        hall.Assign().ShouldBeEmpty();
        var before = hall.Looks;
        hall.Sit(new Seat(Kim, 5, Open: true));
        hall.Put(new Job(Id(20_000), new QueueKey(Shop, null), Priority.Normal, Clock.Morning) { Seeks = true });
        hall.Assign().ShouldBe([new Match(Id(20_000), Kim)]);
        (hall.Looks - before).ShouldBeLessThan(10);
    }

    [Fact, Trait("row", "LC7")]
    public void LC7_Who_had_the_last_matter_is_asked_first_and_it_is_said_why()
    {
        var hall = new Hall([.. Jobs.Usual(new RoutingSettings())]);
        hall.Staff([new Seat(Kim, 4, Open: true), new Seat(Noor, 4, Open: true), new Seat(Ravi, 4, Open: false)], _ => [Kim, Noor, Ravi]);
        hall.Put(new Job(Id(1), new QueueKey(Shop, null), Priority.Normal, Clock.Morning) { Agent = Noor, Thirds = 3 });
        hall.Put(new Job(Id(2), new QueueKey(Shop, null), Priority.Normal, Clock.Morning) { Seeks = true, Last = Noor });
        hall.Assign().ShouldBe([new Match(Id(2), Noor)]);
        var why = hall.WhyOf(Id(2)).ShouldNotBeNull();
        why.By.ShouldBe(["contactOwner", "lastAgent", "skills", "language", "spreadHard", "leastLoaded"]);
        why.Candidates.Select(one => (one.Agent, one.Scores[1], one.Scores[5])).ShouldBe([(Noor, 1, -0.25), (Kim, 0, 0)]);
        (why.Of, why.Others!["away"]).ShouldBe((2, 1));
    }

    private static Job Letter(int number) => new(Id(number), new QueueKey(Shop, null, Room: 4), Priority.Normal, Clock.Morning.AddSeconds(number)) { Seeks = true, Letter = true, Takes = 1 };

    private static ConversationId Id(int number) => new(new Guid(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1));

    private static QueueKey Queue(params (string Skill, int Level)[] skills) =>
        Jobs.Queue(Shop, null, new Route("r") { Skills = skills.ToImmutableSortedDictionary(each => each.Skill, each => each.Level) }, letter: false, 3);

    private static List<AgentId> Serve(Roster roster, QueueKey queue) => [.. Jobs.Serve(roster, queue, Clock.Morning).Select(agent => agent.Id).Order()];

    private static ImmutableSortedDictionary<string, int> Skilled(string skill, int level) => ImmutableSortedDictionary<string, int>.Empty.Add(skill, level);

    private static Roster Roster(ImmutableSortedDictionary<string, int>? kim = null, ImmutableSortedDictionary<string, int>? noor = null, Experience experience = Experience.Regular)
    {
        var workspace = Founded with { Inboxes = [Shop], Members = Founded.Members.Add(Noor, new Member(Role.Agent, true)).Add(Ravi, new Member(Role.Agent, true)) };
        var agents = new Dictionary<AgentId, AgentState> { [Kim] = AgentState.Empty with { Skills = kim }, [Noor] = AgentState.Empty with { Skills = noor, Experience = experience }, [Ravi] = AgentState.Empty };
        var settings = new InboxSettings("Shop", "web", FirstBrand, Profile.Blended, [], [], Wording.None);
        return new Roster(Verdict.Lighthouse, workspace, agents, new Dictionary<InboxId, InboxState> { [Shop] = InboxState.Empty with { Version = 1, Settings = settings } });
    }
}
