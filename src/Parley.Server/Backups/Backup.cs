using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Blobs;
using Parley.Platform.Store;

namespace Parley.Server.Backups;

/// <summary>
/// A copy of everything that cannot be made anew, in one archive, while the server goes on: the tables as of one moment, then the files. A
/// file that came later is one too many, which harms nothing; one that went in between was erased, and must be missing.
/// </summary>
internal sealed class Backup(Database database, BlobStore blobs, TimeProvider time, Action<string> progress)
{
    private static readonly HashSet<string> Passing = [.. Product.Modules.SelectMany(module => module.Passing), "migrations"];

    /// <summary>Writes the archive; its name is taken only when it is whole.</summary>
    public async Task Write(string path, string folder)
    {
        var part = $"{path}.part";
        try
        {
            await using (var file = new FileStream(part, OwnersAlone(FileOptions.None)))
            {
                await using (var packed = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
                await using (var archive = new TarWriter(packed, TarEntryFormat.Pax))
                {
                    await Fill(archive, folder, part);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
            Durable.Folder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private async Task Fill(TarWriter archive, string folder, string part)
    {
        await database.Snapshot(async session =>
        {
            var steps = await session.Query<long>("select number from migrations order by number");
            await Add(archive, Manifest.Name, JsonSerializer.SerializeToUtf8Bytes(new Manifest(Manifest.CurrentFormat, Manifest.ProgramVersion, time.GetUtcNow(), [.. steps.Select(step => (int)step)]), Json.Options));
            foreach (var table in (await TableCopy.Names(session)).Where(name => !Passing.Contains(name)))
            {
                progress($"{table}: {await Table(session, archive, table, $"{part}.table")} rows");
            }

            return true;
        });
        var erasures = Path.Combine(folder, Erasures.FileName);
        if (File.Exists(erasures))
        {
            await Add(archive, Erasures.FileName, await File.ReadAllBytesAsync(erasures));
        }

        progress($"{await Files(archive)} files");
    }

    /// <summary>An archive says the length of what follows first, so a table is written aside and then taken in.</summary>
    private static async Task<long> Table(Session session, TarWriter archive, string table, string aside)
    {
        await using var lines = new FileStream(aside, OwnersAlone(FileOptions.DeleteOnClose));
        var count = await TableCopy.Write(session, table, lines);
        lines.Position = 0;
        await archive.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, $"{Manifest.Tables}{table}.ndjson") { DataStream = lines });
        return count;
    }

    private async Task<int> Files(TarWriter archive)
    {
        var count = 0;
        await foreach (var id in blobs.All())
        {
            await using var content = await blobs.Open(id);
            if (content is null)
            {
                continue;
            }

            await archive.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, $"{Manifest.Files}{id:N}") { DataStream = await Whole(content) });
            count++;
        }

        return count;
    }

    /// <summary>What cannot be read without waiting is read first: the archive's writer asks for the length, and reads as it likes.</summary>
    private static async Task<Stream> Whole(Stream content)
    {
        if (content is FileStream)
        {
            return content;
        }

        var memory = new MemoryStream();
        await content.CopyToAsync(memory);
        memory.Position = 0;
        return memory;
    }

    private static FileStreamOptions OwnersAlone(FileOptions options)
    {
        var made = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Options = options, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
        {
            made.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return made;
    }

    private static Task Add(TarWriter archive, string name, byte[] content) =>
        archive.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
}
