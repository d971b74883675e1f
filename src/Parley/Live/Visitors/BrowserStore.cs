using Parley.Contacts;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Live.Visitors;

/// <summary>Somebody came with a browser.</summary>
internal sealed record BrowserRow
{
    public string Device { get; init; } = "";

    public byte[] Contact { get; init; } = [];

    public long At { get; init; }
}

/// <summary>
/// Who came with which browser: one row for each of both, written while they are here, only of who agreed and only where the inbox wants to know people again. What a browser is, is
/// what it keeps itself (the <c>device</c> in its pass): never an address, never how it looks.
/// </summary>
internal static class BrowserStore
{
    public const string Ddl = """
        create table browsers (
            workspace bytea not null, device text not null, contact bytea not null, inbox bytea not null, at bigint not null, primary key (workspace, device, contact));
        create index browsers_contact on browsers (contact);
        create index browsers_at on browsers (at);
        alter table visits add column alike bigint not null default 0;
        """;

    /// <summary>Whoever is here with it now, if it may be kept.</summary>
    public static Task Note(Session session, WorkspaceId workspace, string device, long at) => session.Execute(
        """
        insert into browsers (workspace, device, contact, inbox, at)
        select workspace, device, contact, inbox, @at from visits where workspace = @workspace and device = @device and here = 1 and alike = 1
        on conflict (workspace, device, contact) do update set inbox = excluded.inbox, at = @at
        """,
        new { workspace = workspace.Bytes, device, at });

    /// <summary>All who came with the browsers of some contacts, themselves too, the last first.</summary>
    /// <param name="inboxes">What was noted in others says nothing.</param>
    public static Task<List<BrowserRow>> Of(Session session, WorkspaceId workspace, IEnumerable<ContactId> contacts, IReadOnlyCollection<InboxId> inboxes, int limit) => session.Query<BrowserRow>(
        $"""
        select device, contact, at from browsers
        where workspace = @workspace and {session.Dialect.In("inbox", "inboxes")}
            and device in (select device from browsers where {session.Dialect.In("contact", "contacts")} and workspace = @workspace and {session.Dialect.In("inbox", "inboxes")})
        order by at desc limit @limit
        """,
        new { workspace = workspace.Bytes, contacts = contacts.Select(contact => contact.Bytes).ToArray(), inboxes = inboxes.Select(inbox => inbox.Bytes).ToArray(), limit });

    public static Task Forget(Session session, WorkspaceId workspace, string device) =>
        session.Execute("delete from browsers where workspace = @workspace and device = @device", new { workspace = workspace.Bytes, device });

    /// <summary>Nobody is known again in some inboxes, from now on.</summary>
    public static async Task Close(Session session, byte[][] ids)
    {
        await session.Execute($"delete from browsers where {session.Dialect.In("inbox", "ids")}", new { ids });
        await session.Execute($"update visits set alike = 0 where {session.Dialect.In("inbox", "ids")}", new { ids });
    }

    public static Task Purge(Session session, byte[][] ids) => session.Execute($"delete from browsers where {session.Dialect.In("contact", "ids")}", new { ids });

    public static Task<int> Sweep(Session session, long before) => session.Execute("delete from browsers where at < @before", new { before });
}
