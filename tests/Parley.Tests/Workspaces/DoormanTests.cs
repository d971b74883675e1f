using System.Net;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Workspaces;

/// <summary>Who is refused at the door, again and again.</summary>
public class DoormanTests
{
    [Fact]
    public async Task Wrong_tokens_and_sessions_are_refused_more_and_more_shortly_and_right_ones_never()
    {
        await using var it = await Lighthouse.Open(("rate.refusedPerSecond", "1"), ("rate.refusedBurst", "6"));
        var ana = await it.Ana();
        var guesser = new Caller(it.Address, "ply_" + new string('x', 43));
        var forger = new Caller(it.Address, ana.Bearer![..^4] + "AAAA");
        var thief = new Caller(it.Address) { Headers = { ["Cookie"] = "parley=" + new string('x', 43) } };
        for (var i = 0; i < 2; i++)
        {
            (await guesser.Get("/v1/conversations")).Refused(HttpStatusCode.Unauthorized, "auth.invalid");
            (await forger.Get("/v1/widget/conversations")).Refused(HttpStatusCode.Unauthorized, "auth.invalid");
            (await thief.Get("/v1/me")).Refused(HttpStatusCode.Unauthorized, "auth.required");
        }

        var refused = new List<Answer>();
        for (var i = 0; i < 5; i++)
        {
            refused.Add(await guesser.Get("/v1/conversations"));
            refused.Add(await forger.Get("/v1/widget/conversations"));
            refused.Add(await thief.Get("/v1/me"));
            refused.Add(await guesser.Get("/v1/stream/sse"));
        }

        // The clock runs while this does: a few may have been looked at again.
        var limited = refused.Where(answer => answer.Status == HttpStatusCode.TooManyRequests).ToList();
        limited.Count.ShouldBeGreaterThan(12);
        limited.ShouldAllBe(answer => answer.Code == "rate.limited" && answer.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));

        (await it.Kim.Get("/v1/me")).Expect(HttpStatusCode.OK);
        (await ana.Get("/v1/widget/conversations")).Expect(HttpStatusCode.OK);
        it.Clock.Advance(TimeSpan.FromSeconds(10));
        (await guesser.Get("/v1/conversations")).Refused(HttpStatusCode.Unauthorized, "auth.invalid");
    }

    [Fact]
    public async Task A_stream_that_is_refused_too_often_is_told_to_wait()
    {
        await using var it = await Lighthouse.Open(("rate.refusedPerSecond", "1"), ("rate.refusedBurst", "1"));
        var waits = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            await using var ear = await Ear.Dial(it.Stranger());
            await ear.Say(new { type = "hello", token = "nobody" });
            var bye = await ear.Next("bye");
            bye.GetProperty("reason").GetString().ShouldBe("access");
            waits.Add(bye.GetProperty("retryAfterMs").GetInt32());
        }

        waits[0].ShouldBe(0);
        waits.Max().ShouldBeGreaterThanOrEqualTo(1_000);
    }

    [Fact]
    public async Task Wrong_passwords_for_many_accounts_lock_the_address()
    {
        await using var it = await Lighthouse.Open(("people.triesPerAddress", "3"));
        var stranger = it.Stranger();
        foreach (var name in new[] { "noor", "ravi", "nobody" })
        {
            (await stranger.Post("/v1/session", new { email = $"{name}@lighthouse.test", password = "not the password" })).Refused(HttpStatusCode.Unauthorized, "auth.wrong");
        }

        var locked = (await stranger.Post("/v1/session", new { email = "somebody.else@lighthouse.test", password = "not the password" })).Refused(HttpStatusCode.TooManyRequests, "auth.locked");
        locked.Headers.RetryAfter!.Delta.ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_comes_without_anything_is_counted_too()
    {
        await using var it = await Lighthouse.Open(("rate.addressPerSecond", "1"), ("rate.addressBurst", "20"));
        var stranger = it.Stranger();
        var answers = new List<Answer>();
        for (var i = 0; i < 40; i++)
        {
            answers.Add(await stranger.Get("/v1/me"));
        }

        answers.ShouldContain(answer => answer.Code == "auth.required");
        answers.Count(answer => answer.Code == "rate.limited").ShouldBeGreaterThan(10);
    }
}
