using Parley.Conversations;
using Parley.Log;
using Parley.Platform;

namespace Parley.Server.Contract;

// The shapes of what the product writes by hand, member by member, because it is written often. That the product keeps to them is held by
// tests, which read real answers strictly.

/// <summary>Who did it; names and pictures are joined in on reading.</summary>
internal sealed record AuthorShape(AuthorKind Kind, string? Id = null, string? Name = null, string? Picture = null);

/// <summary>What all entries have. The fields of the entry's own kind stand flat beside these.</summary>
internal sealed record Envelope(
    long Seq, DateTimeOffset At, string Type, AuthorShape Author, Visibility Visibility, string? Conversation = null, string? Subject = null, long? Prev = null, long? Position = null,
    DateTimeOffset? OccurredAt = null, AuthorShape? For = null, string? ClientId = null, Via? Via = null, Trigger? Trigger = null, string[]? OnlyFor = null, bool? Historic = null, string? Redacted = null);

/// <param name="Version">Another number: more is known of them.</param>
internal sealed record ContactShape(string Id, bool Verified, string? Name = null, string? Picture = null, long? Version = null);

internal enum HolderKind { Flow, Queue, Agent, Nobody }

internal sealed record HolderShape(HolderKind Kind, string? Id = null);

/// <param name="Broken">True once the time has passed without an answer.</param>
internal sealed record PromiseShape(DateTimeOffset Due, DateTimeOffset Spoken, Ground Ground, bool? Broken = null);

/// <summary>An agent is asked whether they take it.</summary>
internal sealed record OfferShape(string Id, string Agent, DateTimeOffset Until);

/// <summary>By when a customer was promised an answer.</summary>
internal sealed record OwnPromiseShape(DateTimeOffset Due, DateTimeOffset Spoken);

internal sealed record PreviewShape(string Text, AuthorShape Author, string Type);

/// <summary>A row of the agents' lists. <c>seen</c> is the viewer's own mark, in lists only; <c>answered</c> are the agents who wrote to the customer, the latest last.</summary>
internal sealed record SummaryShape(
    string Id, ContactShape Contact, string Inbox, Status Status, Mode Mode, HolderShape Holder, Priority Priority, string[] Labels, long LastSeq, long LastMessageSeq,
    DateTimeOffset LastEntryAt, string Channel, int Episode, string? Team = null, PendingOn? PendingOn = null, DateTimeOffset? SnoozedUntil = null, PreviewShape? Preview = null,
    DateTimeOffset? WaitingSince = null, PromiseShape? Promise = null, long? Seen = null, bool? Spam = null,
    OfferShape? Offer = null, DateTimeOffset? QueuedSince = null, DateTimeOffset? GoneSince = null, Dictionary<string, string>? Attributes = null, string? MergedInto = null, DateTimeOffset? OpenedAt = null, string[]? Answered = null);

internal sealed record AgentFace(string Id, string Name, string? Picture = null);

/// <summary>A visitor's own thread.</summary>
internal sealed record ThreadShape(
    string Id, Status Status, Mode Mode, long LastSeq, long LastMessageSeq, DateTimeOffset LastEntryAt, DateTimeOffset CreatedAt, long Seen, long Unread, PreviewShape? Preview = null, AgentFace[]? Agents = null, OwnPromiseShape? Promise = null);

/// <summary>Stands for the union of all entries.</summary>
internal sealed record EntryShape;

internal sealed record TimelineShape(EntryShape[] Items, bool More);

internal sealed record EntriesShape(EntryShape[] Entries);

internal sealed record OpenedShape(ThreadShape Conversation, EntryShape Entry);

internal sealed record SummariesShape(SummaryShape[] Items, string? Next = null);

internal sealed record ThreadsShape(ThreadShape[] Items, string? Next = null);

/// <summary>By the name of the view: <c>mine</c>, <c>unassigned</c>, <c>all</c>, <c>mentions</c>, <c>closed</c>, <c>inbox:inb_…</c>, <c>team:tea_…</c>.</summary>
internal sealed record CountsShape(Dictionary<string, long> Counts);

/// <summary>A hit; the words found stand between U+0002 and U+0003.</summary>
internal sealed record HitShape(SummaryShape Conversation, long Seq, DateTimeOffset At, string Snippet);

/// <summary>A person who was found, with the newest conversation with them; the snippet says by what.</summary>
internal sealed record PersonHitShape(PersonShape Contact, SummaryShape Conversation, string Snippet);

internal sealed record PersonShape(string Id, bool Verified, string? Name = null, string? Email = null, string? Phone = null);

internal sealed record PersonHitsShape(PersonHitShape[] Items, string? Next = null);

/// <summary>The first page has people too; more of them by <c>GET /v1/contacts</c> with <c>peopleNext</c>.</summary>
internal sealed record HitsShape(HitShape[] Items, string? Next = null, PersonHitShape[]? People = null, string? PeopleNext = null);

internal sealed record ChangesShape(EntryShape[] Items, string Next, long Head);

/// <summary>RFC 9457. <c>code</c> stays the same; <c>detail</c> is one sentence for a person.</summary>
internal sealed record ProblemShape(string Type, string Title, int Status, string Code, string Detail, FieldFlaw[]? Errors = null, ProblemHolderShape? Holder = null);

/// <summary>Who has what it is about, where that is why it is refused.</summary>
internal sealed record ProblemHolderShape(HolderKind Kind, string? Id = null, string? Name = null);
