using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Web;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Parley.Workspaces.Accounts;
using Shouldly;

namespace Parley.Tests.Workspaces.Api;

public class SessionApiTests
{
    private static object Wrong => new { email = "kim@lighthouse.test", password = "not the password" };

    private static object Right => new { email = "kim@lighthouse.test", password = Lighthouse.Password };

    [Fact]
    public async Task Signing_in_gives_a_cookie_and_the_state_away()
    {
        await using var it = await Lighthouse.Open();
        var me = (await it.Kim.Get("/v1/me")).Expect(HttpStatusCode.OK);
        me["name"].ShouldBe("Kim");
        me["email"].ShouldBe("kim@lighthouse.test");
        me["role"].ShouldBe("owner");
        me["state"].ShouldBe("away");
        me["workspace.name"].ShouldBe("Lighthouse");
        me["id"].ShouldStartWith("agt_");
        var cookie = it.Kim.Cookies.GetCookies(it.Address).Single();
        cookie.Name.ShouldBe("parley");
        cookie.HttpOnly.ShouldBeTrue();
    }

    [Fact]
    public async Task The_cookie_is_lax_and_for_the_whole_host()
    {
        await using var it = await Lighthouse.Open();
        var cookie = (await it.Stranger().Post("/v1/session", Right)).Expect(HttpStatusCode.Created).Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldContain("path=/");
        cookie.ShouldContain("httponly");
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_read_alike()
    {
        await using var it = await Lighthouse.Open();
        var wrong = (await it.Stranger().Post("/v1/session", Wrong)).Refused(HttpStatusCode.Unauthorized, "auth.wrong");
        var unknown = (await it.Stranger().Post("/v1/session", new { email = "nobody@lighthouse.test", password = Lighthouse.Password })).Refused(HttpStatusCode.Unauthorized, "auth.wrong");
        unknown.Text.ShouldBe(wrong.Text);
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task An_address_that_no_store_takes_is_nobodys(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Lighthouse.On(engine.Url);
        foreach (var email in new[] { "kim\0@lighthouse.test", "\ud800@lighthouse.test", "\0", new string('k', 100_000) })
        {
            (await it.Stranger().Post("/v1/session", new { email, password = "not the password" })).Refused(HttpStatusCode.Unauthorized, "auth.wrong");
        }
    }

    [Fact]
    public async Task A_code_that_nobody_would_check_is_refused()
    {
        await using var it = await Lighthouse.Open();
        foreach (var password in new[] { Lighthouse.Password, "not the password" })
        {
            var answer = (await it.Stranger().Post("/v1/session", new { email = "kim@lighthouse.test", password, code = "123456" })).Refused(HttpStatusCode.BadRequest, "code.unexpected");
            answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        }

        (await it.Stranger().Post("/v1/session", new { email = "kim@lighthouse.test", password = Lighthouse.Password, code = "" })).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Too_many_wrong_passwords_lock_the_account_at_that_address_for_a_time()
    {
        await using var it = await Lighthouse.Open();
        var stranger = it.Stranger();
        for (var i = 0; i < 5; i++)
        {
            (await stranger.Post("/v1/session", Wrong)).Expect(HttpStatusCode.Unauthorized);
        }

        var locked = (await stranger.Post("/v1/session", Right)).Refused(HttpStatusCode.TooManyRequests, "auth.locked");
        locked.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
        it.Clock.Advance(TimeSpan.FromMinutes(15));
        (await stranger.Post("/v1/session", Right)).Expect(HttpStatusCode.Created);
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Many_tries_at_once_are_no_more_tries_than_one_after_the_other(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Lighthouse.On(engine.Url);
        var stranger = it.Stranger();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => stranger.Post("/v1/session", Wrong)));
        answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized).ShouldBe(5);
        answers.Count(answer => answer.Code == "auth.locked").ShouldBe(45);
    }

    [Fact]
    public async Task Where_too_many_wait_for_their_password_to_be_looked_at_the_next_is_told_to_come_back_and_loses_no_try()
    {
        using var passwords = new Passwords(new PeopleSettings(HashRounds: 20_000));
        var hash = await passwords.Hash(Lighthouse.Password);
        var asked = Enumerable.Range(0, 60).Select(_ => passwords.Fits(hash, Lighthouse.Password)).ToList();
        var busy = await Should.ThrowAsync<ProblemException>(Task.WhenAll(asked));
        (busy.Problem.Code, busy.Problem.Status, busy.Problem.RetryAfter).ShouldBe(("auth.busy", 503, 5));
        asked.Count(task => task.IsCompletedSuccessfully).ShouldBe(50);
        (await passwords.Fits(hash, Lighthouse.Password)).ShouldBeTrue();

        await using var it = await Lighthouse.Open();
        var (lockout, http) = (it.Services.GetRequiredService<Lockout>(), new DefaultHttpContext());
        for (var i = 0; i < 10; i++)
        {
            await Should.ThrowAsync<ProblemException>(() => lockout.Check("kim@lighthouse.test", http, () => throw busy));
        }

        (await lockout.Check("kim@lighthouse.test", http, () => Task.FromResult(true))).ShouldBe((null, true));
    }

    [Fact]
    public async Task The_right_password_forgets_the_wrong_ones_before_it()
    {
        await using var it = await Lighthouse.Open();
        var stranger = it.Stranger();
        for (var i = 0; i < 12; i++)
        {
            (await stranger.Post("/v1/session", i % 4 == 3 ? Right : Wrong)).Expect(i % 4 == 3 ? HttpStatusCode.Created : HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_leaves_the_chair_empty()
    {
        await using var it = await Lighthouse.Open();
        var noor = await it.Hire("Noor");
        (await noor.Put("/v1/me/state", new { state = "online" })).Expect(HttpStatusCode.OK)["state"].ShouldBe("online");
        var cookie = noor.Cookies.GetCookieHeader(it.Address);
        (await noor.Delete("/v1/session")).Expect(HttpStatusCode.NoContent);
        (await noor.Get("/v1/me")).Refused(HttpStatusCode.Unauthorized, "auth.required");
        var kept = it.Stranger();
        kept.Headers["Cookie"] = cookie;
        (await kept.Get("/v1/me")).Expect(HttpStatusCode.Unauthorized);
        (await it.Kim.Get("/v1/agents")).Body.GetProperty("items").EnumerateArray().Single(agent => agent.GetProperty("id").GetString() == noor.Id)
            .GetProperty("state").GetString().ShouldBe("offline");
    }

    [Fact]
    public async Task A_change_over_a_cookie_needs_the_header()
    {
        await using var it = await Lighthouse.Open();
        it.Kim.Headers.Remove("X-Parley");
        (await it.Kim.Put("/v1/me/state", new { state = "online" })).Refused(HttpStatusCode.Forbidden, "csrf.missing");
        (await it.Kim.Get("/v1/me")).Expect(HttpStatusCode.OK)["state"].ShouldBe("away");
    }

    [Fact]
    public async Task A_session_survives_a_restart_and_ends_when_it_is_not_used()
    {
        await using var it = await Lighthouse.Open();
        await it.Restart();
        (await it.Kim.Get("/v1/me")).Expect(HttpStatusCode.OK);
        it.Clock.Advance(TimeSpan.FromDays(29));
        (await it.Kim.Get("/v1/me")).Expect(HttpStatusCode.OK);
        it.Clock.Advance(TimeSpan.FromDays(29));
        (await it.Kim.Get("/v1/me")).Expect(HttpStatusCode.OK);
        it.Clock.Advance(TimeSpan.FromDays(31));
        (await it.Kim.Get("/v1/me")).Expect(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Many_who_come_at_once_with_the_right_password_all_go_in()
    {
        await using var house = await Lighthouse.Open();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => house.Stranger().Post("/v1/session", new { email = "kim@lighthouse.test", password = Lighthouse.Password })));
        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_body_that_is_none_is_malformed()
    {
        await using var it = await Lighthouse.Open();
        foreach (var body in new[]
        {
            "{",
            "[]",
            "\"kim\"",
            "{\"email\":1,\"password\":2}",
            "{\"email\":\"kim@lighthouse.test\"}",
            "{\"email\":null,\"password\":null}",
            "",
        })
        {
            (await it.Stranger().Raw(HttpMethod.Post, "/v1/session", body)).Refused(HttpStatusCode.BadRequest, "request.malformed");
        }
    }
}
