using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Platform.Mail;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Parley.Tests.Channels;
using Shouldly;

namespace Parley.Tests.Platform.Mail;

public class OutboxTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact, Trait("row", "OP3")]
    public async Task OP3_A_busy_mail_server_is_asked_again_until_it_takes_the_mail_once()
    {
        await using var sink = new MailSink { Recipient = "451 4.7.1 come again in a minute" };
        await using var it = await Lighthouse.Open(sink.Settings);
        (await it.Kim.Post("/v1/invitations", new { email = "noor@lighthouse.test" })).Expect(HttpStatusCode.Created);
        await Noted(it, 1);
        it.Clock.Advance(TimeSpan.FromSeconds(50));
        await Task.Delay(200);
        Asks(sink).ShouldBe(1, "Greylisting wants a minute.");
        it.Clock.Advance(TimeSpan.FromSeconds(20));
        await Noted(it, 2);
        sink.Recipient = "250 yes";
        it.Clock.Advance(TimeSpan.FromMinutes(6));
        await Until(it, () => Task.FromResult(sink.Mails.Count > 0));
        (await sink.To("noor@lighthouse.test")).ShouldContain("/join#");
        it.Clock.Advance(Day);
        await Task.Delay(200);
        sink.Mails.ShouldHaveSingleItem();
        (await it.Kim.Get("/v1/mails")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_What_nobody_takes_for_a_day_is_given_up_and_seen_with_each_attempt()
    {
        await using var sink = new MailSink { Recipient = "451 4.7.1 come again" };
        await using var it = await Lighthouse.Open(sink.Settings);
        (await it.Kim.Post("/v1/invitations", new { email = "noor@lighthouse.test" })).Expect(HttpStatusCode.Created);
        for (var attempt = 1; attempt < 7; attempt++)
        {
            await Noted(it, attempt);
            var held = await it.Kim.Get("/v1/mails");
            (held["waiting"], held["givenUp"]).ShouldBe(("1", "0"));
            it.Clock.Advance(TimeSpan.FromHours(13));
        }

        await Noted(it, 7);
        var all = await it.Kim.Get("/v1/mails");
        (all["waiting"], all["givenUp"]).ShouldBe(("0", "1"));
        var lost = all.Body.GetProperty("items")[0];
        lost.GetProperty("to").GetString().ShouldBe("noor@lighthouse.test");
        lost.GetProperty("attempts").EnumerateArray().Select(each => each.GetProperty("outcome").GetString()).ShouldBe(Enumerable.Repeat("The mail server said '451 4.7.1 come again' to RCPT TO.", 7));
    }

    [Fact]
    public async Task One_that_cannot_be_written_is_tried_as_often_as_any_and_seen()
    {
        var folder = Directory.CreateTempSubdirectory("parley-outbox-").FullName;
        var (clock, workspace) = (new Clock(), Guid.CreateVersion7());
        await using (var database = new Database(new SqliteDialect(Path.Combine(folder, "parley.db"))))
        {
            await new Migrations(database, Product.Migrations, clock).Apply();
            var outbox = new Outbox(database, clock);
            await outbox.Add("strange", "noor@lighthouse.test", "en", "", workspace);
            var settings = new MailSettings("localhost", 1, MailSecurity.None, From: "parley@lighthouse.test");
            using var sending = new MailSending(outbox, [new Broken()], new Smtp(settings, clock), settings, clock, NullLogger<MailSending>.Instance);
            await sending.StartAsync(CancellationToken.None);
            for (var attempt = 1; attempt <= 7; attempt++)
            {
                await Shore.Until(async () =>
                {
                    clock.Advance(TimeSpan.FromSeconds(2));
                    return await outbox.All(workspace) is [var held] && held.Attempts.Count == attempt;
                });
                clock.Advance(TimeSpan.FromHours(13));
            }

            (await outbox.All(workspace)).ShouldHaveSingleItem().GivenUp.ShouldBeTrue();
            await sending.StopAsync(CancellationToken.None);
        }

        Directory.Delete(folder, recursive: true);
    }

    private sealed class Broken : IMailWriter
    {
        public string Kind => "strange";

        public Task<(Letter Letter, Guid Workspace)?> Write(MailJob job) => throw new InvalidOperationException("A fault of ours.");
    }

    [Fact]
    public async Task A_mail_that_was_withdrawn_while_it_was_being_sent_leaves_nothing_behind()
    {
        // Without a mail server nobody takes it but we.
        await using var it = await Lighthouse.Open();
        var (outbox, database) = (it.Services.GetRequiredService<Outbox>(), it.Services.GetRequiredService<Database>());
        await outbox.Add("answer", "ana@example.test", "en", "about her");
        var job = (await outbox.Take()).ShouldNotBeNull();
        await database.Write(session => Outbox.Withdraw(session, "answer", "about"));
        await outbox.Failed(job, default, "550 no ana@example.test here", final: true);
        (await database.Read(session => session.One<long>("select count(*) from mail_attempts"))).ShouldBe(0);
    }

    private static int Asks(MailSink sink) => sink.Said.Count(said => said.Line.StartsWith("RCPT", StringComparison.Ordinal));

    /// <summary>So many attempts failed, and that is noted.</summary>
    private static async Task Noted(Lighthouse it, long attempts)
    {
        var database = it.Services.GetRequiredService<Database>();
        async Task<long> Count() => await database.Read(session => session.One<long>("select count(*) from mail_attempts"));
        await Until(it, async () => await Count() >= attempts);
        (await Count()).ShouldBe(attempts);
    }

    /// <summary>Waits. Should whoever sends have begun to pause only after the clock was put forward, it goes on once a second by as much as they pause.</summary>
    private static async Task Until(Lighthouse it, Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            tries.ShouldBeLessThan(200);
            await Task.Delay(50);
            it.Clock.Advance(TimeSpan.FromSeconds(tries % 20 == 19 ? 21 : 0));
        }
    }
}
