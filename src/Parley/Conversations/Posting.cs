using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Contacts;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>Says something to the other side.</summary>
/// <param name="Terms">The inbox's rules of now, in case this message opens an episode.</param>
/// <param name="Quoted">The entry that the content refers to; null when there is none, or none that may be shown.</param>
public sealed record Post(Origin Origin, ConversationId Conversation, Content Content, [property: JsonIgnore] Terms Terms, [property: JsonIgnore] Target? Quoted = null)
    : ConversationCommand(Origin, Conversation);

/// <summary>Words of a person or a bot. The system never writes one.</summary>
public sealed record Message(Content Content) : EntryBody
{
    internal override Visibility Visibility => Visibility.Public;
}

/// <summary>An entry that a command is about, as it stood when the command was made. Entries never change but to be overwritten.</summary>
/// <param name="Files">The files that it carries; null for none.</param>
public sealed record Target(long Seq, string Type, Author Author, Visibility Visibility, bool Redacted, ImmutableArray<FileId>? Files = null)
{
    public static Target? Of(Entry? entry) => entry is null ? null : new(entry.Seq, entry.Type, entry.Author, entry.Visibility, entry.Body is RedactedBody, FilesOf(entry.Body));

    private static ImmutableArray<FileId>? FilesOf(EntryBody body)
    {
        var cards = body switch
        {
            Message message => message.Content.Files,
            Edited edited => edited.Content.Files,
            Note note => note.Files,
            _ => null,
        };
        return cards is { IsDefaultOrEmpty: false } ? [.. cards.Value.Select(card => card.Id)] : null;
    }
}

internal static class Posting
{
    /// <summary>What the system has to say it says in entries of their own kind, with the exact text told.</summary>
    public static readonly Refusal Speechless = new("message.author", "The system never writes a message.", 403);

    public static Decision Decide(Conversation it, Post post, Deciding deciding)
    {
        if (post.Origin.Author.Kind == AuthorKind.System)
        {
            return Speechless;
        }

        if (it.Spam && post.Origin.Author.Kind == AuthorKind.Contact)
        {
            return Blocking.Refused;
        }

        if (Content.Flaw(post.Content) is { } flaw)
        {
            return flaw;
        }

        if (post.Content.Quote is not null && post.Quoted is not { Type: "message", Visibility: Visibility.Public })
        {
            return new Refusal("quote.unknown", "There is no such message to refer to.", 400);
        }

        var decision = new Decision { Claims = Takes(post.Conversation, post.Content) };
        return post.Origin.Author.Kind switch
        {
            AuthorKind.Contact => Episodes.Wakened(it, decision, post.Terms, deciding.Now).Then(new Message(post.Content)),
            AuthorKind.Agent => Answered(it, decision.Then(new Message(post.Content)), new AgentId(post.Origin.Author.Id!.Value)),
            _ => decision.Then(new Message(post.Content)),
        };
    }

    public static Conversation Apply(Conversation it, Entry entry) => it with
    {
        LastMessage = entry.Seq,
        WaitingSince = entry.Author.Kind == AuthorKind.Contact ? it.WaitingSince ?? entry.At : null,
        WaitedSince = null,
    };

    /// <summary>From now on the files belong to the thread, and to no other.</summary>
    public static ImmutableArray<Claim> Takes(ConversationId conversation, Content content) =>
        content.HasFiles ? [.. content.Files!.Value.Select(file => new Claim(FileStore.ClaimKey(file.Id), Conversation.Subject(conversation), Taken: FileStore.Taken))] : [];

    /// <summary>Who answers a conversation that nobody holds takes it.</summary>
    private static Decision Answered(Conversation it, Decision decision, AgentId agent) =>
        it.Agent is null && it.Status != Status.Closed ? decision.Then(new Accepted(agent, "answer")) : decision;
}
