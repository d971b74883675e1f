using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Parley.Chaos.Clients;
using Parley.Chaos.Faults;
using Parley.Chaos.Proof;
using Parley.Chaos.Staging;

namespace Parley.Chaos;

/// <summary>What a run came to, in figures that can be put into the documentation as they are.</summary>
internal sealed class Report(Stage stage, Wish wish, Witness witness, Ledger ledger, Truth truth, IReadOnlyList<Finding> findings)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public required IReadOnlyList<Done> Done { get; init; }

    public required TimeSpan Time { get; init; }

    public required IReadOnlyList<Screen> Screens { get; init; }

    /// <summary>Everything that receivers got, repeats too.</summary>
    public required IReadOnlyList<(string Id, string To, string Text)> Outside { get; init; }

    /// <summary>Everything that was mailed to customers who were away, repeats too.</summary>
    public required IReadOnlyList<(string Id, string To, string Text)> Mails { get; init; }

    /// <summary>Everything that was pushed to agents who had closed their console, repeats too.</summary>
    public required IReadOnlyList<string> Pushes { get; init; }

    public IReadOnlyList<Finding> Findings { get; } = findings;

    public int Acknowledged => ledger.All.Count(said => said.Acknowledged > 0);

    public int Overlapping => Done.Count(done => Done.Any(other => other != done && other.Began < done.Ended && done.Began < other.Ended));

    private int Of(FindingKind kind) => Findings.Count(finding => finding.Kind == kind);

    /// <summary>From one confirmation to the next, whoever it is for: what nobody was served in.</summary>
    private TimeSpan Silence => witness.Served.Select(served => served.At).Order().ToList() is { Count: > 1 } at ? at.Zip(at.Skip(1)).Max(pair => Stopwatch.GetElapsedTime(pair.First, pair.Second)) : Time;

    /// <summary>The longest that one of those who write all the time had nothing confirmed, from the beginning of a fault on or within it.</summary>
    private TimeSpan Back(Done done) => witness.Served.GroupBy(served => served.Client).Where(client => !client.Key.EndsWith($"{Customer.Away}", StringComparison.Ordinal))
        .Max(client => Waits([.. client.Select(served => served.At).Order()], done));

    private static TimeSpan Waits(List<long> at, Done done) => at.Zip(at.Skip(1)).Where(pair => pair.Second > done.Began && pair.First < done.Ended)
        .Select(pair => Stopwatch.GetElapsedTime(Math.Max(pair.First, done.Began), pair.Second)).DefaultIfEmpty().Max();

    public string Text()
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        Line($"### {(stage.Engine == "sqlite" ? "Embedded: one node, SQLite" : "Cluster: three nodes on one PostgreSQL")}");
        Line($"");
        Line($"`make chaos engine={stage.Engine} seed={wish.Seed} minutes={wish.Time.TotalMinutes:0.##}`, {Time.TotalSeconds:N0} s, {Environment.ProcessorCount} processors that nodes, store and clients share. {Done.Count} faults, {Overlapping} of them while another went on.");
        Line($"");
        Line($"| fault | times | it lasted, s | longest that anybody was not served, s: among others | alone |");
        Line($"| --- | --- | --- | --- | --- |");
        foreach (var kind in Done.GroupBy(done => done.Fault.Kind).OrderBy(group => group.Key))
        {
            string Longest(bool alone) => kind.Where(done => done.Alone == alone).Select(Back) is var waits && waits.Any() ? waits.Max().TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) : "";
            Line($"| {Name(kind.Key)} | {kind.Count()} | {kind.Max(done => Stopwatch.GetElapsedTime(done.Began, done.Ended)).TotalSeconds:0.0} | {Longest(alone: false)} | {Longest(alone: true)} |");
        }

        Line($"");
        Line($"Of those who write all the time; alone: each kind twice, one after the other, before. How long a fault lasted is until all is as before: a node that was killed is served again.");
        Line($"");
        Line($"| | |");
        Line($"| --- | --- |");
        Line($"| commands sent · confirmed · in the log | {ledger.All.Count:N0} · {Acknowledged:N0} · {LogChecks.Words(truth.Log).Count:N0} |");
        Line($"| entries in the log, of {truth.Heads.Count} workspaces | {truth.Log.Count:N0} |");
        Line($"| requests without an answer that counts · commands sent again after their confirmation | {witness.Broken:N0} · {witness.Repeats:N0} |");
        Line($"| streams · connections · frames · told to begin anew | {Screens.Count} · {Screens.Sum(screen => screen.Connections):N0} · {Screens.Sum(screen => screen.Frames):N0} · {Screens.Sum(screen => screen.Gone):N0} |");
        Line($"| sent to receivers outside · of it again under the same id | {Outside.Count:N0} · {Outside.Count - Outside.Select(one => one.Id).Distinct().Count():N0} |");
        Line($"| mails to customers who were away · of it again under the same name | {Mails.Count:N0} · {Mails.Count - Mails.Select(one => one.Id).Distinct().Count():N0} |");
        Line($"| pushed to agents who had closed the console · of it again | {Pushes.Count:N0} · {Pushes.Count - Pushes.Distinct().Count():N0} |");
        Line($"| confirmed after a backup began and gone with its restore, as it must be | {LogChecks.Undone(ledger.All, truth.Log, stage.Restores):N0} |");
        Line($"| **lost** · **doubled** · **misdelivered** | **{Of(FindingKind.Lost)}** · **{Of(FindingKind.Doubled)}** · **{Of(FindingKind.Misdelivered)}** |");
        Line($"| gaps · views that were not a fresh read · effects that were not the log's · wrong outside · answers that are none | {Of(FindingKind.Gap)} · {Of(FindingKind.Stale)} · {Of(FindingKind.Effect)} · {Of(FindingKind.Outside)} · {Of(FindingKind.Answer)} |");
        Line($"| longest time in which nobody at all was served, s | {Silence.TotalSeconds:0.0} |");
        Line($"| starts that were refused and tried again | {stage.Stations.Sum(station => station.Refused)} |");
        if (stage.Cutting.Length > 0)
        {
            Line($"");
            Line($"Cut off: {stage.Cutting}.");
        }

        foreach (var (kind, why) in stage.Skipped)
        {
            Line($"");
            Line($"Skipped: {Name(kind)} ({why}).");
        }

        foreach (var finding in Findings.Take(40))
        {
            Line($"- {finding}");
        }

        return text.ToString();
    }

    public string Json() => JsonSerializer.Serialize(
        new
        {
            engine = stage.Engine,
            seed = wish.Seed,
            seconds = Math.Round(Time.TotalSeconds, 1),
            faults = Done.Select(done => new { kind = $"{done.Fault.Kind}", node = done.Fault.Node + 1, at = Math.Round(done.Fault.At.TotalSeconds, 2), lasts = Math.Round(done.Fault.Lasts.TotalSeconds, 2), size = done.Fault.Kind == FaultKind.Clock ? done.Fault.Size : (double?)null, back = Math.Round(Back(done).TotalSeconds, 2) }),
            overlapping = Overlapping,
            sent = ledger.All.Count,
            acknowledged = Acknowledged,
            entries = truth.Log.Count,
            broken = witness.Broken,
            repeats = witness.Repeats,
            connections = Screens.Sum(screen => screen.Connections),
            frames = Screens.Sum(screen => screen.Frames),
            outside = Outside.Count,
            mails = Mails.Count,
            pushes = Pushes.Count,
            undone = LogChecks.Undone(ledger.All, truth.Log, stage.Restores),
            findings = Enum.GetValues<FindingKind>().ToDictionary(kind => $"{kind}", Of),
            silenceSeconds = Math.Round(Silence.TotalSeconds, 2),
            cutting = stage.Cutting,
            skipped = stage.Skipped.ToDictionary(pair => $"{pair.Key}", pair => pair.Value),
            named = Findings.Select(finding => finding.ToString()),
        },
        Indented);

    private static string Name(FaultKind kind) => kind switch
    {
        FaultKind.Kill => "`kill -9` of a node, started again",
        FaultKind.Freeze => "a node stands still (SIGSTOP), longer than its leases",
        FaultKind.Restart => "a node ends in order and starts",
        FaultKind.Cut => "a node is cut off",
        FaultKind.DiskFull => "the disk is full",
        FaultKind.StoreRestart => "PostgreSQL falls and comes back",
        FaultKind.StoreFreeze => "PostgreSQL stands still (SIGSTOP)",
        FaultKind.StoreFull => "the disk of PostgreSQL is full",
        FaultKind.Clock => "a node's clock jumps, up to an hour either way",
        FaultKind.Receiver => "a receiver loses its answers, then is down",
        _ => "a backup is restored under everybody",
    };
}
