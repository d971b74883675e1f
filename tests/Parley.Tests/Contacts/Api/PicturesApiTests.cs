using System.Net;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Contacts.Api;

public class PicturesApiTests
{
    /// <summary>One white point.</summary>
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=");

    [Fact]
    public async Task A_face_is_seen_by_everybody_and_any_other_upload_by_nobody()
    {
        await using var it = await Lighthouse.Open();
        var face = (await it.Kim.Upload("/v1/files", "me.png", "image/png", Png)).Expect(HttpStatusCode.Created)["id"];
        var other = (await it.Kim.Upload("/v1/files", "secret.png", "image/png", Png)).Expect(HttpStatusCode.Created)["id"];
        var picture = (await it.Kim.Patch("/v1/me", new { picture = face })).Expect(HttpStatusCode.OK)["picture"];
        (await it.Stranger().Download(picture)).ShouldBe(Png);
        (await it.Stranger().Get($"/v1/pictures/{other}")).Refused(HttpStatusCode.NotFound, "picture.unknown");
        // It is held, so the sweeping of unused files leaves it.
        it.Clock.Advance(TimeSpan.FromHours(26));
        await Task.Delay(300);
        (await it.Stranger().Download(picture)).ShouldBe(Png);
        (await it.Stranger().Get($"/v1/widget/inboxes/{it.Inbox}")).Body.GetProperty("availability").GetProperty("agents")[0].GetProperty("picture").GetString().ShouldBe(picture);
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_A_face_is_taken_away_again_and_an_owner_chooses_for_others()
    {
        await using var it = await Lighthouse.Open();
        var (noor, ravi) = (await it.Hire("Noor"), await it.Hire("Ravi", Parley.Workspaces.Role.Admin));
        var own = (await noor.Upload("/v1/files", "me.png", "image/png", Png)).Expect(HttpStatusCode.Created)["id"];
        var kims = (await it.Kim.Upload("/v1/files", "noor.png", "image/png", Png)).Expect(HttpStatusCode.Created)["id"];
        var ravis = (await ravi.Upload("/v1/files", "noor.png", "image/png", Png)).Expect(HttpStatusCode.Created)["id"];
        (await noor.Patch("/v1/me", new { picture = own })).Expect(HttpStatusCode.OK);
        (await ravi.Patch($"/v1/agents/{noor.Id}", new { picture = ravis })).Refused(HttpStatusCode.Forbidden, "picture.owner");
        (await it.Kim.Patch($"/v1/agents/{noor.Id}", new { picture = own })).Refused(HttpStatusCode.BadRequest, "picture.unknown");
        var picture = (await it.Kim.Patch($"/v1/agents/{noor.Id}", new { picture = kims })).Expect(HttpStatusCode.OK)["picture"];
        picture.ShouldEndWith(kims);
        (await it.Stranger().Download(picture)).ShouldBe(Png);
        // The face of before is nobody's any more.
        (await it.Stranger().Get($"/v1/pictures/{own}")).Refused(HttpStatusCode.NotFound, "picture.unknown");
        (await noor.Patch("/v1/me", new { picture = "" })).Expect(HttpStatusCode.OK).Has("picture").ShouldBeFalse();
        (await it.Stranger().Get(picture)).Refused(HttpStatusCode.NotFound, "picture.unknown");
        (await noor.Patch("/v1/me", new { name = "Noor" })).Expect(HttpStatusCode.OK).Has("picture").ShouldBeFalse();
        (await it.Kim.Patch($"/v1/agents/{noor.Id}", new { picture = "" })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_face_is_a_picture_and_ones_own()
    {
        await using var it = await Lighthouse.Open();
        var noor = await it.Hire("Noor");
        var text = (await it.Kim.Upload("/v1/files", "me.txt", "text/plain", "hello"u8.ToArray())).Expect(HttpStatusCode.Created)["id"];
        var hers = (await noor.Upload("/v1/files", "me.png", "image/png", Png)).Expect(HttpStatusCode.Created)["id"];
        foreach (var picture in new[] { text, hers, "fil_01j00000000000000000000000", "x" })
        {
            (await it.Kim.Patch("/v1/me", new { picture })).Refused(HttpStatusCode.BadRequest, "picture.unknown");
        }
    }
}
