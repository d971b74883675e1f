using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Parley.Specs.Buses;

namespace Parley.Chaos.Staging;

/// <summary>
/// A network of one node's own (a Linux network namespace), tied to this machine's by one cable, which can be pulled: what was under way is lost without a word, and nothing new gets
/// through. Its addresses are those of a cable (169.254, RFC 3927), which nobody else reaches.
/// </summary>
internal sealed partial class Net : IAsyncDisposable
{
    private const int NewNet = 0x40000000;

    private readonly string _name;
    private readonly string _far;

    private Net(string name, string far, IPAddress outside, IPAddress inside) => (_name, _far, Outside, Inside) = (name, far, outside, inside);

    /// <summary>This machine, as the node sees it.</summary>
    public IPAddress Outside { get; }

    /// <summary>The node.</summary>
    public IPAddress Inside { get; }

    /// <summary>What runs a program there and becomes it.</summary>
    public string[] Under => ["ip", "netns", "exec", _name];

    /// <summary>One, or why there can be none on this machine.</summary>
    public static async Task<(Net? Net, string? Missing)> Make(int number)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return (null, "network namespaces need Linux and root");
        }

        var me = Environment.ProcessId;
        var (name, near, far) = ($"parley-chaos-{me}-{number}", $"pc{me % 1_000_000}n{number}", $"pc{me % 1_000_000}f{number}");
        var (third, fourth) = (1 + (me % 250), 4 * number);
        var net = new Net(name, far, new IPAddress([169, 254, (byte)third, (byte)(fourth + 1)]), new IPAddress([169, 254, (byte)third, (byte)(fourth + 2)]));
        string[] lines =
        [
            $"netns add {name}", $"link add {near} type veth peer name {far}", $"link set {far} netns {name}", $"addr add {net.Outside}/30 dev {near}", $"link set {near} up",
            $"-n {name} addr add {net.Inside}/30 dev {far}", $"-n {name} link set {far} up", $"-n {name} link set lo up",
        ];
        foreach (var line in lines)
        {
            if (await Ip(line) is { } why)
            {
                await net.DisposeAsync();
                return (null, $"ip {line}: {why}");
            }
        }

        return (net, null);
    }

    public async Task Cut() => (await Ip($"-n {_name} link set {_far} down")).ShouldBeNull();

    public async Task Mend() => (await Ip($"-n {_name} link set {_far} up")).ShouldBeNull();

    /// <summary>What the node reaches under its own loopback: made by a thread that goes there for it, for a socket belongs to the network it was made in.</summary>
    public Way Loopback(int port)
    {
        Socket? socket = null;
        Exception? failed = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var there = File.OpenHandle($"/run/netns/{_name}");
                if (SetNs((int)there.DangerousGetHandle(), NewNet) != 0)
                {
                    throw new InvalidOperationException($"setns: {Marshal.GetLastPInvokeError()}");
                }

                socket = Way.Listen(IPAddress.Loopback, port);
            }
            catch (Exception error) when (error is IOException or InvalidOperationException or SocketException)
            {
                failed = error;
            }
        });
        thread.Start();
        thread.Join();
        return failed is null ? Way.To("127.0.0.1", port, socket!) : throw failed;
    }

    public async ValueTask DisposeAsync() => await Ip($"netns del {_name}");

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNs(int descriptor, int kind);

    /// <summary>Null where it went well, else why not.</summary>
    private static async Task<string?> Ip(string line)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("ip", line.Split(' ')) { RedirectStandardError = true })!;
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? null : error.Trim();
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return missing.Message;
        }
    }
}
