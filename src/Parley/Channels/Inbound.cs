using System.Collections.Immutable;
using Parley.Conversations;
using Parley.Platform.Mail.Reading;
using Parley.Platform.Mail.Threads;

namespace Parley.Channels;

/// <summary>A request of a provider as it came: its raw bytes are what is signed.</summary>
/// <param name="Path">What stands behind the channel's address.</param>
/// <param name="Headers">By names in lower case; several of one name with commas.</param>
public sealed record RawRequest(string Method, string Path, ImmutableSortedDictionary<string, string> Headers, ImmutableSortedDictionary<string, string> Query, ReadOnlyMemory<byte> Body)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>What becomes of a request, said at once.</summary>
public abstract record Admission
{
    private Admission()
    {
    }

    /// <summary>It is the provider's: kept under its key (once), answered with 200, worked afterwards.</summary>
    /// <param name="Key">What the provider calls the request; null: what is in it says whether it came before.</param>
    public sealed record Kept(string? Key = null) : Admission
    {
        /// <summary>Kept as this, which is smaller or nearer to what it says; null: as it came.</summary>
        public RawRequest? As { get; init; }
    }

    /// <summary>A handshake: answered with this, and nothing is kept.</summary>
    public sealed record Answered(string Text, string Type = "text/plain") : Admission;

    /// <summary>Not the provider's, too old, or nothing that is sent here.</summary>
    public sealed record Refused(string Code, string Detail, int Status = 401) : Admission;
}

/// <summary>Who writes, in the channel's words.</summary>
public sealed record Sender(string Address, string? Name = null, string? Language = null);

/// <summary>A file that came with a message, whole.</summary>
public sealed record InboundFile(string Name, string? Mime, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>By which the page of its mail shows it; null: not at all.</summary>
    public string? ContentId { get; init; }

    /// <summary>It came with a mail, whose files may be of any kind.</summary>
    public bool IsMail { get; init; }

    /// <summary>How large it was, where it was too large to be brought along: then it is named, and no more.</summary>
    public long? Left { get; init; }
}

/// <summary>How far one of our messages has got.</summary>
public enum ReceiptState { Delivered, Read, Failed, Delayed }

/// <summary>What a mail says beside its words, and of itself.</summary>
/// <param name="Said">What stands in the thread.</param>
/// <param name="Page">Its HTML as it came.</param>
/// <param name="Ties">What in it says to which thread it belongs.</param>
/// <param name="Kind">Whether a person wrote it.</param>
/// <param name="IsOld">It lay in the mailbox before anybody looked.</param>
/// <param name="Often">How many of one address in a short time may be a loop.</param>
public sealed record InboundMail(Mailed Said, string? Page, MailTies Ties, AutomaticKind Kind = AutomaticKind.Person, bool IsOld = false, int Often = MailGuard.Often)
{
    /// <summary>When it came into the mailbox, by its server; null: just now.</summary>
    public DateTimeOffset? Received { get; init; }
}

/// <summary>One thing that a provider told.</summary>
/// <param name="Key">What the provider calls it; what comes again under it is the same.</param>
public abstract record Inbound(string Key);

/// <summary>A customer's word.</summary>
public sealed record InboundMessage(string Key, Sender From, string? Text) : Inbound(Key)
{
    public ImmutableArray<InboundFile> Files { get; init; } = [];

    /// <summary>When it was said, in the provider's words.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The message that it quotes or answers, as the provider calls it, the nearest first: where one of them is known, it belongs to that thread.</summary>
    public ImmutableArray<string> Answers { get; init; } = [];

    /// <summary>What others name it by who answer it (a mail's Message-ID); null: its key.</summary>
    public string? Name { get; init; }

    /// <summary>Null: it is no mail.</summary>
    public InboundMail? Mail { get; init; }

    /// <summary>What was chosen on one of our buttons.</summary>
    public string? Choice { get; init; }
}

/// <summary>What became of one of our messages.</summary>
/// <param name="Message">What the provider calls that.</param>
/// <param name="Why">Where it failed.</param>
public sealed record InboundReceipt(string Key, string Message, ReceiptState State, Failure? Why = null) : Inbound(Key)
{
    public DateTimeOffset? At { get; init; }

    /// <summary>Whose message it is about, where it may have gone to several; null: the customer's.</summary>
    public string? Recipient { get; init; }

    /// <summary>The conversation that it is about, where something of ours in it proves that, and it does not say which message.</summary>
    public ConversationId? Conversation { get; init; }
}

/// <summary>Something that was said to a customer from our side: by us, or by somebody in the provider's own app.</summary>
public sealed record InboundEcho(string Key, string To, string Text) : Inbound(Key)
{
    public DateTimeOffset? At { get; init; }
}

/// <summary>All the texts that the provider has approved.</summary>
public sealed record InboundTemplates(string Key, ImmutableArray<MessageTemplate> Templates) : Inbound(Key);

/// <summary>Nothing that is known here, or nothing that can be read: kept as it came, and shown as that.</summary>
public sealed record InboundUnknown(string Key, string What) : Inbound(Key);
