using Parley.Contacts;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Live.Visitors;

/// <summary>
/// Says who is perhaps the same person: who came with the same browser and spoke as somebody else. A hint for agents, of the inboxes that are open to them, where these want it and who is
/// meant agreed; it proves nothing, joins nobody, and shows no customer anything.
/// </summary>
internal sealed class Alikes(Database database, People people, Rosters rosters)
{
    /// <summary>A browser with which more people came is one of a shop or a library, and says nothing.</summary>
    public const int Shared = 4;

    private const int Looked = 200;

    /// <param name="At">When they last came with that browser.</param>
    /// <param name="Conversations">How many of theirs the agent may see.</param>
    internal sealed record Alike(ContactId Contact, string? Name, string? Email, bool Verified, DateTimeOffset At, int Conversations);

    /// <summary>The last that came first.</summary>
    internal sealed record Found(IReadOnlyList<Alike> Items);

    /// <summary>Null for whom the agent may not see.</summary>
    public async Task<Found?> Of(AgentPrincipal who, ContactId id)
    {
        if (await people.State(who.Workspace, id) is not { } state || !await people.Seen(who, state))
        {
            return null;
        }

        var inboxes = rosters.Now(who.Workspace).Inboxes.Values.Where(inbox => inbox.Settings.Alike == true && who.Inboxes?.Contains(inbox.Id) != false).Select(inbox => inbox.Id).ToList();
        if (state.Erased || inboxes.Count == 0)
        {
            return new([]);
        }

        var same = await people.Same(who.Workspace, id);
        var rows = await database.Read(session => BrowserStore.Of(session, who.Workspace, same, inboxes, Looked));
        var persons = new Dictionary<ContactId, ContactId>();
        foreach (var contact in rows.Select(row => ContactId.From(row.Contact)).Distinct())
        {
            persons[contact] = (await people.Same(who.Workspace, contact))[0];
        }

        var found = new List<Alike>();
        foreach (var (person, at) in Among([.. rows.Select(row => (row.Device, persons[ContactId.From(row.Contact)], row.At))], same[0]))
        {
            if (await Told(who, person, at) is { } alike)
            {
                found.Add(alike);
            }
        }

        return new(found);
    }

    /// <summary>Who came with the same browsers, the last first.</summary>
    /// <param name="came">Which person came with which browser, and when last.</param>
    internal static IReadOnlyList<(ContactId Person, long At)> Among(IReadOnlyList<(string Device, ContactId Person, long At)> came, ContactId self) =>
    [
        .. from one in came
           group one by one.Device into browser
           where browser.Any(one => one.Person == self) && browser.Select(one => one.Person).Distinct().Count() <= Shared
           from other in browser
           where other.Person != self
           group other.At by other.Person into person
           let last = person.Max()
           orderby last descending
           select (person.Key, last),
    ];

    /// <summary>Null for whoever was forgotten, never spoke, or spoke where the agent may not look.</summary>
    private async Task<Alike?> Told(AgentPrincipal who, ContactId person, long at)
    {
        var count = 0;
        foreach (var contact in await people.Same(who.Workspace, person))
        {
            count += (await people.State(who.Workspace, contact))?.Threads.Count(thread => who.Inboxes?.Contains(thread.Inbox) != false) ?? 0;
        }

        return count > 0 && await people.State(who.Workspace, person) is { Erased: false } && await people.Of(who.Workspace, person) is { } profile
            ? new Alike(profile.Id, profile.Name, profile.Email, profile.Verified, DateTimeOffset.FromUnixTimeMilliseconds(at), count)
            : null;
    }
}
