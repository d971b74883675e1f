using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Blobs;
using Parley.Platform.Store;

namespace Parley.Server.Backups;

/// <summary>
/// Puts a backup into an empty store, of either engine, and brings it forward to this version. What was erased since the backup was made is
/// erased again, and the store gets a new epoch: whoever followed the lost one may be ahead, and starts anew.
/// </summary>
internal sealed partial class Restore(Database database, BlobStore blobs, TimeProvider time, Action<string> progress)
{
    private const string Installation = "tables/installation.ndjson";
    private const string Workspaces = "tables/heads.ndjson";

    /// <summary>Restored last: without them the store has no workspace, so that one whose restoring broke off serves nothing.</summary>
    private static readonly string[] Last = [Installation, Workspaces];

    /// <exception cref="LocalRefused">The archive is none, or the store is not empty.</exception>
    public async Task Read(string path, string folder)
    {
        await Empty();
        var last = new Dictionary<string, byte[]>();
        try
        {
            await Unpack(path, folder, last);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or JsonException)
        {
            throw new LocalRefused($"{path} is no whole backup: {error.Message} Nothing is served from the store until a restore has gone through.");
        }

        await new Migrations(database, Product.Migrations, time).Apply();
        progress($"{await Forgetting.Words(database, blobs, folder)} erasures applied again");
        await Put(Installation, last);
        await database.Write(async session =>
        {
            // What readers have made of the log is made anew from it. From here on it counts as unfinished, and there is no workspace yet.
            await session.Execute("update cursors set position = -1");
            await Heads.Renew(session, time.GetUtcNow().ToUnixTimeMilliseconds());
        });
        await Put(Workspaces, last);
        await StatesBehind.Recover(database, new SubjectKinds(Product.Modules.SelectMany(module => module.Kinds)), new EntryTypes(Product.Modules.SelectMany(module => module.Entries)));
        await database.Write(Heads.Follow);
    }

    private async Task Put(string name, Dictionary<string, byte[]> tables)
    {
        if (tables.TryGetValue(name, out var content))
        {
            await Table(name, new MemoryStream(content));
        }
    }

    private async Task Empty()
    {
        var filled = await database.Read(async session =>
        {
            foreach (var table in await TableCopy.Names(session))
            {
                if (table != "migrations" && await session.One<long>($"select count(*) from (select 1 from {table} limit 1) t") > 0)
                {
                    return true;
                }
            }

            return false;
        });
        if (filled)
        {
            var begun = (await new Migrations(database, Product.Migrations, time).Pending()).Count == 0 && await database.Read(Heads.Unfinished);
            throw new LocalRefused(begun ? "A restore into this store broke off at its end. Run 'parley migrate --promoted' to finish it." : "The store is not empty. Restore into a new folder (--data) or a new database (--store).");
        }
    }

    private async Task Unpack(string path, string folder, Dictionary<string, byte[]> last)
    {
        await using var file = File.OpenRead(path);
        await using var plain = new GZipStream(file, CompressionMode.Decompress);
        await using var archive = new TarReader(plain);
        await Shape(await archive.GetNextEntryAsync());
        var files = 0;
        while (await archive.GetNextEntryAsync() is { } entry)
        {
            var content = entry.DataStream ?? Stream.Null;
            if (Last.Contains(entry.Name))
            {
                last[entry.Name] = await Bytes(content);
            }
            else if (entry.Name.StartsWith(Manifest.Tables, StringComparison.Ordinal))
            {
                await Table(entry.Name, content);
            }
            else if (entry.Name.StartsWith(Manifest.Files, StringComparison.Ordinal) && Guid.TryParseExact(entry.Name[Manifest.Files.Length..], "N", out var id))
            {
                await blobs.Put(id, content);
                files++;
            }
            else if (entry.Name == Erasures.FileName)
            {
                await Merge(folder, await Bytes(content));
            }
        }

        progress($"{files} files");
    }

    /// <summary>Makes the tables as they were when the backup was made.</summary>
    private async Task Shape(TarEntry? first)
    {
        var manifest = first is { Name: Manifest.Name, DataStream: { } content } ? JsonSerializer.Deserialize<Manifest>(await Bytes(content), Json.Options) : null;
        if (manifest is not { Format: Manifest.CurrentFormat })
        {
            throw new InvalidDataException(manifest is null ? "it does not begin with a manifest." : $"it is of the format {manifest.Format}, which this version does not read.");
        }

        var unknown = manifest.Steps.Except(Product.Migrations.Select(step => step.Number)).ToList();
        if (unknown.Count > 0)
        {
            throw new StoreRefused("store.newer", $"The backup was made by Parley {manifest.Version} and has step {unknown[0]}, which this version does not know. Restore it with that version, or a newer one.");
        }

        progress($"backup of {manifest.Made:u}, Parley {manifest.Version}");
        await new Migrations(database, [.. Product.Migrations.Where(step => manifest.Steps.Contains(step.Number))], time).Apply();
    }

    private async Task Table(string name, Stream content)
    {
        var table = Path.GetFileNameWithoutExtension(name);
        if (!Plain().IsMatch(table))
        {
            throw new InvalidDataException("it has a table with an impossible name.");
        }

        progress($"{table}: {await TableCopy.Read(database, table, content)} rows");
    }

    /// <summary>Adds the backup's erasures to those that the folder knows: neither list need hold the other.</summary>
    private static async Task Merge(string folder, byte[] lines)
    {
        var path = Path.Combine(folder, Erasures.FileName);
        var known = File.Exists(path) ? (await File.ReadAllLinesAsync(path)).ToHashSet() : [];
        var added = System.Text.Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !known.Contains(line)).ToList();
        await File.AppendAllLinesAsync(path, added);
    }

    private static async Task<byte[]> Bytes(Stream content)
    {
        using var memory = new MemoryStream();
        await content.CopyToAsync(memory);
        return memory.ToArray();
    }

    [GeneratedRegex("^[a-z_]+$")]
    private static partial Regex Plain();
}
