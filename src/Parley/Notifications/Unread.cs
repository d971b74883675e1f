using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Notifications;

/// <summary>A word of ours as it stands now.</summary>
/// <param name="By">Who said it, by public name; null: the brand itself.</param>
internal sealed record Word(long Seq, string? By, string Text, bool Files);

/// <summary>Reads what a customer has not seen.</summary>
internal sealed class Unread(Database database, LogReader log, Addressing addressing, Faces faces)
{
    private const int Most = 200;

    /// <summary>Our words from the first that was not seen to the newest; none where the customer has seen or written meanwhile.</summary>
    /// <param name="last">The last that it was about: nothing is told twice.</param>
    public async Task<IReadOnlyList<Word>> Since(WorkspaceId workspace, ConversationId id, Conversation it, long first, long last)
    {
        var now = await database.Read(session => UnseenStore.Find(session, id));
        var seen = await addressing.Seen(id, it);
        // A later turn has begun: she has read what this was about, though her program never said so, and the rest is another mail's.
        if (now is null or { First: 0 } || now.First > last || seen >= last)
        {
            return [];
        }

        var page = await log.Timeline(Conversation.Subject(id), after: Math.Max(first - 1, seen), before: null, Most, publicOnly: true, from: it.CustomerSeesFrom);
        return Fold(page.Items, entry => faces(workspace, entry.Author)?.Name);
    }

    /// <summary>What was changed stands as it was changed; what was taken back does not.</summary>
    internal static IReadOnlyList<Word> Fold(IEnumerable<Entry> entries, Func<Entry, string?> name)
    {
        var words = new List<Word>();
        foreach (var entry in entries)
        {
            if (entry.Body is Message message && Unseen.IsWord(entry))
            {
                words.Add(new(entry.Seq, name(entry), message.Content.Plain(), message.Content.HasFiles));
            }
            else if (entry.Body is Edited edited && words.FindIndex(word => word.Seq == edited.Of) is >= 0 and var at)
            {
                words[at] = words[at] with { Text = edited.Content.Plain(), Files = edited.Content.HasFiles };
            }
        }

        return words;
    }
}
