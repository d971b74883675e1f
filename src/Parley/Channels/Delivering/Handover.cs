using Parley.Channels.Connections;
using Parley.Channels.Receiving;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Hosting;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Channels.Delivering;

/// <summary>A message as it stands when it goes out.</summary>
/// <param name="Route">Null: nothing is known any more of where the customer is.</param>
internal sealed record Ready(Entry Entry, Content Content, Degraded Degraded, ThreadRoute? Route)
{
    public bool Human => Entry.Author.Kind == AuthorKind.Agent;
}

/// <summary>Reads what is to go out as it stands now: what was changed goes as it was changed, and what was taken back does not go.</summary>
internal sealed class Readying(Database database, LogReader log, People people, FileLinks links, PublicAddress address)
{
    /// <summary>Null: there is nothing to send any more.</summary>
    public async Task<Ready?> Of(Outgoing it, Capabilities can)
    {
        var subject = Conversation.Subject(it.Conversation);
        if (await log.One(subject, it.Seq) is not { Body: Message message } entry)
        {
            return null;
        }

        var edited = (await log.OfType(subject, "edited", it.Seq)).Select(later => later.Body).OfType<Edited>().LastOrDefault(later => later.Of == it.Seq);
        var route = await database.Read(session => DeliveryStore.Route(session, it.Conversation));
        var language = route is null ? null : (await people.Of(it.Workspace, route.Contact))?.Language;
        var content = edited?.Content ?? message.Content;
        return new(entry, content, Degrading.Of(content, can, File, content.Language ?? language), route);
    }

    /// <summary>A file with an address that its recipient can call, without signing in, to the end of the next day.</summary>
    public OutboundFile File(FileCard file) => new(file.Id, file.Name, file.Mime, file.Size, address.Url + links.Of(file.Id, customer: true), file.Width, file.Height);
}

/// <summary>Hands one message over, piece by piece, and says what became of it.</summary>
internal sealed class Handover(Database database, Readying readying, Ledger ledger, Faces faces, TimeProvider time)
{
    /// <param name="resumed">Somebody was at it and never said what became of it.</param>
    /// <returns>Where it stands; a failure where it did not go out whole.</returns>
    public async Task<(Outgoing It, Failure? Why, ContactId? Contact)> Do(Outgoing it, Connection connection, Channel channel, bool resumed, CancellationToken stop)
    {
        var can = channel.CapabilitiesOf(connection);
        if (await readying.Of(it, can) is not { } ready)
        {
            return (it with { State = DeliveryState.Withdrawn }, null, null);
        }

        if (can.Window is { } window && !window.Open(ready.Route?.LastWord, ready.Human, time.GetUtcNow()))
        {
            return (it, new Failure.WindowClosed(), ready.Route?.Contact);
        }

        if (resumed && !can.Repeatable)
        {
            return (it, new Failure.OutcomeUnknown(), ready.Route?.Contact);
        }

        foreach (var (number, part) in ready.Degraded.Parts.Index().Skip(it.Part))
        {
            var outbound = await Outbound(it, ready, number, part);
            if (await Send(channel, outbound, connection, stop) is SendOutcome.Failed { Why: var why })
            {
                return (it with { Part = number }, why, ready.Route?.Contact);
            }

            it = it with { Part = number + 1 };
            await database.Write(session => DeliveryStore.Partly(session, it, it.Part));
        }

        return (it with { State = DeliveryState.Sent, Code = "", Said = "" }, null, ready.Route?.Contact);

        async Task<SendOutcome> Send(Channel channel, Outbound outbound, Connection connection, CancellationToken stop)
        {
            try
            {
                if (ready.Route is { } to)
                {
                    // Before it goes: whatever comes of it, what is told of it by this name is understood.
                    await ledger.Went(it.Inbox, outbound.Id, to.Contact, it.Conversation, it.Seq);
                }

                var outcome = await channel.Send(outbound, connection, stop);
                if (outcome is SendOutcome.Sent { ProviderId: { } name } && ready.Route is { } route)
                {
                    await ledger.Went(it.Inbox, name, route.Contact, it.Conversation, it.Seq);
                }

                return outcome;
            }
            catch (Exception error) when (error is not OutOfMemoryException && !(error is OperationCanceledException && stop.IsCancellationRequested))
            {
                // A fault of ours, anywhere between the first byte and the answer.
                return new Failure.OutcomeUnknown(error.Message);
            }
        }
    }

    private async Task<Outbound> Outbound(Outgoing it, Ready ready, int number, OutboundPart part) => new(number == 0 ? it.Id.ToString() : $"{it.Id}.{number + 1}", it.Address, part)
    {
        Conversation = it.Conversation,
        Seq = it.Seq,
        At = ready.Entry.At,
        By = faces(it.Workspace, ready.Entry.Author)?.Name,
        Human = ready.Human,
        Quotes = number == 0 && ready.Content.Quote is { } quoted ? await ledger.NameOf(it.Inbox, it.Conversation, quoted) : null,
        Answers = await ledger.LastFrom(it.Inbox, it.Conversation, it.Seq),
    };
}
