using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Parley.Workspaces.Accounts;
using Shouldly;

namespace Parley.Tests.Workspaces.Api;

/// <summary>The first minutes of an installation that has nobody yet.</summary>
public sealed class SetupApiTests
{
    [Fact, Trait("row", "OP3")]
    public async Task OP3_Whoever_has_the_code_becomes_the_owner_and_is_signed_in()
    {
        await using var lighthouse = await Lighthouse.Empty();
        using var kim = new Person(lighthouse.Address);
        (await kim.Get("/")).Expect(HttpStatusCode.Found).Headers.Location!.ToString().ShouldBe("/setup");
        var code = (await lighthouse.Services.GetRequiredService<SettingUp>().Begin()).ShouldNotBeNull();
        // Read from one screen and typed at another.
        var me = (await kim.Post("/v1/setup", New(code.ToLowerInvariant().Replace("-", " "), company: "Lighthouse", language: "de", zone: "Europe/Berlin"))).Expect(HttpStatusCode.Created);
        (me["name"], me["role"], me["state"], me["workspace.name"]).ShouldBe(("Kim", "owner", "away", "Lighthouse"));
        (await kim.Get("/v1/me")).Expect(HttpStatusCode.OK)["email"].ShouldBe("kim@lighthouse.test");
        var inbox = (await kim.Get("/v1/inboxes")).Body.GetProperty("items").EnumerateArray().Single();
        inbox.GetProperty("name").GetString().ShouldBe("Lighthouse");
        var brand = (await kim.Get("/v1/brands")).Body.GetProperty("items").EnumerateArray().Single();
        brand.GetProperty("languages").EnumerateArray().First().GetString().ShouldBe("de");

        // From now on there is nothing to set up, whoever asks and however often.
        (await kim.Get("/setup")).Expect(HttpStatusCode.Found).Headers.Location!.ToString().ShouldBe("/");
        (await kim.Get("/")).Status.ShouldNotBe(HttpStatusCode.Found);
        (await lighthouse.Stranger().Post("/v1/setup", New(code, "ravi"))).Refused(HttpStatusCode.Conflict, "setup.done");
        (await lighthouse.Services.GetRequiredService<SettingUp>().Begin()).ShouldBeNull();
        await lighthouse.Restart();
        (await lighthouse.Stranger().Post("/v1/setup", New(code, "ravi"))).Refused(HttpStatusCode.Conflict, "setup.done");
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_Of_two_who_come_at_once_one_goes_in()
    {
        await using var lighthouse = await Lighthouse.Empty();
        var code = await Code(lighthouse);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => lighthouse.Stranger().Post("/v1/setup", New(code, $"agent{n}"))));
        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Where(answer => answer.Status != HttpStatusCode.Created).ShouldAllBe(answer => answer.Code == "setup.done" || answer.Code == "setup.code");
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_Guessing_is_stopped_and_what_is_typed_wrong_costs_nothing()
    {
        await using var lighthouse = await Lighthouse.Empty();
        var code = await Code(lighthouse);
        var other = await Code(lighthouse);
        var stranger = lighthouse.Stranger();
        (await stranger.Post("/v1/setup", New(code, password: "short"))).Refused(HttpStatusCode.BadRequest, "password.short");
        (await stranger.Post("/v1/setup", New(code, email: "kim"))).Refused(HttpStatusCode.BadRequest, "email.invalid");
        (await stranger.Post("/v1/setup", New(code, name: " "))).Refused(HttpStatusCode.BadRequest, "name.empty");
        (await stranger.Post("/v1/setup", New(code, language: "xx"))).Refused(HttpStatusCode.BadRequest, "language.unknown");
        (await stranger.Post("/v1/setup", New(code, zone: "Mars/Olympus"))).Refused(HttpStatusCode.BadRequest, "zone.unknown");
        (await stranger.Get("/")).Status.ShouldBe(HttpStatusCode.Found);
        for (var guess = 0; guess < 5; guess++)
        {
            (await stranger.Post("/v1/setup", New($"AAAA-AAA{guess}"))).Refused(HttpStatusCode.Forbidden, "setup.code");
        }

        var locked = (await stranger.Post("/v1/setup", New(code))).Refused(HttpStatusCode.TooManyRequests, "setup.locked");
        locked.Headers.RetryAfter!.Delta!.Value.TotalMinutes.ShouldBeInRange(14, 15);
        lighthouse.Clock.Advance(TimeSpan.FromMinutes(16));
        // What an older start said still holds: the nodes of one store say a code each.
        (await stranger.Post("/v1/setup", New(code))).Expect(HttpStatusCode.Created);
        (await stranger.Post("/v1/setup", New(other))).Refused(HttpStatusCode.Conflict, "setup.done");
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_The_store_holds_no_code_and_forgets_those_of_starts_long_ago()
    {
        await using var lighthouse = await Lighthouse.Empty();
        var first = await Code(lighthouse);
        for (var start = 0; start < 5; start++)
        {
            lighthouse.Clock.Advance(TimeSpan.FromMinutes(1));
            await Code(lighthouse);
        }

        (await lighthouse.Stranger().Post("/v1/setup", New(first))).Refused(HttpStatusCode.Forbidden, "setup.code");
        var kept = await lighthouse.Services.GetRequiredService<Parley.Platform.Store.Database>().Read(session => session.Query<string>("select hash from setup_codes"));
        kept.Count.ShouldBe(5);
        kept.ShouldAllBe(hash => hash.Length > 60);
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_An_agent_from_the_command_line_ends_the_set_up()
    {
        await using var lighthouse = await Lighthouse.Empty();
        var code = await Code(lighthouse);
        (await lighthouse.Services.GetRequiredService<Hiring>().AddAgent("Kim", "kim@lighthouse.test", Lighthouse.Password, Role.Owner)).Refusal.ShouldBeNull();
        (await lighthouse.Stranger().Get("/")).Status.ShouldNotBe(HttpStatusCode.Found);
        (await lighthouse.Stranger().Post("/v1/setup", New(code, "ravi"))).Refused(HttpStatusCode.Conflict, "setup.done");
    }

    /// <summary>The steps of a set-up as they follow each other, each of which a crash may be the last one of.</summary>
    [Theory, Trait("row", "OP3")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task OP3_A_set_up_that_was_stopped_in_between_is_done_again_and_makes_what_is_missing(int done)
    {
        await using var lighthouse = await Lighthouse.Empty();
        var first = new Newcomer("Kim", "kim@lighthouse.test", Lighthouse.Password, "Lighhouse", "nl", "Europe/Amsterdam");
        var (workspace, _) = await lighthouse.Services.GetRequiredService<Hiring>().FirstWorkspace(first.Company!);
        if (done > 1)
        {
            await lighthouse.Services.GetRequiredService<SettingUp>().Furnish(workspace, first);
        }

        if (done > 2)
        {
            (await lighthouse.Services.GetRequiredService<AccountStore>().Add(first.Email, "x", workspace, AgentId.New(lighthouse.Clock))).ShouldBeTrue();
        }

        await lighthouse.Restart();
        using var kim = new Person(lighthouse.Address);
        (await kim.Get("/")).Expect(HttpStatusCode.Found).Headers.Location!.ToString().ShouldBe("/setup");
        var code = (await lighthouse.Services.GetRequiredService<SettingUp>().Begin()).ShouldNotBeNull();
        // What was typed wrong the first time is as it was typed the second time.
        var me = (await kim.Post("/v1/setup", New(code, company: "Lighthouse", language: "de", zone: "Europe/Berlin"))).Expect(HttpStatusCode.Created);
        (me["role"], me["workspace.name"]).ShouldBe(("owner", "Lighthouse"));
        (await kim.Get("/v1/inboxes")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);
        var brand = (await kim.Get("/v1/brands")).Body.GetProperty("items").EnumerateArray().Single();
        (brand.GetProperty("name").GetString(), brand.GetProperty("zone").GetString(), brand.GetProperty("languages")[0].GetString()).ShouldBe(("Lighthouse", "Europe/Berlin", "de"));
        (await lighthouse.Services.GetRequiredService<Rosters>().Workspaces()).Count.ShouldBe(1);
        (await kim.Get("/v1/agents")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);
        await lighthouse.SignIn("kim@lighthouse.test");
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_The_owner_comes_last_so_that_nothing_is_missing_once_the_set_up_is_closed()
    {
        await using var lighthouse = await Lighthouse.Empty();
        using var kim = new Person(lighthouse.Address);
        await kim.Post("/v1/setup", New(await Code(lighthouse), company: "Lighthouse"));
        var types = (await kim.Get("/v1/changes")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("type").GetString()!).ToList();
        types.IndexOf("memberSet").ShouldBeGreaterThan(types.LastIndexOf("inboxSet"));
        types.IndexOf("memberSet").ShouldBeGreaterThan(types.LastIndexOf("brandSet"));
        types.LastIndexOf("inboxSet").ShouldBePositive();
    }

    private static Task<string> Code(Lighthouse lighthouse) => lighthouse.Services.GetRequiredService<SetupCodes>().Issue();

    private static object New(string code, string name = "Kim", string? email = null, string password = Lighthouse.Password, string? company = null, string? language = null, string? zone = null) =>
        new { code, name, email = email ?? $"{name.Trim().ToLowerInvariant()}@lighthouse.test", password, company, language, zone };
}
