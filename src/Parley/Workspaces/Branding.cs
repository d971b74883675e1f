using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Workspaces;

using TextsByLanguage = ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>;

/// <summary>A face of the workspace. Every change is a whole new version in the log, so that what held at any time (its hours above all) can be read there.</summary>
/// <param name="Color"><c>#rrggbb</c>; the accent of its widgets.</param>
public sealed record Brand(BrandId Id, string Name, string Color, FileId? Logo = null)
{
    /// <summary>Counts what it was set to: 1, 2, 3 …</summary>
    public int Version { get; init; } = 1;

    /// <summary>The IANA zone by whose clock its hours are meant.</summary>
    public string Zone { get; init; } = Workspaces.Hours.FirstZone;

    /// <summary>When somebody is there; empty: always.</summary>
    public ImmutableArray<OpeningSpan> Hours { get; init; } = [];

    /// <summary>Dates on which other hours count.</summary>
    public ImmutableArray<SpecialDay>? Exceptions { get; init; }

    /// <summary>What its inboxes speak where they set none themselves; the first is the one to fall back to.</summary>
    public ImmutableArray<string> Languages { get; init; } = Wording.Spoken;

    /// <summary>What its inboxes say where they set nothing themselves: per language, per key (<c>greeting</c>, <c>teaser</c>, …).</summary>
    public TextsByLanguage Texts { get; init; } = Wording.None;

    /// <summary>Its hours as they are reckoned with.</summary>
    public Calendar Calendar()
    {
        var special = Exceptions is { IsEmpty: false };
        return Hours.IsEmpty && !special ? Workspaces.Calendar.Always : new(new Timetable(Zone, Hours.IsEmpty ? AroundTheClock : [.. Hours.SelectMany(Days)], Exceptions));
    }

    private static ImmutableArray<WeekSpan> AroundTheClock => [.. Enum.GetValues<Day>().Select(day => new WeekSpan(day, "00:00", "24:00"))];

    private static IEnumerable<WeekSpan> Days(OpeningSpan span) => span.Days.Select(day => new WeekSpan(day, span.From, span.To, span.NextDay));
}

public sealed record BrandSet(Brand Brand) : EntryBody;

/// <summary>A wish to set a brand; what is null stays.</summary>
public sealed record BrandChange
{
    public string? Name { get; init; }

    public string? Color { get; init; }

    /// <summary>An empty id takes the logo away.</summary>
    public FileId? Logo { get; init; }

    public string? Zone { get; init; }

    public ImmutableArray<OpeningSpan>? Hours { get; init; }

    public ImmutableArray<SpecialDay>? Exceptions { get; init; }

    public ImmutableArray<string>? Languages { get; init; }

    public TextsByLanguage? Texts { get; init; }
}

public sealed record AddBrand(Origin Origin, [property: JsonIgnore] BrandId Brand, BrandChange Change) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => WorkspaceKind.Of(Origin.Workspace);
}

public sealed record SetBrand(Origin Origin, BrandId Brand, BrandChange Change) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => WorkspaceKind.Of(Origin.Workspace);
}

internal static class Branding
{
    private const int BrandsLimit = 100;

    public static Decision Decide(WorkspaceState state, AddBrand command) => state.Brands.Count >= BrandsLimit
        ? new Refusal("brands.limit", $"There are {BrandsLimit} brands already.")
        : Set(New(state, command.Brand), command.Change, command.Subject);

    public static Decision Decide(WorkspaceState state, SetBrand command) => state.Brands.GetValueOrDefault(command.Brand) is { } brand
        ? Set(brand, command.Change, command.Subject)
        : Refusal.Unknown("brand");

    private static Decision Set(Brand before, BrandChange change, Subject workspace)
    {
        var after = Changed(before, change);
        return Flaw(after) is { } refusal
            ? refusal
            : Same(before, after)
                ? Decision.Nothing
                : new Decision
                {
                    Drafts = [new Draft(new BrandSet(after with { Version = before.Version + 1 }))],
                    Claims = after.Logo is { } logo && logo != before.Logo ? [new Claim(Pictures.ClaimKey(logo), workspace)] : [],
                };
    }

    /// <summary>Whoever has a second brand works most likely where the first is at home.</summary>
    private static Brand New(WorkspaceState state, BrandId id) =>
        new(id, "", Founding.FirstColor) { Zone = state.Brands.Values.FirstOrDefault()?.Zone ?? Hours.FirstZone, Hours = Workspaces.Hours.Usual, Version = 0 };

    private static Brand Changed(Brand before, BrandChange change) => before with
    {
        Name = (change.Name ?? before.Name).Trim(),
        Color = (change.Color ?? before.Color).ToLowerInvariant(),
        Logo = change.Logo is null ? before.Logo : change.Logo is { IsEmpty: false } logo ? logo : null,
        Zone = (change.Zone ?? before.Zone).Trim(),
        Hours = change.Hours ?? before.Hours,
        Exceptions = change.Exceptions is { } days ? days.IsEmpty ? null : [.. days.OrderBy(day => day.Date, StringComparer.Ordinal)] : before.Exceptions,
        Languages = Wording.Tidy(change.Languages ?? before.Languages),
        Texts = Wording.Tidy(change.Texts ?? before.Texts),
    };

    private static Refusal? Flaw(Brand brand) =>
        Naming.Name(brand.Name)
        ?? Naming.Color(brand.Color)
        ?? Hours.Flaw(brand)
        ?? Wording.Languages(brand.Languages, 1)
        ?? Wording.Typed(brand.Texts);

    private static bool Same(Brand before, Brand after) =>
        System.Text.Json.JsonSerializer.Serialize(before, Platform.Json.Options) == System.Text.Json.JsonSerializer.Serialize(after, Platform.Json.Options);
}
