using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Contacts;
using Parley.Log;
using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>
/// How it stands with a customer to whom an agent wants to say something first: they have no conversation that is open (<c>none</c>), one with this very agent
/// (<c>own</c>), one that nobody has (<c>free</c>), one that a bot is in control of (<c>bot</c>; nothing brings one there yet), or one with a colleague (<c>other</c>).
/// </summary>
public enum Standing { None, Own, Free, Bot, Other }

/// <summary>A customer as an agent finds them who wants to write to them first.</summary>
/// <param name="Open">Their open conversation; null: none, or none that the agent may see.</param>
public sealed record FoundStanding(Standing Standing, ConversationId? Open = null, Holder? Holder = null);

/// <summary>An agent begins: a conversation that the customer knows nothing of yet, which the agent has from the beginning. SN3.</summary>
public sealed record Start(
    Origin Origin,
    ConversationId Conversation,
    [property: JsonIgnore] InboxId Inbox,
    [property: JsonIgnore] BrandId Brand,
    [property: JsonIgnore] string Channel,
    [property: JsonIgnore] ContactId Contact,
    [property: JsonIgnore] Introduction Introduction,
    Content Content) : ConversationCommand(Origin, Conversation)
{
    /// <summary>What was found when it was looked at.</summary>
    [JsonIgnore]
    public FoundStanding Found { get; init; } = new(Standing.None);

    /// <summary>How many threads they had then.</summary>
    [JsonIgnore]
    public int Known { get; init; }

    /// <summary>Somebody whom they turned out to be is blocked.</summary>
    [JsonIgnore]
    public bool Blocked { get; init; }

    /// <summary>They know us under another brand than the inbox's.</summary>
    [JsonIgnore]
    public bool Foreign { get; init; }

    [JsonIgnore]
    public override ImmutableArray<Subject> Others => [Introduction.Contact];

    [JsonIgnore]
    public override Subject Scope => Introduction.Contact;
}

internal static class Starting
{
    public static readonly Refusal Unreachable = new("contact.unreachable", "They are not here, and nothing is known by which they could be reached.");

    private static readonly Refusal Blocked = new("start.blocked", "What they say is not taken, so nothing is said to them either.");

    public static readonly Refusal Foreign = new("start.brand", "They know you under another brand. Write to them from one of its inboxes.", 400)
    {
        Errors = [new FieldFlaw("inbox", "brand", "This inbox is of another brand than theirs.")],
    };

    private static readonly Refusal Overtaken = new("start.overtaken", "A conversation with them has begun meanwhile. Nothing was sent.");

    public static Decision Decide(Conversation it, Start start, Deciding deciding)
    {
        if (it.Exists)
        {
            return new Refusal("conversation.exists", "This conversation exists already.");
        }

        if (start.Origin.Author is not { Kind: AuthorKind.Agent, Id: { } writer })
        {
            return Posting.Speechless;
        }

        if (Content.Flaw(start.Content) is { } flaw)
        {
            return flaw;
        }

        var (contact, known) = deciding.Others[start.Introduction.Contact];
        var person = contact as Contact;
        if ((person is { Erased: true } ? new Refusal("contact.erased", "This contact was erased.", 410)
            : start.Blocked || person is { Blocked: true } ? Blocked
            : start.Foreign ? Foreign
            : Open(start.Found)
                ?? (person is not null && person.Threads.Length > start.Known ? Overtaken : null)
                ?? (Reached(start.Moment) ? null : Unreachable)) is { } refusal)
        {
            return refusal;
        }

        var introduction = known == 0 ? start.Introduction.First.AddRange(start.Introduction.Each) : start.Introduction.Each;
        var decision = new Decision { Drafts = [.. introduction.Select(body => new Draft(body, start.Introduction.Contact))], Claims = [.. start.Introduction.Keys.Select(key => new Claim(key, start.Introduction.Contact)), .. Posting.Takes(start.Conversation, start.Content)] }
            .Then(new Opened(start.Inbox, start.Brand, start.Contact, start.Channel))
            .Then(new Accepted(new AgentId(writer), "started"))
            .Then(new Message(start.Content));
        // Nothing is owed to who has asked nothing; but where there is nothing but sessions, one begins.
        var course = new Course(it, start, deciding, decision);
        return (course.Coming.EndsSessions ? Modes.Begin(course, "accepted") : course).Decision;
    }

    /// <summary>Who has the conversation that there is.</summary>
    public static Standing Of(Conversation open, AgentId me) => open.Agent is not { } holder ? Standing.Free : holder == me ? Standing.Own : Standing.Other;

    /// <summary>Where there are only sessions they must be here; elsewhere a mail will do.</summary>
    public static bool Reached(Moment? moment) => moment is { Contact.Present: true } || (moment is { Addressed: true } && moment.Terms?.Policy.EndsSessions != true);

    private static Refusal? Open(FoundStanding found) => found.Standing == Standing.None ? null
        : new Refusal("start.open", found.Standing == Standing.Own ? "You have a conversation with them already." : "They have a conversation already that is open.")
        {
            Holder = found.Holder,
            Errors = found.Open is { } open ? [new FieldFlaw("conversation", "open", open.ToString())] : [],
        };
}
