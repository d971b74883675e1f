using Parley.Channels.Connections;
using Parley.Channels.Delivering;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Channels.Receiving;

/// <summary>What a provider tells of our own words: how far they got, and that they were said. States only move forward, in whatever order that is told.</summary>
internal sealed class Minding(Database database, Ledger ledger, Placing placing, Reporting reporting, Readying readying, Door door)
{
    public async Task<Taken> Take(Connection connection, InboundReceipt receipt)
    {
        if (await ledger.Find(connection.Inbox, receipt.Message, ours: true) is not { } known)
        {
            if (await reporting.Noticed(connection.Workspace, receipt))
            {
                return new Taken.Done();
            }

            return receipt is { Conversation: { } about, Recipient: { } whose } && await Last(connection, about, whose) is { } last ? await Take(connection, receipt with { Message = last, Conversation = null }) : new Taken.Early();
        }

        var (id, seq) = (known.Conversation, known.Seq);
        var before = await database.Read(session => DeliveryStore.Of(session, id, seq));
        if (before is { State: DeliveryState.Queued or DeliveryState.Sending })
        {
            // The provider was quicker than its own answer: what it calls the message stands here already, and the rest in a moment, or in hours where only a part of it is out.
            return new Taken.Underway();
        }

        if (await reporting.Copied(before, receipt))
        {
            return new Taken.Done();
        }

        if (receipt.State == ReceiptState.Delayed)
        {
            await database.Write(session => DeliveryStore.Late(session, id, seq, receipt.Why ?? new Failure.Unreachable()));
            return new Taken.Done();
        }

        if (receipt.State == ReceiptState.Failed)
        {
            var why = receipt.Why ?? new Failure.Rejected();
            if (await database.Write(async session => await Ledger.Told(session, known, arrived: false) && await DeliveryStore.Failed(session, id, seq, why, known.Part)))
            {
                await Tell(id, seq);
            }

            return new Taken.Done();
        }

        var read = receipt.State == ReceiptState.Read;
        var (whole, stands) = await database.Write(async session =>
            await Ledger.Told(session, known, arrived: true) ? (true, await DeliveryStore.Forward(session, id, seq, read ? DeliveryState.Read : DeliveryState.Delivered)) : (false, false));
        if (!stands)
        {
            // Somebody sends it again since it was looked. Or a piece of it came, and another did not: it stays what has failed.
            return whole ? new Taken.Underway() : new Taken.Done();
        }

        await reporting.Delivered(connection.Workspace, id, known.Contact, seq);
        if (read)
        {
            await reporting.Read(connection.Workspace, id, known.Contact, seq);
        }

        if (before is { State: DeliveryState.Failed or DeliveryState.Unknown })
        {
            await Tell(id, seq);
        }

        return new Taken.Done();
    }

    /// <summary>What the newest message that went out in a conversation is called, where what is told names none but whose it is.</summary>
    private async Task<string?> Last(Connection connection, ConversationId about, string recipient)
    {
        var newest = (await database.Read(session => DeliveryStore.Of(session, about))).FirstOrDefault(one => one.Workspace == connection.Workspace && one.Inbox == connection.Inbox && one.State is not DeliveryState.Queued);
        return newest is null || !IsSame(recipient, newest.Address) ? null : await ledger.NameOf(connection.Inbox, about, newest.Seq);
    }

    private static bool IsSame(string one, string other) => Platform.Mail.Reading.Mailbox.IsSame(one, other);

    /// <summary>Ours, if it bears a name that is known, or says what nobody knows the outcome of; else somebody wrote it in the provider's own app.</summary>
    /// <param name="last">It was waited for long enough.</param>
    public async Task<Taken> Take(Connection connection, Channel channel, InboundEcho echo, bool last)
    {
        if (await ledger.Find(connection.Inbox, echo.Key, ours: true) is { Seq: > 0 } || await placing.Newest(connection, channel, echo.To) is not var (contact, id))
        {
            return new Taken.Done();
        }

        foreach (var lost in (await database.Read(session => DeliveryStore.Of(session, id))).Where(one => one.State is DeliveryState.Unknown or DeliveryState.Sending || (one.State == DeliveryState.Queued && one.Tries > 0)))
        {
            if (await Piece(connection, channel, lost, echo.Text.Trim()) is { } part)
            {
                if (lost.State != DeliveryState.Unknown)
                {
                    if (last)
                    {
                        continue;
                    }

                    // It is on its way from here: what the provider calls it stands here in a moment.
                    return new Taken.Early();
                }

                await ledger.Went(connection.Inbox, echo.Key, contact, id, lost.Seq, part);
                await database.Write(session => DeliveryStore.Forward(session, id, lost.Seq, DeliveryState.Sent));
                await Tell(id, lost.Seq);
                return new Taken.Done();
            }
        }

        return await Said(connection, echo, contact, id);
    }

    /// <summary>The thread of a message is told how it stands; who dies before that is done leaves it to the rounds of delivery.</summary>
    private async Task Tell(ConversationId conversation, long seq)
    {
        if (await database.Read(session => DeliveryStore.Of(session, conversation, seq)) is { } it)
        {
            await reporting.Report(it);
        }
    }

    /// <summary>The piece of a message that says just this; null: none.</summary>
    private async Task<int?> Piece(Connection connection, Channel channel, Outgoing it, string text)
    {
        if (await readying.Of(it, channel.CapabilitiesOf(connection)) is not { } ready)
        {
            return null;
        }

        var parts = ready.Degraded.Parts.Index().Where(part => part.Item.Text?.Trim() == text).Select(part => (int?)part.Index).FirstOrDefault();
        return parts ?? (ready.Content.Plain().Trim() == text ? 0 : null);
    }

    private async Task<Taken> Said(Connection connection, InboundEcho echo, ContactId contact, ConversationId id)
    {
        var who = new Workspaces.ProgramPrincipal(connection.Workspace, new TokenId(connection.Inbox.Value), []);
        var found = await door.Threads.Find(who, id);
        var origin = new Origin(connection.Workspace, who.Author, Ledger.EchoOf(connection.Inbox, echo.Key))
        {
            // It came from there, and does not go there again.
            Via = new Via(connection.Inbox),
            OccurredAt = echo.At,
        };
        var outcome = await door.Desk.Handle(new Post(origin, id, new Content("text", Degrading.Pieces(Platform.Words.Clean(echo.Text), Content.TextLimit).FirstOrDefault() ?? "…"), door.Threads.Terms(connection.Workspace, found.State.Inbox))
        {
            Moment = await door.Moment(who, id, found.State),
        });
        if (!outcome.Accepted)
        {
            return outcome.Refusal!.Status switch { 503 => new Taken.Busy(), >= 500 => new Taken.Broken(), _ => new Taken.Refused(outcome.Refusal.Code) };
        }

        await ledger.Went(connection.Inbox, echo.Key, contact, id, outcome.Entries.First(entry => entry.Body is Message).Seq);
        return new Taken.Done();
    }
}
