using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Live.Visitors;

/// <summary>Reads who is on the site, and where they were before: for agents, of the inboxes that are open to them.</summary>
internal sealed class Guests(Database database, Gathering gathering, Presence presence, People people, Acquaintances acquaintances, Starts starts)
{
    /// <summary>So many pages of one person are shown.</summary>
    private const int MostPages = 100;

    /// <summary>Of so many of their newest threads it is looked at whether they are open.</summary>
    private const int Newest = 5;

    /// <param name="Conversation">The one that is open between them and us.</param>
    internal sealed record Talk(ConversationId Conversation, AgentId? Agent, Mode Mode);

    /// <param name="Until">When they went on; null: they are there, or it is not known.</param>
    internal sealed record Looked(string Url, string? Title, DateTimeOffset At, DateTimeOffset? Until = null);

    /// <param name="Since">When this visit began.</param>
    /// <param name="Page">Where they are.</param>
    /// <param name="Pages">How many they looked at in this visit.</param>
    /// <param name="Agent">The browser, as it calls itself.</param>
    internal sealed record Guest(
        ContactId Contact, string Device, string? Name, InboxId Inbox, DateTimeOffset Since, Looked Page, long Pages, string? Agent, string? Language, string? TimeZone, Talk? Talks);

    /// <param name="Visit">Absent while they are not on the site.</param>
    /// <param name="Pages">The newest first.</param>
    internal sealed record Way(Guest? Visit, IReadOnlyList<Looked> Pages);

    /// <param name="Total">Of all that are here, on however many pages of this list.</param>
    internal sealed record Some(IReadOnlyList<Guest> Items, string? Next, long Total);

    /// <param name="words">Only who is on a page that is called so, or has it in its address; null: all.</param>
    public async Task<(IReadOnlyList<Guest> Items, (long Since, string Device)? Next, long Total)> List(AgentPrincipal who, InboxId? inbox, string? words, (long Since, string Device)? after, int limit)
    {
        var (all, shown, more) = (0L, new List<VisitRow>(limit), false);
        foreach (var row in await gathering.Of(who.Workspace))
        {
            var own = InboxId.From(row.Inbox);
            if ((inbox is { } wanted && own != wanted) || who.Inboxes?.Contains(own) == false || !Named(row, words))
            {
                continue;
            }

            all++;
            if (after is var (since, device) && (row.Since > since || (row.Since == since && string.CompareOrdinal(row.Device, device) >= 0)))
            {
                continue;
            }

            more |= shown.Count == limit;
            if (shown.Count < limit)
            {
                shown.Add(row);
            }
        }

        var items = new List<Guest>(shown.Count);
        foreach (var row in shown.Where(row => presence.Present(who.Workspace, ContactId.From(row.Person), row.Device)))
        {
            items.Add(await Of(who, row));
        }

        return (items, more ? (shown[^1].Since, shown[^1].Device) : null, all);
    }

    /// <summary>Null for whom the agent may not see.</summary>
    public async Task<Way?> WayOf(AgentPrincipal who, ContactId id)
    {
        var state = await people.State(who.Workspace, id);
        IReadOnlyList<ContactId> same = state is null ? [id] : await people.Same(who.Workspace, id);
        var (pages, row) = await database.Read(async session =>
        {
            VisitRow? here = null;
            foreach (var one in same)
            {
                here ??= await TrailStore.Here(session, who.Workspace, one);
            }

            return (await TrailStore.Pages(session, who.Workspace, same, who.Inboxes, MostPages), here);
        });
        var visible = row is not null && who.Inboxes?.Contains(InboxId.From(row.Inbox)) != false && presence.Present(who.Workspace, ContactId.From(row.Person), row.Device) ? row : null;
        return visible is null && pages.Count == 0 && (state is null || !await people.Seen(who, state)) ? null
            : new Way(visible is null ? null : await Of(who, visible), [.. pages.Select(page => new Looked(page.Url, page.Title, At(page.At), page.Until is { } until ? At(until) : null))]);
    }

    private async Task<Guest> Of(AgentPrincipal who, VisitRow row)
    {
        var contact = ContactId.From(row.Contact);
        var known = await gathering.Known(who.Workspace, contact, () => Find(who.Workspace, contact));
        // Whom an agent may not see is a visitor like any other, whatever other inboxes know.
        var profile = known.Profile is not null && who.Inboxes?.Overlaps(known.Inboxes) != false ? known.Profile : null;
        return new Guest(
            profile?.Id ?? contact, row.Device, profile?.Name ?? acquaintances.Of(contact)?.Claims?.Name, InboxId.From(row.Inbox), At(row.Since), new Looked(row.Url, row.Title, At(row.At)), row.Pages,
            row.Agent, row.Language, row.Zone,
            known.Open is var (id, it) && who.Inboxes?.Contains(it.Inbox) != false ? new Talk(id, it.Agent, it.Mode) : null);
    }

    /// <summary>What is known of somebody, for whoever may see it.</summary>
    private async Task<(Met Known, IEnumerable<Subject> From)> Find(WorkspaceId workspace, ContactId contact)
    {
        if (await people.State(workspace, contact) is null)
        {
            return (Met.Nobody, [Contact.Subject(contact)]);
        }

        var (same, inboxes, from) = (await people.Same(workspace, contact), new HashSet<InboxId>(), new List<Subject>());
        foreach (var one in same)
        {
            var threads = (await people.State(workspace, one))?.Threads ?? [];
            inboxes.UnionWith(threads.Select(thread => thread.Inbox));
            from.AddRange(threads.TakeLast(Newest).Select(thread => Conversation.Subject(thread.Thread)));
            from.Add(Contact.Subject(one));
        }

        return (new Met(await people.Of(workspace, contact), inboxes, await starts.Open(workspace, same, newest: Newest)), from.Append(Contact.Subject(contact)));
    }

    private static bool Named(VisitRow row, string? words) =>
        words is null || row.Url.Contains(words, StringComparison.OrdinalIgnoreCase) || row.Title?.Contains(words, StringComparison.CurrentCultureIgnoreCase) == true;

    /// <param name="Inboxes">In which they have written: who may use one of them sees who they are.</param>
    private sealed record Met(Contacts.Profile? Profile, IReadOnlySet<InboxId> Inboxes, (ConversationId Id, Conversation It)? Open)
    {
        public static readonly Met Nobody = new(null, new HashSet<InboxId>(), null);
    }

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
