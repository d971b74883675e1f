using System.Text.Json;
using Parley.Platform.Store;

namespace Parley.Chaos.Proof;

/// <param name="State">As the store numbers them: 0 and 1 are on their way, 6 is of unknown outcome, 5 was given up.</param>
public sealed record Delivery(string Id, string Conversation, long Seq, long State);

/// <summary>What lies in the store in the end, read beside all nodes and by none of their code but the words of SQL.</summary>
/// <param name="Heads">By workspace, as ids in text.</param>
/// <param name="Behind">Readers and how many entries they have not come to.</param>
/// <param name="Commands">Ids under which something was done, and how often.</param>
public sealed record Truth(IReadOnlyList<LogEntry> Log, IReadOnlyDictionary<string, long> Heads, IReadOnlyList<string> Behind, IReadOnlyDictionary<string, int> Commands, IReadOnlyList<Delivery> Deliveries)
{
    public static async Task<Truth> Read(Dialect dialect)
    {
        await using var store = new Database(dialect);
        return await store.Snapshot(async session =>
        {
            var heads = await session.Query("select workspace, position from heads", null, row => (Id: Workspace(row.Bytes(0)), Position: row.Integer(1)));
            var log = await session.Query("select workspace, position, subject, kind, seq, coalesce(prev, 0), visibility, type, at, body from entries order by workspace, position", null, row => new LogEntry(
                Workspace(row.Bytes(0)), row.Integer(1), Subject(row.Text(3), row.Bytes(2)), row.Text(3), row.Integer(4), row.Integer(5), row.Integer(6) == 0, row.Text(7), row.Integer(8), row.Text(9)));
            var cursors = await session.Query("select reader, workspace, position from cursors", null, row => (Reader: row.Text(0), Id: Workspace(row.Bytes(1)), Position: row.Integer(2)));
            var commands = await session.Query("select client_id, count(*) from commands group by client_id", null, row => (Id: row.Text(0), Count: (int)row.Integer(1)));
            var deliveries = await session.Query("select id, conversation, seq, state from deliveries", null, row => new Delivery(Convert.ToHexString(row.Bytes(0)), Subject("conversation", row.Bytes(1)), row.Integer(2), row.Integer(3)));
            var ends = heads.ToDictionary(head => head.Id, head => head.Position);
            return new Truth(log, ends, [.. cursors.Where(cursor => ends.GetValueOrDefault(cursor.Id) > cursor.Position).Select(cursor => $"{cursor.Reader} is {ends[cursor.Id] - cursor.Position} behind in {cursor.Id}")], commands.ToDictionary(command => command.Id, command => command.Count), deliveries);
        });
    }

    private static string Workspace(byte[] bytes) => new WorkspaceId(new Guid(bytes, bigEndian: true)).ToString();

    private static string Subject(string kind, byte[] bytes)
    {
        var id = new Guid(bytes, bigEndian: true);
        return kind == "conversation" ? new ConversationId(id).ToString() : $"{kind} {id:N}";
    }
}

/// <summary>What is compared of a row of the lists: all but how far one has read oneself.</summary>
public static class Rows
{
    public static string Shown(JsonElement row) => string.Join(' ', row.EnumerateObject().Where(field => field.Name != "seen").Select(field => $"{field.Name}={field.Value.GetRawText()}"));
}
