using Parley.Platform.Mail;
using Parley.Server.Demo.Mailbox;
using Shouldly;

namespace Parley.Tests.Server.Demo.Mailbox;

public class ReceivedTests
{
    [Fact]
    public async Task What_parley_writes_is_read_as_it_was_meant()
    {
        var at = new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);
        var subject = "Lighthouse: eine Antwort für Zoë, die länger ist als ein einziges kodiertes Wort sein darf ⛵";
        var raw = System.Text.Encoding.ASCII.GetString(await new Letter("zoe@martin.test", subject, "Hallo Zoë,\n\n    es ist <b>da</b>.\n") { From = "Lichthaus Größe" }.Bytes("hello@lighthouse.test", Guid.Parse("0197c0de-0000-7000-8000-000000000001"), at));
        var read = Received.Of(7, raw);
        (read.Number, read.Sender, read.From, read.To, read.Subject, read.At).ShouldBe((7, "Lichthaus Größe", "Lichthaus Größe <hello@lighthouse.test>", "zoe@martin.test", subject, at));
        read.Text.ShouldBe("Hallo Zoë,\n\n    es ist <b>da</b>.\n");
        read.Page.ShouldBeNull();
    }

    [Fact]
    public async Task The_page_beside_the_text_has_its_picture_in_it()
    {
        var letter = new Letter("zoe@martin.test", "Hi", "Hallo.\n") { Page = "<p>Größe</p><img src=\"cid:logo\">", Picture = new Inline("logo", "image/png", [1, 2, 3]) };
        var raw = System.Text.Encoding.ASCII.GetString(await letter.Bytes("hello@lighthouse.test", Guid.Parse("0197c0de-0000-7000-8000-000000000001"), DateTimeOffset.UnixEpoch));
        var read = Received.Of(1, raw);
        (read.Text, read.Page).ShouldBe(("Hallo.\n", "<p>Größe</p><img src=\"data:image/png;base64,AQID\">"));
    }

    [Theory]
    [InlineData("Content-Type: multipart/alternative; boundary=\"b1\"\n\n--b1\nContent-Type: text/html\n\n<p>no</p>\n--b1\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nSch=C3=B6n,=\n ja\n--b1--\n", "Schön, ja")]
    [InlineData("Subject: only a head", "")]
    [InlineData("Content-Type: text/html\n\n<script>alert(1)</script>", "")]
    [InlineData("\n\njust a body", "just a body")]
    [InlineData("Content-Transfer-Encoding: base64\n\nnot base64!", "not base64!")]
    public void Of_several_forms_the_plain_one_is_read_and_what_is_no_letter_harms_nobody(string raw, string text) => Received.Of(1, raw).Text.ShouldBe(text);
}
