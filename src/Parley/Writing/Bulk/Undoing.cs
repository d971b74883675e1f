using System.Collections.Immutable;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Writing.Bulk;

/// <summary>What of a deed can be taken back: exactly what it did, and nothing that somebody did since.</summary>
/// <param name="Steps">What takes it back, in order.</param>
/// <param name="Kept">What stays, because it was changed since or cannot be taken back: <c>status</c>, <c>assignment</c>, <c>priority</c>, <c>label:…</c>, <c>message</c>.</param>
internal sealed record Undo(ImmutableArray<ConversationCommand> Steps, ImmutableArray<string> Kept)
{
    /// <param name="before">The entries before the deed, the newest last: what the status was is written there.</param>
    /// <param name="done">What the deed wrote.</param>
    /// <param name="since">What was written after it.</param>
    public static Undo Of(Origin origin, ConversationId id, IReadOnlyList<Entry> before, IReadOnlyList<Entry> done, IReadOnlyList<Entry> since, DateTimeOffset now)
    {
        var touched = since.Select(Matter).ToHashSet();
        var (steps, kept) = (ImmutableArray.CreateBuilder<ConversationCommand>(), ImmutableArray.CreateBuilder<string>());
        // The last first: what came of two deeds to the same thing is undone in the other order.
        foreach (var entry in done.Reverse())
        {
            if (Matter(entry) is not { } matter)
            {
                continue;
            }

            if (touched.Contains(matter) || matter == "message")
            {
                kept.Add(matter);
                continue;
            }

            steps.AddRange(Back(origin, id, entry, before, now));
        }

        return new(steps.ToImmutable(), [.. kept.Distinct()]);
    }

    /// <summary>What of a conversation an entry is about; null where it is nothing that is taken back.</summary>
    private static string? Matter(Entry entry) => entry.Body switch
    {
        Closed or Reopened or Snoozed or Unsnoozed or SetPending or Unpended or EpisodeReopened => "status",
        Assigned or Accepted => "assignment",
        PriorityChanged => "priority",
        Labelled labelled => $"label:{labelled.Label.ToUpperInvariant()}",
        Unlabelled unlabelled => $"label:{unlabelled.Label.ToUpperInvariant()}",
        Message => "message",
        _ => null,
    };

    private static IEnumerable<ConversationCommand> Back(Origin origin, ConversationId id, Entry entry, IReadOnlyList<Entry> before, DateTimeOffset now) => entry.Body switch
    {
        Labelled labelled => [new Unlabel(origin, id, labelled.Label)],
        Unlabelled unlabelled => [new Label(origin, id, unlabelled.Label)],
        PriorityChanged changed => [new SetPriority(origin, id, changed.From)],
        Assigned assigned => [new Assign(origin, id, assigned.FromAgent, assigned.FromTeam) { Exact = true }],
        Closed => [new Reopen(origin, id), .. Status(origin, id, before, now)],
        Snoozed => [new EndSnooze(origin, id), .. Status(origin, id, before, now)],
        _ => [],
    };

    /// <summary>What it was before, where that was not simply open.</summary>
    private static IEnumerable<ConversationCommand> Status(Origin origin, ConversationId id, IReadOnlyList<Entry> before, DateTimeOffset now) => before.LastOrDefault(entry => Matter(entry) == "status")?.Body switch
    {
        Snoozed snoozed when snoozed.Until > now => [new Snooze(origin, id, snoozed.Until)],
        SetPending pending => [new Pend(origin, id, pending.On)],
        _ => [],
    };
}
