using System.Collections.Immutable;
using Parley.Log;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Workspaces.Verdict;

namespace Parley.Tests.Workspaces;

public class BrandingTests
{
    private static readonly BrandId Second = new(Guid.Parse("00000000-0000-7000-8000-000000000007"));
    private static readonly OpeningSpan Nine = new([Day.Mon, Day.Fri], "09:00", "17:00");

    [Fact]
    public void A_change_is_a_whole_new_version()
    {
        var brand = Set(new BrandChange { Zone = "Europe/Berlin", Hours = [Nine], Languages = ["de", "en"] });
        (brand.Version, brand.Name, brand.Zone).ShouldBe((2, "Lighthouse", "Europe/Berlin"));
        brand.Hours.ShouldBe([Nine]);
        brand.Languages.ShouldBe(["de", "en"]);
    }

    [Fact]
    public void The_same_again_is_no_version()
    {
        Change(new BrandChange { Name = " Lighthouse ", Color = "#3457D5", Hours = [] }).Bodies().ShouldBeEmpty();
        var texts = ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>.Empty.Add("de", ImmutableSortedDictionary<string, string>.Empty.Add("greeting", " "));
        Change(new BrandChange { Texts = texts }).Bodies().ShouldBeEmpty();
    }

    [Fact]
    public void A_second_brand_begins_in_the_zone_of_the_first()
    {
        var (state, zoned) = (Founded, Set(new BrandChange { Zone = "Europe/Madrid" }));
        state = state with { Brands = state.Brands.SetItem(FirstBrand, zoned) };
        var added = Decide(new WorkspaceKind(), state, new AddBrand(ByKim, Second, new BrandChange { Name = "Loft" })).Bodies().OfType<BrandSet>().Single().Brand;
        (added.Id, added.Version, added.Name, added.Zone).ShouldBe((Second, 1, "Loft", "Europe/Madrid"));
        added.Languages.ShouldBe(["en", "de", "nl", "es"]);
    }

    [Fact]
    public void A_logo_is_held_and_taken_away_again()
    {
        var file = new FileId(Guid.Parse("00000000-0000-7000-8000-000000000008"));
        var decision = Change(new BrandChange { Logo = file });
        decision.Claims.ShouldHaveSingleItem();
        var shown = Founded with { Brands = Founded.Brands.SetItem(FirstBrand, Set(new BrandChange { Logo = file })) };
        var away = Decide(new WorkspaceKind(), shown, new SetBrand(ByKim, FirstBrand, new BrandChange { Logo = default(FileId) }));
        away.Bodies().OfType<BrandSet>().Single().Brand.Logo.ShouldBeNull();
        away.Claims.ShouldBeEmpty();
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Change(new BrandChange { Name = " " }).ShouldBeRefused("name.empty", 400);
        Change(new BrandChange { Color = "blue" }).ShouldBeRefused("color.invalid", 400);
        Change(new BrandChange { Zone = "Berlin" }).ShouldBeRefused("zone.unknown", 400);
        Change(new BrandChange { Hours = [Nine with { To = "25:00" }] }).ShouldBeRefused("hours.invalid", 400);
        Change(new BrandChange { Languages = [] }).ShouldBeRefused("languages.invalid", 400);
        Decide(new WorkspaceKind(), Founded, new SetBrand(ByKim, Second, new BrandChange { Name = "Loft" })).ShouldBeRefused("brand.unknown", 404);
        Decide(new WorkspaceKind(), Founded, new AddBrand(ByKim, Second, new BrandChange())).ShouldBeRefused("name.empty", 400);
    }

    [Fact]
    public void What_was_written_before_brands_had_hours_reads_as_always()
    {
        var old = System.Text.Json.JsonSerializer.Deserialize<BrandSet>($$$"""{"brand":{"id":"{{{FirstBrand}}}","name":"Lighthouse","color":"#3457d5"}}""", Parley.Platform.Json.Options)!.Brand;
        old.Hours.ShouldBeEmpty();
        (old.Zone, old.Version).ShouldBe(("UTC", 1));
        old.Languages.ShouldBe(["en", "de", "nl", "es"]);
    }

    private static Decision Change(BrandChange change) => Decide(new WorkspaceKind(), Founded, new SetBrand(ByKim, FirstBrand, change));

    private static Brand Set(BrandChange change) => Change(change).Bodies().OfType<BrandSet>().Single().Brand;
}
