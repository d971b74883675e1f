using Dapper;

namespace Parley.Platform.Store;

/// <summary>FTS5. Rows are numbered as they come, so walking them backwards is newest first, without sorting.</summary>
internal sealed class SqliteTextIndex(string kind) : TextIndex
{
    private readonly string _table = $"{kind}s";
    private readonly string _words = $"{kind}_words";

    // The index keeps its own copy of the words and deletes securely: what was erased must not stay readable in its segments.
    public override string Ddl => $"""
        create table {_table} (id integer primary key autoincrement, workspace blob not null, owner blob not null, number bigint not null, position bigint not null, at bigint not null);
        create unique index {_table}_owner on {_table} (owner, number);
        create virtual table {_words} using fts5(words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
        insert into {_words} ({_words}, rank) values ('secure-delete', 1);
        """;

    private readonly Bulk _rows = new(
        $"{kind}s",
        [("workspace", ColumnType.Bytes), ("owner", ColumnType.Bytes), ("number", ColumnType.Integer), ("position", ColumnType.Integer), ("at", ColumnType.Integer)],
        "on conflict (owner, number) do nothing");

    private readonly BulkRead _ids = new($"select owner, number, id from {kind}s", [("owner", ColumnType.Bytes), ("number", ColumnType.Integer)]);

    private readonly Bulk _wordRows = new($"{kind}_words", [("rowid", ColumnType.Integer), ("words", ColumnType.Text)]);

    public override async Task Put(Session session, IReadOnlyList<IndexedText> texts)
    {
        var ids = await Known(session, texts);
        foreach (var (_, id) in ids)
        {
            await session.Execute($"delete from {_words} where rowid = @id", new { id });
        }

        await session.Write(_rows, [.. texts.Where(text => !ids.ContainsKey(Key(text))).Select(text => new object?[] { text.Workspace, text.Owner, text.Number, text.Position, text.At })]);
        ids = await Known(session, texts);
        await session.Write(_wordRows, [.. texts.Select(text => new object?[] { ids[Key(text)], string.Join(' ', text.Words) })]);
    }

    public override async Task Remove(Session session, byte[] owner, IReadOnlyCollection<long>? numbers = null)
    {
        var ids = await session.Query<(long Id, long Number)>($"select id, number from {_table} where owner = @owner", new { owner });
        foreach (var (id, _) in ids.Where(text => numbers?.Contains(text.Number) ?? true))
        {
            await Delete(session, id);
        }
    }

    public override async Task<int> Clear(Session session, byte[] workspace, int limit)
    {
        var ids = await session.Query<long>($"select id from {_table} where workspace = @workspace limit @limit", new { workspace, limit });
        foreach (var id in ids)
        {
            await Delete(session, id);
        }

        return ids.Count;
    }

    public override async Task<List<TextHit>> Find(Session session, byte[] workspace, IReadOnlyList<string> words, long below, int limit)
    {
        // Quoted, a word is a word whatever FTS5's own language would make of it.
        var query = string.Join(" AND ", words.Select(word => $"\"{word}\"*"));
        var rows = await session.Connection.QueryAsync<(byte[] Owner, long Number, long At, long Id)>(
            $"""
            select t.owner, t.number, t.at, t.id from {_words} w join {_table} t on t.id = w.rowid
            where w.words match @query and w.rowid < @below and t.workspace = @workspace
            order by w.rowid desc limit @limit
            """,
            new { query, below, workspace, limit });
        return [.. rows.Select(row => new TextHit(row.Owner, row.Number, row.At, row.Id))];
    }

    protected override async Task<long> Last(Session session, byte[] workspace) =>
        await session.One<long?>($"select id from {_table} where workspace = @workspace order by id desc limit 1", new { workspace }) ?? 0;

    protected override Task<long?> TimeAt(Session session, byte[] workspace, long rank) =>
        session.One<long?>($"select at from {_table} where workspace = @workspace and id <= @rank order by id desc limit 1", new { workspace, rank });

    private async Task Delete(Session session, long id)
    {
        await session.Execute($"delete from {_words} where rowid = @id", new { id });
        await session.Execute($"delete from {_table} where id = @id", new { id });
    }

    private static (string Owner, long Number) Key(IndexedText text) => (Convert.ToHexString(text.Owner), text.Number);

    private async Task<Dictionary<(string Owner, long Number), long>> Known(Session session, IReadOnlyList<IndexedText> texts) =>
        (await session.Read(_ids, [.. texts.Select(text => new object[] { text.Owner, text.Number })], row => (Owner: row.Bytes(0), Number: row.Integer(1), Id: row.Integer(2))))
            .ToDictionary(row => (Convert.ToHexString(row.Owner), row.Number), row => row.Id);
}
