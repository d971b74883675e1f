using System.Net;
using Parley.Platform.Mail;
using Parley.Tests.Cast;
using Parley.Tests.Counterparts;
using Shouldly;

namespace Parley.Tests.Channels.Email.Api;

/// <summary>A mailbox is set up by its address, and a trial says which of it does not hold; for those who administer alone.</summary>
public class MailSetupApiTests
{
    [Fact, Trait("row", "CH9")]
    public async Task CH9_Who_is_known_fills_in_the_servers_and_says_how_one_signs_in()
    {
        await using var house = await Lighthouse.Open();
        var found = (await house.Kim.Post("/v1/channels/email/proposal", new { address = " lighthouse@gmail.com " })).Expect(HttpStatusCode.OK);
        (found["provider"], found["entry"]).ShouldBe(("Gmail", "appPassword"));
        var settings = found.Body.GetProperty("settings");
        (settings.GetProperty("receiveHost").GetString(), settings.GetProperty("receivePort").GetInt32(), settings.GetProperty("receiveSecurity").GetString()).ShouldBe(("imap.gmail.com", 993, "tls"));
        (settings.GetProperty("sendHost").GetString(), settings.GetProperty("sendPort").GetInt32(), settings.GetProperty("address").GetString()).ShouldBe(("smtp.gmail.com", 465, "lighthouse@gmail.com"));

        // All of it are fields of the form.
        var fields = (await house.Kim.Get("/v1/channels/kinds")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Single(kind => kind.GetProperty("kind").GetString() == "email").GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("name").GetString()!).ToList();
        settings.EnumerateObject().Select(pair => pair.Name).Except(fields).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_no_address_and_what_lacks_a_server_is_refused_with_the_field_named()
    {
        await using var house = await Lighthouse.Open();
        foreach (var address in new[] { null, "", "ana", "ana@", "@example.org", "ana@example" })
        {
            (await house.Kim.Post("/v1/channels/email/proposal", new { address })).Refused(HttpStatusCode.BadRequest, "settings.invalid").Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("address");
        }

        async Task Refused(object settings, string field) =>
            (await house.Kim.Post("/v1/channels/email/trial", new { settings })).Refused(HttpStatusCode.BadRequest, "settings.invalid").Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(field);
        await Refused(new { address = "ana@example.org" }, "settings.receiveHost");
        await Refused(new { }, "settings");
        await Refused(new { address = "ana@example.org", receiveHost = "imap.example.org", receivePort = "many" }, "settings");
        await Refused(new { address = "ana@example.org", receiveHost = "imap.example.org", receiveSecurity = "much" }, "settings");
        await Refused(new { address = "ana@example.org", receiveHost = "localhost" }, "settings.receiveHost");
    }

    [Fact]
    public async Task A_secret_goes_to_whom_it_was_given_for_and_no_file_of_the_server_is_a_certificate()
    {
        await using var house = await Lighthouse.Open();
        var settings = new { address = "ana@example.org", receiveHost = "imap.example.org", password = "secret", sendHost = "smtp.example.org", sendPassword = "secret" };
        var inbox = (await house.Kim.Post("/v1/channels", new { kind = "email", name = "Support", settings })).Expect(HttpStatusCode.Created)["inbox"];
        await Refused(new { receiveHost = "imap.evil.test" }, "settings.password");
        await Refused(new { sendHost = "smtp.evil.test", sendPassword = "" }, "settings.sendPassword", alsoSaved: false);
        await Refused(new { certificate = "/dev/zero" }, "settings.certificate");
        await Refused(new { sendHost = "0.0.0.0", sendPassword = "secret" }, "settings.sendHost");
        await Refused(new { sendHost = "localhost.", sendPassword = "secret" }, "settings.sendHost");
        await Refused(new { sendHost = "::ffff:169.254.169.254", sendPassword = "secret" }, "settings.sendHost");
        using var certificate = Certificates.Of("localhost");
        using var other = Certificates.Of("elsewhere.test");
        var both = $"{certificate.ExportCertificatePem()}\n{other.ExportCertificatePem()}".Replace("\n", "");
        (await house.Kim.Patch($"/v1/channels/{inbox}", new { settings = new { receiveHost = "imap.example.com", password = "secret", certificate = both } })).Expect(HttpStatusCode.OK);

        async Task Refused(object changed, string field, bool alsoSaved = true)
        {
            foreach (var answer in new[] { alsoSaved ? await house.Kim.Patch($"/v1/channels/{inbox}", new { settings = changed }) : null, await house.Kim.Post("/v1/channels/email/trial", new { inbox, settings = changed }) }.OfType<Answer>())
            {
                answer.Refused(HttpStatusCode.BadRequest, "settings.invalid").Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(field);
            }
        }
    }

    [Fact]
    public async Task Only_who_administers_tries_and_only_their_own_channels()
    {
        await using var house = await Lighthouse.Open();
        var noor = await house.Hire("Noor");
        (await noor.Post("/v1/channels/email/proposal", new { address = "ana@gmail.com" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await noor.Post("/v1/channels/email/trial", new { settings = new { } })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await house.Kim.Post("/v1/channels/email/trial", new { inbox = house.Inbox, settings = new { } })).Refused(HttpStatusCode.NotFound, "channel.unknown");
    }

    [SkippableFact, Trait("row", "CH9")]
    public async Task CH9_A_trial_sends_one_and_waits_for_it_and_takes_the_secrets_that_are_set()
    {
        Skip.If(Dovecot.Missing is not null, Dovecot.Missing);
        Skip.If(Postfix.Missing is not null, Postfix.Missing);
        await using var post = await Postfix.Start();
        await using var boxes = await Dovecot.Start(post.Mails);
        await using var house = await Lighthouse.Open(("channels.allowLoopback", "true"));
        var server = post.To(MailSecurity.Tls).Server;
        // Each shows a certificate of its own making, and one file names one of them.
        var certificate = await File.ReadAllTextAsync(post.Certificate);
        object Settings(string? password, int? port = null) => new
        {
            address = "ana@example.test", receiveHost = "localhost", receivePort = port ?? boxes.Port, receiveSecurity = "none", user = "ana", password, sendHost = server.Host, sendPort = server.Port, sendUser = server.User, sendPassword = server.Password, certificate,
        };
        async Task<List<string>> Try(object body) => [.. (await house.Kim.Post("/v1/channels/email/trial", body)).Expect(HttpStatusCode.OK).Body.GetProperty("findings").EnumerateArray()
            .Select(finding => finding.TryGetProperty("code", out var code) ? code.GetString()! : finding.GetProperty("step").GetString()!)];
        (await Try(new { settings = Settings(Dovecot.Password) })).ShouldBe(["receive", "folder", "send", "loop"]);
        (await Try(new { settings = Settings("another") })).ShouldBe(["mail.receive.password", "send"]);
        (await Try(new { settings = Settings(Dovecot.Password, Ports.Free()) })).ShouldBe(["mail.receive.port", "send"]);

        // Of one that is set up: what is not given, or is empty, is as it stands.
        var inbox = (await house.Kim.Post("/v1/channels", new { kind = "email", name = "Support", settings = Settings(Dovecot.Password) })).Expect(HttpStatusCode.Created)["inbox"];
        (await Try(new { inbox, settings = new { password = "" } })).ShouldBe(["receive", "folder", "send", "loop"]);
        (await Try(new { inbox, settings = new { folders = "INBOX, Nowhere" } })).ShouldBe(["receive", "folder", "mail.folder.missing", "send"]);
    }
}
