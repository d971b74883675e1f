using Parley.Channels.Connections;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Mail.Threads;
using Parley.Platform.Store;

namespace Parley.Channels.Receiving;

/// <summary>Finds whose a word is and into which thread it goes. An address is one contact's, so that two strangers are never in one thread.</summary>
internal sealed class Placing(Ledger ledger, Hearing hearing, People people, Circle circle, Desk desk, TimeProvider time)
{
    /// <summary>So many of what a mail names are looked at.</summary>
    private const int MostTies = 20;

    /// <summary>The unique key under which an address is somebody's.</summary>
    public static string KeyOf(Connection connection, Channel channel, string address) =>
        Holding.Key(channel.Capabilities.AddressesAreShared ? channel.Kind : connection.Inbox.ToString(), address.Trim());

    /// <summary>Null: nothing of it is taken.</summary>
    /// <param name="fresh">The thread that it would go to takes nothing any more.</param>
    public async Task<Known?> Place(Connection connection, Channel channel, InboundMessage message, bool fresh)
    {
        var holder = await circle.Holder(connection.Workspace, KeyOf(connection, channel, message.From.Address));
        var contact = holder is { } found ? new ContactId(found.Id) : ContactId.New(time);
        if (holder is not null && await Blocked(connection, contact))
        {
            return null;
        }

        if (!fresh && message.Mail is { } mail && await Tied(connection, message.From.Address, mail.Ties) is var (id, it))
        {
            return await Blocked(connection, it.Contact) ? null : new Known(message.Key, it.Contact, id, 0, Opens: false, Ours: false) { Command = Ledger.CommandOf(id, message.Key) };
        }

        var thread = holder is null || fresh ? null : await Thread(connection, channel, contact, message);
        return new Known(message.Key, contact, thread ?? ConversationId.New(time), 0, Opens: thread is null, Ours: false);
    }

    /// <summary>The thread in which somebody is written to; null: nobody is known by that address, or has none.</summary>
    public async Task<(ContactId Contact, ConversationId Id)?> Newest(Connection connection, Channel channel, string address) =>
        await circle.Holder(connection.Workspace, KeyOf(connection, channel, address)) is { } holder && await Newest(connection, new ContactId(holder.Id)) is { } id
            ? (new ContactId(holder.Id), id)
            : null;

    /// <summary>The thread of a mail, by what in it is ours, or by what it answers; in that, whoever wrote it is in it already, or has something that stands nowhere else.</summary>
    private async Task<(ConversationId Id, Conversation It)?> Tied(Connection connection, string from, MailTies ties)
    {
        from = from.Trim().ToLowerInvariant();
        var (threads, mails, open) = (new Dictionary<Guid, ThreadPeople>(), new Dictionary<string, Guid>(), new Dictionary<Guid, (ConversationId, Conversation)>());
        var looked = new HashSet<Guid>();
        foreach (var thread in ties.Answers.Concat(ties.Addressed).Distinct().Take(MostTies))
        {
            await Look(thread);
        }

        foreach (var name in ties.References.Take(threads.Count > 0 ? 0 : MostTies))
        {
            // An id of theirs may be anybody's: the newest under it in whose thread they are is meant.
            foreach (var known in await ledger.Named(connection.Inbox, name))
            {
                await Look(known.Conversation.Value);
                if (threads.TryGetValue(known.Conversation.Value, out var people) && (people.Contact.Contains(from) || people.Others.Contains(from)))
                {
                    mails.TryAdd(name, known.Conversation.Value);
                }
            }
        }

        return Threading.Decide(ties, from, new(threads, mails)) switch
        {
            Threaded.Goes goes => open[goes.Thread],
            Threaded.Unverified unverified => open[unverified.Thread],
            _ => null,
        };

        async Task Look(Guid thread)
        {
            if (looked.Count < MostTies && looked.Add(thread) && await Open(connection.Workspace, new ConversationId(thread)) is { } found)
            {
                open[thread] = found;
                threads[thread] = await circle.Of(connection.Workspace, found.Id, found.It);
            }
        }
    }

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
        while (await desk.Look(workspace, Conversation.Subject(id)) is { State: Conversation { Exists: true } it } versioned && versioned.Workspace == workspace)
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
