using Parley.Platform.Store;

namespace Parley.Log;

public static class LogMigrations
{
    /// <summary>What a store of a reader's own must have to be read into: the cursors and the lease are where the writes are.</summary>
    public const string Reading = """
        create table cursors (reader text not null, workspace bytea not null, position bigint not null, primary key (reader, workspace)) /* clustered */;
        create table leases (name text primary key, holder bytea not null, number bigint not null, until bigint not null) /* clustered */;
        """;

    public static readonly Migration[] All =
    [
        new(1, "log", """
            create table installation (id bigint primary key, epoch bytea not null, made bigint not null);
            create table heads (workspace bytea primary key, position bigint not null, epoch bytea not null) /* clustered */;
            create table entries (
                workspace bytea not null, position bigint not null, subject bytea not null, kind text not null, seq bigint not null, prev bigint,
                at bigint not null, type text not null, v bigint not null, author bytea not null, visibility bigint not null,
                command text not null, envelope text, body text not null,
                primary key (workspace, position)) /* clustered */;
            create unique index entries_subject on entries (subject, seq);
            create table states (subject bytea primary key, workspace bytea not null, seq bigint not null, fold bigint not null, json text not null) /* clustered */;
            create table commands (
                client_id text not null, author bytea not null, scope bytea not null, hash bigint not null,
                subject bytea not null, kind text not null, first bigint not null, last bigint not null,
                primary key (client_id, author, scope)) /* clustered */;
            create table wakeups (subject bytea primary key, kind text not null, workspace bytea not null, due bigint not null) /* clustered */;
            create index wakeups_due on wakeups (due);
            create table marks (
                subject bytea not null, kind text not null, participant bytea not null, workspace bytea not null, seq bigint not null, at bigint not null,
                primary key (subject, kind, participant)) /* clustered */;
            create table claims (workspace bytea not null, key text not null, kind text not null, subject bytea not null, primary key (workspace, key)) /* clustered */;
            create table cursors (reader text not null, workspace bytea not null, position bigint not null, primary key (reader, workspace)) /* clustered */;
            create table leases (name text primary key, holder bytea not null, number bigint not null, until bigint not null) /* clustered */;
            """),
        new(252, "unfinished", "alter table installation add column unfinished bigint not null default 0;"),
        // Where one process writes, rows of states follow the log: here stands how far. Where many do, none is ever behind.
        new(227, "folded", "create table folded (workspace bytea primary key, position bigint not null) /* clustered */; insert into folded select workspace, position from heads;",
            "create table folded (workspace bytea primary key, position bigint not null);"),
    ];
}
