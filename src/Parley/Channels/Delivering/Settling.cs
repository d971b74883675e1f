using Parley.Channels.Connections;
using Parley.Contacts;
using Parley.Platform.Store;

namespace Parley.Channels.Delivering;

/// <summary>What follows from how an attempt ended, for the message, its thread and its channel.</summary>
internal sealed class Settling(Database database, ConnectionStore connections, Catalog catalog, Reporting reporting, ChannelSettings settings, TimeProvider time)
{
    private static readonly TimeSpan OffPause = TimeSpan.FromMinutes(1);

    private Action _listener = () => { };

    /// <summary>How many messages go out at once.</summary>
    public int AtOnce => settings.AtOnce;

    /// <summary>Told when something may go out now that could not before.</summary>
    public void Listen(Action listener) => _listener += listener;

    public void Tell() => _listener();

    public async Task<(Connection Connection, Channel Channel)?> Connected(Outgoing it) =>
        await connections.Find(it.Inbox) is { } connection && catalog.Find(connection.Kind) is { } channel ? (connection, channel) : null;

    /// <summary>True where its channel sends nothing now: then it waits, and nothing is counted against it.</summary>
    public async Task<bool> Held(Outgoing it, DateTimeOffset now)
    {
        if (await connections.Load(it.Inbox) is not var (_, state) || state.Goes(now))
        {
            return false;
        }

        var due = state is { On: true, Probe: { } probe } ? probe : now + OffPause;
        if (await database.Write(session => DeliveryStore.Claim(session, it, due)))
        {
            await database.Write(session => DeliveryStore.Settle(session, it with { State = it.State, Due = due }, due));
        }

        return true;
    }

    public async Task Settle(Outgoing it, Failure? why, ContactId? contact, DateTimeOffset claimed, Capabilities can)
    {
        var now = time.GetUtcNow();
        var kind = (await connections.Find(it.Inbox))?.Kind ?? "channel";
        var after = why is null ? it with { Due = now } : After(it with { Code = why.Code, Said = why.Said ?? "" }, why, now, can);
        var dead = after.State is DeliveryState.Failed or DeliveryState.Unknown;
        await database.Write(session => DeliveryStore.Settle(session, after with { Told = after.Told || dead }, claimed));
        if (why is Failure.Misconfigured)
        {
            await connections.Break(it.Inbox, why.Said ?? why.Code, now + TimeSpan.FromSeconds(settings.MendSeconds));
        }

        if (dead)
        {
            await reporting.Failed(it.Workspace, it.Conversation, it.Seq, (kind, after.Code), now);
        }
        else if (after.State == DeliveryState.Sent)
        {
            await WentOut(after, contact, kind, now);
        }
    }

    private async Task WentOut(Outgoing it, ContactId? contact, string kind, DateTimeOffset now)
    {
        var broken = await connections.Load(it.Inbox) is (_, { Broken: not null });
        await connections.WentOut(it.Inbox);
        if (broken)
        {
            await database.Write(session => DeliveryStore.Hurry(session, it.Inbox, now));
            Tell();
        }

        if (contact is { } customer)
        {
            await reporting.Sent(it, customer);
        }

        if (it.Told)
        {
            await reporting.Reached(it.Workspace, it.Conversation, it.Seq, kind);
        }
    }

    private Outgoing After(Outgoing it, Failure why, DateTimeOffset now, Capabilities can)
    {
        var again = why.Again || (why is Failure.OutcomeUnknown && can.Repeatable);
        // What an admin has to mend costs the message none of its time.
        var late = now - it.Made > can.GiveUpAfter && why is not Failure.Misconfigured;
        if (!again || late)
        {
            return it with { State = why is Failure.OutcomeUnknown ? DeliveryState.Unknown : DeliveryState.Failed, Due = now };
        }

        var pause = why is Failure.Misconfigured ? TimeSpan.FromSeconds(settings.MendSeconds) : Backoff.After(it.Tries, it.Id, settings);
        pause = why is Failure.Throttled { After: { } wait } && wait > pause ? wait : pause;
        return it with { State = DeliveryState.Queued, Due = now + pause, Tries = it.Tries + (why is Failure.Misconfigured ? 0 : 1) };
    }
}
