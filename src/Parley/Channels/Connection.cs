using System.Collections.Immutable;
using System.Text.Json;

namespace Parley.Channels;

/// <summary>An inbox's channel as it is set up: its settings, secrets and all. Handed to nobody outside.</summary>
/// <param name="Receives">The whole address at which the provider calls; null: nobody has said what this installation is called.</param>
public sealed record Connection(WorkspaceId Workspace, InboxId Inbox, string Kind, ImmutableSortedDictionary<string, JsonElement> Values, string? Receives = null)
{
    /// <summary>How often somebody set it up otherwise.</summary>
    public long Changes { get; init; }

    public const string Route = "/v1/channels/{id}/inbound";

    /// <summary>The settings as the channel's own record.</summary>
    public T Settings<T>()
        where T : class => JsonSerializer.Deserialize<T>(JsonSerializer.SerializeToUtf8Bytes(Values, Platform.Json.Options), Platform.Json.Options)!;

    public string? Text(string field) => Values.TryGetValue(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>How it stands with a channel.</summary>
/// <param name="On">False where somebody switched it off: nothing goes out, and what waits does so.</param>
/// <param name="Broken">Why nothing goes out, where its settings are wrong; null: it does.</param>
/// <param name="Since">Since when.</param>
public sealed record ConnectionState(bool On, string? Broken, DateTimeOffset? Since, DateTimeOffset? LastIn, DateTimeOffset? LastOut)
{
    /// <summary>When one is tried that shows whether it was mended.</summary>
    public DateTimeOffset? Probe { get; init; }

    /// <summary>Whether something may go out now.</summary>
    public bool Goes(DateTimeOffset now) => On && (Broken is null || Probe <= now);
}
