using Parley.Contacts;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Inbox.Searching;

/// <summary>
/// Keeps by which words people are found: one row a person, made anew from the log whenever something is said about them. It is read from the log and
/// not from memory: what an entry said a moment ago may have been erased since.
/// </summary>
internal sealed class PersonReading(TextIndex persons, LogReader log)
{
    private const int Page = 1_000;

    public async Task<IEnumerable<Func<Session, Task>>> Read(IReadOnlyList<Entry> entries, int rows)
    {
        var changes = new Dictionary<ContactId, IndexedText?>();
        foreach (var last in entries.Where(Concerns).GroupBy(entry => entry.Subject).Select(group => group.Last()))
        {
            await Change(changes, last);
        }

        return changes.Chunk(rows).Select(part => (Func<Session, Task>)(session => Write(session, part)));
    }

    private static bool Concerns(Entry entry) => entry.Subject.Kind == Contact.Kind && entry.Body is Described or ClaimsWithdrawn or IdentityProven or ContactJoined or ContactTaken or ContactMerged or ContactAbsorbed or ContactErased;

    private async Task Change(Dictionary<ContactId, IndexedText?> changes, Entry last)
    {
        var (own, _) = await Timeline(new ContactId(last.Subject.Id));
        if (own.Person is not null)
        {
            // Found under the person it turned out to be.
            changes[own.Id] = null;
        }

        var (person, joined) = own.Person is { } id ? await Timeline(id) : await Timeline(own.Id);
        var same = new List<Profile> { person };
        foreach (var contact in joined)
        {
            same.Add((await Timeline(contact)).Profile);
        }

        var words = person.Erased ? [] : Known.Words(Known.Fields(same));
        changes[person.Id] = words.Count == 0
            ? null
            : new IndexedText(last.Workspace.Bytes, person.Id.Bytes, 0, last.Position, last.At.ToUnixTimeMilliseconds(), words);
    }

    private async Task<(Profile Profile, List<ContactId> Joined)> Timeline(ContactId id)
    {
        var (profile, joined) = (new Profile(id), new List<ContactId>());
        while (true)
        {
            var page = await log.Timeline(Contact.Subject(id), profile.Seq, null, Page, publicOnly: false);
            profile = page.Items.Aggregate(profile, (it, entry) => it.With(entry));
            joined.AddRange(page.Items.SelectMany(entry => entry.Body switch { ContactTaken taken => [taken.Contact], ContactAbsorbed absorbed => absorbed.Contacts.AsEnumerable(), _ => [] }).Except(joined));
            if (!page.More)
            {
                return (profile, joined);
            }
        }
    }

    private async Task Write(Session session, KeyValuePair<ContactId, IndexedText?>[] part)
    {
        foreach (var (id, text) in part)
        {
            if (text is null)
            {
                await persons.Remove(session, id.Bytes);
            }
        }

        await persons.Put(session, [.. part.Select(change => change.Value).OfType<IndexedText>()]);
    }
}
