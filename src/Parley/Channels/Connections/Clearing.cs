using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Platform.Hosting;
using Parley.Workspaces;

namespace Parley.Channels.Connections;

/// <summary>Lets go of what somebody began to set up and nobody can use: the settings and secrets of a channel whose inbox never came to be, for the server ended in between.</summary>
internal sealed class Clearing(ConnectionStore store, Rosters rosters, TimeProvider time, ILogger<Clearing> log) : BackgroundService
{
    /// <summary>Much longer than it takes to set one up.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Rounds.Do(log, "channels", Clear, stop);
                await Task.Delay(Pause, time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The server ends.
        }
    }

    private async Task Clear()
    {
        foreach (var (workspace, inbox) in await store.Before(time.GetUtcNow() - Young))
        {
            // Without a roster nothing can be said of it.
            if (await rosters.Of(workspace) is { } roster && roster.Inbox(inbox) is null)
            {
                await store.Drop(inbox);
            }
        }
    }
}
