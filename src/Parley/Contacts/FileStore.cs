using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Parley.Log;
using Parley.Platform.Blobs;
using Parley.Platform.Store;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Contacts;

/// <summary>A file that somebody uploaded. Its bytes are in the blob store under the same id.</summary>
public sealed record StoredFile(FileId Id, string Name, long Size, string Mime, int? Width, int? Height);

/// <summary>
/// What files there are and whose. A file is its uploader's until a message takes it (by a claim, in the message's own transaction); from then on
/// it is the thread's. One that nothing took goes after a day.
/// </summary>
public sealed partial class FileStore(Database database, BlobStore blobs, FileSettings settings, TimeProvider time, ILogger<FileStore> log)
{
    /// <summary>A row and a place in the folder cost as much, however little is in the file.</summary>
    private const long LeastCounted = 64 * 1024;

    private readonly RateLimit _lookUps = new(time, perSecond: 1 / 30.0, burst: 3);

    private const string ClaimPrefix = "file:";

    /// <summary>A file is of one thread, so that who may read the thread says who may read the file.</summary>
    public static readonly Refusal Taken = new("file.taken", "This file is part of another conversation. Upload it again to send it here.");

    /// <summary>The unique key by which a thread holds a file.</summary>
    public static string ClaimKey(FileId file) => ClaimPrefix + file;

    /// <summary>Keeps a file, bytes and all; false where its uploader, or all who upload from the same address, have too much that no message took.</summary>
    /// <param name="source">The address of a stranger; null for whom we know.</param>
    public async Task<bool> Keep(WorkspaceId workspace, Author uploader, string? source, StoredFile file, Stream content, CancellationToken cancel = default)
    {
        var hashed = source is null ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)).AsSpan(0, 16));
        if (!await Fits("uploader", uploader.Bytes, file.Size, settings.UnsentPerUploader) || (hashed != "" && !await Fits("source", hashed, file.Size, settings.UnsentPerAddress)))
        {
            return false;
        }

        // The row first: bytes of which no row speaks would lie there for ever. One without its bytes goes after a day.
        await Add(workspace, uploader, file, time.GetUtcNow(), hashed);
        try
        {
            await blobs.Put(file.Id.Value, content, cancel);
        }
        catch
        {
            await Lesser.Write(database, log, "uploadUndone", session => session.Execute("delete from files where id = @id", new { id = file.Id.Bytes }));
            throw;
        }

        return true;
    }

    public Task Add(WorkspaceId workspace, Author uploader, StoredFile file, DateTimeOffset now, string source = "") => database.Write(session => session.Execute(
        "insert into files (id, workspace, uploader, name, size, mime, width, height, at, source) values (@id, @workspace, @uploader, @Name, @Size, @Mime, @Width, @Height, @at, @source)",
        new { id = file.Id.Bytes, workspace = workspace.Bytes, uploader = uploader.Bytes, file.Name, file.Size, file.Mime, file.Width, file.Height, at = now.ToUnixTimeMilliseconds(), source }));

    /// <summary>A file that this principal uploaded, as whomever; null for any other.</summary>
    public Task<StoredFile?> Own(Principal who, FileId id) => database.Read(async session =>
        await session.One<Row>($"select {Columns} from files where id = @id and workspace = @workspace", new { id = id.Bytes, workspace = who.Workspace.Bytes }) is { } row
        && who.Wrote(Author.FromBytes(row.Uploader)) ? Map(row) : null);

    /// <summary>Any file; only for who shows a signed address.</summary>
    public Task<StoredFile?> Find(FileId id) => database.Read(async session => Map(await session.One<Row>($"select {Columns} from files where id = @id", new { id = id.Bytes })));

    public Task Delete(IReadOnlyList<FileId> ids) => Delete(database, blobs, ids);

    /// <summary>Takes files out of the world: the row first, so that nothing refers to bytes that are gone.</summary>
    public static async Task Delete(Database database, BlobStore blobs, IReadOnlyList<FileId> ids)
    {
        foreach (var id in ids)
        {
            await database.Write(session => session.Execute("delete from files where id = @id", new { id = id.Bytes }));
            await blobs.Delete(id.Value);
        }
    }

    /// <summary>The files that a thread holds and none of its messages has any more: one file may have been sent in several.</summary>
    public static async Task<List<FileId>> Loose(Session session, EntryTypes types, WorkspaceId workspace, Subject thread)
    {
        // What is held first: a message that takes a file meanwhile is then among those that are read.
        var held = await session.Query<string>(
            "select key from claims where workspace = @workspace and subject = @subject and key like 'file:%'", new { workspace = workspace.Bytes, subject = thread.Bytes });
        if (held.Count == 0)
        {
            return [];
        }

        var bodies = await session.Query<string>(
            $"select body from entries where subject = @subject and {session.Dialect.In("type", "types")} and body like '%\"fil_%'", new { subject = thread.Bytes, types = types.Erasable });
        var carried = bodies.SelectMany(body => Card().Matches(body)).Select(match => FileId.Parse(match.Groups[1].Value)).ToHashSet();
        return [.. held.Select(key => FileId.Parse(key[ClaimPrefix.Length..])).Where(file => !carried.Contains(file))];
    }

    /// <summary>Deletes what was uploaded before a time and never taken. Returns how many.</summary>
    public async Task<int> Sweep(DateTimeOffset before)
    {
        var old = await database.Read(session => session.Query<(byte[] Id, byte[] Workspace)>(
            "select id, workspace from files where taken = 0 and at < @before order by at limit 1000", new { before = before.ToUnixTimeMilliseconds() }));
        var deleted = 0;
        foreach (var (bytes, workspace) in old)
        {
            var id = FileId.From(bytes);
            if (await Settle(bytes, workspace))
            {
                continue;
            }

            await Delete([id]);
            deleted++;
        }

        await blobs.Sweep(before);
        return deleted;
    }

    /// <summary>What messages took meanwhile is looked up only where it seems to be too much, and then not again at once.</summary>
    private async Task<bool> Fits(string column, object of, long size, long limit)
    {
        Task<long> Unsent() => database.Read(session => session.One<long>(
            $"select cast(coalesce(sum(case when size < {LeastCounted} then {LeastCounted} else size end), 0) as bigint) from files where {column} = @of and taken = 0 {(column == "source" ? "and source <> ''" : "")}",
            new { of }));
        if (await Unsent() + size <= limit)
        {
            return true;
        }

        if (_lookUps.Take($"{column}:{(of is byte[] bytes ? Convert.ToHexString(bytes) : of)}") > TimeSpan.Zero)
        {
            return false;
        }

        var open = await database.Read(session => session.Query<(byte[] Id, byte[] Workspace)>($"select id, workspace from files where {column} = @of and taken = 0 limit 10000", new { of }));
        foreach (var (id, workspace) in open)
        {
            await Settle(id, workspace);
        }

        return await Unsent() + size <= limit;
    }

    /// <summary>Notes of a file that a thread holds it; false for one that none does. Then nobody need know any more where it came from.</summary>
    private async Task<bool> Settle(byte[] id, byte[] workspace)
    {
        if (await database.Read(session => Claims.Holder(session, WorkspaceId.From(workspace), ClaimKey(FileId.From(id)))) is null)
        {
            return false;
        }

        await database.Write(session => session.Execute("update files set taken = 1, source = '' where id = @id", new { id }));
        return true;
    }

    private const string Columns = "id, uploader, name, size, mime, width, height";

    private static StoredFile? Map(Row? row) => row is null ? null : new(FileId.From(row.Id), row.Name, row.Size, row.Mime, (int?)row.Width, (int?)row.Height);

    /// <summary>A file in a body. What somebody typed has its quotation marks escaped there, and no other shape begins with these three, so no words look like one.</summary>
    [GeneratedRegex("""\{"id":"(fil_[0-9a-z]{26})","name":"(?:[^"\\]|\\.)*","size":[0-9]""")]
    private static partial Regex Card();

    private sealed class Row
    {
        public byte[] Id { get; init; } = [];

        public byte[] Uploader { get; init; } = [];

        public string Name { get; init; } = "";

        public long Size { get; init; }

        public string Mime { get; init; } = "";

        public long? Width { get; init; }

        public long? Height { get; init; }
    }
}
