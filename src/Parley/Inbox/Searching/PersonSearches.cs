using Parley.Contacts;
using Parley.Inbox.Lists;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces;
using Profile = Parley.Contacts.Profile;

namespace Parley.Inbox.Searching;

/// <summary>A person who was found, with their newest conversation that the searcher may see.</summary>
/// <param name="Snippet">By what they were found, with the hits marked.</param>
internal sealed record FoundPerson(Profile Profile, Summary Newest, string Snippet);

/// <summary>
/// Searches people for somebody. A person is shown to whoever may see a conversation with them, and to nobody else; one who joined another is found, and
/// shown as the other.
/// </summary>
internal sealed class PersonSearches(SearchIndex index, ListReading lists, People people)
{
    /// <returns>The page, and below which rank the next one begins; null when there is none.</returns>
    public async Task<(List<FoundPerson> Items, long? Next)> Find(Principal who, string text, long below, int limit)
    {
        var words = Known.Asked(text);
        if (words.Count == 0)
        {
            return ([], null);
        }

        await index.Prepare();
        return await Looking.Page(
            below,
            limit,
            (rank, count) => index.Store.Read(session => index.Persons.Find(session, who.Workspace.Bytes, words, rank, count)),
            hits => Shown(who, hits, words));
    }

    private async Task<List<FoundPerson?>> Shown(Principal who, List<TextHit> hits, List<string> words)
    {
        var same = new List<IReadOnlyList<ContactId>>(hits.Count);
        foreach (var hit in hits)
        {
            same.Add(await people.Same(who.Workspace, ContactId.From(hit.Owner)));
        }

        var newest = await lists.Newest(who, same);
        var profiles = await people.Own(who.Workspace, [.. same.SelectMany(contacts => contacts).Distinct()]);
        var (shown, known) = (new List<FoundPerson?>(hits.Count), new HashSet<ContactId>());
        for (var i = 0; i < hits.Count; i++)
        {
            var own = same[i].Select(contact => profiles.GetValueOrDefault(contact)).OfType<Profile>().ToList();
            // The index may be a moment behind: of whom it is right no longer, or who has joined another on this page, is left out.
            var fits = newest[i] is not null && own.Count > 0 && own[0].Id == same[i][0] && !own[0].Erased && Known.Fit(Known.Fields(own), words) && known.Add(same[i][0]);
            shown.Add(fits ? new FoundPerson(own[0], newest[i]!, Known.Snippet(Known.Fields(own), words)) : null);
        }

        return shown;
    }
}
