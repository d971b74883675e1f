using System.Diagnostics;
using Parley.Conversations;
using Parley.Inbox.Lists;
using Parley.Log;
using Parley.Workspaces;
using Shouldly;
using Xunit.Abstractions;

namespace Parley.Tests.Inbox.Lists;

public class KeptCountsTests(ITestOutputHelper output)
{
    private static readonly InboxId Shop = new(Guid.CreateVersion7());
    private static readonly InboxId Wharf = new(Guid.CreateVersion7());
    private static readonly AgentId Kim = new(Guid.CreateVersion7());
    private static readonly AgentId Noor = new(Guid.CreateVersion7());

    [Fact]
    public void What_differs_is_named_and_nothing_else()
    {
        var before = new KeptCounts([("all", Shop, 3), ("all", Wharf, 1), (Counting.Of(Kim), Shop, 2), ("team:x", Shop, 1)]);
        before.Differ(new KeptCounts([("all", Wharf, 1), ("all", Shop, 3), (Counting.Of(Kim), Shop, 2), ("team:x", Shop, 1)])).ShouldBeEmpty();
        var changed = new KeptCounts([("all", Shop, 3), ("all", Wharf, 1), (Counting.Of(Kim), Shop, 1), (Counting.Of(Noor), Shop, 1), ("team:x", Shop, 1)]).Differ(before);
        changed.ShouldBe([Counting.Of(Kim), Counting.Of(Noor)], ignoreOrder: true);
        Counting.Everybodys(changed).ShouldBeFalse();
        Counting.Ones(changed, Kim, []).ShouldBeTrue();
        Counting.Ones(changed, new AgentId(Guid.CreateVersion7()), []).ShouldBeFalse();
        Counting.Everybodys(KeptCounts.None.Differ(before)).ShouldBeTrue();
    }

    [Fact]
    public void Everybody_is_shown_the_sums_over_what_is_open_to_them()
    {
        var kept = new KeptCounts([("all", Shop, 3), ("all", Wharf, 1), (Counting.Of(Kim), Shop, 2), (Counting.Of(Kim), Wharf, 1), ("team:x", Wharf, 1), ("closed", Shop, 7)]);
        var all = Counting.For(Kim, null, kept, []);
        (all["all"], all["mine"], all["closed"], all["unassigned"], all["mentions"], all["team:x"], all[$"inbox:{Wharf}"]).ShouldBe((4, 3, 7, 0, 0, 1, 1));
        var some = Counting.For(Kim, new HashSet<InboxId> { Shop }, kept, []);
        (some["all"], some["mine"], some.ContainsKey("team:x"), some.ContainsKey($"inbox:{Wharf}")).ShouldBe((3, 2, false, false));
    }

    /// <summary>Five hundred agents with work of their own: what one is shown costs the same, whoever else is there.</summary>
    [Fact]
    public void What_one_is_shown_costs_no_more_with_five_hundred_others()
    {
        var agents = Enumerable.Range(0, 500).Select(_ => new AgentId(Guid.CreateVersion7())).ToList();
        List<(string, InboxId, long)> Of(int count) => [("all", Shop, 9), ("unassigned", Shop, 1), .. agents.Take(count).SelectMany(agent => new[] { (Counting.Of(agent), Shop, 3L), (Counting.Mentioning(agent), Shop, 1L) })];
        var (few, many) = (new KeptCounts(Of(1)), new KeptCounts(Of(500)));
        double Time(KeptCounts kept)
        {
            var times = new List<double>();
            for (var round = 0; round < 9; round++)
            {
                var started = Stopwatch.GetTimestamp();
                agents.ForEach(agent => Counting.For(agent, null, kept, []));
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            return times.Order().First();
        }

        Time(few);
        var (one, all) = (Time(few), Time(many));
        output.WriteLine($"500 agents' numbers: {one:N2} ms where one has work, {all:N2} ms where all have.");
        all.ShouldBeLessThan((one * 5) + 5);
    }
}
