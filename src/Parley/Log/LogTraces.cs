using System.Diagnostics;

namespace Parley.Log;

/// <summary>
/// What a trace tells of the log: for how long a command was at the door, what the transaction did that it shared with others, and what readers made of it. The names and their marks
/// are in docs/operations/doctor.md. Where nobody listens nothing is made.
/// </summary>
internal static class LogTraces
{
    public const string SourceName = "Parley.Log";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>What is done at this moment belongs to a trace that somebody is told of.</summary>
    public static bool On => Source.HasListeners() && Activity.Current is { Recorded: true };

    public static Activity? Door(Command command) => Source.StartActivity($"command {command.GetType().Name}");

    public static void Tell(Activity? door, Outcome outcome) => door?.SetTag("parley.result", outcome.Result);

    /// <summary>Of many requests' commands in one transaction it is a part of the first one's trace. Which the others are is known in the end, for some are taken along.</summary>
    public static Activity? Batch(List<Desk.Pending> pendings) =>
        Source.HasListeners() && pendings.Find(pending => pending.Trace != default) is { } first ? Source.StartActivity("batch", ActivityKind.Internal, first.Trace) : null;

    /// <summary>How many shared it, and where the traces of the others are.</summary>
    public static void Tell(Activity? batch, List<Desk.Pending> pendings)
    {
        if (batch is null)
        {
            return;
        }

        batch.SetTag("parley.commands", pendings.Count);
        foreach (var other in pendings.Where(pending => pending.Trace != default && pending.Trace.SpanId != batch.ParentSpanId))
        {
            batch.AddLink(new ActivityLink(other.Trace));
        }
    }

    /// <summary>Readers work for many requests at once, later: a trace of its own.</summary>
    public static Activity? Reading(string reader, int entries) =>
        Source.HasListeners() ? Source.StartActivity($"reader {reader}", ActivityKind.Consumer)?.SetTag("parley.entries", entries) : null;

    public static void Fail(Activity? span, Exception error) => span?.SetStatus(ActivityStatusCode.Error, error.GetType().Name);
}
