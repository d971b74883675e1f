using System.Collections.Concurrent;
using System.Collections.Immutable;
using Parley.Conversations.Streaming;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>All streams of one workspace on this node, and the conversations that somebody there follows.</summary>
public sealed class StreamRoom(WorkspaceId workspace)
{
    private readonly ConcurrentDictionary<long, StreamClient> _clients = new();
    private readonly ConcurrentDictionary<ConversationId, Topic> _topics = new();
    private readonly Shelves<ContactId, Topic> _topicsOf = new();
    private readonly Shelves<ContactId, StreamClient> _customers = new();
    private readonly Shelves<Author, StreamClient> _colleagues = new();
    private readonly Lock _gate = new();
    private readonly Lock _loading = new();
    private StreamCursor? _cursors;
    private Task? _ready;
    private long _entries;
    private long _summaries;

    public WorkspaceId Workspace { get; } = workspace;

    public IEnumerable<StreamClient> Clients => _clients.Values;

    public bool IsEmpty => _clients.IsEmpty;

    /// <summary>Up to where entries and rows have been told on this node.</summary>
    public StreamPosition Position => new(Volatile.Read(ref _entries), Volatile.Read(ref _summaries));

    /// <summary>The cursor of a client that has had everything until now.</summary>
    public string Cursor => _cursors!.Write(Position);

    /// <summary>The changes of rows have been told up to a position of the log.</summary>
    public void Told(long summaries) => Raise(ref _summaries, summaries);

    /// <summary>The clients that follow a conversation.</summary>
    public IEnumerable<StreamClient> Followers(ConversationId id) =>
        _topics.TryGetValue(id, out var topic) ? topic.Subscriptions.Select(subscription => subscription.Client) : [];

    /// <summary>The clients that follow a conversation of a contact.</summary>
    public IEnumerable<StreamClient> Followers(ContactId contact) =>
        _topicsOf[contact].SelectMany(topic => topic.Subscriptions).Select(subscription => subscription.Client).Distinct();

    internal string CursorAt(StreamPosition position) => _cursors!.Write(position);

    internal StreamPosition? Read(string? cursor) => _cursors!.Read(cursor);

    /// <summary>Knows where the log ends. What is committed while that is read is heard, so nothing falls between.</summary>
    internal Task Ready(LogReader log)
    {
        lock (_loading)
        {
            return _ready is null or { IsCompleted: true, IsCompletedSuccessfully: false } ? _ready = Load(log) : _ready;
        }
    }

    internal void Heard(long entries) => Raise(ref _entries, entries);

    internal Topic? Find(ConversationId id) => _topics.GetValueOrDefault(id);

    /// <summary>The streams of customers whose contact this is, now or from before they were known.</summary>
    internal ImmutableArray<StreamClient> Customers(ContactId contact) => _customers[contact];

    /// <summary>The streams of an agent, or of a program.</summary>
    internal ImmutableArray<StreamClient> Colleagues(Author who) => _colleagues[who];

    /// <summary>How many streams a visitor has.</summary>
    internal int Of(ContactId visitor) => _customers[visitor].Count(client => client.Who is VisitorPrincipal who && who.Visitor == visitor);

    internal void Enter(StreamClient client)
    {
        _clients[client.Number] = client;
        if (client.Who is not VisitorPrincipal visitor)
        {
            _colleagues.Put(client.Who.Author, client);
            return;
        }

        foreach (var contact in visitor.Contacts.Add(visitor.Visitor))
        {
            _customers.Put(contact, client);
        }
    }

    /// <summary>False if it had left before.</summary>
    internal bool Leave(StreamClient client)
    {
        if (!_clients.TryRemove(client.Number, out _))
        {
            return false;
        }

        client.Ended = true;
        if (client.Who is VisitorPrincipal visitor)
        {
            foreach (var contact in visitor.Contacts.Add(visitor.Visitor))
            {
                _customers.Take(contact, client);
            }
        }
        else
        {
            _colleagues.Take(client.Who.Author, client);
        }

        foreach (var id in client.KeptKeys().OfType<ConversationId>())
        {
            Unfollow(client, id);
        }

        return true;
    }

    /// <summary>From now on the client gets what happens in the conversation; the same subscription if it did already.</summary>
    internal Subscription Follow(StreamClient client, Found found, Func<Topic, Subscription> make)
    {
        lock (_gate)
        {
            if (client.Kept(found.Id) is Subscription known)
            {
                return known;
            }

            var topic = _topics.GetOrAdd(found.Id, static (id, it) => new Topic(id, it.Contact, it.CustomerSeesFrom), found.State);
            _topicsOf.Put(topic.Contact, topic);
            topic.Reaches(found.LastPublic);
            var subscription = make(topic);
            topic.Subscriptions = topic.Subscriptions.Add(subscription);
            client.Keep(found.Id, subscription);
            return subscription;
        }
    }

    internal void Unfollow(StreamClient client, ConversationId id)
    {
        lock (_gate)
        {
            if (client.Drop(id) is Subscription kept && _topics.TryGetValue(id, out var topic))
            {
                topic.Subscriptions = topic.Subscriptions.Remove(kept);
                if (topic.Subscriptions.IsEmpty)
                {
                    _topics.TryRemove(id, out _);
                    _topicsOf.Take(topic.Contact, topic);
                }
            }
        }
    }

    private async Task Load(LogReader log)
    {
        var (position, epoch) = await log.Head(Workspace) ?? throw new InvalidOperationException($"Workspace {Workspace} has no log.");
        _cursors = new StreamCursor(epoch, Workspace);
        Heard(position);
    }

    internal static void Raise(ref long value, long to)
    {
        for (var now = Volatile.Read(ref value); now < to; now = Volatile.Read(ref value))
        {
            Interlocked.CompareExchange(ref value, to, now);
        }
    }
}

/// <summary>A conversation that somebody follows. Its subscriptions are replaced, never changed: who tells takes no lock.</summary>
internal sealed class Topic(ConversationId id, ContactId contact, long customerSeesFrom)
{
    private long _lastPublic;

    public ConversationId Id { get; } = id;

    public ContactId Contact { get; } = contact;

    public long CustomerSeesFrom { get; } = customerSeesFrom;

    public ImmutableArray<Subscription> Subscriptions { get; set; } = [];

    /// <summary>The last entry that a customer may see.</summary>
    public long LastPublic => Volatile.Read(ref _lastPublic);

    public void Reaches(long seq) => StreamRoom.Raise(ref _lastPublic, seq);
}
