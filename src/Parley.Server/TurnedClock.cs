using System.Globalization;
using System.Net;
using Parley.Platform.Settings;

namespace Parley.Server;

/// <summary>
/// The machine's clock, put forward or back by as many seconds as a file says, as by somebody who sets it while the server runs; timers run on as they were.
/// Only for tests that turn one node's clock: it is asked for by a variable of the environment and by no setting, <c>parley doctor</c> calls that bad, and a
/// server that anybody but this machine or its own cable could reach, or that has a public address, does not start with it.
/// </summary>
public sealed class TurnedClock : TimeProvider
{
    /// <summary>Names the file.</summary>
    public const string Variable = "PARLEY_TURNED_CLOCK";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly string _file;
    private readonly Lock _gate = new();
    private long _looked;
    private TimeSpan _turned;

    private TurnedClock(string file) => (_file, _turned, _looked) = (file, Read(file), System.GetTimestamp());

    /// <summary>The machine's own clock unless the variable names a file.</summary>
    /// <exception cref="SettingWrong">It does, and this server is more than a test.</exception>
    public static TimeProvider Of(ServerSettings settings, string? file)
    {
        if (file is null)
        {
            return System;
        }

        if (settings.PublicUrl is not null || !settings.Urls.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries).All(IsNear))
        {
            throw new SettingWrong($"{Variable} turns the clock of a test; this server has a public address or listens to others. Remove it from the environment.");
        }

        return new TurnedClock(file);
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            if (System.GetElapsedTime(_looked) > Glance)
            {
                (_turned, _looked) = (Read(_file), System.GetTimestamp());
            }

            return System.GetUtcNow() + _turned;
        }
    }

    /// <summary>This machine, or the cable between it and one other (RFC 3927).</summary>
    private static bool IsNear(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.IsLoopback || (IPAddress.TryParse(uri.Host, out var address) && address.GetAddressBytes() is [169, 254, _, _]));

    private static TimeSpan Read(string file) =>
        File.Exists(file) && double.TryParse(File.ReadAllText(file), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
}
