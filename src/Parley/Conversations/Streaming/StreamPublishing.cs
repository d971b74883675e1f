using System.Text.Json;
using Parley.Log;
using Parley.Platform.Realtime;
using Parley.Workspaces;

namespace Parley.Conversations.Streaming;

/// <summary>
/// Tells what was committed to whoever follows it: on the committing thread, so that telling cannot fall behind answering. An entry is written once for
/// each side, and once more for who wrote it, however many get it.
/// </summary>
internal sealed class StreamPublishing
{
    /// <summary>Longer ones are written anew: nobody may ask for them, and then they would lie about.</summary>
    private const int Short = 4_096;

    private static readonly byte[] Named = "\"entry\":"u8.ToArray();

    private readonly Func<WorkspaceId, StreamRoom?> _room;
    private readonly EntryWire _wire;
    private readonly Delivering _delivering;

    public StreamPublishing(Lazy<Streams> streams, EntryWire wire, Delivering delivering, Fanout fanout)
    {
        (_room, _wire, _delivering) = (workspace => streams.Value.Room(workspace), wire, delivering);
        fanout.Listen(Hear);
    }

    public Subscription Follow(StreamClient client, Found found) => client.Room.Follow(client, found, topic => new Subscription(client, Receipt(client, topic)));

    /// <summary>Sends an entry that a client missed.</summary>
    public void Missed(StreamClient client, Subscription to, Entry entry, string cursor)
    {
        var frame = Frame(entry, cursor, client.Audience, own: client.Who.Wrote(entry.Author));
        client.Missed(frame, cursor, to, entry.Seq, Delivers(entry, client.Audience));
    }

    private void Hear(Committed committed)
    {
        if (_room(committed.Workspace) is not { } room)
        {
            return;
        }

        foreach (var entry in committed.Entries)
        {
            room.Heard(entry.Position);
            if (entry.Subject.Kind == Conversation.Kind)
            {
                Tell(room, entry);
            }
        }

        room.Heard(committed.Head);
        foreach (var mark in committed.Marks)
        {
            Tell(room, mark);
        }
    }

    private void Tell(StreamRoom room, Entry entry)
    {
        var id = new ConversationId(entry.Subject.Id);
        if (entry.Body is Opened opened)
        {
            Welcome(room, id, opened);
        }

        if (room.Find(id) is not { } topic)
        {
            return;
        }

        if (entry.Visibility == Visibility.Public)
        {
            topic.Reaches(entry.Seq);
        }

        var cursor = room.Cursor;
        var frames = new Frames(this, entry, cursor);
        foreach (var to in topic.Subscriptions)
        {
            var client = to.Client;
            if (Access.May(client.Who, entry, topic.CustomerSeesFrom))
            {
                client.Live(frames.For(client), cursor, to, entry.Seq, Delivers(entry, client.Audience));
            }
        }
    }

    private static void Tell(StreamRoom room, Mark mark)
    {
        var id = new ConversationId(mark.Subject.Id);
        byte[]? toCustomers = null, toAgents = null;
        var topic = room.Find(id);
        foreach (var client in topic?.Subscriptions ?? [])
        {
            var frame = client.Client.Audience == Audience.Customer ? toCustomers ??= StreamFrames.Mark(mark, Audience.Customer, topic!.LastPublic) : toAgents ??= StreamFrames.Mark(mark, Audience.Agent);
            if (frame is not null)
            {
                client.Client.Live(frame);
            }
        }

        if (mark.Kind == Seeing.SeenMark && mark.Participant.Kind == AuthorKind.Agent)
        {
            Elsewhere(room, id, mark);
        }
    }

    /// <summary>What an agent read on one screen is read on their others too, whether the thread is open there or not.</summary>
    private static void Elsewhere(StreamRoom room, ConversationId id, Mark mark)
    {
        byte[]? frame = null;
        foreach (var client in room.Colleagues(mark.Participant))
        {
            if (client.Kept(id) is null)
            {
                client.Live(frame ??= StreamFrames.Mark(mark, Audience.Agent)!);
            }
        }
    }

    /// <summary>A new thread of a customer who is connected is followed from its first entry.</summary>
    private void Welcome(StreamRoom room, ConversationId id, Opened opened)
    {
        foreach (var client in room.Customers(opened.Contact))
        {
            if (Access.May(client.Who, room.Workspace, opened.Inbox, opened.Contact, id))
            {
                Follow(client, new Found(id, new Conversation { Inbox = opened.Inbox, Contact = opened.Contact }, LastPublic: 0));
            }
        }
    }

    /// <summary>What is written now, as its author gets it: the answer to the same is made of it.</summary>
    private byte[] Kept(Entry entry, byte[] frame, Audience audience)
    {
        if (entry.Body is Message && frame.Length <= Short)
        {
            var at = frame.AsSpan().IndexOf(Named) + Named.Length;
            _wire.Keep(entry, audience, frame.AsMemory(at, frame.Length - 1 - at));
        }

        return frame;
    }

    private byte[] Frame(Entry entry, string cursor, Audience audience, bool own) => StreamFrames.Of("event", (this, entry, cursor, audience, own), static (writer, frame) =>
    {
        writer.WriteString("cursor"u8, frame.cursor);
        writer.WritePropertyName("entry"u8);
        frame.Item1._wire.Write(writer, frame.entry, frame.audience, frame.own);
    });

    private static bool Delivers(Entry entry, Audience to) => entry.Body is Message && entry.Author.Kind == AuthorKind.Contact == (to == Audience.Agent);

    private IReceipt Receipt(StreamClient client, Topic topic) => _delivering.Receipt(
        client.Room.Workspace, topic.Id, client.Who is VisitorPrincipal ? new Author(AuthorKind.Contact, topic.Contact.Value) : client.Who.Author);

    /// <summary>The frames of one entry, made when the first client needs one.</summary>
    private sealed class Frames(StreamPublishing publishing, Entry entry, string cursor)
    {
        private readonly byte[]?[] _made = new byte[]?[4];

        public byte[] For(StreamClient client)
        {
            var own = client.Who.Wrote(entry.Author);
            return _made[((int)client.Audience * 2) + (own ? 1 : 0)] ??= own ? publishing.Kept(entry, publishing.Frame(entry, cursor, client.Audience, own), client.Audience) : publishing.Frame(entry, cursor, client.Audience, own);
        }
    }
}
