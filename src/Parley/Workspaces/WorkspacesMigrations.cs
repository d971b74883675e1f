using Parley.Platform.Store;

namespace Parley.Workspaces;

internal static class WorkspacesMigrations
{
    public static readonly Migration[] All =
    [
        new(20, "accounts", """
            create table accounts (id bytea primary key, email text not null unique, password text not null, made bigint not null);
            create table memberships (account bytea not null, workspace bytea not null, agent bytea not null, primary key (account, workspace));
            create unique index memberships_agent on memberships (agent);
            create table sessions (hash bytea primary key, id bytea not null, account bytea not null, workspace bytea not null, agent bytea not null, made bigint not null, expires bigint not null);
            create index sessions_agent on sessions (agent);
            create table attempts (key text primary key, failed bigint not null, since bigint not null, until bigint not null);
            create table tokens (hash bytea primary key, id bytea not null unique, workspace bytea not null, name text not null, scopes text not null, made bigint not null, used bigint);
            create index tokens_workspace on tokens (workspace);
            create table inbox_keys (inbox bytea not null, kid text not null, workspace bytea not null, algorithm text not null, secret bytea not null, made bigint not null, primary key (inbox, kid));
            """),
        new(21, "set-up", "create table setup_codes (hash text primary key, made bigint not null);"),
        new(22, "joining", """
            create table links (hash bytea primary key, kind text not null, target bytea not null, expires bigint not null);
            create index links_target on links (target);
            create table invitations (
                id bytea primary key, workspace bytea not null, email text not null, role bigint not null, teams text not null, made bigint not null, expires bigint not null);
            create index invitations_workspace on invitations (workspace);
            create table homes (workspace bytea primary key, address text not null);
            """),
        // Of what is out nobody knows who gave it: it is asked for anew.
        new(23, "issuers", """
            delete from links;
            delete from invitations;
            alter table links add column issuer bytea;
            alter table invitations add column issuer bytea;
            """),
        // With each new link the old ones go; every mail to a customer has one.
        new(24, "linksExpire", "create index links_expires on links (expires);"),
    ];
}
