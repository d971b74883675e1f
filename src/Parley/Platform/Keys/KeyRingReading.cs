using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Parley.Platform.Keys;

/// <summary>Reads the ring again and again, so that a key made on another node is known here before it signs there.</summary>
internal sealed class KeyRingReading(KeyRing ring, TimeProvider time, ILogger<KeyRingReading> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(KeyRing.Lead / 2, time, stop);
                await ring.Load();
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (DbException error)
            {
                log.LogWarning(error, "The key ring could not be read; the known keys go on.");
            }
        }
    }
}
