using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>Says something to colleagues only.</summary>
public sealed record WriteNote(Origin Origin, ConversationId Conversation, string Text, ImmutableArray<AgentId>? Mentions = null, ImmutableArray<FileCard>? Files = null)
    : ConversationCommand(Origin, Conversation)
{
    /// <summary>The teams that are named; their people of now are among <see cref="Mentions"/>.</summary>
    public ImmutableArray<TeamId>? Teams { get; init; }

    /// <summary>Who is named themselves, and follows from now on.</summary>
    [JsonIgnore]
    public ImmutableArray<AgentId>? Named { get; init; }
}

/// <summary>Words for colleagues; the customer never sees one.</summary>
/// <param name="Mentions">Whom it is for, the people of the named teams included.</param>
/// <param name="Teams">The teams that are named.</param>
public sealed record Note(string Text, ImmutableArray<AgentId>? Mentions = null, ImmutableArray<FileCard>? Files = null, ImmutableArray<TeamId>? Teams = null) : EntryBody
{
    /// <summary>Whom it is whispered to: who had the conversation then. Null: it is for whoever reads it.</summary>
    public AgentId? To { get; init; }
}

internal static class Noting
{
    public static Decision Decide(Conversation it, WriteNote note)
    {
        var content = new Content("text", note.Text, Files: note.Files);
        return Content.Flaw(content) is { } flaw
            ? flaw
            : new Decision { Claims = Posting.Takes(note.Conversation, content) }.Then([new Note(note.Text, note.Mentions, note.Files, note.Teams), .. Tracking.Mentioned(it, note.Origin.Author, note.Named)]);
    }
}
