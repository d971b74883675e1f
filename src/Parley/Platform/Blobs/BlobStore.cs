namespace Parley.Platform.Blobs;

/// <summary>Keeps the bytes of files, under ids that the caller made. What is kept is whole or not there, and never changes.</summary>
public abstract class BlobStore
{
    /// <summary>Keeps all that the stream still has. On disk when it returns; a failure on the way leaves nothing behind.</summary>
    /// <returns>How many bytes it was.</returns>
    /// <exception cref="InvalidOperationException">The id has been used.</exception>
    public abstract Task<long> Put(Guid id, Stream content, CancellationToken cancel = default);

    /// <summary>How many bytes there is room for; null where nobody can say.</summary>
    public virtual long? Free => null;

    /// <summary>The bytes, to be read from the beginning and to be sought in; null for an id that nothing is kept under.</summary>
    public abstract Task<Stream?> Open(Guid id, CancellationToken cancel = default);

    /// <summary>Lets go of it; false when it was not there.</summary>
    public abstract Task<bool> Delete(Guid id, CancellationToken cancel = default);

    /// <summary>All ids, in no order; for backup and for finding what nobody refers to.</summary>
    public abstract IAsyncEnumerable<Guid> All(CancellationToken cancel = default);

    /// <summary>Removes what uploads that were cut off before <paramref name="before"/> (by a crash) have left behind.</summary>
    public abstract Task Sweep(DateTimeOffset before, CancellationToken cancel = default);
}
