using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Parley.Channels.Connections;
using Parley.Platform.Hosting;
using Parley.Platform.Store;

namespace Parley.Channels.Delivering;

/// <summary>
/// Sends what is due: in order to each recipient, several recipients at once, again after growing pauses where that can help. A channel whose settings are wrong takes nothing with it: all
/// of it waits, one message is tried now and then, and its admins are told.
/// </summary>
internal sealed class DeliveryRounds : DueRounds
{
    private const int Slice = 100;

    /// <summary>Longer than any attempt may take: after that nobody knows what became of it.</summary>
    private static readonly TimeSpan Claimed = TimeSpan.FromMinutes(5);

    private readonly Database _database;
    private readonly Handover _handover;
    private readonly Settling _settling;
    private readonly TimeProvider _time;

    public DeliveryRounds(Database database, Handover handover, Settling settling, DeliveryReader reader, TimeProvider time, ILogger<DeliveryRounds> log)
        : base("deliveries", time, log)
    {
        (_database, _handover, _settling, _time) = (database, handover, settling, time);
        reader.Listen(Tell);
        settling.Listen(Tell);
    }

    protected override Task<DateTimeOffset?> Next() => _database.Read(DeliveryStore.Next);

    protected override async Task Round(CancellationToken stop)
    {
        foreach (var it in await _database.Read(session => DeliveryStore.Owed(session, Slice)))
        {
            // Whoever should have told it died, or the store would not.
            await Rounds.Do(Log, "deliveries", () => _settling.Report(it), stop);
        }

        while (await _database.Read(session => DeliveryStore.Due(session, _time.GetUtcNow(), Slice)) is { Count: > 0 } due)
        {
            await Parallel.ForEachAsync(
                due, new ParallelOptions { MaxDegreeOfParallelism = _settling.AtOnce, CancellationToken = stop }, async (it, cancel) => await Rounds.Do(Log, "deliveries", () => Send(it, cancel), cancel));
        }
    }

    private async Task Send(Outgoing it, CancellationToken stop)
    {
        var now = _time.GetUtcNow();
        if (await _settling.Held(it, now))
        {
            return;
        }

        var claimed = now + Claimed;
        if (!await _database.Write(session => DeliveryStore.Claim(session, it, claimed)))
        {
            return;
        }

        it = it with { Unsure = it.Unsure || it.State == DeliveryState.Sending };
        if (await _settling.Connected(it) is not var (connection, channel) || channel.Able(connection) is not { } can)
        {
            await _settling.Settle(it, Settling.Unreadable, claimed, new Capabilities());
            return;
        }

        var (after, why) = await _handover.Do(it, connection, channel, can, stop);
        await _settling.Settle(after, why, claimed, can);
    }
}

/// <summary>How long it is waited before the next try: twice as long each time, and not for all at the same moment.</summary>
internal static class Backoff
{
    /// <param name="id">Spreads those that failed together; the same for one message, so that nothing hangs on chance.</param>
    public static TimeSpan After(int tries, DeliveryId id, ChannelSettings settings)
    {
        var whole = Math.Min(settings.LongestRetrySeconds, settings.RetrySeconds * Math.Pow(2, Math.Min(tries, 20)));
        var share = BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{id}:{tries}"))) / (double)uint.MaxValue;
        return TimeSpan.FromSeconds(whole * (0.75 + (0.5 * share)));
    }
}
