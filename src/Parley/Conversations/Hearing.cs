using System.Collections.Immutable;
using Parley.Contacts;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>
/// A customer's word that did not come from a browser: the same commands as from the widget, with the same facts around them, so that it is sorted, promised and given to
/// people like any other.
/// </summary>
public sealed class Hearing(Door door, Rosters rosters, People people)
{
    /// <summary>Who a contact is, where it is not a browser that says so.</summary>
    public async ValueTask<VisitorPrincipal> Who(WorkspaceId workspace, ContactId contact, InboxId inbox)
    {
        var state = await people.State(workspace, contact);
        var known = state?.Person is { } survivor ? await people.State(workspace, survivor) : null;
        return new(workspace, contact, contact, inbox, Device, Verified: false, state?.Generation ?? 0)
        {
            Contacts = [contact],
            Blocked = state is { Blocked: true } || known is { Blocked: true },
        };
    }

    /// <summary>A first word: a conversation of its own. The contact is made with it, where there is none yet.</summary>
    internal async Task<Open> Begin(VisitorPrincipal who, Origin origin, InboxCard inbox, (ConversationId Id, Introduction Introduction, string? Language) first, Content content, Beginning beginning)
    {
        var (moment, known) = await door.Moment(who, inbox);
        var sorted = await beginning.Sort(who, inbox.Id, content);
        return new Open(origin, first.Id, inbox.Id, inbox.Settings.Brand, inbox.Settings.Channel, who.Person, door.Threads.Terms(who.Workspace, inbox.Id).At(sorted?.Pace), first.Introduction, content)
        {
            Moment = moment,
            Known = known,
            Sorted = sorted,
            Languages = [.. new[] { first.Language, Workspaces.Face.Speaks(rosters.Now(who.Workspace), inbox.Settings)[0] }.OfType<string>()],
        };
    }

    /// <summary>The next word in a thread.</summary>
    internal async Task<Post> GoOn(VisitorPrincipal who, Origin origin, Found found, Content content, long? of, Beginning beginning)
    {
        var post = new Post(origin, found.Id, content, door.Threads.Terms(who.Workspace, found.State.Inbox), await door.Threads.Target(who, found, content.Quote))
        {
            Of = of,
            Moment = await door.Moment(who, found.Id, found.State),
        }.By(await beginning.Sort(who, found.State, content));
        return post is { Of: null, Content.IsPlain: true } ? post : await door.Facts(who, found, post);
    }

    /// <summary>No device: what stands where a browser would name its own.</summary>
    private const string Device = "";
}
