using System.Globalization;
using Parley.Platform;

namespace Parley.Conversations.Shapes;

/// <summary>A place on earth: degrees, north and east positive (WGS 84).</summary>
public sealed record Place(double Latitude, double Longitude, string? Name = null, string? Address = null);

/// <summary>A place, or (with <c>ask</c>) the question where somebody is.</summary>
internal static class Locations
{
    public static readonly Shape Shape = new("location", Parts.Location | Parts.Ask, Flaws, Plain);

    public static bool Asks(Content content) => content is { Type: "location", Ask: true };

    private static IEnumerable<FieldFlaw> Flaws(Content content) => content switch
    {
        { Ask: true, Location: not null } => [new FieldFlaw("location", "unknown", "Who asks for a place does not say one.")],
        { Ask: true } => Shape.Asked(content),
        { Location: null } => [new FieldFlaw("location", "required", "The value is missing.")],
        { Location: var place } => Flaws(place),
    };

    private static IEnumerable<FieldFlaw> Flaws(Place place)
    {
        // Not written as "> 90": what is not a number is no latitude either.
        if (!(Math.Abs(place.Latitude) <= 90))
        {
            yield return new("location.latitude", "invalid", "A latitude is between -90 and 90.");
        }

        if (!(Math.Abs(place.Longitude) <= 180))
        {
            yield return new("location.longitude", "invalid", "A longitude is between -180 and 180.");
        }

        foreach (var flaw in Shape.Optional(place.Name, "location.name", Shape.TitleLimit).Concat(Shape.Optional(place.Address, "location.address")))
        {
            yield return flaw;
        }
    }

    private static string Plain(Content content) => content.Location is { } place
        ? Shape.Lines(content.Text, string.Join(", ", new[] { place.Name, place.Address, Degrees(place) }.Where(part => !string.IsNullOrWhiteSpace(part))))
        : content.Text ?? "";

    private static string Degrees(Place place) => string.Create(CultureInfo.InvariantCulture, $"{place.Latitude:0.#####} {place.Longitude:0.#####}");
}
