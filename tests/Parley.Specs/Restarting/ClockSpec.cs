using Parley.Conversations;
using Parley.Platform.Store;
using Parley.Tests.Cast;

namespace Parley.Specs.Restarting;

/// <summary>A clock that was wrong is put right, by an hour or by days, back and forth, while something of every kind is due: it comes once, late at most.</summary>
public class ClockSpec
{
    [Fact]
    public async Task Whatever_is_due_is_neither_lost_nor_doubled_by_a_clock_that_jumps()
    {
        await using var house = await Lighthouse.Open();
        var it = await Stand.Make(house);
        await house.Restart(() => it.Play(() => new SqliteDialect(Path.Combine(house.Folder, "parley.db"))));
        await it.Begin();
        await it.Settled();

        // An hour back, and forward again: nothing is due in the one, nor in the other.
        foreach (var hours in new[] { -1, 1 })
        {
            house.Clock.Turn(TimeSpan.FromHours(hours));
            await it.Settled();
            await Task.Delay(600);
            (await it.Look()).ForEach(now => (now.Row, now.Fresh.Count).ShouldBe((now.Left.Row, 0), now.ToString()));
        }

        // Days ahead: what was due in minutes, hours and days comes at once.
        house.Clock.Turn(TimeSpan.FromDays(4));
        await it.Settled();
        foreach (var now in await it.Look())
        {
            Once(now);
            var promise = now.Left.State.Promise;
            now.Count(entry => entry.Body is PromiseBroken).ShouldBe(promise is { Broken: false } && !now.Left.State.Erased ? 1 : 0, now.ToString());
        }

        // And back, as if it had been a mistake: nothing comes a second time, then or when it is that day again.
        var before = (await it.Look()).ToDictionary(now => now.Left, now => now.Fresh.Count);
        house.Clock.Turn(TimeSpan.FromDays(-4));
        await it.Settled();
        await Task.Delay(600);
        (await it.Look()).ForEach(now => now.Fresh.Count.ShouldBe(before[now.Left], now.ToString()));
        for (var step = 0; step < 5; step++)
        {
            house.Clock.Turn(TimeSpan.FromDays(2));
            await it.Settled();
        }

        foreach (var now in await it.Look())
        {
            Once(now);
            now.Count(entry => entry.Body is PromiseBroken).ShouldBeLessThanOrEqualTo(1, now.ToString());
            (now.State.Erased || now.State.Promise is null or { Broken: true }).ShouldBeTrue(now.ToString());
            now.State.Mode.ShouldNotBeOneOf([Mode.Live, Mode.Paused]);
        }
    }

    /// <summary>What comes once comes once, and times never decrease.</summary>
    private static void Once(Stand.Now now)
    {
        now.Count(entry => entry.Body is Unsnoozed).ShouldBe(now.Left.State.Status == Status.Snoozed ? 1 : 0, now.ToString());
        foreach (var type in new[] { "sessionEnded", "abandoned", "nudged", "sessionReminded", "soothed", "promiseStands", "promiseRenewed", "episodeClosed" })
        {
            now.Count(entry => entry.Type == type).ShouldBeLessThanOrEqualTo(1, $"{type}: {now}");
        }

        now.Fresh.Select(entry => entry.At).ShouldBeInOrder();
    }
}
