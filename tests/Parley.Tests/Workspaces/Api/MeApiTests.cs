using System.Net;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Workspaces.Api;

public class MeApiTests
{
    [Fact]
    public async Task One_changes_ones_name()
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Patch("/v1/me", new { name = " Kim Lindqvist " })).Expect(HttpStatusCode.OK)["name"].ShouldBe("Kim Lindqvist");
        (await it.Kim.Patch("/v1/me", new { name = "" })).Refused(HttpStatusCode.BadRequest, "name.empty");
        await it.Restart();
        (await it.Kim.Get("/v1/me"))["name"].ShouldBe("Kim Lindqvist");
    }

    [Fact]
    public async Task A_new_password_needs_the_old_one_and_ends_the_other_sessions()
    {
        await using var it = await Lighthouse.Open();
        var elsewhere = await it.SignIn("kim@lighthouse.test");
        (await it.Kim.Patch("/v1/me", new { password = "another password" })).Refused(HttpStatusCode.Forbidden, "password.wrong");
        (await it.Kim.Patch("/v1/me", new { password = "short", currentPassword = Lighthouse.Password })).Refused(HttpStatusCode.BadRequest, "password.short");
        (await it.Kim.Patch("/v1/me", new { password = "another password", currentPassword = Lighthouse.Password })).Expect(HttpStatusCode.OK);
        (await it.Kim.Get("/v1/me")).Expect(HttpStatusCode.OK);
        (await elsewhere.Get("/v1/me")).Expect(HttpStatusCode.Unauthorized);
        (await it.Stranger().Post("/v1/session", new { email = "kim@lighthouse.test", password = Lighthouse.Password })).Expect(HttpStatusCode.Unauthorized);
        await it.SignIn("kim@lighthouse.test", "another password");
    }

    [Fact]
    public async Task A_change_that_is_refused_in_one_field_changes_nothing()
    {
        await using var it = await Lighthouse.Open();
        var elsewhere = await it.SignIn("kim@lighthouse.test");
        var change = new { name = new string('k', 200), password = "another password", currentPassword = Lighthouse.Password };
        (await it.Kim.Patch("/v1/me", change)).Refused(HttpStatusCode.BadRequest, "name.tooLong");
        (await elsewhere.Get("/v1/me")).Expect(HttpStatusCode.OK);
        (await it.Kim.Patch("/v1/me", new { name = "Kim Lindqvist", password = "another password", currentPassword = "a wrong password" })).Refused(HttpStatusCode.Forbidden, "password.wrong");
        (await it.Kim.Get("/v1/me"))["name"].ShouldBe("Kim");
        await it.SignIn("kim@lighthouse.test");
    }

    [Fact]
    public async Task A_state_is_one_of_four()
    {
        await using var it = await Lighthouse.Open();
        foreach (var state in new[] { "online", "busy", "away", "offline" })
        {
            (await it.Kim.Put("/v1/me/presence", new { state })).Expect(HttpStatusCode.OK)["state"].ShouldBe(state);
        }

        foreach (var body in new[] { "{\"state\":\"asleep\"}", "{\"state\":1}", "{}" })
        {
            (await it.Kim.Raw(HttpMethod.Put, "/v1/me/state", body)).Refused(HttpStatusCode.BadRequest, "request.malformed");
        }
    }

    [Fact]
    public async Task The_directory_shows_everybody_and_only_the_inboxes_that_are_open()
    {
        await using var it = await Lighthouse.Open();
        var team = (await it.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        (await it.Kim.Post("/v1/inboxes", new { name = "Closed", channel = "web", teams = new[] { team } })).Expect(HttpStatusCode.Created);
        var noor = await it.Hire("Noor");
        var ravi = await it.Hire("Ravi", Role.Agent, team);
        Names(await noor.Get("/v1/directory"), "inboxes").ShouldBe(["Shop"]);
        Names(await ravi.Get("/v1/directory"), "inboxes").ShouldBe(["Shop", "Closed"]);
        Names(await it.Kim.Get("/v1/directory"), "inboxes").ShouldBe(["Shop", "Closed"]);
        var directory = (await noor.Get("/v1/directory")).Expect(HttpStatusCode.OK);
        Names(directory, "agents").ShouldBe(["Kim", "Noor", "Ravi"]);
        Names(directory, "teams").ShouldBe(["Sails"]);
        Names(directory, "brands").ShouldBe(["Lighthouse"]);
        directory["me.name"].ShouldBe("Noor");
        directory["workspace.name"].ShouldBe("Lighthouse");
        // Moved into the team, she sees it at once.
        (await it.Kim.Patch($"/v1/agents/{noor.Id}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        Names(await noor.Get("/v1/directory"), "inboxes").ShouldBe(["Shop", "Closed"]);
    }

    private static List<string> Names(Answer directory, string what) =>
        [.. directory.Expect(HttpStatusCode.OK).Body.GetProperty(what).EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];
}
