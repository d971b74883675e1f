using System.Net;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Workspaces.Api;

public class TeamsApiTests
{
    [Fact]
    public async Task A_team_is_made_filled_renamed_and_removed()
    {
        await using var it = await Lighthouse.Open();
        var noor = await it.Hire("Noor");
        var ravi = await it.Hire("Ravi");
        var team = (await it.Kim.Post("/v1/teams", new { name = "Sails", agents = new[] { noor.Id } })).Expect(HttpStatusCode.Created);
        Agents(team).ShouldBe([noor.Id]);
        var path = $"/v1/teams/{team["id"]}";
        Agents((await it.Kim.Patch(path, new { agents = new[] { ravi.Id, noor.Id } })).Expect(HttpStatusCode.OK)).ShouldBe([noor.Id, ravi.Id], ignoreOrder: true);
        Agents((await it.Kim.Patch(path, new { name = "Sails and ropes", agents = new[] { ravi.Id } })).Expect(HttpStatusCode.OK)).ShouldBe([ravi.Id]);
        (await it.Kim.Get("/v1/teams")).Body.GetProperty("items").EnumerateArray().Single().GetProperty("name").GetString().ShouldBe("Sails and ropes");
        (await it.Kim.Delete(path)).Expect(HttpStatusCode.NoContent);
        (await it.Kim.Delete(path)).Refused(HttpStatusCode.NotFound, "team.unknown");
        (await it.Kim.Get("/v1/agents")).Body.GetProperty("items").EnumerateArray().ShouldAllBe(agent => agent.GetProperty("teams").GetArrayLength() == 0);
    }

    [Fact]
    public async Task A_team_needs_a_name_of_its_own_and_people_who_are_there()
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created);
        (await it.Kim.Post("/v1/teams", new { name = " sails " })).Refused(HttpStatusCode.Conflict, "team.exists");
        (await it.Kim.Post("/v1/teams", new { name = "" })).Refused(HttpStatusCode.BadRequest, "name.empty");
        (await it.Kim.Post("/v1/teams", new { name = "Ropes", agents = new[] { "agt_01j00000000000000000000000" } })).Refused(HttpStatusCode.BadRequest, "agent.unknown");
        (await it.Kim.Get("/v1/teams")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task PA12_A_team_is_at_work_at_hours_of_its_own_and_nobody_is_expected_of_it_outside_them()
    {
        await using var it = await Lighthouse.Open();
        var noor = await it.Hire("Noor");
        var early = new { zone = "Europe/London", week = new[] { new { day = "mon", from = "06:00", to = "10:00" } } };
        var team = (await it.Kim.Post("/v1/teams", new { name = "Sails", agents = new[] { noor.Id }, hours = early })).Expect(HttpStatusCode.Created);
        team.Body.GetProperty("hours").GetProperty("week")[0].GetProperty("to").GetString().ShouldBe("10:00");
        var path = $"/v1/teams/{team["id"]}";
        (await it.Kim.Patch(path, new { name = "Sails and ropes" })).Expect(HttpStatusCode.OK)["hours.zone"].ShouldBe("Europe/London");
        (await it.Kim.Patch(path, new { hours = new { zone = "Europe/London", week = new[] { new { day = "mon", from = "22:00", to = "06:00" } } } })).Refused(HttpStatusCode.BadRequest, "hours.invalid");
        (await it.Kim.Patch(path, new { hours = new { zone = "London", week = Array.Empty<object>() } })).Refused(HttpStatusCode.BadRequest, "zone.unknown");

        // The inbox is open day and night; whom it is given to is not.
        (await it.Kim.Put($"/v1/inboxes/{it.Inbox}/policy", new { profile = "strictLive", hours = "always", whenClosed = "hide" })).Expect(HttpStatusCode.OK);
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { teams = new[] { team["id"] } })).Expect(HttpStatusCode.OK);
        (await Found("2026-03-09T09:30:00Z")).ShouldBe("live live");
        (await Found("2026-03-09T10:30:00Z")).ShouldBe("closed hidden");
        // A second team, without hours, keeps the inbox's; and so does the first without its own.
        var day = (await it.Kim.Post("/v1/teams", new { name = "Day", agents = new[] { noor.Id } })).Expect(HttpStatusCode.Created)["id"];
        (await Found("2026-03-09T10:30:00Z")).ShouldBe("closed hidden", "The inbox is not open to that team.");
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { teams = new[] { team["id"], day } })).Expect(HttpStatusCode.OK);
        (await Found("2026-03-09T10:30:00Z")).ShouldBe("live live");
        (await it.Kim.Delete($"/v1/teams/{day}")).Expect(HttpStatusCode.NoContent);
        (await Found("2026-03-09T10:30:00Z")).ShouldBe("closed hidden");
        (await it.Kim.Patch(path, new { hours = "always" })).Expect(HttpStatusCode.OK).Has("hours").ShouldBeFalse();
        (await Found("2026-03-09T10:30:00Z")).ShouldBe("live live");

        async Task<string> Found(string at)
        {
            var found = (await it.Kim.Get($"/v1/inboxes/{it.Inbox}/availability?at={at}")).Expect(HttpStatusCode.OK);
            return $"{found["state"]} {found["button"]}";
        }
    }

    private static List<string> Agents(Answer team) => [.. team.Body.GetProperty("agents").EnumerateArray().Select(id => id.GetString()!)];
}
