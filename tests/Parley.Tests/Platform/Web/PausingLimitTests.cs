using System.Net;
using Parley.Platform.Web;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Platforms.Web;

public class PausingLimitTests
{
    private readonly Clock _clock = new();

    [Fact]
    public void So_many_an_hour_then_a_pause_that_grows_from_a_minute_on()
    {
        var limit = new PausingLimit(_clock, perHour: 3);
        Enumerable.Range(0, 3).ShouldAllBe(_ => limit.Take("a") == TimeSpan.Zero);
        foreach (var minutes in new[] { 1, 2, 4, 8, 16 })
        {
            limit.Take("a").ShouldBe(TimeSpan.FromMinutes(minutes));
            // Who waits as long as they were told may begin one.
            _clock.Advance(TimeSpan.FromMinutes(minutes));
            limit.Take("a").ShouldBe(TimeSpan.Zero);
        }
    }

    [Fact]
    public void Asking_during_a_pause_makes_it_no_longer()
    {
        var limit = new PausingLimit(_clock, perHour: 1);
        limit.Take("a");
        limit.Take("a").ShouldBe(TimeSpan.FromMinutes(1));
        _clock.Advance(TimeSpan.FromSeconds(20));
        Enumerable.Range(0, 50).ShouldAllBe(_ => limit.Take("a") <= TimeSpan.FromSeconds(40) && limit.Take("a") > TimeSpan.FromSeconds(39));
    }

    [Fact]
    public void What_is_an_hour_old_is_free_again_and_a_quiet_hour_forgives_the_pauses()
    {
        var limit = new PausingLimit(_clock, perHour: 1);
        limit.Take("a").ShouldBe(TimeSpan.Zero);
        limit.Take("a").ShouldBe(TimeSpan.FromMinutes(1));
        _clock.Advance(TimeSpan.FromMinutes(61));
        limit.Take("a").ShouldBe(TimeSpan.Zero);
        limit.Take("a").ShouldBe(TimeSpan.FromMinutes(1));
        _clock.Advance(TimeSpan.FromMinutes(1));
        limit.Take("a").ShouldBe(TimeSpan.Zero);
        limit.Take("a").ShouldBe(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void A_pause_never_grows_beyond_an_hour()
    {
        var limit = new PausingLimit(_clock, perHour: 1);
        limit.Take("a");
        var pause = TimeSpan.Zero;
        for (var i = 0; i < 20; i++)
        {
            // Somebody who begins one whenever they may, and another at once.
            _clock.Advance(pause);
            limit.Take("a");
            pause = limit.Take("a");
            pause.ShouldBeLessThanOrEqualTo(PausingLimit.Longest);
        }

        pause.ShouldBe(PausingLimit.Longest);
    }

    [Fact]
    public void What_came_to_nothing_is_given_back_and_others_are_not_touched()
    {
        var limit = new PausingLimit(_clock, perHour: 1);
        limit.Take("a");
        limit.Return("a");
        limit.Take("a").ShouldBe(TimeSpan.Zero);
        limit.Take("a").ShouldNotBe(TimeSpan.Zero);
        limit.Take("b").ShouldBe(TimeSpan.Zero);
        limit.Return("c");
    }

    [Fact]
    public void Who_has_gone_is_forgotten()
    {
        var limit = new PausingLimit(_clock, perHour: 1);
        foreach (var i in Enumerable.Range(0, 100))
        {
            limit.Take($"address {i}");
        }

        _clock.Advance(TimeSpan.FromHours(1.1));
        limit.Take("a");
        limit.Known.ShouldBe(1);
    }

    [Fact]
    public void Who_comes_from_ever_new_addresses_does_not_fill_the_memory_and_lets_nobody_out_of_a_pause()
    {
        var limit = new PausingLimit(_clock, perHour: 1);
        limit.Take("paused");
        limit.Take("paused").ShouldNotBe(TimeSpan.Zero);
        for (var i = 0; i < PausingLimit.Most * 2; i++)
        {
            limit.Take($"address {i}");
        }

        limit.Known.ShouldBeLessThanOrEqualTo(PausingLimit.Most);
        limit.Take("paused").ShouldNotBe(TimeSpan.Zero);
        limit.Take($"address {(PausingLimit.Most * 2) - 1}").ShouldNotBe(TimeSpan.Zero);
        limit.Take("address 0").ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Strangers_from_one_address_start_only_so_many_conversations_and_go_on_in_them()
    {
        await using var house = await Lighthouse.Open(("rate.startsPerHour", "3"));
        using var ana = await house.Ana();
        using var ben = await house.Ben();
        var it = await ana.Write("one");
        await ben.Write("two");
        // A repeat is no start, nor is what is refused.
        var third = new { clientId = "third", content = new { type = "text", text = "three" } };
        (await ben.Post("/v1/widget/conversations", third)).Expect(HttpStatusCode.Created);
        (await ben.Post("/v1/widget/conversations", new { clientId = "x", content = new { type = "text", text = "" } })).Status.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.TooManyRequests);
        var refused = (await ana.Post("/v1/widget/conversations", new { clientId = "4", content = new { type = "text", text = "four" } })).Refused(HttpStatusCode.TooManyRequests, "starts.limited");
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(55), TimeSpan.FromSeconds(60));
        (await ana.Say(it, "goes on")).Expect(HttpStatusCode.Created);
        // What was begun before the pause, and whose answer was lost on the way, is answered again.
        (await ben.Post("/v1/widget/conversations", third)).Expect(HttpStatusCode.OK);

        // Whom the site vouches for is known.
        using var known = await house.Ana("user-7");
        await known.Write("I am Ana");
        house.Clock.Advance(TimeSpan.FromMinutes(61));
        using var later = await house.Ben();
        await later.Write("later");
    }

    [Fact]
    public async Task A_repeat_and_what_is_refused_are_no_starts()
    {
        await using var house = await Lighthouse.Open(("rate.startsPerHour", "2"));
        using var ana = await house.Ana();
        var first = new { clientId = "first", content = new { type = "text", text = "one" } };
        (await ana.Post("/v1/widget/conversations", first)).Expect(HttpStatusCode.Created);
        foreach (var _ in Enumerable.Range(0, 5))
        {
            (await ana.Post("/v1/widget/conversations", first)).Expect(HttpStatusCode.OK);
            (await ana.Post("/v1/widget/conversations", new { clientId = "x", content = new { type = "text", text = "" } })).Expect(HttpStatusCode.BadRequest);
        }

        await ana.Write("two");
        (await ana.Post("/v1/widget/conversations", new { clientId = "3", content = new { type = "text", text = "three" } })).Expect(HttpStatusCode.TooManyRequests);
    }
}
