using Xunit.Abstractions;

namespace Parley.Chaos;

/// <summary>The proof of no loss: short in <c>make test</c>, as long as one likes by <c>make chaos</c>. One class an engine, so that they run beside each other.</summary>
public abstract class ChaosTests(string engine, ITestOutputHelper output)
{
    [SkippableFact, Trait("row", "BX3")]
    public async Task BX3_Whatever_breaks_nothing_confirmed_is_lost_doubled_or_shown_to_others()
    {
        var wish = Wish.Of(engine);
        Skip.If(wish is null, "The other engine alone is wished.");
        var again = $"Again with: make chaos engine={engine} seed={wish!.Seed} minutes={wish.Time.TotalMinutes:0.###}";
        await using var run = await Run.Begin(engine, wish, output.WriteLine);
        Report report;
        try
        {
            report = await run.Do();
        }
        catch (Exception error) when (error is not SkipException)
        {
            output.WriteLine(string.Join('\n', run.Said));
            throw new InvalidOperationException($"{error.GetType().Name}: {error.Message}\n{again}", error);
        }

        output.WriteLine(report.Text());
        if (wish.Report is { } path)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync($"{path}.md", report.Text());
            await File.WriteAllTextAsync($"{path}.json", report.Json());
        }

        if (report.Findings.Count > 0)
        {
            output.WriteLine(string.Join('\n', run.Said));
        }

        // A line each: the sum of all tests says the first of them.
        report.Findings.Count.ShouldBe(0, string.Join('\n', report.Findings.Take(10).Select(finding => $"{finding}").Prepend(again)));
        report.Acknowledged.ShouldBeGreaterThan(0, "Nothing was confirmed: that proves nothing.");
        report.Overlapping.ShouldBeGreaterThan(0, "No fault met another: that proves little.");
    }
}

public sealed class EmbeddedChaosTests(ITestOutputHelper output) : ChaosTests("sqlite", output);

public sealed class ClusterChaosTests(ITestOutputHelper output) : ChaosTests("postgres", output);
