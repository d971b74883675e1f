using System.Collections.Immutable;
using Parley.Channels;
using Parley.Channels.Email.Sending;
using Parley.Conversations;
using Parley.Platform.Mail;
using Parley.Platform.Mail.Reading;
using Parley.Tests.Conversations;
using Shouldly;

namespace Parley.Tests.Channels.Email.Sending;

/// <summary>Letters as they travel, read back as any mail is.</summary>
public class LetterMakingTests
{
    private const string Shop = "support@lighthouse.test";

    [Fact, Trait("row", "CH9")]
    public async Task CH9_An_answer_has_its_thread_its_words_and_what_it_answers()
    {
        var letter = LetterMaking.Of(Says("Ihr **Segel** ist fertig.", "markdown"), Scene(Came(1, "a1@example.test", "Ist es fertig?", "AW: Re: Grüße vom Segel")) with { Language = "de", Signature = "Kim\nSegelmacherin" });
        var mail = await Read(letter);
        mail.From.ShouldHaveSingleItem().ShouldBe(new Mailbox("Kim via Lighthouse", Shop));
        mail.ReplyTo.ShouldHaveSingleItem().Address.ShouldBe("support+token@lighthouse.test");
        mail.To.ShouldHaveSingleItem().ShouldBe(new Mailbox("Ana", "ana@example.test"));
        mail.Subject.ShouldBe("Re: Grüße vom Segel");
        (mail.MessageId, mail.InReplyTo.Single(), string.Join(' ', mail.References)).ShouldBe(("m5@lighthouse.test", "a1@example.test", "a1@example.test"));
        mail.AutoSubmitted.ShouldBeNull("A person wrote it.");
        mail.Text!.ReplaceLineEndings("\n").ShouldBe("Ihr **Segel** ist fertig.\n\n-- \nKim\nSegelmacherin\nLighthouse, at the quay\n\nAm 2026-03-02 um 12:00 schrieb Ana <ana@example.test>:\n> Ist es fertig?\n");
        mail.Page!.ShouldContain("<p dir=\"auto\">Ihr <strong>Segel</strong> ist fertig.</p>");
        mail.Page!.ShouldContain("<blockquote type=\"cite\"");
        // Who answers it sends back no more than what they write, as far as their program quotes as ours does.
        Visible.Read(mail).Text.ShouldBe("Ihr **Segel** ist fertig.");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("nl")]
    [InlineData("es")]
    public async Task What_is_quoted_is_found_again_in_every_language(string language)
    {
        var mail = await Read(LetterMaking.Of(Says("Yes, it is."), Scene(Came(1, "a1@example.test", "Is it\n\nready?\n> said who?", "Sail")) with { Language = language }));
        Visible.Read(mail).Text.ShouldBe("Yes, it is.");
        mail.Text!.ReplaceLineEndings("\n").ShouldEndWith("\n> Is it\n>\n> ready?\n>> said who?\n");
    }

    [Fact]
    public async Task A_first_letter_has_the_subject_that_was_given_and_one_that_nobody_gave_says_whose_it_is()
    {
        (await Read(LetterMaking.Of(Says("Hello", mail: new Mailed { Subject = "Your order" }), Scene()))).Subject.ShouldBe("Your order");
        (await Read(LetterMaking.Of(Says("Hello"), Scene() with { Language = "nl" }))).Subject.ShouldBe("Uw gesprek met Lighthouse");
        var second = await Read(LetterMaking.Of(Says("Hello again"), Scene(Went(2, "w2@lighthouse.test", new Mailed { Subject = "Your order" }))));
        (second.Subject, second.InReplyTo.Single()).ShouldBe(("Re: Your order", "w2@lighthouse.test"));
        second.Text!.ShouldNotContain("wrote:", customMessage: "Our own words are not quoted to them.");
    }

    [Fact]
    public void Who_has_the_mails_of_a_thread_gets_the_next_and_nobody_twice()
    {
        var (ben, noor) = (new MailAddress("ben@example.test", "Ben"), new MailAddress("noor@example.test"));
        var came = Came(1, "a1@example.test", "Hello", "Sail") with { Mail = new Mailed { Subject = "Sail", To = [new("Support+abc@lighthouse.test"), ben], Cc = [new("ANA@example.test"), noor, new("Ben@example.test")] } };
        var all = LetterMaking.Of(Says("Hi"), Scene(came));
        all.Cc.Select(one => one.Address).ShouldBe(["ben@example.test", "noor@example.test"]);
        // As the agent had it last.
        LetterMaking.Of(Says("Hi"), Scene(came, Went(2, "w2@lighthouse.test", new Mailed { Cc = [noor] }))).Cc.ShouldBe([new LetterPerson("noor@example.test")]);
        LetterMaking.Of(Says("Hi"), Scene(came, Went(2, "w2@lighthouse.test", new Mailed { Cc = [] }))).Cc.ShouldBeEmpty();
        // As the agent says it.
        var said = LetterMaking.Of(Says("Hi", mail: new Mailed { To = [new("ana@example.test"), ben], Cc = [noor, ben], Bcc = [new("boss@example.test"), noor] }), Scene(came));
        (said.Others.Single().Address, said.Cc.Single().Address, said.Bcc.Single()).ShouldBe(("ben@example.test", "noor@example.test", "boss@example.test"));
        // What nobody knows came from them changes nothing for anybody.
        LetterMaking.Of(Says("Hi"), Scene(came, Came(3, "x@evil.test", "Me too", "Sail") with { Mail = new Mailed { From = new("eve@evil.test"), Unverified = true } })).Cc.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_no_person_wrote_says_so()
    {
        (await Read(LetterMaking.Of(Says("Thank you") with { Human = false, By = "Robot" }, Scene(Came(1, "a1@example.test", "Hello", "Sail"))))).AutoSubmitted.ShouldBe("auto-replied");
        var first = await Read(LetterMaking.Of(Says("Thank you") with { Human = false, By = "Robot" }, Scene()));
        (first.AutoSubmitted, first.From.Single().Name).ShouldBe(("auto-generated", "Lighthouse"));
        new ThreadMails([Came(1, "a1@example.test", "Away", "Sail") with { Mail = new Mailed { Automatic = "reply" } }]).IsAutomatic.ShouldBeTrue();
        new ThreadMails([Came(1, "a1@example.test", "Away", "Sail") with { Mail = new Mailed { Automatic = "reply" } }, Came(2, "a2@example.test", "Back", "Sail")]).IsAutomatic.ShouldBeFalse();
    }

    [Fact]
    public async Task Pictures_stand_in_the_letter_and_files_beside_it_by_names_of_any_script()
    {
        var mail = await Read(LetterMaking.Of(Says("Look"), Scene() with
        {
            Pictures = [new Inline("fil_1@lighthouse.test", "image/png", [1, 2, 3]) { Name = "帆.png" }],
            Files = [new LetterFile("Größe & Maß.pdf", "application/pdf", () => new MemoryStream([4, 5, 6, 7]))],
        }));
        mail.Page!.ShouldContain("<img src=\"cid:fil_1@lighthouse.test\"");
        mail.Body.All().Single(part => part.Type == "image/png").Name.ShouldBe("帆.png");
        mail.Body.All().Single(part => part.Type == "application/pdf").Name.ShouldBe("Größe & Maß.pdf");
    }

    private static Outbound Says(string text, string? format = null, Mailed? mail = null) => new("dlv_1", "ana@example.test", new OutboundPart(text))
    {
        Conversation = default,
        Seq = 5,
        At = Story.Noon,
        By = "Kim",
        Content = new Content("text", text, format) { Mail = mail },
    };

    private static ThreadMail Came(long seq, string id, string text, string subject) => new(seq, Ours: false, id, new Mailed { Subject = subject }, "Ana <ana@example.test>", text, new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

    private static ThreadMail Went(long seq, string id, Mailed? mail) => new(seq, Ours: true, id, mail, "Kim", "Before", Story.Noon);

    private static MailScene Scene(params ThreadMail[] mails) => new()
    {
        Sender = new(Shop, "Lighthouse", "Lighthouse, at the quay"),
        Mails = new([.. mails]),
        Customer = "Ana",
        Telling = Telling.Plain with { Zone = "UTC" },
        MessageId = "m5@lighthouse.test",
        ReplyTo = "support+token@lighthouse.test",
    };

    private static async Task<ReadMail> Read(Letter letter) => MailReader.Read(await letter.Bytes(Shop, Guid.CreateVersion7(), Story.Noon));
}
