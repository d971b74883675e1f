using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Workspaces;

/// <summary>Whose streams must end, and whose must not.</summary>
public class GrantsTests
{
    [Fact]
    public async Task A_right_that_changes_ends_what_was_opened_under_it()
    {
        await using var it = await Lighthouse.Open();
        var team = (await it.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        var noor = await it.Hire("Noor");
        var me = Principal(it, noor);
        var ended = Listen(it, me);
        (await noor.Put("/v1/me/state", new { state = "online" })).Expect(HttpStatusCode.OK);
        (await noor.Patch("/v1/me", new { name = "Noor B." })).Expect(HttpStatusCode.OK);
        (await it.Kim.Patch($"/v1/agents/{noor.Id}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        ended().ShouldBe(0);
        it.Services.GetRequiredService<Grants>().Holds(me).ShouldBeTrue();
        (await it.Kim.Patch($"/v1/agents/{noor.Id}", new { role = "supervisor" })).Expect(HttpStatusCode.OK);
        ended().ShouldBe(1);
        it.Services.GetRequiredService<Grants>().Holds(me).ShouldBeFalse();
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        ended().ShouldBe(2);
        (await it.Kim.Patch($"/v1/agents/{noor.Id}", new { active = false })).Expect(HttpStatusCode.OK);
        ended().ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task Signing_out_ends_that_session_only()
    {
        await using var it = await Lighthouse.Open();
        var session = Guid.CreateVersion7(it.Clock.GetUtcNow());
        var noor = await it.Hire("Noor");
        var mine = Listen(it, Principal(it, noor) with { Session = session });
        var heard = new List<Predicate<Principal>>();
        using var listening = it.Services.GetRequiredService<Grants>().Listen((_, ended) => heard.Add(ended));
        (await noor.Delete("/v1/session")).Expect(HttpStatusCode.NoContent);
        mine().ShouldBe(0);
        heard.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_visitor_who_ends_ends_on_that_device_only()
    {
        await using var it = await Lighthouse.Open();
        var laptop = await it.Ana("ana");
        var telephone = await it.Ana("ana");
        var ended = Listen(it, await Visitor(it, laptop));
        var other = Listen(it, await Visitor(it, telephone));
        (await laptop.Post("/v1/widget/sessions/end")).Expect(HttpStatusCode.NoContent);
        ended().ShouldBeGreaterThan(0);
        other().ShouldBe(0);
    }

    [Fact]
    public async Task Who_turns_out_to_be_somebody_begins_anew_everywhere()
    {
        await using var it = await Lighthouse.Open();
        var telephone = await it.Ana("ana");
        var browser = await it.Ana();
        await browser.Write("As a guest");
        var (guest, person) = (Listen(it, await Visitor(it, browser)), Listen(it, await Visitor(it, telephone)));
        (await browser.Begin(it.Vouch("ana", "Ana"))).Expect(HttpStatusCode.Created);
        guest().ShouldBeGreaterThan(0);
        person().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_revoked_token_ends_its_program()
    {
        await using var it = await Lighthouse.Open();
        var made = (await it.Kim.Post("/v1/tokens", new { name = "X", scopes = new[] { "read" } })).Expect(HttpStatusCode.Created);
        var ended = Listen(it, (await it.Services.GetRequiredService<Doorman>().Of(made["token"]))!);
        (await it.Kim.Delete($"/v1/tokens/{made["id"]}")).Expect(HttpStatusCode.NoContent);
        ended().ShouldBe(1);
    }

    private static async Task<Principal> Visitor(Lighthouse it, Browser browser) => (await it.Services.GetRequiredService<Doorman>().Of(browser.Bearer!))!;

    private static AgentPrincipal Principal(Lighthouse it, Person person)
    {
        var id = AgentId.Parse(person.Id);
        var roster = it.Services.GetRequiredService<Rosters>().Now(it.Workspace);
        var (inboxes, grant) = roster.Rights(id);
        return new AgentPrincipal(it.Workspace, id, roster.Agent(id)!.Role, inboxes, grant);
    }

    /// <summary>How often something that this principal opened would have been ended.</summary>
    private static Func<int> Listen(Lighthouse it, Principal principal)
    {
        var count = 0;
        it.Services.GetRequiredService<Grants>().Listen((workspace, ended) => count += workspace == principal.Workspace && ended(principal) ? 1 : 0);
        return () => count;
    }
}
