using System.Runtime.CompilerServices;

namespace Parley.Platform.Blobs;

/// <summary>Files in a folder, spread over 256 folders by the end of their id (its beginning is a time, which would fill one after another).</summary>
public sealed class FolderBlobs(string folder) : BlobStore
{
    private const string Unfinished = ".part";

    public override long? Free => new DriveInfo(Directory.CreateDirectory(folder).FullName).AvailableFreeSpace;

    public override async Task<long> Put(Guid id, Stream content, CancellationToken cancel = default)
    {
        var path = PathOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (File.Exists(path))
        {
            throw Used(id);
        }

        var part = $"{path}.{Environment.ProcessId}{Unfinished}";
        try
        {
            long size;
            await using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous))
            {
                await content.CopyToAsync(file, cancel);
                await file.FlushAsync(cancel);
                file.Flush(flushToDisk: true);
                size = file.Length;
            }

            File.Move(part, path);
            Durable.Folder(Path.GetDirectoryName(path)!);
            return size;
        }
        catch (IOException) when (File.Exists(path))
        {
            throw Used(id);
        }
        finally
        {
            File.Delete(part);
        }
    }

    public override Task<Stream?> Open(Guid id, CancellationToken cancel = default)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public override Task<bool> Delete(Guid id, CancellationToken cancel = default)
    {
        var path = PathOf(id);
        if (!File.Exists(path))
        {
            return Task.FromResult(false);
        }

        File.Delete(path);
        return Task.FromResult(true);
    }

    public override async IAsyncEnumerable<Guid> All([EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (!Directory.Exists(folder))
        {
            yield break;
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            cancel.ThrowIfCancellationRequested();
            if (Guid.TryParseExact(Path.GetFileName(path), "N", out var id))
            {
                yield return id;
            }
        }

        await Task.CompletedTask;
    }

    public override Task Sweep(DateTimeOffset before, CancellationToken cancel = default)
    {
        foreach (var part in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, $"*{Unfinished}", SearchOption.AllDirectories) : [])
        {
            if (File.GetLastWriteTimeUtc(part) < before.UtcDateTime)
            {
                File.Delete(part);
            }
        }

        return Task.CompletedTask;
    }

    private string PathOf(Guid id)
    {
        var name = id.ToString("N");
        return Path.Combine(folder, name[^2..], name);
    }

    private static InvalidOperationException Used(Guid id) => new($"Something is kept under {id:N} already.");
}
