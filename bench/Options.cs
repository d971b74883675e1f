using System.Globalization;

namespace Parley.Bench;

/// <summary>What was asked for: words alone (<c>quick</c>) and words with values (<c>only=idle</c>, <c>sizes=10000,100000</c>).</summary>
internal sealed class Options(string[] args)
{
    /// <summary>Short rounds, small sizes, and nothing is written.</summary>
    public bool Quick => args.Contains("quick");

    /// <summary>The pages of figures to bring up to date; null: printing is all.</summary>
    public string? Report => Quick ? null : args.FirstOrDefault(arg => arg.EndsWith(".md", StringComparison.Ordinal));

    public string Word(string name, string usual) => args.FirstOrDefault(arg => arg.StartsWith($"{name}=", StringComparison.Ordinal))?[(name.Length + 1)..] ?? usual;

    public List<string> Words(string name, string usual) => [.. Word(name, usual).Split(',', StringSplitOptions.RemoveEmptyEntries)];

    public int Number(string name, int usual) => Numbers(name, usual.ToString(CultureInfo.InvariantCulture))[0];

    public List<int> Numbers(string name, string usual) => [.. Words(name, usual).Select(word => int.Parse(word, CultureInfo.InvariantCulture))];

    public TimeSpan Seconds(string name, int usual) => TimeSpan.FromSeconds(Number(name, usual));
}
