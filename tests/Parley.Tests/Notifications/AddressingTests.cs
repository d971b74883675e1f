using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Parley.Contacts;
using Parley.Log;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Notifications;

/// <summary>Who is written to, and by what name.</summary>
public sealed class AddressingTests
{
    [Fact]
    public async Task An_answer_in_a_thread_that_stays_hidden_from_whom_the_guest_became_goes_to_the_guest_alone()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var guest = await it.Ana();
        var contact = ContactId.Parse(guest.Visitor!);
        var (before, asked) = (await guest.Write("Nobody's business of hers."), await guest.Write("I left my address."));
        it.Clock.Advance(TimeSpan.FromMinutes(40));
        // Somebody else sits down at the same browser, writes, and then says who they are.
        var hers = await guest.Write("Where is my parcel?");
        (await guest.Begin(it.Vouch("ana-1", "Ana", AnswerMailTests.Ana))).Expect(HttpStatusCode.Created);
        (await guest.Threads()).ShouldBe([hers]);
        await AnswerMailTests.Say(it, before, "As you asked in confidence.");
        await AnswerMailTests.Say(it, hers, "It is under way.");
        await AnswerMailTests.Read(it);
        it.Clock.Advance(AnswerMailTests.Wait);
        (await sink.To(AnswerMailTests.Ana)).ShouldContain("It is under way.");
        await AnswerMailTests.Quiet();
        sink.Mails.ShouldHaveSingleItem();

        // Had the guest said where to write to, it goes there, and the link opens it for them though not for her.
        (await it.Services.GetRequiredService<Desk>().Handle(new Describe(new Origin(it.Workspace, Author.System, "d"), contact, new Described(Source.Typed, "Guest", "guest@example.test")))).Accepted.ShouldBeTrue();
        await AnswerMailTests.Say(it, asked, "Here it is.");
        await AnswerMailTests.Read(it);
        it.Clock.Advance(AnswerMailTests.Wait);
        var mail = await sink.To("guest@example.test");
        mail.ShouldContain("Here it is.");
        // In words: what is random in a mail (its links, its boundaries) may spell anything.
        Regex.Replace(mail, @"\S{20,}", "").ShouldNotContain("Ana");
        var opened = (await it.Stranger().Post("/v1/links/open", new { token = MailSink.Token(mail).Split('.')[0] })).Expect(HttpStatusCode.OK);
        var elsewhere = it.Browser();
        elsewhere.Resume = opened["resume"];
        var session = (await elsewhere.Begin()).Expect(HttpStatusCode.Created);
        (session["visitor.email"], session["visitor.name"]).ShouldBe(("guest@example.test", "Guest"));
        (await elsewhere.Threads()).ShouldBe([asked]);
        (await elsewhere.Read(hers)).Refused(HttpStatusCode.NotFound, "conversation.unknown");
    }

    [Theory]
    [InlineData("Ana O’Hara-Núñez", "Hello Ana O’Hara-Núñez,")]
    [InlineData("You won: www.evil.test", "Hello,")]
    [InlineData("Call 0900 123", "Hello,")]
    [InlineData("You have been chosen to get a prize from us today", "Hello,")]
    public async Task A_name_that_was_only_typed_greets_only_if_it_can_be_nothing_else(string name, string greeting)
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var ana = await it.Ana();
        (await ana.Patch("/v1/widget/me", new { name, email = AnswerMailTests.Ana })).Expect(HttpStatusCode.OK);
        var thread = await ana.Write("Hello?");
        await AnswerMailTests.Say(it, thread, "An answer.");
        await AnswerMailTests.Read(it);
        it.Clock.Advance(AnswerMailTests.Wait);
        (await sink.To(AnswerMailTests.Ana)).ReplaceLineEndings("\n").ShouldContain($"\n\n{greeting}\n\n");
    }
}
