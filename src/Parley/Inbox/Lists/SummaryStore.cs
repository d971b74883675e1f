using System.Data.Common;
using System.Text;
using System.Text.Json;
using Dapper;
using Parley.Conversations;
using Parley.Inbox.Views;
using Parley.Platform;
using Parley.Platform.Store;

namespace Parley.Inbox.Lists;

/// <summary>The rows, who is mentioned where, and the kept counts.</summary>
internal static class SummaryStore
{
    public const string Ddl = """
        create table summaries (
            conversation bytea primary key, workspace bytea not null, inbox bytea not null, contact bytea not null, status bigint not null, closed bigint not null,
            agent bytea not null, team bytea, at bigint not null, position bigint not null, details text not null) /* clustered */;
        create index summaries_all on summaries (workspace, closed, at, conversation);
        create index summaries_agent on summaries (workspace, agent, closed, at, conversation);
        create index summaries_inbox on summaries (inbox, closed, at, conversation);
        create index summaries_team on summaries (team, closed, at, conversation) where team is not null;
        create index summaries_contact on summaries (contact, at);
        create table mentions (agent bytea not null, conversation bytea not null, workspace bytea not null, primary key (agent, conversation)) /* clustered */;
        create table counts (workspace bytea not null, name text not null, inbox bytea not null, n bigint not null, primary key (workspace, name, inbox)) /* clustered */;
        """;

    /// <summary>Who follows what: as the mentions, and kept like them.</summary>
    public const string FollowersDdl = "create table followers (agent bytea not null, conversation bytea not null, workspace bytea not null, primary key (agent, conversation)) /* clustered */;";

    /// <summary>
    /// Rows on pages of their own, and the last words once. A clustered table of SQLite keeps rows in the inner pages of its tree, too: with some hundred
    /// bytes a row five rows fill one, and a row far from the last is three pages away instead of one (https://www.sqlite.org/withoutrowid.html, 4).
    /// </summary>
    public const string LooseDdl = """
        drop index summaries_all;
        drop index summaries_agent;
        drop index summaries_inbox;
        drop index summaries_team;
        drop index summaries_contact;
        alter table summaries rename to clustered_summaries;
        create table summaries (
            conversation bytea not null primary key, workspace bytea not null, inbox bytea not null, contact bytea not null, status bigint not null, closed bigint not null,
            agent bytea not null, team bytea, at bigint not null, position bigint not null, details text not null);
        insert into summaries (conversation, workspace, inbox, contact, status, closed, agent, team, at, position, details)
            select conversation, workspace, inbox, contact, status, closed, agent, team, at, position,
                case when json_extract(details, '$.preview.type') = 'message' and json_extract(details, '$.said') = json_extract(details, '$.preview') then json_remove(details, '$.said') else details end
            from clustered_summaries order by conversation;
        drop table clustered_summaries;
        create index summaries_all on summaries (workspace, closed, at, conversation);
        create index summaries_agent on summaries (workspace, agent, closed, at, conversation);
        create index summaries_inbox on summaries (inbox, closed, at, conversation);
        create index summaries_team on summaries (team, closed, at, conversation) where team is not null;
        create index summaries_contact on summaries (contact, at);
        """;

    private const string Columns = "conversation, workspace, inbox, contact, status, agent, team, at, position, details";

    private static readonly string RowColumns = string.Join(", ", Columns.Split(", ").Select(column => $"s.{column}"));

    /// <summary>Nobody's rows have an empty agent instead of none, so that one index serves them too.</summary>
    private static readonly byte[] Nobody = [];

    private static readonly Bulk Rows = new("summaries",
    [
        ("conversation", ColumnType.Bytes), ("workspace", ColumnType.Bytes), ("inbox", ColumnType.Bytes), ("contact", ColumnType.Bytes), ("status", ColumnType.Integer),
        ("closed", ColumnType.Integer), ("agent", ColumnType.Bytes), ("team", ColumnType.Bytes), ("at", ColumnType.Integer), ("position", ColumnType.Integer), ("details", ColumnType.Text),
    ],
        """
        on conflict (conversation) do update set inbox = excluded.inbox, contact = excluded.contact, status = excluded.status, closed = excluded.closed, agent = excluded.agent,
        team = excluded.team, at = excluded.at, position = excluded.position, details = excluded.details
        """);

    private static readonly Bulk Mentions = new("mentions", [("agent", ColumnType.Bytes), ("conversation", ColumnType.Bytes), ("workspace", ColumnType.Bytes)], "on conflict (agent, conversation) do nothing");

    private static readonly Bulk Followers = new("followers", [("agent", ColumnType.Bytes), ("conversation", ColumnType.Bytes), ("workspace", ColumnType.Bytes)], "on conflict (agent, conversation) do nothing");

    private static readonly Bulk Counts = new("counts",
        [("workspace", ColumnType.Bytes), ("name", ColumnType.Text), ("inbox", ColumnType.Bytes), ("n", ColumnType.Integer)],
        "on conflict (workspace, name, inbox) do update set n = counts.n + excluded.n");

    private static readonly BulkRead ById = new($"select {Columns} from summaries", [("conversation", ColumnType.Bytes)]);

    public static Task<List<Summary>> Find(Session session, IEnumerable<ConversationId> ids) => session.Read(ById, [.. ids.Select(id => new object[] { id.Bytes })], Read);

    public static Task Write(Session session, IReadOnlyList<Summary> rows) => session.Write(Rows, [.. rows.Select(Values)]);

    public static Task Mention(Session session, IEnumerable<(AgentId Agent, Summary Row)> mentions) => Add(session, Mentions, mentions);

    public static Task Follow(Session session, IEnumerable<(AgentId Agent, Summary Row)> follow) => Add(session, Followers, follow);

    private static Task Add(Session session, Bulk table, IEnumerable<(AgentId Agent, Summary Row)> mentions) =>
        session.Write(table, [.. mentions.Select(mention => new object?[] { mention.Agent.Bytes, mention.Row.Id.Bytes, mention.Row.Workspace.Bytes })]);

    /// <summary>The words that mentioned them are gone.</summary>
    public static Task Unmention(Session session, IEnumerable<(AgentId Agent, Summary Row)> mentions) => Drop(session, "mentions", mentions);

    public static Task Unfollow(Session session, IEnumerable<(AgentId Agent, Summary Row)> gone) => Drop(session, "followers", gone);

    private static async Task Drop(Session session, string table, IEnumerable<(AgentId Agent, Summary Row)> mentions)
    {
        foreach (var (agent, row) in mentions)
        {
            await session.Execute($"delete from {table} where agent = @agent and conversation = @conversation", new { agent = agent.Bytes, conversation = row.Id.Bytes });
        }
    }

    public static Task Count(Session session, WorkspaceId workspace, IReadOnlyDictionary<(string Name, InboxId Inbox), int> differences) =>
        session.Write(Counts, [.. differences.Where(pair => pair.Value != 0).Select(pair => new object?[] { workspace.Bytes, pair.Key.Name, pair.Key.Inbox.Bytes, (long)pair.Value })]);

    /// <summary>The labels that conversations wear, closed ones too.</summary>
    public static async Task<List<(string Label, InboxId Inbox, long N)>> Labels(Session session, WorkspaceId workspace) =>
        (await session.Query<(string Name, byte[] Inbox, long N)>("select name, inbox, n from counts where workspace = @workspace and name >= 'label:' and name < 'label;' and n > 0", new { workspace = workspace.Bytes }))
            .ConvertAll(row => (row.Name[Counting.LabelPrefix.Length..], InboxId.From(row.Inbox), row.N));

    public static async Task<KeptCounts> Counted(Session session, WorkspaceId workspace) =>
        new((await session.Query<(string Name, byte[] Inbox, long N)>("select name, inbox, n from counts where workspace = @workspace and (name < 'label:' or name >= 'label;')", new { workspace = workspace.Bytes }))
            .Select(row => (row.Name, InboxId.From(row.Inbox), row.N)));

    /// <summary>A page of a list, newest first, or in the order of the view.</summary>
    public static async Task<List<Summary>> List(Session session, WorkspaceId workspace, AgentId viewer, ListQuery query, int limit)
    {
        var (where, values) = Conditions(workspace, viewer, query);
        values.Add("limit", limit);
        var from = query.Saved is not null ? "view_rows v join summaries s on s.conversation = v.conversation"
            : query.View?.Kind is ViewKind.Mentions or ViewKind.Following ? $"{(query.View?.Kind == ViewKind.Mentions ? "mentions" : "followers")} m join summaries s on s.conversation = m.conversation" : "summaries s";
        var order = query.Saved is not null ? "v.place desc, v.conversation desc" : "s.at desc, s.conversation desc";
        return await Read(session, $"select {RowColumns} from {from} where {where} order by {order} limit @limit", values);
    }

    /// <summary>Some rows of a pile, from the newest on, below a place.</summary>
    public static Task<List<Summary>> Walk(Session session, WorkspaceId workspace, Pile pile, long at, byte[] id, int limit) => Read(session,
        $"select {Columns} from summaries where workspace = @workspace and closed = @pile and (at, conversation) < (@at, @id) order by at desc, conversation desc limit @limit",
        new { workspace = workspace.Bytes, pile = (long)pile, at, id, limit });

    /// <param name="open">The inboxes to look in; null: all.</param>
    public static Task<List<Summary>> OfContacts(Session session, WorkspaceId workspace, IEnumerable<ContactId> contacts, int limit, IEnumerable<InboxId>? open = null, (long At, byte[] Id)? below = null)
    {
        var within = open is null ? "" : $"and {session.Dialect.In("inbox", "inboxes")}";
        var older = below is null ? "" : "and (at, conversation) < (@at, @id)";
        return Read(session,
            $"select {Columns} from summaries where workspace = @workspace and {session.Dialect.In("contact", "contacts")} {within} {older} order by at desc, conversation desc limit @limit",
            new { at = below?.At, id = below?.Id, workspace = workspace.Bytes, contacts = contacts.Select(contact => contact.Bytes).ToArray(), limit, inboxes = (open ?? []).Select(inbox => inbox.Bytes).ToArray() });
    }

    /// <summary>The rows of all conversations that the log speaks of between two positions, or whose contact it names anew, as they are now.</summary>
    public static async Task<List<Summary>> Changed(Session session, WorkspaceId workspace, long after, long to)
    {
        var changed = await session.Query<(string Kind, byte[] Id)>(
            $"select distinct kind, subject from entries where workspace = @workspace and position > @after and position <= @to and (kind = @conversation or {session.Dialect.In("type", "naming")})",
            new { workspace = workspace.Bytes, after, to, conversation = Conversation.Kind, naming = SummaryReader.Naming });
        var rows = await Find(session, changed.Where(subject => subject.Kind == Conversation.Kind).Select(subject => ConversationId.From(subject.Id)));
        var contacts = changed.Where(subject => subject.Kind != Conversation.Kind).Select(subject => ContactId.From(subject.Id)).ToList();
        return contacts.Count == 0 ? rows : [.. rows.Concat(await OfContacts(session, workspace, contacts, SummaryReader.RowsRenamed)).DistinctBy(row => row.Id)];
    }

    public static async Task<int> Clear(Session session, WorkspaceId workspace, int limit)
    {
        var ids = await session.Query<byte[]>("select conversation from summaries where workspace = @workspace limit @limit", new { workspace = workspace.Bytes, limit });
        if (ids.Count == 0)
        {
            await session.Execute("delete from counts where workspace = @workspace", new { workspace = workspace.Bytes });
            await session.Execute("delete from mentions where workspace = @workspace", new { workspace = workspace.Bytes });
            await session.Execute("delete from followers where workspace = @workspace", new { workspace = workspace.Bytes });
            await ViewStore.Clear(session, workspace);
        }

        await ViewStore.Clear(session, ids);

        foreach (var id in ids)
        {
            await session.Execute("delete from summaries where conversation = @id", new { id });
        }

        return ids.Count;
    }

    private static (string Where, DynamicParameters Values) Conditions(WorkspaceId workspace, AgentId viewer, ListQuery query)
    {
        var where = new StringBuilder("s.workspace = @workspace");
        var values = new DynamicParameters();
        values.Add("workspace", workspace.Bytes);

        void And(string condition, string name, object value)
        {
            where.Append(" and ").Append(condition);
            values.Add(name, value);
        }

        if (query.Saved is { } saved)
        {
            And("v.kept = @kept", "kept", saved.Key);
            And("v.slot = @slot", "slot", ViewStore.Slot(saved.Slot));
        }
        else
        {
            And("s.closed = @closed", "closed", (long)(query.View is { Pile: not Pile.Open } view ? view.Pile : query.Status == Status.Closed ? Pile.Closed : Pile.Open));
        }

        if (query.View?.Kind == ViewKind.Mine || query.Assignee is not null)
        {
            And("s.agent = @agent", "agent", (query.Assignee ?? viewer).Bytes);
        }
        else if (query.View?.Kind == ViewKind.Unassigned || query.Nobody)
        {
            And("s.agent = @agent", "agent", Nobody);
        }

        if (query.View?.Kind is ViewKind.Mentions or ViewKind.Following)
        {
            And("m.agent = @mentioned", "mentioned", viewer.Bytes);
        }

        if (query.Inbox is not null || query.View?.Kind == ViewKind.Inbox)
        {
            And(query.Saved is null ? "s.inbox = @inbox" : "v.inbox = @inbox", "inbox", (query.Inbox ?? new InboxId(query.View!.Value.Id)).Bytes);
        }

        if (query.Team is not null || query.View?.Kind == ViewKind.Team)
        {
            And("s.team = @team", "team", (query.Team ?? new TeamId(query.View!.Value.Id)).Bytes);
        }

        if (query.Status is { } status)
        {
            And("s.status = @status", "status", (long)status);
        }

        if (query.Below is { } below)
        {
            And(query.Saved is null ? "(s.at, s.conversation) < (@at, @id)" : "(v.place, v.conversation) < (@at, @id)", "at", below.At);
            values.Add("id", below.Id);
        }

        return (where.ToString(), values);
    }

    private static async Task<List<Summary>> Read(Session session, string sql, object parameters)
    {
        await using var reader = (DbDataReader)await session.Connection.ExecuteReaderAsync(sql, parameters, session.Transaction);
        var (rows, row) = (new List<Summary>(), new ReaderRow(reader));
        while (await reader.ReadAsync())
        {
            rows.Add(Read(row));
        }

        return rows;
    }

    private static object?[] Values(Summary row) =>
    [
        row.Id.Bytes, row.Workspace.Bytes, row.Inbox.Bytes, row.Contact.Bytes, (long)row.Status, (long)row.Pile, row.Agent?.Bytes ?? Nobody, row.Team?.Bytes,
        row.At.ToUnixTimeMilliseconds(), row.Position, JsonSerializer.Serialize(Once(row.Details), Json.Options),
    ];

    /// <summary>Where the last word is a message it is what was said last, too: that is kept once.</summary>
    private static SummaryDetails Once(SummaryDetails details) => details.Preview is { Type: "message" } && details.Preview == details.Said ? details with { Said = null } : details;

    private static SummaryDetails Twice(SummaryDetails details) => details is { Said: null, Preview: { Type: "message" } preview } ? details with { Said = preview } : details;

    private static Summary Read(Row row) => new(
        ConversationId.From(row.Bytes(0)),
        WorkspaceId.From(row.Bytes(1)),
        InboxId.From(row.Bytes(2)),
        ContactId.From(row.Bytes(3)),
        (Status)row.Integer(4),
        row.Bytes(5) is { Length: 16 } agent ? AgentId.From(agent) : null,
        row.IsNull(6) ? null : TeamId.From(row.Bytes(6)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.Integer(7)),
        row.Integer(8))
    {
        Details = Twice(JsonSerializer.Deserialize<SummaryDetails>(row.Text(9), Json.Options)!),
    };
}
