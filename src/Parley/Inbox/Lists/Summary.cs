using System.Collections.Immutable;
using Parley.Conversations;
using Parley.Log;

namespace Parley.Inbox.Lists;

/// <summary>What was said last, cut to a line. <paramref name="TextOf"/> is the entry whose words it shows: the message's own, or its last edit.</summary>
internal sealed record Preview(long Seq, long TextOf, string Type, string Text, Author Author)
{
    public const int Longest = 160;

    public static string Line(Content content)
    {
        var text = content.Plain();
        return Line(string.IsNullOrWhiteSpace(text) && content.HasFiles ? string.Join(", ", content.Files!.Value.Select(file => file.Name)) : text);
    }

    public static string Line(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= Longest)
        {
            return line;
        }

        return line[..(char.IsHighSurrogate(line[Longest - 1]) ? Longest - 1 : Longest)] + "…";
    }

    /// <summary>The same after one of its words' entries was overwritten or replaced.</summary>
    public Preview Without(long of) => of == Seq || of == TextOf ? this with { Text = "" } : this;
}

/// <summary>The part of a row that no query looks at.</summary>
internal sealed record SummaryDetails
{
    public Mode Mode { get; init; }

    public Priority Priority { get; init; }

    public ImmutableArray<string> Labels { get; init; } = [];

    public PendingOn? PendingOn { get; init; }

    public DateTimeOffset? SnoozedUntil { get; init; }

    public DateTimeOffset? WaitingSince { get; init; }

    public Promise? Promise { get; init; }

    public Offer? Offer { get; init; }

    /// <summary>What the place in the queue goes by, as long as somebody is looked for.</summary>
    public DateTimeOffset? QueuedSince { get; init; }

    /// <summary>Since when the customer who is talked with, or waits to be, is not here.</summary>
    public DateTimeOffset? GoneSince { get; init; }

    /// <summary>When the customer said something last.</summary>
    public DateTimeOffset? CustomerAt { get; init; }

    /// <summary>What the customer spoke when it began.</summary>
    public string? Language { get; init; }

    public bool Spam { get; init; }

    public DateTimeOffset OpenedAt { get; init; }

    public string Channel { get; init; } = "";

    public int Episode { get; init; }

    public long LastSeq { get; init; }

    public long LastMessage { get; init; }

    /// <summary>The last entry that the customer may see, and its time: all that they are told of how far the thread goes.</summary>
    public long LastPublic { get; init; }

    public DateTimeOffset LastPublicAt { get; init; }

    /// <summary>What is known of it under the workspace's attributes; null: nothing.</summary>
    public ImmutableSortedDictionary<string, string>? Attributes { get; init; }

    /// <summary>In which it goes on.</summary>
    public ConversationId? Merged { get; init; }

    /// <summary>The last message or note.</summary>
    public Preview? Preview { get; init; }

    /// <summary>The last message, which is all that the customer knows of.</summary>
    public Preview? Said { get; init; }

    /// <summary>The agents who have written to the customer, the latest last.</summary>
    public ImmutableArray<AgentId> Answered { get; init; } = [];

    public ImmutableArray<AgentId> Mentioned { get; init; } = [];

    /// <summary>Who is told of what comes, whoever has it.</summary>
    public ImmutableArray<AgentId> Followers { get; init; } = [];
}

/// <summary>A saved view that has a row; <paramref name="Agent"/>: only for them, where it depends on who looks.</summary>
internal readonly record struct ViewPlace(ViewId View, AgentId? Agent);

/// <summary>Each list shows one pile.</summary>
internal enum Pile { Open, Closed, Spam }

/// <summary>A row of the agents' list: what a conversation is at a position of the log. The same for all viewers.</summary>
internal sealed record Summary(ConversationId Id, WorkspaceId Workspace, InboxId Inbox, ContactId Contact, Status Status, AgentId? Agent, TeamId? Team, DateTimeOffset At, long Position)
{
    private const int PeopleShown = 8;

    public required SummaryDetails Details { get; init; }

    /// <summary>The saved views that have it, where that was read along.</summary>
    public ImmutableArray<ViewPlace> Views { get; init; } = [];

    public bool Closed => Status == Status.Closed;

    /// <summary>Of which pile the row is: what is spam is in a pile of its own, whatever its status.</summary>
    public Pile Pile => Details.Spam ? Pile.Spam : Closed ? Pile.Closed : Pile.Open;

    /// <summary>
    /// The row after some entries: what the state says of the conversation, and what the entries say of the last words. The state may be ahead of
    /// the entries; the row is then right about it a moment early.
    /// </summary>
    public static Summary Of(ConversationId id, Versioned versioned, Summary? before, IEnumerable<Entry> entries)
    {
        var it = (Conversation)versioned.State;
        var details = (before?.Details ?? new SummaryDetails()) with
        {
            Mode = it.Mode,
            Priority = it.Priority,
            Labels = it.Labels,
            PendingOn = it.PendingOn,
            SnoozedUntil = it.SnoozedUntil,
            WaitingSince = it.WaitingSince,
            Promise = it.Promise,
            Offer = it.Offer,
            QueuedSince = it.Mode == Mode.Waiting ? it.Queue?.Since : null,
            GoneSince = it.Customer?.Gone,
            Spam = it.Spam,
            Merged = it.Merged,
            OpenedAt = it.OpenedAt,
            Channel = it.Channel,
            Language = it.Language,
            Episode = it.Episode,
            LastSeq = versioned.Seq,
            LastMessage = it.LastMessage,
            Followers = it.Followers ?? [],
        };
        var position = before?.Position ?? 0;
        foreach (var entry in entries)
        {
            details = Said(entry.Visibility == Visibility.Public ? details with { LastPublic = entry.Seq, LastPublicAt = entry.At } : details, entry);
            position = Math.Max(position, entry.Position);
        }

        return new(id, versioned.Workspace, it.Inbox, it.Contact, it.Status, it.Agent, it.Team, versioned.At, position) { Details = details };
    }

    /// <summary>Whether an entry took words away that the row may hold something of.</summary>
    public static bool Purges(Entry entry) => entry.Body is Deleted or Redacted or Erased;

    private static SummaryDetails Said(SummaryDetails details, Entry entry) => entry.Body switch
    {
        Message message => Spoken(details, entry, Preview.Line(message.Content), message.Content.Mentions),
        RedactedBody when entry.Type == "message" => Spoken(details, entry, "", null),
        Note note => Noted(details, entry, Preview.Line(new Content("text", note.Text, Files: note.Files)), note.Mentions),
        // Whoever is asked finds it where mentions are.
        Consulted consulted => details with { Mentioned = Joined(details.Mentioned, consulted.People) },
        RedactedBody when entry.Type == "note" => Noted(details, entry, "", null),
        Edited edited => details with { Preview = Changed(details.Preview, entry, edited), Said = Changed(details.Said, entry, edited) },
        Deleted deleted => Without(details, deleted.Of),
        Redacted redacted => Without(details, redacted.Of),
        AttributesSet set => details with { Attributes = Detailed(details.Attributes, set) },
        Erased => details with { Attributes = null, Preview = details.Preview is { } last ? last with { Text = "" } : null, Said = details.Said is { } said ? said with { Text = "" } : null },
        _ => details,
    };

    private static SummaryDetails Spoken(SummaryDetails details, Entry entry, string line, ImmutableArray<AgentId>? mentions)
    {
        var preview = new Preview(entry.Seq, entry.Seq, "message", line, entry.Author);
        var answered = entry.Author is { Kind: AuthorKind.Agent, Id: { } id } ? details.Answered.Remove(new AgentId(id)).Add(new AgentId(id)) : details.Answered;
        return details with
        {
            Preview = preview,
            Said = preview,
            CustomerAt = entry.Author.Kind == AuthorKind.Contact ? entry.At : details.CustomerAt,
            Answered = answered.Length > PeopleShown ? answered.RemoveAt(0) : answered,
            Mentioned = Joined(details.Mentioned, mentions),
        };
    }

    private static SummaryDetails Noted(SummaryDetails details, Entry entry, string line, ImmutableArray<AgentId>? mentions) => details with
    {
        Preview = new Preview(entry.Seq, entry.Seq, "note", line, entry.Author),
        Mentioned = Joined(details.Mentioned, mentions),
    };

    private static ImmutableSortedDictionary<string, string>? Detailed(ImmutableSortedDictionary<string, string>? known, AttributesSet set)
    {
        var all = set.Values.Aggregate(known ?? ImmutableSortedDictionary<string, string>.Empty, (all, one) => one.Value.Length > 0 ? all.SetItem(one.Key, one.Value) : all.Remove(one.Key));
        return all.IsEmpty ? null : all;
    }

    private static Preview? Changed(Preview? preview, Entry entry, Edited edited) =>
        preview?.Seq == edited.Of && preview.Text.Length > 0 ? preview with { Text = Preview.Line(edited.Content), TextOf = entry.Seq } : preview;

    private static SummaryDetails Without(SummaryDetails details, long of) => details with { Preview = details.Preview?.Without(of), Said = details.Said?.Without(of) };

    private static ImmutableArray<AgentId> Joined(ImmutableArray<AgentId> known, ImmutableArray<AgentId>? more) =>
        more is { IsDefaultOrEmpty: false } some ? [.. known.Union(some)] : known;
}
