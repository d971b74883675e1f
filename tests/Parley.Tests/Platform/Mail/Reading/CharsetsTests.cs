using Parley.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Reading;

public sealed class CharsetsTests
{
    [Theory]
    [InlineData("utf-8", "Grüße")]
    [InlineData("\"UTF8\"", "Grüße")]
    [InlineData("iso-8859-15", "10 €")]
    [InlineData("windows-1251", "Привет")]
    [InlineData("koi8-r", "Привет")]
    [InlineData("iso-2022-jp", "テスト")]
    [InlineData("Shift_JIS", "テスト")]
    [InlineData("euc-jp", "テスト")]
    [InlineData("gbk", "你好")]
    [InlineData("big5", "你好")]
    [InlineData("euc-kr", "검색")]
    [InlineData("utf-16le", "Grüße")]
    [InlineData("tis-620", "สวัสดี")]
    public void What_others_write_is_read(string name, string text) => Charsets.Decode(Charsets.Find(name)!.GetBytes(text), name).ShouldBe((text, null));

    [Theory]
    [InlineData("nobody-knows", MailFlaws.CharsetUnknown)]
    [InlineData("utf-7", MailFlaws.CharsetBroken)]
    [InlineData("us-ascii", MailFlaws.CharsetBroken)]
    [InlineData("iso-8859-1", null)]
    [InlineData(null, null)]
    public void What_cannot_be_read_is_shown_as_what_it_looks_like(string? name, string? flaw) => Charsets.Decode([.. "caf"u8, 0xE9], name).ShouldBe(("café", flaw));

    /// <summary>The examples of RFC 2152, and what its rules leave over.</summary>
    [Theory]
    [InlineData("A+ImIDkQ.", "A≢Α.")]
    [InlineData("Hi Mom -+Jjo--!", "Hi Mom -☺-!")]
    [InlineData("+ZeVnLIqe-", "日本語")]
    [InlineData("Item 3 is +AKM-1.", "Item 3 is £1.")]
    [InlineData("1 +- 1 = 2", "1 + 1 = 2")]
    [InlineData("gr+APwA3w-e +2D3eANg93gA-", "grüße 😀😀")]
    [InlineData("+APw", "ü")]
    [InlineData("a+", "a")]
    public void UTF_7_is_read(string bytes, string text) => Charsets.Decode(System.Text.Encoding.ASCII.GetBytes(bytes), "UTF-7").ShouldBe((text, null));

    [Fact]
    public void What_means_nothing_is_shown_as_such() => Charsets.Decode([.. "caf"u8, 0xE9], "utf-8").ShouldBe(("caf\uFFFD", MailFlaws.CharsetBroken));

    [Fact]
    public void A_replacement_that_the_writer_wrote_is_no_flaw() => Charsets.Decode("a\uFFFD"u8, "utf-8").ShouldBe(("a\uFFFD", null));
}
