using System.Net;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Workspaces.Api;

public class WorkspaceApiTests
{
    [Fact]
    public async Task The_workspace_has_a_name_and_labels()
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Patch("/v1/workspace", new { name = "Lighthouse & Sons", labels = new[] { "refund", " sails ", "refund" } })).Expect(HttpStatusCode.OK)["name"].ShouldBe("Lighthouse & Sons");
        (await it.Kim.Get("/v1/directory")).Body.GetProperty("labels").EnumerateArray().Select(label => label.GetString()).ShouldBe(["refund", "sails"]);
        (await it.Kim.Patch("/v1/workspace", new { labels = new[] { new string('x', 51) } })).Refused(HttpStatusCode.BadRequest, "labels.invalid");
    }
}
