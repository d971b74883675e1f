using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Profile = Parley.Workspaces.Profile;

namespace Parley.Specs.Restarting;

/// <summary>
/// The server ends in every state of the machine, with every clock that may run in it, in all profiles, and another starts on what it left: at once, and after a
/// quarter of an hour. Ana and Kim are there again at once; Ben and Noor never come back.
/// </summary>
public class RestartSpec
{
    private static readonly TimeSpan Outage = TimeSpan.FromMinutes(15);

    [SkippableTheory, Trait("row", "LC6")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Whatever_the_state_wake_ups_places_and_promises_survive_and_our_own_outage_makes_nobody_leave(string name)
    {
        Skip.If(name == "postgres" && Environment.GetEnvironmentVariable("PARLEY_TESTS_LONG") is not { Length: > 0 }, "On PostgreSQL it is done by make test-long.");
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        var it = await Stand.Make(house);
        await house.Restart(() => it.Play(() => engine.Url is null ? new SqliteDialect(Path.Combine(house.Folder, "parley.db")) : engine.Open()));

        await it.Begin();

        // Nothing came due: nothing is written, and everything is as it was left.
        await it.Settled();
        foreach (var now in await it.Look())
        {
            (now.Row, now.Seq).ShouldBe((now.Left.Row, now.Left.Seq), now.ToString());
        }

        it.ShouldHaveKeptPlaces(_ => false);

        await house.Restart(() =>
        {
            house.Clock.Advance(Outage);
            return Task.CompletedTask;
        });
        var up = house.Clock.GetUtcNow();
        await using var anas = await Ear.Of(it.Ana);
        await using var kims = await Ear.Of(house.Kim);
        await it.Settled();
        await it.Until(async () => (await it.Look()).All(now => !now.Left.Returns || now.State.Mode != Mode.Paused), "Who is back is back.");
        (await it.Look()).ForEach(now => AfterTheStart(now, up));

        // Kim dropped out of some of them, and is the first to be back.
        it.ShouldHaveKeptPlaces(left => left is { Returns: true, State.Queue.Lost: not null });
        (await house.Kim.Get("/v1/me/offers")).Body.GetProperty("items").EnumerateArray().Select(offer => offer.GetProperty("conversation").GetString())
            .ShouldBe(it.Left.Where(left => left is { Returns: true, State.Offer: not null }).Select(left => left.Id.ToString()), ignoreOrder: true);
        await Graces(it, up);
        await Silences(it, up);

        // Whatever else was waited for comes in its time, once.
        for (var step = 0; step < 4; step++)
        {
            house.Clock.Advance(TimeSpan.FromDays(2));
            await it.Settled();
        }

        foreach (var now in await it.Look())
        {
            now.State.Status.ShouldNotBe(Status.Snoozed, now.ToString());
            (now.State.Erased || now.State.Promise is null or { Broken: true }).ShouldBeTrue(now.ToString());
            now.Count(entry => entry.Body is PromiseBroken).ShouldBeLessThanOrEqualTo(1, now.ToString());
            now.Count(entry => entry.Body is Unsnoozed).ShouldBe(now.Left.State.Status == Status.Snoozed ? 1 : 0, now.ToString());
        }
    }

    /// <summary>What came due while nobody was there is done, once; all else is as it was.</summary>
    private static void AfterTheStart(Stand.Now now, DateTimeOffset up)
    {
        var (left, was, it) = (now.Left, now.Left.State, now.State);
        now.Fresh.Where(Blames).Select(entry => entry.Type).ShouldBeEmpty(now.ToString());
        if (left.Returns && was.Queue?.Lost is { } lost)
        {
            // Who dropped out has them again: she is back before anybody else had time.
            (it.Mode, it.Agent).ShouldBe((Mode.Live, lost), now.ToString());
            return;
        }

        (it.Agent, it.Queue?.Since, it.Session?.Queued, it.Holder is null).ShouldBe((was.Agent, was.Queue?.Since, was.Session?.Queued, was.Holder is null), now.ToString());
        it.Mode.ShouldBe(was.Mode == Mode.Paused && left.Returns ? Mode.Live : left.Name == "about to rest" ? Mode.Dormant : was.Mode, now.ToString());
        now.Count(entry => entry.Body is Unsnoozed).ShouldBe(was.SnoozedUntil <= up ? 1 : 0, now.ToString());
        now.Count(entry => entry.Body is Promised).ShouldBe(was is { Mode: Mode.Waiting, Promise: null } ? 1 : 0, now.ToString());
        var broken = was.Promise is { Broken: false } due && due.Due <= up;
        now.Count(entry => entry.Body is PromiseBroken).ShouldBe(broken ? 1 : 0, now.ToString());
        if (was.Promise is { } promise && !broken && now.Count(entry => entry.Body is PromiseRenewed) == 0)
        {
            (it.Promise!.Due, it.Promise.Ground, it.Promise.Made).ShouldBe((promise.Due, promise.Ground, promise.Made), now.ToString());
        }

        // Who was asked is asked still, the same, and has the time anew; nobody else is.
        now.Count(entry => entry.Body is Offered).ShouldBe(was.Offer is null ? 0 : 1, now.ToString());
        (it.Offer?.Id, it.Offer?.Agent).ShouldBe((was.Offer?.Id, was.Offer?.Agent), now.ToString());
        if (it.Offer is { } offer)
        {
            (offer.Until - up).TotalSeconds.ShouldBeInRange(40, 46, now.ToString());
        }
    }

    /// <summary>An agent has half a minute, a customer two: counted from the start, and once.</summary>
    private static async Task Graces(Stand it, DateTimeOffset up)
    {
        await it.At(up, 25);
        (await it.Look()).ForEach(now => now.Fresh.Where(Blames).Select(entry => entry.Type).ShouldBeEmpty(now.ToString()));

        await it.At(up, 34);
        foreach (var now in (await it.Look()).Where(now => now.Left.State.Session is not null))
        {
            var session = now.Left.State.Session!;
            now.Fresh.Select(entry => entry.Body).OfType<Requeued>().Select(entry => (entry.Cause, entry.Since))
                .ShouldBe(now.Left.Returns ? [] : [("agentLeft", session.Queued ?? session.Started)], now.ToString());
        }

        await it.At(up, 115);
        foreach (var now in await it.Look())
        {
            Awaited(now.State).ShouldBe(Awaited(now.Left.State), now.ToString());
            now.Count(entry => entry.Body is Abandoned).ShouldBe(0, now.ToString());
        }

        await it.At(up, 125);
        foreach (var now in await it.Look())
        {
            Awaited(now.State).ShouldBe(now.Left.Returns && Awaited(now.Left.State), now.ToString());
            now.Count(entry => entry.Body is ModeChanged { Cause: "contactLeft", To: Mode.Messaging or Mode.Ended }).ShouldBe(!now.Left.Returns && Awaited(now.Left.State) ? 1 : 0, now.ToString());
        }
    }

    /// <summary>The clocks of silence begin with the start, too: the agent is reminded, then another is looked for; the customer is asked, then it is over.</summary>
    private static async Task Silences(Stand it, DateTimeOffset up)
    {
        await it.At(up, 175);
        (await Owed()).ForEach(now => now.Count(entry => entry.Body is Nudged or Requeued).ShouldBe(0, now.ToString()));

        await it.At(up, 185);
        var owed = await Owed();
        owed.Count.ShouldBeGreaterThan(8);
        foreach (var now in owed.Where(now => !now.Left.State.Session!.Replied))
        {
            (now.Count(entry => entry.Body is Nudged), now.Count(entry => entry.Body is Requeued { Cause: "silence" })).ShouldBe(now.Left.State.Session!.Nudged is null ? (1, 0) : (0, 1), now.ToString());
        }

        await it.At(up, 235);
        (await Answered()).ForEach(now => now.Count(entry => entry.Body is SessionReminded).ShouldBe(0, now.ToString()));

        await it.At(up, 250);
        (await Answered()).ForEach(now => now.Count(entry => entry.Body is SessionReminded).ShouldBe(now.Left is { Profile: Profile.StrictLive, State.Session.Reminded: false } ? 1 : 0, now.ToString()));

        await it.At(up, 590);
        (await Answered()).ForEach(now => now.State.Mode.ShouldBe(Mode.Live, now.ToString()));

        await it.At(up, 610);
        (await Answered()).ForEach(now => now.State.Mode.ShouldBe(now.Left.Profile == Profile.StrictLive ? Mode.Ended : Mode.Messaging, now.ToString()));

        async Task<List<Stand.Now>> Owed() => (await it.Look()).FindAll(now => now.Left is { Returns: true, State: { Session: not null, WaitingSince: not null } });

        async Task<List<Stand.Now>> Answered() => (await it.Look()).FindAll(now => now.Left is { Returns: true, State: { Session: not null, WaitingSince: null } });
    }

    /// <summary>What a start alone must never bring about: nobody has left, was silent, or let anything pass while it was we who were not there.</summary>
    private static bool Blames(Entry entry) => entry.Body is SessionEnded or SessionReminded or Abandoned or Requeued or Declined or Nudged or Soothed or EpisodeClosed or Closed
        or ContactGone { Since: null } or AgentGone { Since: null } or ModeChanged { Cause: "contactLeft" or "agentLeft" };

    private static bool Awaited(Conversation it) => it.Mode is Mode.Waiting or Mode.Live or Mode.Paused;
}
