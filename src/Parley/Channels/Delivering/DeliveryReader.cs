using System.Security.Cryptography;
using System.Text;
using Parley.Channels.Receiving;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Channels.Delivering;

/// <summary>
/// Follows the log for what is said to customers who are on a channel: where they wrote last is where they are answered. A row for each message is written with the reader's cursor, so
/// that a crash neither loses nor doubles one; set back to the beginning it sends nothing again, for each thread knows how far it was read.
/// </summary>
internal sealed class DeliveryReader(Database database, Desk desk, People people) : IReader
{
    /// <summary>In so many of their newest conversations it is looked when they wrote last.</summary>
    private const int Looked = 20;

    private Action _listener = () => { };
    private int _added;

    public string Name => "channels";

    public Database Store => database;

    /// <summary>Somebody waits for it on the other side.</summary>
    public TimeSpan Rest => TimeSpan.FromMilliseconds(40);

    public void Listen(Action listener) => _listener += listener;

    public async Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows)
    {
        var told = entries.Where(entry => entry.Subject.Kind == Conversation.Kind && (entry.Body is Message or MergedFrom or Erased)).ToList();
        if (told.Count == 0)
        {
            return [];
        }

        var parts = new List<Func<Session, Task>>();
        // One look for all of them: most are of people who never wrote on a channel, and a look for each costs more than the message itself.
        var (routes, addresses) = await database.Read(async session => (await DeliveryStore.Routes(session, [.. told.SelectMany(Threads).Distinct()]), await Ledger.AddressesOf(session, told)));
        // What goes on in another thread first: that one goes on from where it stood.
        foreach (var thread in told.GroupBy(entry => entry.Subject).OrderBy(thread => thread.Any(entry => entry.Body is MergedFrom)))
        {
            if (await Follow(workspace, new ConversationId(thread.Key.Id), [.. thread], routes, addresses) is { } part)
            {
                parts.Add(part);
            }
        }

        return parts;
    }

    public void Reached(WorkspaceId workspace, long position)
    {
        if (Interlocked.Exchange(ref _added, 0) == 1)
        {
            _listener();
        }
    }

    public Task<int> Clear(Session session, WorkspaceId workspace, int limit) => Task.FromResult(0);

    /// <summary>
    /// Made of what the entry is: a row that is gone with a backup that was put back is made again under the id under which it went out, so that whoever got it knows it. Another entry in the
    /// same place is another thing, and has another.
    /// </summary>
    internal static DeliveryId IdOf(Entry entry)
    {
        var id = SHA256.HashData(Encoding.UTF8.GetBytes($"{entry.Subject.Id:N} {entry.Seq} {entry.Position} {entry.At.ToUnixTimeMilliseconds()} {entry.Command}"))[..16];
        // The time and the version of a UUIDv7 (RFC 9562): the store sorts by it.
        Guid.CreateVersion7(entry.At).ToByteArray(bigEndian: true).AsSpan(0, 6).CopyTo(id);
        id[6] = (byte)((id[6] & 0x0f) | 0x70);
        id[8] = (byte)((id[8] & 0x3f) | 0x80);
        return DeliveryId.From(id);
    }

    /// <summary>What somebody of ours, or something of ours, says to the customer. What came back from the provider's own app is there already, and what was imported was said long ago.</summary>
    private static bool Goes(Entry entry) => entry is { Body: Message, Visibility: Visibility.Public, Historic: false, Via: null } && entry.Author.Kind != AuthorKind.Contact;

    /// <summary>To whom a mail goes, where that was said with it; null: to the customer, wherever they are.</summary>
    private static string? Named(Entry entry) => entry.Body is Message { Content.Mail.To: { IsDefaultOrEmpty: false } to } ? to[0].Address : null;

    private static IEnumerable<ConversationId> Threads(Entry entry) => entry.Body is MergedFrom { From: var from } ? [new(entry.Subject.Id), from] : [new(entry.Subject.Id)];

    /// <param name="routes">Where each thread stood, and stands after this.</param>
    /// <param name="addresses">Where entries were written from, by their positions.</param>
    private async Task<Func<Session, Task>?> Follow(
        WorkspaceId workspace, ConversationId id, IReadOnlyList<Entry> entries, Dictionary<ConversationId, ThreadRoute> routes, IReadOnlyDictionary<long, string> addresses)
    {
        if (entries.Any(entry => entry.Body is Erased))
        {
            return async session =>
            {
                await DeliveryStore.Forget(session, id);
                await Arrivals.Forget(session, id);
                await Ledger.Forget(session, id);
            };
        }

        var before = routes.GetValueOrDefault(id);
        // Of the many who never wrote on a channel nothing is kept.
        var (begun, inbox) = before is null && entries.FirstOrDefault(Goes) is { } first ? await Begun(workspace, id, Named(first)) : default;
        var (route, due) = (before ?? begun, new List<Outgoing>());
        foreach (var entry in entries.Where(entry => entry.Position > (route?.Position ?? 0)))
        {
            if (entry.Body is MergedFrom { From: var from })
            {
                // Who wrote there last is answered there, wherever it goes on.
                var carried = routes.GetValueOrDefault(from);
                route = carried is { Address.Length: > 0 } && (route is null || route.LastWord is null || route.LastWord < carried.LastWord) ? carried with { Position = entry.Position } : route;
            }
            else if (entry.Body is Message { Content.Mail.From: not null } && entry.Author.Kind == AuthorKind.Contact)
            {
                // Somebody else wrote it, or somebody whom nobody knows: the customer is answered where they were.
                route = route is null ? null : route with { Position = entry.Position };
            }
            else if (entry.Body is Message && entry.Author is { Kind: AuthorKind.Contact, Id: { } contact })
            {
                route = entry.Via is { } via && addresses.GetValueOrDefault(entry.Position) is { } address
                    ? new(via.Inbox, address, new ContactId(contact), Later(route?.LastWord, entry.OccurredAt < entry.At ? entry.OccurredAt.Value : entry.At), entry.Position)
                    : route is null ? null : route with { Address = "", Position = entry.Position };
            }
            else if (Goes(entry) && route is { Address.Length: > 0 })
            {
                due.Add(new Outgoing(IdOf(entry), workspace, route.Inbox, id, entry.Seq, entry.Position, Named(entry) ?? route.Address) { Made = entry.At });
                route = route with { Position = entry.Position };
            }
            else if (Goes(entry) && route is null && inbox is { } nowhere)
            {
                // Nobody knows where they are: who wrote it is told.
                due.Add(new Outgoing(IdOf(entry), workspace, nowhere, id, entry.Seq, entry.Position, "") { Made = entry.At, State = DeliveryState.Failed, Code = new Failure.RecipientGone().Code });
            }
        }

        if (route is not null)
        {
            routes[id] = route;
        }

        return (route is null || route == before) && due.Count == 0 ? null : async session =>
        {
            if (route is not null)
            {
                await DeliveryStore.Save(session, workspace, id, route);
            }

            foreach (var delivery in due)
            {
                await DeliveryStore.Add(session, delivery);
                Interlocked.Exchange(ref _added, 1);
            }
        };
    }

    /// <summary>The provider counts from when it was said, not from when we heard of it; and what is heard late takes nothing back.</summary>
    private static DateTimeOffset Later(DateTimeOffset? before, DateTimeOffset now) => before > now ? before.Value : now;

    /// <summary>Of a conversation that an agent began on a channel: the address there that is the customer's, and nobody else's. Without an inbox it is none of a channel; without a route nobody knows where they are.</summary>
    /// <param name="named">To whom it was said to go.</param>
    private async Task<(ThreadRoute? Route, InboxId? Inbox)> Begun(WorkspaceId workspace, ConversationId id, string? named)
    {
        if (await desk.Look(workspace, Conversation.Subject(id)) is not { State: Conversation { Exists: true } it } || it.Channel == Workspaces.AddInbox.WebChannel)
        {
            return default;
        }

        if (named is not null)
        {
            return (new(it.Inbox, named, it.Contact, null, 0), it.Inbox);
        }

        var same = await people.Same(workspace, it.Contact);
        return await people.At(workspace, same, it.Inbox, it.Channel) is var (contact, address)
            ? (new(it.Inbox, address, contact, await LastWord(workspace, same, it.Inbox, address), 0), it.Inbox)
            : (null, it.Inbox);
    }

    /// <summary>When they wrote from there last, in whichever conversation: that opens the window of all.</summary>
    private async Task<DateTimeOffset?> LastWord(WorkspaceId workspace, IReadOnlyList<ContactId> same, InboxId inbox, string address)
    {
        DateTimeOffset? last = null;
        foreach (var contact in same)
        {
            foreach (var thread in (await people.State(workspace, contact))?.Threads.Where(thread => thread.Inbox == inbox).TakeLast(Looked) ?? [])
            {
                var route = await database.Read(session => DeliveryStore.Route(session, thread.Thread));
                last = route is { LastWord: { } word } && route.Address == address ? Later(last, word) : last;
            }
        }

        return last;
    }
}
