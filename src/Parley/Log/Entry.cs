using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Platform;

namespace Parley.Log;

public enum AuthorKind { Contact, Agent, Bot, Rule, Program, System }

/// <summary>Who did it. Names are joined on reading, never stored here.</summary>
public readonly record struct Author(AuthorKind Kind, Guid? Id = null)
{
    public static readonly Author System = new(AuthorKind.System);

    /// <summary>The 1 or 17 bytes that stand for the author in keys.</summary>
    [JsonIgnore]
    public byte[] Bytes => Id is { } id ? [(byte)Kind, .. id.ToByteArray(bigEndian: true)] : [(byte)Kind];

    public static Author FromBytes(byte[] bytes) => new((AuthorKind)bytes[0], bytes.Length == 17 ? new Guid(bytes.AsSpan(1), bigEndian: true) : null);
}

public enum Visibility { Public, Internal }

/// <summary>The way a message came or goes: the inbox, the address, the provider's own id.</summary>
public sealed record Via(InboxId Inbox, string? Identity = null, string? ProviderId = null);

/// <summary>What caused an entry that no person wrote. Depth counts how many automatic entries stand before it in the chain.</summary>
public sealed record Trigger(long? Seq = null, string? Rule = null, string? Timer = null, string? Reader = null, int Depth = 0);

/// <summary>One numbered fact in a subject's timeline. Immutable; only <see cref="Body"/> is ever overwritten, by redaction and erasure.</summary>
public sealed record Entry
{
    public required WorkspaceId Workspace { get; init; }

    public required Subject Subject { get; init; }

    /// <summary>1, 2, 3 … within the subject, without a gap.</summary>
    public required long Seq { get; init; }

    /// <summary>1, 2, 3 … within the workspace, in the order of commits.</summary>
    public required long Position { get; init; }

    /// <summary>The seq of the public entry before this one; 0 for the first. Only on public entries.</summary>
    public long? Prev { get; init; }

    /// <summary>When the server wrote it; never decreases within a subject.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it happened, in the words of a provider or an import.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    public required string Type { get; init; }

    /// <summary>The version of the body's shape as it was written.</summary>
    public required int V { get; init; }

    public required Author Author { get; init; }

    /// <summary>The person a program acts for.</summary>
    public Author? For { get; init; }

    public required Visibility Visibility { get; init; }

    /// <summary>A whisper: only these agents may read it.</summary>
    public IReadOnlyList<AgentId>? OnlyFor { get; init; }

    public Via? Via { get; init; }

    public Trigger? Trigger { get; init; }

    /// <summary>True for what was imported: readers with effects on the world skip it.</summary>
    public bool Historic { get; init; }

    /// <summary>The id of the command that wrote it.</summary>
    public required string Command { get; init; }

    public required EntryBody Body { get; init; }

    /// <summary>The body as JSON text, as it stands in the store (upcast where its version was older).</summary>
    [JsonIgnore]
    public string BodyJson => field ??= JsonSerializer.Serialize(Body, Body.GetType(), Platform.Json.Options);
}

/// <summary>
/// What an entry says. Each kind of entry is one sealed record, registered with its name and version in its kind's list of
/// <see cref="EntryType"/>s. No field may bear a name of the envelope's: on the wire both stand flat beside each other.
/// </summary>
public abstract record EntryBody
{
    /// <summary>What the customer may see unless the draft says otherwise. Not public, so that no override of it can end up in the body.</summary>
    internal virtual Visibility Visibility => Visibility.Internal;
}

/// <summary>A body that was overwritten: the fact stays, what it said is gone.</summary>
public sealed record RedactedBody(string Redacted) : EntryBody
{
    internal override Visibility Visibility => Visibility.Public;
}

/// <summary>A body that this version does not know (a newer one wrote it). It changes nothing in a fold.</summary>
public sealed record UnknownBody(JsonElement Raw) : EntryBody;
