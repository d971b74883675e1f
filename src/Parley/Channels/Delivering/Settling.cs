using Parley.Channels.Connections;
using Parley.Platform.Store;

namespace Parley.Channels.Delivering;

/// <summary>What follows from how an attempt ended, for the message, its thread and its channel.</summary>
internal sealed class Settling(Database database, ConnectionStore connections, Catalog catalog, Reporting reporting, ChannelSettings settings, TimeProvider time)
{
    /// <summary>What a channel is set up with cannot be read.</summary>
    public static readonly Failure Unreadable = new Failure.Misconfigured("Its settings or secrets cannot be read: set it up anew.");

    private static readonly Failure Uncertain = new Failure.OutcomeUnknown();

    private Action _listener = () => { };

    /// <summary>How many messages go out at once.</summary>
    public int AtOnce => settings.AtOnce;

    /// <summary>Told when something may go out now that could not before.</summary>
    public void Listen(Action listener) => _listener += listener;

    public void Tell() => _listener();

    /// <summary>Tells the thread of it how it ended.</summary>
    public Task Report(Outgoing it) => reporting.Report(it);

    public async Task<(Connection Connection, Channel Channel)?> Connected(Outgoing it) =>
        await connections.Find(it.Inbox) is { } connection && catalog.Find(connection.Kind) is { } channel ? (connection, channel) : null;

    /// <summary>True where its channel sends nothing now: then it waits as it is, and nothing is counted against it.</summary>
    public async Task<bool> Held(Outgoing it, DateTimeOffset now) => await connections.Load(it.Inbox) is var (_, state) && !state.Goes(now);

    public async Task Settle(Outgoing it, Failure? why, DateTimeOffset claimed, Capabilities can)
    {
        var now = time.GetUtcNow();
        var breaks = why is Failure.Misconfigured wrong && await Breaks(it, wrong);
        var after = why is null ? it with { Due = now } : After(it with { Code = why.Code, Said = why.Said ?? "" }, why, now, can, rests: breaks);
        await database.Write(session => DeliveryStore.Settle(session, after, claimed));
        if (breaks)
        {
            await connections.Break(it.Inbox, why!.Said ?? why.Code, now + TimeSpan.FromSeconds(settings.MendSeconds));
        }

        if (after.State == DeliveryState.Sent)
        {
            await WentOut(after, now);
        }

        await Report(after);
    }

    private async Task WentOut(Outgoing it, DateTimeOffset now)
    {
        var broken = await connections.Load(it.Inbox) is (_, { Broken: not null });
        await connections.WentOut(it.Inbox);
        if (broken)
        {
            await database.Write(session => DeliveryStore.Hurry(session, it.Inbox, now));
            Tell();
        }
    }

    /// <summary>Whether the whole channel has to be mended: what one recipient alone is refused stops no other.</summary>
    private async Task<bool> Breaks(Outgoing it, Failure.Misconfigured why)
    {
        if (why.Sure || await connections.Load(it.Inbox) is not var (connection, state))
        {
            return true;
        }

        if (state.LastOut is not { } lastOut)
        {
            // Nothing ever went out: unless its settings prove to be right, they are wrong.
            return await Check(connection) is not null;
        }

        return it.Made > lastOut && (await database.Read(session => DeliveryStore.Others(session, it, why.Code)) || await Check(connection) is Failure.Misconfigured { Sure: true });
    }

    private async Task<Failure?> Check(Connection connection) => catalog.Find(connection.Kind) is { } channel ? await channel.Check(connection, CancellationToken.None) : null;

    /// <param name="rests">Its channel waits for an admin: that costs the message none of its time.</param>
    private Outgoing After(Outgoing it, Failure why, DateTimeOffset now, Capabilities can, bool rests)
    {
        var again = it.State != DeliveryState.Unknown && (why.Again || (why is Failure.OutcomeUnknown && can.Repeatable));
        it = it with { Unsure = it.Unsure || why is Failure.OutcomeUnknown, Since = rests ? null : it.Since ?? now };
        if (!again || now - it.Since > can.GiveUpAfter)
        {
            // What may have arrived once has not failed for the reason that it could not be sent again.
            return why is Failure.OutcomeUnknown || (again && it.Unsure)
                ? it with { State = DeliveryState.Unknown, Code = Uncertain.Code, Due = now }
                : it with { State = DeliveryState.Failed, Due = now };
        }

        var pause = rests ? TimeSpan.FromSeconds(settings.MendSeconds) : Backoff.After(it.Tries, it.Id, settings);
        pause = why is Failure.Throttled { After: { } wait } && wait > pause ? wait : pause;
        return it with { State = DeliveryState.Queued, Due = now + pause, Tries = it.Tries + (rests ? 0 : 1) };
    }
}
