using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Parley.Channels.Email.Fetching;
using Parley.Platform.Mail;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Tests.Counterparts;
using Shouldly;
using Xunit.Abstractions;

namespace Parley.Tests.Channels.Email.Fetching;

/// <summary>Mailboxes of Debian's Dovecot, fetched by the whole product.</summary>
[Trait("takes", "long")]
public class MailboxesTests(ITestOutputHelper output)
{
    [SkippableTheory, Trait("row", "CH9")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task CH9_What_comes_is_taken_once_over_restarts_on_either_side_and_new_numbers(string name)
    {
        Skip.If(Dovecot.Missing is not null, Dovecot.Missing);
        await using var engine = await Engine.Of(name);
        await using var server = await Dovecot.Start();
        await server.Deliver("ana", Mail("old"));
        await server.Deliver("ana", Mail("listed"), "Lists");
        await using var it = await Letterbox.Of(engine.Url, [.. Settings(server), ("folders", "INBOX, Lists"), ("oldMail", "7")]);
        var old = await it.Threads(2);
        (await it.Words(old[0], 1))[0].GetProperty("mail").GetProperty("automatic").GetString().ShouldBe("old");
        // It is listened to.
        await server.Deliver("ana", Mail("new"));
        var words = await it.Words((await it.Threads(3)).Except(old).Single(), 1);
        words[0].GetProperty("mail").TryGetProperty("automatic", out _).ShouldBeFalse();
        await server.Fall();
        await server.Deliver("ana", Mail("while the server was down"));
        await Until(it, async () => (await States(it)).Fault is not null);
        (await States(it)).Connected.ShouldBeNull();
        await server.Raise();
        await Until(it, async () => await Count(it) == 4);
        await Until(it, async () => await States(it) is { Fault: null, Connected: not null, Heard: not null });
        await it.House.Restart(() => server.Deliver("ana", Mail("while we were down")));
        await Until(it, async () => await Count(it) == 5);
        await it.House.Restart(() => server.Renumber("ana"));
        await server.Deliver("ana", Mail("under new numbers"));
        await Until(it, async () => await Count(it) == 6);
        (await it.Threads(6)).Count.ShouldBe(6);
        (await it.Letters()).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Of_what_is_wrong_with_a_mailbox_it_is_told_what_and_it_works_once_that_is_mended()
    {
        Skip.If(Dovecot.Missing is not null, Dovecot.Missing);
        await using var server = await Dovecot.Start();
        await server.Deliver("ana", Mail("one"));
        await using var it = await Letterbox.Of(null, [.. Settings(server), ("oldMail", "30"), ("password", "wrong")]);
        await Letterbox.Until(async () => await it.House.Services.GetRequiredService<MailboxStates>().Of(InboxId.Parse(it.Inbox)) is { Fault: MailFault.Login });
        await Change(it, new { password = Dovecot.Password, folders = "Nowhere" });
        await Letterbox.Until(async () => await it.House.Services.GetRequiredService<MailboxStates>().Of(InboxId.Parse(it.Inbox)) is { Fault: MailFault.Folder });
        await Change(it, new { folders = "INBOX", receivePort = Ports.Free() });
        await Letterbox.Until(async () => await it.House.Services.GetRequiredService<MailboxStates>().Of(InboxId.Parse(it.Inbox)) is { Fault: MailFault.Port });
        await Change(it, new { receivePort = server.Secure });
        await it.Threads(1);
        // Switched off it is let be, and nothing is said of it.
        (await it.House.Kim.Patch($"/v1/channels/{it.Inbox}", new { on = false })).Expect(System.Net.HttpStatusCode.OK);
        await Letterbox.Until(async () => await it.House.Services.GetRequiredService<MailboxStates>().Of(InboxId.Parse(it.Inbox)) is null);
        await server.Deliver("ana", Mail("two"));
        (await it.House.Kim.Patch($"/v1/channels/{it.Inbox}", new { on = true })).Expect(System.Net.HttpStatusCode.OK);
        await it.Threads(2);
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_thousand_waiting_mails_come_in_once_each_though_the_server_ends_in_between(string name)
    {
        const int Many = 1_000;
        Skip.If(Dovecot.Missing is not null, Dovecot.Missing);
        await using var engine = await Engine.Of(name);
        await using var server = await Dovecot.Start();
        for (var n = 0; n < Many; n++)
        {
            await server.Deliver("ana", Mail($"mail {n}", $"p{n}@example.test"));
        }

        await using var it = await Letterbox.Of(engine.Url, [.. Settings(server), ("oldMail", "7")]);
        await Letterbox.Until(async () => await Count(it) > Many / 4, () => "It does not begin.");
        await it.House.Restart();
        var (since, before) = (Stopwatch.GetTimestamp(), await Count(it));
        for (var last = -1; await Count(it) is var count && count < Many; last = count, await Task.Delay(200))
        {
            last.ShouldBeLessThanOrEqualTo(count);
            Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromMinutes(5));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {Many - before} mails in {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s, {(Many - before) / Stopwatch.GetElapsedTime(since).TotalSeconds:0} a second."));
        await server.Deliver("ana", Mail("the last", "last@example.test"));
        await Letterbox.Until(async () => await Count(it) == Many + 1);
        (await it.Letters()).ShouldBeEmpty();
    }

    private static IEnumerable<(string Name, object Value)> Settings(Dovecot server) =>
        [("receiveHost", "localhost"), ("receivePort", server.Secure), ("user", "ana"), ("password", Dovecot.Password), ("certificate", File.ReadAllText(server.Certificate))];

    private static async Task Change(Letterbox it, object settings) => (await it.House.Kim.Patch($"/v1/channels/{it.Inbox}", new { settings })).Expect(System.Net.HttpStatusCode.OK);

    private static async Task<MailboxState> States(Letterbox it) => (await it.House.Services.GetRequiredService<MailboxStates>().Of(InboxId.Parse(it.Inbox))).ShouldNotBeNull();

    /// <summary>Words in the log.</summary>
    private static async Task<int> Count(Letterbox it) => (int)await it.House.Services.GetRequiredService<Database>().Read(session => session.One<long>("select count(*) from entries where type = 'message'"));

    /// <summary>It comes back by a clock that is put forward.</summary>
    private static Task Until(Letterbox it, Func<Task<bool>> holds) => Letterbox.Until(async () =>
    {
        // Slowly: a mail server has to answer within half a minute of it.
        it.House.Clock.Advance(TimeSpan.FromMilliseconds(500));
        return await holds();
    });

    private static byte[] Mail(string subject, string from = "ana@example.test") => Encoding.UTF8.GetBytes(
        $"From: Somebody <{from}>\r\nTo: support@lighthouse.test\r\nSubject: {subject}\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\nMessage-ID: <{subject.Replace(' ', '-')}@example.test>\r\n\r\nThis is {subject}.\r\n");
}
