using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
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

    [Fact, Trait("row", "OP3")]
    public async Task OP3_A_mail_is_promised_where_one_could_come_and_the_promise_tells_nothing_of_anybody()
    {
        await using var sink = new MailSink();
        await using var without = await Lighthouse.Open();
        await using var with = await Lighthouse.Open(sink.Settings);
        (await without.Stranger().Get("/v1/password/forgot")).Expect(HttpStatusCode.OK)["mail"].ShouldBe("False");
        (await with.Stranger().Get("/v1/password/forgot")).Expect(HttpStatusCode.OK)["mail"].ShouldBe("True");
        var (known, unknown) = (await without.Stranger().Post("/v1/password/forgot", new { email = "kim@lighthouse.test" }), await without.Stranger().Post("/v1/password/forgot", new { email = "nobody@lighthouse.test" }));
        (known.Status, known.Text).ShouldBe((HttpStatusCode.Accepted, unknown.Text));
        // A store of the command line where no owner has been yet: nobody knows where a link would lead.
        await using var nobody = await Lighthouse.Empty(sink.Settings);
        await nobody.Services.GetRequiredService<Hiring>().AddAgent("Kim", "kim@lighthouse.test", Lighthouse.Password, Role.Owner);
        (await nobody.Stranger().Get("/v1/password/forgot"))["mail"].ShouldBe("False");
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

    [Theory, Trait("row", "OP3")]
    [InlineData("admin", false, "agent", true, false)]
    [InlineData("supervisor", true, "agent", true, false)]
    [InlineData("owner", true, "agent", true, true)]
    [InlineData("admin", true, "admin", true, false)]
    [InlineData("admin", true, "agent", false, false)]
    public async Task OP3_A_link_given_by_hand_ends_with_the_right_to_give_it_and_with_the_place_it_was_for(string giver, bool giverActive, string target, bool targetActive, bool lives)
    {
        await using var it = await Lighthouse.Open();
        var (ravi, noor) = (await it.Hire("Ravi", Role.Admin), await it.Hire("Noor"));
        var url = (await ravi.Post($"/v1/agents/{noor.Id}/reset")).Expect(HttpStatusCode.OK)["url"];
        (await it.Kim.Patch($"/v1/agents/{ravi.Id}", new { role = giver, active = giverActive })).Expect(HttpStatusCode.OK);
        (await it.Kim.Patch($"/v1/agents/{noor.Id}", new { role = target, active = targetActive })).Expect(HttpStatusCode.OK);
        if (!lives)
        {
            // Back to what they were: what has ended stays ended.
            (await it.Kim.Patch($"/v1/agents/{ravi.Id}", new { role = "admin", active = true })).Expect(HttpStatusCode.OK);
            (await it.Kim.Patch($"/v1/agents/{noor.Id}", new { role = "agent", active = true })).Expect(HttpStatusCode.OK);
        }

        var answer = await it.Stranger().Post("/v1/password/reset", new { token = MailSink.Token(url), password = Fresh });
        (answer.Status == HttpStatusCode.OK).ShouldBe(lives, answer.Text);
        (await it.Stranger().Post("/v1/session", new { email = "noor@lighthouse.test", password = Lighthouse.Password })).Status.ShouldBe(lives ? HttpStatusCode.Unauthorized : HttpStatusCode.Created);
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_A_link_is_looked_at_when_it_is_used_also_where_nothing_took_it_back()
    {
        await using var it = await Lighthouse.Open();
        var (ravi, noor) = (await it.Hire("Ravi", Role.Admin), await it.Hire("Noor"));
        var url = (await ravi.Post($"/v1/agents/{noor.Id}/reset"))["url"];
        var origin = new Origin(it.Workspace, Author.System, "promoted");
        (await it.Services.GetRequiredService<Desk>().Handle(new ChangeAgent(origin, AgentId.Parse(noor.Id), Role: Role.Admin))).Refusal.ShouldBeNull();
        (await it.Stranger().Post("/v1/password/reset", new { token = MailSink.Token(url), password = Fresh })).Refused(HttpStatusCode.Gone, "link.gone");
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_A_mailed_link_outlives_a_new_role_and_ends_with_the_account_s_last_place()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var noor = await it.Hire("Noor");
        await it.Stranger().Post("/v1/password/forgot", new { email = "noor@lighthouse.test" });
        var token = MailSink.Token(await sink.To("noor@lighthouse.test"));
        (await it.Kim.Patch($"/v1/agents/{noor.Id}", new { role = "supervisor" })).Expect(HttpStatusCode.OK);
        (await it.Stranger().Post("/v1/password/reset", new { token, password = Fresh })).Expect(HttpStatusCode.OK)["role"].ShouldBe("supervisor");
        await it.Stranger().Post("/v1/password/forgot", new { email = "noor@lighthouse.test" });
        token = MailSink.Token(await sink.To("noor@lighthouse.test", 2));
        (await it.Kim.Patch($"/v1/agents/{noor.Id}", new { active = false })).Expect(HttpStatusCode.OK);
        (await it.Stranger().Post("/v1/password/reset", new { token, password = "another password" })).Refused(HttpStatusCode.Gone, "link.gone");
    }
}
