using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Platform.Hosting;

namespace Parley.Platform.Keys;

/// <summary>Reads the ring again and again, so that a key made on another node is known here before it signs there. Where it cannot, the known keys go on.</summary>
internal sealed class KeyRingReading(KeyRing ring, TimeProvider time, ILogger<KeyRingReading> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(KeyRing.Lead / 2, time, stop);
            await Rounds.Do(log, "keyRing", ring.Load, stop);
        }
    }
}
