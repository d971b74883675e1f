using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Conversations;

public enum Status { Open, Pending, Snoozed, Closed }

public enum Mode { Waiting, Live, Paused, Messaging, Dormant, Ended }

public enum Priority { Low, Normal, High, Urgent }

public enum PendingOn { Customer, ThirdParty }

/// <summary>The rules that were in force when the episode opened; they hold until it is over.</summary>
public sealed record Terms(string Profile, int ReopenHours);

/// <summary>
/// A conversation as its entries leave it. Holds no text that a person wrote: what is redacted or erased must not survive in a fold.
/// This file is the table of contents: each capability stands in a file of its own, with its command, its entries, Decide and Apply.
/// </summary>
public sealed record Conversation
{
    public const string Kind = "conversation";

    public static readonly Conversation None = new();

    public InboxId Inbox { get; init; }

    public BrandId Brand { get; init; }

    public ContactId Contact { get; init; }

    public string Channel { get; init; } = "";

    public DateTimeOffset OpenedAt { get; init; }

    public Status Status { get; init; } = Status.Open;

    public PendingOn? PendingOn { get; init; }

    public DateTimeOffset? SnoozedUntil { get; init; }

    public Mode Mode { get; init; } = Mode.Messaging;

    public AgentId? Agent { get; init; }

    public TeamId? Team { get; init; }

    public Priority Priority { get; init; } = Priority.Normal;

    public ImmutableArray<string> Labels { get; init; } = [];

    /// <summary>The number of the newest episode; 0 before the customer's first public message.</summary>
    public int Episode { get; init; }

    public bool EpisodeOpen { get; init; }

    public Terms? Terms { get; init; }

    /// <summary>The seq at which the newest episode began: a question from before is about something else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long EpisodeFrom { get; init; }

    /// <summary>The newest episode, when it was rated.</summary>
    public int? Rated { get; init; }

    /// <summary>Episodes before the newest that can still be rated; null for none.</summary>
    public ImmutableArray<PastEpisode>? Past { get; init; }

    /// <summary>The mode at the last closing.</summary>
    public Mode? ClosedIn { get; init; }

    /// <summary>The episode whose closing asked for a rating last.</summary>
    public int? RatingAsked { get; init; }

    /// <summary>The questions that have their answer, by seq; null for none.</summary>
    public ImmutableArray<long>? Answered { get; init; }

    /// <summary>Up to here questions are over, answered or not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long AnsweredTo { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public long LastMessage { get; init; }

    /// <summary>Since when the customer waits: the time of the first message of theirs that nobody answered.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>Since when the customer waited as the conversation was closed: what holds again if that is taken back.</summary>
    public DateTimeOffset? WaitedSince { get; init; }

    /// <summary>The first seq that the customer may see.</summary>
    public long CustomerSeesFrom { get; init; }

    /// <summary>It is in no list but the one of spam, and counts nowhere.</summary>
    public bool Spam { get; init; }

    /// <summary>True after an erasure: the thread is empty and takes nothing more.</summary>
    public bool Erased { get; init; }

    [JsonIgnore]
    public bool Exists => !Inbox.IsEmpty;

    public static Subject Subject(ConversationId id) => new(Kind, id.Value);
}

/// <summary>The trunk's kind of subject: which command goes to which capability, and which entry.</summary>
public sealed class ConversationKind() : SubjectKind<Conversation>(Conversation.Kind, fold: 3)
{
    public static readonly EntryType[] Entries =
    [
        EntryType.Of<Opened>("opened"),
        EntryType.Of<EpisodeOpened>("episodeOpened"),
        EntryType.Of<EpisodeReopened>("episodeReopened"),
        EntryType.Of<Message>("message", erasable: true),
        EntryType.Of<Note>("note", erasable: true),
        EntryType.Of<Edited>("edited", erasable: true),
        EntryType.Of<Deleted>("deleted"),
        EntryType.Of<Reacted>("reacted"),
        EntryType.Of<Assigned>("assigned"),
        EntryType.Of<Accepted>("accepted"),
        EntryType.Of<Snoozed>("snoozed"),
        EntryType.Of<Unsnoozed>("unsnoozed"),
        EntryType.Of<SetPending>("pending"),
        EntryType.Of<Unpended>("unpended"),
        EntryType.Of<Closed>("closed"),
        EntryType.Of<Reopened>("reopened"),
        EntryType.Of<Labelled>("labelled"),
        EntryType.Of<Unlabelled>("unlabelled"),
        EntryType.Of<PriorityChanged>("priorityChanged"),
        EntryType.Of<SpamMarked>("spamMarked"),
        EntryType.Of<SpamCleared>("spamCleared"),
        EntryType.Of<Answered>("answered"),
        EntryType.Of<RatingAsked>("ratingAsked"),
        EntryType.Of<Rated>("rated", erasable: true),
        EntryType.Of<Redacted>("redacted"),
        EntryType.Of<Erased>("erased"),
    ];

    protected override Conversation Initial => Conversation.None;

    public override Command WakeCommand(Subject subject, Origin origin) => new Wake(origin, new ConversationId(subject.Id));

    protected override Decision Decide(Conversation it, Command command, Deciding deciding) => command switch
    {
        Open open => Opening.Decide(it, open, deciding),
        _ when !it.Exists => Refusal.Unknown(Conversation.Kind),
        Seen seen => Seeing.Decide(it, seen, deciding),
        Deliver deliver => Seeing.Decide(deliver, deciding),
        Wake => Waking.Decide(it, deciding),
        Erase erase => Redacting.Decide(it, erase),
        _ when it.Erased => new Refusal("conversation.erased", "This conversation was erased.", 410),
        Post post => Posting.Decide(it, post, deciding),
        WriteNote note => Noting.Decide(note),
        Edit edit => Revising.Decide(edit),
        Delete delete => Revising.Decide(delete, deciding),
        React react => Reacting.Decide(react),
        Assign assign => Assigning.Decide(it, assign),
        HandOver handOver => Assigning.Decide(it, handOver),
        Snooze snooze => Snoozing.Decide(it, snooze, deciding),
        EndSnooze => Snoozing.DecideEnd(it),
        Pend pend => Pending.Decide(it, pend),
        EndPending => Pending.DecideEnd(it),
        Close close => Closing.Decide(it, close),
        Reopen => Closing.DecideReopen(it),
        Label label => Labelling.Decide(it, label),
        Unlabel unlabel => Labelling.Decide(it, unlabel),
        Rate rate => Rating.Decide(it, rate),
        SetPriority priority => Prioritising.Decide(it, priority),
        SetSpam spam => Spamming.Decide(it, spam, deciding),
        Redact redact => Redacting.Decide(redact, deciding),
        _ => throw new NotSupportedException($"No capability takes {command.GetType().Name}."),
    };

    protected override Conversation Apply(Conversation it, Entry entry) => entry.Body switch
    {
        Opened opened => Opening.Apply(it, opened, entry),
        EpisodeOpened opened => Episodes.Apply(it, opened, entry),
        EpisodeReopened => Episodes.Reopen(it),
        Message or RedactedBody when entry.Type == "message" => Posting.Apply(it, entry),
        Assigned assigned => Assigning.Apply(it, assigned),
        Accepted accepted => Assigning.Apply(it, accepted),
        Snoozed snoozed => Snoozing.Apply(it, snoozed),
        Unsnoozed => Snoozing.ApplyEnd(it),
        SetPending pending => Pending.Apply(it, pending),
        Unpended => Pending.ApplyEnd(it),
        Closed => Closing.Apply(it, entry),
        Reopened reopened => Closing.ApplyReopen(it, reopened),
        Labelled labelled => Labelling.Apply(it, labelled),
        Unlabelled unlabelled => Labelling.Apply(it, unlabelled),
        SpamMarked => Spamming.Apply(it, on: true),
        SpamCleared => Spamming.Apply(it, on: false),
        PriorityChanged changed => it with { Priority = changed.To },
        Answered { Episode: { } episode } => Rating.Apply(it, episode),
        Answered answered => Answering.Apply(it, answered),
        RatingAsked asked => Rating.Apply(it, asked),
        Erased => it with { Erased = true },
        // Notes, edits, deletions, reactions and redactions say something of the thread and nothing of its state; what is unknown changes nothing.
        _ => it,
    };

    protected override DateTimeOffset? Due(Conversation it) => it.Status == Status.Snoozed ? it.SnoozedUntil : null;
}

/// <summary>A wish concerning one conversation.</summary>
public abstract record ConversationCommand(Origin Origin, [property: JsonIgnore] ConversationId Conversation) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => Conversations.Conversation.Subject(Conversation);
}
