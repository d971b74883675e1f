using System.Data.Common;
using System.Runtime.CompilerServices;
using Parley.Platform.Store;

namespace Parley.Platform.Blobs;

/// <summary>Files in the store itself, in chunks: every node has them, and one backup holds everything.</summary>
public sealed class StoreBlobs(Database database, TimeProvider time) : BlobStore
{
    internal const int ChunkSize = 256 * 1024;

    private const long Unfinished = -1;

    private static readonly Bulk Chunks = new("blob_chunks", [("blob", ColumnType.Bytes), ("part", ColumnType.Integer), ("bytes", ColumnType.Bytes)]);

    public override async Task<long> Put(Guid id, Stream content, CancellationToken cancel = default)
    {
        var key = Key(id);
        await Begin(id, key);
        try
        {
            // Chunk by chunk, so that a slow upload never holds the writers' lane.
            long size = 0;
            for (var part = 0L; await Fill(content, cancel) is { Length: > 0 } chunk; part++)
            {
                size += chunk.Length;
                await database.Write(session => session.Write(Chunks, [[key, part, chunk]]));
            }

            await database.Write(session => session.Execute("update blobs set size = @size where id = @key", new { key, size }));
            return size;
        }
        catch
        {
            await Delete(id, CancellationToken.None);
            throw;
        }
    }

    public override async Task<Stream?> Open(Guid id, CancellationToken cancel = default) =>
        await database.Read(session => session.One<long?>("select size from blobs where id = @key", new { key = Key(id) })) is { } size and >= 0
            ? new BlobStream(database, Key(id), size)
            : null;

    public override Task<bool> Delete(Guid id, CancellationToken cancel = default) => database.Write(async session =>
    {
        var key = Key(id);
        await session.Execute("delete from blob_chunks where blob = @key", new { key });
        return await session.Execute("delete from blobs where id = @key", new { key }) > 0;
    });

    public override async IAsyncEnumerable<Guid> All([EnumeratorCancellation] CancellationToken cancel = default)
    {
        byte[] last = [];
        while (true)
        {
            var page = await database.Read(session => session.Query<byte[]>("select id from blobs where id > @last and size >= 0 order by id limit 1000", new { last }));
            foreach (var key in page)
            {
                cancel.ThrowIfCancellationRequested();
                yield return new Guid(key, bigEndian: true);
            }

            if (page.Count == 0)
            {
                yield break;
            }

            last = page[^1];
        }
    }

    public override Task Sweep(DateTimeOffset before, CancellationToken cancel = default) => database.Write(async session =>
    {
        var bound = before.ToUnixTimeMilliseconds();
        await session.Execute("delete from blob_chunks where blob in (select id from blobs where size < 0 and made < @bound)", new { bound });
        await session.Execute("delete from blobs where size < 0 and made < @bound", new { bound });
    });

    /// <summary>Takes the id with a row that does not count yet: its size is negative until all chunks are there.</summary>
    private async Task Begin(Guid id, byte[] key)
    {
        try
        {
            await database.Write(session => session.Execute(
                "insert into blobs (id, size, made) values (@key, @Unfinished, @made)", new { key, Unfinished, made = time.GetUtcNow().ToUnixTimeMilliseconds() }));
        }
        catch (DbException error) when (database.Dialect.IsDuplicate(error))
        {
            throw new InvalidOperationException($"Something is kept under {id:N} already.", error);
        }
    }

    private static byte[] Key(Guid id) => id.ToByteArray(bigEndian: true);

    private static async Task<byte[]> Fill(Stream content, CancellationToken cancel)
    {
        var chunk = new byte[ChunkSize];
        var length = await content.ReadAtLeastAsync(chunk, ChunkSize, throwOnEndOfStream: false, cancel);
        return length == ChunkSize ? chunk : chunk[..length];
    }
}

/// <summary>Reads a blob chunk by chunk; holds no connection in between.</summary>
internal sealed class BlobStream(Database database, byte[] key, long size) : Stream
{
    private byte[] _chunk = [];
    private long _part = -1;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => size;

    public override long Position
    {
        get => _position;
        set => _position = value is >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel = default)
    {
        if (_position >= size || buffer.Length == 0)
        {
            return 0;
        }

        var part = _position / StoreBlobs.ChunkSize;
        if (part != _part)
        {
            _chunk = await database.Read(session => session.One<byte[]>("select bytes from blob_chunks where blob = @key and part = @part", new { key, part }))
                ?? throw new IOException("The file was deleted while it was read.");
            _part = part;
        }

        var offset = (int)(_position % StoreBlobs.ChunkSize);
        var length = Math.Min(buffer.Length, _chunk.Length - offset);
        _chunk.AsMemory(offset, length).CopyTo(buffer);
        _position += length;
        return length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancel) => ReadAsync(buffer.AsMemory(offset, count), cancel).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => size + offset,
    };

    /// <summary>The store is read without blocking a thread; nothing here reads otherwise.</summary>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
