using Parley.Platform.Mail.Writing;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Writing;

public class MarkdownPageTests
{
    [Theory]
    [InlineData("Hello\nthere\n\nAna", "<p dir=\"auto\">Hello<br>\nthere</p>\n<p dir=\"auto\">Ana</p>\n")]
    [InlineData("**Yes**, _no_ and *so*; ~~old~~", "<p dir=\"auto\"><strong>Yes</strong>, <em>no</em> and <em>so</em>; <del>old</del></p>\n")]
    [InlineData("2 * 3 * 4 and snake_case_name", "<p dir=\"auto\">2 * 3 * 4 and snake_case_name</p>\n")]
    [InlineData("# Sails\n- one\n- **two**\n\n1. a\n2. b", "<h1>Sails</h1>\n<ul><li dir=\"auto\">one</li><li dir=\"auto\"><strong>two</strong></li></ul>\n<ol><li dir=\"auto\">a</li><li dir=\"auto\">b</li></ol>\n")]
    [InlineData("```\n<b>*x*</b>\n```", "<pre>&lt;b&gt;*x*&lt;/b&gt;</pre>\n")]
    [InlineData("see `a*b*c`", "<p dir=\"auto\">see <code>a*b*c</code></p>\n")]
    [InlineData("[the **shop**](https://example.test/a?b=1&c=2)", "<p dir=\"auto\"><a href=\"https://example.test/a?b=1&amp;c=2\">the <strong>shop</strong></a></p>\n")]
    [InlineData("at https://example.test/x_y_z.", "<p dir=\"auto\">at <a href=\"https://example.test/x_y_z\">https://example.test/x_y_z</a>.</p>\n")]
    [InlineData("https://example.test/__init__.py and https://example.test/a__b", "<p dir=\"auto\"><a href=\"https://example.test/__init__.py\">https://example.test/__init__.py</a> and <a href=\"https://example.test/a__b\">https://example.test/a__b</a></p>\n")]
    [InlineData("[x](javascript:alert(1))", "<p dir=\"auto\">[x](javascript:alert(1))</p>\n")]
    [InlineData("<script>alert(1)</script> & \"co\"", "<p dir=\"auto\">&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;co&quot;</p>\n")]
    public void What_people_use_of_it_is_drawn_and_all_else_stands_as_it_was_typed(string text, string page) => MarkdownPage.Of(text, isMarkdown: true).ShouldBe(page);

    [Fact]
    public void Tables_and_code_that_were_typed_keep_their_spaces_where_they_are_no_markdown() =>
        MarkdownPage.Of("a   b c\n  if\n\tx https://a.test/ y", isMarkdown: false).ShouldBe("<p dir=\"auto\">a&nbsp;&nbsp; b c<br>\n&nbsp;&nbsp;if<br>\n&nbsp;&nbsp;&nbsp;&nbsp;x <a href=\"https://a.test/\">https://a.test/</a> y</p>\n");

    [Fact]
    public void Letters_of_any_script_stay_as_they_are() => MarkdownPage.Of("Größe 帆 ⚓ 'so'", isMarkdown: true).ShouldBe("<p dir=\"auto\">Größe 帆 ⚓ 'so'</p>\n");

    [Fact]
    public void Plain_words_are_nothing_else() =>
        MarkdownPage.Of("**no**\r\n<i>", isMarkdown: false).ShouldBe("<p dir=\"auto\">**no**<br>\n&lt;i&gt;</p>\n");

    [Fact]
    public void Whatever_is_typed_it_takes_no_time_and_breaks_nothing()
    {
        foreach (var text in new[] { new string('*', 20_000), new string('[', 20_000), string.Concat(Enumerable.Repeat("**a", 5_000)), string.Concat(Enumerable.Repeat("> ", 10_000)), "\u0001" + "7\u0002 [a](https://b.test)", string.Concat(Enumerable.Repeat("_a ", 6_000)) })
        {
            MarkdownPage.Of(text, isMarkdown: true).ShouldNotContain("<script");
        }
    }
}
