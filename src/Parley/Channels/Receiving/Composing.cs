using Parley.Channels.Connections;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Channels.Receiving;

/// <summary>Makes of a customer's word the command that brings it into the log.</summary>
internal sealed class Composing(Deposit deposit, Choosing choosing, Hearing hearing, Beginning beginning, Desk desk)
{
    private const int LongestName = 80;

    public async Task<Command> Command(Connection connection, Channel channel, InboxCard inbox, InboundMessage message, Known plan)
    {
        var who = await hearing.Who(connection.Workspace, plan.Contact, connection.Inbox);
        var origin = new Origin(connection.Workspace, who.Author, Ledger.CommandOf(connection.Inbox, message.Key))
        {
            // Nothing of the customer's: where they write from is joined by the command, from what an erasure clears.
            Via = new Via(connection.Inbox),
            OccurredAt = message.At,
        };
        var content = await deposit.Content(connection.Workspace, who.Author, message);
        if (plan.Opens)
        {
            var introduction = Introduced(connection, channel, message, plan);
            return await hearing.Begin(who, origin, inbox, (plan.Conversation, introduction, message.From.Language), content, beginning) with { Sent = message.Key };
        }

        var found = (await desk.Look(connection.Workspace, Conversation.Subject(plan.Conversation)))!;
        var thread = new Conversations.Found(plan.Conversation, (Conversation)found.State, found.LastPublic);
        var (answer, of) = await choosing.Of(thread, message, content);
        return await hearing.GoOn(who, origin, thread, answer, of, beginning) with { Sent = message.Key };
    }

    /// <summary>What the contact's own timeline begins with: the channel, the address that is theirs from now on, and what the channel calls them.</summary>
    private static Introduction Introduced(Connection connection, Channel channel, InboundMessage message, Known plan)
    {
        var (address, can) = (message.From.Address.Trim(), channel.Capabilities);
        var key = Placing.KeyOf(connection, channel, address);
        var bare = Introducing.Of(plan.Contact, channel.Kind, plan.Conversation, connection.Inbox, "", known: null);
        var said = new Described(Source.Typed, Name(message.From.Name), can.Address == AddressKind.Email ? address : null, can.Address == AddressKind.Phone ? address : null);
        var held = bare.First.Add(new AddressHeld(channel.Kind, address, key, can.Vouches ? "channel" : "claimed"));
        return bare with { First = said.SaysNothing || Describing.Flaw(said) is not null ? held : held.Add(said), Keys = [key] };
    }

    private static string? Name(string? name)
    {
        var clean = Platform.Words.Clean(name ?? "").Trim();
        return clean.Length == 0 ? null : clean.Length > LongestName ? clean[..LongestName] : clean;
    }
}
