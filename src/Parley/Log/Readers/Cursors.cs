using Parley.Platform.Store;

namespace Parley.Log.Readers;

/// <summary>How far a reader has come in each workspace: <see cref="Clearing"/>, or the position of the last entry that it has worked in.</summary>
internal static class Cursors
{
    /// <summary>Its rows are being deleted, to be made anew from the beginning.</summary>
    public const long Clearing = -1;

    public static async Task<Dictionary<WorkspaceId, long>> All(Session session, string reader) =>
        (await session.Query<(byte[] Workspace, long Position)>("select workspace, position from cursors where reader = @reader", new { reader }))
            .ToDictionary(row => WorkspaceId.From(row.Workspace), row => row.Position);

    public static async Task<long> Of(Session session, string reader, WorkspaceId workspace) =>
        await session.One<long?>("select position from cursors where reader = @reader and workspace = @workspace", new { reader, workspace = workspace.Bytes }) ?? 0;

    /// <summary>Moves the cursor, first thing in the transaction, so that a second holder waits here and then finds it moved. False: somebody else did, or the lease is gone.</summary>
    public static async Task<bool> Move(Session session, string reader, WorkspaceId workspace, long from, long to, Lease lease)
    {
        if (from == 0)
        {
            await session.Execute("insert into cursors (reader, workspace, position) values (@reader, @workspace, 0) on conflict (reader, workspace) do nothing",
                new { reader, workspace = workspace.Bytes });
        }

        return await session.Execute(
            $"""
            {session.Dialect.Lightly}update cursors set position = @to
            where reader = @reader and workspace = @workspace and position = @from and exists (select 1 from leases where name = @Name and number = @Number)
            """,
            new { to, reader, workspace = workspace.Bytes, from, lease.Name, lease.Number }) == 1;
    }

    /// <summary>Has the reader start anew everywhere. Whoever runs it notices by the cursor that is no longer where it was.</summary>
    public static Task<int> Restart(Session session, string reader) =>
        session.Execute("update cursors set position = @Clearing where reader = @reader", new { Clearing, reader });
}
