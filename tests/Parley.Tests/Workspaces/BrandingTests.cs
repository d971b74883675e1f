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
        added.Hours.ShouldBe(Hours.Usual);
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

    [Fact]
    public void A_night_that_was_written_before_it_had_to_say_so_is_one()
    {
        var old = Fold<WorkspaceState>(new WorkspaceKind(), WorkspaceKind.Of(Lighthouse), new BrandSet(new Brand(FirstBrand, "Lighthouse", "#3457d5") { Hours = [Nine, new([Day.Fri], "22:00", "02:00")] }));
        old.Brands[FirstBrand].Hours.ShouldBe([Nine, new([Day.Fri], "22:00", "02:00", NextDay: true)], new ByContent());
        Decide(new WorkspaceKind(), old, new SetBrand(ByKim, FirstBrand, new BrandChange { Color = "#123456" })).Bodies().ShouldHaveSingleItem();
    }

    [Fact]
    public void ZD5_Hours_that_cannot_be_are_refused_where_they_are()
    {
        Wrong(new BrandChange { Zone = "Berlin" }).ShouldBe([("zone", "unknown")]);
        Wrong(new BrandChange { Hours = [Nine, Nine with { From = "22:00", To = "02:00" }] }).ShouldBe([("hours[1].to", "order")]);
        Wrong(new BrandChange { Hours = [Nine with { Days = [] }, Nine with { Days = [Day.Mon, Day.Mon] }] }).ShouldBe([("hours[0].days", "required"), ("hours[1].days", "twice")]);
        Wrong(new BrandChange { Exceptions = [new("2026-12-25", []), new("2026-12-25", [new("10:00", "12:00")])] }).ShouldBe([("exceptions[1].date", "twice")]);
        var set = Set(new BrandChange { Exceptions = [new("2026-12-26", []), new("2026-12-25", [new("10:00", "12:00")])] });
        set.Exceptions!.Value.Select(day => day.Date).ShouldBe(["2026-12-25", "2026-12-26"]);
        set.Calendar().NextOpening(new(2026, 12, 25, 0, 0, 0, TimeSpan.Zero)).ShouldBe(new(2026, 12, 25, 10, 0, 0, TimeSpan.Zero));
        set.Calendar().IsOpen(new(2026, 12, 26, 11, 0, 0, TimeSpan.Zero)).ShouldBeFalse();
        set.Calendar().IsOpen(new(2026, 12, 27, 3, 0, 0, TimeSpan.Zero)).ShouldBeTrue("Who has no hours is always there but on these dates.");
    }

    private static (string, string)[] Wrong(BrandChange change) => [.. Change(change).Refusal!.Errors.Select(flaw => (flaw.Field, flaw.Code))];

    private sealed class ByContent : IEqualityComparer<OpeningSpan>
    {
        public bool Equals(OpeningSpan? x, OpeningSpan? y) => x!.Clock == y!.Clock && x.Days.SequenceEqual(y.Days);

        public int GetHashCode(OpeningSpan span) => 0;
    }

    private static Decision Change(BrandChange change) => Decide(new WorkspaceKind(), Founded, new SetBrand(ByKim, FirstBrand, change));

    private static Brand Set(BrandChange change) => Change(change).Bodies().OfType<BrandSet>().Single().Brand;
}
