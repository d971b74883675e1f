using Parley.Channels.Connections;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Channels.Receiving;

/// <summary>Finds whose a word is and into which thread it goes. An address is one contact's, so that two strangers are never in one thread.</summary>
internal sealed class Placing(Database database, Ledger ledger, Hearing hearing, People people, Desk desk, TimeProvider time)
{
    /// <summary>The unique key under which an address is somebody's.</summary>
    public static string KeyOf(Connection connection, Channel channel, string address) =>
        Holding.Key(channel.Capabilities.AddressesAreShared ? channel.Kind : connection.Inbox.ToString(), address.Trim());

    /// <summary>Null: nothing of it is taken.</summary>
    /// <param name="fresh">The thread that it would go to takes nothing any more.</param>
    public async Task<Known?> Place(Connection connection, Channel channel, InboundMessage message, bool fresh)
    {
        if (!fresh && message.Conversation is { } proven && await Open(connection.Workspace, proven) is var (id, it))
        {
            return await Blocked(connection, it.Contact) ? null : new Known(message.Key, it.Contact, id, 0, Opens: false, Ours: false);
        }

        var holder = await database.Read(session => Claims.Holder(session, connection.Workspace, KeyOf(connection, channel, message.From.Address)));
        var contact = holder is { } found ? new ContactId(found.Id) : ContactId.New(time);
        if (holder is not null && await Blocked(connection, contact))
        {
            return null;
        }

        var thread = holder is null || fresh ? null : await Thread(connection, channel, contact, message);
        return new Known(message.Key, contact, thread ?? ConversationId.New(time), 0, Opens: thread is null, Ours: false);
    }

    /// <summary>The thread in which somebody is written to; null: nobody is known by that address, or has none.</summary>
    public async Task<(ContactId Contact, ConversationId Id)?> Newest(Connection connection, Channel channel, string address) =>
        await database.Read(session => Claims.Holder(session, connection.Workspace, KeyOf(connection, channel, address))) is { } holder && await Newest(connection, new ContactId(holder.Id)) is { } id
            ? (new ContactId(holder.Id), id)
            : null;

    private async ValueTask<bool> Blocked(Connection connection, ContactId contact) => (await hearing.Who(connection.Workspace, contact, connection.Inbox)).Blocked;

    /// <summary>The thread of something that the word answers, if that is this person's; else, where a person has one thread, the newest here that goes on.</summary>
    private async Task<ConversationId?> Thread(Connection connection, Channel channel, ContactId contact, InboundMessage message)
    {
        var same = await people.Same(connection.Workspace, contact);
        foreach (var name in message.Answers)
        {
            foreach (var ours in (bool[])[true, false])
            {
                if (await ledger.Find(connection.Inbox, name, ours) is { } word && await Open(connection.Workspace, word.Conversation) is var (id, it) && same.Contains(it.Contact))
                {
                    return id;
                }
            }
        }

        return channel.Capabilities.OneThread ? await Newest(connection, contact) : null;
    }

    private async Task<ConversationId?> Newest(Connection connection, ContactId contact)
    {
        var same = await people.Same(connection.Workspace, contact);
        foreach (var thread in ((await people.State(connection.Workspace, contact))?.Threads ?? []).Where(thread => thread.Inbox == connection.Inbox).Reverse())
        {
            if (await Open(connection.Workspace, thread.Thread) is var (id, it) && same.Contains(it.Contact))
            {
                return id;
            }
        }

        return null;
    }

    /// <summary>A thread that takes words, or where it goes on.</summary>
    private async Task<(ConversationId Id, Conversation It)?> Open(WorkspaceId workspace, ConversationId id)
    {
        while (await desk.Look(workspace, Conversation.Subject(id)) is { State: Conversation { Exists: true } it })
        {
            if (it.Merged is not { } into)
            {
                return it is { Erased: false, Spam: false, Mode: not Mode.Ended } ? (id, it) : null;
            }

            id = into;
        }

        return null;
    }
}
