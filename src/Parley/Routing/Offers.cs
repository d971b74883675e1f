using System.Collections.Concurrent;
using System.Text.Json;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Routing;

/// <summary>
/// The offers of this moment, told to whom they are made and taken back when they are over; and of those of the last hour, which conversation it was, so that
/// whoever answers too late reads who has it.
/// </summary>
internal sealed class Offers : IStreamPart
{
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<OfferId, Known> _known = new();
    private readonly Ongoing _ongoing;
    private readonly Lazy<Streams> _streams;
    private readonly TimeProvider _time;
    private DateTimeOffset _forgotten;

    public Offers(Ongoing ongoing, Lazy<Streams> streams, TimeProvider time)
    {
        (_ongoing, _streams, _time, _forgotten) = (ongoing, streams, time, time.GetUtcNow());
        ongoing.Listen(Hear);
    }

    public IReadOnlyList<string> Takes { get; } = [];

    internal sealed record View(OfferId Id, ConversationId Conversation, InboxId Inbox, DateTimeOffset Until, DateTimeOffset? WaitingSince, bool Asked);

    /// <summary>What an agent is asked at this moment, what runs out first on top.</summary>
    public IEnumerable<View> Of(WorkspaceId workspace, AgentId agent) => _ongoing.Of(workspace)
        .Where(pair => pair.Value.Offer is { } offer && offer.Agent == agent)
        .Select(pair => Seen(pair.Key, pair.Value))
        .OrderBy(offer => offer.Until);

    /// <summary>The conversation of an offer, also of one that is over; null where there was none here lately.</summary>
    public ConversationId? Conversation(WorkspaceId workspace, OfferId id) => _known.TryGetValue(id, out var known) && known.Workspace == workspace ? known.Conversation : null;

    public ValueTask Begin(StreamClient client)
    {
        if (client.Who is AgentPrincipal agent)
        {
            foreach (var offer in Of(agent.Workspace, agent.Agent))
            {
                client.Send(Frame(offer));
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask Hear(StreamClient client, string type, JsonElement said) => ValueTask.CompletedTask;

    private void Hear(OngoingChange change)
    {
        var (before, after) = (change.Before?.Offer, change.After?.Offer);
        if (before?.Id == after?.Id)
        {
            return;
        }

        if (before is not null)
        {
            Tell(change.Workspace, before.Agent, Gone(before, change));
        }

        if (after is not null)
        {
            Keep(after.Id, change);
            Tell(change.Workspace, after.Agent, Frame(Seen(change.Id, change.After!)));
        }
    }

    private void Keep(OfferId id, OngoingChange change)
    {
        var now = _time.GetUtcNow();
        _known[id] = new Known(change.Workspace, change.Id, now);
        if (now - _forgotten > Memory)
        {
            _forgotten = now;
            foreach (var old in _known.Where(pair => now - pair.Value.At > Memory).Select(pair => pair.Key).ToList())
            {
                _known.TryRemove(old, out _);
            }
        }
    }

    private void Tell(WorkspaceId workspace, AgentId agent, byte[] frame)
    {
        foreach (var client in _streams.Value.Room(workspace)?.Colleagues(new Author(AuthorKind.Agent, agent.Value)) ?? [])
        {
            client.Live(frame);
        }
    }

    private static View Seen(ConversationId id, Conversation it) => new(it.Offer!.Id, id, it.Inbox, it.Offer.Until, it.WaitingSince, it.Queue is { Asked: true });

    private static byte[] Frame(View offer) => StreamFrames.Of("signal", offer, static (writer, offer) =>
    {
        writer.WriteString("kind"u8, "offer"u8);
        writer.WritePropertyName("offer"u8);
        JsonSerializer.Serialize(writer, offer, Json.Options);
    });

    private static byte[] Gone(Offer offer, OngoingChange change) => StreamFrames.Of("signal", (offer, change), static (writer, gone) =>
    {
        writer.WriteString("kind"u8, "offerGone"u8);
        writer.WriteString("id"u8, gone.offer.Id.ToString());
        writer.WriteString("conversation"u8, gone.change.Id.ToString());
        if (gone.change.After?.Agent is { } holder)
        {
            writer.WriteString("agent"u8, holder.ToString());
        }
    });

    private sealed record Known(WorkspaceId Workspace, ConversationId Conversation, DateTimeOffset At);
}
