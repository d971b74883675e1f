using Npgsql;
using Parley.Platform.Store;
using Shouldly;

namespace Parley.Tests.Platforms.Store;

public class PostgresDialectTests
{
    private const string Somewhere = "Host=nowhere.test;Database=parley";

    [Theory]
    [InlineData("", 10, 30, 60)]
    [InlineData(";Command Timeout=45", 45, 45, 45)]
    [InlineData(";commandtimeout=200", 200, 200, 200)]
    [InlineData(";Command Timeout=30", 30, 30, 30)]
    public async Task What_somebody_waits_for_is_given_up_early_unless_the_operator_says_for_how_long(string wish, int asked, int changing, int working)
    {
        await using var dialect = new PostgresDialect(Somewhere + wish);
        dialect.Patience.ShouldBe(new Patience(asked, changing, working));
        new NpgsqlConnectionStringBuilder(dialect.Source.ConnectionString).CommandTimeout.ShouldBe(working);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    public void A_wait_without_an_end_is_refused(string seconds)
    {
        var refused = Should.Throw<StoreRefused>(() => new StoreSettings($"{Somewhere};Command Timeout={seconds}").Open("/nowhere"));
        refused.Code.ShouldBe("store.url");
    }

    [Theory]
    [InlineData("23505", true)]
    [InlineData("40001", true)]
    [InlineData("53100", true)]
    [InlineData("40003", false)]
    [InlineData("57P01", false)]
    [InlineData("57P02", false)]
    [InlineData("08006", false)]
    [InlineData("XX000", false)]
    public async Task Only_what_PostgreSQL_itself_refused_was_surely_not_committed(string state, bool undone)
    {
        await using var dialect = new PostgresDialect(Somewhere);
        dialect.IsUndone(new PostgresException("no", "ERROR", "ERROR", state)).ShouldBe(undone);
        dialect.IsUndone(new NpgsqlException("the line broke", new IOException())).ShouldBeFalse();
    }
}
