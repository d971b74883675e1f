using System.Text;
using Parley.Channels.Email.Reading;
using Parley.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Channels.Email.Reading;

public class EmailPackingTests
{
    [Fact]
    public void Of_a_mail_that_is_too_large_all_is_kept_but_the_files_that_are()
    {
        using var raw = new MemoryStream();
        void Say(string text) => raw.Write(Encoding.UTF8.GetBytes(text));
        Say("From: Ana <ana@example.test>\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\nMessage-ID: <1@example.test>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSchöne Grüße\r\n");
        Say("--b\r\nContent-Type: image/png; name=small.png\r\nContent-ID: <one>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b\r\nContent-Type: application/zip; name=large.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        var line = Encoding.ASCII.GetBytes(new string('A', 76) + "\r\n");
        for (var size = 0L; size < 50L * 1024 * 1024; size += 57)
        {
            raw.Write(line);
        }

        Say("\r\n--b--\r\n");
        raw.Position = 0;
        var slim = EmailPacking.Slim(raw);
        slim.Length.ShouldBeLessThan(10_000);
        var mail = MailReader.Read(slim.ToArray());
        (mail.Subject, mail.MessageId, mail.Text!.Trim(), mail.From[0].Name).ShouldBe(("Grüße", "1@example.test", "Schöne Grüße", "Ana"));
        mail.Attachments.Select(part => (part.Name, part.Type, part.ContentId, part.Size)).ShouldBe([("small.png", "image/png", "one", 8L), ("large.zip", "application/zip", null, 0L)]);
        long.Parse(mail.Attachments[1].Headers[EmailPacking.LeftOut]!).ShouldBeGreaterThanOrEqualTo(50L * 1024 * 1024);
    }

    [Fact]
    public void A_mail_within_a_large_one_keeps_its_words_and_its_files()
    {
        var mail = "From: ana@example.test\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee below.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: The sail\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n"
            + "--c\r\n\r\nWhat Ben said.\r\n--c\r\nContent-Type: image/png; name=sail.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--c--\r\n--b--\r\n";
        var left = MailReader.Read(EmailPacking.Slim(new MemoryStream(Encoding.UTF8.GetBytes(mail))).ToArray());
        left.Attachments.Select(part => part.Name).ShouldContain("sail.png");
        Encoding.UTF8.GetString(left.Attachments.Single(part => part.Name == "The sail.txt").Bytes!).ShouldContain("What Ben said.");
    }

    [Fact]
    public void What_servers_say_of_ours_is_found_in_what_is_left_of_a_large_mail()
    {
        var mail = "From: MAILER-DAEMON@mx.test\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test\r\n\r\nFinal-Recipient: rfc822; ana@example.test\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
            + "--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <ours@lighthouse.test>\r\n\r\nLong\r\n--b--\r\n";
        var told = Deliveries.Read(MailReader.Read(EmailPacking.Slim(new MemoryStream(Encoding.UTF8.GetBytes(mail))).ToArray())).Single();
        (told.MessageId, told.Outcome, told.Status).ShouldBe(("ours@lighthouse.test", DeliveryOutcome.Permanent, "5.1.1"));
    }
}
