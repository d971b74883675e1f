using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Platform.Hosting;

namespace Parley.Contacts;

/// <summary>Lets files go that no message has taken within a day.</summary>
public sealed class FileSweeping(FileStore files, FileSettings settings, TimeProvider time, ILogger<FileSweeping> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(Pause, time, stop);
            await Rounds.Do(log, "fileSweeping", Sweep, stop);
        }
    }

    private async Task Sweep()
    {
        var deleted = await files.Sweep(time.GetUtcNow() - TimeSpan.FromHours(settings.UnusedHours));
        if (deleted > 0)
        {
            log.LogInformation("{Count} files that no message had taken are gone.", deleted);
        }
    }
}
