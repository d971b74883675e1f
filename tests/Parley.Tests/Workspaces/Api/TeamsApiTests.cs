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

    private static List<string> Agents(Answer team) => [.. team.Body.GetProperty("agents").EnumerateArray().Select(id => id.GetString()!)];
}
