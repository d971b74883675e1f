using System.Collections.Concurrent;
using System.Text.Json;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Fanout;
using Parley.Workspaces;

namespace Parley.Live;

/// <summary>Passes on that somebody is typing to whoever else follows the conversation; what a customer types, to agents only. Neither stored nor resumed.</summary>
internal sealed class Typing : IStreamPart, ITyping
{
    private const string Topic = "typing";
    private const int LongestText = 1_000;

    /// <summary>More often than this nobody's screen changes; a client that says more is not passed on.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(150);

    /// <summary>So many conversations are remembered in which an agent typed; who types in more than that is no person.</summary>
    private const int Kept = 10_000;

    private readonly ConcurrentDictionary<ConversationId, (AgentId Agent, DateTimeOffset At)> _typed = new();
    private readonly Lazy<Streams> _streams;
    private readonly Faces _faces;
    private readonly LiveSettings _settings;
    private readonly TimeProvider _time;
    private readonly Bus _bus;
    private readonly Company _company;

    public Typing(Lazy<Streams> streams, Faces faces, LiveSettings settings, TimeProvider time, Company company, Bus bus)
    {
        (_streams, _company) = (streams, company);
        (_faces, _settings, _time, _bus) = (faces, settings, time, bus);
        bus.Listen(Topic, text => Tell(JsonSerializer.Deserialize<Signal>(text, Platform.Json.Options)!));
    }

    public IReadOnlyList<string> Takes { get; } = ["typing", "attentive"];

    public ValueTask Hear(StreamClient client, string type, JsonElement said)
    {
        if (type == "typing" && said.TryGetProperty("conversation", out var id) && id.ValueKind == JsonValueKind.String)
        {
            Hear(client, ConversationId.Parse(id.GetString()), said);
        }

        return ValueTask.CompletedTask;
    }

    private void Hear(StreamClient client, ConversationId conversation, JsonElement said)
    {
        var on = !said.TryGetProperty("on", out var value) || value.ValueKind != JsonValueKind.False;
        if (!client.Follows(conversation) || client.Who is VisitorPrincipal { Blocked: true } || !InTime(client, on))
        {
            return;
        }

        var note = said.TryGetProperty("note", out var aside) && aside.ValueKind == JsonValueKind.True;
        if (client.Who is AgentPrincipal agent)
        {
            _company.Take(client, agent, conversation, !on ? Writes.Nothing : note ? Writes.Note : Writes.Reply);
        }

        // Of a note a customer learns nothing, not even that it is written.
        if (note)
        {
            return;
        }

        var draft = client.Who is VisitorPrincipal && _settings.ShowDrafts && said.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : null;
        var author = client.Who is VisitorPrincipal visitor ? new Author(AuthorKind.Contact, visitor.Person.Value) : client.Who.Author;
        var signal = new Signal(client.Room.Workspace, conversation, author, on, draft is { Length: > LongestText } ? draft[^LongestText..] : draft, client.Number);
        Tell(signal);
        _bus.Post(Topic, JsonSerializer.Serialize(signal with { By = 0 }, Platform.Json.Options));
    }

    /// <summary>Having stopped is told once for each time that somebody was typing, and never late.</summary>
    private bool InTime(StreamClient client, bool on)
    {
        var now = _time.GetTimestamp();
        var last = client.Kept(this) as Said;
        if (on ? last is not null && _time.GetElapsedTime(last.At, now) < Pace : last is not { On: true })
        {
            return false;
        }

        client.Keep(this, new Said(on ? now : last!.At, on));
        return true;
    }

    public DateTimeOffset? Last(ConversationId conversation, AgentId agent) => _typed.TryGetValue(conversation, out var last) && last.Agent == agent ? last.At : null;

    private void Remember(Signal signal)
    {
        if (signal is { On: true, Author: { Kind: AuthorKind.Agent, Id: { } agent } })
        {
            if (_typed.Count >= Kept)
            {
                _typed.Clear();
            }

            _typed[signal.Conversation] = (new AgentId(agent), _time.GetUtcNow());
        }
    }

    private void Tell(Signal signal)
    {
        Remember(signal);
        byte[]? toCustomers = null, toAgents = null;
        foreach (var client in _streams.Value.Room(signal.Workspace)?.Followers(signal.Conversation) ?? [])
        {
            if (client.Number != signal.By)
            {
                client.Live(client.Audience == Audience.Customer ? toCustomers ??= Frame(signal with { Text = null }) : toAgents ??= Frame(signal));
            }
        }
    }

    private byte[] Frame(Signal signal) => StreamFrames.Of("signal", (signal, face: _faces(signal.Workspace, signal.Author)), static (writer, frame) =>
    {
        writer.WriteString("kind"u8, "typing"u8);
        writer.WriteString("conversation"u8, frame.signal.Conversation.ToString());
        writer.WriteBoolean("on"u8, frame.signal.On);
        writer.WriteStartObject("author"u8);
        writer.WriteString("kind"u8, StreamFrames.Word(frame.signal.Author.Kind));
        writer.WriteString("id"u8, StreamFrames.Id(frame.signal.Author));
        if (frame.face is { } face)
        {
            writer.WriteString("name"u8, face.Name);
            if (face.Picture is not null)
            {
                writer.WriteString("picture"u8, face.Picture);
            }
        }

        writer.WriteEndObject();
        if (frame.signal.Text is { } text)
        {
            writer.WriteString("text"u8, text);
        }
    });

    /// <param name="At">When typing was told last.</param>
    private sealed record Said(long At, bool On);

    /// <param name="By">The client that said it, which need not hear it; 0 on other nodes.</param>
    private sealed record Signal(WorkspaceId Workspace, ConversationId Conversation, Author Author, bool On, string? Text = null, long By = 0);
}
