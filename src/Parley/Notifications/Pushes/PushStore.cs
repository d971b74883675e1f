using System.Collections.Immutable;
using System.Text.Json;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Push;
using Parley.Platform.Store;

namespace Parley.Notifications.Pushes;

/// <summary>A browser of an agent's that is told.</summary>
internal sealed record Device(Guid Id, PushTarget Target, string Name, string Language, DateTimeOffset MadeAt);

/// <summary>Something to tell an agent.</summary>
internal sealed record Push(WorkspaceId Workspace, AgentId Agent, ConversationId Conversation, long Seq, PushKind Kind, DateTimeOffset Due, int Tries)
{
    /// <summary>It came in quiet hours, and is told at their end together with what else did.</summary>
    public bool Held { get; init; }

    /// <summary>The browsers that have it already (<see cref="PushTarget.Mark"/>), where another could not take it.</summary>
    public ImmutableArray<string> Told { get; init; } = [];
}

/// <summary>Agents' browsers, what they want to be told, and what is to be told them: a row each until a day has gone, so that nothing is told twice.</summary>
internal static class PushStore
{
    public const string Ddl = """
        create table push_devices (
            id bytea primary key, workspace bytea not null, agent bytea not null, session bytea not null, endpoint text not null, p256dh bytea not null, auth bytea not null,
            name text not null, language text not null, made bigint not null);
        create unique index push_devices_endpoint on push_devices (endpoint);
        create index push_devices_agent on push_devices (agent);
        create table push_wishes (agent bytea primary key, workspace bytea not null, wish text not null);
        create table pushes (
            agent bytea not null, conversation bytea not null, seq bigint not null, workspace bytea not null, kind text not null, made bigint not null, due bigint not null, tries bigint not null,
            primary key (agent, conversation, seq));
        create index pushes_due on pushes (due) where due > 0;
        create index pushes_conversation on pushes (conversation);
        """;

    public const string HeldDdl = """
        alter table pushes add column held bigint not null default 0;
        alter table pushes add column told text not null default '';
        """;

    public static async Task<List<Device>> Devices(Session session, AgentId agent) =>
        (await session.Query<(byte[] Id, string Endpoint, byte[] P256dh, byte[] Auth, string Name, string Language, long Made)>(
            "select id, endpoint, p256dh, auth, name, language, made from push_devices where agent = @agent order by made", new { agent = agent.Bytes }))
        .ConvertAll(row => new Device(new Guid(row.Id, bigEndian: true), new PushTarget(row.Endpoint, row.P256dh, row.Auth), row.Name, row.Language, DateTimeOffset.FromUnixTimeMilliseconds(row.Made)));

    /// <summary>A browser belongs to whoever signed in there last.</summary>
    public static async Task Keep(Session session, WorkspaceId workspace, AgentId agent, Guid signedIn, Device device)
    {
        await session.Execute("delete from push_devices where endpoint = @Endpoint", new { device.Target.Endpoint });
        await session.Execute(
            "insert into push_devices (id, workspace, agent, session, endpoint, p256dh, auth, name, language, made) values (@id, @workspace, @agent, @session, @Endpoint, @P256dh, @Auth, @Name, @Language, @made)",
            new
            {
                id = Bytes(device.Id),
                workspace = workspace.Bytes,
                agent = agent.Bytes,
                session = Bytes(signedIn),
                device.Target.Endpoint,
                device.Target.P256dh,
                device.Target.Auth,
                device.Name,
                device.Language,
                made = device.MadeAt.ToUnixTimeMilliseconds(),
            });
    }

    public static Task<int> Drop(Session session, AgentId agent, Guid device) =>
        session.Execute("delete from push_devices where agent = @agent and id = @id", new { agent = agent.Bytes, id = Bytes(device) });

    /// <summary>Whoever is signed out somewhere is told nothing there; everywhere (null): nowhere.</summary>
    public static Task SignedOut(Session session, AgentId agent, Guid? signedIn) => signedIn is { } one
        ? session.Execute("delete from push_devices where agent = @agent and session = @one", new { agent = agent.Bytes, one = Bytes(one) })
        : session.Execute("delete from push_devices where agent = @agent", new { agent = agent.Bytes });

    public static async Task<PushWish> Wish(Session session, AgentId agent) =>
        await session.One<string>("select wish from push_wishes where agent = @agent", new { agent = agent.Bytes }) is { } text ? JsonSerializer.Deserialize<PushWish>(text, Json.Options)! : PushWish.First;

    public static Task Wish(Session session, WorkspaceId workspace, AgentId agent, PushWish wish) => session.Execute(
        "insert into push_wishes (agent, workspace, wish) values (@agent, @workspace, @wish) on conflict (agent) do update set wish = excluded.wish",
        new { agent = agent.Bytes, workspace = workspace.Bytes, wish = JsonSerializer.Serialize(wish, Json.Options) });

    /// <summary>The agents of a workspace who have a browser that is told.</summary>
    public static async Task<HashSet<AgentId>> Reachable(Session session, WorkspaceId workspace) =>
        [.. (await session.Query<byte[]>("select distinct agent from push_devices where workspace = @workspace", new { workspace = workspace.Bytes })).Select(AgentId.From)];

    public static Task Add(Session session, Push push) => session.Execute(
        """
        insert into pushes (agent, conversation, seq, workspace, kind, made, due, tries) values (@agent, @conversation, @Seq, @workspace, @kind, @due, @due, 0)
        on conflict (agent, conversation, seq) do nothing
        """,
        new { agent = push.Agent.Bytes, conversation = push.Conversation.Bytes, push.Seq, workspace = push.Workspace.Bytes, kind = push.Kind.ToString(), due = push.Due.ToUnixTimeMilliseconds() });

    /// <summary>
    /// Somebody took it: whoever was told, or is being told this moment, has it taken away again; whoever was not yet is not. Nobody else hears of it: a browser
    /// that is pushed to and shows nothing says so itself, in words of its own.
    /// </summary>
    public static async Task Taken(Session session, ConversationId conversation, AgentId by, DateTimeOffset now)
    {
        var what = new { conversation = conversation.Bytes, by = by.Bytes, team = nameof(PushKind.Team), taken = nameof(PushKind.Taken), now = now.ToUnixTimeMilliseconds() };
        await session.Execute("update pushes set due = 0, kind = @taken where conversation = @conversation and agent <> @by and kind = @team and due > 0 and tries = 0 and told = ''", what);
        await session.Execute("update pushes set due = @now, tries = 0, kind = @taken, held = 0, told = '' where conversation = @conversation and agent <> @by and kind = @team and (told <> '' or due > 0)", what);
    }

    public static async Task<List<Push>> Due(Session session, DateTimeOffset now, int limit) => (await session.Query<Row>(
        "select workspace, agent, conversation, seq, kind, due, tries, held, told from pushes where due > 0 and due <= @now order by due limit @limit", new { now = now.ToUnixTimeMilliseconds(), limit })).ConvertAll(Of);

    /// <summary>It waits until then for the end of quiet hours; what was waited for a service does not count.</summary>
    public static Task Hold(Session session, Push push, DateTimeOffset claimed, DateTimeOffset end) => session.Execute(
        "update pushes set due = @until, tries = 0, held = 1 where agent = @agent and conversation = @conversation and seq = @Seq and due = @due and kind = @kind",
        Key(push with { Due = claimed }, end));

    /// <summary>Takes all that an agent's quiet hours held back and that is due, for this node alone: in one statement, or two nodes would tell half of it each.</summary>
    public static async Task<List<Push>> ClaimHeld(Session session, AgentId agent, DateTimeOffset now, DateTimeOffset until)
    {
        var what = new { agent = agent.Bytes, now = now.ToUnixTimeMilliseconds(), until = until.ToUnixTimeMilliseconds() };
        return await session.Execute("update pushes set due = @until, tries = tries + 1 where agent = @agent and held = 1 and due > 0 and due <= @now", what) == 0
            ? []
            : (await session.Query<Row>("select workspace, agent, conversation, seq, kind, due, tries - 1 as tries, held, told from pushes where agent = @agent and held = 1 and due = @until order by made", what)).ConvertAll(Of);
    }

    /// <summary>What is held back is looked at now, but for what is being told this moment.</summary>
    public static Task Reconsider(Session session, AgentId agent, DateTimeOffset now) => session.Execute(
        "update pushes set due = @now where agent = @agent and held = 1 and tries = 0 and due > @now", new { agent = agent.Bytes, now = now.ToUnixTimeMilliseconds() });

    public static async Task<DateTimeOffset?> Next(Session session) =>
        await session.One<long?>("select min(due) from pushes where due > 0") is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null;

    /// <summary>Takes one for this node alone, by moving its time. False: another was first, or it is something else by now.</summary>
    public static async Task<bool> Claim(Session session, Push push, DateTimeOffset until) =>
        await session.Execute("update pushes set due = @until, tries = tries + 1 where agent = @agent and conversation = @conversation and seq = @Seq and due = @due and kind = @kind", Key(push, until)) == 1;

    /// <param name="push">With the browsers that have it.</param>
    /// <param name="again">When it is tried again; null: not.</param>
    public static Task Done(Session session, Push push, DateTimeOffset claimed, DateTimeOffset? again) => session.Execute(
        "update pushes set due = @until, told = @told where agent = @agent and conversation = @conversation and seq = @Seq and due = @due and kind = @kind",
        Key(push with { Due = claimed }, again));

    /// <summary>What waits stays, however long the quiet hours are.</summary>
    public static Task Sweep(Session session, DateTimeOffset before) => session.Execute("delete from pushes where made < @before and due = 0", new { before = before.ToUnixTimeMilliseconds() });

    private static object Key(Push push, DateTimeOffset? until) => new
    {
        agent = push.Agent.Bytes,
        conversation = push.Conversation.Bytes,
        push.Seq,
        due = push.Due.ToUnixTimeMilliseconds(),
        until = until?.ToUnixTimeMilliseconds() ?? 0,
        kind = push.Kind.ToString(),
        told = string.Join(' ', push.Told),
    };

    private static Push Of(Row row) => new(
        WorkspaceId.From(row.Workspace), AgentId.From(row.Agent), ConversationId.From(row.Conversation), row.Seq, Enum.Parse<PushKind>(row.Kind), DateTimeOffset.FromUnixTimeMilliseconds(row.Due), (int)row.Tries)
    {
        Held = row.Held > 0,
        Told = [.. row.Told.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
    };

    private static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

    /// <summary>Filled field by field: of a table without a row an embedded store does not say what its columns hold, and no constructor would fit.</summary>
    private sealed record Row
    {
        public byte[] Workspace { get; init; } = [];

        public byte[] Agent { get; init; } = [];

        public byte[] Conversation { get; init; } = [];

        public long Seq { get; init; }

        public string Kind { get; init; } = "";

        public long Due { get; init; }

        public long Tries { get; init; }

        public long Held { get; init; }

        public string Told { get; init; } = "";
    }
}
