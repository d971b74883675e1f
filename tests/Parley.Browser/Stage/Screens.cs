using System.Text;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Parley.Browser.Stage;

/// <summary>A place on a screen, and what it must read.</summary>
/// <param name="Says">Words that stand there.</param>
/// <param name="Was">What the place read before, and must still read: nothing was said.</param>
public readonly record struct Reads(ILocator Place, string? Says = null, string? Was = null);

/// <summary>
/// What customer and agent read at the same moment, line by line: each is waited for, and then written down as it stands there, for whoever wants to read
/// the product without starting it (<c>out/tests/screens/NAME.md</c>, and the test's own output).
/// </summary>
public sealed partial class Screens(string name, ITestOutputHelper output)
{
    private static readonly Lock Pen = new();

    private readonly List<string> _lines = [];

    /// <summary>A change, and what each side reads of it.</summary>
    public async Task Line(string change, Reads[] customer, Reads[] agent)
    {
        var (left, right) = (await Read(customer), await Read(agent));
        _lines.Add($"| {change} | {left} | {right} |");
        output.WriteLine($"{change}\n    customer reads: {left}\n    agent reads:    {right}\n");
        Write();
    }

    public static Reads Says(ILocator place, string words) => new(place, Says: words);

    /// <summary>The place reads as it did.</summary>
    public static Reads Still(ILocator place, string was) => new(place, Was: was);

    /// <summary>What a place reads now, on one line.</summary>
    public static async Task<string> Text(ILocator place) => Blanks().Replace(await place.InnerTextAsync(), " ").Trim();

    private static async Task<string> Read(Reads[] places)
    {
        var said = new List<string>();
        foreach (var (place, says, was) in places)
        {
            if (was is not null)
            {
                (await Text(place)).ShouldBe(was, "Nothing more should stand there.");
                said.Add("nothing new in the thread");
                continue;
            }

            await Expect(place).ToContainTextAsync(says!);
            said.Add(await Text(place));
        }

        return said.Count == 0 ? "nothing" : string.Join(" · ", said);
    }

    private void Write()
    {
        lock (Pen)
        {
            var folder = Directory.CreateDirectory(Tree.File("out", "tests", "screens")).FullName;
            var page = new StringBuilder().AppendLine("| change | the customer reads | the agent reads |").AppendLine("| --- | --- | --- |");
            _lines.ForEach(line => page.AppendLine(line));
            File.WriteAllText(Path.Combine(folder, $"{name}.md"), page.ToString());
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
