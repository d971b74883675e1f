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
    public static async Task Begin(Session session, WorkspaceId workspace) => await session.Execute(
        "insert into heads (workspace, position, epoch) values (@workspace, 0, @epoch)", new { workspace = workspace.Bytes, epoch = await Epoch(session) });

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

    /// <summary>Makes a new epoch, after a restore or the promotion of a standby: whoever was ahead of this store must start anew.</summary>
    public static async Task Renew(Session session, long now)
    {
        var epoch = RandomNumberGenerator.GetBytes(8);
        await session.Execute("insert into installation (id, epoch, made) values (1, @epoch, @now) on conflict (id) do update set epoch = excluded.epoch", new { epoch, now });
        await session.Execute("update heads set epoch = @epoch", new { epoch });
    }

    /// <summary>Each in a statement of its own, in the order of ids, so that two nodes never wait for each other crosswise.</summary>
    internal static async Task<Dictionary<WorkspaceId, long>> Lock(Session session, IEnumerable<WorkspaceId> workspaces)
    {
        var heads = new Dictionary<WorkspaceId, long>();
        foreach (var workspace in workspaces.Distinct().Order())
        {
            if (await session.Read(Locked, [[workspace.Bytes]], row => row.Integer(0)) is [var head])
            {
                heads[workspace] = head;
            }
        }

        return heads;
    }

    internal static Task Raise(Session session, WorkspaceId workspace, long position) => session.Write(Raised, [[workspace.Bytes, position, Array.Empty<byte>()]]);
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
