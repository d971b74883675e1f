using System.Net;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Server.Commands;

/// <summary>The program as whoever runs a Parley asks it, beside one that serves.</summary>
public sealed class DoctorCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-doctor-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact, Trait("row", "OP3")]
    public async Task OP3_It_says_what_the_world_cannot_reach_and_how_to_mend_it()
    {
        (await Running.Run("agent", "add", "--data", _folder, "--name", "Kim", "--email", "kim@lighthouse.test", "--password", Lighthouse.Password, "--role", "owner")).Exit.ShouldBe(0);
        await using var server = await Running.Start(_folder);
        var here = new Uri(server.Address);
        await CalledFromElsewhere(here);
        using var certificate = Certificates.Of("localhost");
        var trusted = Path.Combine(_folder, "trusted.pem");
        await File.WriteAllTextAsync(trusted, certificate.ExportCertificatePem());
        await using var eater = await Forwarder.Before(here);
        await using var secure = await Forwarder.Before(here, certificate);
        var told = await Task.WhenAll(Ask(here), Ask(eater.Address()), Ask(secure.Address("localhost"), ("SSL_CERT_FILE", trusted)), Ask(secure.Address("localhost")));

        told[0].Output.ShouldContain($"ok    outside: WebSockets get through to ws://{here.Authority}/v1/stream");
        told[0].Output.ShouldContain("note  sites: https://shop.example.net called the inbox Shop 1 times and is not among its domains. If it is yours, add it in the settings, under Inboxes.");
        told[1].Output.ShouldContain($"BAD   outside: a proxy eats WebSockets on ws://{eater.Address().Authority}/v1/stream");
        told[1].Output.ShouldContain("Let it pass Upgrade and Connection on");
        told[2].Output.ShouldContain($"BAD   outside: {secure.Address("localhost")} is https and Parley believes http");
        told[2].Output.ShouldContain("server.trustedProxies");
        told[3].Output.ShouldContain($"BAD   outside: {secure.Address("localhost")} cannot be reached from here");
        told.ShouldAllBe(each => each.Error == "");
        told.Skip(1).ShouldAllBe(each => each.Exit == 1);
    }

    private static async Task CalledFromElsewhere(Uri here)
    {
        using var kim = new Person(here);
        (await kim.Post("/v1/session", new { email = "kim@lighthouse.test", password = Lighthouse.Password })).Expect(HttpStatusCode.Created);
        var inbox = (await kim.Post("/v1/inboxes", new { name = "Shop", channel = "web", domains = new[] { "shop.example" } })).Expect(HttpStatusCode.Created)["id"];
        using var site = new Caller(here);
        site.Headers["Origin"] = "https://shop.example.net";
        await site.Get($"/v1/widget/inboxes/{inbox}");
    }

    private Task<(int Exit, string Output, string Error)> Ask(Uri outside, params (string Name, string Value)[] environment) =>
        Running.Run(environment, "doctor", "--data", _folder, "--set", $"server.publicUrl={outside.GetLeftPart(UriPartial.Authority)}");
}
