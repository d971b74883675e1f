using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Contacts;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>Opens a conversation with its first message. The contact is made in the same transaction when this is its first word.</summary>
public sealed record Open(
    Origin Origin,
    ConversationId Conversation,
    [property: JsonIgnore] InboxId Inbox,
    [property: JsonIgnore] BrandId Brand,
    [property: JsonIgnore] string Channel,
    [property: JsonIgnore] ContactId Contact,
    [property: JsonIgnore] Terms Terms,
    [property: JsonIgnore] Introduction Introduction,
    Content Content) : ConversationCommand(Origin, Conversation)
{
    [JsonIgnore]
    public override ImmutableArray<Subject> Others => [Introduction.Contact];

    /// <summary>A repeat names another conversation (its id is made anew), so the id counts within the contact.</summary>
    [JsonIgnore]
    public override Subject Scope => Introduction.Contact;

    /// <summary>Threads of the person's earlier selves that are somebody else's.</summary>
    [JsonIgnore]
    public ImmutableHashSet<ConversationId> Hidden { get; init; } = [];

    internal override Subject ScopeOf(Author formerly) => Contacts.Contact.Subject(new ContactId(formerly.Id!.Value));

    internal override bool MayFind(Subject first) => !Hidden.Contains(new ConversationId(first.Id));
}

/// <summary>The conversation exists: where it arrived, whose it is.</summary>
public sealed record Opened(InboxId Inbox, BrandId Brand, ContactId Contact, string Channel) : EntryBody;

internal static class Opening
{
    public static Decision Decide(Conversation it, Open open, Deciding deciding)
    {
        if (it.Exists)
        {
            return new Refusal("conversation.exists", "This conversation exists already.");
        }

        if (open.Origin.Author.Kind == AuthorKind.System)
        {
            return Posting.Speechless;
        }

        if (Content.Flaw(open.Content) is { } flaw)
        {
            return flaw;
        }

        if (open.Content.Quote is not null)
        {
            return new Refusal("quote.unknown", "There is no such message to refer to.", 400);
        }

        var (contact, known) = deciding.Others[open.Introduction.Contact];
        if (contact is Contact { Erased: true })
        {
            return new Refusal("contact.erased", "This contact was erased.", 410);
        }

        var introduction = known == 0 ? open.Introduction.First.AddRange(open.Introduction.Each) : open.Introduction.Each;
        var decision = new Decision
        {
            Drafts = [.. introduction.Select(body => new Draft(body, open.Introduction.Contact))],
            Claims = Posting.Takes(open.Conversation, open.Content),
        };
        decision = decision.Then(new Opened(open.Inbox, open.Brand, open.Contact, open.Channel));
        if (open.Origin.Author.Kind == AuthorKind.Contact)
        {
            decision = decision.Then(new EpisodeOpened(1, open.Terms));
        }

        return decision.Then(new Message(open.Content));
    }

    public static Conversation Apply(Conversation it, Opened opened, Entry entry) => it with
    {
        Inbox = opened.Inbox,
        Brand = opened.Brand,
        Contact = opened.Contact,
        Channel = opened.Channel,
        OpenedAt = entry.At,
    };
}
