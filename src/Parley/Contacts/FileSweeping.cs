using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Parley.Contacts;

/// <summary>Lets files go that no message has taken within a day.</summary>
public sealed class FileSweeping(FileStore files, FileSettings settings, TimeProvider time, ILogger<FileSweeping> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Pause, time, stop);
                await Sweep();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The server ends.
        }
    }

    private async Task Sweep()
    {
        try
        {
            var deleted = await files.Sweep(time.GetUtcNow() - TimeSpan.FromHours(settings.UnusedHours));
            if (deleted > 0)
            {
                log.LogInformation("{Count} files that no message had taken are gone.", deleted);
            }
        }
        catch (Exception error) when (error is System.Data.Common.DbException or IOException)
        {
            log.LogWarning(error, "Unused files could not be removed; trying again in an hour.");
        }
    }
}
