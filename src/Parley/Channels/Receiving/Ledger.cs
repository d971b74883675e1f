using Parley.Platform.Store;

namespace Parley.Channels.Receiving;

/// <summary>Something that a provider has a name for, and what it is here.</summary>
/// <param name="Seq">The entry; 0: not written yet.</param>
/// <param name="Opens">The conversation begins with it.</param>
internal sealed record Known(string Key, ContactId Contact, ConversationId Conversation, long Seq, bool Opens, bool Ours);

/// <summary>
/// What providers call things, and what these are here, in both directions. What a word of a customer comes to is written down before it is done, so that whatever breaks
/// in between, doing it again does the same: nothing is lost and nothing comes twice. Names only, nobody's words.
/// </summary>
internal sealed class Ledger(Database database, TimeProvider time)
{
    public const string Ddl = """
        create table channel_words (
            inbox bytea not null, key text not null, contact bytea not null, conversation bytea not null, seq bigint not null, opens bigint not null, ours bigint not null, at bigint not null,
            primary key (inbox, key));
        create index channel_words_entry on channel_words (conversation, seq);
        """;

    private const string Columns = "key, contact, conversation, seq, opens, ours";

    /// <summary>What a provider's name stands for; null: nothing that is known here.</summary>
    public async Task<Known?> Find(InboxId inbox, string key) =>
        Map(await database.Read(session => session.One<Row>($"select {Columns} from channel_words where inbox = @inbox and key = @key", new { inbox = inbox.Bytes, key })));

    /// <summary>Writes down what is to be done with it, unless that stands there already; what stands there holds.</summary>
    /// <param name="anew">It could not be done as it was planned: the thread was closed meanwhile.</param>
    public async Task<Known> Plan(InboxId inbox, Known plan, bool anew = false)
    {
        await database.Write(session => anew
            ? session.Execute(
                "update channel_words set contact = @contact, conversation = @conversation, opens = @opens where inbox = @inbox and key = @Key and seq = 0",
                new { inbox = inbox.Bytes, plan.Key, contact = plan.Contact.Bytes, conversation = plan.Conversation.Bytes, opens = plan.Opens ? 1 : 0 })
            : Add(session, inbox, plan));
        return (await Find(inbox, plan.Key))!;
    }

    public Task Done(InboxId inbox, string key, long seq) => database.Write(session => session.Execute(
        "update channel_words set seq = @seq where inbox = @inbox and key = @key", new { inbox = inbox.Bytes, key, seq }));

    /// <summary>One of ours goes out, or went, under this name.</summary>
    public Task Went(InboxId inbox, string key, ContactId contact, ConversationId conversation, long seq) =>
        database.Write(session => Add(session, inbox, new Known(key, contact, conversation, seq, Opens: false, Ours: true)));

    /// <summary>What the provider calls an entry; null: nothing.</summary>
    public Task<string?> NameOf(InboxId inbox, ConversationId conversation, long seq) => database.Read(session => session.One<string>(
        "select key from channel_words where conversation = @conversation and seq = @seq and inbox = @inbox order by case when key like 'dlv_%' then 1 else 0 end, key limit 1", new { conversation = conversation.Bytes, seq, inbox = inbox.Bytes }));

    /// <summary>What the provider calls the customer's last word in a conversation before an entry.</summary>
    public Task<string?> LastFrom(InboxId inbox, ConversationId conversation, long before) => database.Read(session => session.One<string>(
        "select key from channel_words where conversation = @conversation and seq < @before and seq > 0 and ours = 0 and inbox = @inbox order by seq desc limit 1",
        new { conversation = conversation.Bytes, before, inbox = inbox.Bytes }));

    public static Task Forget(Session session, ConversationId conversation) => session.Execute("delete from channel_words where conversation = @conversation", new { conversation = conversation.Bytes });

    private Task<int> Add(Session session, InboxId inbox, Known known) => session.Execute(
        "insert into channel_words (inbox, key, contact, conversation, seq, opens, ours, at) values (@inbox, @Key, @contact, @conversation, @Seq, @opens, @ours, @at) on conflict (inbox, key) do nothing",
        new
        {
            inbox = inbox.Bytes,
            known.Key,
            contact = known.Contact.Bytes,
            conversation = known.Conversation.Bytes,
            known.Seq,
            opens = known.Opens ? 1 : 0,
            ours = known.Ours ? 1 : 0,
            at = time.GetUtcNow().ToUnixTimeMilliseconds(),
        });

    private static Known? Map(Row? row) => row is null ? null : new(row.Key, ContactId.From(row.Contact), ConversationId.From(row.Conversation), row.Seq, row.Opens == 1, row.Ours == 1);

    private sealed class Row
    {
        public string Key { get; init; } = "";

        public byte[] Contact { get; init; } = [];

        public byte[] Conversation { get; init; } = [];

        public long Seq { get; init; }

        public long Opens { get; init; }

        public long Ours { get; init; }
    }
}
