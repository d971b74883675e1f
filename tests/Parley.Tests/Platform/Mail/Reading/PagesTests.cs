using System.Text;
using Parley.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Reading;

public sealed class PagesTests
{
    [Theory]
    [InlineData("<html><head><meta charset=\"Windows-1251\">", "Windows-1251")]
    [InlineData("<META HTTP-EQUIV=Content-Type content='text/html; charset=koi8-r'>", "koi8-r")]
    [InlineData("<meta charset=utf-16>", "utf-8")]
    [InlineData("<p>charset=utf-8", null)]
    public void A_page_says_its_charset(string page, string? charset) => Pages.Charset(Encoding.ASCII.GetBytes(page)).ShouldBe(charset);

    [Fact]
    public void Small_pages_that_become_endless_trees_are_told_by_their_tags()
    {
        Pages.IsSound(string.Concat(Enumerable.Repeat("<div><p>a<br></div>", 5_000))).ShouldBeTrue();
        Pages.IsSound(string.Concat(Enumerable.Repeat("<font size=2>a</font>", 5_000))).ShouldBeTrue();
        Pages.IsSound(string.Concat(Enumerable.Range(0, 2_000).Select(i => $"<font size={i}>"))).ShouldBeFalse();
        Pages.IsSound(string.Concat(Enumerable.Repeat("<div>", 30_000))).ShouldBeFalse();
        Pages.IsSound(string.Concat(Enumerable.Repeat("</p>", 40_000))).ShouldBeFalse();
    }

    [SkippableFact]
    public void Pages_of_others_are_sound()
    {
        MailFixtures.Need();
        foreach (var path in MailFixtures.All.Where(path => path.EndsWith(".html", StringComparison.Ordinal) && !path.Contains(".utf-", StringComparison.Ordinal)))
        {
            Pages.IsSound(Encoding.UTF8.GetString(MailFixtures.Open(path))).ShouldBeTrue(path);
        }
    }
}
