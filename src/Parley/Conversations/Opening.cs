using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Contacts;
using Parley.Conversations.Shapes;
using Parley.Log;
using Parley.Workspaces;

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
    Content? Content) : ConversationCommand(Origin, Conversation)
{
    /// <summary>What was asked before the chat, filled in.</summary>
    public FormAnswer? Answer { get; init; }

    /// <summary>The form that was asked; null when the inbox asks none of that id.</summary>
    [JsonIgnore]
    public Form? Form { get; init; }

    /// <summary>The workspace's attributes, where a form may say something of them.</summary>
    [JsonIgnore]
    public ImmutableArray<AttributeDefinition> Attributes { get; init; } = [];

    /// <summary>What a rule of the inbox says of it; null: nothing.</summary>
    [JsonIgnore]
    public Sorted? Sorted { get; init; }

    /// <summary>The languages of the form's labels, the dearest first.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>How many threads the person had when it was looked at where they talk already.</summary>
    [JsonIgnore]
    public int Known { get; init; }

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
/// <param name="Mode">The mode in which it begins; null: messaging.</param>
/// <param name="Language">What the customer speaks, as far as their browser said.</param>
public sealed record Opened(InboxId Inbox, BrandId Brand, ContactId Contact, string Channel, Mode? Mode = null, string? Language = null) : EntryBody;

internal static class Opening
{
    private static readonly Refusal Silent = new("content.empty", "A conversation begins with a message or a form.", 400);

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

        var (refusal, contents) = Read(open);
        if (refusal is not null)
        {
            return refusal;
        }

        var (contact, known) = deciding.Others[open.Introduction.Contact];
        if (contact is Contact { Erased: true })
        {
            return new Refusal("contact.erased", "This contact was erased.", 410);
        }

        var starts = Starts(open);
        if ((starts.Refusal ?? (starts.Live ? Devices.Refused(open, contact) : null)) is { } shut)
        {
            return shut;
        }

        var introduction = known == 0 ? open.Introduction.First.AddRange(open.Introduction.Each) : open.Introduction.Each;
        var decision = new Decision
        {
            Drafts = [.. introduction.Select(body => new Draft(body, open.Introduction.Contact))],
            Claims = [.. known == 0 ? open.Introduction.Keys.Select(key => new Claim(key, open.Introduction.Contact)) : [], .. contents.SelectMany(content => Posting.Takes(open.Conversation, content))],
        };
        decision = decision.Then(new Opened(open.Inbox, open.Brand, open.Contact, open.Channel, starts.Live ? Mode.Waiting : null, open.Moment is null || open.Languages.IsEmpty ? null : open.Languages[0]));
        if (open.Origin.Author.Kind == AuthorKind.Contact)
        {
            decision = decision.Then(new EpisodeOpened(1, open.Terms));
        }

        decision = contents.Aggregate(decision, (all, content) => all.Then(new Message(content)));
        decision = Detailing.Noted(decision, contents[^1], open.Attributes, deciding);
        if (FormAnswers.Claims(contents[^1], open.Attributes) is { } claims)
        {
            decision = decision with { Drafts = decision.Drafts.Insert(introduction.Length, Answering.Noted(decision, claims, open.Conversation, open.Introduction.Contact, deciding)) };
        }

        decision = Sorting.Apply(it, decision, open.Sorted, open.Moment);
        return open.Moment is null || open.Origin.Author.Kind != AuthorKind.Contact ? decision : Awaited(new Course(it, Known(open, decision), deciding, decision), starts.Live).Decision;
    }

    /// <summary>Whether somebody is looked for who can talk now; or that nothing begins while nobody can.</summary>
    private static (Refusal? Refusal, bool Live) Starts(Open open)
    {
        if (open.Moment is not { } moment || open.Origin.Author.Kind != AuthorKind.Contact)
        {
            return (null, false);
        }

        var policy = open.Terms.Policy;
        var nobody = moment.Nobody(policy);
        return nobody && (policy.WhenClosed == WhenClosed.Hide || (policy.WhenClosed == WhenClosed.Form && open.Answer is null))
            ? (new Refusal("inbox.closed", "Nobody can be talked to at the moment."), false)
            // Where there are only sessions, one begins; whoever opened it has the grace time to be here.
            : (null, !nobody && policy.LiveAllowed && (moment.Contact.Present || policy.EndsSessions));
    }

    /// <summary>Where they can be written to stands in the same breath: in the form that they filled in, or in what they said before they spoke.</summary>
    private static Open Known(Open open, Decision decision) =>
        decision.Drafts.Any(draft => draft.Body is Described { Email: not null }) ? open with { Moment = open.Moment! with { Addressed = true } } : open;

    private static Course Awaited(Course course, bool live) =>
        live ? Queueing.Seek(course, "opened") : Promising.Owe(course, Sayings.PromiseFirst);

    /// <summary>What the first messages say: the words, and then the form that stood before them.</summary>
    private static (Refusal? Refusal, ImmutableArray<Content> Contents) Read(Open open)
    {
        if (open.Content is { } said && (Content.Flaw(said) ?? Wrong(open, said)) is { } flaw)
        {
            return (flaw, []);
        }

        if (open.Answer is not { } answer)
        {
            return open.Content is { } alone ? (null, [alone]) : (Silent, []);
        }

        if (open.Form is not { } form)
        {
            return (Forms.Unknown, []);
        }

        var (refusal, filled) = FormAnswers.Read(form, answer.Values, [.. open.Languages]);
        return refusal is not null ? (refusal, []) : (null, [.. open.Content is { } first ? [first] : Array.Empty<Content>(), filled! with { Form = new Form(form.Id) }]);
    }

    private static Refusal? Wrong(Open open, Content content) =>
        content.Quote is not null ? new Refusal("quote.unknown", "There is no such message to refer to.", 400)
        : Answering.Wrong(open.Origin.Author.Kind, content, null) is { } notYours ? notYours
        : Answering.Unasked(content) is { } unasked ? unasked
        : Forms.Named(content) ? Forms.Unknown
        : null;

    public static Conversation Apply(Conversation it, Opened opened, Entry entry) => it with
    {
        Inbox = opened.Inbox,
        Brand = opened.Brand,
        Contact = opened.Contact,
        Channel = opened.Channel,
        OpenedAt = entry.At,
        Mode = opened.Mode ?? Mode.Messaging,
        Language = opened.Language,
    };
}
