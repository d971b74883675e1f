using Parley.Contacts;
using Shouldly;

namespace Parley.Tests.Contacts;

public class VisitingTests
{
    [Theory]
    [InlineData("https://shop.example/sails?token=secret#top", "https://shop.example/sails")]
    [InlineData("http://localhost:8080/", "http://localhost:8080/")]
    [InlineData("https://user:password@shop.example/x", "https://shop.example/x")]
    public void Of_an_address_the_page_is_kept_and_nothing_that_could_be_a_secret(string url, string kept) => Page.Of(url, null, null)!.Url.ShouldBe(kept);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("data:text/html,x")]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_page_is_none(string? url) => Page.Of(url, "Title", null).ShouldBeNull();

    [Fact]
    public void Titles_are_cut_and_cleaned() => Page.Of("https://shop.example/", new string('x', 9_000) + "\0", "ftp://x")!.ShouldSatisfyAllConditions(
        page => page.Title!.Length.ShouldBe(500),
        page => page.Referrer.ShouldBeNull());
}
