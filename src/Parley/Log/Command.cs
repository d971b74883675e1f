using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Platform;

namespace Parley.Log;

/// <summary>Where a command comes from, and under which id it can be repeated without doubling.</summary>
/// <param name="ClientId">At most 64 characters; unique per author and scope. UUIDv7 advised.</param>
public sealed record Origin(WorkspaceId Workspace, Author Author, string ClientId)
{
    public const int ClientIdLimit = 64;

    /// <summary>The person a program acts for.</summary>
    public Author? For { get; init; }

    public Via? Via { get; init; }

    public Trigger? Trigger { get; init; }

    public DateTimeOffset? OccurredAt { get; init; }

    public bool Historic { get; init; }

    /// <summary>Others who turned out to be the author. What they sent under this id the author has sent.</summary>
    public ImmutableArray<Author> Formerly { get; init; } = [];

    public bool Is(Author author) => author == Author || Formerly.Contains(author);
}

/// <summary>A wish to change something, handed to the <see cref="Desk"/>. One record per wish; imperative.</summary>
public abstract record Command([property: JsonIgnore] Origin Origin)
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>The subject whose kind decides.</summary>
    [JsonIgnore]
    public abstract Subject Subject { get; }

    /// <summary>Further subjects that the command reads or writes, in the same transaction (opening, merge, move).</summary>
    [JsonIgnore]
    public virtual ImmutableArray<Subject> Others => [];

    /// <summary>Why it cannot be had as it was sent: what it names could not be found (any more). Refused with this, unless it was done before.</summary>
    [JsonIgnore]
    public Refusal? Unfit { get; init; }

    /// <summary>The right by which it is done; null where none is needed.</summary>
    [JsonIgnore]
    public Fence? Fence { get; init; }

    /// <summary>What was sent, word for word, where what it names may be gone when it is sent again. By it alone it is then known to be the same wish.</summary>
    [JsonIgnore]
    public string? Sent { get; init; }

    /// <summary>Within what the client's id is unique: the subject, or what stands above it where the command makes the subject.</summary>
    [JsonIgnore]
    public virtual Subject Scope => Subject;

    /// <summary>The scope that the same wish had when it came from one who turned out to be the author.</summary>
    internal virtual Subject ScopeOf(Author formerly) => Scope;

    /// <summary>False where what an earlier self of the author began stays hidden from them: then it is not found.</summary>
    internal virtual bool MayFind(Subject first) => true;

    /// <summary>A number that differs when the same id is used for another wish (409 <c>clientId.reused</c>): to close and to reopen say nothing but what they are.</summary>
    internal long Fingerprint() => Fingerprint(Sent);

    /// <param name="sent">What it was sent as; null: what it comes to.</param>
    internal long Fingerprint(string? sent)
    {
        // Once for every command: into a buffer that is kept.
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(2_048);
        var writer = _writer ??= new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Platform.Json.Options.Encoder, SkipValidation = true });
        buffer.ResetWrittenCount();
        Encoding.UTF8.GetBytes(GetType().Name, buffer);
        if (sent is not null)
        {
            Encoding.UTF8.GetBytes(sent, buffer);
        }
        else
        {
            writer.Reset(buffer);
            JsonSerializer.Serialize(writer, this, GetType(), Platform.Json.Options);
            writer.Flush();
        }

        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(buffer.WrittenSpan, hash);
        return BitConverter.ToInt64(hash);
    }
}

/// <summary>An expected no: a stable code, one sentence, and what HTTP calls it.</summary>
public sealed record Refusal(string Code, string Detail, int Status = 409)
{
    internal static readonly Refusal Unanswered = new(Platform.Web.Problem.Unanswered.Code, Platform.Web.Problem.Unanswered.Detail, Platform.Web.Problem.Unanswered.Status);

    /// <summary>Which fields it is about; empty where it is about the whole.</summary>
    public ImmutableArray<FieldFlaw> Errors { get; init; } = [];

    /// <summary>Who has what it was about, where that is why.</summary>
    public Holder? Holder { get; init; }

    /// <summary>Whether it was done is not known (a COMMIT was not answered): what was laid out for it stays.</summary>
    public bool MayBeDone => Code == Unanswered.Code;

    public static Refusal Unknown(string what) => new($"{what}.unknown", $"There is no such {what}.", 404);
}

/// <summary>An entry to be. <paramref name="Subject"/> null: the command's own.</summary>
public sealed record Draft(EntryBody Body, Subject? Subject = null, Visibility? Visibility = null)
{
    public ImmutableArray<AgentId> OnlyFor { get; init; } = [];

    /// <summary>Another author than the command's, where the system acts in the same breath (a snooze that ends because a message came).</summary>
    public Author? Author { get; init; }

    public Trigger? Trigger { get; init; }
}

/// <summary>How far somebody has read, or a message has got. Not an entry: it only moves forward.</summary>
/// <param name="Kind"><c>seen</c> or <c>delivered</c>.</param>
/// <param name="Participant">Who; for <c>delivered</c> the side that received.</param>
public sealed record Mark(Subject Subject, string Kind, Author Participant, long Seq, DateTimeOffset At);

/// <summary>An older body to be overwritten by <c>{redacted: reason}</c>, with all that was said later about it (its edits).</summary>
/// <param name="Seq">Which; null: every body of the subject whose type is erasable.</param>
public sealed record Overwrite(Subject Subject, long? Seq, string Reason);

/// <summary>A key that only one subject of the workspace may hold: an identity of a contact, a provider's thread.</summary>
/// <param name="Taken">What to say when another holds it; null: that somebody else has it.</param>
public sealed record Claim(string Key, Subject Holder, bool Release = false, Refusal? Taken = null);

/// <summary>What a command leads to: entries and what goes with them, or a refusal. Nothing at all is an accepted "already so".</summary>
public sealed record Decision
{
    public static readonly Decision Nothing = new();

    public Refusal? Refusal { get; init; }

    public ImmutableArray<Draft> Drafts { get; init; } = [];

    public ImmutableArray<Mark> Marks { get; init; } = [];

    public ImmutableArray<Overwrite> Overwrites { get; init; } = [];

    public ImmutableArray<Claim> Claims { get; init; } = [];

    public static implicit operator Decision(EntryBody body) => new() { Drafts = [new Draft(body)] };

    public static implicit operator Decision(Refusal refusal) => new() { Refusal = refusal };

    public static Decision Of(params ReadOnlySpan<EntryBody> bodies)
    {
        var drafts = ImmutableArray.CreateBuilder<Draft>(bodies.Length);
        foreach (var body in bodies)
        {
            drafts.Add(new Draft(body));
        }

        return new() { Drafts = drafts.ToImmutable() };
    }

    public Decision Then(params ReadOnlySpan<EntryBody> bodies) => this with { Drafts = Drafts.AddRange(Of(bodies).Drafts) };
}

/// <summary>The answer to a command.</summary>
public sealed record Outcome
{
    public Refusal? Refusal { get; init; }

    /// <summary>What the command wrote, in order; the first answer's entries when it was a repeat.</summary>
    public ImmutableArray<Entry> Entries { get; init; } = [];

    /// <summary>The subject that the entries belong to: on a repeat that of the first answer.</summary>
    public Subject Subject { get; init; }

    public bool Repeated { get; init; }

    public bool Accepted => Refusal is null;

    /// <summary>What figures and traces call it: a refusal's code, "repeated" or "ok".</summary>
    internal string Result => Refusal?.Code ?? (Repeated ? "repeated" : "ok");
}
