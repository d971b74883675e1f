using System.Text;
using System.Text.RegularExpressions;
using Parley.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Reading;

/// <summary>What a stranger's page could do to whoever reads it, and does not.</summary>
public sealed class CleanPageTests
{
    [Theory]
    [InlineData("<p style='color: RED; position: fixed; background: url(http://x.test)' onclick=x()>Hi</p>", "<p style=\"color: RED\">Hi</p>")]
    [InlineData("<script>x()</script><style>b{}</style><iframe src=x></iframe><object>no</object><svg><a href='javascript:x()'>no</a></svg><math><mi>no</mi></math>yes", "yes")]
    [InlineData("<a href='javascript:x()'>a</a><a href=' JaVa&#10;script:x()'>b</a><a href='data:text/html,x'>c</a>", "<a target=\"_blank\" rel=\"noopener noreferrer nofollow\">a</a><a target=\"_blank\" rel=\"noopener noreferrer nofollow\">b</a><a target=\"_blank\" rel=\"noopener noreferrer nofollow\">c</a>")]
    [InlineData("<a href='https://ben.test/?a=1&amp;b=\"'>x</a>", "<a href=\"https://ben.test/?a=1&amp;b=&quot;\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">x</a>")]
    [InlineData("<form action=x><input name=password>Sign in<button>ok</button></form>", "Sign inok")]
    [InlineData("<img src='cid:mast@ben' alt=Mast onerror=x()>", "<img src=\"/files/mast\" alt=\"Mast\">")]
    [InlineData("<img src='cid:other'><img src='file:///etc/passwd'><img src='data:image/svg+xml;base64,AA'><img src='data:image/png;base64,AA'>", "<img><img><img><img src=\"data:image/png;base64,AA\">")]
    [InlineData("<base href=x><link rel=stylesheet href=x><meta http-equiv=refresh content=0><title>t</title>a", "a")]
    [InlineData("<p style='width: expression(x()); color: rgb(1, 2, 3); font-size:\\000012px; display:flex; margin:-9px; border-image: x; background-color: var(--x)'>a", "<p style=\"color: rgb(1, 2, 3)\">a</p>")]
    [InlineData("<o:p>a</o:p><font color=red>b</font><marquee>c</marquee>", "a<font color=\"red\">b</font>c")]
    [InlineData("<noscript><p title='</noscript><img src=x onerror=x()>'>", "<p title=\"&lt;/noscript&gt;&lt;img src=x onerror=x()&gt;\"></p>")]
    [InlineData("<table background='http://x.test/y'><tr><td bgcolor=red width=9>a", "<table><tbody><tr><td bgcolor=\"red\" width=\"9\">a</td></tr></tbody></table>")]
    [InlineData("1 &lt; 2 &amp; `x`", "1 &lt; 2 &amp; &#96;x&#96;")]
    public void Only_what_is_on_the_list_is_left(string page, string clean) => Clean(page).Html.ShouldBe(clean);

    [Fact]
    public void Pictures_from_elsewhere_wait_until_somebody_asks()
    {
        const string Page = "<img src='https://x.test/seen.gif' width=1><img src='//x.test/b.png' srcset='https://x.test/c 2x'>";
        Clean(Page).ShouldBe(new CleanPage("<img width=\"1\"><img>", 2));
        CleanPage.Of(Page, _ => null, named: true).ShouldBe(new CleanPage("<img data-remote=\"https://x.test/seen.gif\" width=\"1\"><img data-remote=\"https://x.test/b.png\">", 2));
        CleanPage.Of(Page, _ => null, remote: true).ShouldBe(new CleanPage("<img src=\"https://x.test/seen.gif\" width=\"1\"><img src=\"https://x.test/b.png\">", 0));
    }

    [Fact]
    public void A_page_as_deep_as_the_sea_is_shown() => Clean(string.Concat(Enumerable.Repeat("<div>", 100_000)) + "a").Html.ShouldBe("<pre>a</pre>");

    [SkippableFact]
    public void Pages_of_others_are_clean_and_cleaning_them_again_changes_nothing()
    {
        MailFixtures.Need();
        var pages = MailFixtures.All.Where(path => path.EndsWith(".html", StringComparison.Ordinal)).Select(path => Encoding.UTF8.GetString(MailFixtures.Open(path)))
            .Concat(MailFixtures.Whole.Select(path => MailReader.Read(MailFixtures.Open(path)).Page).OfType<string>()).ToList();
        pages.Count.ShouldBeGreaterThan(50);
        foreach (var page in pages)
        {
            var clean = Clean(page).Html;
            Regex.IsMatch(clean, @"<(?:script|style|iframe|object|embed|form|input|link|meta|base|svg)\b|<[^>]*\son\w+=|<[^>]*javascript:|<img[^>]*src=""http", RegexOptions.IgnoreCase).ShouldBeFalse();
            Clean(clean).Html.ShouldBe(clean);
        }
    }

    private static CleanPage Clean(string page) => CleanPage.Of(page, id => id == "mast@ben" ? "/files/mast" : null);
}
