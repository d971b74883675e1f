using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Parley.Platform.Hosting;
using Parley.Platform.Keys;
using Parley.Platform.Store;

namespace Parley.Channels.Connections;

/// <summary>How channels are set up: beside the log, for secrets have no place in it. Encrypted by the key ring, and read from the store each time: what somebody mends works at once on every node.</summary>
public sealed class ConnectionStore(Database database, KeyRing ring, PublicAddress address, TimeProvider time)
{
    public const string Ddl = """
        create table channels (
            inbox bytea primary key, workspace bytea not null, kind text not null, settings text not null, secrets bytea not null,
            working bigint not null default 1, broken text not null default '', since bigint not null default 0, probe bigint not null default 0,
            made bigint not null, last_in bigint not null default 0, last_out bigint not null default 0);
        create index channels_workspace on channels (workspace);
        """;

    /// <summary>How often somebody set it up otherwise: on every node what was had for it before is worth nothing then.</summary>
    public const string ChangesDdl = "alter table channels add column changes bigint not null default 0;";

    private const string Purpose = "channel.secrets";
    private const string Columns = "inbox, workspace, kind, settings, secrets, working, broken, since, probe, last_in as lastIn, last_out as lastOut, changes";

    private Action _listener = () => { };

    /// <summary>Told when something was set up otherwise, switched or dropped by this node.</summary>
    public void Listen(Action listener) => _listener += listener;

    public async Task<Connection?> Find(InboxId inbox) => (await Load(inbox))?.Connection;

    public async Task<(Connection Connection, ConnectionState State)?> Load(InboxId inbox) =>
        await database.Read(session => session.One<Row>($"select {Columns} from channels where inbox = @inbox", new { inbox = inbox.Bytes })) is { } row ? (Map(row), StateOf(row)) : null;

    public async Task<IReadOnlyList<(Connection Connection, ConnectionState State)>> All(WorkspaceId workspace) =>
        (await database.Read(session => session.Query<Row>($"select {Columns} from channels where workspace = @workspace order by made", new { workspace = workspace.Bytes })))
        .ConvertAll(row => (Map(row), StateOf(row)));

    /// <summary>Those of a kind that are switched on, of all workspaces: for a channel that fetches by itself.</summary>
    public async Task<IReadOnlyList<Connection>> OfKind(string kind) =>
        (await database.Read(session => session.Query<Row>($"select {Columns} from channels where kind = @kind and working = 1 order by made", new { kind }))).ConvertAll(Map);

    /// <summary>Those that were set up before that.</summary>
    public async Task<IReadOnlyList<(WorkspaceId Workspace, InboxId Inbox)>> Before(DateTimeOffset made) =>
        (await database.Read(session => session.Query<(byte[] Workspace, byte[] Inbox)>("select workspace, inbox from channels where made < @made", new { made = made.ToUnixTimeMilliseconds() })))
        .ConvertAll(row => (WorkspaceId.From(row.Workspace), InboxId.From(row.Inbox)));

    /// <summary>Set up anew, or otherwise: what was broken is tried at once.</summary>
    public Task Save(Connection connection, IReadOnlySet<string> secret) => Told(database.Write(session => Save(session, connection, secret)));

    /// <summary>Changes it as it stands at that moment, one change after the other; one that comes to nothing leaves it as it is.</summary>
    /// <param name="byItself">Nobody set it up otherwise: what was had for it stays good.</param>
    public Task<T?> Change<T>(InboxId inbox, IReadOnlySet<string> secret, Func<Connection, (Connection? After, T? Answer)> change, bool byItself = false) => Told(database.Write(async session =>
    {
        // Held until the end: whoever changes it at the same time waits.
        await session.Execute("update channels set made = made where inbox = @inbox", new { inbox = inbox.Bytes });
        if (await session.One<Row>($"select {Columns} from channels where inbox = @inbox", new { inbox = inbox.Bytes }) is not { } row)
        {
            return default;
        }

        var (after, answer) = change(Map(row));
        if (after is not null)
        {
            await Save(session, after, secret, byItself);
        }

        return answer;
    }));

    private async Task<T> Told<T>(Task<T> written)
    {
        var answer = await written;
        _listener();
        return answer;
    }

    private Task<int> Save(Session session, Connection connection, IReadOnlySet<string> secret, bool byItself = false) => session.Execute(
        """
        insert into channels (inbox, workspace, kind, settings, secrets, made) values (@inbox, @workspace, @kind, @settings, @secrets, @now)
        on conflict (inbox) do update set settings = excluded.settings, secrets = excluded.secrets, broken = '', since = 0, probe = 0, changes = channels.changes + @changed
        """,
        new
        {
            inbox = connection.Inbox.Bytes,
            workspace = connection.Workspace.Bytes,
            kind = connection.Kind,
            settings = JsonSerializer.Serialize(connection.Values.Where(pair => !secret.Contains(pair.Key)).ToDictionary(), Platform.Json.Options),
            secrets = ring.Protect(Purpose, JsonSerializer.SerializeToUtf8Bytes(connection.Values.Where(pair => secret.Contains(pair.Key)).ToDictionary(), Platform.Json.Options)),
            now = Now,
            changed = byItself ? 0 : 1,
        });

    public Task Switch(InboxId inbox, bool on) => Told(database.Write(session => session.Execute("update channels set working = @on, broken = '', since = 0, probe = 0 where inbox = @inbox", new { inbox = inbox.Bytes, on = on ? 1 : 0 })));

    public Task Drop(InboxId inbox) => Told(database.Write(session => session.Execute("delete from channels where inbox = @inbox", new { inbox = inbox.Bytes })));

    /// <summary>Its settings are wrong: nothing more goes out before <paramref name="probe"/>, but one to see whether it was mended.</summary>
    public Task Break(InboxId inbox, string why, DateTimeOffset probe) => database.Write(session => session.Execute(
        "update channels set broken = @why, since = case when broken = '' then @now else since end, probe = @probe where inbox = @inbox",
        new { inbox = inbox.Bytes, why = why.Length == 0 ? "?" : why, now = Now, probe = probe.ToUnixTimeMilliseconds() }));

    /// <summary>Something went out.</summary>
    public Task WentOut(InboxId inbox) => database.Write(session => session.Execute(
        "update channels set last_out = @now, broken = '', since = 0, probe = 0 where inbox = @inbox", new { inbox = inbox.Bytes, now = Now }));

    public static Task CameIn(Session session, InboxId inbox, DateTimeOffset now) =>
        session.Execute("update channels set last_in = @now where inbox = @inbox", new { inbox = inbox.Bytes, now = now.ToUnixTimeMilliseconds() });

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private Connection Map(Row row)
    {
        var values = Read(row.Settings).ToImmutableSortedDictionary();
        // A ring that lost its keys has lost these too: the channel is then misconfigured, which its admin is told, and nothing else breaks.
        var secrets = ring.Unprotect(Purpose, row.Secrets) is { } bytes ? Read(System.Text.Encoding.UTF8.GetString(bytes)) : [];
        var inbox = InboxId.From(row.Inbox);
        return new(WorkspaceId.From(row.Workspace), inbox, row.Kind, values.SetItems(secrets), address.Url is { } url ? url + Connection.Route.Replace("{id}", inbox.ToString(), StringComparison.Ordinal) : null) { Changes = row.Changes };
    }

    private static Dictionary<string, JsonElement> Read(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json, Platform.Json.Options) ?? [];

    private static ConnectionState StateOf(Row row) => new(row.Working == 1, row.Broken.Length == 0 ? null : row.Broken, At(row.Since), At(row.LastIn), At(row.LastOut)) { Probe = At(row.Probe) };

    private static DateTimeOffset? At(long milliseconds) => milliseconds == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private sealed class Row
    {
        public byte[] Inbox { get; init; } = [];

        public byte[] Workspace { get; init; } = [];

        public string Kind { get; init; } = "";

        public string Settings { get; init; } = "";

        public byte[] Secrets { get; init; } = [];

        public long Working { get; init; }

        public string Broken { get; init; } = "";

        public long Since { get; init; }

        public long Probe { get; init; }

        public long LastIn { get; init; }

        public long LastOut { get; init; }

        public long Changes { get; init; }
    }
}
