using Parley.Platform.Mail;
using Parley.Platform.Mail.Setup;
using Parley.Tests.Cast;
using Parley.Tests.Counterparts;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Setup;

/// <summary>What a person is told who sets a mailbox up: which of host, port, encryption, password or folder it is, and what to do; held against Postfix and Dovecot.</summary>
public sealed class MailTrialTests
{
    [SkippableFact]
    public async Task A_mailbox_that_works_sends_and_receives_and_each_thing_that_does_not_is_named()
    {
        Skip.If(Dovecot.Missing is not null, Dovecot.Missing);
        Skip.If(Postfix.Missing is not null, Postfix.Missing);
        await using var post = await Postfix.Start();
        await using var boxes = await Dovecot.Start(post.Mails);
        var setup = new MailboxSetup("ana@example.test", boxes.For("ana"), post.To(MailSecurity.Tls).Server, ["INBOX"]);
        var trial = new MailTrial(TimeProvider.System);
        (await trial.Try(setup)).Select(Say).ShouldBe(["receive", "folder INBOX", "send", "loop"]);

        (await trial.Try(setup with { Receive = setup.Receive with { Password = "another" }, Folders = ["INBOX"] })).Select(Say).ShouldBe(["receive mail.receive.password Password", "send"]);
        (await trial.Try(setup with { Folders = ["INBOX", "Nowhere"] })).Select(Say).ShouldBe(["receive", "folder INBOX", "folder Nowhere mail.folder.missing Folder", "send"]);
        (await trial.Try(setup with { Receive = setup.Receive with { Certificate = null } })).Select(Say).ShouldContain("receive mail.receive.tls Certificate");
        (await trial.Try(setup with { Receive = setup.Receive with { Port = Ports.Free() } })).Select(Say).ShouldContain("receive mail.receive.port Port");
        (await trial.Try(setup with { Receive = setup.Receive with { Host = "nobody.invalid", TimeoutSeconds = 5 } })).Select(Say).ShouldContain("receive mail.receive.host Host");
        (await trial.Try(setup with { Receive = setup.Receive with { Port = post.Port, Security = MailSecurity.StartTls } })).Select(Say).ShouldContain("receive mail.receive.port Port", "A mail server that sends is none that receives.");
        (await trial.Try(setup with { Send = setup.Send with { Password = "another" } })).Select(Say).ShouldContain("send mail.send.password Password");
        (await trial.Try(setup with { Send = setup.Send with { Port = Ports.Free() } })).Select(Say).ShouldContain("send mail.send.port Port");
        // Written to one mailbox, looked for in another.
        (await trial.Try(setup with { Address = "ben@example.test" }, patience: TimeSpan.FromSeconds(1))).Select(Say).ShouldContain("loop mail.loop.missing Loop");
    }

    [Theory]
    [InlineData("imap.lighthouse.test", 993, MailSecurity.StartTls, MailFault.Port, "mail.receive.port", MailAdvice.Tls)]
    [InlineData("imap.lighthouse.test", 993, MailSecurity.StartTls, MailFault.Silent, "mail.receive.port", MailAdvice.Tls)]
    [InlineData("imap.lighthouse.test", 143, MailSecurity.Tls, MailFault.Encryption, "mail.receive.tls", MailAdvice.StartTls)]
    [InlineData("imap.lighthouse.test", 143, MailSecurity.StartTls, MailFault.Encryption, "mail.receive.tls", MailAdvice.Certificate)]
    [InlineData("imap.lighthouse.test", 2143, MailSecurity.None, MailFault.Encryption, "mail.receive.tls", MailAdvice.Tls)]
    [InlineData("imap.lighthouse.test", 993, MailSecurity.Tls, MailFault.Login, "mail.receive.password", MailAdvice.Password)]
    [InlineData("imap.gmail.com", 993, MailSecurity.Tls, MailFault.Login, "mail.receive.password", MailAdvice.AppPassword)]
    [InlineData("outlook.office365.com", 993, MailSecurity.Tls, MailFault.Login, "mail.receive.password", MailAdvice.Token)]
    [InlineData("imap.lighthouse.test", 993, MailSecurity.Tls, MailFault.Busy, "mail.receive.busy", MailAdvice.Later)]
    public void What_is_likely_to_mend_it_is_said(string host, int port, MailSecurity security, MailFault fault, string code, MailAdvice advice)
    {
        var finding = MailTrial.Finding("receive", fault, new(host, port, security), "no");
        (finding.Code, finding.Advice, finding.Said).ShouldBe((code, advice, "no"));
    }

    private static string Say(MailFinding finding) => string.Join(' ', new[] { finding.Step, finding.Folder, finding.Code, finding.Code is null ? null : finding.Advice.ToString() }.OfType<string>());
}
