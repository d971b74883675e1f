using System.Diagnostics.Metrics;

namespace Parley.Log.Readers;

/// <summary>How far each reader is behind the log.</summary>
internal sealed class ReaderMetrics(IMeterFactory meters)
{
    public const string MeterName = "Parley.Readers";

    public void Watch(IReadOnlyList<ReaderLoop> loops) => meters.Create(MeterName).CreateObservableGauge(
        "parley_reader_lag",
        () => loops.Select(loop => new Measurement<long>(loop.Lag, new KeyValuePair<string, object?>("reader", loop.Reader.Name))),
        description: "Entries that a reader has not worked in yet.");
}
