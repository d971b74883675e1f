using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Parley.Channels;
using Parley.Channels.Email.Reading;
using Parley.Channels.Receiving;
using Parley.Platform.Mail.Threads;
using Parley.Platform.Store;
using Parley.Tests.Channels.Email;
using Shouldly;

namespace Parley.Tests.Channels.Receiving;

public class TakingTests
{
    [Fact]
    public async Task What_waited_while_nobody_fetched_is_no_flood()
    {
        await using var it = await Letterbox.Of();
        var (arrivals, came) = (it.House.Services.GetRequiredService<Arrivals>(), it.House.Clock.GetUtcNow() - TimeSpan.FromHours(2));
        var said = ImmutableSortedDictionary<string, string>.Empty.Add(EmailReading.Received, came.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        for (var n = 0; n <= MailGuard.Flood; n++)
        {
            await arrivals.Keep(InboxId.Parse(it.Inbox), new RawRequest(EmailReading.Imap, EmailHooks.Mime, said, ImmutableSortedDictionary<string, string>.Empty, Encoding.UTF8.GetBytes($"From: ana@example.test\r\nTo: {Letterbox.Address}\r\nMessage-ID: <{n}@example.test>\r\n\r\nMail {n}.\r\n")));
        }

        var database = it.House.Services.GetRequiredService<Database>();
        await Letterbox.Until(async () => await database.Read(session => session.One<long>("select count(*) from entries where type = 'message'")) == MailGuard.Flood + 1);
        // Nor is the next of them one.
        await it.Hand("From: ana@example.test\nTo: support@lighthouse.test\nMessage-ID: <now@example.test>", "Now.");
        await Letterbox.Until(async () => await database.Read(session => session.One<long>("select count(*) from entries where type = 'message'")) == MailGuard.Flood + 2);
        (await database.Read(session => session.Query<string>("select body from entries where type = 'message' order by position desc limit 1"))).Single().ShouldNotContain("often");
    }

    [Fact]
    public async Task One_mail_to_two_of_our_mailboxes_is_one_word_in_its_conversation()
    {
        await using var it = await Harbour.Of();
        await it.Comes("ana@example.test", "Where is my sail?");
        var thread = await it.Thread("Where is my sail?");
        await it.Answer(thread, "It is on its way.");
        var to = $"{(await it.Letters())[0].ReplyTo.Single().Address}, sales@lighthouse.test";
        await it.Comes("ana@example.test", "To all of you.", to: to, id: "all@example.test");
        await it.Connect(new { address = "sales@lighthouse.test", sendHost = "127.0.0.1", sendPort = it.Sink.Port, sendSecurity = "none" });
        await it.Comes("ana@example.test", "To all of you.", to: to, id: "all@example.test");
        await it.Comes("ana@example.test", "And once more.", to: to, id: "more@example.test");
        await Harbour.Until(async () => (await it.Said(thread)).Contains("And once more."));
        (await it.Said(thread)).Count(text => text == "To all of you.").ShouldBe(1);
    }
}
