using System.Net;
using Parley.Specs.Engines;
using Parley.Tests.Channels.Email;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Channels.Api;

public class MailboxesApiTests
{
    private const string Ben = "ben@example.test";

    [SkippableTheory, Trait("row", "CH9"), Trait("row", "HS4")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task CH9_HS4_An_agent_writes_first_to_an_address_and_what_comes_back_is_the_same_thread(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Harbour.Of(engine.Url);
        var box = (await it.Kim.Get("/v1/mailboxes")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Single();
        (box.GetProperty("inbox").GetString(), box.GetProperty("address").GetString()).ShouldBe((it.Inbox, Harbour.Address));
        var begun = (await Begin(it, new { clientId = "b", to = new { address = "Ben@Example.test", name = "Ben" }, content = Said("Your oars are here.", new { subject = "Your oars", cc = new[] { new { address = "ana@example.test" } } }) })).Expect(HttpStatusCode.Created);
        var thread = begun["conversation.id"];
        var letter = (await it.Letters())[0];
        (letter.Subject, letter.To.Single().Address, letter.To.Single().Name, letter.Cc.Single().Address).ShouldBe(("Your oars", Ben, "Ben", "ana@example.test"));
        (letter.InReplyTo.Count, letter.AutoSubmitted).ShouldBe((0, null));
        // Said again it is the same.
        (await Begin(it, new { clientId = "b", to = new { address = "Ben@Example.test", name = "Ben" }, content = Said("Your oars are here.", new { subject = "Your oars", cc = new[] { new { address = "ana@example.test" } } }) })).Expect(HttpStatusCode.OK)["conversation.id"].ShouldBe(thread);

        var seen = (await it.Kim.Get($"/v1/conversations/{thread}")).Expect(HttpStatusCode.OK);
        var contact = (await it.Kim.Get($"/v1/contacts/{seen["contact.id"]}")).Expect(HttpStatusCode.OK);
        (contact["name"], contact["email"]).ShouldBe(("Ben", Ben));
        contact.Text.ShouldNotContain("\"verified\":true", customMessage: "Nobody has proven that it is his.");
        await it.Comes($"Ben <{Ben}>", "Thank you!", "Re: Your oars", answers: letter.MessageId);
        await Harbour.Until(async () => (await it.Said(thread)).Contains("Thank you!"));
        await it.Answer(thread, "Welcome.");
        (await it.Letters(2))[1].Subject.ShouldBe("Re: Your oars");

        // A second matter is a second conversation, with the same person, and what they write of themselves is theirs.
        var second = (await Begin(it, new { to = new { address = Ben }, content = Said("And your sail.", new { subject = "Your sail" }) })).Expect(HttpStatusCode.Created)["conversation.id"];
        second.ShouldNotBe(thread);
        (await it.Kim.Get($"/v1/conversations/{second}"))["contact.id"].ShouldBe(seen["contact.id"]);
        var third = (await Begin(it, new { contact = seen["contact.id"], content = Said("And your anchor.", new { subject = "Your anchor" }) })).Expect(HttpStatusCode.Created)["conversation.id"];
        (await it.Letters(4))[3].To.Single().Address.ShouldBe(Ben);
        await it.Comes(Ben, "A new question.", "Ropes");
        var own = await it.Thread("A new question.");
        new[] { thread, second, third }.ShouldNotContain(own);
        (await it.Kim.Get($"/v1/conversations/{own}"))["contact.id"].ShouldBe(seen["contact.id"]);
    }

    [Fact]
    public async Task What_cannot_be_begun_says_why_and_nothing_goes_out()
    {
        await using var it = await Harbour.Of();
        (await Begin(it, new { to = new { address = "no address" }, content = Said("Hello", new { subject = "Hello" }) })).Refused(HttpStatusCode.BadRequest, "email.invalid");
        (await Begin(it, new { to = new { address = "Support+x@lighthouse.test" }, content = Said("Hello", new { subject = "Hello" }) })).Refused(HttpStatusCode.BadRequest, "mail.own");
        (await Begin(it, new { content = Said("Hello", new { subject = "Hello" }) })).Refused(HttpStatusCode.BadRequest, "mail.invalid");
        var nothing = await Begin(it, new { to = new { address = Ben }, content = Said("Hello", new { subject = " " }) });
        nothing.Refused(HttpStatusCode.BadRequest, "mail.invalid");
        nothing.Text.ShouldContain("content.mail.subject");
        (await Begin(it, new { to = new { address = Ben }, content = Said("Hello", new { subject = "Hello", cc = new[] { new { address = "a b" } } }) })).Refused(HttpStatusCode.BadRequest, "mail.invalid");
        var ana = await it.House.Ana();
        await ana.Write("Hello from the web");
        (await Begin(it, new { contact = ana.Visitor, content = Said("Hello", new { subject = "Hello" }) })).Refused(HttpStatusCode.Conflict, "contact.unreachable");
        (await it.Kim.Post($"/v1/mailboxes/{it.House.Inbox}/conversations", new { to = new { address = Ben }, content = Said("Hello", new { subject = "Hello" }) })).Refused(HttpStatusCode.NotFound, "inbox.unknown");
        await it.Comes(Ben, "Buy my boat", "Boat");
        var thread = await it.Thread("Buy my boat");
        (await it.Kim.Put($"/v1/contacts/{(await it.Kim.Get($"/v1/conversations/{thread}"))["contact.id"]}/block", new { })).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NoContent);
        (await Begin(it, new { to = new { address = Ben }, content = Said("Hello", new { subject = "Hello" }) })).Refused(HttpStatusCode.Conflict, "start.blocked");
        it.Sink.Whole.ShouldBeEmpty();
    }

    [Fact, Trait("row", "CH9")]
    public async Task CH9_A_mail_is_passed_on_with_its_files_and_nothing_else_of_its_thread()
    {
        await using var it = await Harbour.Of();
        await it.Comes("Ana <ana@example.test>", "A secret of before.", "Sail", id: "a1@example.test");
        var thread = await it.Thread("A secret of before.");
        var file = await it.Upload("plan.txt", "text/plain", "two masts"u8.ToArray());
        var seq = await it.Answer(thread, "Here is the plan, Ana.", files: [file]);
        await it.Letters();
        var body = new { seq, to = new { address = Ben, name = "Ben" }, text = "Can you build that?", clientId = "f" };
        var into = (await it.Kim.Post($"/v1/conversations/{thread}/forward", body)).Expect(HttpStatusCode.Created)["conversation.id"];
        var letter = (await it.Letters(2))[1];
        (letter.Subject, letter.To.Single().Address).ShouldBe(("Fwd: Sail", Ben));
        letter.Text!.ReplaceLineEndings("\n").ShouldMatch(@"^Can you build that\?\n\n---------- Forwarded message ----------\nFrom: Kim\nDate: [-0-9]+ [0-9:]+\n\nHere is the plan, Ana\.\n$");
        letter.Body.All().Single(part => part.Name is not null).Name.ShouldBe("plan.txt");
        it.Sink.Whole.Last().ShouldNotContain("secret");
        letter.References.ShouldBeEmpty("It is no part of that thread.");
        (await it.Kim.Post($"/v1/conversations/{thread}/forward", body)).Expect(HttpStatusCode.OK)["conversation.id"].ShouldBe(into);
        (await Notes(it, thread)).ShouldHaveSingleItem()!.ShouldMatch($"^Forwarded to Ben <{Ben}>: .*{into}$");
        (await Notes(it, into)).ShouldHaveSingleItem()!.ShouldMatch($"^Forwarded from .*{thread}$");

        // What he answers is his thread's, and hers goes on without it.
        await it.Comes(Ben, "I can.", "Re: Fwd: Sail", answers: letter.MessageId);
        await Harbour.Until(async () => (await it.Said(into)).Contains("I can."));
        (await it.Said(thread)).ShouldNotContain("I can.");

        // Theirs says who wrote it; without files where none are wished, and of what is not there nothing.
        await it.Comes("Ana <ana@example.test>", "Who builds it?", "Re: Sail", answers: "x@example.test", more: "References: <a1@example.test>\r\n");
        await Harbour.Until(async () => (await it.Said(thread)).Contains("Who builds it?"));
        var hers = (await it.Entries(thread)).Last(entry => entry.GetProperty("type").GetString() == "message").GetProperty("seq").GetInt64();
        (await it.Kim.Post($"/v1/conversations/{thread}/forward", new { seq = hers, to = new { address = "noor@example.test" }, files = Array.Empty<string>() })).Expect(HttpStatusCode.Created);
        (await it.Letters(3))[2].Text!.ShouldContain("From: Ana <ana@example.test>");
        (await it.Kim.Post($"/v1/conversations/{thread}/forward", new { seq = 999, to = new { address = Ben } })).Refused(HttpStatusCode.NotFound, "message.unknown");
        (await it.Kim.Post($"/v1/conversations/{thread}/forward", new { seq, to = new { address = Harbour.Address } })).Refused(HttpStatusCode.BadRequest, "mail.own");
    }

    [Fact]
    public async Task Passed_on_again_nothing_is_copied_again_and_who_writes_to_very_many_has_to_wait()
    {
        await using var it = await Harbour.Of(settings: [("rate.firstMailsPerHour", "6")]);
        await it.Comes("Ana <ana@example.test>", "Can you?", "Sail");
        var thread = await it.Thread("Can you?");
        var file = await it.Upload("plan.txt", "text/plain", "two masts"u8.ToArray());
        var seq = await it.Answer(thread, "Here is the plan.", files: [file]);
        await it.Letters();
        var body = new { seq, to = new { address = Ben }, clientId = "f" };
        (await it.Kim.Post($"/v1/conversations/{thread}/forward", body)).Expect(HttpStatusCode.Created);
        var files = Files(it);
        (await it.Kim.Post($"/v1/conversations/{thread}/forward", body)).Expect(HttpStatusCode.OK);
        Files(it).ShouldBe(files);

        var many = Enumerable.Range(0, 4).Select(n => new { address = $"n{n}@example.test" }).ToArray();
        // What is refused takes nothing of it.
        (await Begin(it, new { to = new { address = "nobody" }, content = Said("Hello", new { subject = "Hello", cc = many }) })).Refused(HttpStatusCode.BadRequest, "email.invalid");
        (await Begin(it, new { to = new { address = Ben }, content = new { type = "text", text = "", mail = new { subject = "Hello", cc = many } } })).Refused(HttpStatusCode.BadRequest, "content.empty");
        var first = new { to = new { address = Ben }, content = Said("Hello", new { subject = "Hello", cc = many }), clientId = "first" };
        (await Begin(it, first)).Expect(HttpStatusCode.Created);
        var wait = (await it.Kim.Post($"/v1/conversations/{thread}/forward", new { seq, to = new { address = "noor@example.test" } })).Refused(HttpStatusCode.TooManyRequests, "rate.limited");
        wait.Headers.RetryAfter.ShouldNotBeNull();
        // Who said it before hears again what became of it, and what is wrong is said to be wrong: only what would go out waits.
        (await it.Kim.Post($"/v1/conversations/{thread}/forward", body)).Expect(HttpStatusCode.OK);
        (await Begin(it, first)).Expect(HttpStatusCode.OK);
        (await Begin(it, new { to = new { address = Harbour.Address }, content = Said("Hello", new { subject = "Hello" }) })).Refused(HttpStatusCode.BadRequest, "mail.own");
        (await Begin(it, new { to = new { address = Ben }, content = new { type = "text", text = "", mail = new { subject = "Hello" } } })).Refused(HttpStatusCode.BadRequest, "content.empty");
        (await it.Kim.Post($"/v1/conversations/{thread}/transcript", new { to = Ben })).Refused(HttpStatusCode.TooManyRequests, "rate.limited");
        it.Clock.Advance(TimeSpan.FromHours(1));
        (await it.Kim.Post($"/v1/conversations/{thread}/forward", new { seq, to = new { address = "noor@example.test" } })).Expect(HttpStatusCode.Created);
    }

    private static int Files(Harbour it) => Directory.EnumerateFiles(Path.Combine(it.House.Folder, "files"), "*", SearchOption.AllDirectories).Count();

    [Fact]
    public async Task What_was_corrected_is_passed_on_as_it_was_corrected()
    {
        await using var it = await Harbour.Of();
        await it.Comes("Ana <ana@example.test>", "Where do I pay?", "Sail");
        var thread = await it.Thread("Where do I pay?");
        var seq = await it.Answer(thread, "To account 1.");
        await it.Letters();
        (await it.Kim.Patch($"/v1/conversations/{thread}/messages/{seq}", new { content = new { type = "text", text = "To account 2." } })).Expect(HttpStatusCode.OK);
        (await it.Kim.Post($"/v1/conversations/{thread}/forward", new { seq, to = new { address = Ben } })).Expect(HttpStatusCode.Created);
        var letter = (await it.Letters(2))[1];
        letter.Text!.ShouldContain("To account 2.");
        letter.Text!.ShouldNotContain("account 1");
    }

    [Fact]
    public async Task With_somebody_who_is_not_seen_and_to_an_address_that_is_anothers_nothing_is_begun()
    {
        await using var it = await Harbour.Of();
        await it.Comes($"Ben <{Ben}>", "Hello from Ben", "Boat");
        await it.Comes("Ana <ana@example.test>", "Hello from Ana", "Sail");
        var ana = (await it.Kim.Get($"/v1/conversations/{await it.Thread("Hello from Ana")}"))["contact.id"];
        var hello = Said("Hello", new { subject = "Hello" });
        (await Begin(it, new { contact = ana, to = new { address = Ben }, content = hello })).Refused(HttpStatusCode.BadRequest, "email.invalid");
        (await Begin(it, new { contact = "cnt_01000000000000000000000000", to = new { address = "new@example.test" }, content = hello })).Refused(HttpStatusCode.NotFound, "contact.unknown");
        var begun = (await Begin(it, new { contact = ana, to = new { address = "ana@work.example" }, content = hello })).Expect(HttpStatusCode.Created);
        (await it.Kim.Get($"/v1/conversations/{begun["conversation.id"]}"))["contact.id"].ShouldBe(ana);
    }

    [Fact]
    public async Task Only_who_may_use_the_inbox_begins_there()
    {
        await using var it = await Harbour.Of();
        var team = (await it.Kim.Post("/v1/teams", new { name = "Mailers" })).Expect(HttpStatusCode.Created)["id"];
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        var noor = await it.House.Hire("Noor", Role.Agent);
        (await noor.Get("/v1/mailboxes")).Expect(HttpStatusCode.OK).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await noor.Post($"/v1/mailboxes/{it.Inbox}/conversations", new { to = new { address = Ben }, content = Said("Hello", new { subject = "Hello" }) })).Refused(HttpStatusCode.NotFound, "inbox.unknown");
    }

    private static object Said(string text, object mail) => new { type = "text", text, mail };

    private static Task<Parley.Tests.Cast.Answer> Begin(Harbour it, object body) => it.Kim.Post($"/v1/mailboxes/{it.Inbox}/conversations", body);

    private static async Task<List<string?>> Notes(Harbour it, string thread) => [.. (await it.Entries(thread)).Where(entry => entry.GetProperty("type").GetString() == "note").Select(entry => entry.GetProperty("text").GetString())];
}
