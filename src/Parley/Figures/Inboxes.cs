using System.Collections.Immutable;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Figures;

/// <summary>To which inbox a figure belongs.</summary>
internal static class Inboxes
{
    /// <summary>The inbox that each conversation of these entries is in; one that is not there any more has none.</summary>
    public static async ValueTask<IReadOnlyDictionary<Subject, InboxId>> Of(Desk desk, IEnumerable<Entry> entries)
    {
        Subject[] threads = [.. entries.Select(entry => entry.Subject).Distinct()];
        return threads.Length == 0
            ? ImmutableDictionary<Subject, InboxId>.Empty
            : (await desk.Look(threads)).ToDictionary(found => found.Key, found => ((Conversation)found.Value.State).Inbox);
    }

    /// <summary>A condition on the column <c>inbox</c>, by the parameter <c>inboxes</c>.</summary>
    /// <param name="inboxes">Null: any.</param>
    public static string Within(Session session, IReadOnlyCollection<InboxId>? inboxes) => inboxes is null ? "" : $"and {session.Dialect.In("inbox", "inboxes")}";

    public static byte[][] Bytes(IReadOnlyCollection<InboxId>? inboxes) => [.. (inboxes ?? []).Select(inbox => inbox.Bytes)];
}
