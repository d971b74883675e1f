using System.Security.Cryptography;
using System.Text;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Channels.Receiving;

/// <summary>Something that a provider has a name for, and what it is here.</summary>
/// <param name="Seq">The entry; 0: not written yet.</param>
/// <param name="Opens">The conversation begins with it.</param>
/// <param name="Ours">We said it. Many providers count what customers say and what they are told each from one: a name stands for something only together with this.</param>
internal sealed record Known(string Key, ContactId Contact, ConversationId Conversation, long Seq, bool Opens, bool Ours)
{
    /// <summary>Of a customer's word: where they wrote from. Here, for an erasure clears this, and what stands beside an entry's words stays.</summary>
    public string Address { get; init; } = "";

    /// <summary>What others name it by; empty: its key.</summary>
    public string Name { get; init; } = "";

    /// <summary>When it came; null: now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Under this it comes into the log; empty: by its inbox and its key.</summary>
    public string Command { get; init; } = "";

    /// <summary>Of ours: which piece of the message it is.</summary>
    public int Part { get; init; }
}

/// <summary>
/// What providers call things, and what these are here, in both directions. What a word of a customer comes to is written down before it is done, so that whatever breaks
/// in between, doing it again does the same: nothing is lost and nothing comes twice. Names and addresses only, nobody's words.
/// </summary>
internal sealed class Ledger(Database database, SharedWrites writes, TimeProvider time)
{
    public const string Ddl = """
        create table channel_words (
            inbox bytea not null, key text not null, contact bytea not null, conversation bytea not null, seq bigint not null, opens bigint not null, ours bigint not null, at bigint not null,
            command text not null default '', address text not null default '', part bigint not null default 0, told bigint not null default 0,
            primary key (inbox, ours, key));
        create index channel_words_entry on channel_words (conversation, seq);
        create index channel_words_command on channel_words (command) where ours = 0;
        """;

    /// <summary>What others name a word by who answer it, where that is not what it is known by here.</summary>
    public const string Names = """
        alter table channel_words add column name text not null default '';
        create index channel_words_name on channel_words (inbox, name) where name <> '';
        create index channel_words_address on channel_words (inbox, address, at) where ours = 0;
        """;

    private const int MostNamed = 20;

    /// <summary>How the commands of words begin that came by a channel: of one mailbox, and of a mail that several may bring.</summary>
    private const string Word = "channel:";
    private const string OneWord = "mail:";

    private static readonly BulkRead WrittenFrom = new(
        "select command, conversation, inbox, address from (select command, conversation, inbox, address from channel_words where ours = 0) words",
        [("command", ColumnType.Text), ("conversation", ColumnType.Bytes), ("inbox", ColumnType.Bytes)]);

    /// <summary>Two looks into two indexes: one "or" over both would read every row of the inbox.</summary>
    internal const string NamedSql = $"""
        select {Columns} from (
            select {Columns}, at from channel_words where inbox = @inbox and ours in (0, 1) and key = @name
            union all
            select {Columns}, at from channel_words where inbox = @inbox and name = @name and name <> '' and key <> @name) as named
        """;

    private const string Columns = "key, contact, conversation, seq, opens, ours, address, part, name, command";

    /// <summary>The command of a mail that has something of ours: sent to several of our mailboxes it is one word in its conversation.</summary>
    public static string CommandOf(ConversationId conversation, string key) => $"{OneWord}{Hash(conversation.ToString(), key)}";

    /// <summary>Under this command a word comes into the log: the same word under the same, whatever its provider calls it.</summary>
    public static string CommandOf(InboxId inbox, string key) => $"{Word}{Hash(inbox.ToString(), key)}";

    private static string CommandOf(InboxId inbox, Known known) => known.Command.Length > 0 ? known.Command : CommandOf(inbox, known.Key);

    /// <summary>The same of what was said in the provider's own app.</summary>
    public static string EchoOf(InboxId inbox, string key) => $"echo:{Hash(inbox.ToString(), key)}";

    /// <summary>What a provider's name for a customer's word, or for one of ours, stands for; null: nothing that is known here.</summary>
    public async Task<Known?> Find(InboxId inbox, string key, bool ours) => Map(await database.Read(session => session.One<Row>(
        $"select {Columns} from channel_words where inbox = @inbox and ours = @ours and key = @key", new { inbox = inbox.Bytes, ours = ours ? 1 : 0, key })));

    /// <summary>All that is called so by who answers it, theirs and ours, the newest first. Of a name that anybody may give there may be several.</summary>
    public async Task<IReadOnlyList<Known>> Named(InboxId inbox, string name) => (await database.Read(session => session.Query<Row>(
        $"{NamedSql} order by at desc limit {MostNamed}", new { inbox = inbox.Bytes, name }))).ConvertAll(row => Map(row)!);

    /// <summary>When words came from an address, between two times.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> Since(InboxId inbox, string address, DateTimeOffset after, DateTimeOffset until, int limit) => (await database.Read(session => session.Query<long>(
        "select at from channel_words where inbox = @inbox and ours = 0 and address = @address and at > @after and at <= @until order by at desc limit @limit",
        new { inbox = inbox.Bytes, address, after = after.ToUnixTimeMilliseconds(), until = until.ToUnixTimeMilliseconds(), limit }))).ConvertAll(DateTimeOffset.FromUnixTimeMilliseconds);

    /// <summary>Where entries were written from, by their positions. Without those that came by no channel, and of which it was forgotten.</summary>
    public static async Task<Dictionary<long, string>> AddressesOf(Session session, IEnumerable<Entry> entries)
    {
        // Whatever came by a channel has a command of its kind; what people sent themselves need not be looked for.
        var words = entries.Where(entry => entry.Via is not null && (entry.Command.StartsWith(Word, StringComparison.Ordinal) || entry.Command.StartsWith(OneWord, StringComparison.Ordinal)))
            .ToLookup(entry => (entry.Command, new ConversationId(entry.Subject.Id), entry.Via!.Inbox), entry => entry.Position);
        var rows = await session.Read(WrittenFrom, [.. words.Select(word => new object[] { word.Key.Command, word.Key.Item2.Bytes, word.Key.Inbox.Bytes })],
            row => (Word: (row.Text(0), ConversationId.From(row.Bytes(1)), InboxId.From(row.Bytes(2))), Address: row.Text(3)));
        return rows.Where(row => row.Address.Length > 0).DistinctBy(row => row.Word).SelectMany(row => words[row.Word].Select(position => (position, row.Address))).ToDictionary();
    }

    /// <summary>Writes down what is to be done with it, unless that stands there already; what stands there holds.</summary>
    /// <param name="anew">It could not be done as it was planned: the thread was closed meanwhile.</param>
    public async Task<Known> Plan(InboxId inbox, Known plan, bool anew = false)
    {
        var written = await writes.Write(session => anew
            ? session.Execute(
                "update channel_words set contact = @contact, conversation = @conversation, opens = @opens, command = @command where inbox = @inbox and ours = 0 and key = @Key and seq = 0",
                new { inbox = inbox.Bytes, plan.Key, contact = plan.Contact.Bytes, conversation = plan.Conversation.Bytes, opens = plan.Opens ? 1 : 0, command = CommandOf(inbox, plan) })
            : Add(session, inbox, plan));
        return written == 1 && !anew ? plan with { Command = CommandOf(inbox, plan) } : (await Find(inbox, plan.Key, ours: false))!;
    }

    public Task Done(InboxId inbox, string key, long seq) => writes.Write(session => session.Execute(
        "update channel_words set seq = @seq where inbox = @inbox and ours = 0 and key = @key", new { inbox = inbox.Bytes, key, seq }));

    /// <summary>Nothing of what was planned with it was done, nor will be.</summary>
    public Task Drop(InboxId inbox, string key) => database.Write(session => session.Execute(
        "delete from channel_words where inbox = @inbox and ours = 0 and key = @key and seq = 0", new { inbox = inbox.Bytes, key }));

    /// <summary>One of ours goes out, or went, under this name.</summary>
    public Task Went(InboxId inbox, string key, ContactId contact, ConversationId conversation, long seq, int part = 0) =>
        database.Write(session => Add(session, inbox, new Known(key, contact, conversation, seq, Opens: false, Ours: true) { Part = part }));

    /// <summary>How far a piece of ours got is told once: what arrived has not failed, and who failed may have arrived after all.</summary>
    /// <returns>Nothing of what arrived has failed, and, where it arrived, no other piece of the same message has.</returns>
    public static async Task<bool> Told(Session session, Known ours, bool arrived)
    {
        await session.Execute(
            "update channel_words set told = @told where conversation = @conversation and seq = @Seq and ours = 1 and part = @Part and told <> 1",
            new { told = arrived ? 1 : 2, conversation = ours.Conversation.Bytes, ours.Seq, ours.Part });
        return await session.One<long?>(
            "select count(*) from channel_words where conversation = @conversation and seq = @Seq and ours = 1 and ((@arrived = 1 and told = 2) or (@arrived = 0 and part = @Part and told = 1))",
            new { arrived = arrived ? 1 : 0, conversation = ours.Conversation.Bytes, ours.Seq, ours.Part }) is null or 0;
    }

    /// <summary>What the provider calls an entry; null: nothing.</summary>
    public Task<string?> NameOf(InboxId inbox, ConversationId conversation, long seq) => database.Read(session => session.One<string>(
        "select case when name = '' then key else name end from channel_words where conversation = @conversation and seq = @seq and inbox = @inbox order by case when key like 'dlv_%' then 1 else 0 end, key limit 1", new { conversation = conversation.Bytes, seq, inbox = inbox.Bytes }));

    /// <summary>What the provider calls the customer's last word in a conversation before an entry.</summary>
    public Task<string?> LastFrom(InboxId inbox, ConversationId conversation, long before) => database.Read(session => session.One<string>(
        "select case when name = '' then key else name end from channel_words where conversation = @conversation and seq < @before and seq > 0 and ours = 0 and inbox = @inbox order by seq desc limit 1",
        new { conversation = conversation.Bytes, before, inbox = inbox.Bytes }));

    /// <summary>What the customer's words in a conversation are called by others, by their seq.</summary>
    public async Task<IReadOnlyDictionary<long, string>> Called(ConversationId conversation) =>
        (await database.Read(session => session.Query<(long Seq, string Name)>(
            "select seq, name from channel_words where conversation = @conversation and ours = 0 and seq > 0 and name <> ''", new { conversation = conversation.Bytes })))
        .DistinctBy(word => word.Seq).ToDictionary(word => word.Seq, word => word.Name);

    /// <summary>As what the mails of ours in a conversation went out, by the seq of what they said.</summary>
    public async Task<IReadOnlyDictionary<long, string>> Sent(ConversationId conversation) =>
        (await database.Read(session => session.Query<(long Seq, string Key)>(
            "select seq, key from channel_words where conversation = @conversation and ours = 1 and part = 0 and key like '%@%'", new { conversation = conversation.Bytes })))
        .DistinctBy(word => word.Seq).ToDictionary(word => word.Seq, word => word.Key);

    public static async Task<List<(InboxId Inbox, string Address)>> AddressesOf(Session session, ConversationId conversation) =>
        (await session.Query<(byte[] Inbox, string Address)>("select distinct inbox, address from channel_words where conversation = @conversation and address <> ''", new { conversation = conversation.Bytes }))
        .ConvertAll(row => (InboxId.From(row.Inbox), row.Address));

    public static Task Forget(Session session, ConversationId conversation) => session.Execute("delete from channel_words where conversation = @conversation", new { conversation = conversation.Bytes });

    private Task<int> Add(Session session, InboxId inbox, Known known) => session.Execute(
        "insert into channel_words (inbox, key, contact, conversation, seq, opens, ours, at, command, address, part, name) values (@inbox, @Key, @contact, @conversation, @Seq, @opens, @ours, @at, @command, @Address, @Part, @Name) on conflict (inbox, ours, key) do nothing",
        new
        {
            inbox = inbox.Bytes,
            known.Key,
            contact = known.Contact.Bytes,
            conversation = known.Conversation.Bytes,
            known.Seq,
            opens = known.Opens ? 1 : 0,
            ours = known.Ours ? 1 : 0,
            at = (known.At is { } at && at < time.GetUtcNow() ? at : time.GetUtcNow()).ToUnixTimeMilliseconds(),
            command = known.Ours ? "" : CommandOf(inbox, known),
            known.Address,
            known.Part,
            known.Name,
        });

    private static string Hash(string of, string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{of}\n{key}")).AsSpan(0, 20));

    private static Known? Map(Row? row) => row is null ? null : new(row.Key, ContactId.From(row.Contact), ConversationId.From(row.Conversation), row.Seq, row.Opens == 1, row.Ours == 1) { Address = row.Address, Part = (int)row.Part, Name = row.Name, Command = row.Command };

    private sealed class Row
    {
        public string Key { get; init; } = "";

        public byte[] Contact { get; init; } = [];

        public byte[] Conversation { get; init; } = [];

        public long Seq { get; init; }

        public long Opens { get; init; }

        public long Ours { get; init; }

        public string Address { get; init; } = "";

        public string Name { get; init; } = "";

        public string Command { get; init; } = "";

        public long Part { get; init; }
    }
}
