using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Inbox.Searching;

/// <summary>Keeps the words of messages and notes, of the names of their files, of labels, and of people. What was deleted, redacted or erased is gone from it when the reader has passed.</summary>
internal sealed class SearchReader(SearchIndex index, LogReader log) : IReader
{
    public const string ReaderName = "search";

    private const string LabelledType = "labelled";
    private const int Page = 1_000;

    private readonly PersonReading _persons = new(index.Persons, log);

    public string Name => ReaderName;

    public Database Store => index.Store;

    public Task Prepare() => index.Prepare();

    public async Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows)
    {
        var texts = new Dictionary<(Subject, long), IndexedText>();
        var gone = new Dictionary<Subject, HashSet<long>?>();
        foreach (var entry in entries.Where(entry => entry.Subject.Kind == Conversation.Kind))
        {
            switch (entry.Body)
            {
                case Deleted { Of: var of }:
                    await Take(texts, gone, entry.Subject, of);
                    break;
                case Redacted { Of: var of }:
                    await Take(texts, gone, entry.Subject, of);
                    break;
                case Erased:
                    gone[entry.Subject] = null;
                    break;
                case Unlabelled { Label: var label }:
                    await Unwear(texts, gone, entry, label);
                    break;
                default:
                    Add(texts, entry);
                    break;
            }
        }

        var parts = gone.Select(pair => (Func<Session, Task>)(session => index.Texts.Remove(session, pair.Key.Bytes, pair.Value))).ToList();
        bool IsGone((Subject Thread, long Seq) text) => gone.TryGetValue(text.Thread, out var numbers) && (numbers is null || numbers.Contains(text.Seq));
        // In the order of the log: what comes later stands above what came before.
        var left = texts.Where(pair => pair.Value.Position <= entries[^1].Position && !IsGone(pair.Key)).Select(pair => pair.Value).OrderBy(text => text.Position);
        parts.AddRange(left.Chunk(rows).Select(part => (Func<Session, Task>)(session => index.Texts.Put(session, part))));
        parts.AddRange(await _persons.Read(entries, rows));
        return parts;
    }

    public void Reached(WorkspaceId workspace, long position)
    {
    }

    public async Task<int> Clear(Session session, WorkspaceId workspace, int limit)
    {
        var texts = await index.Texts.Clear(session, workspace.Bytes, limit);
        return texts > 0 ? texts : await index.Persons.Clear(session, workspace.Bytes, limit);
    }

    /// <summary>All that a message or a note can be found by.</summary>
    public static string Text(Content content) => !content.HasFiles && content.Mail is null ? content.Plain()
        : string.Join(' ', (content.Files ?? []).Select(file => file.Name).Prepend(content.Plain()).Append(content.Mail?.Subject).Where(text => !string.IsNullOrEmpty(text)));

    /// <summary>A message or a note that is gone takes its words along. Of an edit that is gone nobody knows what it said, nor of what: then the thread says what each of its messages says now.</summary>
    private async Task Take(Dictionary<(Subject, long), IndexedText> texts, Dictionary<Subject, HashSet<long>?> gone, Subject subject, long of)
    {
        if ((await log.One(subject, of))?.Type == "edited")
        {
            await Anew(texts, subject);
        }
        else if (!gone.TryGetValue(subject, out var numbers))
        {
            gone[subject] = [of];
        }
        else
        {
            numbers?.Add(of);
        }
    }

    /// <summary>A label that is taken off is found no more where it was put on.</summary>
    private async Task Unwear(Dictionary<(Subject, long), IndexedText> texts, Dictionary<Subject, HashSet<long>?> gone, Entry off, string label)
    {
        var on = (await log.OfType(off.Subject, LabelledType, 0)).Where(entry => entry.Seq < off.Seq && entry.Body is Labelled worn && string.Equals(worn.Label, label, StringComparison.OrdinalIgnoreCase)).ToList();
        if (on.Count == 0 || (gone.TryGetValue(off.Subject, out var known) && known is null))
        {
            return;
        }

        var numbers = gone[off.Subject] = known ?? [];
        foreach (var entry in on)
        {
            numbers.Add(entry.Seq);
            texts.Remove((off.Subject, entry.Seq));
        }
    }

    private static void Add(Dictionary<(Subject, long), IndexedText> texts, Entry entry)
    {
        switch (entry.Body)
        {
            case Message message:
                texts[(entry.Subject, entry.Seq)] = Indexed(entry, entry.Seq, Text(message.Content));
                break;
            case Note note:
                texts[(entry.Subject, entry.Seq)] = Indexed(entry, entry.Seq, Text(new Content("text", note.Text, Files: note.Files)));
                break;
            case Labelled labelled:
                texts[(entry.Subject, entry.Seq)] = Indexed(entry, entry.Seq, labelled.Label);
                break;
            case Rated { Text: { } words }:
                texts[(entry.Subject, entry.Seq)] = Indexed(entry, entry.Seq, words);
                break;
            case Edited edited:
                // Found at the message's own place, where that is known here; the index keeps the place that it has.
                var place = texts.GetValueOrDefault((entry.Subject, edited.Of));
                var text = Indexed(entry, edited.Of, Text(edited.Content));
                texts[(entry.Subject, edited.Of)] = place is null ? text : text with { Position = place.Position, At = place.At };
                break;
        }
    }

    private static IndexedText Indexed(Entry entry, long seq, string text) =>
        new(entry.Workspace.Bytes, entry.Subject.Bytes, seq, entry.Position, entry.At.ToUnixTimeMilliseconds(), WordSplitting.Kept(text));

    private async Task Anew(Dictionary<(Subject, long), IndexedText> texts, Subject subject)
    {
        for (var after = 0L; ;)
        {
            var page = await log.Timeline(subject, after, null, Page, publicOnly: false);
            // Labels are none of it: one that was taken off since would come back.
            foreach (var entry in page.Items.Where(entry => entry.Body is not Labelled))
            {
                Add(texts, entry);
            }

            if (!page.More)
            {
                return;
            }

            after = page.Items[^1].Seq;
        }
    }
}
