using System.Security.Cryptography;
using Parley.Platform.Store;

namespace Parley.Log;

/// <summary>The row that is a workspace's lock and order at once: locked first, raised last, in every transaction that appends.</summary>
public static class Heads
{
    private static readonly BulkRead Locked = new("select position from heads", [("workspace", ColumnType.Bytes)], Locks: true);

    // The row is there, or its lock would not be held: this is an update that stays prepared.
    private static readonly Bulk Raised = new("heads", [("workspace", ColumnType.Bytes), ("position", ColumnType.Integer), ("epoch", ColumnType.Bytes)],
        "on conflict (workspace) do update set position = excluded.position");

    /// <summary>Begins a workspace's log. Its id is fresh; a second time is an error of the caller.</summary>
    public static async Task Begin(Session session, WorkspaceId workspace)
    {
        await session.Execute("insert into heads (workspace, position, epoch) values (@workspace, 0, @epoch)", new { workspace = workspace.Bytes, epoch = await Epoch(session) });
        if (session.Dialect.OneWriter)
        {
            await session.Execute("insert into folded (workspace, position) values (@workspace, 0)", new { workspace = workspace.Bytes });
        }
    }

    /// <summary>The random id of the store: every cursor that leaves the server contains it.</summary>
    public static async Task<byte[]> Epoch(Session session)
    {
        if (await session.One<byte[]>("select epoch from installation where id = 1") is { } epoch)
        {
            return epoch;
        }

        await Renew(session, 0);
        return (await session.One<byte[]>("select epoch from installation where id = 1"))!;
    }

    /// <summary>Makes a new epoch, after a restore or the promotion of a standby: whoever was ahead of this store must start anew. Until <see cref="Finish"/> nobody is served from it.</summary>
    public static async Task Renew(Session session, long now)
    {
        var epoch = RandomNumberGenerator.GetBytes(8);
        await session.Execute("insert into installation (id, epoch, made) values (1, @epoch, @now) on conflict (id) do update set epoch = excluded.epoch, unfinished = 1", new { epoch, now });
        await session.Execute("update heads set epoch = @epoch", new { epoch });
    }

    /// <summary>Every workspace's log is of the store's epoch.</summary>
    public static Task Follow(Session session) => session.Execute("update heads set epoch = (select epoch from installation where id = 1)");

    /// <summary>All that was erased since the store's day is erased in it again.</summary>
    public static Task Finish(Session session) => session.Execute("update installation set unfinished = 0");

    /// <summary>Whether its new epoch was begun and never finished: somebody in it should have been forgotten.</summary>
    public static async Task<bool> Unfinished(Session session) => await session.One<long>("select count(*) from installation where unfinished = 1") > 0;

    /// <summary>Each in a statement of its own, in the order of ids, so that two nodes never wait for each other crosswise.</summary>
    internal static List<Question<(WorkspaceId Workspace, long Position)>> Lock(IEnumerable<WorkspaceId> workspaces) =>
        [.. workspaces.Distinct().Order().Select(workspace => new Question<(WorkspaceId, long)>(Locked, [[workspace.Bytes]], row => (workspace, row.Integer(0))))];

    internal static (Bulk, IReadOnlyList<object?[]>) Raise(WorkspaceId workspace, long position) => (Raised, [[workspace.Bytes, position, Array.Empty<byte>()]]);
}

/// <summary>Unique keys and who holds them.</summary>
public static class Claims
{
    public static async Task<Subject?> Holder(Session session, WorkspaceId workspace, string key)
    {
        var row = await session.One<(string Kind, byte[] Subject)>("select kind, subject from claims where workspace = @workspace and key = @key", new { workspace = workspace.Bytes, key });
        return row.Kind is null ? null : new Subject(row.Kind, new Guid(row.Subject, bigEndian: true));
    }

    internal static async Task Save(Session session, Dictionary<(WorkspaceId Workspace, string Key), Subject?> claims)
    {
        foreach (var ((workspace, key), holder) in claims)
        {
            await session.Execute("delete from claims where workspace = @workspace and key = @key", new { workspace = workspace.Bytes, key });
            if (holder is { } subject)
            {
                await session.Execute("insert into claims (workspace, key, kind, subject) values (@workspace, @key, @kind, @subject)",
                    new { workspace = workspace.Bytes, key, kind = subject.Kind, subject = subject.Bytes });
            }
        }
    }
}

/// <summary>The only way in which the log ever changes: a body gives way to <c>{redacted: reason}</c>.</summary>
internal static class Overwriting
{
    public static Task<int> Save(Session session, EntryTypes types, WorkspaceId workspace, Overwrite overwrite)
    {
        // What was said later about the same entry (its edits) holds the same words: bodies about an entry begin with "of".
        var erasable = session.Dialect.In("type", "erasable");
        var which = overwrite.Seq is null ? erasable : $"(seq = @seq or (seq > @seq and {erasable} and body like @about))";
        return session.Execute($"update entries set body = @body where subject = @subject and workspace = @workspace and {which}", new
        {
            body = System.Text.Json.JsonSerializer.Serialize(new RedactedBody(overwrite.Reason), Platform.Json.Options),
            subject = overwrite.Subject.Bytes,
            workspace = workspace.Bytes,
            seq = overwrite.Seq,
            erasable = types.Erasable,
            about = $"{{\"of\":{overwrite.Seq},%",
        });
    }
}
