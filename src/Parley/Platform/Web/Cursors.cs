using System.Text.Json;
using Parley.Platform.Keys;

namespace Parley.Platform.Web;

/// <summary>
/// Cursors as they leave the server: opaque (they hold positions, which tell how busy a company is), bound to what they are for and to the
/// store's epoch, and of no use once changed.
/// </summary>
public sealed class Cursors(KeyRing keys)
{
    private const int EpochSize = 8;

    /// <param name="kind">What it is for: <c>conversations</c>, <c>changes</c>, <c>stream</c>, with the viewer's side or query where another's must not fit.</param>
    public string Write<T>(string kind, byte[] epoch, T place) => keys.Seal(Purpose(kind), [.. epoch.AsSpan(0, EpochSize), .. JsonSerializer.SerializeToUtf8Bytes(place, Json.Options)]);

    /// <summary>Reads a cursor that <see cref="Write"/> made for the same kind; says whether it is of the store's epoch.</summary>
    /// <returns>Null for anything that is not such a cursor.</returns>
    public Cursor<T>? Read<T>(string kind, byte[] epoch, string? text)
    {
        if (keys.Unseal(Purpose(kind), text) is not { Length: > EpochSize } bytes)
        {
            return null;
        }

        var place = JsonSerializer.Deserialize<T>(bytes.AsSpan(EpochSize), Json.Options);
        return place is null ? null : new Cursor<T>(place, bytes.AsSpan(0, EpochSize).SequenceEqual(epoch.AsSpan(0, EpochSize)));
    }

    private static string Purpose(string kind) => $"cursor:{kind}";

    public static Problem Invalid { get; } = new("cursor.invalid", "This cursor is not one that this address gave.", 400);
}

/// <summary>A place in a list or a log. <paramref name="Current"/> is false when the store was restored since: the place means nothing any more.</summary>
public sealed record Cursor<T>(T Place, bool Current);
