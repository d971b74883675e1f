using System.Collections.Immutable;
using System.Globalization;

namespace Parley.Workspaces;

/// <summary>What somebody has to have filled in, or what has to be known of them.</summary>
/// <param name="Field">The name of a form's field, or of something known of the person.</param>
/// <param name="Values">One of them; in whatever case, a star at the end stands for any ending, <c>&gt;=100</c> and the like compare numbers.</param>
public sealed record FieldTest(string Field, ImmutableArray<string> Values)
{
    private static readonly string[] Signs = [">=", "<=", ">", "<"];

    public bool Holds(Matter matter) => matter.Fields.TryGetValue(Field, out var given) && given.Any(value => Values.Any(wanted => Is(value.Trim(), wanted)));

    private static bool Is(string value, string wanted)
    {
        if (Signs.FirstOrDefault(sign => wanted.StartsWith(sign, StringComparison.Ordinal)) is { } sign && Number(wanted[sign.Length..]) is { } limit)
        {
            return Number(value) is { } number && sign switch { ">=" => number >= limit, "<=" => number <= limit, ">" => number > limit, _ => number < limit };
        }

        return wanted.EndsWith('*') ? value.StartsWith(wanted[..^1], StringComparison.OrdinalIgnoreCase) : value.Equals(wanted, StringComparison.OrdinalIgnoreCase);
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
