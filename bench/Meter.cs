using System.Diagnostics;
using System.Globalization;

namespace Parley.Bench;

/// <summary>What one message took, wherever it was: microseconds of processor, and bytes that the servers allocated.</summary>
/// <param name="Client">Of the load generator: posting, and reading both streams.</param>
/// <param name="Bytes">Not a number where a server cannot say.</param>
internal sealed record Cost(double Server, double Client, double Database, double Bytes)
{
    public static Cost Middle(IEnumerable<Cost> costs)
    {
        var all = costs.ToList();
        double Of(Func<Cost, double> what) => Load.Middle(all.Select(what));
        return new(Of(cost => cost.Server), Of(cost => cost.Client), Of(cost => cost.Database), Of(cost => cost.Bytes));
    }
}

/// <summary>Reads what the servers of one contender, their database and this process have used so far.</summary>
internal sealed class Meter(IReadOnlyList<Child> servers, bool database)
{
    private static readonly HttpClient Http = new();

    public IReadOnlyList<Child> Servers => servers;

    public async Task<Spent> Read()
    {
        var bytes = 0.0;
        foreach (var server in servers)
        {
            bytes += server.Tells ? await Figure(server, "dotnet_allocated_bytes_total") : double.NaN;
        }

        return new(servers.Sum(server => server.Processor()), Environment.CpuUsage.TotalTime.TotalSeconds, database ? Machine.Databases() : 0, bytes);
    }

    /// <summary>Until every reader of the log has done what the messages left to do: what comes later was caused by them, too.</summary>
    public async Task Settled()
    {
        foreach (var server in servers.Where(server => server.Tells))
        {
            for (var since = Stopwatch.GetTimestamp(); await Lag(server) > 0; await Task.Delay(100))
            {
                if (Stopwatch.GetElapsedTime(since) > TimeSpan.FromMinutes(2))
                {
                    throw new TimeoutException("The readers are two minutes behind.");
                }
            }
        }
    }

    private static async Task<double> Figure(Child server, string name) =>
        (await Lines(server)).Where(line => line.StartsWith($"{name} ", StringComparison.Ordinal)).Select(line => double.Parse(line[(name.Length + 1)..], CultureInfo.InvariantCulture)).FirstOrDefault(double.NaN);

    private static async Task<double> Lag(Child server) =>
        (await Lines(server)).Where(line => line.StartsWith("parley_reader_lag{", StringComparison.Ordinal)).Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    private static async Task<string[]> Lines(Child server) => (await Http.GetStringAsync(new Uri(server.Address, "/metrics"))).Split('\n');
}

/// <summary>Seconds of processor, and bytes, until a moment.</summary>
internal sealed record Spent(double Server, double Client, double Database, double Bytes)
{
    public Cost Since(Spent before, double messages) => new(
        1e6 * (Server - before.Server) / messages, 1e6 * (Client - before.Client) / messages, 1e6 * (Database - before.Database) / messages, (Bytes - before.Bytes) / messages);
}
