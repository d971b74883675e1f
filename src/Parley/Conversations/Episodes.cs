using Parley.Log;

namespace Parley.Conversations;

/// <summary>A contact reason begins: with the customer's first public message when none is open.</summary>
public sealed record EpisodeOpened(int Episode, Terms Terms) : EntryBody;

/// <summary>The customer came back to the same reason within <see cref="Terms.ReopenHours"/> of its closing.</summary>
public sealed record EpisodeReopened(int Episode) : EntryBody;

internal static class Episodes
{
    /// <summary>What the customer's word does before it is written: it ends a snooze and a wait for them, reopens what was closed, opens an episode where none is.</summary>
    public static Decision Wakened(Conversation it, Decision decision, Terms terms, DateTimeOffset now)
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

        var again = it.Episode > 0 && it.Terms is { } old && it.ClosedAt is { } closed && now - closed <= TimeSpan.FromHours(old.ReopenHours);
        return again ? decision.Then(new EpisodeReopened(it.Episode)) : decision.Then(new EpisodeOpened(it.Episode + 1, terms));
    }

    public static Conversation Apply(Conversation it, EpisodeOpened opened, Entry entry) => it with { Episode = opened.Episode, EpisodeOpen = true, EpisodeFrom = entry.Seq, Terms = opened.Terms };

    public static Conversation Reopen(Conversation it) => it with { EpisodeOpen = true };
}
