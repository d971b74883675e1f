using System.Text;
using Parley.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Reading;

/// <summary>A mail is read whatever it is: parts in parts, packed and flowed, broken in every way; and what would fill the memory is cut.</summary>
public sealed class MailReaderTests
{
    private const string Several = """
        From: Ana <ana@ben.test>
        Subject: The rig
        Content-Type: multipart/mixed; boundary="a b"

        For old programs.
        --a b
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Gr=C3=BC=C3=9Fe, =
        Ana
        --inner
        Content-Type: multipart/related; boundary=rel

        --rel
        Content-Type: text/html; charset=utf-8

        <p>Grüße, <img src="cid:mast@ben"></p>
        --rel
        Content-Type: image/png; name=mast.png
        Content-Transfer-Encoding: base64
        Content-ID: <mast@ben>

        iVBORw0KGgo=
        --rel--
        --inner--

        --a b
        Content-Type: application/pdf
        Content-Disposition: attachment; filename*0*=UTF-8''Re%C3%A9; filename*1=" 1.pdf"
        Content-Transfer-Encoding: base64

        JVBERi0xLjQK
        --a b--
        Behind it.
        """;

    [Fact]
    public void Text_page_pictures_and_files_are_told_apart()
    {
        var mail = Read(Several);
        mail.Subject.ShouldBe("The rig");
        mail.Text.ShouldBe("Grüße, Ana");
        mail.Page.ShouldBe("<p>Grüße, <img src=\"cid:mast@ben\"></p>");
        mail.Attachments.Select(part => (part.Type, part.Name, part.ContentId, part.Size)).ShouldBe([("image/png", "mast.png", "mast@ben", 8), ("application/pdf", "Reé 1.pdf", null, 9)]);
        mail.Attachments[1].Bytes.ShouldBe("%PDF-1.4\n"u8.ToArray());
        mail.Flaws.ShouldBeEmpty();
    }

    [Fact]
    public void It_does_not_matter_how_lines_end_nor_in_which_pieces_they_come()
    {
        var expected = Read(Several.Replace("\n", "\r\n"));
        foreach (var size in new[] { 1, 7, 4096 })
        {
            using var slow = new Slow(Encoding.UTF8.GetBytes(Several.Replace("\n", "\r\n")), size);
            var mail = MailReader.Read(slow, _ => new MemoryStream());
            (mail.Text, mail.Page, mail.Attachments.Count).ShouldBe((expected.Text, expected.Page, 2));
        }
    }

    [Theory]
    [InlineData("Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\ncaf\u00E9", "café", null)]
    [InlineData("Content-Type: text/plain; charset=nobody-knows\n\ncaf\u00E9", "café", MailFlaws.CharsetUnknown)]
    [InlineData("Content-Type: text/plain; charset=utf-8\n\ncaf\u00E9", "caf\uFFFD", MailFlaws.CharsetBroken)]
    [InlineData("Content-Type: text/plain; charset=us-ascii\n\ncaf\u00E9", "café", MailFlaws.CharsetBroken)]
    [InlineData("Content-Transfer-Encoding: x-nobody-knows\n\ntext", "text", MailFlaws.EncodingUnknown)]
    [InlineData("Content-Transfer-Encoding: base64\n\ndGV4dA", "text", null)]
    [InlineData("Content-Transfer-Encoding: base64\n\ndG!V4\ndA==\n\n--\nA list of mails", "text", MailFlaws.EncodingBroken)]
    [InlineData("Content-Transfer-Encoding: quoted-printable\n\na=b =3D=\n c=", "a=b = c", MailFlaws.EncodingBroken)]
    [InlineData("Content-Type: multipart/mixed; boundary=none\n\nOnly this.", "Only this.", MailFlaws.NoParts)]
    [InlineData("Content-Type: multipart/mixed; boundary=a\n\n--a\n\nOnly this.", "Only this.", MailFlaws.NoEnd)]
    [InlineData("Content-Type: multipart/mixed\n\nNo boundary.", null, null)]
    [InlineData("Subject: Hello\nDear people,\n\nno line between.", "Dear people,\n\nno line between.", MailFlaws.NoSeparator)]
    [InlineData("Content-Type: text/plain; format=flowed; delsp=yes\n\n> quo \n> ted\nflo \nwed\n-- \nAna", "> quoted\nflowed\n-- \nAna", null)]
    [InlineData("Content-Type: text\n\ntext", "text", null)]
    [InlineData("", "", null)]
    public void What_is_broken_is_read_and_says_so(string mail, string? text, string? flaw)
    {
        var read = MailReader.Read(Encoding.Latin1.GetBytes(mail));
        read.Text.ShouldBe(text);
        read.Flaws.ShouldBe(flaw is null ? [] : [flaw]);
        read.Body.All().Last().Bytes.ShouldBe(flaw?.StartsWith("charset") == true ? [.. "caf"u8, 0xE9] : read.Body.All().Last().Bytes);
    }

    [Fact]
    public void Mails_in_mails_signatures_and_what_outlook_packs_are_recognised()
    {
        var within = Read("Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\nSubject: Within\n\nHello\n--x\nContent-Type: application/ms-tnef; name=winmail.dat\n\n\u0001\n--x--");
        within.Attachments[0].Mail!.Subject.ShouldBe("Within");
        within.Attachments[0].Mail!.Text.ShouldBe("Hello");
        within.Attachments[1].IsTnef.ShouldBeTrue();
        Read("Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=x\n\n--x\n\nHello\n--x\nContent-Type: application/pgp-signature\n\nsigned\n--x--").ShouldSatisfyAllConditions(
            mail => mail.Seal.ShouldBe(MailSeal.PgpSigned), mail => mail.Text.ShouldBe("Hello"), mail => mail.Attachments.ShouldHaveSingleItem().Bytes.ShouldBe("signed"u8.ToArray()));
        Read("Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nx").Seal.ShouldBe(MailSeal.SmimeEncrypted);
        Read("\n-----BEGIN PGP MESSAGE-----\n").Seal.ShouldBe(MailSeal.PgpEncrypted);
    }

    [Fact]
    public void A_file_of_fifty_megabytes_goes_through_little_memory()
    {
        const long Size = 50L * 1024 * 1024;
        var line = Encoding.ASCII.GetBytes(Convert.ToBase64String(new byte[57]) + "\r\n");
        using var raw = new Endless(Encoding.ASCII.GetBytes("Content-Type: application/zip\nContent-Disposition: attachment; filename=big.zip\nContent-Transfer-Encoding: base64\n\n"), line, (Size / 57) + 1);
        var kept = new Counting();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var mail = MailReader.Read(raw, _ => kept);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(2 * 1024 * 1024);
        kept.Written.ShouldBe(((Size / 57) + 1) * 57);
        mail.Attachments.ShouldHaveSingleItem().Size.ShouldBe(kept.Written);
        mail.Flaws.ShouldBeEmpty();
    }

    [Fact]
    public void A_gigabyte_of_base64_is_cut_at_the_limit()
    {
        var line = new byte[8190];
        line.AsSpan().Fill((byte)'A');
        using var raw = new Endless("Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n"u8.ToArray(), line, 132 * 1024);
        var kept = new Counting();
        var mail = MailReader.Read(raw, _ => kept);
        mail.Flaws.Except([MailFlaws.EncodingBroken]).ShouldBe([MailFlaws.Long, MailFlaws.PartCut]);
        kept.Written.ShouldBe(MailLimits.Attachment);
    }

    [Fact]
    public void Ten_thousand_parts_in_parts_and_beside_each_other_are_cut()
    {
        var deep = new StringBuilder();
        var wide = new StringBuilder("Content-Type: multipart/mixed; boundary=w\n\n");
        var mails = new StringBuilder();
        for (var i = 0; i < 10_000; i++)
        {
            deep.Append($"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n");
            wide.Append("--w\n\nx\n");
            mails.Append("Content-Type: message/rfc822\n\n");
        }

        Read(deep.ToString()).ShouldSatisfyAllConditions(mail => mail.Flaws.ShouldBe([MailFlaws.Deep, MailFlaws.NoEnd]), mail => mail.Body.All().Count().ShouldBe(MailLimits.Depth + 1));
        Read($"{wide}--w--").ShouldSatisfyAllConditions(mail => mail.Flaws.ShouldBe([MailFlaws.Parts]), mail => mail.Body.Parts.Count.ShouldBe(MailLimits.Parts + 1), mail => mail.Attachments[^1].Size.ShouldBeGreaterThan(50_000));
        Read(mails.ToString()).Flaws.ShouldBe([MailFlaws.Deep]);
    }

    [Fact]
    public void A_header_of_a_megabyte_is_cut_and_what_follows_is_read()
    {
        var mail = Read($"Subject: {new string('x', 1024 * 1024)}\nFrom: ana@ben.test\n\nHello");
        mail.Subject.Length.ShouldBe(MailLimits.Field - 1);
        (mail.Flaws.ShouldHaveSingleItem(), mail.Text).ShouldBe((MailFlaws.HeaderCut, "Hello"));
        Read(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"X-{i}: {new string('y', 100)}\n")) + "\nHello").ShouldSatisfyAllConditions(
            many => many.Headers.All.Count.ShouldBe(MailLimits.Fields), many => many.Text.ShouldBe("Hello"));
    }

    [Fact]
    public void An_archive_that_calls_itself_a_picture_says_so()
    {
        Read($"Content-Type: image/png; name=mast.png\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String("PK\u0003\u0004 and more"u8)}").Flaws.ShouldBe([MailFlaws.Disguised]);
        Read($"Content-Type: application/octet-stream; name=mast.jpg\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String("<html><script>"u8)}").Flaws.ShouldBe([MailFlaws.Disguised]);
    }

    [Fact]
    public void A_text_longer_than_is_held_is_cut()
    {
        var mail = Read("\n" + new string('x', 3 * 1024 * 1024));
        (mail.Flaws.ShouldHaveSingleItem(), mail.Text!.Length).ShouldBe((MailFlaws.TextCut, MailLimits.Text));
    }

    [SkippableFact]
    public void Every_mail_of_others_is_read()
    {
        MailFixtures.Need();
        foreach (var path in MailFixtures.All)
        {
            var mail = MailReader.Read(MailFixtures.Open(path));
            _ = (mail.Subject, mail.From, mail.To, mail.Cc, mail.Date, mail.MessageId, mail.References, mail.Text, mail.Page, mail.Seal, mail.IsList);
        }

        MailFixtures.Whole.Count.ShouldBeGreaterThan(120);
    }

    private static ReadMail Read(string mail) => MailReader.Read(Encoding.UTF8.GetBytes(mail));

    private sealed class Slow(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, size));
    }

    /// <summary>A head, and then one line again and again.</summary>
    private sealed class Endless(byte[] head, byte[] line, long times) : MemoryStream
    {
        private long _at;

        public override int Read(byte[] buffer, int offset, int count)
        {
            var (source, from) = _at < head.Length ? (head, (int)_at) : (line, (int)((_at - head.Length) % line.Length));
            var read = _at >= head.Length + (times * line.Length) ? 0 : Math.Min(count, source.Length - from);
            source.AsSpan(from, read).CopyTo(buffer.AsSpan(offset));
            _at += read;
            return read;
        }
    }

    private sealed class Counting : MemoryStream
    {
        public long Written { get; private set; }

        public override void Write(byte[] buffer, int offset, int count) => Written += count;

        public override void Write(ReadOnlySpan<byte> buffer) => Written += buffer.Length;
    }
}
