using System.Net;
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

    private static Task<Answer> Accept(Lighthouse it, string url) => it.Stranger().Post("/v1/invitations/accept", new { token = MailSink.Token(url), name = "Noor", password = Lighthouse.Password });
}
