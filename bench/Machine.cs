using System.Globalization;
using System.Runtime.InteropServices;

namespace Parley.Bench;

/// <summary>What the kernel says of processors: who used them, and how much others did meanwhile.</summary>
internal static class Machine
{
    /// <summary>The kernel counts for <c>/proc</c> in hundredths, whatever its own clock is (proc(5), USER_HZ).</summary>
    private const double Ticks = 100;

    public static string Name { get; } =
        $"{Environment.ProcessorCount} processors ({(File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() : null) ?? "unknown"}), {RuntimeInformation.OSDescription.Trim()}, .NET {Environment.Version}";

    /// <summary>Seconds that all processors together have been busy since the machine started.</summary>
    public static double Busy()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];
        var ticks = fields.Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToList();
        // user, nice, system, then idle and waiting for the disk, which are not busy; then interrupts and what a host took.
        return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7]) / Ticks;
    }

    /// <summary>Seconds that this process and all it started have used, who have ended included.</summary>
    public static double Ours() => Family().Sum(one => one.Used + one.Ended);

    /// <summary>Seconds that the databases that were started here have used.</summary>
    public static double Databases() => Family().Where(one => one.Name == "postgres").Sum(one => one.Used + one.Ended);

    private static List<One> Family()
    {
        var all = Directory.EnumerateDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), out var id) ? Of(id) : null).OfType<One>().ToLookup(one => one.Parent);
        var (family, next) = (new List<One>(), new Queue<One>([Of(Environment.ProcessId)!]));
        while (next.TryDequeue(out var one))
        {
            family.Add(one);
            foreach (var child in all[one.Id])
            {
                next.Enqueue(child);
            }
        }

        return family;
    }

    /// <summary>proc(5): after the name, which may hold anything, state and parent; used and the waited-for children's are the 14th to 17th field.</summary>
    private static One? Of(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            var (from, to) = (text.IndexOf('('), text.LastIndexOf(')'));
            var fields = text[(to + 2)..].Split(' ');
            double Seconds(int field) => double.Parse(fields[field], CultureInfo.InvariantCulture) / Ticks;
            return new One(id, int.Parse(fields[1], CultureInfo.InvariantCulture), text[(from + 1)..to], Seconds(11) + Seconds(12), Seconds(13) + Seconds(14));
        }
        catch (IOException)
        {
            // It ended while it was looked at.
            return null;
        }
    }

    /// <param name="Ended">What those used who were its children, and whose end it was told.</param>
    private sealed record One(int Id, int Parent, string Name, double Used, double Ended);
}
