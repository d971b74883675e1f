using System.Data.Common;
using Parley.Platform.Store;
using Parley.Specs.Engines;

namespace Parley.Specs.Store;

/// <summary>What every engine does alike. Modules rely on nothing else.</summary>
public abstract class StoreSpec
{
    private static readonly Bulk Things = new("things", [("id", ColumnType.Bytes), ("number", ColumnType.Integer), ("word", ColumnType.Text)]);
    private static readonly Bulk Latest = Things with { Conflict = "on conflict (id) do update set number = excluded.number, word = excluded.word" };
    private static readonly BulkRead ById = new("select id, number, word from things", [("id", ColumnType.Bytes)]);
    private static readonly Migration First = new(1, "things", "create table things (id bytea primary key, number bigint, word text) /* clustered */;");
    private static readonly Migration Second = new(2, "more", "create table more (id bigint primary key); create index more_id on more (id);");

    protected abstract Task<Engine> Engine();

    [SkippableFact]
    public async Task What_was_written_is_read_again_null_empty_and_large()
    {
        await using var rig = await Rig.Start(Engine(), First);
        object?[][] rows = [[Key(1), 1L, "one"], [Key(2), null, null], [Key(3), long.MaxValue, ""], [Key(4), long.MinValue, new string('ß', 100_000)]];
        await rig.Store.Write(session => session.Write(Things, rows));
        (await rig.Read()).ShouldBe([(1, 1, "one"), (2, null, null), (3, long.MaxValue, ""), (4, long.MinValue, new string('ß', 100_000))]);
    }

    [SkippableFact]
    public async Task Only_the_keys_that_are_there_are_found()
    {
        await using var rig = await Rig.Start(Engine(), First);
        await rig.Store.Write(session => session.Write(Things, [[Key(1), 1L, "one"], [Key(2), 2L, "two"], [Key(3), 3L, "three"]]));
        var found = await rig.Store.Read(session => session.Read(ById, [[Key(3)], [Key(1)], [Key(9)]], row => row.Integer(1)));
        found.Order().ShouldBe([1, 3]);
    }

    [SkippableFact]
    public async Task Reading_by_keys_that_breaks_off_holds_on_to_nothing()
    {
        await using var rig = await Rig.Start(Engine(), First);
        await rig.Store.Write(session => session.Write(Latest, [[Key(1), 1L, "one"], [Key(2), 2L, "two"]]));
        Task<List<long>> Numbers(Func<long, long> map) => rig.Store.Read(session => session.Read(ById, [[Key(1)], [Key(2)]], row => map(row.Integer(1))));
        await Should.ThrowAsync<InvalidOperationException>(() => Numbers(number => number == 1 ? number : throw new InvalidOperationException()));
        await rig.Store.Write(session => session.Write(Latest, [[Key(1), 10L, "one"], [Key(2), 20L, "two"]]));
        for (var i = 0; i < 3; i++)
        {
            (await Numbers(number => number)).Order().ShouldBe([10, 20]);
        }
    }

    [SkippableFact]
    public async Task A_later_row_takes_the_place_of_an_earlier_one_where_the_insert_says_so()
    {
        await using var rig = await Rig.Start(Engine(), First);
        await rig.Store.Write(session => session.Write(Latest, [[Key(1), 1L, "one"]]));
        await rig.Store.Write(session => session.Write(Latest, [[Key(1), 2L, "two"], [Key(2), 3L, "three"]]));
        (await rig.Read()).ShouldBe([(1, 2, "two"), (2, 3, "three")]);
    }

    [SkippableFact]
    public async Task A_taken_key_is_known_as_such_and_leaves_nothing_of_its_transaction()
    {
        await using var rig = await Rig.Start(Engine(), First);
        await rig.Store.Write(session => session.Write(Things, [[Key(1), 1L, "one"]]));
        var error = await Should.ThrowAsync<DbException>(() => rig.Store.Write(async session =>
        {
            await session.Write(Things, [[Key(2), 2L, "two"]]);
            await session.Write(Things, [[Key(1), 3L, "three"]]);
        }));
        rig.Store.Dialect.IsDuplicate(error).ShouldBeTrue();
        (await rig.Read()).ShouldBe([(1, 1, "one")]);
    }

    [SkippableFact]
    public async Task Another_error_is_not_taken_for_a_taken_key()
    {
        await using var rig = await Rig.Start(Engine(), First);
        var error = await Should.ThrowAsync<DbException>(() => rig.Store.Write(session => session.Execute("insert into nowhere values (1)")));
        rig.Store.Dialect.IsDuplicate(error).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task A_thrown_exception_takes_everything_back_and_the_store_goes_on()
    {
        await using var rig = await Rig.Start(Engine(), First);
        await Should.ThrowAsync<InvalidOperationException>(() => rig.Store.Write(async session =>
        {
            await session.Write(Things, [[Key(1), 1L, "one"]]);
            throw new InvalidOperationException();
        }));
        (await rig.Read()).ShouldBeEmpty();
        await rig.Store.Write(session => session.Write(Things, [[Key(2), 2L, "two"]]));
        (await rig.Read()).ShouldBe([(2, 2, "two")]);
    }

    [SkippableFact]
    public async Task Writes_of_one_row_from_many_sides_and_two_processes_are_all_counted()
    {
        await using var rig = await Rig.Start(Engine(), First);
        await using var other = new Database(rig.Engine.Open());
        await rig.Store.Write(session => session.Write(Things, [[Key(1), 0L, ""]]));
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? rig.Store : other).Write(async session =>
        {
            var number = await session.One<long>($"select number from things where id = @id{session.Dialect.ForUpdate}", new { id = Key(1) });
            await session.Execute("update things set number = @number where id = @id", new { number = number + 1, id = Key(1) });
        }, urgent: i % 3 == 0)));
        (await rig.Read()).ShouldBe([(1, 100, "")]);
    }

    [SkippableFact]
    public async Task Keys_are_in_the_order_of_their_bytes()
    {
        await using var rig = await Rig.Start(Engine(), First);
        byte[][] keys = [[0], [0, 0], [0x7f], [0x80], [0xff], [0xff, 1]];
        await rig.Store.Write(session => session.Write(Things, [.. keys.Reverse().Select(key => new object?[] { key, 0L, "" })]));
        (await rig.Store.Read(session => session.Query<byte[]>("select id from things order by id"))).ShouldBe(keys);
    }

    [SkippableFact]
    public async Task Migrations_are_applied_once_in_order_and_by_one_of_several_processes()
    {
        await using var engine = await Engine();
        var stores = Enumerable.Range(0, 3).Select(_ => new Database(engine.Open())).ToList();
        (await new Migrations(stores[0], [Second, First], TimeProvider.System).Pending()).ShouldBe([First, Second]);
        var counts = await Task.WhenAll(stores.Select(store => new Migrations(store, [Second, First], TimeProvider.System).Apply()));
        counts.Order().ShouldBe([0, 0, 2]);
        (await new Migrations(stores[1], [First, Second], TimeProvider.System).Pending()).ShouldBeEmpty();
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task A_migration_that_fails_leaves_nothing_of_itself()
    {
        await using var rig = await Rig.Start(Engine(), First);
        var broken = new Migration(2, "broken", "create table half (id bigint primary key); insert into nowhere values (1);");
        await Should.ThrowAsync<DbException>(() => new Migrations(rig.Store, [First, broken], TimeProvider.System).Apply());
        (await new Migrations(rig.Store, [First, Second], TimeProvider.System).Apply()).ShouldBe(1);
        await Should.ThrowAsync<DbException>(() => rig.Store.Read(session => session.One<long>("select count(*) from half")));
    }

    [SkippableFact]
    public async Task A_newer_store_and_a_changed_step_are_refused()
    {
        await using var rig = await Rig.Start(Engine(), First, Second);
        (await Should.ThrowAsync<StoreRefused>(() => new Migrations(rig.Store, [First], TimeProvider.System).Pending())).Code.ShouldBe("store.newer");
        (await Should.ThrowAsync<StoreRefused>(() => new Migrations(rig.Store, [First, Second with { Sql = "select 1" }], TimeProvider.System).Apply())).Code.ShouldBe("store.changed");
    }

    private static byte[] Key(int number) => [0, 0, 0, (byte)number];

    private sealed record Rig(Engine Engine, Database Store) : IAsyncDisposable
    {
        public static async Task<Rig> Start(Task<Engine> making, params Migration[] steps)
        {
            var engine = await making;
            var store = new Database(engine.Open());
            await new Migrations(store, steps, TimeProvider.System).Apply();
            return new Rig(engine, store);
        }

        public Task<List<(int, long?, string?)>> Read() => Store.Read(async session =>
            (await session.Query<(byte[] Id, long? Number, string? Word)>("select id, number, word from things order by id")).ConvertAll(row => ((int)row.Id[3], row.Number, row.Word)));

        public async ValueTask DisposeAsync()
        {
            await Store.DisposeAsync();
            await Engine.DisposeAsync();
        }
    }
}

public sealed class SqliteStoreSpec : StoreSpec
{
    protected override Task<Engine> Engine() => Task.FromResult<Engine>(new SqliteEngine());
}

public sealed class PostgresStoreSpec : StoreSpec
{
    protected override Task<Engine> Engine() => PostgresEngine.Make();
}
