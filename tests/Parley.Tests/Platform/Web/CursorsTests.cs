using Parley.Platform;
using Parley.Platform.Keys;
using Parley.Platform.Store;
using Parley.Platform.Web;
using Shouldly;

namespace Parley.Tests.Platforms.Web;

public sealed class CursorsTests : IAsyncLifetime
{
    private static readonly byte[] Epoch = [1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly byte[] Later = [9, 2, 3, 4, 5, 6, 7, 8];

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-cursors-").FullName;
    private Database _database = null!;
    private Cursors _cursors = null!;

    private sealed record Place(long At, byte[] Id);

    public async Task InitializeAsync()
    {
        _database = new Database(new SqliteDialect(Path.Combine(_folder, "parley.db")));
        await new Migrations(_database, PlatformModule.Module.Migrations, TimeProvider.System).Apply();
        var keys = new KeyRing(_database, TimeProvider.System, new KeySettings());
        await keys.Load();
        _cursors = new Cursors(keys);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_place_is_found_again()
    {
        var found = _cursors.Read<Place>("list", Epoch, _cursors.Write("list", Epoch, new Place(7, [1, 2])))!;
        found.Current.ShouldBeTrue();
        found.Place.At.ShouldBe(7);
        found.Place.Id.ShouldBe([1, 2]);
    }

    [Fact]
    public void One_of_another_epoch_is_known_as_such() =>
        _cursors.Read<Place>("list", Later, _cursors.Write("list", Epoch, new Place(7, [])))!.Current.ShouldBeFalse();

    [Fact]
    public void One_for_something_else_is_none() => _cursors.Read<Place>("search", Epoch, _cursors.Write("list", Epoch, new Place(7, []))).ShouldBeNull();

    [Fact]
    public void A_changed_or_cut_one_is_none()
    {
        var text = _cursors.Write("list", Epoch, new Place(7, [1]));
        _cursors.Read<Place>("list", Epoch, text[..^1]).ShouldBeNull();
        _cursors.Read<Place>("list", Epoch, text + "A").ShouldBeNull();
        _cursors.Read<Place>("list", Epoch, "").ShouldBeNull();
        _cursors.Read<Place>("list", Epoch, null).ShouldBeNull();
        _cursors.Read<Place>("list", Epoch, (text[0] == 'A' ? 'B' : 'A') + text[1..]).ShouldBeNull();
    }

    [Fact]
    public void It_does_not_tell_where_it_stands()
    {
        var (one, next) = (_cursors.Write("changes", Epoch, 1L), _cursors.Write("changes", Epoch, 2L));
        one.ShouldNotBe(next);
        // The same place twice looks different, and the length says nothing.
        _cursors.Write("changes", Epoch, 1L).ShouldNotBe(one);
        one.Length.ShouldBe(next.Length);
    }
}
