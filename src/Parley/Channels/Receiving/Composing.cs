using Parley.Channels.Connections;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Channels.Receiving;

/// <summary>Makes of a customer's word the command that brings it into the log.</summary>
internal sealed class Composing(Deposit deposit, Choosing choosing, Hearing hearing, Beginning beginning, Circle circle, Desk desk)
{
    private const int LongestName = 80;

    public async Task<Command> Command(Connection connection, Channel channel, InboxCard inbox, InboundMessage message, Known plan)
    {
        if (message.Mail is not null && await circle.Refused(connection.Workspace, plan.Contact, message.From.Address) is { } back)
        {
            // Whoever writes from an address is there, whatever came back from it once.
            await desk.Handle(new Describe(new Origin(connection.Workspace, Author.System, $"back:{plan.Command}") { Trigger = new Trigger(Reader: "channels") }, plan.Contact, new Described(Source.Typed, null, back, null)));
        }

        var who = await hearing.Who(connection.Workspace, plan.Contact, connection.Inbox);
        var origin = new Origin(connection.Workspace, who.Author, plan.Command)
        {
            // Nothing of the customer's: where they write from is joined by the command, from what an erasure clears.
            Via = new Via(connection.Inbox),
            OccurredAt = message.At,
        };
        if (plan.Opens)
        {
            var (first, introduction) = (await deposit.Content(connection.Workspace, who.Author, message), Introduced(connection, channel, message, plan));
            return await hearing.Begin(who, origin, inbox, (plan.Conversation, introduction, message.From.Language), first, beginning) with { Sent = message.Key };
        }

        var found = (await desk.Look(connection.Workspace, Conversation.Subject(plan.Conversation)))!;
        var thread = new Conversations.Found(plan.Conversation, (Conversation)found.State, found.LastPublic);
        var content = await deposit.Content(connection.Workspace, who.Author, message.Mail is null ? message : await Signed(connection.Workspace, thread, message, message.Mail));
        // What was asked was asked of the customer: nobody else answers it in their name.
        var (answer, of) = content.Mail?.From is null ? await choosing.Of(thread, message, content) : (content, null);
        return await hearing.GoOn(who, origin, thread, answer, of, beginning) with { Sent = message.Key };
    }

    /// <summary>Whoever is not the customer is shown as who they are; of whom nobody knows that is said.</summary>
    private async Task<InboundMessage> Signed(WorkspaceId workspace, Conversations.Found thread, InboundMessage message, InboundMail mail)
    {
        var (people, from) = (await circle.Of(workspace, thread.Id, thread.State), message.From.Address.Trim().ToLowerInvariant());
        return people.Contact.Contains(from) ? message : message with
        {
            Mail = mail with { Said = mail.Said with { From = new(from, Name(message.From.Name)), Unverified = people.Others.Contains(from) ? null : true } },
        };
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
