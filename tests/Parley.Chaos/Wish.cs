using System.Globalization;
using System.Runtime.CompilerServices;

namespace Parley.Chaos;

/// <summary>How a run is wished: from the environment, which <c>make chaos</c> fills.</summary>
/// <param name="Seed">Of it all follows that is drawn; printed, so that a run can be had again.</param>
/// <param name="Time">For how long faults begin.</param>
/// <param name="Report">Where the report goes, without its ending; null: only to the test's output.</param>
internal sealed record Wish(int Seed, TimeSpan Time, string? Report)
{
    /// <summary>What a run of <c>make test</c> has: where one node is all there is, fewer faults leave time to be served in between.</summary>
    private static TimeSpan Short(string engine) => TimeSpan.FromSeconds(engine == "sqlite" ? 16 : 9);

    /// <summary>More customers, and a disk with more room.</summary>
    public bool Long => Time > TimeSpan.FromMinutes(1);

    /// <summary>Null where the other engine alone is wished.</summary>
    public static Wish? Of(string engine)
    {
        string? Said(string name) => Environment.GetEnvironmentVariable($"PARLEY_CHAOS_{name}") is { Length: > 0 } text ? text : null;
        if (Said("ENGINE") is { } only && only != engine)
        {
            return null;
        }

        return new Wish(
            Said("SEED") is { } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : Random.Shared.Next(1, 1_000_000),
            Said("MINUTES") is { } minutes ? TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)) : Short(engine),
            Said("REPORT") is { } report ? Path.Combine(report, engine) : null);
    }

    public static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
