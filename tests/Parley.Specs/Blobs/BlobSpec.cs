using System.Security.Cryptography;
using Parley.Platform;
using Parley.Platform.Blobs;
using Parley.Platform.Store;
using Parley.Specs.Engines;

namespace Parley.Specs.Blobs;

/// <summary>What every place for files does alike.</summary>
public abstract class BlobSpec : IAsyncLifetime
{
    private BlobStore _blobs = null!;

    protected abstract Task<BlobStore> Make();

    public async Task InitializeAsync() => _blobs = await Make();

    public abstract Task DisposeAsync();

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256 * 1024)]
    [InlineData((256 * 1024) + 1)]
    [InlineData(3_000_000)]
    public async Task What_was_kept_is_there_byte_for_byte(int size)
    {
        var (id, bytes) = (Guid.CreateVersion7(), RandomNumberGenerator.GetBytes(size));
        (await _blobs.Put(id, new MemoryStream(bytes))).ShouldBe(size);
        await using var stream = (await _blobs.Open(id))!;
        stream.Length.ShouldBe(size);
        (await All(stream)).AsSpan().SequenceEqual(bytes).ShouldBeTrue();
    }

    [SkippableFact]
    public async Task It_can_be_read_from_any_place()
    {
        var (id, bytes) = (Guid.CreateVersion7(), RandomNumberGenerator.GetBytes(700_000));
        await _blobs.Put(id, new MemoryStream(bytes));
        await using var stream = (await _blobs.Open(id))!;
        foreach (var place in new[] { 262_143, 262_144, 0, 699_999, 524_288 })
        {
            stream.Position = place;
            var some = new byte[Math.Min(1_000, bytes.Length - place)];
            await stream.ReadExactlyAsync(some);
            some.ShouldBe(bytes[place..(place + some.Length)]);
        }

        stream.Seek(0, SeekOrigin.End);
        (await stream.ReadAsync(new byte[1])).ShouldBe(0);
    }

    [SkippableFact]
    public async Task What_was_never_kept_is_not_there()
    {
        (await _blobs.Open(Guid.CreateVersion7())).ShouldBeNull();
        (await _blobs.Delete(Guid.CreateVersion7())).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task What_was_deleted_is_gone()
    {
        var id = Guid.CreateVersion7();
        await _blobs.Put(id, new MemoryStream([1, 2, 3]));
        (await _blobs.Delete(id)).ShouldBeTrue();
        (await _blobs.Open(id)).ShouldBeNull();
        (await Ids()).ShouldNotContain(id);
    }

    [SkippableFact]
    public async Task An_id_is_used_once()
    {
        var id = Guid.CreateVersion7();
        await _blobs.Put(id, new MemoryStream([1]));
        await Should.ThrowAsync<InvalidOperationException>(() => _blobs.Put(id, new MemoryStream([2])));
        await using var stream = (await _blobs.Open(id))!;
        (await All(stream)).ShouldBe([1]);
    }

    [SkippableFact]
    public async Task An_upload_that_breaks_off_leaves_nothing_and_can_be_repeated()
    {
        var id = Guid.CreateVersion7();
        await Should.ThrowAsync<IOException>(() => _blobs.Put(id, new Breaking(600_000)));
        (await _blobs.Open(id)).ShouldBeNull();
        (await Ids()).ShouldNotContain(id);
        (await _blobs.Put(id, new MemoryStream([7]))).ShouldBe(1);
    }

    [SkippableFact]
    public async Task What_is_still_coming_in_is_not_there_yet_and_not_swept_away()
    {
        var id = Guid.CreateVersion7();
        var coming = new Slow();
        var put = _blobs.Put(id, coming);
        await coming.Asked.Task;
        (await _blobs.Open(id)).ShouldBeNull();
        (await Ids()).ShouldNotContain(id);
        await _blobs.Sweep(TimeProvider.System.GetUtcNow().AddHours(-24));
        coming.Go.SetResult();
        (await put).ShouldBe(3);
        (await _blobs.Open(id)).ShouldNotBeNull().Dispose();
    }

    [SkippableFact]
    public async Task All_are_listed()
    {
        var ids = Enumerable.Range(0, 30).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var id in ids)
        {
            await _blobs.Put(id, new MemoryStream([1]));
        }

        (await Ids()).Order().ShouldBe(ids.Order());
    }

    private async Task<List<Guid>> Ids()
    {
        var ids = new List<Guid>();
        await foreach (var id in _blobs.All())
        {
            ids.Add(id);
        }

        return ids;
    }

    private static async Task<byte[]> All(Stream stream)
    {
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        return memory.ToArray();
    }

    /// <summary>Gives some bytes and then fails, like a connection that is lost.</summary>
    private sealed class Breaking(int after) : MemoryStream(new byte[after])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel = default) =>
            await base.ReadAsync(buffer, cancel) is > 0 and var read ? read : throw new IOException("lost");
    }

    /// <summary>Waits in the middle.</summary>
    private sealed class Slow() : MemoryStream([1, 2, 3])
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel = default)
        {
            Asked.TrySetResult();
            await Go.Task;
            return await base.ReadAsync(buffer, cancel);
        }
    }
}

public sealed class FolderBlobSpec : BlobSpec
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-blobs-").FullName;

    protected override Task<BlobStore> Make() => Task.FromResult<BlobStore>(new FolderBlobs(_folder));

    public override Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}

public abstract class StoreBlobSpec : BlobSpec
{
    private Engine? _engine;
    private Database? _database;

    protected abstract Task<Engine> Engine();

    protected sealed override async Task<BlobStore> Make()
    {
        _engine = await Engine();
        _database = new Database(_engine.Open());
        await new Migrations(_database, PlatformModule.Module.Migrations, TimeProvider.System).Apply();
        return new StoreBlobs(_database, TimeProvider.System);
    }

    public sealed override async Task DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
            await _engine!.DisposeAsync();
        }
    }
}

public sealed class SqliteBlobSpec : StoreBlobSpec
{
    protected override Task<Engine> Engine() => Task.FromResult<Engine>(new SqliteEngine());
}

public sealed class PostgresBlobSpec : StoreBlobSpec
{
    protected override Task<Engine> Engine() => PostgresEngine.Make();
}
