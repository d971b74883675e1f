using System.Diagnostics;
using System.Globalization;
using Parley.Platform.Mail;
using Parley.Tests.Cast;
using Parley.Tests.Counterparts;
using Shouldly;
using Xunit.Abstractions;

namespace Parley.Tests.Platform.Mail;

public class SmtpLinesTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_burst_goes_over_one_call_whatever_becomes_of_one_of_its_letters()
    {
        await using var sink = new MailSink { Answers = line => line.StartsWith("RCPT TO:<gone", StringComparison.Ordinal) ? "550 5.1.1 nobody" : null };
        var clock = new Clock();
        await using var lines = new SmtpLines(clock);
        var smtp = To(sink, lines, clock);
        await smtp.Send(Letter("ana"), Guid.CreateVersion7());
        (await Should.ThrowAsync<MailFailed>(() => smtp.Send(Letter("gone"), Guid.CreateVersion7()))).Kind.ShouldBe(MailRefusal.RecipientGone);
        await smtp.Send(Letter("ben"), Guid.CreateVersion7());
        await To(sink, lines, clock).Send(Letter("noor"), Guid.CreateVersion7());
        sink.Calls.ShouldBe(1);
        sink.Mails.Select(mail => mail.To).ShouldBe(["ana@example.test", "ben@example.test", "noor@example.test"]);
        sink.Said.Select(said => said.Line.Split(' ', ':')[0]).ShouldBe(["EHLO", "MAIL", "RCPT", "DATA", "RSET", "MAIL", "RCPT", "RSET", "MAIL", "RCPT", "DATA", "RSET", "MAIL", "RCPT", "DATA"]);
        // Whoever signs in otherwise calls by themselves.
        await new Smtp(Server(sink) with { May = _ => true }, "kim@lighthouse.test", clock, lines).Send(Letter("ravi"), Guid.CreateVersion7());
        sink.Calls.ShouldBe(2);
        // After some seconds it is ended.
        await Until(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(6));
            return sink.Said.Count(said => said.Line == "QUIT") == 2;
        });
        await smtp.Send(Letter("ana"), Guid.CreateVersion7());
        sink.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task A_server_that_hung_up_meanwhile_is_called_anew_and_one_that_does_so_in_a_letter_is_told_as_ever()
    {
        var clock = new Clock();
        await using var lines = new SmtpLines(clock);
        var hangsUp = false;
        await using var sink = new MailSink { Answers = line => line == "RSET" && hangsUp ? throw new IOException("Gone.") : null };
        await To(sink, lines, clock).Send(Letter("ana"), Guid.CreateVersion7());
        hangsUp = true;
        await To(sink, lines, clock).Send(Letter("ben"), Guid.CreateVersion7());
        (sink.Calls, sink.Mails.Count).ShouldBe((2, 2));
        hangsUp = false;
        sink.Takes = (to, _) => to != "noor@example.test";
        (await Should.ThrowAsync<MailFailed>(() => To(sink, lines, clock).Send(Letter("noor"), Guid.CreateVersion7()))).Kind.ShouldBe(MailRefusal.Unknown);
        await To(sink, lines, clock).Send(Letter("ana"), Guid.CreateVersion7());
        sink.Calls.ShouldBe(3, "Over one that broke nothing more goes.");
    }

    /// <summary>What it gains, on the machine that this runs on; a figure, and no limit.</summary>
    [SkippableFact]
    public async Task Letters_a_second_to_a_real_server_are_told()
    {
        Skip.If(Postfix.Missing is not null, Postfix.Missing);
        const int Many = 60;
        await using var post = await Postfix.Start();
        await using var lines = new SmtpLines(TimeProvider.System);
        var server = new MailServer("localhost", post.Submission, MailSecurity.StartTls) { User = Postfix.User, Password = Postfix.Password, Certificate = post.Certificate };
        foreach (var kept in new[] { null, lines })
        {
            var since = Stopwatch.GetTimestamp();
            for (var n = 0; n < Many; n++)
            {
                await new Smtp(server, Postfix.User, TimeProvider.System, kept).Send(new Letter("ana@example.test", $"Letter {n}", "Hello."), Guid.CreateVersion7());
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(kept is null ? "a call for each" : "one call for all")}: {Many / Stopwatch.GetElapsedTime(since).TotalSeconds:0} letters a second."));
        }

        (await post.Mailbox("ana", 2 * Many)).Count.ShouldBe(2 * Many);
    }

    private static MailServer Server(MailSink sink) => new("127.0.0.1", sink.Port, MailSecurity.None);

    private static Smtp To(MailSink sink, SmtpLines lines, TimeProvider time) => new(Server(sink), "kim@lighthouse.test", time, lines);

    private static Letter Letter(string to) => new($"{to}@example.test", "Hello", "Come in.");

    private static async Task Until(Func<bool> holds)
    {
        for (var tries = 0; !holds(); tries++)
        {
            tries.ShouldBeLessThan(600);
            await Task.Delay(50);
        }
    }
}
