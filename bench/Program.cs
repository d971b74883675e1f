using System.Diagnostics;
using System.Globalization;
using Parley.Bench;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["relay", var url])
{
    await Relay.Run(url);
    return;
}

// usage: Parley.Bench [REPORT.md] [quick] [only=PART,…] [rounds=5] [warm=30] …      README.md tells of the parts and their words
var options = new Options(args);
var parts = new Parts(args, options, what => Console.Error.WriteLine(what));
var started = Stopwatch.GetTimestamp();
try
{
    foreach (var name in options.Words("only", string.Join(',', Parts.Usual)))
    {
        Console.Error.WriteLine(name);
        var measuring = new Measuring();
        // No part of the usual ones holds up the others; where something hangs, that is what is to be known.
        var limit = Parts.Usual.Contains(name) ? TimeSpan.FromMinutes(options.Number("limit", 15)) : Timeout.InfiniteTimeSpan;
        if (await Within(limit, name) is not { } part)
        {
            continue;
        }

        measuring.Done();
        Console.WriteLine($"## {part.Title}\n{measuring}\n\n{part.Text}");
        part.Goals.ForEach(goal => Console.WriteLine($"{goal.Figure}: {goal.Value} ({goal.Aim}: {goal.Verdict.Trim('*')})"));
        if (options.Report is { } report)
        {
            await new Report(report).Keep(part, measuring);
        }
    }
}
finally
{
    Child.End();
    Console.Error.WriteLine($"All of it took {Stopwatch.GetElapsedTime(started).TotalMinutes:0.0} minutes.");
}

async Task<Part?> Within(TimeSpan limit, string name)
{
    var measured = parts.Measure(name);
    try
    {
        return await measured.WaitAsync(limit);
    }
    catch (TimeoutException) when (!measured.IsCompleted)
    {
        Console.WriteLine($"{name} was not done after {limit.TotalMinutes:0} minutes, and was ended.");
        Child.End();
        return null;
    }
}
