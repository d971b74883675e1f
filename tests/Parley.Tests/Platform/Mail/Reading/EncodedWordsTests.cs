using Parley.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Reading;

public sealed class EncodedWordsTests
{
    /// <summary>RFC 2047, 8, and what is met.</summary>
    [Theory]
    [InlineData("(=?ISO-8859-1?Q?a?=)", "(a)")]
    [InlineData("(=?ISO-8859-1?Q?a?= b)", "(a b)")]
    [InlineData("=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=", "ab")]
    [InlineData("=?ISO-8859-1?Q?a_?= =?ISO-8859-2?Q?_b?=", "a  b")]
    [InlineData("=?utf-8?B?w7w?= =?utf-8?b?w58=?=", "üß")]
    [InlineData("=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?=", "Grüße")]
    [InlineData("=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?=", "Grüße")]
    [InlineData("=?utf-8?Q?with spaces =3D_?=", "with spaces = ")]
    [InlineData("Re:=?utf-8?Q?a?=b=?utf-8?Q?c?=", "Re:abc")]
    [InlineData("=?ISO-2022-JP?B?GyRCJUYlOSVIGyhC?= x", "テスト x")]
    [InlineData("=?gb2312?B?xOO6ww==?=", "你好")]
    [InlineData("=?ks_c_5601-1987?B?sMu79iA=?=", "검색 ")]
    [InlineData("=?nobody?Q?caf=E9?=", "café")]
    [InlineData("=?utf-8?X?a?= =?utf-8?Q?unended", "=?utf-8?X?a?= =?utf-8?Q?unended")]
    [InlineData("=?UTF-8?Q??= 2 =?= 3", " 2 =?= 3")]
    public void Words_are_read(string raw, string text) => EncodedWords.Decode(raw).ShouldBe(text);

    [Fact]
    public void Many_that_do_not_end_cost_little() => EncodedWords.Decode(string.Concat(Enumerable.Repeat("=?a?x", 30_000)) + "?=").Length.ShouldBe(150_002);
}
