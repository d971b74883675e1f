using System.Collections.Immutable;
namespace Parley.Channels.Delivering;

/// <summary>How far a message of ours has got. Only forward, but for what could not go out and is tried again.</summary>
public enum DeliveryState { Queued, Sending, Sent, Delivered, Read, Failed, Unknown, Withdrawn }

/// <summary>A message of ours that goes out to somebody on a channel.</summary>
/// <param name="Lane">To whom, by which inbox: what goes to one goes in order.</param>
/// <param name="Position">Of the entry in its workspace's log.</param>
/// <param name="Part">How many pieces of it are out.</param>
/// <param name="Tries">How often the next was tried.</param>
/// <param name="Due">Until then it is let be; while it is being sent, until then nobody else takes it.</param>
internal sealed record Outgoing(DeliveryId Id, WorkspaceId Workspace, InboxId Inbox, ConversationId Conversation, long Seq, long Position, string Address)
{
    public DeliveryState State { get; init; }

    public required DateTimeOffset Made { get; init; }

    public DateTimeOffset Due { get; init; }

    public int Tries { get; init; }

    public int Part { get; init; }

    /// <summary>What the pieces were made of when the first of them went: pieces of anything else are not these.</summary>
    public string Shape { get; init; } = "";

    /// <summary>The next piece may have arrived already.</summary>
    public bool Unsure { get; init; }

    /// <summary>Since when its channel could send it and the provider would not; null: it was not tried so far, or its channel rested.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Why it failed, or failed last.</summary>
    public string Code { get; init; } = "";

    /// <summary>In the provider's words.</summary>
    public string Said { get; init; } = "";

    /// <summary>It went out once, and came back: whoever had a copy has it, but those who are <see cref="Missing"/>.</summary>
    public bool Copied { get; init; }

    /// <summary>The addresses of those who were to have a copy and did not get it.</summary>
    public ImmutableArray<string> Missing { get; init; } = [];

    /// <summary>Those of them to whom it went now and who did not get it this time; null: it did not go, and nobody knows more of that than before.</summary>
    public ImmutableArray<string>? Lacking { get; init; }

    /// <summary>The thread was told that it did not go out.</summary>
    public bool Told { get; init; }
}
