using System.Net;
using Parley.Platform.Web;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Platforms.Web;

public class RateLimitsTests
{
    private readonly Clock _clock = new();

    [Fact]
    public void A_burst_passes_then_as_many_as_the_rate_says()
    {
        var limit = new RateLimit(_clock, perSecond: 20, burst: 60);
        var passed = Enumerable.Range(0, 200).Count(_ => limit.Take("ana") == TimeSpan.Zero);
        // The clock runs while this does: a few may have come back.
        passed.ShouldBeInRange(60, 64);
        limit.Take("ana").ShouldBeInRange(TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(50));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Enumerable.Range(0, 200).Count(_ => limit.Take("ana") == TimeSpan.Zero).ShouldBeInRange(20, 24);
    }

    [Fact]
    public void One_who_overdoes_it_takes_nothing_from_others()
    {
        var limit = new RateLimit(_clock, perSecond: 1, burst: 2);
        Enumerable.Range(0, 100).Count(_ => limit.Take("ana") == TimeSpan.Zero).ShouldBe(2);
        limit.Take("ben").ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Refusals_cost_nothing_more()
    {
        var limit = new RateLimit(_clock, perSecond: 1, burst: 1);
        Enumerable.Range(0, 1_000).Count(_ => limit.Take("ana") == TimeSpan.Zero).ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(1.1));
        limit.Take("ana").ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Who_has_gone_is_forgotten()
    {
        var limit = new RateLimit(_clock, perSecond: 10, burst: 10);
        foreach (var i in Enumerable.Range(0, 1_000))
        {
            limit.Take($"visitor {i}");
        }

        _clock.Advance(TimeSpan.FromSeconds(20));
        limit.Take("ana");
        limit.Known.ShouldBe(1);
    }

    [Fact]
    public async Task A_flooding_visitor_is_told_to_wait_and_nobody_else_is()
    {
        await using var house = await Lighthouse.Open();
        using var ana = await house.Ana();
        using var ben = await house.Ben();
        var flood = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => ana.Get("/v1/widget/conversations")));
        var refused = flood.Where(answer => answer.Status == HttpStatusCode.TooManyRequests).ToList();
        refused.Count.ShouldBeInRange(100, 300 - 60 + 1); // one more when arriving took one
        refused[0].Refused(HttpStatusCode.TooManyRequests, "rate.limited");
        refused.ShouldAllBe(answer => answer.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        flood.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(300 - refused.Count);
        (await ben.Get("/v1/widget/conversations")).Expect(HttpStatusCode.OK);
        (await house.Kim.Get("/v1/me")).Expect(HttpStatusCode.OK);
        house.Clock.Advance(TimeSpan.FromSeconds(2));
        (await ana.Get("/v1/widget/conversations")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task How_much_is_too_much_is_a_setting()
    {
        await using var house = await Lighthouse.Open(("rate.visitorPerSecond", "1"), ("rate.visitorBurst", "3"));
        using var ana = await house.Ana();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 5; i++)
        {
            answers.Add((await ana.Get("/v1/widget/conversations")).Status);
        }

        answers.Take(3).ShouldAllBe(status => status == HttpStatusCode.OK);
        answers[^1].ShouldBe(HttpStatusCode.TooManyRequests);
    }
}
