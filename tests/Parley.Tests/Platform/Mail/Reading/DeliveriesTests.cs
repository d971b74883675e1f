using System.Text;
using Parley.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Reading;

/// <summary>What became of a mail, as servers say it: by the standard, and in their own words.</summary>
public sealed class DeliveriesTests
{
    private const string Report = """
        From: MAILER-DAEMON@mx.test
        Content-Type: multipart/report; report-type=delivery-status; boundary=r

        --r

        Sorry.
        --r
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.test


        Final-Recipient: rfc822; ana@ben.test
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 <ana@ben.test>
          Nobody of this name

        Original-Recipient: rfc822;ben@ben.test
        Action: delayed
        Status: 4.2.2 (mailbox full)

        Final-Recipient: rfc822; kim@ben.test
        Action: relayed
        Status: 2.0.0

        Final-Recipient: rfc822; noor@ben.test
        Action: failed
        Status: 4.4.7
        --r
        Content-Type: message/rfc822

        Message-ID: <ours@lighthouse.test>
        Subject: The rig

        Hello
        --r--
        """;

    /// <summary>The reports among the mails of others: whom each is about, what became of it and its code.</summary>
    private static readonly Dictionary<string, string[]> Fixtures = new()
    {
        ["mimekit/messages/bounce.txt"] = ["44565655.JitbitHelpdesk.13439.691a0afc-a0a0-457c-8208-f20b7c4a4cb1@jitbit.com netec.test@netecgc.com Permanent 5.1.1"],
        ["mimekit/messages/delivery-status-multiple-blank-lines.txt"] = [" orig_recip@customer.com Permanent 5.5.0"],
        ["mimekit/messages/delivery-status-no-blank-line.txt"] = ["31FC7EB4.41C6@netscape.com newsletter-request@imusic.com Permanent 500"],
        ["mimekit/messages/delivery-status.anonymized.eml"] = ["xxxxxxxx.xxxx@xxxxxxxx.xxx xxxxxxxxxxxxxxxxxx@xxxxxx.xxx Permanent "],
        ["mimekit/messages/delivery-status.txt"] = ["31FC7EB4.41C6@netscape.com newsletter-request@imusic.com Permanent 500"],
        ["mimekit/messages/delivery-status2.txt"] = [" source@domain.com Permanent 5.0.0"],
        ["mimekit/messages/disposition-notification.anonymized.eml"] = ["xxxxxxxxxxxx.xxxxx@xxxxxxx.xxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx Delivered "],
        ["mimekit/messages/disposition-notification.txt"] = ["199509192301.23456@example.org Joe_Recipient@example.com Read "],
        ["rfc2822-gem/mime_emails/raw_email_with_mimepart_without_content_type.eml"] = ["89d7557c0610181510r6fa5ebd8n66a7deec71ade118@mail.gmail.com larose.julie@courrier.uqam.ca Delayed 4.5.0"],
        ["rfc2822-gem/multipart_report_emails/multi_address_bounce1.eml"] =
        [
            "118707422.15521266992174819.JavaMail.root@lvmail01 bbbbvhvbbvkjbhfbvbvjhb@gmail.com Permanent 5.1.1",
            "118707422.15521266992174819.JavaMail.root@lvmail01 bscdbcjhasbcjhbdscbhbsdhcbj@gmail.com Permanent 5.1.1",
            "118707422.15521266992174819.JavaMail.root@lvmail01 egyfefsdvsfvvhjsd@gmail.com Permanent 5.1.1",
            "118707422.15521266992174819.JavaMail.root@lvmail01 kfhejkfbsjkjsbhds@gmail.com Permanent 5.1.1",
            "118707422.15521266992174819.JavaMail.root@lvmail01 qfvhgsvhgsduiohncdhcvhsdfvsfygusd@gmail.com Permanent 5.1.1",
        ],
        ["rfc2822-gem/multipart_report_emails/multi_address_bounce2.eml"] =
        [
            "118707422.15521266992174819.JavaMail.root@lvmail01 bbbbvhvbbvkjbhfbvbvjhb@gmail.com Permanent 5.1.1",
            "118707422.15521266992174819.JavaMail.root@lvmail01 bscdbcjhasbcjhbdscbhbsdhcbj@gmail.com Permanent 5.1.1",
            "118707422.15521266992174819.JavaMail.root@lvmail01 egyfefsdvsfvvhjsd@gmail.com Permanent 5.1.1",
            "118707422.15521266992174819.JavaMail.root@lvmail01 kfhejkfbsjkjsbhds@gmail.com Permanent 5.1.1",
            "118707422.15521266992174819.JavaMail.root@lvmail01 qfvhgsvhgsduiohncdhcvhsdfvsfygusd@gmail.com Permanent 5.1.1",
        ],
        ["rfc2822-gem/multipart_report_emails/multipart_report_multiple_status.eml"] = ["4c2a146147ac8_61ff157c4ec1652df@s.h.c.mail u@ci.com Permanent 5.3.0"],
        ["rfc2822-gem/multipart_report_emails/report_422.eml"] = ["15655788.13.1200472642578.JavaMail.Administrator@mail.ttttt.com.au fraser@oooooooo.com.au Delayed 4.2.2"],
        ["rfc2822-gem/multipart_report_emails/report_530.eml"] = ["200712232303.lBNN3jDq002941@mail12.rrrr.com.au edwin@zzzzzzz.com Permanent 5.3.0"],
    };

    [Fact]
    public void A_report_says_of_each_recipient_what_became_of_the_mail() => Read(Report).ShouldBe(
    [
        new("ours@lighthouse.test", "ana@ben.test", DeliveryOutcome.Permanent, "5.1.1", "smtp; 550 5.1.1 <ana@ben.test>  Nobody of this name"),
        new("ours@lighthouse.test", "ben@ben.test", DeliveryOutcome.Delayed, "4.2.2", null),
        new("ours@lighthouse.test", "kim@ben.test", DeliveryOutcome.Delivered, "2.0.0", null),
        new("ours@lighthouse.test", "noor@ben.test", DeliveryOutcome.Temporary, "4.4.7", null),
    ]);

    [Theory]
    [InlineData("From: MAILER-DAEMON@mx.test\nSubject: failure notice\n\nHi. This is the qmail-send program at mx.test.\n\n<ana@ben.test>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 No such user\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <kim@lighthouse.test>\nMessage-ID: <ours@lighthouse.test>\n", "ours@lighthouse.test ana@ben.test Permanent 5.1.1")]
    [InlineData("From: Mail Delivery System <Mailer-Daemon@mx.test>\nX-Failed-Recipients: ana@ben.test\nSubject: Mail delivery failed: returning message to sender\n\nThe following address(es) failed:\n\n  ana@ben.test\n    SMTP error: 552 Mailbox full\n\n------ This is a copy of the message ------\n\nMessage-Id: <ours@lighthouse.test>\n", "ours@lighthouse.test ana@ben.test Permanent 552")]
    [InlineData("From: postmaster@mx.test\nTo: kim@lighthouse.test\nIn-Reply-To: <ours@lighthouse.test>\nSubject: Warning: could not send message for past 4 hours\n\n<ana@ben.test>... Deferred: Connection timed out\nWill keep trying until message is 5 days old\n", "ours@lighthouse.test ana@ben.test Delayed ")]
    [InlineData("From: postmaster@mx.test\nSubject: Unzustellbar: Der Mast\n\nFehler bei der Nachrichtenzustellung.\n\nana@ben.test\n", " ana@ben.test Permanent ")]
    [InlineData("From: Ana <ana@ben.test>\nSubject: Undeliverable\n\nI cannot send mails to ben@ben.test: 550 5.1.1\n")]
    [InlineData("From: postmaster@mx.test\nSubject: Please change your password\n\nHello.\n")]
    [InlineData("Content-Type: multipart/report; boundary=r\n\n--r\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;ana@ben.test\nOriginal-Message-ID: <ours@lighthouse.test>\nDisposition: manual-action/MDN-sent-manually; displayed\n--r--", "ours@lighthouse.test ana@ben.test Read ")]
    public void Servers_that_know_no_standard_are_understood_and_people_are_not_taken_for_servers(string mail, params string[] said) => Read(mail).Select(Line).ShouldBe(said);

    [SkippableFact]
    public void Reports_of_others_are_understood()
    {
        MailFixtures.Need();
        MailFixtures.Whole.Select(path => (Path: path, Said: Deliveries.Read(MailReader.Read(MailFixtures.Open(path))).Select(Line).ToArray())).Where(each => each.Said.Length > 0)
            .Select(each => $"{each.Path}: {string.Join("; ", each.Said)}").ShouldBe(Fixtures.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key}: {string.Join("; ", each.Value)}"));
    }

    private static string Line(Delivery delivery) => $"{delivery.MessageId} {delivery.Recipient} {delivery.Outcome} {delivery.Status}";

    private static IReadOnlyList<Delivery> Read(string mail) => Deliveries.Read(MailReader.Read(Encoding.UTF8.GetBytes(mail)));
}
