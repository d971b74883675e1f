namespace Parley.Conversations;

/// <summary>Content as a client sends it: files by id.</summary>
public sealed record ContentBody(
    string? Type = null,
    string? Text = null,
    string? Format = null,
    IReadOnlyList<FileId>? Files = null,
    long? Quote = null,
    string? Language = null,
    IReadOnlyList<AgentId>? Mentions = null);

public sealed record PostBody(ContentBody Content, string? ClientId = null);

public sealed record NoteBody(string Text, string? ClientId = null, IReadOnlyList<AgentId>? Mentions = null, IReadOnlyList<FileId>? Files = null);

public sealed record SeenBody(long Seq);

public sealed record AssignmentBody(AgentId? Agent = null, TeamId? Team = null);

public sealed record SnoozeBody(DateTimeOffset Until);

public sealed record PendingBody(PendingOn On);

public sealed record PriorityBody(Priority Priority);

public sealed record RedactionBody(long Of, string? Reason = null);
