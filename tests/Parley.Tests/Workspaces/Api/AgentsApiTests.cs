using System.Net;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Workspaces.Api;

public class AgentsApiTests
{
    [Fact]
    public async Task PA11_A_supervisor_says_how_much_somebody_is_given_at_once()
    {
        await using var it = await Lighthouse.Open();
        var noor = await it.Hire("Noor");
        var ravi = await it.Hire("Ravi", Role.Supervisor);
        (await ravi.Put($"/v1/agents/{noor.Id}/capacity", new { units = 6 })).Expect(HttpStatusCode.OK)["capacity"].ShouldBe("6");
        (await noor.Put($"/v1/agents/{noor.Id}/capacity", new { units = 20 })).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await ravi.Put($"/v1/agents/{noor.Id}/capacity", new { units = 21 })).Refused(HttpStatusCode.BadRequest, "capacity.invalid").Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("units");
        (await ravi.Put("/v1/agents/agt_00000000000000000000000000/capacity", new { units = 2 })).Refused(HttpStatusCode.NotFound, "agent.unknown");
        await it.Restart();
        (await it.Kim.Get("/v1/agents")).Body.GetProperty("items").EnumerateArray().Select(agent => agent.GetProperty("capacity").GetInt32()).Order().ShouldBe([4, 4, 6]);
    }

    private static object Ravi => new { name = "Ravi", email = "ravi@lighthouse.test", password = Lighthouse.Password, role = "agent" };

    [Fact]
    public async Task An_agent_is_hired_and_can_sign_in()
    {
        await using var it = await Lighthouse.Open();
        var answer = (await it.Kim.Post("/v1/agents", Ravi)).Expect(HttpStatusCode.Created);
        answer["state"].ShouldBe("offline");
        answer["active"].ShouldBe("True");
        answer.Text.ShouldNotContain(Lighthouse.Password);
        var ravi = await it.SignIn("RAVI@lighthouse.test ");
        ravi.Id.ShouldBe(answer["id"]);
    }

    [Fact]
    public async Task An_address_is_one_persons()
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Post("/v1/agents", Ravi)).Expect(HttpStatusCode.Created);
        (await it.Kim.Post("/v1/agents", new { name = "Another", email = "Ravi@Lighthouse.test", password = Lighthouse.Password })).Refused(HttpStatusCode.Conflict, "email.taken");
        (await it.Kim.Get("/v1/agents")).Body.GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Of_many_at_once_with_one_address_one_is_hired()
    {
        await using var it = await Lighthouse.Open();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => it.Kim.Post("/v1/agents", Ravi)));
        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(answer => answer.Code == "email.taken").ShouldBe(5);
        (await it.Kim.Get("/v1/agents")).Body.GetProperty("items").GetArrayLength().ShouldBe(2);
        await it.SignIn("ravi@lighthouse.test");
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_leaves_nothing()
    {
        await using var it = await Lighthouse.Open();
        foreach (var (name, email, password, code) in new[]
        {
            ("Ravi", "ravi", "a long password", "email.invalid"),
            ("Ravi", "ravi@nowhere", "a long password", "email.invalid"),
            ("Ravi", "ra\u0000vi@lighthouse.test", "a long password", "email.invalid"),
            ("", "ravi@lighthouse.test", "a long password", "name.empty"),
            ("Ra\u0007vi", "ravi@lighthouse.test", "a long password", "name.invalid"),
            ("Ravi", "ravi@lighthouse.test", "nine char", "password.short"),
        })
        {
            (await it.Kim.Post("/v1/agents", new { name, email, password })).Refused(HttpStatusCode.BadRequest, code);
        }

        (await it.Kim.Get("/v1/agents")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await it.Kim.Post("/v1/agents", Ravi)).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Ten_characters_are_a_password_whatever_they_are()
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Post("/v1/agents", new { name = "Ravi", email = "ravi@lighthouse.test", password = "aaaaaaaaaa" })).Expect(HttpStatusCode.Created);
        await it.SignIn("ravi@lighthouse.test", "aaaaaaaaaa");
    }

    [Fact]
    public async Task A_hire_that_the_workspace_refuses_leaves_the_address_free()
    {
        await using var it = await Lighthouse.Open();
        var email = "ravi@lighthouse.test";
        (await it.Kim.Post("/v1/agents", new { name = "Ravi", email, password = Lighthouse.Password, teams = new[] { "tea_01j00000000000000000000000" } })).Refused(HttpStatusCode.BadRequest, "team.unknown");
        (await it.Kim.Post("/v1/agents", Ravi)).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Nobody_gives_more_than_they_have()
    {
        await using var it = await Lighthouse.Open();
        var noor = await it.Hire("Noor", Role.Admin);
        (await noor.Post("/v1/agents", new { name = "Ravi", email = "ravi@lighthouse.test", password = Lighthouse.Password, role = "owner" })).Refused(HttpStatusCode.Forbidden, "role.above");
        (await noor.Patch($"/v1/agents/{noor.Id}", new { role = "owner" })).Refused(HttpStatusCode.Forbidden, "role.above");
        (await noor.Patch($"/v1/agents/{it.Kim.Id}", new { password = "a new password for Kim" })).Refused(HttpStatusCode.Forbidden, "role.above");
        (await noor.Patch($"/v1/agents/{it.Kim.Id}", new { active = false })).Refused(HttpStatusCode.Forbidden, "role.above");
    }

    [Theory]
    [InlineData(Role.Agent)]
    [InlineData(Role.Supervisor)]
    public async Task Who_does_not_administer_changes_nobody(Role role)
    {
        await using var it = await Lighthouse.Open();
        var noor = await it.Hire("Noor", role);
        (await noor.Post("/v1/agents", Ravi)).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await noor.Patch($"/v1/agents/{noor.Id}", new { role = "admin" })).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await noor.Post("/v1/inboxes", new { name = "X", channel = "web" })).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await noor.Post("/v1/teams", new { name = "X" })).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await noor.Get("/v1/tokens")).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await noor.Get("/v1/agents")).Expect(HttpStatusCode.OK);
        (await noor.Get("/v1/directory")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_last_owner_stays()
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Patch($"/v1/agents/{it.Kim.Id}", new { role = "agent" })).Refused(HttpStatusCode.Conflict, "owner.last");
        (await it.Kim.Patch($"/v1/agents/{it.Kim.Id}", new { active = false })).Refused(HttpStatusCode.Conflict, "owner.last");
        await it.Hire("Noor", Role.Owner);
        (await it.Kim.Patch($"/v1/agents/{it.Kim.Id}", new { role = "agent" })).Expect(HttpStatusCode.OK)["role"].ShouldBe("agent");
        (await it.Kim.Post("/v1/agents", Ravi)).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
    }

    [Fact]
    public async Task Who_is_deactivated_is_out_at_once_and_can_come_back()
    {
        await using var it = await Lighthouse.Open();
        var noor = await it.Hire("Noor");
        (await noor.Put("/v1/me/state", new { state = "online" })).Expect(HttpStatusCode.OK);
        var gone = (await it.Kim.Patch($"/v1/agents/{noor.Id}", new { active = false })).Expect(HttpStatusCode.OK);
        gone["active"].ShouldBe("False");
        gone["state"].ShouldBe("offline");
        (await noor.Get("/v1/me")).Refused(HttpStatusCode.Unauthorized, "auth.required");
        (await it.Stranger().Post("/v1/session", new { email = "noor@lighthouse.test", password = Lighthouse.Password })).Refused(HttpStatusCode.Unauthorized, "auth.wrong");
        (await it.Kim.Patch($"/v1/agents/{noor.Id}", new { active = true })).Expect(HttpStatusCode.OK);
        (await noor.Get("/v1/me")).Expect(HttpStatusCode.Unauthorized);
        await it.SignIn("noor@lighthouse.test");
    }

    [Fact]
    public async Task A_new_password_signs_out_whoever_had_the_old_one()
    {
        await using var it = await Lighthouse.Open();
        var noor = await it.Hire("Noor");
        (await it.Kim.Patch($"/v1/agents/{noor.Id}", new { password = "another password" })).Expect(HttpStatusCode.OK);
        (await noor.Get("/v1/me")).Expect(HttpStatusCode.Unauthorized);
        await it.SignIn("noor@lighthouse.test", "another password");
    }

    [Theory]
    [InlineData("""{"password":"another password","name":""}""", HttpStatusCode.BadRequest, "name.empty")]
    [InlineData("""{"password":"another password","teams":["tea_01j00000000000000000000000"]}""", HttpStatusCode.BadRequest, "team.unknown")]
    [InlineData("""{"name":"Noor Haddad","password":"another password","role":"agent","teams":["tea_01j00000000000000000000000"]}""", HttpStatusCode.BadRequest, "team.unknown")]
    [InlineData("""{"name":"Noor Haddad","role":"agent","password":"short"}""", HttpStatusCode.BadRequest, "password.short")]
    public async Task A_change_that_is_refused_in_one_field_changes_nothing(string change, HttpStatusCode status, string code)
    {
        await using var it = await Lighthouse.Open();
        var noor = await it.Hire("Noor", Role.Supervisor);
        (await it.Kim.Raw(HttpMethod.Patch, $"/v1/agents/{noor.Id}", change)).Refused(status, code);
        var me = (await noor.Get("/v1/me")).Expect(HttpStatusCode.OK);
        (me["name"], me["role"]).ShouldBe(("Noor", "supervisor"));
        await it.SignIn("noor@lighthouse.test");
    }

    [Fact]
    public async Task A_change_of_everything_is_done_at_once()
    {
        await using var it = await Lighthouse.Open();
        var noor = await it.Hire("Noor");
        var team = (await it.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        var changed = (await it.Kim.Patch($"/v1/agents/{noor.Id}", new { name = "Noor Haddad", role = "supervisor", teams = new[] { team }, password = "another password" })).Expect(HttpStatusCode.OK);
        (changed["name"], changed["role"], changed.Body.GetProperty("teams")[0].GetString()).ShouldBe(("Noor Haddad", "supervisor", team));
        (await noor.Get("/v1/me")).Expect(HttpStatusCode.Unauthorized);
        await it.SignIn("noor@lighthouse.test", "another password");
        await it.Restart();
        (await it.Kim.Get("/v1/agents")).Text.ShouldContain("Noor Haddad");
    }

    [Fact]
    public async Task An_agent_that_is_not_there_is_unknown()
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Patch("/v1/agents/agt_01j00000000000000000000000", new { name = "X" })).Refused(HttpStatusCode.NotFound, "agent.unknown");
        (await it.Kim.Patch("/v1/agents/nobody", new { name = "X" })).Refused(HttpStatusCode.NotFound, "agent.unknown");
    }
}
