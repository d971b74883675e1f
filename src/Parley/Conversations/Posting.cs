using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Contacts;
using Parley.Conversations.Shapes;
using Parley.Log;
using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>Says something to the other side.</summary>
/// <param name="Terms">The inbox's rules of now, in case this message opens an episode.</param>
/// <param name="Quoted">The entry that the content refers to; null when there is none, or none that may be shown.</param>
public sealed record Post(Origin Origin, ConversationId Conversation, Content Content, [property: JsonIgnore] Terms Terms, [property: JsonIgnore] Target? Quoted = null)
    : ConversationCommand(Origin, Conversation)
{
    /// <summary>The question that this answers.</summary>
    public long? Of { get; init; }

    /// <summary>As far as whoever writes saw, nobody has it: they answer because nobody did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Unheld { get; init; }

    /// <summary>The last entry that the agent who writes had before them: over a colleague's answer after it nothing is sent unseen. Null: whatever was said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Seen { get; init; }

    /// <summary>That question as it stood; null when there is none, or none that may be seen.</summary>
    [JsonIgnore]
    public Question? Asked { get; init; }

    /// <summary>The inbox's form of the id that the content names.</summary>
    [JsonIgnore]
    public Form? Form { get; init; }

    /// <summary>The inbox's first language.</summary>
    [JsonIgnore]
    public string? Language { get; init; }

    /// <summary>Whom a form's name and addresses are said of; null where nothing of the kind can be in it.</summary>
    [JsonIgnore]
    public ContactId? Contact { get; init; }

    /// <summary>The workspace's attributes, where an answer may say something of them.</summary>
    [JsonIgnore]
    public ImmutableArray<AttributeDefinition> Attributes { get; init; } = [];

    /// <summary>What a rule of the inbox says of it, in case this message begins another matter; null: nothing.</summary>
    [JsonIgnore]
    public Sorted? Sorted { get; init; }

    /// <summary>As the rules of the inbox have it.</summary>
    public Post By(Sorted? sorted) => sorted is null && Sorted is null ? this : this with { Sorted = sorted, Terms = Terms.At(sorted?.Pace) };

    [JsonIgnore]
    public override ImmutableArray<Subject> Others => Contact is { } contact ? [Contacts.Contact.Subject(contact)] : [];
}

/// <summary>Words of a person or a bot. The system never writes one.</summary>
/// <param name="Of">The question that it answers. Not first: what begins with it goes with the question when that is taken back, and an answer stays.</param>
public sealed record Message(Content Content, long? Of = null) : EntryBody
{
    internal override Visibility Visibility => Visibility.Public;
}

/// <summary>An entry that a command is about, as it stood when the command was made. Entries never change but to be overwritten.</summary>
/// <param name="Files">The files that it carries; null for none.</param>
/// <param name="Fixed">True for a message that is no mere text: others may have answered it, or it is an answer.</param>
public sealed record Target(long Seq, string Type, Author Author, Visibility Visibility, bool Redacted, ImmutableArray<FileId>? Files = null, bool Fixed = false)
{
    /// <summary>Where the answer to a form was noted with a person: the entries that hold what only it says.</summary>
    public ImmutableArray<(ContactId Contact, long Seq)> Claims { get; init; } = [];

    /// <summary>What it has beside its words as a mail.</summary>
    public Mailed? Mail { get; init; }

    /// <summary>Whose timelines change when it is taken back.</summary>
    public ImmutableArray<Subject> Contacts => [.. Claims.Select(claim => Parley.Contacts.Contact.Subject(claim.Contact)).Distinct()];

    public static Target? Of(Entry? entry) => entry is null
        ? null
        : new(entry.Seq, entry.Type, entry.Author, entry.Visibility, entry.Body is RedactedBody, FilesOf(entry.Body), entry.Body is Message { Content.IsPlain: false }) { Mail = (entry.Body as Message)?.Content.Mail };

    private static ImmutableArray<FileId>? FilesOf(EntryBody body)
    {
        var ids = body switch
        {
            Message message => message.Content.AllFiles,
            Edited edited => edited.Content.AllFiles,
            Note note => note.Files ?? [],
            Scheduled scheduled => scheduled.Content.AllFiles,
            _ => [],
        };
        return ids.Select(card => card.Id).ToImmutableArray() is { IsEmpty: false } some ? some : null;
    }
}

/// <summary>The last message to the customer that an agent wrote.</summary>
public sealed record OwnWord(AgentId Agent, long Seq);

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

        if ((it.Mode == Mode.Ended ? Closing.Over : Devices.Refused(it, post)) is { } shut)
        {
            return shut;
        }

        if (post is { Unheld: true, Origin.Author: { Kind: AuthorKind.Agent, Id: { } writer } } && it.Agent is { } first && first.Value != writer)
        {
            return new Refusal("conversation.taken", "Somebody else was first, and has it now. Nothing was sent.")
            {
                Holder = new Holder("agent", first.ToString(), post.Moment?.Telling.Names(first)),
            };
        }

        if (post is { Seen: { } seen, Origin.Author: { Kind: AuthorKind.Agent, Id: { } me } } && it.Answer is { } last && last.Seq > seen && last.Agent.Value != me)
        {
            return new Refusal("conversation.answered", "A colleague answered since you began. Nothing was sent.")
            {
                Holder = new Holder("agent", last.Agent.ToString(), post.Moment?.Telling.Names(last.Agent)),
            };
        }

        if ((Content.Flaw(post.Content) ?? Answering.Wrong(post.Origin.Author.Kind, post.Content, post.Of)) is { } flaw)
        {
            return flaw;
        }

        if (post.Content.Quote is not null && post.Quoted is not { Type: "message", Visibility: Visibility.Public })
        {
            return new Refusal("quote.unknown", "There is no such message to refer to.", 400);
        }

        var (refusal, content) = Read(it, post);
        if (refusal is not null)
        {
            return refusal;
        }

        var decision = new Decision { Claims = Takes(post.Conversation, content!) };
        return post.Origin.Author.Kind switch
        {
            AuthorKind.Contact when !Mailed.Wakes(content!) => Unminded(it, post, decision.Then(new Message(content!)), deciding),
            AuthorKind.Contact => Heard(it, post, Replied(post, Episodes.Wakened(it, decision, post.Terms, deciding).Then(new Message(content!, post.Of)), content!, deciding), content!, deciding),
            AuthorKind.Agent => Answered(it, post, decision.Then(new Message(content!)), new AgentId(post.Origin.Author.Id!.Value), deciding),
            AuthorKind.Program => Answered(it, post, decision.Then(new Message(content!)), null, deciding),
            _ => decision.Then(new Message(content!)),
        };
    }

    public static Conversation Apply(Conversation it, Entry entry) => it with
    {
        LastMessage = entry.Seq,
        Answer = entry.Author is { Kind: AuthorKind.Agent, Id: { } agent } ? new OwnWord(new AgentId(agent), entry.Seq) : it.Answer,
        SaidAt = entry.At,
        WaitingSince = entry.Author.Kind == AuthorKind.Contact ? it.WaitingSince ?? entry.At : Answers(entry) ? null : it.WaitingSince,
        WaitedSince = null,
        Session = Silence.Spoken(it.Session, Answers(entry)),
        Promise = Answers(entry) && it.Promise is { Broken: true } ? null : it.Promise,
        Passed = Answers(entry) ? null : it.Passed,
    };

    /// <summary>What is sent without anybody thinking of it answers nobody.</summary>
    private static bool Answers(Entry entry) => entry.Author.Kind is AuthorKind.Agent or AuthorKind.Program;

    /// <summary>From now on the files belong to the thread, and to no other.</summary>
    public static ImmutableArray<Claim> Takes(ConversationId conversation, Content content) =>
        !content.HasFiles && !content.HasBeside ? [] : [.. content.AllFiles.Select(file => new Claim(FileStore.ClaimKey(file.Id), Conversation.Subject(conversation), Taken: FileStore.Taken)).Distinct()];

    /// <summary>The content as it will stand: a form that is only named is copied, an answer says in words what was chosen.</summary>
    private static (Refusal? Refusal, Content? Content) Read(Conversation it, Post post)
    {
        if (post.Of is null && post.Content.IsPlain)
        {
            return (null, post.Content);
        }

        if (post.Origin.Author.Kind == AuthorKind.Contact)
        {
            return Answering.Read(it, post);
        }

        return !Forms.Named(post.Content) ? (null, post.Content)
            : post.Form is { } form ? (null, post.Content with { Form = form.Shown() })
            : (Forms.Unknown, null);
    }

    /// <summary>What follows from a customer's answer: the question is done with, and what they said of themselves is noted.</summary>
    private static Decision Replied(Post post, Decision decision, Content content, Deciding deciding)
    {
        if (post is { Of: { } of, Asked.Content: { } question } && Answering.Once(question))
        {
            decision = decision.Then(new Answered(of));
        }

        return content.Type == "formResponse" && post.Contact is { } contact
            ? Answering.Claimed(Detailing.Noted(decision, content, post.Attributes, deciding), content, post.Attributes, post.Conversation, Contacts.Contact.Subject(contact), deciding)
            : decision;
    }

    /// <summary>A customer's word finds its people where it begins another matter; mere thanks begin none.</summary>
    private static Decision Heard(Conversation it, Post post, Decision decision, Content content, Deciding deciding)
    {
        var thanks = Thanking.Is(it, content, deciding.Now);
        return Said(it, post, thanks ? decision : Sorting.Apply(it, decision, post.Sorted, post.Moment), thanks, deciding);
    }

    /// <summary>What a program of the customer's answered is read by whoever looks, and changes nothing for anybody.</summary>
    private static Decision Unminded(Conversation it, Post post, Decision decision, Deciding deciding)
    {
        var course = new Course(it, post, deciding, decision);
        return (it.WaitingSince is null ? course.Then(new Thanked(course.It.LastMessage)) : course).Decision;
    }

    /// <summary>What follows from a customer's word for who answers, and when.</summary>
    private static Decision Said(Conversation it, Post post, Decision decision, bool thanks, Deciding deciding)
    {
        if (post.Moment is null)
        {
            return decision;
        }

        var course = new Course(it, post, deciding, decision);
        return Modes.AfterWord(thanks ? course.Then(new Thanked(course.It.LastMessage)) : course, it).Decision;
    }

    /// <summary>Who answers a conversation that nobody holds takes it; so does who answers one for which somebody is looked for.</summary>
    private static Decision Answered(Conversation it, Post post, Decision decision, AgentId? agent, Deciding deciding)
    {
        var takes = agent is not null && it.Status != Status.Closed && (it.Agent is null || (it.Mode == Mode.Waiting && it.Agent != agent));
        var taken = takes ? decision.Then(new Accepted(agent!.Value, "answer")) : decision;
        return post.Moment is null && it is { Mode: Mode.Messaging, Promise: null } ? taken : Modes.AfterAnswer(new Course(it, post, deciding, taken), it, agent).Decision;
    }
}
