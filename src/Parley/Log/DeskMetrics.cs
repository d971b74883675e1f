using System.Diagnostics.Metrics;

namespace Parley.Log;

/// <summary>What the door tells about itself: commands by name and result, batches by size and time, the queue's length.</summary>
public sealed class DeskMetrics
{
    public const string MeterName = "Parley.Desk";

    private readonly Counter<long> _commands;
    private readonly Histogram<double> _batchSize;
    private readonly Histogram<double> _batchSeconds;

    public DeskMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _commands = meter.CreateCounter<long>("parley_commands", description: "Commands handled, by name and result.");
        _batchSize = meter.CreateHistogram<double>("parley_batch_size", description: "Commands in one transaction.");
        _batchSeconds = meter.CreateHistogram<double>("parley_batch_seconds", "s", "Time of one transaction.");
        meter.CreateObservableGauge("parley_queue_length", () => (long)QueueLength(), description: "Commands waiting at the door.");
    }

    internal Func<int> QueueLength { get; set; } = () => 0;

    internal void Done(Command command, Outcome outcome) => _commands.Add(
        1,
        new KeyValuePair<string, object?>("command", command.GetType().Name),
        new KeyValuePair<string, object?>("result", outcome.Result));

    internal void Refused(string code) => _commands.Add(1, new KeyValuePair<string, object?>("command", "any"), new KeyValuePair<string, object?>("result", code));

    internal void Batch(int size, TimeSpan time)
    {
        _batchSize.Record(size);
        _batchSeconds.Record(time.TotalSeconds);
    }
}
