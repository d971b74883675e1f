using Microsoft.AspNetCore.Http;
using Parley.Contacts;
using Parley.Conversations.Shapes;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>A customer begins: a conversation of its own, or, where the inbox has one thread only, the next word in that.</summary>
internal sealed class Beginning(Door door, Rosters rosters, Acquaintances acquaintances, Recalling recalling, RateLimits limits, TimeProvider time)
{
    /// <returns>An answer where nothing came of it, or what did.</returns>
    public async Task<(IResult? Refused, Outcome? Outcome)> Begin(HttpContext http, OpenBody body)
    {
        var who = http.Visitor();
        if (who.Only is not null)
        {
            return (OneThread.Refused.Problem(), null);
        }

        if (rosters.Now(who.Workspace).Inbox(who.Inbox) is not { } inbox)
        {
            return (Refusal.Unknown("inbox").Problem(), null);
        }

        // Whom a site vouches for is known and accountable; beginning again and again is what a stranger's script does.
        var address = who.Verified ? null : Throttling.Address(http);
        var wait = address is null ? TimeSpan.Zero : limits.Starts.Take(address);
        var bare = await Bare(http, who, inbox, body);
        var last = inbox.Settings.Policy.Threads == ThreadRule.One && body.Form is null ? await Last(who, inbox) : null;
        // What was begun before the pause, and whose answer was lost on the way, is no start; all else is refused before it costs the others anything.
        var done = (wait > TimeSpan.Zero || last is not null) && await door.Desk.Did(bare);
        if (wait > TimeSpan.Zero && !done)
        {
            return (Problems.Of(RateLimits.TooManyStarts(wait)), null);
        }

        var outcome = await door.Desk.Handle(last is not null && !done ? await GoOn(http, who, last, bare, body) : await Whole(who, bare, body));
        if (address is not null && wait == TimeSpan.Zero && (outcome.Refusal is not null || outcome.Repeated || last is not null))
        {
            limits.Starts.Return(address);
        }

        return outcome.Refusal is { } refusal ? (refusal.Problem(), null) : (null, outcome);
    }

    private Task<Command> Whole(VisitorPrincipal who, Open bare, OpenBody body) => Door.Fit(
        async () =>
        {
            var content = body.Content is { } said ? await door.Content(who, said) : null;
            var sorted = await Sort(who, bare.Inbox, content, body.Form);
            return bare with { Content = content, Sorted = sorted, Terms = bare.Terms.At(sorted?.Pace) };
        },
        () => bare,
        Names(body));

    /// <summary>What the rules say of a word in a thread, where it may begin another matter.</summary>
    public ValueTask<Sorted?> Sort(VisitorPrincipal who, Conversation it, Content content) => Sorting.Begins(it) ? Sort(who, it.Inbox, content, null, it.Agent) : default;

    /// <summary>What the rules say of a first word.</summary>
    public ValueTask<Sorted?> Sort(VisitorPrincipal who, InboxId inbox, Content content) => Sort(who, inbox, content, null);

    private async ValueTask<Sorted?> Sort(VisitorPrincipal who, InboxId inbox, Content? content, FormAnswer? form, AgentId? holder = null)
    {
        var roster = rosters.Now(who.Workspace);
        if (roster.Inbox(inbox) is not { } card)
        {
            return null;
        }

        var (owner, last) = await recalling.Of(who, holder);
        if (card.Settings.Sorting is null)
        {
            return Sorting.Recalled(owner, last);
        }

        // What whoever has not spoken yet says of themselves is only remembered; of all others it stands in their timeline, and where they are beside it.
        var visit = acquaintances.Of(who.Visitor)?.Visit;
        var profile = visit is null ? await recalling.People.Of(who.Workspace, who.Person) : null;
        var matter = Sorting.Matter(content, form, visit?.Page?.Url ?? await recalling.Page(who), content?.Language ?? visit?.Language ?? profile?.Devices.FirstOrDefault()?.Language, await Known(who), card.Settings.Sorting.Value.Any(rule => rule.Fields is not null) ? await recalling.People.Of(who.Workspace, who.Person) : null);
        return Sorting.Of(roster, card, matter, holder, owner, last);
    }

    /// <summary>What is known of the person whatever they say now.</summary>
    private async ValueTask<(bool Verified, bool Returning)> Known(VisitorPrincipal who) => (who.Verified, (await recalling.People.State(who.Workspace, who.Person))?.Threads.Length > 0);

    private async ValueTask<Open> Bare(HttpContext http, VisitorPrincipal who, InboxCard inbox, OpenBody body)
    {
        var (id, known) = (ConversationId.New(time), acquaintances.Of(who.Visitor));
        var (moment, threads) = await door.Moment(who, inbox);
        return new Open(
            door.From(http, http.Origin(body.ClientId)), id, inbox.Id, inbox.Settings.Brand, inbox.Settings.Channel, who.Person,
            door.Threads.Terms(who.Workspace, inbox.Id),
            Introducing.Of(who.Person, inbox.Settings.Channel, id, inbox.Id, who.Device, known),
            Content: null)
        {
            Moment = known?.Visit?.TimeZone is { } zone ? moment with { Telling = moment.Telling.By(zone) } : moment,
            Known = threads,
            Hidden = who.Hidden,
            Answer = body.Form,
            Attributes = body.Form is null ? [] : door.Threads.Attributes(who.Workspace),
            Form = body.Form?.Id is not { } form ? null : form == inbox.Settings.PreChat ? inbox.Settings.Form(form) : inbox.Settings.Away is { } away && form == away.Id ? away : null,
            Languages = [.. new[] { body.Content?.Language, known?.Visit?.Language, Workspaces.Face.Speaks(rosters.Now(who.Workspace), inbox.Settings)[0] }.OfType<string>()],
        };
    }

    /// <summary>The word in the thread that there is already.</summary>
    private Task<Command> GoOn(HttpContext http, VisitorPrincipal who, Found last, Open bare, OpenBody body) => Door.Fit(
        async () =>
        {
            var content = await door.Content(who, body.Content!);
            var post = new Post(bare.Origin, last.Id, content, bare.Terms, await door.Threads.Target(who, last, content.Quote)) { Moment = await door.Moment(who, last.Id, last.State) }.By(await Sort(who, last.State, content));
            return post.Content.IsPlain ? post : await door.Facts(who, last, post);
        },
        () => new Post(bare.Origin, last.Id, Content.Nothing, bare.Terms),
        Names(body));

    /// <summary>What was sent, where files or the like are named in it.</summary>
    private static OpenBody? Names(OpenBody body) => body.Content is null or { NamesNothing: true } ? null : body;

    /// <summary>The newest thread of the customer with this brand that can still go on.</summary>
    private async Task<Found?> Last(VisitorPrincipal who, InboxCard inbox)
    {
        var own = new List<Found>();
        foreach (var contact in who.Contacts)
        {
            foreach (var thread in (await recalling.People.State(who.Workspace, contact))?.Threads ?? [])
            {
                if (await door.Desk.Look(who.Workspace, Conversation.Subject(thread.Thread)) is { State: Conversation { Exists: true, Erased: false, Spam: false, Mode: not Mode.Ended, Merged: null } it } versioned
                    && it.Brand == inbox.Settings.Brand && Access.May(who, who.Workspace, it.Inbox, it.Contact, thread.Thread))
                {
                    own.Add(new Found(thread.Thread, it, versioned.LastPublic));
                }
            }
        }

        return own.MaxBy(found => found.State.SaidAt ?? found.State.OpenedAt);
    }
}
