using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Workspaces;

public class SegmentsTests
{
    private static readonly Segment Cart = new("cart", "Cart", ["/cart*"], ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>.Empty);

    [Fact]
    public void Paths_are_tidied_and_empty_languages_are_all()
    {
        var tidied = (Cart with { Name = " Cart ", Paths = [" /cart* ", "", "/cart*"], Languages = [] }).Tidied();
        tidied.Name.ShouldBe("Cart");
        tidied.Paths.ShouldBe(["/cart*"]);
        tidied.Languages.ShouldBeNull();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/cart")]
    [InlineData("/de/*/sizes")]
    [InlineData("*/checkout")]
    [InlineData("/größen")]
    public void A_path_begins_with_a_slash_or_a_star(string path) => Segment.Flaw([Cart with { Paths = [path] }]).ShouldBeNull();

    [Theory]
    [InlineData("cart")]
    [InlineData("/cart?size=L")]
    [InlineData("/cart#top")]
    [InlineData("/my cart")]
    [InlineData("https://shop.example/cart")]
    public void What_is_no_path_is_refused(string path) => Segment.Flaw([Cart with { Paths = [path] }])!.Code.ShouldBe("paths.invalid");

    [Theory]
    [InlineData("/cart*", "/cart", true)]
    [InlineData("/cart*", "/cart/2", true)]
    [InlineData("/cart", "/cart/", true)]
    [InlineData("/cart", "/cart/2", false)]
    [InlineData("*/checkout", "/de/checkout", true)]
    [InlineData("/a.html", "/axhtml", false)]
    [InlineData("/größen", "/gr%C3%B6%C3%9Fen", true)]
    [InlineData("/gr%C3%B6%C3%9Fen", "/gr%C3%B6%C3%9Fen", true)]
    [InlineData("/(sale)", "/(sale)", true)]
    public void HS2_A_pattern_fits_the_path_as_addresses_spell_it(string path, string address, bool fits) =>
        Regex.IsMatch(address, (Cart with { Paths = ["/other", path] }).Pattern(), RegexOptions.ECMAScript).ShouldBe(fits);

    [Fact]
    public void A_segment_has_a_name_a_path_and_an_id_of_its_own()
    {
        Segment.Flaw([Cart with { Paths = [] }])!.Code.ShouldBe("paths.invalid");
        Segment.Flaw([Cart with { Name = "" }])!.Code.ShouldBe("name.empty");
        Segment.Flaw([Cart with { Id = "a b" }])!.Code.ShouldBe("segments.invalid");
        Segment.Flaw([Cart, Cart])!.Code.ShouldBe("segments.invalid");
        Segment.Flaw([Cart with { Languages = ["german"] }])!.Code.ShouldBe("languages.invalid");
        Segment.Flaw([.. Enumerable.Range(0, 51).Select(i => Cart with { Id = $"s{i}" })])!.Code.ShouldBe("segments.invalid");
    }
}
