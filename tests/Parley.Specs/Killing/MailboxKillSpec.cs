using System.Diagnostics;
using System.Net;
using System.Text;
using Parley.Specs.Nodes;
using Parley.Tests.Cast;
using Parley.Tests.Counterparts;

namespace Parley.Specs.Killing;

/// <summary>A mailbox of Dovecot with many mails, and servers that are killed while they take them in: each mail is there once, and of several nodes one fetches at a time.</summary>
[Trait("takes", "long")]
public sealed class MailboxKillSpec
{
    private const int Many = 300;
    private const string Loopback = "channels.allowLoopback=true";

    [SkippableFact]
    public async Task A_server_that_is_killed_loses_and_doubles_no_mail()
    {
        Skip.If(Dovecot.Missing is not null, Dovecot.Missing);
        await using var mailbox = await Filled();
        var folder = Directory.CreateTempSubdirectory("parley-mailbox-");
        try
        {
            await using var parley = new ParleyProcess(folder.FullName, null);
            await parley.Run("agent", "add", "--name", "Kim", "--email", "kim@lighthouse.test", "--password", Pair.Password, "--role", "owner");
            await parley.Serve(Loopback);
            using var kim = new Person(parley.Address);
            (await kim.Post("/v1/session", new { email = "kim@lighthouse.test", password = Pair.Password })).Expect(HttpStatusCode.Created);
            await SetUp(kim, mailbox);
            for (var kill = 1; kill <= 3; kill++)
            {
                await Until(kim, Many * kill / 8);
                await parley.Kill();
                await parley.Serve(Loopback);
            }

            await Once(kim, mailbox);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [SkippableFact]
    public async Task Of_two_nodes_one_fetches_and_the_other_goes_on_when_it_is_killed()
    {
        Skip.If(Dovecot.Missing is not null, Dovecot.Missing);
        await using var mailbox = await Filled();
        await using var pair = await Pair.Start(Loopback);
        var kim = await pair.SignIn(pair.A, "kim@lighthouse.test");
        await SetUp(kim, mailbox);
        await Until(kim, Many / 4);
        var other = pair.At(pair.B, kim);
        await pair.A.Kill();
        await Once(other, mailbox);
    }

    private static async Task<Dovecot> Filled()
    {
        var mailbox = await Dovecot.Start();
        for (var n = 0; n < Many; n++)
        {
            await mailbox.Deliver("ana", Mail(n));
        }

        return mailbox;
    }

    private static async Task SetUp(Person kim, Dovecot mailbox) => (await kim.Post("/v1/channels", new
    {
        kind = "email", name = "Mail",
        settings = new { address = "support@lighthouse.test", receiveHost = "localhost", receivePort = mailbox.Secure, user = "ana", password = Dovecot.Password, certificate = File.ReadAllText(mailbox.Certificate), oldMail = "30" },
    })).Expect(HttpStatusCode.Created);

    /// <summary>One more comes, behind which nothing waits any more.</summary>
    private static async Task Once(Person kim, Dovecot mailbox)
    {
        await mailbox.Deliver("ana", Mail(Many));
        await Until(kim, Many + 1);
        (await Count(kim)).ShouldBe(Many + 1);
        (await kim.Get("/v1/channels/letters")).Expect(HttpStatusCode.OK).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    private static async Task Until(Person kim, int count)
    {
        for (var since = Stopwatch.GetTimestamp(); await Count(kim) < count; await Task.Delay(100))
        {
            Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromMinutes(5));
        }
    }

    private static async Task<int> Count(Person kim)
    {
        var (count, cursor) = (0, (string?)null);
        do
        {
            var page = (await kim.Get($"/v1/conversations?limit=200{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}")).Expect(HttpStatusCode.OK).Body;
            count += page.GetProperty("items").GetArrayLength();
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        return count;
    }

    private static byte[] Mail(int number) => Encoding.UTF8.GetBytes($"From: P{number} <p{number}@example.test>\r\nTo: support@lighthouse.test\r\nSubject: Mail {number}\r\nMessage-ID: <{number}@example.test>\r\n\r\nThis is mail {number}.\r\n");
}
