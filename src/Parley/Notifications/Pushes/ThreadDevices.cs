using Parley.Log;
using Parley.Platform.Push;
using Parley.Platform.Store;

namespace Parley.Notifications.Pushes;

/// <summary>Customers' browsers that are told of answers in one thread.</summary>
internal static class ThreadDevices
{
    public const int Most = 10;

    public const string Ddl = """
        create table push_threads (
            conversation bytea not null, endpoint text not null, workspace bytea not null, contact bytea not null, p256dh bytea not null, auth bytea not null, language text not null, made bigint not null,
            primary key (conversation, endpoint));
        create index push_threads_contact on push_threads (contact);
        """;

    public static async Task<List<(PushTarget Target, string Language)>> Of(Session session, ConversationId id) =>
        (await session.Query<(string Endpoint, byte[] P256dh, byte[] Auth, string Language)>("select endpoint, p256dh, auth, language from push_threads where conversation = @id order by made", new { id = id.Bytes }))
        .ConvertAll(row => (new PushTarget(row.Endpoint, row.P256dh, row.Auth), row.Language));

    /// <summary>Keeps it; of too many the oldest goes.</summary>
    public static async Task Keep(Session session, WorkspaceId workspace, ContactId contact, ConversationId id, PushTarget target, string language, DateTimeOffset now)
    {
        foreach (var old in (await Of(session, id)).Where(known => known.Target.Endpoint != target.Endpoint).SkipLast(Most - 1))
        {
            await Drop(session, id, old.Target.Endpoint);
        }

        await Drop(session, id, target.Endpoint);
        await session.Execute(
            "insert into push_threads (conversation, endpoint, workspace, contact, p256dh, auth, language, made) values (@id, @Endpoint, @workspace, @contact, @P256dh, @Auth, @language, @made)",
            new { id = id.Bytes, target.Endpoint, workspace = workspace.Bytes, contact = contact.Bytes, target.P256dh, target.Auth, language, made = now.ToUnixTimeMilliseconds() });
    }

    public static Task<int> Drop(Session session, ConversationId id, string endpoint) =>
        session.Execute("delete from push_threads where conversation = @id and endpoint = @endpoint", new { id = id.Bytes, endpoint });

    public static Task Drop(Session session, ConversationId id) => session.Execute("delete from push_threads where conversation = @id", new { id = id.Bytes });

    public static Task Drop(Session session, ContactId contact) => session.Execute("delete from push_threads where contact = @contact", new { contact = contact.Bytes });
}
