using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Parley.Channels.Email;
using Parley.Channels.Email.Fetching;
using Parley.Log;
using Parley.Platform.Mail;
using Parley.Platform.Mail.Imap;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Parley.Tests.Counterparts;
using Shouldly;
using Xunit.Abstractions;

namespace Parley.Tests.Channels.Email.Fetching;

/// <summary>Runs while no other test does.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public class Alone;


[Collection("alone")]
public class MailboxReaderTests(ITestOutputHelper output)
{
    /// <summary>What it holds is looked at while nothing else runs: how much a machine has to do says nothing of that.</summary>
    [SkippableFact, Trait("row", "CH9")]
    public async Task CH9_Fifty_megabytes_go_the_whole_way_into_a_thread_and_what_is_held_meanwhile_is_less_than_they_are()
    {
        Skip.If(Dovecot.Missing is not null, Dovecot.Missing);
        const int Size = 50 * 1024 * 1024;
        await using var server = await Dovecot.Start();
        await using var it = await Letterbox.Of(null, ("receiveHost", "localhost"), ("receivePort", server.Secure), ("user", "ana"), ("password", Dovecot.Password), ("certificate", File.ReadAllText(server.Certificate)), ("oldMail", "7"));
        await server.Deliver("ana", "From: ben@example.test\r\nTo: support@lighthouse.test\r\nMessage-ID: <first@example.test>\r\n\r\nThe first.\r\n"u8.ToArray());
        var before = await it.Threads(1);
        var mail = Large(Size);
        using var own = Process.GetCurrentProcess();
        var (live, resident, peak, top, over) = (Live(), own.WorkingSet64, 0L, 0L, false);
        var looking = Task.Run(async () =>
        {
            while (!Volatile.Read(ref over))
            {
                own.Refresh();
                (peak, top) = (Math.Max(peak, Live()), Math.Max(top, own.WorkingSet64));
                await Task.Delay(20);
            }
        });
        await server.Deliver("ana", mail);
        var thread = (await it.Threads(2)).Except(before).Single();
        Volatile.Write(ref over, true);
        await looking;
        GC.KeepAlive(mail);
        var word = (await it.Words(thread, 1))[0];
        word.GetProperty("text").GetString()!.ReplaceLineEndings("\n").ShouldBe("Here it is.\n📎 large.bin ✗");
        word.GetProperty("files").EnumerateArray().Single().GetProperty("name").GetString().ShouldBe("note.txt");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Live {(peak - live) / 1048576.0:0} MB above {live / 1048576.0:0} at most, resident {(top - resident) / 1048576.0:0} MB above {resident / 1048576.0:0}."));
        // On its way it has 68 MB, unpacked 50: held are its pieces, and of its files as much as is kept.
        (peak - live).ShouldBeLessThan(Size);

        static long Live()
        {
            GC.Collect();
            return GC.GetTotalMemory(forceFullCollection: false);
        }
    }

    private static byte[] Large(int size)
    {
        var mail = new MemoryStream(size / 57 * 80);
        mail.Write("From: Ana <ana@example.test>\r\nTo: support@lighthouse.test\r\nSubject: Large\r\nMessage-ID: <large@example.test>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHere it is.\r\n--b\r\nContent-Type: text/plain; name=note.txt\r\nContent-Disposition: attachment; filename=note.txt\r\n\r\nA note.\r\n--b\r\nContent-Type: application/octet-stream; name=large.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n"u8);
        var line = Encoding.ASCII.GetBytes(new string('A', 76) + "\r\n");
        for (var written = 0; written < size; written += 57)
        {
            mail.Write(line);
        }

        mail.Write("\r\n--b--\r\n"u8);
        return mail.ToArray();
    }

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
        await old.Miss("INBOX", new ImapMark(7, 71), null, "could not convert", default);
        await old.Miss("INBOX", new ImapMark(7, 71), null, "could not convert", default);
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
