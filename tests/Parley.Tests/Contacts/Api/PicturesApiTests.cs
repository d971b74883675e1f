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
