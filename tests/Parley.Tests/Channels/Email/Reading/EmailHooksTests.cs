using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Parley.Channels;
using Parley.Channels.Email.Reading;
using Parley.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Channels.Email.Reading;

/// <summary>Mails that are handed in, as they are kept.</summary>
public class EmailHooksTests
{
    private static readonly byte[] Large = new byte[12 * 1024 * 1024];

    [Fact]
    public void What_a_provider_posts_is_decoded_once_and_never_held_as_text()
    {
        var posted = Posted(new { From = "ana@example.test", Subject = "Sail", TextBody = "Here it is.", MessageID = "7", Attachments = new[] { new { Name = "sail.bin", Content = Convert.ToBase64String(Large), ContentType = "application/octet-stream" } } });
        var before = GC.GetAllocatedBytesForCurrentThread();
        var kept = EmailHooks.Kept(EmailHooks.Mail(posted)!.Value);
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        // The file, the mail around it, and what grows while that is written: as text alone it would be twice as much, and once more in each pass.
        taken.ShouldBeLessThan(10L * Large.Length);
        (kept.Path, kept.Headers.Count).ShouldBe((EmailHooks.Mime, 0));
        var mail = MailReader.Read(kept.Body.ToArray());
        (mail.Subject, mail.Attachments.Single().Bytes!.Length, mail.MessageId).ShouldBe(("Sail", Large.Length, "7@inbound.postmarkapp.com"));
        EmailReading.Key(kept.Body).ShouldStartWith("m");
    }

    [Fact]
    public void A_raw_mail_stays_what_it_is_and_what_is_none_is_none()
    {
        var raw = "From: ana@example.test\r\nMessage-ID: <1@example.test>\r\nSubject: \"Gr\u00fc\u00dfe\"\r\n\r\nHello \\ there.\r\n";
        Encoding.UTF8.GetString(EmailHooks.Mail(Posted(new { RawEmail = raw, From = "else@example.test" }))!.Value.Span).ShouldBe(raw);
        Encoding.UTF8.GetString(EmailHooks.Mail(Posted(new { RawEmail = raw, OriginalRecipient = "sales@lighthouse.test" }))!.Value.Span).ShouldBe($"X-Original-To: sales@lighthouse.test\r\n{raw}");
        EmailHooks.Mail(Posted(new { RawEmail = 7 })).ShouldBeNull();
        EmailHooks.Mail(Posted(new { From = "a@b.test", Attachments = new[] { new { Name = "x", Content = "no base64!" } } })).ShouldBeNull();
        EmailHooks.Mail(Posted(new { })).ShouldBeNull();
    }

    [Fact]
    public void A_mail_that_is_too_large_is_kept_without_the_largest_of_its_files_and_known_by_its_head_alone()
    {
        var mail = new MemoryStream();
        mail.Write("From: ana@example.test\r\nMessage-ID: <1@example.test>\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHello.\r\n--b\r\nContent-Type: application/zip; name=large.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"u8);
        var line = Encoding.ASCII.GetBytes(new string('A', 76) + "\r\n");
        while (mail.Length < EmailPacking.Whole + 1)
        {
            mail.Write(line);
        }

        mail.Write("\r\n--b--\r\n"u8);
        var whole = mail.GetBuffer().AsMemory(0, (int)mail.Length);
        var kept = EmailHooks.Kept(whole);
        kept.Body.Length.ShouldBeLessThan(10_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        EmailReading.Key(whole).ShouldBe(EmailReading.Key(kept.Body));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1024 * 1024, "Nothing of what it says is read for that.");
    }

    private static RawRequest Posted(object body) => new("POST", EmailHooks.Postmark, ImmutableSortedDictionary<string, string>.Empty, ImmutableSortedDictionary<string, string>.Empty, JsonSerializer.SerializeToUtf8Bytes(body));
}
