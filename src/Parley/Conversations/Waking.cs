using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>A time that the conversation waited for has come. Late or doubled it does nothing.</summary>
public sealed record Wake(Origin Origin, ConversationId Conversation) : ConversationCommand(Origin, Conversation), IWake
{
    /// <summary>The words of what is to be sent by now.</summary>
    [JsonIgnore]
    public ImmutableArray<Departure> Departures { get; init; } = [];
}

internal static class Waking
{
    /// <summary>All that is due is done: a second wake finds nothing.</summary>
    public static Decision Decide(Conversation it, Wake wake, Deciding deciding)
    {
        var course = new Course(it, wake, deciding);
        int written;
        do
        {
            written = course.Decision.Drafts.Length;
            _ = Snoozing.Tired(course) || Scheduling.Tired(course, wake.Departures, deciding) || Offering.Tired(course) || Directing.Tired(course) || Leaving.Tired(course) || Queueing.Tired(course) || Silence.Tired(course) || Promising.Tired(course) || Modes.Tired(course);
        }
        while (course.Decision.Drafts.Length > written);
        return course.Decision;
    }

    public static DateTimeOffset? Due(Conversation it)
    {
        if (it.Erased)
        {
            return null;
        }

        var first = it.Status == Status.Snoozed ? it.SnoozedUntil : null;
        foreach (var due in (ReadOnlySpan<DateTimeOffset?>)[Scheduling.Due(it), Offering.Due(it), Directing.Due(it), Leaving.Due(it), Queueing.Due(it), Silence.Due(it), Promising.Due(it), Modes.Due(it)])
        {
            first = first is null || due < first ? due ?? first : first;
        }

        return first;
    }
}
