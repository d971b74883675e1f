using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Parley.Platform.Store;

namespace Parley.Platform.Hosting;

/// <summary>
/// The rounds of loops that go on for as long as the server does. Whatever goes wrong in one, a fault of ours included, is logged and counted, and the next
/// is taken: an exception that nobody catches would end the server, or the loop without a word.
/// </summary>
public static class Rounds
{
    /// <summary>Of the whole process: whoever runs it looks for what does not work, not where.</summary>
    private static readonly Counter<long> Failed = new Meter("Parley.Rounds").CreateCounter<long>("parley_rounds_failed", description: "Rounds of background loops that failed, by loop.");

    /// <summary>Does one round; false when it failed.</summary>
    /// <exception cref="OperationCanceledException">The server ends.</exception>
    public static async Task<bool> Do(ILogger log, string loop, Func<Task> round, CancellationToken stop = default)
    {
        // Whoever set it going (a request may) does not wait for it.
        Patience.Await(false);
        try
        {
            await round();
            return true;
        }
        catch (Exception error) when (error is not OutOfMemoryException && !(error is OperationCanceledException && stop.IsCancellationRequested))
        {
            Failed.Add(1, new KeyValuePair<string, object?>("loop", loop));
            log.LogWarning(error, "A round of {Loop} failed; it goes on with the next.", loop);
            return false;
        }
    }
}
