using System.Text.Json;
using Parley.Platform;
using Parley.Platform.Store;

namespace Parley.Log;

/// <summary>What was overwritten, ids only: one line of <c>erasures.ndjson</c>. A backup from before still has the words; restoring it applies these lines again.</summary>
/// <param name="Seq">Which body; absent: every erasable one of the subject.</param>
/// <param name="Place">Where the log says so.</param>
public sealed record Erasure(WorkspaceId Workspace, string Kind, string Subject, long? Seq, string Reason, DateTimeOffset At, LogPlace? Place = null)
{
    public static Erasure Of(Entry entry, long? seq, string reason) => new(entry.Workspace, entry.Subject.Kind, Base32.Encode(entry.Subject.Id), seq, reason, entry.At);
}

/// <summary>A position in a workspace's log; another epoch is another log. Alone in a line of the list it says that the list is whole up to there.</summary>
public sealed record LogPlace(WorkspaceId Workspace, string Epoch, long Position);

/// <summary>Keeps the list of erasures beside the store, and applies it to a store that was put back to an earlier day.</summary>
public static class Erasures
{
    public const string FileName = "erasures.ndjson";

    /// <summary>Adds lines (erasures, or a place), on disk when it returns. A line that is there twice does no harm.</summary>
    public static async Task Append<T>(string folder, IReadOnlyCollection<T> lines)
    {
        await using var file = new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        file.Seek(-Math.Min(1, file.Length), SeekOrigin.End);
        if (file.Length > 0 && file.ReadByte() != '\n')
        {
            // What a crash cut off must not take the next line with it.
            file.WriteByte((byte)'\n');
        }

        foreach (var line in lines)
        {
            await file.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(line, Json.Options));
            file.WriteByte((byte)'\n');
        }

        file.Flush(flushToDisk: true);
    }

    /// <summary>Overwrites in this store what the lines of a folder name. Returns how many lines there were.</summary>
    public static async Task<int> Apply(Database database, EntryTypes types, string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return 0;
        }

        var count = 0;
        await foreach (var line in File.ReadLinesAsync(path))
        {
            // A line may have been cut off by a crash; whoever wrote it wrote it again.
            if (line.Length > 0 && Parse<Erasure>(line) is { } erasure && Base32.TryDecode(erasure.Subject, out var id))
            {
                await database.Write(session => Overwriting.Save(session, types, erasure.Workspace, new Overwrite(new Subject(erasure.Kind, id), erasure.Seq, erasure.Reason)));
                count++;
            }
        }

        return count;
    }

    /// <summary>True where the list knows of what this log does not: the store was put back to an earlier day. Of what was said again in a later log, the later word counts.</summary>
    public static async Task<bool> Beyond(Database database, string folder)
    {
        var heads = await Tops(database);
        return (await Lines(folder)).Where(line => heads.ContainsKey(line.Workspace)).GroupBy(Same).Select(Newest).Any(line => heads[line.Workspace] is var (epoch, head) && (line.Place is not { } place || place.Epoch != epoch || place.Position > head));
    }

    /// <summary>All that the list names is erased in this store: says so of its present log, so that it is not erased once more when the next begins. That the list is whole is not said.</summary>
    public static async Task Settle(Database database, string folder)
    {
        var heads = await Tops(database);
        var lines = (await Lines(folder)).Where(line => heads.ContainsKey(line.Workspace)).GroupBy(Same).Select(Newest).Where(line => line.Place?.Epoch != heads[line.Workspace].Epoch).ToList();
        await (lines.Count == 0 ? Task.CompletedTask : Append(folder, lines.ConvertAll(line => line with { Place = new LogPlace(line.Workspace, heads[line.Workspace].Epoch, 0) })));
    }

    private static async Task<Dictionary<WorkspaceId, (string Epoch, long Position)>> Tops(Database database) =>
        (await database.Read(session => session.Query<(byte[] Workspace, long Position, byte[] Epoch)>("select workspace, position, epoch from heads")))
        .ToDictionary(head => WorkspaceId.From(head.Workspace), head => (Convert.ToHexStringLower(head.Epoch), head.Position));

    private static (WorkspaceId Workspace, string Kind, string Subject, long? Seq) Same(Erasure line) => (line.Workspace, line.Kind, line.Subject, line.Seq);

    /// <summary>The furthest of the log that was written of last.</summary>
    private static Erasure Newest(IEnumerable<Erasure> same)
    {
        var lines = same.ToList();
        return lines.Where(line => line.Place?.Epoch == lines[^1].Place?.Epoch).MaxBy(line => line.Place?.Position ?? 0)!;
    }

    /// <summary>The lines of a folder's list.</summary>
    public static async Task<List<Erasure>> Lines(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) ? [.. Lines(await File.ReadAllLinesAsync(path))] : [];
    }

    /// <summary>The lines that are whole.</summary>
    public static IEnumerable<Erasure> Lines(IEnumerable<string> lines) => lines.Where(line => line.Length > 0).Select(Parse<Erasure>).OfType<Erasure>();

    /// <summary>Up to where a folder's list is whole, by workspace and epoch.</summary>
    public static async Task<Dictionary<(WorkspaceId Workspace, string Epoch), long>> Whole(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var places = new Dictionary<(WorkspaceId, string), long>();
        await foreach (var line in File.Exists(path) ? File.ReadLinesAsync(path) : AsyncEnumerable.Empty<string>())
        {
            if (line.Length > 0 && (Parse<Erasure>(line)?.Place ?? Parse<LogPlace>(line)) is { } place)
            {
                places[(place.Workspace, place.Epoch)] = Math.Max(place.Position, places.GetValueOrDefault((place.Workspace, place.Epoch)));
            }
        }

        return places;
    }

    private static T? Parse<T>(string line)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Json.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
