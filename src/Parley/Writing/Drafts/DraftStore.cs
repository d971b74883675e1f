using System.Text.Json;
using Parley.Platform;
using Parley.Platform.Store;

namespace Parley.Writing.Drafts;

/// <summary>What an agent began to write in a conversation.</summary>
/// <param name="Mode">In which of both they were: <c>reply</c> or <c>note</c>.</param>
/// <param name="Quote">The message that the reply refers to.</param>
/// <param name="Mail">Of a mail: what it is about and who gets it, where somebody touched that.</param>
internal sealed record DraftText(string Reply = "", string Note = "", string Mode = "reply", long? Quote = null, DraftMail? Mail = null)
{
    public bool IsEmpty => Reply == "" && Note == "" && Quote is null && Mail is null;
}

/// <summary>The fields of a mail as they stand in the window: also what is no address yet.</summary>
internal sealed record DraftMail(string Subject = "", string To = "", string Cc = "", string Bcc = "")
{
    public IEnumerable<(string Name, string Text)> Fields() => [("subject", Subject), ("to", To), ("cc", Cc), ("bcc", Bcc)];

    public DraftMail Cleaned() => new(Words.Clean(Subject), Words.Clean(To), Words.Clean(Cc), Words.Clean(Bcc));
}

/// <summary>One row an agent and conversation.</summary>
internal static class DraftStore
{
    public const string Ddl = """
        create table drafts (agent bytea not null, conversation bytea not null, workspace bytea not null, body text not null, version bigint not null, primary key (agent, conversation));
        create index drafts_conversation on drafts (conversation);
        """;

    public static async Task<(DraftText Draft, long Version)?> Find(Session session, AgentId agent, ConversationId conversation) =>
        await session.One<(string? Body, long Version)>("select body, version from drafts where agent = @agent and conversation = @conversation", Key(agent, conversation)) is { Body: { } body } row
            ? (JsonSerializer.Deserialize<DraftText>(body, Json.Options)!, row.Version)
            : null;

    /// <summary>The conversations in which an agent began something, the newest first.</summary>
    public static async Task<List<ConversationId>> Begun(Session session, AgentId agent, int limit) =>
        (await session.Query<byte[]>("select conversation from drafts where agent = @agent order by version desc limit @limit", new { agent = agent.Bytes, limit })).ConvertAll(ConversationId.From);

    /// <summary>Saves over the version that whoever writes has read (0: none); false where there is another.</summary>
    public static async Task<bool> Save(Session session, WorkspaceId workspace, (AgentId Agent, ConversationId Conversation) key, DraftText draft, (long Read, long New) version)
    {
        var (agent, conversation, body) = (key.Agent.Bytes, key.Conversation.Bytes, JsonSerializer.Serialize(draft, Json.Options));
        var written = version.Read == 0
            ? await session.Execute(
                "insert into drafts (agent, conversation, workspace, body, version) values (@agent, @conversation, @workspace, @body, @version) on conflict (agent, conversation) do nothing",
                new { agent, conversation, workspace = workspace.Bytes, body, version = version.New })
            : await session.Execute(
                "update drafts set body = @body, version = @version where agent = @agent and conversation = @conversation and version = @read",
                new { agent, conversation, body, version = version.New, read = version.Read });
        return written == 1;
    }

    /// <param name="version">The one that was read; null: whichever there is.</param>
    public static async Task<bool> Drop(Session session, AgentId agent, ConversationId conversation, long? version = null) =>
        await session.Execute(
            $"delete from drafts where agent = @agent and conversation = @conversation {(version is null ? "" : "and version = @version")}",
            new { agent = agent.Bytes, conversation = conversation.Bytes, version }) > 0;

    /// <summary>To another conversation: behind what was begun there.</summary>
    public static async Task Move(Session session, ConversationId from, ConversationId into)
    {
        foreach (var (agent, body) in await session.Query<(byte[] Agent, string Body)>("select agent, body from drafts where conversation = @from", new { from = from.Bytes }))
        {
            var moved = JsonSerializer.Deserialize<DraftText>(body, Json.Options)! with { Quote = null };
            var there = await Find(session, AgentId.From(agent), into);
            if (there is { } known)
            {
                var both = known.Draft with { Reply = Joined(known.Draft.Reply, moved.Reply), Note = Joined(known.Draft.Note, moved.Note), Mail = known.Draft.Mail ?? moved.Mail };
                await session.Execute("update drafts set body = @body, version = version + 1 where agent = @agent and conversation = @into", new { agent, into = into.Bytes, body = JsonSerializer.Serialize(both, Json.Options) });
                await session.Execute("delete from drafts where agent = @agent and conversation = @from", new { agent, from = from.Bytes });
            }
            else
            {
                await session.Execute("update drafts set conversation = @into, body = @body where agent = @agent and conversation = @from", new { agent, from = from.Bytes, into = into.Bytes, body = JsonSerializer.Serialize(moved, Json.Options) });
            }
        }
    }

    private static string Joined(string one, string other) => one.Length == 0 ? other : other.Length == 0 ? one : $"{one}\n\n{other}";

    public static Task Purge(Session session, IEnumerable<Guid> conversations) => session.Execute(
        $"delete from drafts where {session.Dialect.In("conversation", "ids")}", new { ids = conversations.Select(id => id.ToByteArray(bigEndian: true)).ToArray() });

    private static object Key(AgentId agent, ConversationId conversation) => new { agent = agent.Bytes, conversation = conversation.Bytes };
}
