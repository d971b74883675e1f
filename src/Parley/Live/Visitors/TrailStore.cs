using Parley.Contacts;
using Parley.Platform.Store;

namespace Parley.Live.Visitors;

/// <summary>Somebody's visit, as it stands.</summary>
internal sealed record VisitRow
{
    public string Device { get; init; } = "";

    public byte[] Contact { get; init; } = [];

    public byte[] Person { get; init; } = [];

    public byte[] Inbox { get; init; } = [];

    public long Since { get; init; }

    public long At { get; init; }

    public long Pages { get; init; }

    public string Url { get; init; } = "";

    public string? Title { get; init; }

    public string? Agent { get; init; }

    public string? Language { get; init; }

    public string? Zone { get; init; }

    public long Here { get; init; }

    /// <summary>1 where it may be kept who used this browser.</summary>
    public long Alike { get; init; }
}

/// <summary>A page that was looked at.</summary>
internal sealed record PageRow
{
    public byte[] Inbox { get; init; } = [];

    public long At { get; init; }

    public long? Until { get; init; }

    public string Url { get; init; } = "";

    public string? Title { get; init; }

    public string? Referrer { get; init; }
}

/// <summary>One row for each browser that is on a site, and one for each page it looked at; only of who agreed.</summary>
internal static class TrailStore
{
    public const string Ddl = """
        create table visits (
            workspace bytea not null, device text not null, contact bytea not null, person bytea not null, inbox bytea not null, since bigint not null, at bigint not null,
            pages bigint not null, url text not null, title text, agent text, language text, zone text, here bigint not null, primary key (workspace, device));
        create index visits_here on visits (workspace, here, since, device);
        create index visits_contact on visits (contact);
        create index visits_person on visits (person);
        create index visits_at on visits (here, at);
        create table visit_pages (
            contact bytea not null, device text not null, at bigint not null, until bigint, workspace bytea not null, inbox bytea not null, url text not null, title text,
            primary key (contact, device, at));
        create index visit_pages_at on visit_pages (at);
        create index visit_pages_device on visit_pages (device);
        """;

    /// <summary>What the log held of pages before it was kept here alone, where it goes by itself.</summary>
    public const string PagesLeave = "alter table visit_pages add column referrer text; update entries set body = json_remove(body, '$.visit.page') where type = 'contactVisited';";

    public const string PagesLeavePostgres = "alter table visit_pages add column referrer text; update entries set body = (body::jsonb #- '{visit,page}')::text where type = 'contactVisited';";

    private const string Columns = "device, contact, person, inbox, since, at, pages, url, title, agent, language, zone, here, alike";

    public static Task<VisitRow?> Find(Session session, WorkspaceId workspace, string device) =>
        session.One<VisitRow>($"select {Columns} from visits where workspace = @workspace and device = @device", new { workspace = workspace.Bytes, device });

    /// <summary>Where somebody is now: the newest of their browsers.</summary>
    public static Task<VisitRow?> Here(Session session, WorkspaceId workspace, ContactId contact) => session.One<VisitRow>(
        $"select {Columns} from visits where (contact = @contact or person = @contact) and workspace = @workspace and here = 1 order by since desc limit 1",
        new { workspace = workspace.Bytes, contact = contact.Bytes });

    public static Task Save(Session session, WorkspaceId workspace, VisitRow row) => session.Execute(
        """
        insert into visits (workspace, device, contact, person, inbox, since, at, pages, url, title, agent, language, zone, here, alike)
        values (@workspace, @device, @contact, @person, @inbox, @since, @at, @pages, @url, @title, @agent, @language, @zone, @here, @alike)
        on conflict (workspace, device) do update set contact = @contact, person = @person, inbox = @inbox, since = @since, at = @at, pages = @pages, url = @url, title = @title,
            agent = @agent, language = @language, zone = @zone, here = @here, alike = @alike
        """,
        new
        {
            workspace = workspace.Bytes, device = row.Device, contact = row.Contact, person = row.Person, inbox = row.Inbox, since = row.Since, at = row.At, pages = row.Pages,
            url = row.Url, title = row.Title, agent = row.Agent, language = row.Language, zone = row.Zone, here = row.Here, alike = row.Alike,
        });

    /// <summary>They went on from the page they were on.</summary>
    public static Task Leave(Session session, string device, long at) => session.Execute("update visit_pages set until = @at where device = @device and until is null", new { device, at });

    /// <summary>False where they are not followed any more; what is written with it then is not.</summary>
    public static async Task<bool> Goes(Session session, WorkspaceId workspace, VisitRow row) => await session.Execute(
        "update visits set at = @at where workspace = @workspace and device = @device and contact = @contact", new { workspace = workspace.Bytes, device = row.Device, contact = row.Contact, at = row.At }) > 0;

    public static Task Add(Session session, WorkspaceId workspace, VisitRow row, string? referrer) => session.Execute(
        """
        insert into visit_pages (contact, device, at, workspace, inbox, url, title, referrer) values (@contact, @device, @at, @workspace, @inbox, @url, @title, @referrer)
        on conflict (contact, device, at) do update set url = @url, title = @title, referrer = @referrer, until = null
        """,
        new { workspace = workspace.Bytes, contact = row.Contact, device = row.Device, at = row.At, inbox = row.Inbox, url = row.Url, title = row.Title, referrer });

    /// <summary>A single-page site may name its page a moment after it has gone there.</summary>
    public static Task Name(Session session, VisitRow row) => session.Execute(
        "update visit_pages set title = @title where contact = @contact and device = @device and until is null and url = @url", new { contact = row.Contact, device = row.Device, url = row.Url, title = row.Title });

    /// <summary>Who is here.</summary>
    /// <param name="devices">Only these, of whom some may be gone; null: everybody.</param>
    public static Task<List<VisitRow>> Gathered(Session session, WorkspaceId workspace, IReadOnlyCollection<string>? devices) => session.Query<VisitRow>(
        $"select {Columns} from visits where workspace = @workspace and here = 1 {(devices is null ? "" : $"and {session.Dialect.In("device", "devices")}")}",
        new { workspace = workspace.Bytes, devices = devices?.ToArray() ?? [] });

    /// <summary>The newest pages of some contacts.</summary>
    public static Task<List<PageRow>> Pages(Session session, WorkspaceId workspace, IEnumerable<ContactId> contacts, IReadOnlyCollection<InboxId>? inboxes, int limit) => session.Query<PageRow>(
        $"""
        select inbox, at, until, url, title, referrer from visit_pages where {session.Dialect.In("contact", "contacts")} and workspace = @workspace {Within(session, inboxes)}
        order by at desc limit @limit
        """,
        new { workspace = workspace.Bytes, contacts = contacts.Select(contact => contact.Bytes).ToArray(), inboxes = Bytes(inboxes), limit });

    public static async Task<bool> Set(Session session, WorkspaceId workspace, string device, bool here) => await session.Execute(
        "update visits set here = @here where workspace = @workspace and device = @device and here <> @here", new { workspace = workspace.Bytes, device, here = here ? 1L : 0L }) > 0;

    /// <summary>They are followed no further; where they were stays.</summary>
    public static async Task End(Session session, WorkspaceId workspace, string device, long at)
    {
        await session.Execute("delete from visits where workspace = @workspace and device = @device", new { workspace = workspace.Bytes, device });
        await Leave(session, device, at);
    }

    /// <summary>True where there is anything of one browser that could be forgotten.</summary>
    public static async Task<bool> Noted(Session session, WorkspaceId workspace, string device) => await session.One<long>(
        "select (select count(*) from visit_pages where device = @device and workspace = @workspace) + (select count(*) from browsers where workspace = @workspace and device = @device)",
        new { workspace = workspace.Bytes, device }) > 0;

    /// <summary>Everything of one browser, whoever they were in it.</summary>
    public static async Task Forget(Session session, WorkspaceId workspace, string device)
    {
        await session.Execute("delete from visits where workspace = @workspace and device = @device", new { workspace = workspace.Bytes, device });
        await session.Execute("delete from visit_pages where workspace = @workspace and device = @device", new { workspace = workspace.Bytes, device });
        await BrowserStore.Forget(session, workspace, device);
    }

    /// <summary>An inbox follows nobody any more.</summary>
    public static async Task Close(Session session, IEnumerable<InboxId> inboxes)
    {
        var ids = Bytes([.. inboxes]);
        await session.Execute($"delete from visits where {session.Dialect.In("inbox", "ids")}", new { ids });
        await session.Execute($"delete from visit_pages where {session.Dialect.In("inbox", "ids")}", new { ids });
        await BrowserStore.Close(session, ids);
    }

    /// <summary>All that is noted of some contacts, and of their browsers before they said who they are.</summary>
    public static async Task Purge(Session session, IEnumerable<Guid> contacts)
    {
        var ids = contacts.Select(id => id.ToByteArray(bigEndian: true)).ToArray();
        var theirs = session.Dialect.In("contact", "ids");
        await session.Execute(
            $"""
            delete from visit_pages where {theirs} or device in (select device from visit_pages where {theirs})
                or device in (select device from visits where {theirs} or {session.Dialect.In("person", "ids")})
            """,
            new { ids });
        await session.Execute($"delete from visits where {theirs} or {session.Dialect.In("person", "ids")}", new { ids });
        await BrowserStore.Purge(session, ids);
    }

    public static async Task<int> Sweep(Session session, long before) =>
        await BrowserStore.Sweep(session, before) + await session.Execute("delete from visit_pages where at < @before", new { before }) + await session.Execute("delete from visits where here = 0 and at < @before", new { before });

    /// <summary>Those said to be here; whoever says so may be gone itself.</summary>
    public static Task<List<(byte[] Workspace, string Device, byte[] Person)>> Said(Session session) =>
        session.Query<(byte[] Workspace, string Device, byte[] Person)>("select workspace, device, person from visits where here = 1");

    private static string Within(Session session, IReadOnlyCollection<InboxId>? inboxes) => inboxes is null ? "" : $"and {session.Dialect.In("inbox", "inboxes")}";

    private static byte[][] Bytes(IReadOnlyCollection<InboxId>? inboxes) => [.. (inboxes ?? []).Select(inbox => inbox.Bytes)];
}
