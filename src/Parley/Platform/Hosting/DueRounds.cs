using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Parley.Platform.Hosting;

/// <summary>
/// A loop over what is due at times that stand in the store: a round, then rest until the next is due or there is news. Nothing that goes wrong ends it, not
/// even a store that cannot say when that is: it is asked again, and what was due meanwhile is done then.
/// </summary>
/// <param name="name">What failed rounds are counted under.</param>
public abstract class DueRounds(string name, TimeProvider time, ILogger log) : BackgroundService
{
    /// <summary>A clock that is put forward between two looks is noticed after this.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>What is still due after a round could not be done, or is being done elsewhere; what failed is not tried faster.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>Nothing that is to be let go: where a server could not start, others still tell while everything ends.</summary>
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected ILogger Log => log;

    /// <summary>There is something to do, perhaps earlier than what was known.</summary>
    protected void Tell() => _news.Writer.TryWrite(true);

    /// <summary>Does what is due.</summary>
    protected abstract Task Round(CancellationToken stop);

    /// <summary>When the next is due; null: nothing is.</summary>
    protected abstract Task<DateTimeOffset?> Next();

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Rounds.Do(log, name, () => Round(stop), stop);
                if (!await Rounds.Do(log, name, () => Rest(stop), stop))
                {
                    await Task.Delay(Again, time, stop);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The server ends; what is due is done after its next start.
        }
    }

    private async Task Rest(CancellationToken stop)
    {
        var rest = await Next() is { } next ? next - time.GetUtcNow() : Longest;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(_news.Reader.WaitToReadAsync(either.Token).AsTask(), Task.Delay(rest > Longest ? Longest : rest > TimeSpan.Zero ? rest : Again, time, either.Token));
        await either.CancelAsync();
        stop.ThrowIfCancellationRequested();
        // One round does all that is new.
        _news.Reader.TryRead(out _);
    }
}
