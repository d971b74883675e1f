using System.Net;
using System.Security.Cryptography;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Workspaces.Api;

public class KeysApiTests
{
    [Fact]
    public async Task A_site_changes_keys_without_a_gap()
    {
        await using var it = await Lighthouse.Open();
        var path = $"/v1/inboxes/{it.Inbox}/keys";
        var second = (await it.Kim.Post(path, new { algorithm = "HS256" })).Expect(HttpStatusCode.Created);
        second["secret"].Length.ShouldBeGreaterThanOrEqualTo(32);
        (await it.Kim.Post(path, new { algorithm = "HS256" })).Refused(HttpStatusCode.Conflict, "keys.limit");
        (await Verified(it, it.IdentityKey)).ShouldBeTrue();
        (await Verified(it, second["secret"])).ShouldBeTrue();
        var keys = (await it.Kim.Get(path)).Expect(HttpStatusCode.OK);
        keys.Text.ShouldNotContain(second["secret"]);
        keys.Text.ShouldNotContain(it.IdentityKey);
        var first = keys.Body.GetProperty("items").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!).Single(kid => kid != second["kid"]);
        (await it.Kim.Delete($"{path}/{first}")).Expect(HttpStatusCode.NoContent);
        (await Verified(it, it.IdentityKey)).ShouldBeFalse();
        (await Verified(it, second["secret"])).ShouldBeTrue();
        await it.Restart();
        (await Verified(it, second["secret"])).ShouldBeTrue();
        (await it.Kim.Delete($"{path}/{first}")).Refused(HttpStatusCode.NotFound, "key.unknown");
    }

    [Fact]
    public async Task A_site_brings_its_own_keys()
    {
        await using var it = await Lighthouse.Open();
        var inbox = (await it.Kim.Post("/v1/inboxes", new { name = "Other", channel = "web" })).Expect(HttpStatusCode.Created)["id"];
        using var rsa = RSA.Create(2048);
        using var weak = RSA.Create(1024);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var path = $"/v1/inboxes/{inbox}/keys";
        (await it.Kim.Post(path, new { algorithm = "RS256", publicKey = "nonsense" })).Refused(HttpStatusCode.BadRequest, "key.invalid");
        (await it.Kim.Post(path, new { algorithm = "RS256" })).Refused(HttpStatusCode.BadRequest, "key.invalid");
        (await it.Kim.Post(path, new { algorithm = "RS256", publicKey = weak.ExportSubjectPublicKeyInfoPem() })).Refused(HttpStatusCode.BadRequest, "key.invalid");
        (await it.Kim.Post(path, new { algorithm = "ES256", publicKey = rsa.ExportSubjectPublicKeyInfoPem() })).Refused(HttpStatusCode.BadRequest, "key.invalid");
        (await it.Kim.Post(path, new { algorithm = "HS256", secret = "short" })).Refused(HttpStatusCode.BadRequest, "key.weak");
        (await it.Kim.Post(path, new { algorithm = "HS512" })).Refused(HttpStatusCode.BadRequest, "request.malformed");
        (await it.Kim.Post(path, new { algorithm = "ES256", publicKey = curve.ExportSubjectPublicKeyInfoPem() })).Expect(HttpStatusCode.Created).Has("secret").ShouldBeFalse();
        var claims = new { sub = "user-7", aud = inbox, exp = it.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds() };
        (await it.Browser(inbox).Begin(Voucher.Sign(curve, claims))).Expect(HttpStatusCode.Created)["visitor.verified"].ShouldBe("True");
        (await it.Browser(inbox).Begin(Voucher.Sign(rsa, claims))).Expect(HttpStatusCode.Created)["visitor.verified"].ShouldBe("False");
    }

    [Fact]
    public async Task Keys_are_the_admins_matter()
    {
        await using var it = await Lighthouse.Open();
        var noor = await it.Hire("Noor");
        (await noor.Get($"/v1/inboxes/{it.Inbox}/keys")).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await it.Kim.Get("/v1/inboxes/inb_01j00000000000000000000000/keys")).Refused(HttpStatusCode.NotFound, "inbox.unknown");
    }

    private static async Task<bool> Verified(Lighthouse it, string secret)
    {
        var vouched = Voucher.Sign(secret, new { sub = "user-7", aud = it.Inbox, exp = it.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds() });
        return (await it.Browser().Begin(vouched)).Expect(HttpStatusCode.Created)["visitor.verified"] == "True";
    }
}
