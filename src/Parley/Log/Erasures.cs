using System.Text.Json;
using Parley.Platform;
using Parley.Platform.Store;

namespace Parley.Log;

/// <summary>What was overwritten, ids only: one line of <c>erasures.ndjson</c>. A backup from before still has the words; restoring it applies these lines again.</summary>
/// <param name="Seq">Which body; absent: every erasable one of the subject.</param>
public sealed record Erasure(WorkspaceId Workspace, string Kind, string Subject, long? Seq, string Reason, DateTimeOffset At)
{
    public static Erasure Of(Entry entry, long? seq, string reason) => new(entry.Workspace, entry.Subject.Kind, Base32.Encode(entry.Subject.Id), seq, reason, entry.At);
}

/// <summary>Keeps the list of erasures beside the store, and applies it to a store that was put back to an earlier day.</summary>
public static class Erasures
{
    public const string FileName = "erasures.ndjson";

    /// <summary>Adds lines, on disk when it returns. A line that is there twice does no harm.</summary>
    public static async Task Append(string folder, IReadOnlyCollection<Erasure> erasures)
    {
        await using var file = new FileStream(Path.Combine(folder, FileName), FileMode.Append, FileAccess.Write, FileShare.Read);
        foreach (var erasure in erasures)
        {
            await file.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(erasure, Json.Options));
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
            // The last line may have been cut off by a crash; the reader that wrote it writes it again.
            if (line.Length > 0 && Parse(line) is { } erasure && Base32.TryDecode(erasure.Subject, out var id))
            {
                await database.Write(session => Overwriting.Save(session, types, erasure.Workspace, new Overwrite(new Subject(erasure.Kind, id), erasure.Seq, erasure.Reason)));
                count++;
            }
        }

        return count;
    }

    /// <summary>The lines that are whole.</summary>
    public static IEnumerable<Erasure> Lines(IEnumerable<string> lines) => lines.Where(line => line.Length > 0).Select(Parse).OfType<Erasure>();

    private static Erasure? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Erasure>(line, Json.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
