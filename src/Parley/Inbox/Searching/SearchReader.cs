using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Inbox.Searching;

/// <summary>Keeps the words of messages and notes, of the names of their files, and of people. What was deleted, redacted or erased is gone from it when the reader has passed.</summary>
internal sealed class SearchReader(SearchIndex index, LogReader log) : IReader
{
    public const string ReaderName = "search";

    private const int Page = 1_000;

    private readonly PersonReading _persons = new(index.Persons, log);

    public string Name => ReaderName;

    public Database Store => index.Store;

    public Task Prepare() => index.Prepare();

    public async Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows)
    {
        // What was overwritten cannot say what it was: such a thread's words are all made anew, from what the log has left of them.
        var purged = entries.Where(entry => entry.Subject.Kind == Conversation.Kind && Purges(entry)).Select(entry => entry.Subject).ToHashSet();
        var texts = new Dictionary<(Subject, long), IndexedText>();
        foreach (var entry in entries)
        {
            if (entry.Subject.Kind == Conversation.Kind && !purged.Contains(entry.Subject))
            {
                Add(texts, entry);
            }
        }

        var parts = new List<Func<Session, Task>>();
        foreach (var subject in purged)
        {
            parts.Add(await Anew(subject));
        }

        parts.AddRange(texts.Values.Chunk(rows).Select(part => (Func<Session, Task>)(session => index.Texts.Put(session, part))));
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
    public static string Text(Content content) => content.HasFiles ? $"{content.Text} {string.Join(' ', content.Files!.Value.Select(file => file.Name))}" : content.Text ?? "";

    private static bool Purges(Entry entry) => entry.Body is Deleted or Redacted or Erased || (entry.Body is RedactedBody && entry.Type == "edited");

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
            case Edited edited:
                // Found at the message's own place, where that is known here; the index keeps the place that it has.
                var place = texts.GetValueOrDefault((entry.Subject, edited.Of));
                var text = Indexed(entry, edited.Of, Text(edited.Content));
                texts[(entry.Subject, edited.Of)] = place is null ? text : text with { Position = place.Position, At = place.At };
                break;
        }
    }

    private static IndexedText Indexed(Entry entry, long seq, string text) =>
        new(entry.Workspace.Bytes, entry.Subject.Bytes, seq, entry.Position, entry.At.ToUnixTimeMilliseconds(), WordSplitting.Words(text));

    private async Task<Func<Session, Task>> Anew(Subject subject)
    {
        var texts = new Dictionary<(Subject, long), IndexedText>();
        for (var after = 0L; ;)
        {
            var page = await log.Timeline(subject, after, null, Page, publicOnly: false);
            foreach (var entry in page.Items)
            {
                // The edit of a message that is gone is gone with it.
                if (entry.Body is not Edited edited || texts.ContainsKey((subject, edited.Of)))
                {
                    Add(texts, entry);
                }
            }

            if (!page.More)
            {
                break;
            }

            after = page.Items[^1].Seq;
        }

        return async session =>
        {
            await index.Texts.Remove(session, subject.Bytes);
            await index.Texts.Put(session, [.. texts.Values]);
        };
    }
}
