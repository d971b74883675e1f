using System.Net;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Workspaces.Api;

public sealed class SnippetApiTests
{
    [Fact, Trait("row", "OP3")]
    public async Task OP3_The_line_begins_as_all_links_do_and_is_mailed_in_the_language_of_the_screen()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open([.. sink.Settings, ("server.publicUrl", "https://chat.lighthouse.test")]);
        var line = (await it.Kim.Get($"/v1/inboxes/{it.Inbox}/snippet")).Expect(HttpStatusCode.OK);
        (line["text"], line["mail"]).ShouldBe(($"<script async src=\"https://chat.lighthouse.test/parley.js\" data-inbox=\"{it.Inbox}\"></script>", "True"));
        (await it.Kim.Post($"/v1/inboxes/{it.Inbox}/snippet", new { to = " web@lighthouse.test ", language = "nl" })).Expect(HttpStatusCode.Accepted);
        var mail = await sink.To("web@lighthouse.test");
        mail.ShouldContain(line["text"]);
        mail.ShouldContain("wil je deze regel");
        mail.ShouldContain("kim@lighthouse.test");
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_Only_who_administers_mails_it_to_an_address_and_not_without_end()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var path = $"/v1/inboxes/{it.Inbox}/snippet";
        var (ravi, noor) = (await it.Hire("Ravi"), await it.Hire("Noor", Role.Admin));
        (await ravi.Post(path, new { to = "web@lighthouse.test" })).Expect(HttpStatusCode.Forbidden);
        (await ravi.Get(path)).Expect(HttpStatusCode.Forbidden);
        (await it.Stranger().Post(path, new { to = "web@lighthouse.test" })).Expect(HttpStatusCode.Unauthorized);
        foreach (var wrong in new[] { "", "web", "web@lighthouse.test, ben@lighthouse.test", "web@lighthouse.test\r\nBcc: ben@lighthouse.test" })
        {
            (await it.Kim.Post(path, new { to = wrong })).Refused(HttpStatusCode.BadRequest, "email.invalid");
        }

        (await it.Kim.Post("/v1/inboxes/inb_01j00000000000000000000000/snippet", new { to = "web@lighthouse.test" })).Refused(HttpStatusCode.NotFound, "inbox.unknown");
        for (var mail = 0; mail < 10; mail++)
        {
            (await (mail % 2 == 0 ? it.Kim : noor).Post(path, new { to = "web@lighthouse.test" })).Expect(HttpStatusCode.Accepted);
        }

        (await it.Kim.Post(path, new { to = "web@lighthouse.test" })).Refused(HttpStatusCode.TooManyRequests, "rate.limited").Headers.RetryAfter.ShouldNotBeNull();
        it.Clock.Advance(TimeSpan.FromMinutes(7));
        (await it.Kim.Post(path, new { to = "web@lighthouse.test" })).Expect(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Without_a_mail_server_it_is_copied()
    {
        await using var it = await Lighthouse.Open();
        var line = (await it.Kim.Get($"/v1/inboxes/{it.Inbox}/snippet")).Expect(HttpStatusCode.OK);
        (line["text"], line["mail"]).ShouldBe(($"<script async src=\"{it.Address.GetLeftPart(UriPartial.Authority)}/parley.js\" data-inbox=\"{it.Inbox}\"></script>", "False"));
        (await it.Kim.Post($"/v1/inboxes/{it.Inbox}/snippet", new { to = "web@lighthouse.test" })).Refused(HttpStatusCode.Conflict, "mail.none");
    }
}
