using System.Data.Common;
using Dapper;
using Parley.Platform.Store;

namespace Parley.Log;

/// <summary>A page of a timeline, ascending by seq. <paramref name="More"/>: there is more in the direction that was asked for.</summary>
public sealed record TimelinePage(IReadOnlyList<Entry> Items, bool More);

/// <summary>Reads the log: a subject's timeline, or a workspace's log in the order of commits. Checks no access: its callers do.</summary>
public sealed class LogReader(Database database, EntryTypes types)
{
    /// <summary>Entries of one subject: after a seq, before a seq, or the newest. With <paramref name="publicOnly"/>, what is internal is left out in the store.</summary>
    public Task<TimelinePage> Timeline(Subject subject, long? after, long? before, int limit, bool publicOnly, long from = 0) => database.Read(async session =>
    {
        var filter = publicOnly ? "and visibility = 0" : "";
        var forward = after is not null;
        var sql = $"""
            select {LogStore.EntryColumns} from entries
            where subject = @subject and seq >= @from and {(forward ? "seq > @bound" : "seq < @bound")} {filter}
            order by seq {(forward ? "asc" : "desc")} limit @take
            """;
        var bound = after ?? before ?? long.MaxValue;
        var items = await Read(session, types, sql, new { subject = subject.Bytes, from, bound, take = limit + 1 });
        var more = items.Count > limit;
        if (more)
        {
            items.RemoveAt(limit);
        }

        if (!forward)
        {
            items.Reverse();
        }

        return new TimelinePage(items, more);
    });

    /// <summary>The workspace's log after a position, in order.</summary>
    public Task<List<Entry>> After(WorkspaceId workspace, long position, int limit) => database.Read(session => After(session, workspace, position, limit));

    public Task<List<Entry>> After(Session session, WorkspaceId workspace, long position, int limit) => After(session, types, workspace, position, limit);

    internal static Task<List<Entry>> After(Session session, EntryTypes types, WorkspaceId workspace, long position, int limit) => Read(session, types,
        $"select {LogStore.EntryColumns} from entries where workspace = @workspace and position > @position order by position limit @limit",
        new { workspace = workspace.Bytes, position, limit });

    /// <summary>The entries of some types after a position, in order.</summary>
    public Task<List<Entry>> OfTypes(WorkspaceId workspace, string[] names, long position, int limit) => database.Read(session => Read(session, types,
        $"select {LogStore.EntryColumns} from entries where workspace = @workspace and position > @position and {session.Dialect.In("type", "names")} order by position limit @limit",
        new { workspace = workspace.Bytes, position, names, limit }));

    /// <summary>The last position of a workspace that was written before a time, as far as its clock went forward. A few looks, whatever the length of the log.</summary>
    public Task<long> Before(WorkspaceId workspace, DateTimeOffset time) => database.Read(async session =>
    {
        var (low, high) = (0L, await session.One<long?>("select position from heads where workspace = @workspace", new { workspace = workspace.Bytes }) ?? 0);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            var at = await session.One<long>("select at from entries where workspace = @workspace and position = @middle", new { workspace = workspace.Bytes, middle });
            (low, high) = at < time.ToUnixTimeMilliseconds() ? (middle, high) : (low, middle - 1);
        }

        return low;
    });

    /// <summary>The entries of one type of a subject after a seq, in order: for types of which a subject has few.</summary>
    public Task<List<Entry>> OfType(Subject subject, string name, long after) => database.Read(session => Read(session, types,
        $"select {LogStore.EntryColumns} from entries where subject = @subject and seq > @after and type = @name order by seq",
        new { subject = subject.Bytes, name, after }));

    /// <summary>The workspace's last position and the store's epoch; null for an unknown workspace.</summary>
    public Task<(long Position, byte[] Epoch)?> Head(WorkspaceId workspace) => database.Read(async session =>
    {
        var row = await session.One<(long? Position, byte[] Epoch)>("select position, epoch from heads where workspace = @workspace", new { workspace = workspace.Bytes });
        return row.Position is { } position ? (position, row.Epoch) : ((long, byte[])?)null;
    });

    public Task<Entry?> One(Subject subject, long seq) => database.Read(async session => (await Slice(session, types, subject, seq, seq)).FirstOrDefault());

    /// <summary>All marks of some subjects.</summary>
    public Task<List<Mark>> Marks(string kind, IReadOnlyList<Guid> subjects) => database.Read(session => session.Read(
        LogStore.MarksOf,
        subjects.Select(id => new object[] { id.ToByteArray(bigEndian: true) }).ToList(),
        row => new Mark(
            new Subject(kind, new Guid(row.Bytes(0), bigEndian: true)),
            row.Text(1),
            Author.FromBytes(row.Bytes(2)),
            row.Integer(3),
            DateTimeOffset.FromUnixTimeMilliseconds(row.Integer(4)))));

    internal static Task<List<Entry>> Slice(Session session, EntryTypes types, Subject subject, long first, long last) => Read(session, types,
        $"select {LogStore.EntryColumns} from entries where subject = @subject and seq between @first and @last order by seq",
        new { subject = subject.Bytes, first, last });

    /// <summary>The timelines of many contacts at once, each in order, without old visits: of all else a contact has little.</summary>
    internal static async Task<ILookup<Subject, Entry>> Timelines(Session session, EntryTypes types, IEnumerable<Subject> subjects) =>
        (await session.Read(LogStore.Timelines, [.. subjects.Select(subject => new object[] { subject.Bytes })], row => LogStore.Read(row, types)))
            .OrderBy(entry => entry.Seq).ToLookup(entry => entry.Subject);

    private static async Task<List<Entry>> Read(Session session, EntryTypes types, string sql, object parameters)
    {
        await using var reader = (DbDataReader)await session.Connection.ExecuteReaderAsync(sql, parameters, session.Transaction, session.Patience);
        var (entries, row) = (new List<Entry>(), new ReaderRow(reader));
        while (await reader.ReadAsync())
        {
            entries.Add(LogStore.Read(row, types));
        }

        return entries;
    }
}

/// <summary>Makes a state anew from its entries, a slice at a time, when the code that folds has changed.</summary>
internal static class Folding
{
    private const int SliceSize = 1_000;

    public static async Task<Versioned> Anew(Session session, EntryTypes types, SubjectKind kind, Subject subject, WorkspaceId workspace)
    {
        var state = Versioned.New(workspace, kind);
        while (true)
        {
            var slice = await LogReader.Slice(session, types, subject, state.Seq + 1, state.Seq + SliceSize);
            state = slice.Aggregate(state, (folded, entry) => folded.With(kind, entry));
            if (slice.Count < SliceSize)
            {
                return state;
            }
        }
    }
}
