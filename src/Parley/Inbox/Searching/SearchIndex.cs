using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Inbox.Searching;

/// <summary>Where the words are kept: beside the store, so that making them never holds up a message, or in it where that gains nothing.</summary>
internal sealed class SearchIndex(Database database, TimeProvider time) : IAsyncDisposable
{
    private readonly Database _store = Beside(database);
    private Task? _ready;

    public Database Store => _store;

    public TextIndex Texts => _store.Dialect.Texts;

    /// <summary>Makes or brings forward the tables of a store of its own. A file that is lost or of another version's is made anew: the log has all of it.</summary>
    public Task Prepare() => _ready is { IsFaulted: false } ready ? ready : _ready = _store == database ? Task.CompletedTask : Migrate();

    public ValueTask DisposeAsync() => _store == database ? ValueTask.CompletedTask : _store.DisposeAsync();

    private Task<int> Migrate() => new Migrations(
        _store,
        [
            new(1, "reading", LogMigrations.Reading),
            new(2, "words", Texts.Ddl),
        ],
        time).Apply();

    private static Database Beside(Database database)
    {
        var beside = database.Dialect.Beside("search");
        return beside == database.Dialect ? database : new Database(beside);
    }
}
