using System.Net;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Notifications;

public sealed class AnswerLetterTests
{
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=");

    [Fact, Trait("row", "SN1")]
    public async Task SN1_A_mail_says_what_the_inbox_or_its_brand_words_anew_in_the_brands_colour_with_its_logo()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var brand = (await it.Kim.Get("/v1/brands")).Body.GetProperty("items")[0].GetProperty("id").GetString();
        var logo = (await it.Kim.Upload("/v1/files", "logo.png", "image/png", Png)).Expect(HttpStatusCode.Created)["id"];
        var texts = new { en = new Dictionary<string, string> { ["mail.subject"] = "{brand} has answered", ["mail.reason"] = "Because you asked <us>." } };
        (await it.Kim.Patch($"/v1/brands/{brand}", new { color = "#b91c1c", logo, texts })).Expect(HttpStatusCode.OK);
        var own = new Dictionary<string, string> { ["mail.subject"] = "Ahoy from {brand}", ["mail.helloName"] = "Ahoy {name}!", ["mail.wrote"] = "{who} says:", ["mail.button"] = "Aboard" };
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { texts = new { en = own } })).Expect(HttpStatusCode.OK);
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { texts = new { en = new Dictionary<string, string> { ["mail.helloName"] = "Ahoy!" } } })).Refused(HttpStatusCode.BadRequest, "texts.invalid");

        var (_, thread) = await AnswerMailTests.Wrote(it);
        await AnswerMailTests.Say(it, thread, "It is <b>ready</b> & waits.");
        await AnswerMailTests.Read(it);
        it.Clock.Advance(AnswerMailTests.Wait);
        var mail = (await sink.To(AnswerMailTests.Ana)).ReplaceLineEndings("\n");
        AnswerMailTests.Decoded(AnswerMailTests.Header(mail, "Subject")).ShouldBe("Ahoy from Lighthouse");
        mail.ShouldContain("Ahoy Ana!\n\nKim says:\n\n    It is <b>ready</b> & waits.\n");
        mail.ShouldContain("Because you asked <us>.\n");

        var whole = sink.Whole.Single();
        var page = MailSink.Page(whole);
        page.ShouldContain("border-top:6px solid #b91c1c");
        page.ShouldContain("background:#b91c1c;color:#ffffff");
        page.ShouldContain(">Aboard</a>");
        page.ShouldContain($"href=\"{it.Address}t#{MailSink.Token(mail)}\"");
        page.ShouldContain("It is &lt;b&gt;ready&lt;/b&gt; &amp; waits.");
        page.ShouldContain("Because you asked &lt;us&gt;.");
        page.ShouldContain("<img src=\"cid:logo\" alt=\"Lighthouse\"");
        page.Split("http").Length.ShouldBe(2, "Nothing is fetched: only the link leads somewhere.");
        whole.ShouldContain(Convert.ToBase64String(Png)[..76]);

        // No widget carries what only a mail says.
        (await it.Stranger().Get($"/v1/widget/inboxes/{it.Inbox}")).Text.ShouldNotContain("mail.");
        var said = (await it.Kim.Get("/v1/texts")).Body.GetProperty("items").EnumerateArray().First(each => each.GetProperty("language").GetString() == "de" && each.GetProperty("voice").GetString() == "formal");
        said.GetProperty("mailed").GetProperty("mail.wrote").GetString().ShouldBe("{who} hat Ihnen geschrieben:");
        (await it.Kim.Get("/v1/mails"))["afterSeconds"].ShouldBe("180");
    }
}
