using Parley.Log;
using Parley.Platform.Mail;
using Parley.Platform.Mail.Imap;
using Parley.Platform.Store;

namespace Parley.Channels.Email.Fetching;

/// <summary>How it stands with a mailbox that is fetched.</summary>
/// <param name="Connected">Since when it is; null: it is not.</param>
/// <param name="Heard">When its server said something last.</param>
/// <param name="Fault">What of its settings is to be looked at; null: all is well.</param>
/// <param name="Why">In the words of the server.</param>
/// <param name="Folder">Which folder is meant; null: the whole mailbox.</param>
/// <param name="Since">Since when it is so.</param>
public sealed record MailboxState(InboxId Inbox, DateTimeOffset? Connected, DateTimeOffset? Heard, MailFault? Fault, string? Why, string? Folder, DateTimeOffset Since);

/// <summary>How it stands with mailboxes, and how far each was read: in the store, for one node fetches and all show it.</summary>
public sealed class MailboxStates(Database database, TimeProvider time)
{
    public const string Ddl = """
        create table mailbox_states (
            inbox bytea not null, folder text not null, since bigint not null, heard bigint not null, fault text not null, why text not null, primary key (inbox, folder));
        create table mailbox_marks (
            inbox bytea not null, box bytea not null, folder text not null, validity bigint not null, uid bigint not null, primary key (inbox, box, folder));
        """;

    private const int LongestWhy = 500;

    /// <summary>Null: it was never fetched.</summary>
    public async Task<MailboxState?> Of(InboxId inbox) => (await Of([inbox])).FirstOrDefault();

    /// <summary>Of those of these that were ever fetched.</summary>
    public async Task<IReadOnlyList<MailboxState>> Of(IReadOnlyCollection<InboxId> inboxes) => inboxes.Count == 0 ? [] :
        [.. (await database.Read(session => session.Query<Row>(
            $"select inbox, folder, since, heard, fault, why from mailbox_states where {session.Dialect.In("inbox", "inboxes")} order by folder", new { inboxes = inboxes.Select(inbox => inbox.Bytes).ToArray() })))
            .GroupBy(row => InboxId.From(row.Inbox)).Select(rows => State(rows.Key, [.. rows]))];

    /// <summary>It stands otherwise now.</summary>
    /// <param name="fence">By what it is fetched: whoever does not fetch it any more says nothing of it.</param>
    internal Task Tell(InboxId inbox, ImapStanding standing, Fence fence) => database.Write(async session => await Lease.Stands(session, fence) ? await Write(session, inbox, standing) : 0);

    private Task<int> Write(Session session, InboxId inbox, ImapStanding standing) => session.Execute(
        """
        insert into mailbox_states (inbox, folder, since, heard, fault, why) values (@inbox, @folder, @since, @heard, @fault, @why)
        on conflict (inbox, folder) do update set since = case when mailbox_states.fault = excluded.fault then mailbox_states.since else excluded.since end, fault = excluded.fault, why = excluded.why,
            heard = case when excluded.heard > 0 then excluded.heard else mailbox_states.heard end
        """,
        new
        {
            inbox = inbox.Bytes,
            folder = standing.Folder ?? "",
            since = standing.Since.ToUnixTimeMilliseconds(),
            heard = standing.Fault is null ? Now : 0,
            fault = standing.Fault?.ToString() ?? "",
            why = standing.Why is not { } said ? "" : Platform.Words.Clean(said.Length > LongestWhy ? said[..LongestWhy] : said),
        });

    /// <summary>Its server is there.</summary>
    internal Task Hear(InboxId inbox) => database.Write(session => session.Execute("update mailbox_states set heard = @now where inbox = @inbox and folder = ''", new { inbox = inbox.Bytes, now = Now }));

    /// <summary>Of other folders nothing is said any more.</summary>
    internal Task Only(InboxId inbox, IReadOnlyCollection<string> folders) => database.Write(session => session.Execute(
        $"delete from mailbox_states where inbox = @inbox and folder <> '' and not ({session.Dialect.In("folder", "folders")})", new { inbox = inbox.Bytes, folders = folders.ToArray() }));

    /// <summary>Nothing is fetched there any more: what was wrong is nobody's concern.</summary>
    internal Task Forget(InboxId inbox) => database.Write(session => session.Execute("delete from mailbox_states where inbox = @inbox", new { inbox = inbox.Bytes }));

    /// <param name="box">Which mailbox is meant: in another one other numbers count.</param>
    internal async Task<ImapMark?> Mark(InboxId inbox, byte[] box, string folder) =>
        await database.Read(session => session.One<(long Validity, long Uid)?>("select validity, uid from mailbox_marks where inbox = @inbox and box = @box and folder = @folder", new { inbox = inbox.Bytes, box, folder })) is { } row
            ? new((uint)row.Validity, (uint)row.Uid)
            : await database.Read(session => session.One<long>("select count(*) from mailbox_marks where inbox = @inbox and folder = @folder", new { inbox = inbox.Bytes, folder })) > 0 ? ImapMark.Elsewhere
            : null;

    internal static Task Keep(Session session, InboxId inbox, byte[] box, string folder, ImapMark mark) => session.Execute(
        """
        insert into mailbox_marks (inbox, box, folder, validity, uid) values (@inbox, @box, @folder, @validity, @uid)
        on conflict (inbox, box, folder) do update set validity = excluded.validity, uid = excluded.uid
        """,
        new { inbox = inbox.Bytes, box, folder, validity = (long)mark.Validity, uid = (long)mark.Uid });

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The whole mailbox first; where that is well, the first of its folders that is not.</summary>
    private static MailboxState State(InboxId inbox, List<Row> rows)
    {
        var whole = rows.Find(row => row.Folder.Length == 0) ?? rows[0];
        var shown = whole.Fault.Length > 0 ? whole : rows.Find(row => row.Fault.Length > 0) ?? whole;
        return new(
            inbox, whole.Fault.Length == 0 ? At(whole.Since) : null, whole.Heard == 0 ? null : At(whole.Heard),
            Enum.TryParse<MailFault>(shown.Fault, out var fault) ? fault : null, shown.Why.Length == 0 ? null : shown.Why, shown.Folder.Length == 0 ? null : shown.Folder, At(shown.Since));
    }

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private sealed class Row
    {
        public byte[] Inbox { get; init; } = [];

        public string Folder { get; init; } = "";

        public long Since { get; init; }

        public long Heard { get; init; }

        public string Fault { get; init; } = "";

        public string Why { get; init; } = "";
    }
}
