using Parley.Conversations;
using Parley.Inbox.Lists;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Inbox.Searching;

/// <summary>One text that was found, in a conversation that the searcher may see.</summary>
internal sealed record FoundText(Summary Row, long Seq, DateTimeOffset At, string Snippet, long Rank);

/// <summary>Searches for somebody: newest first, only what <see cref="Access"/> allows, with the piece of text that has the words.</summary>
internal sealed class Searches(SearchIndex index, ListReading lists, LogReader log)
{
    private const int WordsLimit = 8;
    private const int EditsRead = 500;

    /// <summary>A searcher who may see little of what has a common word is given what was found in this many looks; the next page goes on from there.</summary>
    private const int LooksLimit = 20;

    /// <returns>The page, and below which rank the next one begins; null when there is none.</returns>
    public async Task<(List<FoundText> Items, long? Next)> Find(Principal who, string text, long below, int limit)
    {
        var words = WordSplitting.Words(text).Take(WordsLimit).ToList();
        var found = new List<FoundText>();
        if (words.Count == 0)
        {
            return (found, null);
        }

        await index.Prepare();
        for (var look = 0; look < LooksLimit; look++)
        {
            var hits = await index.Store.Read(session => index.Texts.Find(session, who.Workspace.Bytes, words, below, limit));
            var rows = (await lists.Some(who, hits.Select(Of))).ToDictionary(row => row.Id);
            foreach (var hit in hits)
            {
                below = hit.Rank;
                if (rows.TryGetValue(Of(hit), out var row) && await Shown(who, row, hit, words) is { } shown)
                {
                    found.Add(shown);
                }

                if (found.Count == limit)
                {
                    return (found, below);
                }
            }

            if (hits.Count < limit)
            {
                return (found, null);
            }
        }

        return (found, below);
    }

    private static ConversationId Of(TextHit hit) => ConversationId.From(hit.Owner);

    private async Task<FoundText?> Shown(Principal who, Summary row, TextHit hit, List<string> words)
    {
        var entry = await log.One(Conversation.Subject(row.Id), hit.Number);
        if (entry is null || !Access.May(who, entry) || Words(entry.Body) is not { } text)
        {
            return null;
        }

        if (!Snippet.Fits(text, words))
        {
            text = await Edit(row.Id, hit.Number) ?? text;
        }

        return new FoundText(row, hit.Number, entry.At, Snippet.Of(text, words), hit.Rank);
    }

    private static string? Words(EntryBody body) => body switch
    {
        Message message => SearchReader.Text(message.Content),
        Note note => SearchReader.Text(new Content("text", note.Text, Files: note.Files)),
        _ => null,
    };

    /// <summary>What a message says since its last edit.</summary>
    private async Task<string?> Edit(ConversationId id, long of)
    {
        var later = await log.Timeline(Conversation.Subject(id), of, null, EditsRead, publicOnly: false);
        return later.Items.Select(entry => entry.Body).OfType<Edited>().LastOrDefault(edited => edited.Of == of) is { } edited ? SearchReader.Text(edited.Content) : null;
    }
}
