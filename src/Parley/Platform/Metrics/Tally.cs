using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Parley.Platform.Metrics;

/// <summary>The sums of one instrument, by the values of its tags, and how Prometheus reads them.</summary>
internal sealed class Tally(Instrument instrument)
{
    /// <summary>Above it new combinations are counted together: a tag that takes any value must not fill the memory.</summary>
    private const int Limit = 1_000;

    private static readonly double[] Seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly double[] Sizes = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];

    private readonly ConcurrentDictionary<Key, Cell> _cells = new();
    private readonly double[] _bounds = instrument.Unit is "s" ? Seconds : Sizes;
    private readonly Cell _rest = new("other=\"true\"", 0);

    private bool IsHistogram { get; } = instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal);

    private bool IsCounter { get; } = instrument.GetType().Name is var name && name.Contains("Counter", StringComparison.Ordinal) && !name.Contains("UpDown", StringComparison.Ordinal);

    /// <summary>Counters and histograms add up; what is observed is told whole each time.</summary>
    private bool Adds { get; } = !instrument.IsObservable && !instrument.GetType().Name.StartsWith("Gauge", StringComparison.Ordinal);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var cell = Find(tags);
        lock (cell)
        {
            cell.Sum = Adds ? cell.Sum + value : value;
            cell.Count++;
            if (IsHistogram)
            {
                var bucket = Array.FindIndex(_bounds, bound => value <= bound);
                if (bucket >= 0)
                {
                    cell.Buckets[bucket]++;
                }
            }
        }
    }

    /// <summary>What was observed is forgotten before it is observed again: a stream that has ended has no gauge.</summary>
    public void Forget()
    {
        if (instrument.IsObservable)
        {
            _cells.Clear();
        }
    }

    /// <summary>https://prometheus.io/docs/instrumenting/exposition_formats/</summary>
    public void Write(StringBuilder text)
    {
        var name = instrument.Name.Replace('.', '_') + (IsCounter && !instrument.Name.EndsWith("_total", StringComparison.Ordinal) ? "_total" : "");
        text.Append("# HELP ").Append(name).Append(' ').Append(instrument.Description).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(IsHistogram ? "histogram" : IsCounter ? "counter" : "gauge").Append('\n');
        foreach (var cell in _cells.Values.Append(_rest).Where(cell => cell.Count > 0).OrderBy(cell => cell.Labels, StringComparer.Ordinal))
        {
            lock (cell)
            {
                Write(text, name, cell);
            }
        }
    }

    private void Write(StringBuilder text, string name, Cell cell)
    {
        if (!IsHistogram)
        {
            Line(text, name, cell.Labels, cell.Sum);
            return;
        }

        var separator = cell.Labels.Length > 0 ? "," : "";
        long below = 0;
        for (var i = 0; i < _bounds.Length; i++)
        {
            below += cell.Buckets[i];
            Line(text, $"{name}_bucket", string.Create(CultureInfo.InvariantCulture, $"{cell.Labels}{separator}le=\"{_bounds[i]}\""), below);
        }

        Line(text, $"{name}_bucket", $"{cell.Labels}{separator}le=\"+Inf\"", cell.Count);
        Line(text, $"{name}_sum", cell.Labels, cell.Sum);
        Line(text, $"{name}_count", cell.Labels, cell.Count);
    }

    internal static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private Cell Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = new Key(Value(tags, 0), Value(tags, 1), Value(tags, 2));
        if (_cells.TryGetValue(key, out var cell))
        {
            return cell;
        }

        return _cells.Count >= Limit ? _rest : _cells.GetOrAdd(key, new Cell(Labels(tags), _bounds.Length));
    }

    private static object? Value(ReadOnlySpan<KeyValuePair<string, object?>> tags, int index) => index < tags.Length ? tags[index].Value : null;

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            var escaped = Convert.ToString(value, CultureInfo.InvariantCulture)!.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            text.Append(text.Length > 0 ? "," : "").Append(name).Append("=\"").Append(escaped).Append('"');
        }

        return text.ToString();
    }

    /// <summary>The values of the tags; an instrument has at most three and always the same names.</summary>
    private readonly record struct Key(object? A, object? B, object? C);

    private sealed class Cell(string labels, int buckets)
    {
        public readonly string Labels = labels;
        public readonly long[] Buckets = new long[buckets];
        public double Sum;
        public long Count;
    }
}
