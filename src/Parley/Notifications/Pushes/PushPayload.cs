using System.Text.Json;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Push;
using Parley.Workspaces;

namespace Parley.Notifications.Pushes;

/// <summary>What a browser is told: which conversation and why, and, unless pushes are private, who and what.</summary>
/// <param name="Language">In which it says what is not said here.</param>
internal sealed record PushPayload(PushKind Kind, string? Conversation, string Language, string? Name = null, string? Text = null)
{
    /// <summary>Where a customer's thread is opened.</summary>
    public string? Inbox { get; init; }

    /// <summary>Which conversations several pushes in one are about; where they are too many to name, the first of them.</summary>
    public IReadOnlyList<string>? Several { get; init; }

    /// <summary>How many they are.</summary>
    public int? Count { get; init; }

    /// <summary>They were silent for too long, and it is offered to another.</summary>
    public bool? Passed { get; init; }

    /// <summary>The time by which an answer was promised is over, and not only running out.</summary>
    public bool? Broken { get; init; }

    public byte[] Bytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json.Options);
}

/// <summary>Writes it at the moment of sending; null where it is no news any more: seen, answered, taken, taken back, or not theirs to see.</summary>
internal sealed class PushWriting(Desk desk, LogReader log, Rosters rosters, People people, PushSettings settings)
{
    private const int Shown = 160;

    /// <summary>True where no names and no words are pushed.</summary>
    public bool Bare => settings.Private;

    public async Task<PushPayload?> Write(Push push)
    {
        var id = push.Conversation;
        if (push.Kind == PushKind.Taken)
        {
            return new PushPayload(push.Kind, id.ToString(), "");
        }

        if (await desk.Look(push.Workspace, Conversation.Subject(id)) is not { State: Conversation { Exists: true, Erased: false, Spam: false } it }
            || await rosters.Of(push.Workspace) is not { } roster || roster.AgentsOf(it.Inbox).All(agent => agent.Id != push.Agent)
            || (push.Kind == PushKind.Mine && it.Agent != push.Agent && it.Followers?.Contains(push.Agent) != true) || (push.Kind == PushKind.Team && it.Agent is not null)
            || (push.Kind == PushKind.Promise && it.WaitingSince is null)
            || await log.One(Conversation.Subject(id), push.Seq) is not { Body: not RedactedBody } entry || await Seen(push) >= push.Seq
            || (entry is { Body: Message, Author.Kind: AuthorKind.Contact } && it.Agent == push.Agent && it.WaitingSince is null))
        {
            return null;
        }

        var told = new PushPayload(push.Kind, id.ToString(), "") { Passed = entry.Body is Requeued ? true : null, Broken = entry.Body is PromiseBroken ? true : null };
        if (Bare)
        {
            return told;
        }

        var text = entry.Body switch { Message message => message.Content.Plain(), Note note => note.Text, _ => null };
        return told with { Name = (await people.Behind(push.Workspace, it.Contact, id))?.Name, Text = text is { Length: > Shown } ? $"{text[..Shown]}…" : text };
    }

    private async Task<long> Seen(Push push) => (await log.Marks(Conversation.Kind, [push.Conversation.Value]))
        .Where(mark => mark.Kind == Seeing.SeenMark && mark.Participant == new Author(AuthorKind.Agent, push.Agent.Value)).Select(mark => mark.Seq).FirstOrDefault();
}
