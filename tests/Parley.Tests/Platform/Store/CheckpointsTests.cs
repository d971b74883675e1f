using Parley.Platform.Store;
using Shouldly;

namespace Parley.Tests.Platform.Store;

/// <summary>What was written comes from the log into the file without anybody who commits having to carry it there.</summary>
public sealed class CheckpointsTests : IAsyncDisposable
{
    private const int Page = 4_096;

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-checkpoints-").FullName;
    private readonly Database _database;
    private readonly string _path;
    private int _number;

    public CheckpointsTests()
    {
        _path = Path.Combine(_folder, "parley.db");
        _database = new Database(new SqliteDialect(_path));
    }

    [Fact]
    public async Task Long_before_a_commit_would_have_to_it_is_copied_beside()
    {
        await _database.Write(session => session.Execute("create table pages (number integer primary key, bytes blob not null)"));
        await Write(pages: 2_500);
        await Until(() => new FileInfo(_path).Length > 1_900 * Page);
        (await Count()).ShouldBe(2_500);
    }

    [Fact]
    public async Task Who_reads_an_old_state_for_long_reads_it_whole_and_the_rest_follows_afterwards()
    {
        await _database.Write(session => session.Execute("create table pages (number integer primary key, bytes blob not null)"));
        await Write(pages: 100);
        var seen = await _database.Snapshot(async session =>
        {
            var before = await session.One<long>("select count(*) from pages");
            await Write(pages: 5_000);
            new FileInfo(_path).Length.ShouldBeLessThan(1_000 * Page);
            return (before, await session.One<long>("select count(*) from pages where length(bytes) = 4000"));
        });
        seen.ShouldBe((100, 100));
        await Write(pages: 2_100);
        await Until(() => new FileInfo(_path).Length > 5_000 * Page);
        (await Count()).ShouldBe(7_200);
    }

    [Fact]
    public async Task Whoever_writes_when_it_is_closed_hears_so_and_nothing_is_missing()
    {
        await _database.Write(session => session.Execute("create table pages (number integer primary key, bytes blob not null)"));
        await Write(pages: 2_500);
        await _database.DisposeAsync();
        await Should.ThrowAsync<ObjectDisposedException>(Write(pages: 2_500));
        await using var again = new Database(new SqliteDialect(_path));
        (await again.Read(session => session.One<long>("select count(*) from pages"))).ShouldBe(2_500);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<long> Count() => _database.Read(session => session.One<long>("select count(*) from pages"));

    /// <summary>As readers write: fifty pages at once, and no power cut is waited for.</summary>
    private async Task Write(int pages)
    {
        for (var i = 0; i < pages; i += 50)
        {
            await _database.Write(
                async session =>
                {
                    for (var at = 0; at < 50; at++)
                    {
                        await session.Execute("insert into pages values (@number, zeroblob(4000))", new { number = ++_number });
                    }

                    return true;
                },
                outlasts: false);
        }
    }

    private static async Task Until(Func<bool> holds)
    {
        for (var i = 0; i < 500 && !holds(); i++)
        {
            await Task.Delay(20);
        }

        holds().ShouldBeTrue();
    }
}
