using Parley.Log;

namespace Parley.Conversations;

/// <summary>A contact reason begins: with the customer's first public message when none is open.</summary>
public sealed record EpisodeOpened(int Episode, Terms Terms) : EntryBody;

/// <summary>The inbox has other rules than it had when the episode opened, and talk that begins now goes by them.</summary>
public sealed record TermsTaken(Terms Terms) : EntryBody;

/// <summary>The customer came back to the same reason within <see cref="Terms.ReopenHours"/> of its closing.</summary>
public sealed record EpisodeReopened(int Episode) : EntryBody;

/// <summary>An episode that another has followed.</summary>
/// <param name="From">The seq at which it began.</param>
/// <param name="Mode">The mode in which it ended.</param>
public sealed record PastEpisode(int Episode, long From, Mode Mode, bool Rated);

internal static class Episodes
{
    /// <summary>So many episodes before the newest are remembered, as long as somebody may still come back to what was asked about them.</summary>
    private const int Remembered = 5;

    /// <summary>What the customer's word does before it is written: it ends a snooze and a wait for them, reopens what was closed, opens an episode where none is.</summary>
    public static Decision Wakened(Conversation it, Decision decision, Terms terms, Deciding deciding)
    {
        if (it.Status == Status.Snoozed)
        {
            decision = decision.Then(new Unsnoozed("message"));
        }

        if (it is { Status: Status.Pending, PendingOn: PendingOn.Customer })
        {
            decision = decision.Then(new Unpended("message"));
        }

        if (it.Status == Status.Closed)
        {
            decision = decision.Then(new Reopened("message"));
        }

        if (it.EpisodeOpen)
        {
            return decision;
        }

        var again = it.Episode > 0 && it.Terms is { } old && it.ClosedAt is { } closed && deciding.Now - closed <= TimeSpan.FromHours(old.ReopenHours);
        if (again)
        {
            return decision.Then(new EpisodeReopened(it.Episode));
        }

        // Where a customer sees nothing of earlier matters, this one begins what they see.
        var hides = terms.Policy.HidesEarlier && it.Episode > 0;
        return decision.Then(new EpisodeOpened(it.Episode + 1, hides ? terms with { CustomerSeesFrom = deciding.Seq + decision.Drafts.Length + 1 } : terms));
    }

    public static Conversation Apply(Conversation it, EpisodeOpened opened, Entry entry) => it with
    {
        Episode = opened.Episode,
        EpisodeOpen = true,
        EpisodeFrom = entry.Seq,
        Terms = opened.Terms,
        CustomerSeesFrom = opened.Terms.CustomerSeesFrom ?? it.CustomerSeesFrom,
        ToldCodes = null,
        Route = null,
        Passed = null,
        Past = it is { Episode: 0, LastMessage: 0 } ? null : [.. (it.Past ?? []).TakeLast(Remembered - 1), new PastEpisode(it.Episode, it.EpisodeFrom, it.ClosedIn ?? it.Mode, it.Rated == it.Episode)],
    };

    public static Conversation Reopen(Conversation it) => it with { EpisodeOpen = true };
}
