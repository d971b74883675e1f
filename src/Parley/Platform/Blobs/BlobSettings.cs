using System.ComponentModel;
using Parley.Platform.Store;

namespace Parley.Platform.Blobs;

/// <summary>Where files are kept.</summary>
public sealed record BlobSettings(
    [Description("A folder for files; on a cluster one that all nodes share. Empty: the folder 'files' beside the embedded store, or PostgreSQL itself.")] string? Folder = null)
{
    /// <summary>The one place where the blob store is chosen.</summary>
    public BlobStore Open(Database database, TimeProvider time) => (Folder, database.Dialect) switch
    {
        ({ } folder, _) => new FolderBlobs(folder),
        (_, SqliteDialect sqlite) => new FolderBlobs(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(sqlite.Path))!, "files")),
        _ => new StoreBlobs(database, time),
    };
}
