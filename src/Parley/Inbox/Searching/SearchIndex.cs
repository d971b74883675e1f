using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Inbox.Searching;

/// <summary>Where the words are kept: beside the store, so that making them never holds up a message, or in it where that gains nothing.</summary>
internal sealed class SearchIndex : IAsyncDisposable
{
    public const string TextKind = "text";
    public const string PersonKind = "person";

    /// <summary>What is in an index that knew less is made anew: it cannot say what it left out.</summary>
    public const string Restart = $"update cursors set position = -1 where reader = '{SearchReader.ReaderName}';";

    private readonly Database _database;
    private readonly TimeProvider _time;
    private Task? _ready;

    public SearchIndex(Database database, TimeProvider time)
    {
        (_database, _time) = (database, time);
        var beside = database.Dialect.Beside("search");
        Store = beside == database.Dialect ? database : new Database(beside);
        (Texts, Persons) = (beside.Index(TextKind), beside.Index(PersonKind));
    }

    public Database Store { get; }

    public TextIndex Texts { get; }

    public TextIndex Persons { get; }

    /// <summary>Makes or brings forward the tables of a store of its own. A file that is lost is made anew: the log has all of it.</summary>
    public Task Prepare() => _ready is { IsFaulted: false } ready ? ready : _ready = Store == _database ? Task.CompletedTask : Migrate();

    public ValueTask DisposeAsync() => Store == _database ? ValueTask.CompletedTask : Store.DisposeAsync();

    private Task<int> Migrate() => new Migrations(
        Store,
        [
            new(1, "reading", LogMigrations.Reading),
            new(2, "words", Texts.Ddl),
            new(3, "persons", $"{Persons.Ddl}\n{Restart}"),
            new(4, "spellings", Restart),
        ],
        _time).Apply();
}
