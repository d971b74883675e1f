using System.Net;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Workspaces.Api;

public sealed class PasswordApiTests
{
    private const string Fresh = "a fresh password";

    [Fact, Trait("row", "OP3")]
    public async Task OP3_A_forgotten_password_is_renewed_by_mail_and_older_sessions_end()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var noor = await it.Hire("Noor");
        var known = await it.Stranger().Post("/v1/password/forgot", new { email = "Noor@lighthouse.test", language = "nl" });
        var unknown = await it.Stranger().Post("/v1/password/forgot", new { email = "nobody@lighthouse.test" });
        known.Expect(HttpStatusCode.Accepted).Text.ShouldBe(unknown.Expect(HttpStatusCode.Accepted).Text);
        var mail = await sink.To("noor@lighthouse.test");
        mail.ShouldContain("nieuw wachtwoord");
        mail.ShouldContain($"{it.Address.GetLeftPart(UriPartial.Authority)}/reset#");
        var token = MailSink.Token(mail);
        (await it.Stranger().Post("/v1/password/reset", new { token, password = "short" })).Refused(HttpStatusCode.BadRequest, "password.short");
        using var again = new Person(it.Address);
        (await again.Post("/v1/password/reset", new { token, password = Fresh })).Expect(HttpStatusCode.OK)["name"].ShouldBe("Noor");
        (await again.Get("/v1/me")).Expect(HttpStatusCode.OK);
        (await noor.Get("/v1/me")).Expect(HttpStatusCode.Unauthorized);
        (await it.Stranger().Post("/v1/password/reset", new { token, password = Fresh })).Refused(HttpStatusCode.Gone, "link.gone");
        (await it.Stranger().Post("/v1/session", new { email = "noor@lighthouse.test", password = Lighthouse.Password })).Refused(HttpStatusCode.Unauthorized, "auth.wrong");
        sink.Mails.ShouldAllBe(each => each.To == "noor@lighthouse.test");
    }

    [Fact]
    public async Task A_link_is_good_for_an_hour_and_who_asks_too_often_gets_no_more_mail()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        for (var ask = 0; ask < 5; ask++)
        {
            (await it.Stranger().Post("/v1/password/forgot", new { email = "kim@lighthouse.test" })).Expect(HttpStatusCode.Accepted);
        }

        var last = await sink.To("kim@lighthouse.test", 3);
        await Task.Delay(200);
        sink.Mails.Count.ShouldBe(3);
        it.Clock.Advance(TimeSpan.FromMinutes(61));
        (await it.Stranger().Post("/v1/password/reset", new { token = MailSink.Token(last), password = Fresh })).Refused(HttpStatusCode.Gone, "link.gone");
    }

    [Fact]
    public async Task Somebody_elses_host_is_in_no_link()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var stranger = it.Stranger();
        stranger.Headers["Host"] = "evil.example";
        (await stranger.Post("/v1/password/forgot", new { email = "kim@lighthouse.test" })).Expect(HttpStatusCode.Accepted);
        (await sink.To("kim@lighthouse.test")).ShouldNotContain("evil.example");
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_An_administrator_gives_a_link_to_those_below_and_an_owner_to_all_but_themselves()
    {
        await using var it = await Lighthouse.Open();
        var (noor, ravi) = (await it.Hire("Noor", Role.Admin), await it.Hire("Ravi"));
        var ben = await it.Hire("Ben", Role.Admin);
        (await noor.Post($"/v1/agents/{ben.Id}/reset")).Refused(HttpStatusCode.Forbidden, "role.above");
        (await noor.Post($"/v1/agents/{it.Kim.Id}/reset")).Refused(HttpStatusCode.Forbidden, "role.above");
        (await noor.Post($"/v1/agents/{noor.Id}/reset")).Refused(HttpStatusCode.Forbidden, "password.own");
        (await noor.Patch($"/v1/agents/{noor.Id}", new { password = Fresh })).Refused(HttpStatusCode.Forbidden, "password.own");
        (await noor.Patch($"/v1/agents/{ben.Id}", new { password = Fresh })).Refused(HttpStatusCode.Forbidden, "role.above");
        (await it.Kim.Post($"/v1/agents/{noor.Id}/reset")).Expect(HttpStatusCode.OK);
        var url = (await noor.Post($"/v1/agents/{ravi.Id}/reset")).Expect(HttpStatusCode.OK)["url"];
        (await it.Stranger().Post("/v1/password/reset", new { token = MailSink.Token(url), password = Fresh })).Expect(HttpStatusCode.OK);
        (await ravi.Get("/v1/me")).Expect(HttpStatusCode.Unauthorized);
    }
}
