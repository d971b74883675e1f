using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

public enum Status { Open, Pending, Snoozed, Closed }

public enum Priority { Low, Normal, High, Urgent }

public enum PendingOn { Customer, ThirdParty }

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

    /// <summary>What the customer spoke when it began.</summary>
    public string? Language { get; init; }

    /// <summary>When something was said last, by whomever.</summary>
    public DateTimeOffset? SaidAt { get; init; }

    /// <summary>Since when we are there again: the silence before was ours, and nobody's else.</summary>
    public DateTimeOffset? Resumed { get; init; }

    public Queue? Queue { get; init; }

    public Offer? Offer { get; init; }

    /// <summary>How this matter finds its people; null: as the inbox has it.</summary>
    public Route? Route { get; init; }

    /// <summary>Who passed it on since the customer was answered last; null for nobody.</summary>
    public ImmutableArray<Passed>? Passed { get; init; }

    public LiveSession? Session { get; init; }

    /// <summary>When one of the two ended the talk; null once they talk again.</summary>
    public DateTimeOffset? Parted { get; init; }

    /// <summary>Whether the customer is here, as long as somebody talks with them or is looked for.</summary>
    public Side? Customer { get; init; }

    /// <summary>Whether the agent who talks with them is.</summary>
    public Side? Holder { get; init; }

    /// <summary>The device that the session belongs to, where it belongs to one.</summary>
    public string? Device { get; init; }

    public Promise? Promise { get; init; }

    /// <summary>What the customer was told in this episode, so that it is not said twice; null for nothing.</summary>
    public ImmutableArray<string>? ToldCodes { get; init; }

    /// <summary>Messages that are to be sent later; null for none.</summary>
    public ImmutableArray<Planned>? Scheduled { get; init; }

    public long LastMessage { get; init; }

    /// <summary>The last answer of an agent; null before there is one.</summary>
    public OwnWord? Answer { get; init; }

    /// <summary>The last sign that was put on a message or taken off one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long LastReaction { get; init; }

    /// <summary>The side conversations of colleagues; null for none.</summary>
    public ImmutableArray<Aside>? Asides { get; init; }

    /// <summary>The agents who are told of what comes, whoever has it; null for nobody.</summary>
    public ImmutableArray<AgentId>? Followers { get; init; }

    /// <summary>Since when the customer waits: the time of the first message of theirs that nobody answered.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>Since when the customer waited as the conversation was closed: what holds again if that is taken back.</summary>
    public DateTimeOffset? WaitedSince { get; init; }

    /// <summary>The first seq that the customer may see.</summary>
    public long CustomerSeesFrom { get; init; }

    /// <summary>It is in no list but the one of spam, and counts nowhere.</summary>
    public bool Spam { get; init; }

    /// <summary>In which it goes on.</summary>
    public ConversationId? Merged { get; init; }

    /// <summary>True after an erasure: the thread is empty and takes nothing more.</summary>
    public bool Erased { get; init; }

    [JsonIgnore]
    public bool Exists => !Inbox.IsEmpty;

    [JsonIgnore]
    public Policy Policy => (Terms ?? Terms.Usual).Policy;

    public static Subject Subject(ConversationId id) => new(Kind, id.Value);
}

/// <summary>The trunk's kind of subject: which command goes to which capability, and which entry.</summary>
public sealed class ConversationKind() : SubjectKind<Conversation>(Conversation.Kind, fold: 9)
{
    public static readonly EntryType[] Entries =
    [
        EntryType.Of<Opened>("opened"),
        EntryType.Of<EpisodeOpened>("episodeOpened"),
        EntryType.Of<EpisodeReopened>("episodeReopened"),
        EntryType.Of<TermsTaken>("termsTaken"),
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
        EntryType.Of<Combined>("combined"),
        EntryType.Of<SpamMarked>("spamMarked"),
        EntryType.Of<SpamCleared>("spamCleared"),
        EntryType.Of<Answered>("answered"),
        EntryType.Of<RatingAsked>("ratingAsked"),
        EntryType.Of<Rated>("rated", erasable: true),
        EntryType.Of<Redacted>("redacted"),
        EntryType.Of<Erased>("erased"),
        EntryType.Of<EpisodeClosed>("episodeClosed"),
        EntryType.Of<ModeChanged>("modeChanged"),
        EntryType.Of<SessionStarted>("sessionStarted"),
        EntryType.Of<SessionEnded>("sessionEnded"),
        EntryType.Of<SessionReminded>("sessionReminded"),
        EntryType.Of<Stayed>("stayed"),
        EntryType.Of<Nudged>("nudged"),
        EntryType.Of<Composing>("composing"),
        EntryType.Of<Resumed>("resumed"),
        EntryType.Of<DeviceTook>("deviceTook"),
        EntryType.Of<ContactHere>("contactHere"),
        EntryType.Of<ContactGone>("contactGone"),
        EntryType.Of<AgentHere>("agentHere"),
        EntryType.Of<AgentGone>("agentGone"),
        EntryType.Of<LiveRequested>("liveRequested"),
        EntryType.Of<Queued>("queued"),
        EntryType.Of<Requeued>("requeued"),
        EntryType.Of<Soothed>("soothed"),
        EntryType.Of<Abandoned>("abandoned"),
        EntryType.Of<Offered>("offered"),
        EntryType.Of<Declined>("declined"),
        EntryType.Of<Promised>("promised"),
        EntryType.Of<PromiseKept>("promiseKept"),
        EntryType.Of<PromiseRenewed>("promiseRenewed"),
        EntryType.Of<PromiseStands>("promiseStands"),
        EntryType.Of<PromiseBroken>("promiseBroken"),
        EntryType.Of<PromiseLate>("promiseLate"),
        EntryType.Of<Thanked>("thanked"),
        EntryType.Of<Notified>("notified"),
        EntryType.Of<Undelivered>("undelivered"),
        EntryType.Of<Reached>("reached"),
        EntryType.Of<Informed>("informed"),
        EntryType.Of<Scheduled>("scheduled", erasable: true),
        EntryType.Of<Unscheduled>("unscheduled"),
        EntryType.Of<Directed>("directed"),
        EntryType.Of<Widened>("widened"),
        EntryType.Of<MergedInto>("mergedInto"),
        EntryType.Of<MergedFrom>("mergedFrom"),
        EntryType.Of<AttributesSet>("attributesSet", erasable: true),
        EntryType.Of<Consulted>("consulted"),
        EntryType.Of<ConsultSaid>("consultSaid", erasable: true),
        EntryType.Of<ConsultSettled>("consultSettled"),
        EntryType.Of<Followed>("followed"),
        EntryType.Of<Unfollowed>("unfollowed"),
    ];

    protected override Conversation Initial => Conversation.None;

    public override Command WakeCommand(Subject subject, Origin origin) => new Wake(origin, new ConversationId(subject.Id));

    protected override Decision Decide(Conversation it, Command command, Deciding deciding) => command switch
    {
        Open open => Opening.Decide(it, open, deciding),
        Start start => Starting.Decide(it, start, deciding),
        _ when !it.Exists => Refusal.Unknown(Conversation.Kind),
        Seen seen => Seeing.Decide(it, seen, deciding),
        Deliver deliver => Seeing.Decide(deliver, deciding),
        Hand hand => Seeing.Decide(hand, deciding),
        Wake when it.Erased => Decision.Nothing,
        Wake wake => Waking.Decide(it, wake, deciding),
        Erase erase => Redacting.Decide(it, erase, deciding),
        _ when it.Erased => new Refusal("conversation.erased", "This conversation was erased.", 410),
        _ when it.Merged is not null && !Merging.Takes(command) => Merging.Over,
        MergeInto merge => Merging.Decide(it, merge, deciding),
        Post post => Posting.Decide(it, post, deciding),
        Combine combine => Combining.Decide(it, combine, deciding, Decide),
        Schedule schedule => Scheduling.Decide(it, schedule, deciding),
        Unschedule unschedule => Scheduling.Decide(it, unschedule),
        Dispatch dispatch => Scheduling.Decide(it, dispatch, deciding),
        WriteNote note => Noting.Decide(it, note),
        Consult consult => Consulting.Decide(it, consult, deciding),
        SayAside say => Consulting.Decide(it, say),
        SettleAside settle => Consulting.Decide(it, settle),
        Follow follow => Tracking.Decide(it, follow),
        Unfollow unfollow => Tracking.Decide(it, unfollow),
        Whisper whisper => Whispering.Decide(it, whisper),
        Edit edit => Revising.Decide(edit),
        Delete delete => Revising.Decide(delete, deciding),
        React react => Reacting.Decide(it, react),
        Assign assign => Assigning.Decide(it, assign, deciding),
        HandOver handOver => Assigning.Decide(it, handOver, deciding),
        HandOut give => Assigning.Decide(it, give, deciding),
        Snooze snooze => Snoozing.Decide(it, snooze, deciding),
        EndSnooze => Snoozing.DecideEnd(it),
        Pend pend => Pending.Decide(it, pend),
        EndPending => Pending.DecideEnd(it),
        Close close => Closing.Decide(it, close, deciding),
        Reopen reopen => Closing.DecideReopen(it, reopen, deciding),
        Label label => Labelling.Decide(it, label),
        Unlabel unlabel => Labelling.Decide(it, unlabel),
        SetAttributes set => Detailing.Decide(set),
        Rate rate => Rating.Decide(it, rate),
        Notify notify => Notifying.Decide(notify, deciding),
        MissCustomer miss => Notifying.Decide(miss),
        ReachCustomer reach => Notifying.Decide(reach),
        Inform inform => Informing.Decide(it, inform, deciding),
        SetPriority priority => Prioritising.Decide(it, priority),
        SetSpam spam => Spamming.Decide(it, spam, deciding),
        Redact redact => Redacting.Decide(it, redact, deciding),
        ContactCame came => Arriving.Decide(it, came, deciding),
        ContactLeft left => Leaving.Decide(it, left, deciding),
        AgentCame came => Arriving.Decide(it, came, deciding),
        AgentLeft left => Leaving.Decide(it, left, deciding),
        OfferTo offer => Offering.Decide(it, offer, deciding),
        AcceptOffer accept => Offering.Decide(it, accept, deciding),
        DeclineOffer decline => Offering.Decide(it, decline),
        RequestLive request => Queueing.Decide(it, request, deciding),
        EndSession end => Ending.Decide(it, end, deciding),
        StayHere stay => Silence.Decide(it, stay),
        GoOnLater later => Promising.Decide(it, later, deciding),
        _ => throw new NotSupportedException($"No capability takes {command.GetType().Name}."),
    };

    protected override Conversation Apply(Conversation it, Entry entry) => Sayings.Apply(Changed(it, entry), entry.Body);

    protected override DateTimeOffset? Due(Conversation it) => Waking.Due(it);

    private static Conversation Changed(Conversation it, Entry entry) => entry.Body switch
    {
        Opened opened => Opening.Apply(it, opened, entry),
        EpisodeOpened opened => Episodes.Apply(it, opened, entry),
        EpisodeReopened => Episodes.Reopen(it),
        TermsTaken taken => it with { Terms = taken.Terms with { CustomerSeesFrom = it.Terms?.CustomerSeesFrom } },
        Message or RedactedBody when entry.Type == "message" => Posting.Apply(it, entry),
        Assigned assigned => Assigning.Apply(it, assigned),
        Accepted accepted => Assigning.Apply(it, accepted, entry),
        Directed directed => Directing.Apply(it, directed),
        Widened widened => Directing.Apply(it, widened),
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
        Erased => it with { Erased = true, Scheduled = null },
        MergedInto merged => Merging.Apply(it, merged),
        MergedFrom merged => Merging.Apply(it, merged),
        Scheduled scheduled => Scheduling.Apply(it, scheduled, entry),
        Unscheduled unscheduled => Scheduling.Apply(it, unscheduled),
        Consulted consulted => Consulting.Apply(it, consulted, entry),
        ConsultSaid => Consulting.Apply(it, entry),
        ConsultSettled settled => Consulting.Apply(it, settled),
        Followed followed => Tracking.Apply(it, followed),
        Unfollowed gone => Tracking.Apply(it, gone),
        ModeChanged changed => Modes.Apply(it, changed, entry),
        SessionStarted started => Modes.Apply(it, started, entry),
        SessionEnded ended => Modes.Apply(it, ended, entry),
        SessionReminded reminded => Silence.Apply(it, reminded),
        Stayed stayed => Silence.Apply(it, stayed, entry),
        Nudged nudged => Promising.Apply(Silence.Apply(it, nudged, entry), nudged),
        Composing composing => Silence.Apply(it, composing),
        Resumed resumed => it with { Resumed = resumed.Since },
        DeviceTook took => it with { Device = took.Device },
        ContactHere here => Arriving.Apply(it, here),
        ContactGone gone => Leaving.Apply(it, gone, entry),
        AgentHere here => Arriving.Apply(it, here),
        AgentGone gone => Leaving.Apply(it, gone, entry),
        LiveRequested requested => Queueing.Apply(it, requested, entry),
        Queued queued => Queueing.Apply(it, queued, entry),
        Requeued requeued => Queueing.Apply(it, requeued, entry),
        Soothed soothed => Queueing.Apply(it, soothed),
        Offered offered => Offering.Apply(it, offered, entry),
        Declined declined => Offering.Apply(it, declined),
        Promised promised => Promising.Apply(it, promised, entry),
        PromiseKept kept => Promising.Apply(it, kept),
        PromiseRenewed renewed => Promising.Apply(it, renewed),
        PromiseStands stands => Promising.Apply(it, stands),
        PromiseBroken broken => Promising.Apply(it, broken),
        PromiseLate late => Promising.Apply(it, late),
        Thanked => Thanking.Apply(it),
        Reacted => Reacting.Apply(it, entry),
        // Notes, attributes, edits, deletions and redactions say something of the thread and nothing of its state; what is unknown changes nothing.
        _ => it,
    };
}

/// <summary>A wish concerning one conversation.</summary>
public abstract record ConversationCommand(Origin Origin, [property: JsonIgnore] ConversationId Conversation) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => Conversations.Conversation.Subject(Conversation);

    /// <summary>What is true around the conversation; null where it is told of a time long ago.</summary>
    [JsonIgnore]
    public Moment? Moment { get; init; }
}
