using System.Collections.Concurrent;
using System.Text.Json;
using Parley.Platform.Store;

namespace Parley.Log;

/// <summary>The log's tables: the statements of the hot path, and the shape of a row.</summary>
internal static class LogStore
{
    public const string EntryColumns = "workspace, position, subject, kind, seq, prev, at, type, v, author, visibility, command, envelope, body";

    public static readonly Bulk Entries = new("entries",
    [
        ("workspace", ColumnType.Bytes), ("position", ColumnType.Integer), ("subject", ColumnType.Bytes), ("kind", ColumnType.Text), ("seq", ColumnType.Integer),
        ("prev", ColumnType.Integer), ("at", ColumnType.Integer), ("type", ColumnType.Text), ("v", ColumnType.Integer), ("author", ColumnType.Bytes),
        ("visibility", ColumnType.Integer), ("command", ColumnType.Text), ("envelope", ColumnType.Text), ("body", ColumnType.Text),
    ]);

    public static readonly Bulk States = new("states",
        [("subject", ColumnType.Bytes), ("workspace", ColumnType.Bytes), ("seq", ColumnType.Integer), ("fold", ColumnType.Integer), ("json", ColumnType.Text)],
        "on conflict (subject) do update set seq = excluded.seq, fold = excluded.fold, json = excluded.json");

    /// <summary>Of states that are written later: what was written meanwhile is newer.</summary>
    public static readonly Bulk StatesBehind = States with { Conflict = $"{States.Conflict} where excluded.seq > states.seq or excluded.fold <> states.fold" };

    /// <summary>Up to where the rows of states hold, in a store in which they follow.</summary>
    public static readonly Bulk Folded = new("folded", [("workspace", ColumnType.Bytes), ("position", ColumnType.Integer)],
        "on conflict (workspace) do update set position = excluded.position where excluded.position > folded.position");

    public static readonly Bulk Commands = new("commands",
    [
        ("client_id", ColumnType.Text), ("author", ColumnType.Bytes), ("scope", ColumnType.Bytes), ("hash", ColumnType.Integer),
        ("subject", ColumnType.Bytes), ("kind", ColumnType.Text), ("first", ColumnType.Integer), ("last", ColumnType.Integer),
    ]);

    public static readonly Bulk WakeUps = new("wakeups",
        [("subject", ColumnType.Bytes), ("kind", ColumnType.Text), ("workspace", ColumnType.Bytes), ("due", ColumnType.Integer)],
        "on conflict (subject) do update set due = excluded.due where excluded.due < wakeups.due");

    public static readonly Bulk Marks = new("marks",
    [
        ("subject", ColumnType.Bytes), ("kind", ColumnType.Text), ("participant", ColumnType.Bytes), ("workspace", ColumnType.Bytes),
        ("seq", ColumnType.Integer), ("at", ColumnType.Integer),
    ],
        "on conflict (subject, kind, participant) do update set seq = excluded.seq, at = excluded.at where excluded.seq > marks.seq");

    public static readonly BulkRead Done = new("select client_id, author, scope, hash, subject, kind, first, last from commands",
        [("client_id", ColumnType.Text), ("author", ColumnType.Bytes), ("scope", ColumnType.Bytes)]);

    public static readonly BulkRead Versions = new("select subject, seq from states", [("subject", ColumnType.Bytes)]);

    public static readonly BulkRead Full = new("select subject, workspace, seq, fold, json from states", [("subject", ColumnType.Bytes)]);

    /// <summary>Whole timelines, in no order: for subjects whose timelines are short.</summary>
    private const int VisitsRead = 500;

    /// <summary>Visits are written again and again, and only the newest say anything: nobody reads through years of them for a name.</summary>
    public static readonly BulkRead Timelines = new(
        $"""
        select {EntryColumns} from (select * from entries e where e.type <> 'contactVisited'
            or e.seq > (select max(seq) from entries newest where newest.subject = e.subject) - {VisitsRead}) recent
        """,
        [("subject", ColumnType.Bytes)]);

    public static readonly BulkRead MarksOf = new("select subject, kind, participant, seq, at from marks", [("subject", ColumnType.Bytes)]);

    public static object?[] Row(Entry entry) =>
    [
        entry.Workspace.Bytes, entry.Position, entry.Subject.Bytes, entry.Subject.Kind, entry.Seq, entry.Prev, entry.At.ToUnixTimeMilliseconds(), entry.Type, (long)entry.V,
        entry.Author.Bytes, (long)entry.Visibility, entry.Command, Envelope.Write(entry), entry.BodyJson,
    ];

    public static Entry Read(Row row, EntryTypes types)
    {
        var type = row.Text(7);
        var v = (int)row.Integer(8);
        var entry = new Entry
        {
            Workspace = WorkspaceId.From(row.Bytes(0)),
            Position = row.Integer(1),
            Subject = new Subject(row.Text(3), new Guid(row.Bytes(2), bigEndian: true)),
            Seq = row.Integer(4),
            Prev = row.IsNull(5) ? null : row.Integer(5),
            At = DateTimeOffset.FromUnixTimeMilliseconds(row.Integer(6)),
            Type = type,
            V = v,
            Author = Author.FromBytes(row.Bytes(9)),
            Visibility = (Visibility)row.Integer(10),
            Command = row.Text(11),
            Body = types.Read(type, v, row.Text(13)),
        };
        return row.IsNull(12) ? entry : Envelope.Read(entry, row.Text(12));
    }

    /// <summary>What few entries have: kept together in one column of JSON, null for most.</summary>
    private sealed record Envelope(DateTimeOffset? OccurredAt, Author? For, IReadOnlyList<AgentId>? OnlyFor, Via? Via, Trigger? Trigger, bool? Historic)
    {
        private static readonly ConcurrentDictionary<Via, string> Plain = new();

        public static string? Write(Entry entry)
        {
            var some = entry.OccurredAt is not null || entry.For is not null || entry.OnlyFor is not null || entry.Via is not null || entry.Trigger is not null || entry.Historic;
            if (some && entry is { Via: { Identity: null, ProviderId: null } via, OccurredAt: null, For: null, OnlyFor: null, Trigger: null, Historic: false })
            {
                // Every word of a customer on the web has this and nothing else: written once for each inbox.
                return Plain.GetOrAdd(via, static via => JsonSerializer.Serialize(new Envelope(null, null, null, via, null, null), Platform.Json.Options));
            }

            return some
                ? JsonSerializer.Serialize(new Envelope(entry.OccurredAt, entry.For, entry.OnlyFor, entry.Via, entry.Trigger, entry.Historic ? true : null), Platform.Json.Options)
                : null;
        }

        public static Entry Read(Entry entry, string json)
        {
            var envelope = JsonSerializer.Deserialize<Envelope>(json, Platform.Json.Options)!;
            return entry with
            {
                OccurredAt = envelope.OccurredAt,
                For = envelope.For,
                OnlyFor = envelope.OnlyFor,
                Via = envelope.Via,
                Trigger = envelope.Trigger,
                Historic = envelope.Historic ?? false,
            };
        }
    }
}
