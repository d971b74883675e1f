using System.Security.Cryptography;
using System.Text;
using Parley.Platform.Store;

namespace Parley.Channels.Delivering;

/// <summary>Where a conversation's customer writes from, and when they did last.</summary>
/// <param name="Address">Empty: they wrote on the web last, and read there.</param>
/// <param name="Position">How far the log was read for it: read again, nothing goes out again.</param>
internal sealed record ThreadRoute(InboxId Inbox, string Address, ContactId Contact, DateTimeOffset? LastWord, long Position);

/// <summary>What goes out, a row each with all that was tried. Names and addresses; the words stand in the log.</summary>
internal static class DeliveryStore
{
    public const string Ddl = """
        create table deliveries (
            id bytea primary key, workspace bytea not null, inbox bytea not null, conversation bytea not null, seq bigint not null, position bigint not null, lane bytea not null, address text not null,
            state bigint not null, made bigint not null, due bigint not null, tries bigint not null default 0, part bigint not null default 0, code text not null default '', said text not null default '',
            told bigint not null default 0, owed bigint not null default 0, unsure bigint not null default 0, since bigint not null default 0, shape text not null default '');
        create unique index deliveries_entry on deliveries (conversation, seq);
        create index deliveries_due on deliveries (state, due);
        create index deliveries_lane on deliveries (lane, position) where state < 2;
        create index deliveries_owed on deliveries (due) where owed = 1;
        create index deliveries_dead on deliveries (workspace, id) where state in (5, 6);
        create table channel_threads (
            conversation bytea primary key, workspace bytea not null, inbox bytea not null, address text not null, contact bytea not null, last_word bigint not null, position bigint not null);
        """;

    /// <summary>Whether it went out once: who had a copy then has it.</summary>
    public const string CopiedDdl = "alter table deliveries add column copied bigint not null default 0;";

    /// <summary>Who of those that had a copy did not get it: sent again it goes to them, too. An address a line.</summary>
    public const string MissingDdl = "alter table deliveries add column missing text not null default '';";

    private static readonly BulkRead RouteRows = new("select conversation, inbox, address, contact, last_word, position from channel_threads", [("conversation", ColumnType.Bytes)]);

    private const string Columns = "id, workspace, inbox, conversation, seq, position, address, state, made, due, tries, part, code, said, told, unsure, since, shape, copied, missing";

    public static Task Add(Session session, Outgoing it) => session.Execute(
        """
        insert into deliveries (id, workspace, inbox, conversation, seq, position, lane, address, state, made, due, code, owed)
        values (@id, @workspace, @inbox, @conversation, @Seq, @Position, @lane, @Address, @state, @made, @made, @Code, @owed) on conflict (conversation, seq) do nothing
        """,
        new
        {
            id = it.Id.Bytes,
            workspace = it.Workspace.Bytes,
            inbox = it.Inbox.Bytes,
            conversation = it.Conversation.Bytes,
            it.Seq,
            it.Position,
            lane = SHA256.HashData(Encoding.UTF8.GetBytes($"{it.Inbox}\n{it.Address.Trim().ToLowerInvariant()}")).AsSpan(0, 16).ToArray(),
            it.Address,
            state = (int)it.State,
            made = Milliseconds(it.Made),
            it.Code,
            owed = it.State == DeliveryState.Queued ? 0 : 1,
        });

    /// <summary>The first of each lane that is due; what is being sent by somebody who died is due as well. Of a channel that sends nothing now nothing is: nobody has to touch what waits there.</summary>
    /// <param name="but">Of these there is as much on its way as may be.</param>
    public static async Task<List<Outgoing>> Due(Session session, DateTimeOffset now, int limit, IEnumerable<InboxId> but) => (await session.Query<Row>(
        $"""
        select {Columns} from deliveries a where state < 2 and due <= @now and not ({session.Dialect.In("a.inbox", "full")})
        and not exists (select 1 from channels c where c.inbox = a.inbox and (c.working = 0 or c.probe > @now))
        and not exists (select 1 from deliveries b where b.lane = a.lane and b.state < 2 and b.position < a.position)
        order by due limit @limit
        """,
        new { now = Milliseconds(now), limit, full = but.Select(inbox => inbox.Bytes).ToArray() })).ConvertAll(Map);

    public static async Task<DateTimeOffset?> Next(Session session) => await session.One<long?>(
        """
        select min(at) from (
            select case when c.probe > a.due then c.probe else a.due end as at from deliveries a left join channels c on c.inbox = a.inbox
            where a.state < 2 and coalesce(c.working, 1) = 1 and not exists (select 1 from deliveries b where b.lane = a.lane and b.state < 2 and b.position < a.position)
            union all select due from deliveries where owed = 1) as times
        """) is { } due ? At(due) : null;

    /// <summary>Takes one for this node; false: somebody else has it.</summary>
    public static async Task<bool> Claim(Session session, Outgoing it, DateTimeOffset until) => await session.Execute(
        "update deliveries set state = 1, due = @until where id = @id and state = @state and due = @due", new { id = it.Id.Bytes, state = (int)it.State, due = Milliseconds(it.Due), until = Milliseconds(until) }) == 1;

    /// <summary>It is still being sent.</summary>
    public static Task Renew(Session session, DeliveryId id, long before, long until) => session.Execute(
        "update deliveries set due = @until where id = @id and state = 1 and due = @before", new { id = id.Bytes, before, until });

    /// <summary>As it stands now; only by who has it. What came back of copies since they took it stays beside what they found themselves.</summary>
    public static async Task Settle(Session session, Outgoing it, DateTimeOffset claimed)
    {
        var missing = await Settled(session, it, claimed);
        if (missing is null || it.Lacking is not { } lacking || missing == Lines(lacking))
        {
            return;
        }

        var came = Lines(missing).Except(it.Missing).ToList();
        await session.Execute("update deliveries set missing = @missing where id = @id", new { id = it.Id.Bytes, missing = Lines(lacking.Union(came)) });
        foreach (var address in came)
        {
            await Note(session, it.Conversation, it.Seq, address);
        }
    }

    /// <returns>Who is noted as missing it from then on; null: somebody else has it. The row is this transaction's: what comes back meanwhile is noted after it.</returns>
    private static Task<string?> Settled(Session session, Outgoing it, DateTimeOffset claimed) => session.One<string>(
        """
        update deliveries set state = @state, due = @due, tries = @Tries, part = @Part, code = @Code, said = @Said, unsure = @unsure, since = @since, owed = @owed,
            missing = case when @found = 1 and missing = @missing then @lacking else missing end
        where id = @id and state = 1 and due = @claimed returning missing
        """,
        new
        {
            id = it.Id.Bytes,
            state = (int)it.State,
            due = Milliseconds(it.Due),
            it.Tries,
            it.Part,
            it.Code,
            it.Said,
            unsure = it.Unsure ? 1 : 0,
            since = it.Since is { } since ? Milliseconds(since) : 0,
            owed = it.State is DeliveryState.Sent or DeliveryState.Failed or DeliveryState.Unknown ? 1 : 0,
            claimed = Milliseconds(claimed),
            found = it.Lacking is null ? 0 : 1,
            missing = Lines(it.Missing),
            lacking = Lines(it.Lacking ?? []),
        });

    /// <summary>What its thread has still to be told of.</summary>
    public static async Task<List<Outgoing>> Owed(Session session, int limit) => (await session.Query<Row>($"select {Columns} from deliveries where owed = 1 order by due limit @limit", new { limit })).ConvertAll(Map);

    /// <summary>Its thread knows how it stands.</summary>
    public static Task Told(Session session, Outgoing it) => session.Execute(
        "update deliveries set owed = 0, told = @told where id = @id and owed = 1 and state = @state and due = @due",
        new { id = it.Id.Bytes, told = it.State is DeliveryState.Failed or DeliveryState.Unknown ? 1 : 0, state = (int)it.State, due = Milliseconds(it.Due) });

    /// <summary>Whether somebody else's message of this channel failed the same way, and nothing has gone out since it was written.</summary>
    public static async Task<bool> Others(Session session, Outgoing it, string code) => await session.One<long>(
        """
        select count(*) from deliveries a join channels c on c.inbox = a.inbox
        where a.inbox = @inbox and a.address <> @Address and a.state < 2 and a.code = @code and a.made > c.last_out
        """,
        new { inbox = it.Inbox.Bytes, it.Address, code }) > 0;

    /// <summary>A piece of it is out: whoever goes on after a crash goes on behind it.</summary>
    public static Task Partly(Session session, Outgoing it, int part) => session.Execute("update deliveries set part = @part, shape = @Shape, unsure = 0 where id = @id", new { id = it.Id.Bytes, part, it.Shape });

    /// <summary>The provider told how far it got; never back, and what arrived has not failed: a thread that was told so is owed the truth.</summary>
    /// <returns>False: it is being sent again, and can be noted only when that has ended.</returns>
    public static async Task<bool> Forward(Session session, ConversationId conversation, long seq, DeliveryState state)
    {
        const string behind = "conversation = @conversation and seq = @seq and (state < @state or state in (5, 6))";
        var word = new { conversation = conversation.Bytes, seq, state = (int)state };
        return await session.Execute($"update deliveries set state = @state, code = '', said = '', owed = told where {behind} and state <> 1", word) == 1
            || await session.One<long>($"select count(*) from deliveries where {behind}", word) == 0;
    }

    /// <summary>It is on its way, and late: whoever wrote it can see that, and nothing else follows.</summary>
    public static Task Late(Session session, ConversationId conversation, long seq, Failure why) => session.Execute(
        "update deliveries set code = 'delayed', said = @said where conversation = @conversation and seq = @seq and state = 2", new { conversation = conversation.Bytes, seq, said = why.Said ?? "" });

    /// <summary>It is out, but somebody who was to have it too did not get it. Told a second time it is told once; where the customer did not get it either, it is kept for when it is sent again.</summary>
    public static async Task Missed(Session session, ConversationId conversation, long seq, string address, string said)
    {
        await session.Execute(
            "update deliveries set missing = case when missing = '' then @address else missing || @line || @address end where conversation = @conversation and seq = @seq and replace(@line || missing || @line, @line || @address || @line, '') = @line || missing || @line",
            new { conversation = conversation.Bytes, seq, address, line = "\n" });
        await Note(session, conversation, seq, said);
    }

    private static Task Note(Session session, ConversationId conversation, long seq, string said) => session.Execute(
        "update deliveries set code = @code, said = case when code <> @code then @said when @said <> '' and replace(said, @said, '') <> said then said else substr(said || @line || @said, 1, 1000) end where conversation = @conversation and seq = @seq and state in (2, 3, 4)",
        new { code = Handover.Partly, conversation = conversation.Bytes, seq, said, line = "\n" });

    /// <summary>The provider told that a piece of it failed after all; that it was not this piece that arrived is known. Sent again, it begins there. Its thread is still to be told: another time than the last.</summary>
    public static async Task<bool> Failed(Session session, ConversationId conversation, long seq, Failure why, int part) => await session.Execute(
        "update deliveries set state = 5, code = @Code, said = @said, owed = 1, copied = 1, due = due + 1, part = case when part > @part then @part else part end where conversation = @conversation and seq = @seq and state in (2, 3, 4, 6)",
        new { conversation = conversation.Bytes, seq, why.Code, said = why.Said ?? "", part }) == 1;

    public static async Task<Outgoing?> Find(Session session, WorkspaceId workspace, DeliveryId id) =>
        await session.One<Row>($"select {Columns} from deliveries where id = @id and workspace = @workspace", new { id = id.Bytes, workspace = workspace.Bytes }) is { } row ? Map(row) : null;

    public static async Task<Outgoing?> Of(Session session, ConversationId conversation, long seq) =>
        await session.One<Row>($"select {Columns} from deliveries where conversation = @id and seq = @seq", new { id = conversation.Bytes, seq }) is { } row ? Map(row) : null;

    public static async Task<List<Outgoing>> Of(Session session, ConversationId conversation) =>
        (await session.Query<Row>($"select {Columns} from deliveries where conversation = @id order by seq desc limit 500", new { id = conversation.Bytes })).ConvertAll(Map);

    /// <summary>What did not go out, the newest first.</summary>
    public static async Task<List<Outgoing>> Dead(Session session, WorkspaceId workspace, InboxId? inbox, byte[]? before, int limit) => (await session.Query<Row>(
        $"select {Columns} from deliveries where workspace = @workspace and state in (5, 6) and id < @before and (@all = 1 or inbox = @inbox) order by id desc limit @limit",
        new { workspace = workspace.Bytes, before = before ?? Last, limit, all = inbox is null ? 1 : 0, inbox = inbox?.Bytes ?? [] })).ConvertAll(Map);

    public static async Task<List<(InboxId Inbox, long Waiting, long Dead)>> Counts(Session session, WorkspaceId workspace) =>
        (await session.Query<(byte[] Inbox, long Waiting, long Dead)>(
            """
            select inbox, cast(sum(case when state < 2 then 1 else 0 end) as bigint), cast(sum(case when state in (5, 6) then 1 else 0 end) as bigint)
            from deliveries where workspace = @workspace and state in (0, 1, 5, 6) group by inbox
            """,
            new { workspace = workspace.Bytes })).ConvertAll(row => (InboxId.From(row.Inbox), row.Waiting, row.Dead));

    /// <summary>Once more, as if for the first time, behind nobody.</summary>
    public static async Task<bool> Again(Session session, WorkspaceId workspace, DeliveryId id, DateTimeOffset now) => await session.Execute(
        "update deliveries set state = 0, tries = 0, since = 0, unsure = 0, owed = 0, made = @now, due = @now where id = @id and workspace = @workspace and state in (5, 6)", new { id = id.Bytes, workspace = workspace.Bytes, now = Milliseconds(now) }) == 1;

    /// <summary>All of them once more, or all of an inbox, in their order.</summary>
    /// <param name="anyway">Also what may have arrived.</param>
    public static Task<int> Again(Session session, WorkspaceId workspace, InboxId? inbox, bool anyway, DateTimeOffset now) => session.Execute(
        "update deliveries set state = 0, tries = 0, since = 0, unsure = 0, owed = 0, made = @now, due = @now where workspace = @workspace and state in (5, @unknown) and (@all = 1 or inbox = @inbox)",
        new { workspace = workspace.Bytes, inbox = inbox?.Bytes ?? [], all = inbox is null ? 1 : 0, unknown = anyway ? 6 : 5, now = Milliseconds(now) });

    /// <summary>A person puts it away: what failed, and what waits.</summary>
    public static async Task<bool> Withdraw(Session session, WorkspaceId workspace, DeliveryId id) => await session.Execute(
        "update deliveries set state = 7, said = '', owed = 0 where id = @id and workspace = @workspace and state in (0, 5, 6)", new { id = id.Bytes, workspace = workspace.Bytes }) == 1;

    /// <summary>What waits for a channel is tried now: its settings were mended, or it was switched on. For as long as it sent nothing, no message's time has passed.</summary>
    public static Task Hurry(Session session, InboxId inbox, DateTimeOffset now) =>
        session.Execute("update deliveries set since = 0, due = case when due > @now then @now else due end where inbox = @inbox and state = 0 and (due > @now or since > 0)", new { inbox = inbox.Bytes, now = Milliseconds(now) });

    public static async Task<ThreadRoute?> Route(Session session, ConversationId id) => (await Routes(session, [id])).GetValueOrDefault(id);

    public static async Task<Dictionary<ConversationId, ThreadRoute>> Routes(Session session, IReadOnlyCollection<ConversationId> ids) =>
        (await session.Read(RouteRows, [.. ids.Select(id => new object[] { id.Bytes })], row => (
            Id: ConversationId.From(row.Bytes(0)),
            Route: new ThreadRoute(InboxId.From(row.Bytes(1)), row.Text(2), ContactId.From(row.Bytes(3)), row.Integer(4) == 0 ? null : At(row.Integer(4)), row.Integer(5))))).ToDictionary(row => row.Id, row => row.Route);

    public static Task Save(Session session, WorkspaceId workspace, ConversationId id, ThreadRoute route) => session.Execute(
        """
        insert into channel_threads (conversation, workspace, inbox, address, contact, last_word, position) values (@id, @workspace, @inbox, @Address, @contact, @lastWord, @Position)
        on conflict (conversation) do update set inbox = excluded.inbox, address = excluded.address, contact = excluded.contact, last_word = excluded.last_word, position = excluded.position
        """,
        new
        {
            id = id.Bytes,
            workspace = workspace.Bytes,
            inbox = route.Inbox.Bytes,
            route.Address,
            contact = route.Contact.Bytes,
            lastWord = route.LastWord is { } at ? Milliseconds(at) : 0,
            route.Position,
        });

    /// <summary>The conversation was erased: nobody's address stays, and nothing goes out any more.</summary>
    public static async Task Forget(Session session, ConversationId id)
    {
        await session.Execute("delete from deliveries where conversation = @id", new { id = id.Bytes });
        await session.Execute("delete from channel_threads where conversation = @id", new { id = id.Bytes });
    }

    private static readonly byte[] Last = [.. Enumerable.Repeat((byte)0xff, 16)];

    private static long Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static Outgoing Map(Row row) => new(DeliveryId.From(row.Id), WorkspaceId.From(row.Workspace), InboxId.From(row.Inbox), ConversationId.From(row.Conversation), row.Seq, row.Position, row.Address)
    {
        State = (DeliveryState)row.State,
        Made = At(row.Made),
        Due = At(row.Due),
        Tries = (int)row.Tries,
        Part = (int)row.Part,
        Code = row.Code,
        Said = row.Said,
        Told = row.Told == 1,
        Unsure = row.Unsure == 1,
        Since = row.Since == 0 ? null : At(row.Since),
        Shape = row.Shape,
        Copied = row.Copied == 1,
        Missing = [.. Lines(row.Missing)],
    };

    private static string Lines(IEnumerable<string> addresses) => string.Join('\n', addresses);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private sealed class Row
    {
        public byte[] Id { get; init; } = [];

        public byte[] Workspace { get; init; } = [];

        public byte[] Inbox { get; init; } = [];

        public byte[] Conversation { get; init; } = [];

        public long Seq { get; init; }

        public long Position { get; init; }

        public string Address { get; init; } = "";

        public long State { get; init; }

        public long Made { get; init; }

        public long Due { get; init; }

        public long Tries { get; init; }

        public long Part { get; init; }

        public string Code { get; init; } = "";

        public string Said { get; init; } = "";

        public long Told { get; init; }

        public long Unsure { get; init; }

        public long Since { get; init; }

        public string Shape { get; init; } = "";

        public long Copied { get; init; }

        public string Missing { get; init; } = "";
    }
}
