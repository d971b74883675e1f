using Microsoft.Extensions.DependencyInjection;
using Parley.Notifications;
using Parley.Platform.Keys;
using Parley.Platform.Mail;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Notifications;

public sealed class ReplyAddressTests
{
    [Fact]
    public async Task An_answer_to_the_mail_names_its_conversation_by_an_address_that_nobody_else_can_make()
    {
        await using var sink = new MailSink();
        await using var it = await Lighthouse.Open(sink.Settings);
        var (_, thread) = await AnswerMailTests.Wrote(it);
        await AnswerMailTests.Say(it, thread, "Hello?");
        await AnswerMailTests.Read(it);
        it.Clock.Advance(AnswerMailTests.Wait);
        var address = AnswerMailTests.Header(await sink.To(AnswerMailTests.Ana), "Reply-To").Trim('<', '>');
        address.ShouldStartWith("parley+");
        var keys = it.Services.GetRequiredService<KeyRing>();
        ReplyAddress.Read(keys, address).ShouldBe(ConversationId.Parse(thread));
        ReplyAddress.Read(keys, address.ToUpperInvariant()).ShouldBe(ConversationId.Parse(thread));
        await keys.Rotate();
        ReplyAddress.Read(keys, address).ShouldBe(ConversationId.Parse(thread));
        var changed = address[..20] + (address[20] == '0' ? '1' : '0') + address[21..];
        ReplyAddress.Read(keys, changed).ShouldBeNull();
        ReplyAddress.Read(keys, "parley@lighthouse.test").ShouldBeNull();

        // A mailbox may have a + of its own, and be as long as the settings let it be.
        var id = ConversationId.Parse(thread);
        ReplyAddress.Read(keys, ReplyAddress.Of(keys, "desk+answers@lighthouse.test", id)!).ShouldBe(id);
        var longest = new string('a', MailSettings.LongestMailbox);
        ReplyAddress.Of(keys, $"{longest}@lighthouse.test", id)!.IndexOf('@').ShouldBe(64);
        ReplyAddress.Of(keys, $"{longest}a@lighthouse.test", id).ShouldBeNull();
        var settings = new MailSettings("localhost", From: "parley@lighthouse.test");
        (settings with { ReplyTo = $"{longest}@lighthouse.test" }).Flaw.ShouldBeNull();
        (settings with { ReplyTo = $"{longest}a@lighthouse.test" }).Flaw.ShouldNotBeNull().ShouldContain("mail.replyTo");
        (settings with { From = $"{longest}a@lighthouse.test" }).Answerable.ShouldBeFalse();
    }
}
