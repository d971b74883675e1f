using System.Collections.Concurrent;
using System.Text;

namespace Parley.Browser.Stage;

/// <summary>
/// Which rows were walked in which profile, and by which story: noted as each has been seen, not before, and written down for whoever wants to know what
/// is shown where (<c>out/tests/screens/profiles.md</c>).
/// </summary>
public sealed class Walked(string profile, string story)
{
    /// <summary>The rows of live chat and messaging in one thread.</summary>
    public static readonly string[] Rows =
    [
        "LC1", "LC2", "LC3", "LC4", "LC5", "LC6", "LC8", "LC9", "LC10", "LC11", "LC12", "LC13", "LC15", "LC16", "LC18", "LC19", "LC21", "LC23", "LC24", "LC25",
        "MS1", "MS2", "MS3", "MS4", "MS5", "MS6", "MS8", "MS11", "MS12", "MS13", "MS14", "MS17", "MS19", "MS25", "MS27", "MS28", "MS31", "MS32",
        "PA11", "PA12", "ZD5", "OP7", "OP8", "SN1", "SN2", "IC1", "LV1", "UC4", "BX1", "BX2", "KP12",
    ];

    public static readonly string[] Profiles = ["strictLive", "messaging", "blended"];

    private static readonly ConcurrentDictionary<(string Row, string Profile), ConcurrentDictionary<string, byte>> Cells = new();
    private static readonly Lock Pen = new();

    /// <summary>What these rows ask for was seen on the screens just now.</summary>
    public void Shown(params string[] rows)
    {
        foreach (var row in rows)
        {
            Rows.ShouldContain(row);
            Cells.GetOrAdd((row, profile), _ => new())[story] = 0;
        }

        Write();
    }

    private static void Write()
    {
        lock (Pen)
        {
            var folder = Directory.CreateDirectory(Tree.File("out", "tests", "screens")).FullName;
            var page = new StringBuilder().AppendLine($"| row | {string.Join(" | ", Profiles)} |").AppendLine("| --- | --- | --- | --- |");
            foreach (var row in Rows)
            {
                page.AppendLine($"| {row} | {string.Join(" | ", Profiles.Select(each => Cells.TryGetValue((row, each), out var stories) ? string.Join(", ", stories.Keys.Order(StringComparer.Ordinal)) : "–"))} |");
            }

            File.WriteAllText(Path.Combine(folder, "profiles.md"), page.ToString());
        }
    }
}
