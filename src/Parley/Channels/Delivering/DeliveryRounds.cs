using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Parley.Channels.Connections;
using Parley.Channels.Receiving;
using Parley.Platform.Hosting;
using Parley.Platform.Store;

namespace Parley.Channels.Delivering;

/// <summary>
/// Sends what is due: in order to each recipient, several recipients at once, again after growing pauses where that can help. A channel whose settings are wrong takes nothing with it: all
/// of it waits, one message is tried now and then, and its admins are told.
/// </summary>
internal sealed class DeliveryRounds : DueRounds
{
    private const int Slice = 40;

    /// <summary>How long what a node sends that died waits for another, which does not know then what became of it. It lasts for as long as the node lives.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    /// <summary>How long it is waited at most before it is looked whether more is due, while something is on its way.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>Several inboxes may have as much on its way as one may: whoever answers slowly keeps nobody else waiting.</summary>
    private const int Inboxes = 4;

    private readonly System.Threading.Channels.Channel<bool> _more = System.Threading.Channels.Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Inboxes whose other side did not answer last: one message at a time is enough to see when it does.</summary>
    private readonly ConcurrentDictionary<InboxId, bool> _silent = new();

    private DateTimeOffset _owed = DateTimeOffset.MinValue;

    private readonly Database _database;
    private readonly Handover _handover;
    private readonly Settling _settling;
    private readonly TimeProvider _time;

    public DeliveryRounds(Database database, Handover handover, Settling settling, DeliveryReader reader, TimeProvider time, ILogger<DeliveryRounds> log)
        : base("deliveries", time, log)
    {
        (_database, _handover, _settling, _time) = (database, handover, settling, time);
        reader.Listen(Hear);
        settling.Listen(Hear);
    }

    private void Hear()
    {
        _more.Writer.TryWrite(true);
        Tell();
    }

    protected override Task<DateTimeOffset?> Next() => _database.Read(DeliveryStore.Next);

    protected override async Task Round(CancellationToken stop)
    {
        var running = new Dictionary<DeliveryId, (InboxId Inbox, Task Task)>();
        try
        {
            do
            {
                // A round lasts for as long as anything is on its way.
                await Owed(stop);
                await Begin(running, stop);
                await Some(running.Values.Select(one => one.Task), stop);
                foreach (var (id, _) in running.Where(one => one.Value.Task.IsCompleted).ToList())
                {
                    running.Remove(id);
                }
            }
            while (running.Count > 0 || (await Due(running)).Count > 0);
        }
        finally
        {
            await Task.WhenAll(running.Values.Select(one => one.Task)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What its thread was not told: whoever should have died, or the store would not. One that cannot be told now is not asked for at once again.</summary>
    private async Task Owed(CancellationToken stop)
    {
        var now = _time.GetUtcNow();
        if (now - _owed >= TimeSpan.Zero && now - _owed < Again)
        {
            return;
        }

        _owed = now;
        foreach (var it in await _database.Read(session => DeliveryStore.Owed(session, Slice)))
        {
            await Rounds.Do(Log, "deliveries", () => _settling.Report(it), stop);
        }
    }

    /// <summary>What is due and has room; what is on its way already holds nothing up.</summary>
    private async Task Begin(Dictionary<DeliveryId, (InboxId Inbox, Task Task)> running, CancellationToken stop)
    {
        foreach (var it in running.Count < Inboxes * _settling.AtOnce ? await Due(running) : [])
        {
            if (running.Count < Inboxes * _settling.AtOnce && !running.ContainsKey(it.Id) && running.Values.Count(one => one.Inbox == it.Inbox) < Room(it.Inbox))
            {
                running[it.Id] = (it.Inbox, Rounds.Do(Log, "deliveries", () => Send(it, stop), stop));
            }
        }
    }

    private Task<List<Outgoing>> Due(Dictionary<DeliveryId, (InboxId Inbox, Task Task)> running)
    {
        var full = running.Values.GroupBy(one => one.Inbox).Where(some => some.Count() >= Room(some.Key)).Select(some => some.Key);
        return _database.Read(session => DeliveryStore.Due(session, _time.GetUtcNow(), Slice, full));
    }

    private int Room(InboxId inbox) => _silent.ContainsKey(inbox) ? 1 : _settling.AtOnce;

    /// <summary>Until one of them has ended, or more may be due.</summary>
    private async Task Some(IEnumerable<Task> running, CancellationToken stop)
    {
        var tasks = running.ToList();
        if (tasks.Count == 0)
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny([.. tasks, _more.Reader.WaitToReadAsync(either.Token).AsTask(), Task.Delay(Again, _time, either.Token)]);
        await either.CancelAsync();
        _more.Reader.TryRead(out _);
        stop.ThrowIfCancellationRequested();
    }

    private async Task Send(Outgoing it, CancellationToken stop)
    {
        var now = _time.GetUtcNow();
        if (await _settling.Held(it, now) || !await _database.Write(session => DeliveryStore.Claim(session, it, now + Life)))
        {
            return;
        }

        var claim = new Claim((now + Life).ToUnixTimeMilliseconds());
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var kept = Keep(it.Id, claim, over.Token);
        try
        {
            await Send(it with { Unsure = it.Unsure || it.State == DeliveryState.Sending }, claim, stop);
        }
        finally
        {
            await over.CancelAsync();
            await kept;
        }
    }

    private async Task Send(Outgoing it, Claim claim, CancellationToken stop)
    {
        if (await _settling.Connected(it) is not var (connection, channel) || channel.Able(connection) is not { } can)
        {
            await Settle(it, Settling.Unreadable, new Capabilities());
            return;
        }

        var (after, why) = await _handover.Do(it, connection, channel, can, stop);
        if (why is Failure.Unreachable)
        {
            _silent[it.Inbox] = true;
        }
        else
        {
            _silent.TryRemove(it.Inbox, out _);
        }

        await Settle(after, why, can);

        Task Settle(Outgoing ended, Failure? because, Capabilities able) => claim.By(async claimed =>
        {
            await _settling.Settle(ended, because, DateTimeOffset.FromUnixTimeMilliseconds(claimed), able);
            return true;
        });
    }

    /// <summary>A letter may take as long as it moves: meanwhile nobody else takes it.</summary>
    private async Task Keep(DeliveryId id, Claim claim, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(Life / 3, _time, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!over.IsCancellationRequested)
            {
                // What cannot be written now is tried again well before the claim ends.
                await Rounds.Do(Log, "deliveries", () => claim.Renew((_time.GetUtcNow() + Life).ToUnixTimeMilliseconds(), (before, until) => _database.Write(session => DeliveryStore.Renew(session, id, before, until))), CancellationToken.None);
            }
        }
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
