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

    [Fact]
    public async Task A_brand_is_changed()
    {
        await using var it = await Lighthouse.Open();
        var brand = (await it.Kim.Get("/v1/brands")).Body.GetProperty("items")[0].GetProperty("id").GetString();
        (await it.Kim.Patch($"/v1/brands/{brand}", new { color = "#123ABC" })).Expect(HttpStatusCode.OK)["color"].ShouldBe("#123abc");
        (await it.Stranger().Get($"/v1/widget/inboxes/{it.Inbox}"))["brand.color"].ShouldBe("#123abc");
        (await it.Kim.Patch($"/v1/brands/{brand}", new { color = "blue" })).Refused(HttpStatusCode.BadRequest, "color.invalid");
        (await it.Kim.Patch("/v1/brands/brd_01j00000000000000000000000", new { name = "X" })).Refused(HttpStatusCode.NotFound, "brand.unknown");
    }
}
