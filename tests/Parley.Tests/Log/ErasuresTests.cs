using Parley.Log;
using Parley.Platform;
using Parley.Platform.Store;
using Shouldly;

namespace Parley.Tests.Log;

/// <summary>Whether the list beside a store knows of more than its log: what one promotion settled is not done again at the next.</summary>
public sealed class ErasuresTests : IAsyncLifetime
{
    private static readonly WorkspaceId Workspace = WorkspaceId.New(TimeProvider.System);

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-erasures-").FullName;
    private Database _database = null!;

    public async Task InitializeAsync()
    {
        _database = new Database(new SqliteDialect(Path.Combine(_folder, "parley.db")));
        await new Migrations(_database, Product.Migrations, TimeProvider.System).Apply();
        await _database.Write(session => Heads.Begin(session, Workspace));
        await At(50);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact, Trait("row", "PA18")]
    public async Task PA18_What_the_log_says_itself_is_no_news_and_what_it_does_not_is()
    {
        await Says("ana", 40);
        (await Beyond()).ShouldBeFalse();
        // Erased again later: the log ends before that.
        await Says("ana", 60);
        (await Beyond()).ShouldBeTrue();
        await At(60);
        (await Beyond()).ShouldBeFalse();
    }

    [Fact, Trait("row", "PA18")]
    public async Task PA18_What_was_settled_once_is_not_done_again_at_the_next_promotion()
    {
        await Says("ana", 60);
        await Erasures.Append(_folder, [Line("ben") with { Place = null }]);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await Promoted();
            (await Beyond()).ShouldBeFalse();
        }

        // Later lines of the present log are known, and one of which it knows nothing is not.
        await At(70);
        await Says("kim", 65);
        await Promoted();
        (await Beyond()).ShouldBeFalse();
        await Says("noor", 75);
        (await Beyond()).ShouldBeTrue();
    }

    [Fact, Trait("row", "PA18")]
    public async Task PA18_A_store_of_before_a_promotion_is_of_an_earlier_day()
    {
        await Says("ana", 40);
        var before = await Epoch();
        await Promoted();
        await At(80);
        await Says("ben", 75);
        await _database.Write(session => session.Execute("update heads set epoch = @before, position = 50", new { before }));
        (await Beyond()).ShouldBeTrue();
    }

    [Fact]
    public async Task That_the_list_is_whole_is_not_said_by_settling_it()
    {
        await Says("ana", 60);
        await Promoted();
        (await Erasures.Whole(_folder)).GetValueOrDefault((Workspace, Convert.ToHexStringLower(await Epoch()))).ShouldBe(0);
    }

    private Task<bool> Beyond() => Erasures.Beyond(_database, _folder);

    private async Task Promoted()
    {
        await _database.Write(session => Heads.Renew(session, 0));
        await Erasures.Settle(_database, _folder);
    }

    private Task At(long position) => _database.Write(session => session.Execute("update heads set position = @position", new { position }));

    private async Task<byte[]> Epoch() => (await _database.Read(session => session.One<byte[]>("select epoch from heads")))!;

    private async Task Says(string who, long position) =>
        await Erasures.Append(_folder, [Line(who) with { Place = new LogPlace(Workspace, Convert.ToHexStringLower(await Epoch()), position) }]);

    private static Erasure Line(string who) => new(Workspace, "contact", who, null, "erased", DateTimeOffset.UnixEpoch);
}
