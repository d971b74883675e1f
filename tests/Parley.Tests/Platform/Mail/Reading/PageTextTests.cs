using Parley.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Reading;

public sealed class PageTextTests
{
    [Theory]
    [InlineData("<p>Hello&nbsp;&amp; you</p><p>Bye</p>", "Hello & you\n\nBye")]
    [InlineData("one<br>two<div>three <b>bo</b>ld</div>four", "one\ntwo\nthree bold\nfour")]
    [InlineData("<ul><li>a</li><li>b</li></ul>", "- a\n- b")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc")]
    [InlineData("<pre>a\n  b</pre>c", "a\n  b\nc")]
    [InlineData("On it<blockquote>first<blockquote>deep</blockquote></blockquote>own", "On it\n> first\n>> deep\nown")]
    [InlineData("<head><title>no</title></head><style>x{}</style><script>y()</script>yes<!-- no -->", "yes")]
    [InlineData("", "")]
    public void The_text_is_what_is_shown(string page, string text) => PageText.Read(page).ShouldBe(text);

    [Fact]
    public void A_page_that_would_become_endless_is_read_as_words() => PageText.Read(string.Concat(Enumerable.Range(0, 5_000).Select(i => $"<font size={i}>")) + "Hello" + string.Concat(Enumerable.Repeat("<p>", 5_000))).ShouldBe("Hello");
}
