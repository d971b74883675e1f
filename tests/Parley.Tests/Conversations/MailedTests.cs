using System.Collections.Immutable;
using Parley.Contacts;
using Parley.Conversations;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class MailedTests
{
    private static readonly FileCard Page = new(FileId.Parse("fil_0000000000000000000000000a"), "mail.html", 10, "text/html");

    [Fact]
    public void A_mail_may_be_about_something_and_have_others_in_it()
    {
        var mail = new Mailed { Subject = "The sail", Cc = [new("ben@example.test", "Ben")], Bcc = [new("kim@lighthouse.test")], Folded = "> before" };
        Content.Flaw(Content.Of("Hello") with { Mail = mail }).ShouldBeNull();
        AnaWrote().When(new Post(ByKim, It, Content.Of("Yes!") with { Mail = mail }, Blended)).Then(new Message(Content.Of("Yes!") with { Mail = mail }), new Accepted(Kim, "answer"));
    }

    [Theory]
    [InlineData("two\nlines", null, "mail.subject")]
    [InlineData(null, "nobody", "mail.cc[0].address")]
    [InlineData(null, "ana@example.test, ben@example.test", "mail.cc[0].address")]
    [InlineData(null, "ana@example.test\r\nBcc: all", "mail.cc[0].address")]
    public void What_no_mail_can_have_is_refused_with_the_field(string? subject, string? cc, string field)
    {
        var refused = Content.Flaw(Content.Of("Hello") with { Mail = new Mailed { Subject = subject, Cc = cc is null ? null : [new(cc)] } }).ShouldNotBeNull();
        refused.Code.ShouldBe("mail.invalid");
        refused.Errors.ShouldContain(flaw => flaw.Field == field);
    }

    [Fact]
    public void What_came_in_is_cut_to_what_may_stand_in_a_thread()
    {
        var long_ = new Mailed { Subject = new string('s', 900) + "\n", To = [.. Enumerable.Range(0, 90).Select(n => new MailAddress($"p{n}@example.test", "P\0"))], Cc = [new("no address")], Folded = new string('f', 200_000) };
        var cut = long_.Cut();
        (cut.Subject!.Length, cut.To!.Value.Length, cut.Cc, cut.Folded!.Length).ShouldBe((500, 50, null, 100_000));
        Content.Flaw(Content.Of("Hello") with { Mail = cut }).ShouldBeNull();
        new Mailed { Subject = new string('s', 499) + "⛵🚢" }.Cut().Subject!.Length.ShouldBe(500);
        new Mailed { Subject = new string('s', 499) + "🚢" }.Cut().Subject!.Length.ShouldBe(499, "No half of a character.");
    }

    [Theory]
    [InlineData("MAILER-DAEMON")]
    [InlineData("\"ana b\"@example.test")]
    [InlineData("root\n")]
    public void Who_wrote_it_may_have_no_address_as_others_have(string address) =>
        Content.Flaw(Content.Of("Hello") with { Mail = new Mailed { From = new(address), Unverified = true }.Cut() }).ShouldBeNull();

    [Fact]
    public void A_customer_reads_that_somebody_else_wrote_and_not_who()
    {
        var content = new System.Text.Json.Nodes.JsonObject { ["mail"] = new System.Text.Json.Nodes.JsonObject { ["subject"] = "The sail", ["from"] = new System.Text.Json.Nodes.JsonObject { ["address"] = "ben@example.test" } } };
        Mailed.Strip(content);
        content.ToJsonString().ShouldBe("""{"mail":{"subject":"The sail","other":true}}""");
    }

    [Fact]
    public void The_page_of_a_mail_is_of_its_thread_like_any_file()
    {
        var content = Content.Of("Hello") with { Mail = new Mailed { Page = Page } };
        content.AllFiles.ShouldBe([Page]);
        Posting.Takes(It, content).Single().Key.ShouldBe(FileStore.ClaimKey(Page.Id));
    }

    [Fact]
    public void What_a_program_answered_wakes_nobody()
    {
        var away = Content.Of("I am away.") with { Mail = new Mailed { Automatic = "reply" } };
        var closed = AnaWrote().Given(ByKim, new Closed("manual"));
        closed.When(new Post(ByAna, It, away, Blended)).Then(new Message(away), new Thanked(closed.Seq + 1));
    }
}
