using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Parley.Channels;
using Parley.Channels.Generic;
using Parley.Tests.Guides;
using Shouldly;

namespace Parley.Tests.Channels.Generic;

/// <summary>Held against somebody else's library: the package <c>standardwebhooks</c>.</summary>
public class StandardWebhooksTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly string Package = Path.Combine(Guide.Root, "tests", "counterparts", "node_modules", "standardwebhooks");

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [SkippableFact, Trait("row", "UC9")]
    public async Task UC9_Somebody_elses_library_believes_what_we_sign_and_nothing_that_was_changed()
    {
        const string Body = """{"type":"message","data":{"text":"Öljacken? 🧥"}}""";
        var signature = StandardWebhooks.Sign(Secret, "dlv_1", Now, Encoding.UTF8.GetBytes(Body));
        (await Verify(Secret, "dlv_1", Now, signature, Body)).ShouldBe("believed");
        // Signed with an older secret too, while a system changes it.
        (await Verify(Secret, "dlv_1", Now, "v1,bm90IGl0 " + signature, Body)).ShouldBe("believed");
        (await Verify(Secret, "dlv_2", Now, signature, Body)).ShouldNotBe("believed");
        (await Verify(Secret, "dlv_1", Now, signature, Body.Replace("Öl", "Ol", StringComparison.Ordinal))).ShouldNotBe("believed");
        (await Verify(Secret, "dlv_1", Now.AddMinutes(-6), StandardWebhooks.Sign(Secret, "dlv_1", Now.AddMinutes(-6), Encoding.UTF8.GetBytes(Body)), Body)).ShouldNotBe("believed");
    }

    [SkippableFact]
    public async Task We_believe_what_somebody_elses_library_signs()
    {
        const string Body = """{"id":"m1","from":{"id":"ana"},"text":"Grüße"}""";
        var signature = await Node(
            $"const {{Webhook}} = require({JsonSerializer.Serialize(Package)}); console.log(new Webhook({JsonSerializer.Serialize(Secret)}).sign('m1', new Date({Now.ToUnixTimeMilliseconds()}), {JsonSerializer.Serialize(Body)}))");
        StandardWebhooks.Flaw(Request("m1", Now, signature, Body), Secret, Now).ShouldBeNull();
        StandardWebhooks.Flaw(Request("m1", Now, signature, Body), Secret, Now.AddMinutes(6)).ShouldBe("signature.old");
        StandardWebhooks.Flaw(Request("m1", Now, signature, Body + " "), Secret, Now).ShouldBe("signature.wrong");
        StandardWebhooks.Flaw(Request("m1", Now, signature, Body), "whsec_b3RoZXI=", Now).ShouldBe("signature.wrong");
    }

    [Theory]
    [InlineData("", "1", "v1,x")]
    [InlineData("m1", "soon", "v1,x")]
    [InlineData("m1", "99999999999999999999", "v1,x")]
    [InlineData("m1", "253402300800", "v1,x")]
    public void What_is_no_signature_is_none(string id, string at, string signature) => StandardWebhooks.Flaw(
        new RawRequest("POST", "", ImmutableSortedDictionary<string, string>.Empty.Add("webhook-id", id).Add("webhook-timestamp", at).Add("webhook-signature", signature), ImmutableSortedDictionary<string, string>.Empty, new byte[1]), Secret, Now)
        .ShouldBe("signature.missing");

    private static RawRequest Request(string id, DateTimeOffset at, string signature, string body) => new(
        "POST", "", ImmutableSortedDictionary<string, string>.Empty.Add("webhook-id", id).Add("webhook-timestamp", StandardWebhooks.Seconds(at)).Add("webhook-signature", signature),
        ImmutableSortedDictionary<string, string>.Empty, Encoding.UTF8.GetBytes(body));

    private static Task<string> Verify(string secret, string id, DateTimeOffset at, string signature, string body)
    {
        var headers = JsonSerializer.Serialize(new Dictionary<string, string> { ["webhook-id"] = id, ["webhook-timestamp"] = StandardWebhooks.Seconds(at), ["webhook-signature"] = signature });
        return Node($"const {{Webhook}} = require({JsonSerializer.Serialize(Package)}); try {{ new Webhook({JsonSerializer.Serialize(secret)}).verify({JsonSerializer.Serialize(body)}, {headers}); console.log('believed') }} catch (error) {{ console.log(error.message) }}");
    }

    private static async Task<string> Node(string script)
    {
        Skip.If(!Directory.Exists(Package), "standardwebhooks is not installed (make test installs it)");
        using var process = Process.Start(new ProcessStartInfo("node", ["-e", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, wrong) = (await process.StandardOutput.ReadToEndAsync(), await process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        wrong.ShouldBeEmpty();
        return said.Trim();
    }
}
