using Parley.Channels.Connections;
using Parley.Channels.Delivering;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Channels.Receiving;

/// <summary>What a provider tells of our own words: how far they got, and that they were said. States only move forward, in whatever order that is told.</summary>
internal sealed class Minding(Database database, Ledger ledger, Placing placing, Reporting reporting, LogReader log, Door door)
{
    public async Task<Taken> Take(Connection connection, InboundReceipt receipt)
    {
        if (await ledger.Find(connection.Inbox, receipt.Message) is not { } known)
        {
            return new Taken.Early();
        }

        if (!known.Ours)
        {
            return new Taken.Done();
        }

        var (id, seq) = (known.Conversation, known.Seq);
        var before = await database.Read(session => DeliveryStore.Of(session, id, seq));
        if (before is { State: DeliveryState.Queued or DeliveryState.Sending } && receipt.State != ReceiptState.Failed)
        {
            // The provider was quicker than its own answer: what it calls the message stands here already, and the rest in a moment.
            return new Taken.Early();
        }

        if (receipt.State == ReceiptState.Failed)
        {
            var why = receipt.Why ?? new Failure.Rejected();
            if (await database.Write(session => DeliveryStore.Failed(session, id, seq, why)))
            {
                await reporting.Failed(connection.Workspace, id, seq, (connection.Kind, why.Code), before!.Made);
            }

            return new Taken.Done();
        }

        var read = receipt.State == ReceiptState.Read;
        await database.Write(session => DeliveryStore.Forward(session, id, seq, read ? DeliveryState.Read : DeliveryState.Delivered));
        await reporting.Delivered(connection.Workspace, id, known.Contact, seq);
        if (read)
        {
            await reporting.Read(connection.Workspace, id, known.Contact, seq);
        }

        if (before is { State: DeliveryState.Failed or DeliveryState.Unknown })
        {
            await reporting.Reached(connection.Workspace, id, seq, connection.Kind);
        }

        return new Taken.Done();
    }

    /// <summary>Ours, if it bears a name that is known, or says what nobody knows the outcome of; else somebody wrote it in the provider's own app.</summary>
    public async Task<Taken> Take(Connection connection, Channel channel, InboundEcho echo)
    {
        if (await ledger.Find(connection.Inbox, echo.Key) is { Seq: > 0 } || await placing.Newest(connection, channel, echo.To) is not var (contact, id))
        {
            return new Taken.Done();
        }

        foreach (var lost in (await database.Read(session => DeliveryStore.Of(session, id))).Where(one => one.State == DeliveryState.Unknown))
        {
            if ((await log.One(Conversation.Subject(id), lost.Seq))?.Body is Message said && said.Content.Plain().Trim() == echo.Text.Trim())
            {
                await ledger.Went(connection.Inbox, echo.Key, contact, id, lost.Seq);
                await database.Write(session => DeliveryStore.Forward(session, id, lost.Seq, DeliveryState.Sent));
                await reporting.Reached(connection.Workspace, id, lost.Seq, connection.Kind);
                return new Taken.Done();
            }
        }

        return await Said(connection, echo, contact, id);
    }

    private async Task<Taken> Said(Connection connection, InboundEcho echo, ContactId contact, ConversationId id)
    {
        var who = new Workspaces.ProgramPrincipal(connection.Workspace, new TokenId(connection.Inbox.Value), []);
        var found = await door.Threads.Find(who, id);
        var origin = new Origin(connection.Workspace, who.Author, $"echo:{echo.Key}"[..Math.Min(Origin.ClientIdLimit, echo.Key.Length + 5)])
        {
            Via = new Via(connection.Inbox, echo.To, echo.Key),
            OccurredAt = echo.At,
        };
        var outcome = await door.Desk.Handle(new Post(origin, id, new Content("text", Degrading.Pieces(Platform.Words.Clean(echo.Text), Content.TextLimit).FirstOrDefault() ?? "…"), door.Threads.Terms(connection.Workspace, found.State.Inbox))
        {
            Moment = await door.Moment(who, id, found.State),
        });
        if (!outcome.Accepted)
        {
            return outcome.Refusal!.Status >= 500 ? new Taken.Busy() : new Taken.Refused(outcome.Refusal.Code);
        }

        await ledger.Went(connection.Inbox, echo.Key, contact, id, outcome.Entries.First(entry => entry.Body is Message).Seq);
        return new Taken.Done();
    }
}
