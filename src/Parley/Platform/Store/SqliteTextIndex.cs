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

    private readonly string _insert = $"insert into {kind}s (workspace, owner, number, position, at) values (?1, ?2, ?3, ?4, ?5) on conflict (owner, number) do nothing returning id";
    private readonly string _find = $"select id from {kind}s where owner = ?1 and number = ?2";
    private readonly string _forget = $"delete from {kind}_words where rowid = ?1";
    private readonly string _add = $"insert into {kind}_words (rowid, words) values (?1, ?2)";

    /// <remarks>
    /// First all rows, then all words: a statement that may have to be undone alone is a savepoint of every virtual table that the transaction has touched, and FTS5
    /// then writes down what it has gathered. By turns each text became a segment of its own, which cost five times the index itself.
    /// </remarks>
    public override Task Put(Session session, IReadOnlyList<IndexedText> texts)
    {
        var (forget, add) = (Prepared(session, _forget), Prepared(session, _add));
        var ids = Places(session, texts);
        for (var i = 0; i < texts.Count; i++)
        {
            if (ids[i].Known)
            {
                forget.Run([ids[i].Id]);
            }

            add.Run([ids[i].Id, string.Join(' ', texts[i].Words)]);
        }

        return Task.CompletedTask;
    }

    /// <summary>The number of each text; known: it was there already, and keeps its place with other words.</summary>
    private (long Id, bool Known)[] Places(Session session, IReadOnlyList<IndexedText> texts)
    {
        var (insert, find) = (Prepared(session, _insert), Prepared(session, _find));
        var (places, found) = (new (long, bool)[texts.Count], new List<long>(1));
        for (var i = 0; i < places.Length; i++)
        {
            found.Clear();
            insert.Read([texts[i].Workspace, texts[i].Owner, texts[i].Number, texts[i].Position, texts[i].At], Id, found);
            var known = found.Count == 0;
            if (known)
            {
                find.Read([texts[i].Owner, texts[i].Number], Id, found);
            }

            places[i] = (found[0], known);
        }

        return places;
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

    private static SqliteStatement Prepared(Session session, string sql) => session.Prepared(sql, () => sql);

    private static long Id(Row row) => row.Integer(0);
}
