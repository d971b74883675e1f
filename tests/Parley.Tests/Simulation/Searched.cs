using Parley.Contacts;
using Parley.Conversations;
using Parley.Inbox.Searching;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Tests.Simulation;

/// <summary>What should be found, worked out from the log as it stands, without the code that keeps the index; and what is in the index.</summary>
internal static class Searched
{
    public static List<string> Expected(Audit audit)
    {
        var lines = new List<string>();
        foreach (var subject in audit.Folds.Keys)
        {
            lines.AddRange(subject.Kind == Conversation.Kind ? Texts(subject, audit.Of(subject)) : Person(audit, subject));
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    public static Task<List<string>> Kept(SearchIndex index) => index.Store.Read(async session =>
    {
        var texts = await session.Query<string>("select hex(owner) || ' ' || number || ' ' || words from texts t join text_words w on w.rowid = t.id");
        var persons = await session.Query<string>("select hex(owner) || ' ' || number || ' ' || words from persons p join person_words w on w.rowid = p.id");
        return texts.Concat(persons).Order(StringComparer.Ordinal).ToList();
    });

    /// <summary>Newest first: an older message never stands above a newer one, whatever was done to either.</summary>
    public static Task<List<long>> Order(SearchIndex index) => index.Store.Read(session => session.Query<long>("select position from texts order by id"));

    private static IEnumerable<string> Texts(Subject subject, IReadOnlyList<Entry> entries)
    {
        var texts = new SortedDictionary<long, string>();
        foreach (var entry in entries)
        {
            switch (entry.Body)
            {
                case Message message: texts[entry.Seq] = message.Content.Plain(); break;
                case Rated { Text: { } words }: texts[entry.Seq] = words; break;
                case Labelled labelled: texts[entry.Seq] = labelled.Label; break;
                case Unlabelled off: Off(entries, texts, entry, off.Label); break;
                case Erased: texts.Clear(); break;
                case Note note: texts[entry.Seq] = note.Text; break;
                case Edited edited when texts.ContainsKey(edited.Of): texts[edited.Of] = edited.Content.Text!; break;
            }
        }

        return texts.Select(pair => Line(subject, pair.Key, WordSplitting.Kept(pair.Value)));
    }

    private static void Off(IReadOnlyList<Entry> entries, SortedDictionary<long, string> texts, Entry off, string label)
    {
        foreach (var on in entries.Where(on => on.Seq < off.Seq && on.Body is Labelled worn && string.Equals(worn.Label, label, StringComparison.OrdinalIgnoreCase)))
        {
            texts.Remove(on.Seq);
        }
    }

    private static IEnumerable<string> Person(Audit audit, Subject subject)
    {
        var it = (Contact)audit.Folds[subject].State;
        if (it.Person is not null || it.Erased)
        {
            return [];
        }

        var words = Known.Words(Known.Fields(it.Joined.Select(Contact.Subject).Prepend(subject).Select(one => audit.Of(one).Aggregate(new Profile(new ContactId(one.Id)), (profile, entry) => profile.With(entry)))));
        return words.Count == 0 ? [] : [Line(subject, 0, words)];
    }

    private static string Line(Subject subject, long number, IEnumerable<string> words) => $"{Convert.ToHexString(subject.Bytes)} {number} {string.Join(' ', words)}";
}
