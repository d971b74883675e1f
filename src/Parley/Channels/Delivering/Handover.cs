using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
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
/// <param name="Shape">Of what its pieces were made, and how: the same as long as they are the same.</param>
internal sealed record Ready(Entry Entry, Content Content, Degraded Degraded, ThreadRoute? Route, string Shape)
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

        var versions = (await log.OfType(subject, "edited", it.Seq)).Select(later => later.Body).OfType<Edited>().Where(later => later.Of == it.Seq).Select(later => later.Content).Prepend(message.Content).ToList();
        var route = await database.Read(session => DeliveryStore.Route(session, it.Conversation));
        var language = route is null ? null : (await people.Of(it.Workspace, route.Contact))?.Language;
        // What went out in part goes on as it began; otherwise it goes as it was changed.
        var content = versions.LastOrDefault(version => it.Part > 0 && ShapeOf(version, can, language) == it.Shape) ?? versions[^1];
        return new(entry, content, Degrading.Of(content, can, file => File(file, can), content.Language ?? language), route, ShapeOf(content, can, language));
    }

    /// <summary>Not of the pieces themselves: the addresses of files in them are others each time.</summary>
    private static string ShapeOf(Content content, Capabilities can, string? language) => Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new { content, language = content.Language ?? language, can.TextLimit, can.Media, can.Buttons, can.ButtonTitle, can.Carousels }, Platform.Json.Options)).AsSpan(0, 16));

    /// <summary>A file with an address that its recipient can call, without signing in, for as long as such messages are read.</summary>
    public OutboundFile File(FileCard file, Capabilities can) => new(file.Id, file.Name, file.Mime, file.Size, address.Url + links.Of(file.Id, customer: true, can.LinkDays), file.Width, file.Height);
}

/// <summary>Hands one message over, piece by piece, and says what became of it.</summary>
internal sealed class Handover(Database database, Readying readying, Ledger ledger, Faces faces, TimeProvider time)
{
    /// <summary>It is out, but not to all of those who were to have it.</summary>
    public const string Partly = "partly";

    /// <summary>It went out a second time, for nobody knows whether the first arrived.</summary>
    public const string Repeated = "repeated";

    /// <returns>Where it stands; a failure where it did not go out whole.</returns>
    public async Task<(Outgoing It, Failure? Why)> Do(Outgoing it, Connection connection, Channel channel, Capabilities can, CancellationToken stop)
    {
        if (await readying.Of(it, can) is not { } ready)
        {
            return (it with { State = DeliveryState.Withdrawn }, null);
        }

        if (it.Address.Length == 0)
        {
            // Nobody knew where they are when it was said.
            if (ready.Route is not { Address.Length: > 0 } found || found.Inbox != it.Inbox)
            {
                return (it, new Failure.RecipientGone());
            }

            it = it with { Address = found.Address };
        }

        // Whether the window is open now says nothing of what may have arrived while it was.
        var open = can.Window is not { } window || (window.Templates && ready.Content.Template is not null) || window.Open(ready.Route?.LastWord, ready.Human, time.GetUtcNow());
        if (it.Unsure && (!can.Repeatable || !open))
        {
            return (it with { State = DeliveryState.Unknown }, new Failure.OutcomeUnknown());
        }

        if (!open)
        {
            return (it, new Failure.WindowClosed());
        }

        if (it.Part > 0 && it.Shape != ready.Shape)
        {
            // The beginning of it is out, and it is cut otherwise now: to go on would leave something out, or say it twice.
            return (it with { State = DeliveryState.Unknown }, new Failure.OutcomeUnknown("It was changed after its first part had gone out."));
        }

        var (missed, lacking, repeated, before) = ((string?)null, (ImmutableArray<string>?)null, false, it.Said);
        foreach (var (number, part) in ready.Degraded.Parts.Index().Skip(it.Part))
        {
            var outbound = await Outbound(it, ready, number, part) with { Repeat = it.Unsure };
            repeated |= it.Unsure;
            var outcome = await Send(channel, outbound, connection, stop);
            if (outcome is SendOutcome.Failed { Why: var why })
            {
                return (it with { Part = number }, why);
            }

            (missed, lacking) = outcome is SendOutcome.Sent sent ? (sent.Missed ?? missed, number == 0 ? sent.Lacking : [.. (lacking ?? it.Missing).Union(sent.Lacking)]) : (missed, lacking);
            it = it with { Part = number + 1, Shape = ready.Shape, Unsure = false };
            await database.Write(session => DeliveryStore.Partly(session, it, it.Part));
        }

        return (it with { State = DeliveryState.Sent, Lacking = lacking, Code = missed is not null ? Partly : repeated ? Repeated : "", Said = missed is not null ? Platform.Words.Clean(missed) : repeated ? before : "" }, null);

        async Task<SendOutcome> Send(Channel channel, Outbound outbound, Connection connection, CancellationToken stop)
        {
            try
            {
                if (ready.Route is { } to)
                {
                    // Before it goes: whatever comes of it, what is told of it by this name is understood.
                    await ledger.Went(it.Inbox, outbound.Id, to.Contact, it.Conversation, it.Seq, it.Part);
                }

                var outcome = await channel.Send(outbound, connection, stop);
                if (outcome is SendOutcome.Sent { ProviderId: { } name } && ready.Route is { } route)
                {
                    await ledger.Went(it.Inbox, name, route.Contact, it.Conversation, it.Seq, it.Part);
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
        Agent = ready.Entry.Author is { Kind: AuthorKind.Agent, Id: { } agent } ? new AgentId(agent) : null,
        Content = ready.Content,
        Human = ready.Human,
        Only = it.Copied ? it.Missing : null,
        Quotes = number == 0 && ready.Content.Quote is { } quoted ? await ledger.NameOf(it.Inbox, it.Conversation, quoted) : null,
        Answers = await ledger.LastFrom(it.Inbox, it.Conversation, it.Seq),
    };
}
