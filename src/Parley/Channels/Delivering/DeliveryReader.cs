using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Channels.Delivering;

/// <summary>
/// Follows the log for what is said to customers who are on a channel: where they wrote last is where they are answered. A row for each message is written with the reader's cursor, so
/// that a crash neither loses nor doubles one; set back to the beginning it sends nothing again, for each thread knows how far it was read.
/// </summary>
internal sealed class DeliveryReader(Database database, Desk desk, People people, TimeProvider time) : IReader
{
    private Action _listener = () => { };
    private int _added;

    public string Name => "channels";

    public Database Store => database;

    public void Listen(Action listener) => _listener += listener;

    public async Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows)
    {
        var parts = new List<Func<Session, Task>>();
        foreach (var thread in entries.Where(entry => entry.Subject.Kind == Conversation.Kind && (entry.Body is Message or Erased)).GroupBy(entry => entry.Subject))
        {
            if (await Follow(workspace, new ConversationId(thread.Key.Id), [.. thread]) is { } part)
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

    /// <summary>What somebody of ours, or something of ours, says to the customer. What came back from the provider's own app is there already, and what was imported was said long ago.</summary>
    private static bool Goes(Entry entry) => entry is { Body: Message, Visibility: Visibility.Public, Historic: false, Via.ProviderId: null } or { Body: Message, Visibility: Visibility.Public, Historic: false, Via: null }
        && entry.Author.Kind != AuthorKind.Contact;

    private async Task<Func<Session, Task>?> Follow(WorkspaceId workspace, ConversationId id, IReadOnlyList<Entry> entries)
    {
        if (entries.Any(entry => entry.Body is Erased))
        {
            return async session =>
            {
                await DeliveryStore.Forget(session, id);
                await Receiving.Ledger.Forget(session, id);
            };
        }

        var before = await database.Read(session => DeliveryStore.Route(session, id));
        // Of the many who never wrote on a channel nothing is kept.
        if (before is null && !entries.Any(entry => entry.Via?.Identity is not null) && (!entries.Any(Goes) || await Begun(workspace, id) is null))
        {
            return null;
        }

        var (route, due) = (before ?? await Begun(workspace, id), new List<Outgoing>());
        foreach (var entry in entries.Where(entry => entry.Position > (route?.Position ?? 0)))
        {
            if (entry.Author is { Kind: AuthorKind.Contact, Id: { } contact })
            {
                route = entry.Via is { Identity: { } address } via
                    ? new(via.Inbox, address, new ContactId(contact), entry.At, entry.Position)
                    : route is null ? null : route with { Address = "", Position = entry.Position };
            }
            else if (route is { Address.Length: > 0 } && Goes(entry))
            {
                due.Add(new Outgoing(DeliveryId.New(time), workspace, route.Inbox, id, entry.Seq, entry.Position, route.Address) { Made = entry.At });
                route = route with { Position = entry.Position };
            }
        }

        return route is null || route == before ? null : async session =>
        {
            await DeliveryStore.Save(session, workspace, id, route);
            foreach (var delivery in due)
            {
                await DeliveryStore.Add(session, delivery);
                Interlocked.Exchange(ref _added, 1);
            }
        };
    }

    /// <summary>Of a conversation that an agent began on a channel: the address that the customer is known by there. Null: it is none of a channel.</summary>
    private async Task<ThreadRoute?> Begun(WorkspaceId workspace, ConversationId id)
    {
        if (await desk.Look(workspace, Conversation.Subject(id)) is not { State: Conversation { Exists: true } it } || it.Channel == Workspaces.AddInbox.WebChannel)
        {
            return null;
        }

        var profile = (await people.Own(workspace, [it.Contact])).GetValueOrDefault(it.Contact);
        return profile?.Identities.FirstOrDefault(identity => identity.Kind == it.Channel)?.Value is { } address ? new(it.Inbox, address, it.Contact, null, 0) : null;
    }
}
