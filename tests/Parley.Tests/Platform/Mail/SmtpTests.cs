using System.Security.Cryptography.X509Certificates;
using System.Text;
using Parley.Platform.Mail;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Platform.Mail;

/// <summary>As mail servers are: encrypted in one of two ways or not at all, with a name and a password or without, busy, gone, lying.</summary>
public sealed class SmtpTests : IDisposable
{
    private const string Secret = "a secret of the mail server";

    private static readonly Letter Hello = new("noor@lighthouse.test", "Hello", "Come in.");

    private readonly X509Certificate2 _certificate = Certificates.Of("localhost");
    private readonly string _file = Path.GetTempFileName();

    public SmtpTests() => File.WriteAllText(_file, _certificate.ExportCertificatePem());

    public void Dispose()
    {
        _certificate.Dispose();
        File.Delete(_file);
    }

    [Theory]
    [InlineData(MailSecurity.StartTls)]
    [InlineData(MailSecurity.Tls)]
    public async Task A_letter_and_the_password_go_encrypted(MailSecurity security)
    {
        await using var sink = new MailSink(_certificate) { IsEncrypted = security == MailSecurity.Tls, Offers = ["STARTTLS", "AUTH LOGIN PLAIN"], Answers = Lets("AUTH PLAIN", $"\0kim\0{Secret}") };
        await Send(To(sink, security) with { User = "kim", Password = Secret });
        sink.Mails.ShouldHaveSingleItem().Text.ShouldContain("Come in.");
        sink.Said.Where(said => !said.Encrypted).Select(said => said.Line.Split(' ')[0]).ShouldBe(security == MailSecurity.Tls ? [] : ["EHLO", "STARTTLS"]);
    }

    [Theory]
    [InlineData(MailSecurity.StartTls)]
    [InlineData(MailSecurity.Tls)]
    public async Task A_certificate_that_nobody_vouches_for_or_of_another_name_is_not_believed(MailSecurity security)
    {
        await using var sink = new MailSink(_certificate) { IsEncrypted = security == MailSecurity.Tls, Offers = ["STARTTLS"] };
        (await Failed(To(sink, security) with { Certificate = null })).Final.ShouldBeFalse();
        using var other = Certificates.Of("elsewhere.test");
        await File.WriteAllTextAsync(_file, other.ExportCertificatePem());
        await using var stranger = new MailSink(other) { IsEncrypted = security == MailSecurity.Tls, Offers = ["STARTTLS"] };
        await Failed(To(stranger, security));
        sink.Mails.Concat(stranger.Mails).ShouldBeEmpty();
        sink.Said.Concat(stranger.Said).ShouldAllBe(said => said.Line.StartsWith("EHLO") || said.Line == "STARTTLS");
    }

    [Fact]
    public async Task Whoever_takes_the_offer_to_encrypt_out_of_the_greeting_gets_nothing()
    {
        await using var sink = new MailSink { Offers = ["AUTH PLAIN"], Answers = Lets("AUTH PLAIN", $"\0kim\0{Secret}") };
        (await Failed(To(sink, MailSecurity.StartTls) with { User = "kim", Password = Secret })).Message.ShouldContain("does not offer STARTTLS");
        sink.Said.ShouldHaveSingleItem().Line.ShouldStartWith("EHLO");
    }

    [Fact]
    public async Task What_was_slipped_in_before_the_encryption_is_not_read_as_an_answer_after_it()
    {
        await using var sink = new MailSink(_certificate) { Offers = ["STARTTLS"], Answers = line => line == "STARTTLS" ? "220 go on\r\n250-of somebody between\r\n250 AUTH PLAIN" : null };
        (await Failed(To(sink, MailSecurity.StartTls) with { User = "kim", Password = Secret })).Message.ShouldContain("lets nobody sign in");
        sink.Said.ShouldNotContain(said => said.Line.StartsWith("AUTH"));
    }

    [Fact]
    public async Task A_server_that_knows_only_the_older_way_to_sign_in_is_asked_so()
    {
        await using var sink = new MailSink(_certificate)
        {
            Offers = ["STARTTLS", "AUTH=LOGIN"],
            Answers = line => line == "AUTH LOGIN" ? "334 VXNlcm5hbWU6" : line == Base64("kim") ? "334 UGFzc3dvcmQ6" : line == Base64(Secret) ? "235 come in" : null,
        };
        await Send(To(sink, MailSecurity.StartTls) with { User = "kim", Password = Secret });
        sink.Mails.ShouldHaveSingleItem();
        sink.Said.Select(said => said.Line).ShouldContain(Base64(Secret));
    }

    [Fact]
    public async Task A_server_that_lets_nobody_sign_in_hears_no_password()
    {
        await using var sink = new MailSink(_certificate) { Offers = ["STARTTLS", "AUTH CRAM-MD5"] };
        var failed = await Failed(To(sink, MailSecurity.StartTls) with { User = "kim", Password = Secret });
        (failed.Final, failed.Message).ShouldBe((false, $"localhost:{sink.Port} lets nobody sign in as Parley can (AUTH PLAIN or LOGIN), and mail.user is set."));
        sink.Said.ShouldNotContain(said => said.Line.StartsWith("AUTH"));
    }

    [Fact]
    public async Task A_password_that_is_wrong_is_said_without_it()
    {
        await using var sink = new MailSink(_certificate) { Offers = ["STARTTLS", "AUTH PLAIN"], Answers = line => line.StartsWith("AUTH") ? "535 5.7.8 no" : null };
        var failed = await Failed(To(sink, MailSecurity.StartTls) with { User = "kim", Password = Secret });
        (failed.Final, failed.Message).ShouldBe((false, "The mail server said '535 5.7.8 no' to AUTH."));
    }

    [Fact]
    public async Task To_another_machine_no_password_goes_in_the_clear()
    {
        var failed = await Failed(new MailSettings("mail.invalid", 25, MailSecurity.None, "kim", Secret, "parley@lighthouse.test", TimeoutSeconds: 5));
        failed.Final.ShouldBeFalse();
        // Before anything is connected to: this name leads nowhere.
        failed.Message.ShouldContain("not sent to another machine in the clear");
    }

    [Theory]
    [InlineData("451 4.7.1 come again", false)]
    [InlineData("550 nobody of that name", true)]
    public async Task A_no_for_now_is_another_than_a_no_for_good(string no, bool final)
    {
        await using var sink = new MailSink { Recipient = no };
        var failed = await Failed(To(sink, MailSecurity.None));
        (failed.Final, failed.Message).ShouldBe((final, $"The mail server said '{no}' to RCPT TO."));
        sink.Mails.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("550 5.1.1 nobody of that name", true)]
    [InlineData("550 5.1.10 the domain takes no mail", true)]
    [InlineData("550 nobody of that name", true)]
    [InlineData("551 not here", true)]
    [InlineData("553 5.1.8 your address is none", false)]
    [InlineData("552 5.2.2 the mailbox is full", false)]
    [InlineData("554 5.3.4 too big", false)]
    [InlineData("550 5.7.1 you are not welcome", false)]
    [InlineData("550 Relaying denied", false)]
    [InlineData("553 sorry, that domain isn't in my list of allowed rcpthosts", false)]
    [InlineData("554 no", false)]
    [InlineData("503 first say who you are", false)]
    public async Task Only_a_no_that_says_that_nobody_is_there_is_one_to_the_address(string no, bool address)
    {
        await using var sink = new MailSink { Recipient = no };
        var failed = await Failed(To(sink, MailSecurity.None));
        (failed.Final, failed.Address).ShouldBe((true, address));
    }

    [Fact]
    public async Task A_machine_in_any_script_is_written_to_by_its_ascii_name_and_a_mailbox_that_has_none_is_not()
    {
        await using var sink = new MailSink();
        await new Smtp(To(sink, MailSecurity.None), TimeProvider.System).Send(Hello with { To = "noor@bücher.example" }, Guid.CreateVersion7());
        var mail = sink.Mails.ShouldHaveSingleItem();
        mail.To.ShouldBe("noor@xn--bcher-kva.example");
        mail.Text.ShouldContain("To: <noor@xn--bcher-kva.example>");
        var failed = await new Smtp(To(sink, MailSecurity.None), TimeProvider.System).Send(Hello with { To = "jürgen@lighthouse.test" }, Guid.CreateVersion7()).ShouldThrowAsync<MailFailed>();
        (failed.Final, failed.Address).ShouldBe((true, false));
        sink.Mails.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_left_after_a_while_and_one_that_is_not_there_at_once()
    {
        await using var sink = new MailSink { IsSilent = true };
        var failed = await Failed(To(sink, MailSecurity.None) with { TimeoutSeconds = 1 });
        (failed.Final, failed.Message).ShouldBe((false, $"localhost:{sink.Port} did not answer within 1 seconds."));
        (await Failed(new MailSettings("localhost", 1, MailSecurity.None, From: "parley@lighthouse.test"))).Message.ShouldStartWith("localhost:1: ");
    }

    [Fact]
    public async Task What_was_taken_is_taken_though_the_goodbye_is_refused()
    {
        await using var sink = new MailSink { Answers = line => line == "QUIT" ? "421 too late" : null };
        await Send(To(sink, MailSecurity.None));
        sink.Mails.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_was_handed_over_and_not_answered_is_known_by_nobody()
    {
        await using var sink = new MailSink { Taken = null };
        (await Failed(To(sink, MailSecurity.None))).Kind.ShouldBe(MailRefusal.Unknown);
        await using var full = new MailSink { Taken = "452 4.3.1 no room, try again in 10 minutes" };
        var failed = await Failed(To(full, MailSecurity.None));
        (failed.Kind, failed.After, failed.Code).ShouldBe((MailRefusal.Throttled, TimeSpan.FromMinutes(10), 452));
    }

    [Fact]
    public async Task A_token_is_given_as_providers_want_it()
    {
        var wanted = Base64("user=kim@lighthouse.test\u0001auth=Bearer t0\u0001\u0001");
        await using var sink = new MailSink(_certificate) { Offers = ["STARTTLS", "AUTH LOGIN XOAUTH2"], Answers = Lets("AUTH XOAUTH2", "user=kim@lighthouse.test\u0001auth=Bearer t0\u0001\u0001") };
        var server = new MailServer("localhost", sink.Port, MailSecurity.StartTls) { User = "kim@lighthouse.test", Token = _ => Task.FromResult("t0"), Certificate = _file };
        await new Smtp(server, "kim@lighthouse.test", TimeProvider.System).Send(Hello, Guid.CreateVersion7());
        sink.Said.ShouldContain(said => said.Line == $"AUTH XOAUTH2 {wanted}" && said.Encrypted);
        await using var no = new MailSink(_certificate) { Offers = ["STARTTLS", "AUTH XOAUTH2"], Answers = line => line.StartsWith("AUTH") ? "334 e30=" : line.Length == 0 ? "535 5.7.8 the token is over" : null };
        var failed = await new Smtp(server with { Port = no.Port }, "kim@lighthouse.test", TimeProvider.System).Send(Hello, Guid.CreateVersion7()).ShouldThrowAsync<MailFailed>();
        (failed.Kind, failed.Fault, failed.Message).ShouldBe((MailRefusal.Misconfigured, MailFault.Login, "The mail server said '535 5.7.8 the token is over' to AUTH."));
    }

    [Fact]
    public async Task What_a_server_offers_is_used_and_what_it_does_not_take_is_not_sent()
    {
        await using var sink = new MailSink { Offers = ["SIZE 100000", "SMTPUTF8", "DSN"] };
        var server = new MailServer("localhost", sink.Port, MailSecurity.None);
        var smtp = new Smtp(server, "kim@lighthouse.test", TimeProvider.System);
        var id = Guid.CreateVersion7();
        await smtp.Send(Hello with { To = "j\u00fcrgen@lighthouse.test", Notices = true, Text = "Gr\u00fc\u00dfe", Bcc = ["noor@lighthouse.test"] }, id);
        sink.Said.Select(said => said.Line).Where(line => line.StartsWith("MAIL") || line.StartsWith("RCPT")).Select(line => System.Text.RegularExpressions.Regex.Replace(line, @"SIZE=\d+", "SIZE=n")).ShouldBe([
            $"MAIL FROM:<kim@lighthouse.test> SIZE=n BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID={id:N}", "RCPT TO:<j\u00fcrgen@lighthouse.test> NOTIFY=FAILURE,DELAY", "RCPT TO:<noor@lighthouse.test> NOTIFY=FAILURE,DELAY"]);
        sink.Whole.Single().ShouldContain("To: <j\u00fcrgen@lighthouse.test>");
        sink.Whole.Single().ShouldNotContain("noor");
        var failed = await smtp.Send(Hello with { Text = new string('x', 200_000) }, id).ShouldThrowAsync<MailFailed>();
        (failed.Kind, failed.Final).ShouldBe((MailRefusal.Rejected, true));
        failed = await smtp.Send(Hello with { To = "noor@lighthouse.test>\r\nRCPT TO:<all@lighthouse.test" }, id).ShouldThrowAsync<MailFailed>();
        failed.Kind.ShouldBe(MailRefusal.Rejected);
        sink.Mails.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Who_is_refused_among_several_is_named_and_the_others_have_it()
    {
        await using var sink = new MailSink { Answers = line => line == "RCPT TO:<gone@lighthouse.test>" ? "550 5.1.1 nobody" : null };
        var taken = await new Smtp(To(sink, MailSecurity.None), TimeProvider.System).Send(Hello with { Cc = [new("gone@lighthouse.test", "Gone"), new("ben@lighthouse.test")] }, Guid.CreateVersion7());
        taken.Refused.ShouldHaveSingleItem().Address.ShouldBe("gone@lighthouse.test");
        sink.Whole.Single().ShouldContain("Cc: Gone <gone@lighthouse.test>,\n <ben@lighthouse.test>\n");
    }

    [Fact]
    public async Task A_server_that_answers_each_line_slowly_is_not_listened_to_for_ever()
    {
        await using var sink = new MailSink();
        sink.Answers = line =>
        {
            Thread.Sleep(line.StartsWith("RCPT", StringComparison.Ordinal) ? 100 : 0);
            return null;
        };
        var many = Hello with { Bcc = [.. Enumerable.Range(0, 40).Select(n => $"n{n}@example.test")] };
        var server = new MailServer("localhost", sink.Port, MailSecurity.None) { TimeoutSeconds = 20 };
        var failed = await new Smtp(server with { Longest = TimeSpan.FromSeconds(1) }, "parley@lighthouse.test", TimeProvider.System).Send(many, Guid.CreateVersion7()).ShouldThrowAsync<MailFailed>();
        (failed.Kind, failed.Fault).ShouldBe((MailRefusal.Unreachable, MailFault.Silent));
        sink.Mails.ShouldBeEmpty();
        await new Smtp(server, "parley@lighthouse.test", TimeProvider.System).Send(many, Guid.CreateVersion7());
        sink.Mails.ShouldHaveSingleItem();
    }

    private static Task Send(MailSettings settings) => new Smtp(settings, TimeProvider.System).Send(Hello, Guid.CreateVersion7());

    private static Task<MailFailed> Failed(MailSettings settings) => Send(settings).ShouldThrowAsync<MailFailed>();

    private MailSettings To(MailSink sink, MailSecurity security) => new("localhost", sink.Port, security, From: "parley@lighthouse.test", Certificate: _file, TimeoutSeconds: 20);

    private static Func<string, string?> Lets(string command, string word) => line => line == $"{command} {Base64(word)}" ? "235 come in" : null;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
