using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Parley.Bench;

/// <param name="Met">Null: nothing was aimed at.</param>
internal sealed record Goal(string Figure, string Aim, string Value, bool? Met)
{
    public string Verdict => Met switch { true => "met", false => "**short**", null => "" };
}

/// <summary>One part of what is measured: what it says to people, what it says to programs, and what was aimed at.</summary>
internal sealed class Part(string name, string title)
{
    private readonly StringBuilder _text = new();

    public string Name => name;

    public string Title => title;

    public List<Goal> Goals { get; } = [];

    /// <summary>Everything that was measured, round by round.</summary>
    public JsonObject Figures { get; } = [];

    public string Text => _text.ToString();

    public void Line(string line = "") => _text.AppendLine(line);

    /// <param name="head">The first column's is what the rows are.</param>
    public void Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        Line();
        Line($"| {string.Join(" | ", head)} |");
        Line($"| {string.Join(" | ", head.Select(_ => "---"))} |");
        foreach (var row in rows)
        {
            Line($"| {string.Join(" | ", row)} |");
        }

        Line();
    }

    /// <param name="value">Infinite: it cannot be done at all.</param>
    public void AtMost(string figure, double most, double value, string unit) =>
        Goals.Add(new Goal(figure, $"≤ {Number(most)} {unit}", double.IsInfinity(value) ? "cannot" : $"{Number(value)} {unit}", value <= most));

    public void AtLeast(string figure, double least, double value, string unit) => Goals.Add(new Goal(figure, $"≥ {Number(least)} {unit}", $"{Number(value)} {unit}", value >= least));

    /// <summary>As many digits as mean something.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "–" : value.ToString(Math.Abs(value) switch { >= 100 => "N0", >= 10 => "N1", _ => "0.##" }, CultureInfo.InvariantCulture);
}
