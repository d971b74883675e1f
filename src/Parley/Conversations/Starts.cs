using Parley.Contacts;
using Parley.Log;
using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>Somebody to whom an agent wants to write first.</summary>
/// <param name="Contact">To whom it is written: who is here, of those that the person turned out to be.</param>
/// <param name="Here">Where they are on the site at this moment, as far as they agreed that it is noted.</param>
internal sealed record Addressee(ContactId Contact, IReadOnlyList<ContactId> Same, InboxCard Inbox, Moment Moment, Whereabout? Here, int Known, bool Blocked, bool Erased)
{
    /// <summary>The inbox is of another brand than any that they know us under.</summary>
    public bool Foreign { get; init; }
}

/// <summary>Collects what must be known of a customer before an agent says the first word.</summary>
public sealed class Starts(Desk desk, People people, Rosters rosters, IPresence presence, IMailing mailing, ITrail trail)
{
    /// <summary>Their newest conversation that is open, with this brand where one is named.</summary>
    /// <param name="newest">Of so many of their newest threads it is looked at whether they are open.</param>
    public async ValueTask<(ConversationId Id, Conversation It)?> Open(WorkspaceId workspace, IEnumerable<ContactId> same, BrandId? brand = null, int newest = int.MaxValue)
    {
        (ConversationId Id, Conversation It)? found = null;
        foreach (var contact in same)
        {
            foreach (var thread in (await people.State(workspace, contact))?.Threads.TakeLast(newest) ?? [])
            {
                if (await desk.Look(workspace, Conversation.Subject(thread.Thread)) is { State: Conversation it } && IsOpen(it) && (brand is null || it.Brand == brand)
                    && !(found?.It.SaidAt >= it.SaidAt))
                {
                    found = (thread.Thread, it);
                }
            }
        }

        return found;
    }

    /// <summary>Null for whom the agent may not see, and for whoever has never spoken and is not here.</summary>
    /// <param name="wish">By which inbox; null: where they are, or where they wrote last.</param>
    internal async ValueTask<Addressee?> Find(AgentPrincipal who, ContactId id, InboxId? wish)
    {
        var (workspace, state) = (who.Workspace, await people.State(who.Workspace, id));
        var here = await Where(who, id);
        var seen = state is not null && await people.Seen(who, state);
        if (!seen && here is null)
        {
            return null;
        }

        IReadOnlyList<ContactId> same = state is null ? [id] : await people.Same(workspace, id);
        var (contact, inside) = (same[0], false);
        foreach (var one in state is null ? [] : same)
        {
            var self = (await people.State(workspace, one))?.Becomes ?? one;
            if (presence.Present(workspace, self))
            {
                (contact, inside) = (self, true);
                here ??= await Where(who, self);
                break;
            }
        }

        contact = inside ? contact : (await people.State(workspace, contact))?.Becomes ?? contact;
        var whole = await people.State(workspace, contact);
        var roster = rosters.Now(workspace);
        var inbox = wish ?? here?.Inbox ?? whole?.Threads.LastOrDefault()?.Inbox ?? state?.Threads.LastOrDefault()?.Inbox;
        // Of whom an agent may not see nothing is known but where they are: they are spoken to there.
        if (inbox is not { } chosen || (!seen && chosen != here!.Inbox) || who.Inboxes?.Contains(chosen) == false || roster.Inbox(chosen) is not { } card)
        {
            return null;
        }

        return new(contact, same, card, await Around(who, roster, card, (contact, same)), here, whole?.Threads.Length ?? 0, await Blocked(workspace, same), whole is { Erased: true })
        {
            Foreign = IsForeign(roster, card, (whole?.Threads ?? []).Select(thread => thread.Inbox).Concat(here is { } there ? [there.Inbox] : [])),
        };
    }

    /// <summary>Somebody who is written to by their address alone, whether anybody knows them yet or not.</summary>
    internal async ValueTask<Addressee> By(AgentPrincipal who, ContactId id, InboxCard inbox)
    {
        var state = await people.State(who.Workspace, id);
        IReadOnlyList<ContactId> same = state is null ? [id] : await people.Same(who.Workspace, id);
        var roster = rosters.Now(who.Workspace);
        return new(id, same, inbox, (await Around(who, roster, inbox, (id, same))) with { Addressed = true }, null, state?.Threads.Length ?? 0, await Blocked(who.Workspace, same), state is { Erased: true })
        {
            Foreign = IsForeign(roster, inbox, (state?.Threads ?? []).Select(thread => thread.Inbox)),
        };
    }

    internal async ValueTask<FoundStanding> Standing(AgentPrincipal who, Addressee to)
    {
        if (await Open(who.Workspace, to.Same, to.Inbox.Settings.Brand) is not var (id, it))
        {
            return new(Conversations.Standing.None);
        }

        var standing = Starting.Of(it, who.Agent);
        return who.Inboxes?.Contains(it.Inbox) == false ? new(Conversations.Standing.Other)
            : new(standing, id, it.Agent is { } holder ? new Holder("agent", holder.ToString(), rosters.Now(who.Workspace).Agent(holder)?.Name) : null);
    }

    /// <summary>Under another brand they are somebody else, who has never heard of us.</summary>
    private static bool IsForeign(Roster roster, InboxCard inbox, IEnumerable<InboxId> theirs) =>
        theirs.Select(one => roster.Inbox(one)?.Settings.Brand).OfType<BrandId>().ToHashSet() is { Count: > 0 } known && !known.Contains(inbox.Settings.Brand);

    /// <summary>On the site of an inbox that is open to the agent.</summary>
    private async ValueTask<Whereabout?> Where(AgentPrincipal who, ContactId contact) =>
        await trail.Where(who.Workspace, contact) is { } here && who.Inboxes?.Contains(here.Inbox) != false ? here : null;

    private async ValueTask<Moment> Around(AgentPrincipal who, Roster roster, InboxCard card, (ContactId Contact, IReadOnlyList<ContactId> Same) to)
    {
        var (policy, web) = (card.Settings.Policy, card.Settings.Channel == AddInbox.WebChannel);
        return new Moment
        {
            // Who is on the site does not see there what goes out by a channel.
            Contact = web ? presence.Of(who.Workspace, to.Contact, null, TimeSpan.FromSeconds(policy.GraceSeconds)) : default,
            Agent = presence.Of(who.Workspace, who.Agent, TimeSpan.FromSeconds(policy.AgentGraceSeconds)),
            Telling = Telling.Of(roster, card.Settings),
            Terms = Terms.Of(card.Settings),
            Addressed = web ? mailing.Mails(roster, card.Settings) && await people.Of(who.Workspace, to.Contact) is { Erased: false, Mailbox: not null }
                : await people.At(who.Workspace, to.Same, card.Id, card.Settings.Channel) is not null,
        };
    }

    private async ValueTask<bool> Blocked(WorkspaceId workspace, IReadOnlyList<ContactId> same)
    {
        foreach (var one in same)
        {
            if (await people.State(workspace, one) is { Blocked: true })
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOpen(Conversation it) => it is { Exists: true, Erased: false, Merged: null, Spam: false, Status: not Status.Closed, Mode: not Mode.Ended };
}
