using System.Buffers.Binary;
using System.Text;
using Parley.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Reading;

/// <summary>What is wrapped in ways that are no MIME.</summary>
public sealed class WrappedTests
{
    /// <summary>"openssl cms -sign -nodetach" of a mail, as it is, and with lengths that are not said before (-stream).</summary>
    private const string Signed = "MIIBNwYJKoZIhvcNAQcCoIIBKDCCASQCAQExDTALBglghkgBZQMEAgEwfgYJKoZIhvcNAQcBoHEEb0NvbnRlbnQtVHlwZTogdGV4dC9wbGFpbjsgY2hhcnNldD11dGYtOA0KQ29udGVudC1UcmFuc2Zlci1FbmNvZGluZzogOGJpdA0KDQpJY2ggaGFiZSB1bnRlcnNjaHJpZWJlbjogZ3LDvMOfZS4NCjGBjzCBjAIBATAmMA4xDDAKBgNVBAMMA0FuYQIUKbfdZdb7+EfpC8GIkFkn1t2BPMMwCwYJYIZIAWUDBAIBMAoGCCqGSM49BAMCBEYwRAIgUyxoCEQPVeBO1mJT1SXraqFrBAtFJ+HpzkLqSHdK9gMCIA0SXpBltVYnJyGIhhX7vP6NLHcGOXlAsUFq8zlEE5aT";
    private const string Streamed = "MIAGCSqGSIb3DQEHAqCAMIACAQExDTALBglghkgBZQMEAgEwgAYJKoZIhvcNAQcBoIAkgARvQ29udGVudC1UeXBlOiB0ZXh0L3BsYWluOyBjaGFyc2V0PXV0Zi04DQpDb250ZW50LVRyYW5zZmVyLUVuY29kaW5nOiA4Yml0DQoNCkljaCBoYWJlIHVudGVyc2NocmllYmVuOiBncsO8w59lLg0KAAAAAAAAMYGPMIGMAgEBMCYwDjEMMAoGA1UEAwwDQW5hAhQpt91l1vv4R+kLwYiQWSfW3YE8wzALBglghkgBZQMEAgEwCgYIKoZIzj0EAwIERjBEAiAeycfL3bXXfScp/bL1RklZUt2GJpLmnE0h7vBVnQcLMwIgQK5jVI03OJFDgg0RKernpcvOlXE83S43mY0zWtInit8AAAAAAAA=";

    [Theory]
    [InlineData(Signed, "; smime-type=signed-data")]
    [InlineData(Streamed, "; smime-type=signed-data")]
    [InlineData(Signed, "")]
    public void A_mail_within_its_own_signature_is_read(string signed, string type)
    {
        var mail = Open($"Subject: Signed\r\nContent-Type: application/pkcs7-mime{type}; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n{signed}\r\n");
        mail.Text!.Trim().ShouldBe("Ich habe unterschrieben: grüße.");
        mail.Attachments.ShouldBeEmpty();
        mail.Subject.ShouldBe("Signed");
    }

    [Fact]
    public void What_is_no_signature_stays_as_it_came()
    {
        foreach (var bytes in new[] { "bm90aGluZw==", "MIAGCSqGSIb3DQEHAqCA", Signed[..100], "MAsGCSqGSIb3DQEHAw==" })
        {
            var mail = Open($"Content-Type: application/pkcs7-mime; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n{bytes}\r\n");
            (mail.Text, mail.Attachments.Single().Name, mail.Seal).ShouldBe((null, "smime.p7m", MailSeal.SmimeEncrypted));
        }
    }

    [Fact]
    public void Files_that_stand_in_a_text_are_files_and_words_that_look_like_it_are_words()
    {
        var mail = Open("From: ana@example.test\r\n\r\nHere it is:\r\n\r\nbegin 644 cat.txt\r\n#0V%T\r\n`\r\nend\r\n\r\nDo you like it?\r\n");
        mail.Text!.Trim().ShouldBe("Here it is:\n\n\nDo you like it?");
        var file = mail.Attachments.Single();
        (file.Name, Encoding.ASCII.GetString(file.Bytes!)).ShouldBe(("cat.txt", "Cat"));
        foreach (var words in new[] { "begin 644 words\nand then we go on\nend", "begin with me\nend", "begin 644 cat.txt\n#0V%T\n" })
        {
            var plain = Open($"From: ana@example.test\r\n\r\n{words}\r\n");
            (plain.Text!.TrimEnd(), plain.Attachments.Count).ShouldBe((words.TrimEnd(), 0));
        }
    }

    /// <summary>A mail of a few megabytes must not become a hundred thousand files.</summary>
    [Fact]
    public void Of_files_without_number_the_first_are_read_and_of_a_text_without_end_its_beginning()
    {
        var lines = new StringBuilder("From: ana@example.test\r\n\r\nHere:\r\n");
        for (var n = 0; n < MailLimits.Parts + 500; n++)
        {
            lines.Append("begin 644 cat.txt\r\n#0V%T\r\n`\r\nend\r\n");
        }

        Open(lines.ToString()).Attachments.Count.ShouldBe(MailLimits.Parts);

        var begun = Enumerable.Repeat((0x00069002u, new byte[14]), 5_000).Append((0x0006800Fu, "late"u8.ToArray()));
        var tnef = Tnef([(0x0002800C, Encoding.ASCII.GetBytes(new string('a', MailLimits.Text + 1_000))), (0x00069002, new byte[14]), (0x0006800F, "ten feet"u8.ToArray()), .. begun]);
        var mail = Open($"Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(tnef)}\r\n");
        // What was not taken out of it is still in it.
        mail.Attachments.Select(file => file.Name).ShouldBe([null, "winmail.dat"]);
        mail.Text!.Trim().Length.ShouldBe(MailLimits.Text);
    }

    [Fact]
    public void What_Outlook_packs_is_opened()
    {
        var tnef = Tnef(
            (0x00069003, Properties((0x1000001F, Encoding.Unicode.GetBytes("Grüße aus Outlook\0")))),
            (0x00069002, new byte[14]), (0x00018010, Encoding.ASCII.GetBytes("SAIL~1.TXT\0")), (0x0006800F, "ten feet"u8.ToArray()),
            (0x00069005, Properties((0x3707001F, Encoding.Unicode.GetBytes("Segel größe.txt\0")), (0x370E001F, Encoding.Unicode.GetBytes("text/x-sail\0")))),
            (0x00069002, new byte[14]), (0x00018010, Encoding.ASCII.GetBytes("mast.pdf\0")), (0x0006800F, "%PDF-1"u8.ToArray()));
        var mail = Open($"Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(tnef)}\r\n");
        mail.Text.ShouldBe("Grüße aus Outlook");
        mail.Attachments.Select(file => (file.Name, file.Type, Encoding.ASCII.GetString(file.Bytes!))).ShouldBe([("Segel größe.txt", "text/x-sail", "ten feet"), ("mast.pdf", "application/octet-stream", "%PDF-1")]);

        // What the mail says by itself it says once.
        var both = Open($"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHello.\r\n--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(tnef)}\r\n--b--\r\n");
        (both.Text, both.Attachments.Count).ShouldBe(("Hello.", 2));
    }

    [Fact]
    public void What_is_broken_or_endless_within_breaks_nothing()
    {
        var whole = Tnef((0x00069003, Properties((0x1000001F, Encoding.Unicode.GetBytes("Hello\0")))), (0x00069002, new byte[14]), (0x0006800F, new byte[40]));
        for (var length = 0; length <= whole.Length; length++)
        {
            _ = Parley.Platform.Mail.Reading.Tnef.Read(whole[..length]);
        }

        var random = new Random(14);
        for (var n = 0; n < 2_000; n++)
        {
            var broken = whole.ToArray();
            for (var i = 0; i < 4; i++)
            {
                broken[random.Next(4, broken.Length)] = (byte)random.Next(256);
            }

            _ = Parley.Platform.Mail.Reading.Tnef.Read(broken);
        }

        Open("Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nnothing\r\n").Attachments.Single().Name.ShouldBe("winmail.dat");
    }

    /// <summary>The example of [MS-OXRTFCP] 4.1.1.</summary>
    [Fact]
    public void Rich_text_is_unpacked() => Encoding.ASCII.GetString(RichText.Unpacked(Convert.FromHexString("2D0000002B0000004C5A4675F1C5C7A703000A007263706731323542320AF32068656C090020627705B06C647D0A800FA0"))!)
        .ShouldBe("{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");

    private static ReadMail Open(string mail) => Wrapped.Open(MailReader.Read(Encoding.UTF8.GetBytes(mail)));

    private static byte[] Tnef(params (uint Id, byte[] Value)[] attributes)
    {
        var to = new MemoryStream();
        Number(to, 0x223E9F78);
        to.Write([1, 0]);
        foreach (var (id, value) in attributes)
        {
            to.WriteByte(1);
            Number(to, id);
            Number(to, (uint)value.Length);
            to.Write(value);
            to.Write([0, 0]);
        }

        return to.ToArray();
    }

    private static byte[] Properties(params (uint Tag, byte[] Value)[] properties)
    {
        var to = new MemoryStream();
        Number(to, (uint)properties.Length);
        foreach (var (tag, value) in properties)
        {
            Number(to, tag);
            Number(to, 1);
            Number(to, (uint)value.Length);
            to.Write(value);
            to.Write(new byte[(4 - (value.Length % 4)) % 4]);
        }

        return to.ToArray();
    }

    private static void Number(Stream to, uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        to.Write(bytes);
    }
}
