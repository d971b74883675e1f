using System.Diagnostics;
using Parley.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Reading;

/// <summary>Mails of others, changed by chance: whatever comes is read, soon and in little memory. A seed that fails is kept here.</summary>
public sealed class MailLimitsTests
{
    private static readonly int Mails = Environment.GetEnvironmentVariable("PARLEY_TESTS_LONG") is { Length: > 0 } ? 20_000 : 100;

    private static readonly string[] Strange =
    [
        "=?utf-8?B?", "?=", "=?", "\r\n", "\n\n", "\r", "--", "\"", "(", "<", ">", ";", ":", ",", "\\", "\0", "=", "=\n", "Content-Type: multipart/mixed; boundary=a\n\n--a\n", "Content-Type: message/rfc822\n\n",
        "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: quoted-printable\n", "Content-Transfer-Encoding: x-uuencode\n", "charset=iso-2022-jp", "name*0*=utf-8''%", "From: ", "begin 644 a\n", "\u00FF\u00FE", "\u001b$B",
    ];

    [SkippableFact]
    public void Mails_changed_by_chance_are_read_too()
    {
        MailFixtures.Need();
        var mails = MailFixtures.Whole.Select(MailFixtures.Open).Where(mail => mail.Length is > 0 and < 40_000).ToList();
        var slowest = TimeSpan.Zero;
        for (var seed = 0; seed < Mails; seed++)
        {
            var random = new Random(seed);
            var mail = Changed(mails[random.Next(mails.Count)], mails, random);
            var (clock, memory) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
            Should.NotThrow(() => Look(MailReader.Read(mail)), $"seed {seed}");
            slowest = clock.Elapsed > slowest ? clock.Elapsed : slowest;
            (GC.GetAllocatedBytesForCurrentThread() - memory).ShouldBeLessThan(64 * 1024 * 1024, $"seed {seed}");
        }

        slowest.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    /// <summary>Everything that anybody would ask of it.</summary>
    private static void Look(ReadMail mail)
    {
        _ = (mail.Subject, mail.From, mail.ReplyTo, mail.To, mail.Cc, mail.Bcc, mail.Date, mail.MessageId, mail.InReplyTo, mail.References);
        _ = (mail.AutoSubmitted, mail.Precedence, mail.IsList, mail.Text, mail.Page, mail.Seal, mail.Flaws);
        string.Join('\n', Visible.Read(mail.Text ?? "").Pieces.Select(piece => piece.Text)).ShouldBe((mail.Text ?? "").ReplaceLineEndings("\n"));
        _ = (Automatic.Of(mail), Deliveries.Read(mail).Count, Visible.Read(mail).Text, CleanPage.Of(mail.Page ?? "", _ => null));
        foreach (var part in mail.Attachments)
        {
            _ = (part.Name, part.ContentId, part.IsTnef, part.Mail?.Subject);
        }
    }

    private static byte[] Changed(byte[] mail, List<byte[]> others, Random random)
    {
        var bytes = mail.ToList();
        for (var times = random.Next(1, 20); times > 0 && bytes.Count > 0; times--)
        {
            var at = random.Next(bytes.Count);
            var length = random.Next(Math.Min(200, bytes.Count - at));
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 3: bytes.InsertRange(at, System.Text.Encoding.Latin1.GetBytes(Strange[random.Next(Strange.Length)])); break;
                case 4: bytes.InsertRange(at, others[random.Next(others.Count)].Take(3_000)); break;
                default: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }

        return [.. bytes];
    }
}
