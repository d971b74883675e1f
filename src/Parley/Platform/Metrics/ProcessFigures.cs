using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;

namespace Parley.Platform.Metrics;

/// <summary>Listens to all meters of this server whose name begins with <c>Parley</c>, and writes them as Prometheus reads them.</summary>
public sealed class ProcessFigures : IDisposable
{
    private readonly ConcurrentDictionary<Instrument, Tally> _tallies = new();
    private readonly MeterListener _listener = new();
    private readonly long _started;
    private readonly TimeProvider _time;

    public ProcessFigures(IMeterFactory meters, TimeProvider time)
    {
        (_time, _started) = (time, time.GetTimestamp());
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Several servers may live in one process (tests); each hears its own, and what is of none.
            if (instrument.Meter.Name.StartsWith("Parley", StringComparison.Ordinal) && (instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, meters)))
            {
                listener.EnableMeasurementEvents(instrument, _tallies.GetOrAdd(instrument, made => new Tally(made)));
            }
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, tally) => ((Tally)tally!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, tally) => ((Tally)tally!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, tally) => ((Tally)tally!).Record(value, tags));
        _listener.Start();
    }

    public string Write()
    {
        var text = new StringBuilder();
        lock (_listener)
        {
            foreach (var tally in _tallies.Values)
            {
                tally.Forget();
            }

            _listener.RecordObservableInstruments();
            foreach (var (_, tally) in _tallies.OrderBy(pair => pair.Key.Name, StringComparer.Ordinal))
            {
                tally.Write(text);
            }
        }

        Process(text);
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Process(StringBuilder text)
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        Gauge(text, "process_resident_memory_bytes", "Memory that the process holds.", process.WorkingSet64);
        Gauge(text, "process_cpu_seconds_total", "Processor time used.", process.TotalProcessorTime.TotalSeconds, "counter");
        Gauge(text, "process_uptime_seconds", "Seconds since the start.", _time.GetElapsedTime(_started).TotalSeconds);
        Gauge(text, "dotnet_heap_bytes", "Memory of managed objects.", GC.GetTotalMemory(forceFullCollection: false));
        Gauge(text, "dotnet_allocated_bytes_total", "Memory that was given out for managed objects since the start.", GC.GetTotalAllocatedBytes(), "counter");
        Gauge(text, "dotnet_gc_pause_seconds_total", "Time for which collections stopped everything.", GC.GetTotalPauseDuration().TotalSeconds, "counter");
        Gauge(text, "dotnet_threads", "Threads of the pool.", ThreadPool.ThreadCount);
        Gauge(text, "dotnet_thread_queue", "Work that waits for a thread of the pool.", ThreadPool.PendingWorkItemCount);
    }

    private static void Gauge(StringBuilder text, string name, string help, double value, string type = "gauge")
    {
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        Tally.Line(text, name, "", value);
    }
}
