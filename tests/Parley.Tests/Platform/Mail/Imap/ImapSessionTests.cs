using System.Security.Cryptography.X509Certificates;
using System.Text;
using Parley.Platform.Mail;
using Parley.Platform.Mail.Imap;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Imap;

/// <summary>As servers of mailboxes are: encrypted or not, with a password or a token, old, busy, broken, gone.</summary>
public sealed class ImapSessionTests : IDisposable
{
    private const string Secret = "a secret of the mailbox";

    private readonly X509Certificate2 _certificate = Certificates.Of("localhost");
    private readonly string _file = Path.GetTempFileName();

    public ImapSessionTests() => File.WriteAllText(_file, _certificate.ExportCertificatePem());

    public void Dispose()
    {
        _certificate.Dispose();
        File.Delete(_file);
    }

    [Fact]
    public async Task The_password_goes_encrypted_and_what_was_offered_before_is_forgotten()
    {
        await using var sink = new ImapSink(_certificate) { Greeting = "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready\r\n", Answers = line => line == "CAPABILITY" ? "* CAPABILITY IMAP4rev1 AUTH=PLAIN ID\r\n{tag} OK\r\n" : line.StartsWith("AUTHENTICATE PLAIN", StringComparison.Ordinal) ? "+ \r\n" : line == Base64($"\0kim\0{Secret}") ? "{tag} OK in\r\n" : null };
        await using var session = await ImapSession.Open(To(sink, MailSecurity.StartTls), TimeProvider.System);
        sink.Said.Where(said => !said.Encrypted).Select(said => said.Line[3..]).ShouldBe(["STARTTLS"]);
        sink.Said.Where(said => said.Encrypted).Select(said => said.Line).ShouldBe(["A1 CAPABILITY", "A2 AUTHENTICATE PLAIN", Base64($"\0kim\0{Secret}"), "A3 CAPABILITY", "A4 ID (\"name\" \"Parley\")"]);
    }

    [Theory]
    [InlineData("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n", null)]
    [InlineData("* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] you are kim\r\n", null)]
    [InlineData("* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] ready\r\n", "{tag} OK go on\r\n* OK of somebody between\r\n")]
    public async Task Whoever_sits_between_gets_nothing(string greeting, string? answer)
    {
        await using var sink = new ImapSink(_certificate) { Greeting = greeting, Answers = line => line == "STARTTLS" ? answer : null };
        (await Failed(To(sink, MailSecurity.StartTls))).Fault.ShouldBe(MailFault.Encryption);
        sink.Said.ShouldNotContain(said => said.Line.Contains("AUTHENTICATE") || said.Line.Contains("LOGIN"));
    }

    [Theory]
    [InlineData("220 mail.example.test ESMTP\r\n", MailFault.Port)]
    [InlineData("+OK POP3 ready\r\n", MailFault.Port)]
    [InlineData("* BYE [UNAVAILABLE] come again\r\n", MailFault.Busy)]
    [InlineData("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] ready\r\n", MailFault.Login)]
    public async Task What_greets_otherwise_is_told_apart(string greeting, MailFault fault)
    {
        await using var sink = new ImapSink { Greeting = greeting };
        (await Failed(To(sink))).Fault.ShouldBe(fault);
        sink.Said.ShouldNotContain(said => said.Line.Contains(Secret));
    }

    [Fact]
    public async Task Nobody_there_another_name_and_a_stranger_are_told_apart()
    {
        (await Failed(new("nobody.invalid", 993, MailSecurity.Tls) { TimeoutSeconds = 5 })).Fault.ShouldBe(MailFault.Host);
        (await Failed(new("127.0.0.1", Counterparts.Ports.Free(), MailSecurity.Tls))).Fault.ShouldBe(MailFault.Port);
        (await Failed(new("mail.invalid", 143, MailSecurity.None) { User = "kim", Password = Secret })).Fault.ShouldBe(MailFault.Encryption);
        await using var sink = new ImapSink(_certificate) { Greeting = "* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n" };
        (await Failed(To(sink, MailSecurity.StartTls) with { Certificate = null })).Fault.ShouldBe(MailFault.Encryption);
    }

    [Theory]
    [InlineData("[AUTHENTICATIONFAILED] wrong", MailFault.Login)]
    [InlineData("[ALERT] Application-specific password required", MailFault.Login)]
    [InlineData("[UNAVAILABLE] the list of users is away", MailFault.Busy)]
    [InlineData("[LIMIT] too many of you", MailFault.Busy)]
    public async Task Who_is_not_let_in_hears_why_without_the_password(string no, MailFault fault)
    {
        await using var sink = new ImapSink { Answers = line => line.StartsWith("AUTHENTICATE", StringComparison.Ordinal) ? $"{{tag}} NO {no}\r\n" : null };
        var failed = await Failed(To(sink));
        failed.Fault.ShouldBe(fault);
        failed.Message.ShouldContain(no[(no.IndexOf(']') + 2)..]);
        failed.Message.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task A_token_is_given_as_providers_want_it_and_its_refusal_is_heard_to_the_end()
    {
        await using var sink = new ImapSink
        {
            Greeting = "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready\r\n",
            Answers = line => line.StartsWith("AUTHENTICATE", StringComparison.Ordinal) ? $"+ {Base64("{\"status\":\"401\"}")}\r\n" : line.Length == 0 ? "{tag} NO [AUTHENTICATIONFAILED] the token is over\r\n" : null,
        };
        var asked = 0;
        var failed = await Failed(To(sink) with { User = "kim@lighthouse.test", Password = null, Token = _ => Task.FromResult($"token{++asked}") });
        (failed.Fault, failed.Message).ShouldBe((MailFault.Login, "The mail server said 'the token is over' to signing in."));
        sink.Said.First().Line.ShouldBe($"A1 AUTHENTICATE XOAUTH2 {Base64("user=kim@lighthouse.test\u0001auth=Bearer token1\u0001\u0001")}");
    }

    [Theory]
    [InlineData("IMAP4rev1 LITERAL+")]
    [InlineData("IMAP4rev1")]
    public async Task A_password_in_any_script_is_announced(string can)
    {
        await using var sink = new ImapSink { Greeting = $"* OK [CAPABILITY {can}] ready\r\n" };
        await using var session = await ImapSession.Open(To(sink) with { Password = "geheim\u00fc\"{3}x" }, TimeProvider.System);
        sink.Said.First().Line.ShouldBe("A1 LOGIN \"kim\" geheim\u00fc\"{3}x");
    }

    [Fact]
    public async Task Folders_are_named_with_what_they_are_for()
    {
        await using var sink = new ImapSink { Answers = line => line.StartsWith("LIST", StringComparison.Ordinal) ? "* LIST (\\HasNoChildren) \"/\" INBOX\r\n* LIST (\\Sent) \"/\" \"Gesendet\"\r\n* LIST (\\NoSelect) \"/\" {4}\r\n[G]a\r\n* LIST () NIL \"Entw&APw-rfe\"\r\n{tag} OK\r\n" : null };
        await using var session = await ImapSession.Open(To(sink), TimeProvider.System);
        (await session.Folders()).ShouldBe([new("INBOX", null, true), new("Gesendet", "Sent", true), new("[G]a", null, false), new("Entwürfe", null, true)]);
    }

    [Fact]
    public async Task A_folder_that_is_gone_is_another_thing_than_one_that_is_busy()
    {
        await using var sink = new ImapSink { Answers = line => line == "EXAMINE \"Gone\"" ? "{tag} NO [NONEXISTENT] no such\r\n" : line == "EXAMINE \"Busy\"" ? "{tag} NO [INUSE] later\r\n" : line == "EXAMINE \"Odd\"" ? "* 5 EXISTS\r\n{tag} OK\r\n" : null };
        await using var session = await ImapSession.Open(To(sink), TimeProvider.System);
        (await Should.ThrowAsync<MailServerFailed>(() => session.Examine("Gone"))).Fault.ShouldBe(MailFault.Folder);
        (await Should.ThrowAsync<MailServerFailed>(() => session.Examine("Busy"))).Fault.ShouldBe(MailFault.Busy);
        (await session.Examine("Odd")).ShouldBe(new ImapBox("Odd", 0, null, 5));
    }

    [Fact]
    public async Task What_lies_there_already_is_no_news()
    {
        await using var sink = new ImapSink { Answers = line => line.StartsWith("UID SEARCH", StringComparison.Ordinal) ? "* SEARCH 40 x 41 7 99999999999\r\n* 8 EXISTS\r\n{tag} OK\r\n" : null };
        await using var session = await ImapSession.Open(To(sink), TimeProvider.System);
        (await session.After(40)).ShouldBe([41u], "n:* names the newest, though it is older.");
        (await session.After(uint.MaxValue)).ShouldBeEmpty();
        (await session.Wait(TimeSpan.FromHours(1))).ShouldBeTrue("It came while we looked.");
    }

    [Fact]
    public async Task One_mail_that_the_server_cannot_hand_out_takes_no_other_along()
    {
        await using var sink = new ImapSink
        {
            Answers = line => line.StartsWith("UID FETCH 1,2,3,4 ", StringComparison.Ordinal) ? "* 1 FETCH (UID 1 BODY[]<0> \"one\" INTERNALDATE \" 2-Nov-2026 10:00:00 +0100\")\r\n{tag} NO could not convert\r\n"
                : line.StartsWith("UID FETCH 2 ", StringComparison.Ordinal) ? "{tag} NO could not convert\r\n"
                : line.StartsWith("UID FETCH 3 ", StringComparison.Ordinal) ? "* 3 FETCH (FLAGS (\\Seen))\r\n* 3 FETCH (BODY[] {5}\r\nthree)\r\n{tag} OK\r\n" : null,
        };
        await using var session = await ImapSession.Open(To(sink), TimeProvider.System);
        var (taken, missed) = (new List<string>(), new List<string>());
        await session.Fetch([1, 2, 3, 4], async some => taken.AddRange(await Task.WhenAll(some.Select(async mail => $"{mail.Uid} {await new StreamReader(mail.Raw).ReadToEndAsync()} {mail.Received:O}"))), (uid, why) => { missed.Add($"{uid} {why}"); return Task.CompletedTask; });
        taken.ShouldBe(["1 one 2026-11-02T10:00:00.0000000+01:00", "3 three "]);
        missed.ShouldBe(["2 could not convert"], "And 4 is gone.");
    }

    [Fact]
    public async Task A_large_mail_comes_by_pieces_until_one_is_short()
    {
        var mail = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 60_000).Select(n => $"line {n}\r\n")));
        await using var sink = new ImapSink
        {
            Answers = line =>
            {
                if (!line.StartsWith("UID FETCH 9 ", StringComparison.Ordinal))
                {
                    return null;
                }

                var from = int.Parse(line.Split('<', '.')[^2], System.Globalization.CultureInfo.InvariantCulture);
                var piece = Encoding.ASCII.GetString(mail.AsSpan(Math.Min(from, mail.Length)..Math.Min(mail.Length, from + ImapLimits.Piece)));
                return $"* 1 FETCH (UID 9 BODY[]<{from}> {{{piece.Length}}}\r\n{piece})\r\n{{tag}} OK\r\n";
            },
        };
        await using var session = await ImapSession.Open(To(sink), TimeProvider.System);
        var copy = new MemoryStream();
        string? file = null;
        await session.Fetch([9], async some => { file = (some[0].Raw as FileStream)?.Name; await some[0].Raw.CopyToAsync(copy); }, (_, _) => Task.CompletedTask);
        copy.ToArray().ShouldBe(mail);
        File.Exists(file).ShouldBeFalse("It goes when it was taken.");
    }

    [Fact]
    public async Task A_server_that_brings_more_than_was_asked_for_is_left()
    {
        await using var sink = new ImapSink { Answers = line => line.StartsWith("UID FETCH", StringComparison.Ordinal) ? $"* 1 FETCH (UID 9 BODY[] {{{ImapLimits.Piece + 1}}}\r\n" : null };
        await using var session = await ImapSession.Open(To(sink), TimeProvider.System);
        (await Should.ThrowAsync<MailServerFailed>(() => session.Fetch([9], _ => Task.CompletedTask, (_, _) => Task.CompletedTask))).Fault.ShouldBe(MailFault.Broken);
    }

    [Fact]
    public async Task One_listens_until_something_comes_and_asks_where_there_is_no_listening()
    {
        await using var sink = new ImapSink { Answers = line => line == "IDLE" ? "+ idling\r\n* OK still here\r\n* 3 EXISTS\r\n" : null };
        await using var session = await ImapSession.Open(To(sink), TimeProvider.System);
        (await session.Wait(TimeSpan.FromHours(1))).ShouldBeTrue();
        sink.Said.Select(said => said.Line).TakeLast(2).ShouldBe(["A3 IDLE", "DONE"]);

        await using var old = new ImapSink { Greeting = "* OK ready\r\n", Answers = line => line == "CAPABILITY" ? "* CAPABILITY IMAP4rev1\r\n{tag} OK\r\n" : line == "NOOP" ? "* 1 EXISTS\r\n{tag} OK\r\n" : null };
        await using var asking = await ImapSession.Open(To(old), TimeProvider.System);
        (asking.Idles, await asking.Wait(TimeSpan.FromMilliseconds(1))).ShouldBe((false, true));

        await using var liar = new ImapSink { Answers = line => line == "IDLE" ? "{tag} BAD what\r\n" : null };
        await using var listening = await ImapSession.Open(To(liar), TimeProvider.System);
        (await listening.Wait(TimeSpan.FromHours(1)), listening.Idles).ShouldBe((false, false), "It said that it could.");
    }

    [Fact]
    public async Task Whoever_says_nothing_any_more_is_found_out_at_the_renewal()
    {
        await using var sink = new ImapSink { Answers = line => line == "DONE" ? "" : null };
        var clock = new Clock();
        await using var session = await ImapSession.Open(To(sink), clock);
        var waiting = session.Wait(TimeSpan.FromMinutes(4));
        while (!waiting.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(20);
        }

        (await Should.ThrowAsync<MailServerFailed>(() => waiting)).Fault.ShouldBe(MailFault.Silent);
    }

    private MailServer To(ImapSink sink, MailSecurity security = MailSecurity.None) => new("localhost", sink.Port, security) { User = "kim", Password = Secret, Certificate = _file, TimeoutSeconds = 20 };

    private static async Task<MailServerFailed> Failed(MailServer server) => await Should.ThrowAsync<MailServerFailed>(() => ImapSession.Open(server, TimeProvider.System));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
