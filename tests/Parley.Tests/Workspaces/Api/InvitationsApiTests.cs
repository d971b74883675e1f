using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Workspaces.Api;

public sealed class InvitationsApiTests
{
    [Fact, Trait("row", "OP3")]
    public async Task OP3_By_a_link_somebody_joins_once()
    {
        await using var it = await Lighthouse.Open();
        var made = (await it.Kim.Post("/v1/invitations", new { email = "Noor@lighthouse.test", role = "supervisor" })).Expect(HttpStatusCode.Created);
        made["mailed"].ShouldBe("False");
        made["url"].ShouldStartWith($"{it.Address.GetLeftPart(UriPartial.Authority)}/join#");
        var token = MailSink.Token(made["url"]);
        var listed = await it.Kim.Get("/v1/invitations");
        listed.Text.ShouldContain("noor@lighthouse.test");
        listed.Text.ShouldNotContain(token);

        using var noor = new Person(it.Address);
        (await noor.Post("/v1/invitations/accept", new { token = token[..^1] + "x", name = "Noor", password = Lighthouse.Password })).Refused(HttpStatusCode.Gone, "invitation.gone");
        (await noor.Post("/v1/invitations/accept", new { token, name = "Noor", password = "short" })).Refused(HttpStatusCode.BadRequest, "password.short");
        var me = (await noor.Post("/v1/invitations/accept", new { token, name = "Noor", password = Lighthouse.Password })).Expect(HttpStatusCode.Created);
        (me["name"], me["role"], me["email"]).ShouldBe(("Noor", "supervisor", "noor@lighthouse.test"));
        (await noor.Get("/v1/me")).Expect(HttpStatusCode.OK);
        (await it.Stranger().Post("/v1/invitations/accept", new { token, name = "Ravi", password = Lighthouse.Password })).Refused(HttpStatusCode.Gone, "invitation.gone");
        (await it.Kim.Get("/v1/invitations")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await it.Kim.Post("/v1/invitations", new { email = "noor@lighthouse.test" })).Refused(HttpStatusCode.Conflict, "email.taken");
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_An_invitation_is_taken_back_replaced_and_grows_too_old()
    {
        await using var it = await Lighthouse.Open();
        var first = (await it.Kim.Post("/v1/invitations", new { email = "noor@lighthouse.test" })).Expect(HttpStatusCode.Created);
        var second = (await it.Kim.Post("/v1/invitations", new { email = "noor@lighthouse.test" })).Expect(HttpStatusCode.Created);
        (await Accept(it, first["url"])).Refused(HttpStatusCode.Gone, "invitation.gone");
        (await it.Kim.Delete($"/v1/invitations/{second["id"]}")).Expect(HttpStatusCode.NoContent);
        (await it.Kim.Delete($"/v1/invitations/{second["id"]}")).Expect(HttpStatusCode.NotFound);
        (await Accept(it, second["url"])).Refused(HttpStatusCode.Gone, "invitation.gone");
        var third = (await it.Kim.Post("/v1/invitations", new { email = "noor@lighthouse.test" })).Expect(HttpStatusCode.Created);
        it.Clock.Advance(TimeSpan.FromDays(14) + TimeSpan.FromMinutes(1));
        (await Accept(it, third["url"])).Refused(HttpStatusCode.Gone, "invitation.gone");
    }

    [Fact]
    public async Task Nobody_invites_above_themselves_or_into_what_is_not_there()
    {
        await using var it = await Lighthouse.Open();
        var noor = await it.Hire("Noor", Role.Admin);
        (await noor.Post("/v1/invitations", new { email = "ben@lighthouse.test", role = "owner" })).Refused(HttpStatusCode.Forbidden, "role.above");
        (await noor.Post("/v1/invitations", new { email = "ben" })).Refused(HttpStatusCode.BadRequest, "email.invalid");
        (await noor.Post("/v1/invitations", new { email = "ben@lighthouse.test", teams = new[] { "tea_01j00000000000000000000000" } })).Refused(HttpStatusCode.BadRequest, "team.unknown");
        var ravi = await it.Hire("Ravi");
        (await ravi.Post("/v1/invitations", new { email = "ben@lighthouse.test" })).Expect(HttpStatusCode.Forbidden);
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_With_a_mail_server_it_is_mailed_in_the_language_of_the_screen()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        (await it.Kim.Post("/v1/invitations", new { email = "noor@lighthouse.test", language = "de" })).Expect(HttpStatusCode.Created)["mailed"].ShouldBe("True");
        var mail = await sink.To("noor@lighthouse.test");
        mail.ShouldContain("From: Parley <parley@lighthouse.test>");
        mail.ShouldContain("Auto-Submitted: auto-generated");
        mail.ShouldContain("Kim möchte mit Ihnen bei Lighthouse");
        (await it.Stranger().Post("/v1/invitations/accept", new { token = MailSink.Token(mail), name = "Noor", password = Lighthouse.Password })).Expect(HttpStatusCode.Created);
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_Ten_are_mailed_an_hour_and_beyond_that_the_link_is_handed_on()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var noor = await it.Hire("Noor", Role.Admin);
        for (var one = 0; one < 10; one++)
        {
            (await (one % 2 == 0 ? it.Kim : noor).Post("/v1/invitations", new { email = $"guest{one}@lighthouse.test" })).Expect(HttpStatusCode.Created)["mailed"].ShouldBe("True");
        }

        var beyond = (await it.Kim.Post("/v1/invitations", new { email = "ben@lighthouse.test" })).Expect(HttpStatusCode.Created);
        beyond["mailed"].ShouldBe("False");
        // It is one limit for all that goes to strangers.
        (await it.Kim.Post($"/v1/inboxes/{it.Inbox}/snippet", new { to = "web@lighthouse.test" })).Refused(HttpStatusCode.TooManyRequests, "rate.limited");
        (await Accept(it, beyond["url"])).Expect(HttpStatusCode.Created);
        it.Clock.Advance(TimeSpan.FromMinutes(7));
        (await it.Kim.Post("/v1/invitations", new { email = "ravi@lighthouse.test" })).Expect(HttpStatusCode.Created)["mailed"].ShouldBe("True");
        await sink.To("ravi@lighthouse.test");
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_What_cannot_be_mailed_is_tried_again_then_seen_and_sent_by_hand()
    {
        await using var sink = new MailSink { Recipient = "550 nobody of that name" };
        await using var it = await Lighthouse.Open(sink.Settings);
        await it.Kim.Post("/v1/invitations", new { email = "noor@lighthouse.test" });
        Answer lost;
        var tries = 0;
        do
        {
            await Task.Delay(50);
            lost = (await it.Kim.Get("/v1/mails")).Expect(HttpStatusCode.OK);
        }
        while (lost.Body.GetProperty("items").GetArrayLength() == 0 && ++tries < 200);

        var mail = lost.Body.GetProperty("items")[0];
        mail.GetProperty("attempts")[0].GetProperty("outcome").GetString()!.ShouldContain("550 nobody of that name");
        sink.Recipient = "250 yes";
        (await it.Kim.Post($"/v1/mails/{mail.GetProperty("id").GetString()}/retry")).Expect(HttpStatusCode.NoContent);
        (await sink.To("noor@lighthouse.test")).ShouldContain("/join#");
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_Whoever_has_an_account_elsewhere_joins_with_its_password_and_a_refusal_uses_nothing_up()
    {
        await using var it = await Lighthouse.Open();
        var hiring = it.Services.GetRequiredService<Hiring>();
        var (harbour, _) = await hiring.AddWorkspace("Harbour");
        (await hiring.AddAgent("Noor of the harbour", "noor@lighthouse.test", "the harbour's password", Role.Owner, harbour)).Refusal.ShouldBeNull();
        var token = MailSink.Token((await it.Kim.Post("/v1/invitations", new { email = "Noor@lighthouse.test", role = "admin" })).Expect(HttpStatusCode.Created)["url"]);

        using var noor = new Person(it.Address);
        var opened = (await noor.Post("/v1/invitations/open", new { token })).Expect(HttpStatusCode.OK);
        (opened["company"], opened["email"], opened["known"]).ShouldBe(("Lighthouse", "noor@lighthouse.test", "True"));
        // Whoever has the link alone gets into nobody's account, and cannot set its password.
        (await noor.Post("/v1/invitations/accept", new { token, name = "Noor", password = Lighthouse.Password })).Refused(HttpStatusCode.Forbidden, "account.password");
        (await noor.Post("/v1/invitations/accept", new { token, name = " ", password = "the harbour's password" })).Refused(HttpStatusCode.BadRequest, "name.empty");
        var me = (await noor.Post("/v1/invitations/accept", new { token, name = "Noor", password = "the harbour's password" })).Expect(HttpStatusCode.Created);
        (me["name"], me["role"], me["workspace.name"]).ShouldBe(("Noor", "admin", "Lighthouse"));
        (await noor.Post("/v1/invitations/open", new { token })).Refused(HttpStatusCode.Gone, "invitation.gone");
        var harbours = (await it.Stranger().Post("/v1/session", new { email = "noor@lighthouse.test", password = "the harbour's password", workspace = harbour })).Expect(HttpStatusCode.Created);
        (harbours["name"], harbours["role"]).ShouldBe(("Noor of the harbour", "owner"));
    }

    [Fact]
    public async Task Guessing_the_password_of_an_account_by_an_invitation_is_stopped_as_at_the_door()
    {
        await using var it = await Lighthouse.Open(("people.triesPerAccountAndAddress", "3"));
        var hiring = it.Services.GetRequiredService<Hiring>();
        var (harbour, _) = await hiring.AddWorkspace("Harbour");
        await hiring.AddAgent("Noor", "noor@lighthouse.test", "the harbour's password", Role.Owner, harbour);
        var token = MailSink.Token((await it.Kim.Post("/v1/invitations", new { email = "noor@lighthouse.test" }))["url"]);
        for (var guess = 0; guess < 3; guess++)
        {
            (await it.Stranger().Post("/v1/invitations/accept", new { token, name = "Noor", password = $"a wrong guess {guess}" })).Refused(HttpStatusCode.Forbidden, "account.password");
        }

        (await it.Stranger().Post("/v1/invitations/accept", new { token, name = "Noor", password = "the harbour's password" })).Refused(HttpStatusCode.TooManyRequests, "auth.locked");
        it.Clock.Advance(TimeSpan.FromMinutes(16));
        (await it.Stranger().Post("/v1/invitations/accept", new { token, name = "Noor", password = "the harbour's password" })).Expect(HttpStatusCode.Created);
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_An_address_that_joined_meanwhile_is_refused()
    {
        await using var it = await Lighthouse.Open();
        var token = MailSink.Token((await it.Kim.Post("/v1/invitations", new { email = "noor@lighthouse.test" }))["url"]);
        await it.Hire("Noor");
        (await it.Stranger().Post("/v1/invitations/accept", new { token, name = "Noor", password = Lighthouse.Password })).Refused(HttpStatusCode.Conflict, "email.taken");
    }

    [Theory, Trait("row", "OP3")]
    [InlineData("admin", "agent", "admin", true, true)]
    [InlineData("admin", "agent", "admin", false, false)]
    [InlineData("admin", "agent", "supervisor", true, false)]
    [InlineData("owner", "owner", "admin", true, false)]
    [InlineData("owner", "admin", "admin", true, true)]
    public async Task OP3_An_invitation_lives_as_long_as_whoever_made_it_might_still(string by, string to, string became, bool active, bool lives)
    {
        await using var it = await Lighthouse.Open();
        var ravi = await it.Hire("Ravi", Enum.Parse<Role>(by, ignoreCase: true));
        var url = (await ravi.Post("/v1/invitations", new { email = "noor@lighthouse.test", role = to })).Expect(HttpStatusCode.Created)["url"];
        (await it.Kim.Patch($"/v1/agents/{ravi.Id}", new { role = became, active })).Expect(HttpStatusCode.OK);
        // What is gone does not come back with the right to make it.
        (await it.Kim.Patch($"/v1/agents/{ravi.Id}", new { role = by, active = true })).Expect(HttpStatusCode.OK);
        (await it.Kim.Get("/v1/invitations")).Body.GetProperty("items").GetArrayLength().ShouldBe(lives ? 1 : 0);
        var answer = await Accept(it, url);
        (answer.Status == HttpStatusCode.Created).ShouldBe(lives, answer.Text);
    }

    [Fact]
    public async Task With_an_address_for_the_world_all_links_begin_with_it()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open([.. sink.Settings, ("server.publicUrl", "https://chat.lighthouse.test/")]);
        var noor = await it.Hire("Noor");
        (await it.Kim.Post("/v1/invitations", new { email = "ben@lighthouse.test" }))["url"].ShouldStartWith("https://chat.lighthouse.test/join#");
        (await it.Kim.Post($"/v1/agents/{noor.Id}/reset"))["url"].ShouldStartWith("https://chat.lighthouse.test/reset#");
        (await sink.To("ben@lighthouse.test")).ShouldContain("https://chat.lighthouse.test/join#");
    }

    private static Task<Answer> Accept(Lighthouse it, string url) => it.Stranger().Post("/v1/invitations/accept", new { token = MailSink.Token(url), name = "Noor", password = Lighthouse.Password });
}
