using Parley.Conversations;
using Parley.Inbox.Lists;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Inbox.Searching;

/// <summary>One text that was found, in a conversation that the searcher may see.</summary>
internal sealed record FoundText(Summary Row, long Seq, DateTimeOffset At, string Snippet);

/// <summary>Searches for somebody: newest first, only what <see cref="Access"/> allows, with the piece of text that has the words.</summary>
internal sealed class Searches(SearchIndex index, ListReading lists, LogReader log, Narrowed narrowed)
{
    public const int WordsLimit = 8;

    private const string EditedType = "edited";

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(10);

    /// <returns>The page, and below which rank the next one begins; null when there is none.</returns>
    public async Task<(List<FoundText> Items, long? Next)> Find(Principal who, SearchQuestion question, long below, int limit)
    {
        if (question.Words.Count == 0)
        {
            return question.Narrows ? await narrowed.Rows(who, question, below, limit) : ([], null);
        }

        await index.Prepare();
        // Nodes do not agree to the second on what time it is, and the order is that of the log.
        var newest = question.Before is { } before ? await Below(who, before + Skew) : long.MaxValue;
        var oldest = question.After is { } after ? await Below(who, after - Skew) : 0;
        below = Math.Min(below, newest);

        return await Looking.Page(
            below,
            limit,
            async (rank, count) => [.. (await index.Store.Read(session => index.Texts.Find(session, who.Workspace.Bytes, question.Words, rank, count))).TakeWhile(hit => hit.Rank >= oldest)],
            hits => Shown(who, hits, question),
            question.Narrows ? Narrowed.Batch : 0);
    }

    private Task<long> Below(Principal who, DateTimeOffset at) => index.Store.Read(session => index.Texts.Below(session, who.Workspace.Bytes, at.ToUnixTimeMilliseconds()));

    private async Task<List<FoundText?>> Shown(Principal who, List<TextHit> hits, SearchQuestion question)
    {
        var near = hits.Where(hit => question.Fits(DateTimeOffset.FromUnixTimeMilliseconds(hit.At)));
        var rows = (await lists.Some(who, near.Select(Of))).Where(row => row.Pile != Pile.Spam && (!question.Narrows || narrowed.Fits(question, row))).ToDictionary(row => row.Id);
        var shown = new List<FoundText?>(hits.Count);
        foreach (var hit in hits)
        {
            shown.Add(rows.TryGetValue(Of(hit), out var row) ? await Shown(who, row, hit, question) : null);
        }

        return shown;
    }

    private static ConversationId Of(TextHit hit) => ConversationId.From(hit.Owner);

    private async Task<FoundText?> Shown(Principal who, Summary row, TextHit hit, SearchQuestion question)
    {
        var entry = await log.One(Conversation.Subject(row.Id), hit.Number);
        if (entry is null || !Access.May(who, entry) || Words(entry.Body, row) is not { } text || !question.Fits(entry.At) || !await narrowed.Said(question, who, entry.Author))
        {
            return null;
        }

        var words = question.Words;
        if (!Snippet.Fits(text, words))
        {
            text = await Edit(row.Id, hit.Number) ?? text;
        }

        return new FoundText(row, hit.Number, entry.At, Snippet.Of(text, words));
    }

    private static string? Words(EntryBody body, Summary row) => body switch
    {
        Message message => SearchReader.Text(message.Content),
        Note note => SearchReader.Text(new Content("text", note.Text, Files: note.Files)),
        Rated rated => rated.Text,
        // Until it was taken off.
        Labelled labelled when row.Details.Labels.Contains(labelled.Label, StringComparer.OrdinalIgnoreCase) => labelled.Label,
        _ => null,
    };

    /// <summary>What a message says since its last edit.</summary>
    private async Task<string?> Edit(ConversationId id, long of)
    {
        var later = await log.OfType(Conversation.Subject(id), EditedType, of);
        return later.Select(entry => entry.Body).OfType<Edited>().LastOrDefault(edited => edited.Of == of) is { } edited ? SearchReader.Text(edited.Content) : null;
    }
}
