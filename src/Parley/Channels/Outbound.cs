using System.Collections.Immutable;
using Parley.Conversations;
using Parley.Conversations.Shapes;

namespace Parley.Channels;

/// <summary>A file that goes with a message.</summary>
/// <param name="Url">Where it can be fetched, without signing in, to the end of the next day at least.</param>
public sealed record OutboundFile(FileId Id, string Name, string Mime, long Size, string Url, int? Width = null, int? Height = null);

/// <summary>A button: what comes back when it is pressed, or where it leads.</summary>
public sealed record OutboundButton(string Id, string Text, string? Url = null);

public sealed record OutboundCard(string Title, string? Text, OutboundFile? Image, ImmutableArray<OutboundButton> Buttons);

/// <summary>What goes out as one message: the words of a message of ours, poorer where the channel is poorer.</summary>
public sealed record OutboundPart(string? Text)
{
    public OutboundFile? File { get; init; }

    /// <summary>Those that go with the words, where a channel sends both in one message.</summary>
    public ImmutableArray<OutboundFile> Files { get; init; } = [];

    public ImmutableArray<OutboundButton> Buttons { get; init; } = [];

    /// <summary>The prepared text that the words are; null: they are free.</summary>
    public TemplateUse? Template { get; init; }

    public ImmutableArray<OutboundCard> Cards { get; init; } = [];
}

/// <summary>One piece to be handed over.</summary>
/// <param name="Id">The same every time that it is tried, however often: where the provider takes an id of ours, it is this.</param>
/// <param name="To">The address.</param>
public sealed record Outbound(string Id, string To, OutboundPart Part)
{
    public required ConversationId Conversation { get; init; }

    /// <summary>The entry whose words it has.</summary>
    public required long Seq { get; init; }

    /// <summary>When it was said.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who says it, as customers know them; null: the brand itself.</summary>
    public string? By { get; init; }

    /// <summary>The agent who says it; null: no person of ours.</summary>
    public AgentId? Agent { get; init; }

    /// <summary>All of the message that this is a piece of, as it stands.</summary>
    public Content? Content { get; init; }

    /// <summary>False where no person wrote it.</summary>
    public bool Human { get; init; } = true;

    /// <summary>Whoever had a copy has it already, but these: it goes to the customer and to them. Null: to all.</summary>
    public IReadOnlyCollection<string>? Only { get; init; }

    /// <summary>It may have arrived already.</summary>
    public bool Repeat { get; init; }

    /// <summary>The message that it quotes, as the provider calls it.</summary>
    public string? Quotes { get; init; }

    /// <summary>The last message of the customer in the thread, as the provider calls it: what a mail answers.</summary>
    public string? Answers { get; init; }
}
