using System.Collections.Immutable;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>Says something to colleagues only.</summary>
public sealed record WriteNote(Origin Origin, ConversationId Conversation, string Text, ImmutableArray<AgentId>? Mentions = null, ImmutableArray<FileCard>? Files = null)
    : ConversationCommand(Origin, Conversation);

/// <summary>Words for colleagues; the customer never sees one.</summary>
public sealed record Note(string Text, ImmutableArray<AgentId>? Mentions = null, ImmutableArray<FileCard>? Files = null) : EntryBody;

internal static class Noting
{
    public static Decision Decide(WriteNote note)
    {
        var content = new Content("text", note.Text, Files: note.Files);
        return Content.Flaw(content) is { } flaw
            ? flaw
            : new Decision { Claims = Posting.Takes(note.Conversation, content) }.Then(new Note(note.Text, note.Mentions, note.Files));
    }
}
