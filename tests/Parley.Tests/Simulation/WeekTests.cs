using System.Diagnostics;
using Parley.Figures.Promises;
using Parley.Tests.Simulation.Week;
using Shouldly;
using Xunit.Abstractions;

namespace Parley.Tests.Simulation;

/// <summary>A simulated week, judged at every moment: nothing stuck, nothing given to two, promises that are kept as often as they are meant to be.</summary>
[Trait("takes", "long")]
public class WeekTests(ITestOutputHelper output)
{
    /// <summary>A calibration may be so far off.</summary>
    private const double Points = 0.05;

    /// <summary>Of who is promised something by Friday evening and answered on the one Monday there is, all are early or late together (docs/adr/0013).</summary>
    private const double WeekendPoints = 0.10;

    [Theory, Trait("row", "BX2")]
    [MemberData(nameof(Weeks))]
    public async Task BX2_In_a_simulated_week_nothing_is_stuck_nothing_is_given_to_two_and_promises_are_kept_as_often_as_they_are_meant_to_be(int seed, int conversations, int agents)
    {
        var started = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        await using var week = new WorkWeek(seed, conversations, agents);
        try
        {
            week.Run();
        }
        catch (Exception)
        {
            output.WriteLine($"Failed at {week.Time.Now:O}, after {week.Watch.Seen} entries and {week.Restarts} restarts.");
            throw;
        }

        var watch = week.Watch;
        output.WriteLine($"{conversations} conversations, {agents} agents, {watch.All.Count} opened, {week.Crowd.Refused} turned away, {watch.Seen} entries, {week.Moments} moments, {week.Crowd.Drops} drops, {week.Restarts} restarts; {clock.Elapsed.TotalSeconds:0} s, processor {(Process.GetCurrentProcess().TotalProcessorTime - started).TotalSeconds:0} s.");
        output.WriteLine(string.Join(", ", watch.Types.OrderByDescending(type => type.Value).Select(type => $"{type.Key} {type.Value}")));
        var halves = new[] { ("first half", WorkWeek.Begins, WorkWeek.Middle), ("second half", WorkWeek.Middle, WorkWeek.Ends) };
        foreach (var (name, from, to) in halves.Append(("week", WorkWeek.Begins, WorkWeek.Ends)).Append(("of it until the weekend", WorkWeek.Middle, WorkWeek.Weekend)))
        {
            output.WriteLine($"{name}: {new Score(watch.Promises.Where(told => told.Made >= from && told.Made < to))}");
        }

        new Score(watch.Promises.Where(told => told.Made >= WorkWeek.Begins && told.Made < WorkWeek.Ends)).ShouldBeCalibrated("week", Points);
        new Score(watch.Promises.Where(told => told.Made < WorkWeek.Middle)).ShouldBeCalibrated(halves[0].Item1, Points);
        new Score(watch.Promises.Where(told => told.Made >= WorkWeek.Middle && told.Made < WorkWeek.Ends)).ShouldBeCalibrated(halves[1].Item1, WeekendPoints);

        // The ledger, over all restarts, says the same as the log.
        var ledger = (await week.Server.Database.Read(session => LedgerStore.Scores(session, week.Workspace, WorkWeek.Begins, WorkWeek.Begins.AddDays(WorkWeek.WorkDays + 1)))).ToList();
        ledger.Sum(row => row.Made).ShouldBe(watch.Promises.Count);
        ledger.Sum(row => row.Kept).ShouldBe(watch.Promises.Count(told => told.Answered <= told.Due));
        ledger.Sum(row => row.Late).ShouldBe(watch.Promises.Count(told => told.Answered > told.Due));
        ledger.Sum(row => row.Withdrawn).ShouldBe(watch.Promises.Count(told => told.Withdrawn));
        ledger.Sum(row => row.Renewed).ShouldBe(watch.Promises.Count(told => told.Renewed));
        ledger.Sum(row => row.Broken).ShouldBe(watch.Promises.Count(told => told.Broken));
    }

    /// <summary>A tenth of the week always, the whole where there is time.</summary>
    public static TheoryData<int, int, int> Weeks() => Environment.GetEnvironmentVariable("PARLEY_TESTS_LONG") is { Length: > 0 } ? new() { { 4, 5_000, 20 }, { 5, 50_000, 200 } } : new() { { 4, 5_000, 20 } };
}
