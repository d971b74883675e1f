using Parley.Contacts;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>
/// Where only one device may be used a session belongs to the one that began it, as long as it goes on: until it is over another device of the same person
/// can neither speak in it, nor keep or end it, nor begin a second one. Reading it may.
/// </summary>
public sealed class Devices(Desk desk, Ongoing ongoing, People people)
{
    /// <summary>So many of the newest threads are looked at besides those known to go on: of what was begun this moment nobody has heard yet.</summary>
    private const int Newest = 5;

    internal static readonly Refusal Elsewhere = new("live.elsewhere", "This chat goes on on another device.");

    /// <summary>Null where the customer may do in this conversation what they wish.</summary>
    internal static Refusal? Refused(Conversation it, ConversationCommand command) =>
        command is { Origin.Author.Kind: AuthorKind.Contact, Moment.Device: { } device } && Holds(it, device) ? Elsewhere : null;

    /// <summary>What a first word is told of the sessions of others: those known before, and those begun since.</summary>
    internal static Refusal? Refused(Open open, object contact) =>
        open is { Moment: { Device: { } device } moment, Terms.Policy.OneDevice: true }
        && (moment.Elsewhere || (contact is Contact known && known.Threads.Skip(open.Known).Any(thread => thread.Inbox == open.Inbox && thread.Device != device)))
            ? Elsewhere
            : null;

    /// <summary>What is true of the other devices of a customer who begins.</summary>
    /// <returns>Whether one of them has a session in the inbox; and how many threads the person had when that was looked at.</returns>
    public async ValueTask<(bool Elsewhere, int Known)> Look(VisitorPrincipal who, InboxId inbox)
    {
        var (threads, known) = (new HashSet<ConversationId>(), 0);
        foreach (var contact in who.Contacts)
        {
            var own = (await people.State(who.Workspace, contact))?.Threads ?? [];
            known = contact == who.Person ? own.Length : known;
            threads.UnionWith(own.Where(thread => thread.Inbox == inbox).TakeLast(Newest).Select(thread => thread.Thread));
            threads.UnionWith(ongoing.Of(who.Workspace, contact).Where(pair => pair.Value.Inbox == inbox).Select(pair => pair.Key));
        }

        foreach (var thread in threads)
        {
            if (await desk.Look(who.Workspace, Conversation.Subject(thread)) is { State: Conversation it } && Holds(it, who.Device))
            {
                return (true, known);
            }
        }

        return (false, known);
    }

    private static bool Holds(Conversation it, string device) => it.Device is { } holder && holder != device && Ongoing.Talks(it);
}
