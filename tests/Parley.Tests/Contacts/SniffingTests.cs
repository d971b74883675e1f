using System.Text;
using Parley.Contacts;
using Shouldly;

namespace Parley.Tests.Contacts;

public class SniffingTests
{
    [Theory]
    [InlineData("image/png", "a.png", "image/png")]
    [InlineData("image/jpg", "a.jpg", "image/jpeg")]
    [InlineData("", "a.PDF", "application/pdf")]
    [InlineData(null, "notes.txt", "text/plain")]
    [InlineData("application/octet-stream", "table.csv", "text/csv")]
    [InlineData("text/plain; charset=utf-8", "x", "text/plain")]
    [InlineData(null, "unknown.xyz", "application/octet-stream")]
    public void A_file_claims_what_its_sender_said_else_what_its_name_says(string? mime, string name, string claimed) => Sniffing.Claimed(mime, name).ShouldBe(claimed);

    [Theory]
    [InlineData("89504E470D0A1A0A", "image/png")]
    [InlineData("FFD8FFE0", "image/jpeg")]
    [InlineData("474946383961", "image/gif")]
    [InlineData("52494646000000005745425056503820", "image/webp")]
    [InlineData("255044462D312E37", "application/pdf")]
    [InlineData("504B0304", "application/zip")]
    [InlineData("4D5A9000", "application/x-msdownload")]
    [InlineData("7F454C46", "application/x-elf")]
    [InlineData("0000001866747970", "video/mp4")]
    [InlineData("1A45DFA3", "video/webm")]
    [InlineData("494433", "audio/mpeg")]
    public void A_signature_tells_what_it_is(string hex, string type) => Sniffing.Of(Convert.FromHexString(hex)).ShouldBe(type);

    [Theory]
    [InlineData("image/png", "FFD8FFE0")]
    [InlineData("text/plain", "4D5A9000")]
    [InlineData("text/plain", "7F454C46")]
    [InlineData("application/pdf", "68656C6C6F")]
    [InlineData("image/png", "68656C6C6F")]
    [InlineData("text/plain", "610062")]
    [InlineData("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "255044462D")]
    public void What_its_bytes_do_not_bear_out_is_no_such_file(string claimed, string hex) => Sniffing.BearsOut(claimed, Convert.FromHexString(hex)).ShouldBeFalse();

    [Theory]
    [InlineData("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "504B0304")]
    [InlineData("audio/mp4", "0000001866747970")]
    public void Some_types_are_wrapped_in_another(string claimed, string hex) => Sniffing.BearsOut(claimed, Convert.FromHexString(hex)).ShouldBeTrue();

    [Fact]
    public void Text_is_any_text_even_where_the_head_ends_within_a_character()
    {
        Sniffing.BearsOut("text/plain", "Grüße, 你好"u8).ShouldBeTrue();
        Sniffing.BearsOut("text/csv", Encoding.Latin1.GetBytes("Größe;Preis")).ShouldBeTrue();
        Sniffing.BearsOut("text/plain", Encoding.UTF8.GetBytes(new string('a', Sniffing.Length - 1) + "€")[..Sniffing.Length]).ShouldBeTrue();
    }
}
