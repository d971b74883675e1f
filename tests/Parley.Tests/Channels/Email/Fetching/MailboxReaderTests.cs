using Microsoft.Extensions.DependencyInjection;
using Parley.Channels.Email;
using Parley.Channels.Email.Fetching;
using Parley.Log;
using Parley.Platform.Mail;
using Parley.Platform.Mail.Imap;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Channels.Email.Fetching;

public class MailboxReaderTests
{
    [Fact]
    public async Task A_folder_that_was_read_at_another_server_is_no_new_one()
    {
        await using var house = await Lighthouse.On(null);
        var (keeping, inbox) = (house.Services.GetRequiredService<MailboxKeeping>(), InboxId.New(house.Clock));
        var lease = new Lease(keeping.Database, $"mailbox:{inbox}", TimeSpan.FromSeconds(30), house.Clock);
        (await lease.Hold()).ShouldBeTrue();
        var old = Reader("imap.old.test");
        (await old.Mark("INBOX")).ShouldBeNull();
        await old.Keep("INBOX", new ImapMark(7, 70));
        (await old.Mark("INBOX")).ShouldBe(new ImapMark(7, 70));
        (await Reader("imap.new.test").Mark("INBOX")).ShouldBe(ImapMark.Elsewhere, "What came while nobody fetched is not left there.");
        (await Reader("imap.new.test").Mark("Lists")).ShouldBeNull();

        // Told twice of one that nobody hands out, it is there once.
        await old.Miss("INBOX", new ImapMark(7, 71), null, "could not convert");
        await old.Miss("INBOX", new ImapMark(7, 71), null, "could not convert");
        (await keeping.Database.Read(session => session.One<long>("select count(*) from arrivals where inbox = @inbox", new { inbox = inbox.Bytes }))).ShouldBe(1);
        // Of a folder that nobody reads any more nothing is wrong.
        old.Tell(new(house.Clock.GetUtcNow(), null, null));
        old.Tell(new(house.Clock.GetUtcNow(), MailFault.Folder, "none", "Lists"));
        await old.Told;
        (await keeping.States.Of(inbox))!.Fault.ShouldBe(MailFault.Folder);
        await keeping.States.Only(inbox, ["INBOX"]);
        (await keeping.States.Of(inbox))!.Fault.ShouldBeNull();

        MailboxReader Reader(string host) => new(inbox, new EmailSettings("support@lighthouse.test", ReceiveHost: host), keeping, () => lease.Fence);
    }
}
