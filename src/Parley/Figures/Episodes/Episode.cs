using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Figures.Episodes;

/// <summary>
/// What is measured of one matter that somebody came with: from its first message to its closing, however often the thread it stands in goes on. Times of a
/// duration are there twice: by the clock, and of the time in which the inbox was open.
/// </summary>
/// <param name="Number">Which of its conversation's: 1, 2, 3 …</param>
/// <param name="Position">The last entry that was worked in: what comes twice counts once.</param>
internal sealed record Episode(ConversationId Conversation, int Number, InboxId Inbox, DateTimeOffset Opened, long Position)
{
    /// <summary>A person answered for the first time. Bots and the system answer nobody.</summary>
    public DateTimeOffset? Answered { get; init; }

    public long? AnsweredOpenMs { get; init; }

    public DateTimeOffset? FirstClosed { get; init; }

    public long? FirstClosedOpenMs { get; init; }

    /// <summary>The last closing; null while it is open.</summary>
    public DateTimeOffset? Closed { get; init; }

    public long? ClosedOpenMs { get; init; }

    /// <summary>How often the customer came back to it. A closing that an agent took back is none, and counts as if it had not been.</summary>
    public int Reopened { get; init; }

    public int Questions { get; init; }

    public int Answers { get; init; }

    public AgentId? Agent { get; init; }

    /// <summary>More than one agent answered.</summary>
    public bool Several { get; init; }

    /// <summary>It was over with one answering agent, and the customer did not come back to it.</summary>
    public bool OneTouch => Closed is not null && Agent is not null && !Several && Reopened == 0;

    public Episode With(Entry entry, Calendar hours)
    {
        if (entry.Position <= Position)
        {
            return this;
        }

        var it = this with { Position = entry.Position };
        return entry.Body switch
        {
            Message or RedactedBody when entry is { Type: "message", Author.Kind: AuthorKind.Contact } => it with { Questions = Questions + 1 },
            Message or RedactedBody when entry is { Type: "message", Author: { Kind: AuthorKind.Agent, Id: { } agent } } => it with
            {
                Answers = Answers + 1,
                Agent = Agent ?? new AgentId(agent),
                Several = Several || (Agent is { } other && other.Value != agent),
                Answered = Answered ?? entry.At,
                AnsweredOpenMs = Answered is null ? Between(hours, entry.At) : AnsweredOpenMs,
            },
            EpisodeClosed => it with
            {
                FirstClosed = FirstClosed ?? entry.At,
                FirstClosedOpenMs = FirstClosed is null ? Between(hours, entry.At) : FirstClosedOpenMs,
                Closed = entry.At,
                ClosedOpenMs = Between(hours, entry.At),
            },
            EpisodeReopened => it with { Closed = null, ClosedOpenMs = null, Reopened = Reopened + 1 },
            Parley.Conversations.Reopened { Cause: "manual" } => it with
            {
                Closed = null, ClosedOpenMs = null,
                FirstClosed = Reopened == 0 ? null : FirstClosed, FirstClosedOpenMs = Reopened == 0 ? null : FirstClosedOpenMs,
            },
            _ => it,
        };
    }

    /// <summary>True for what says something of an episode.</summary>
    public static bool Tells(Entry entry) => entry.Subject.Kind == Parley.Conversations.Conversation.Kind
        && (entry.Type == "message" || entry.Body is EpisodeOpened or EpisodeReopened or EpisodeClosed or Parley.Conversations.Reopened);

    private long Between(Calendar hours, DateTimeOffset to) => (long)hours.Between(Opened, to).TotalMilliseconds;
}
