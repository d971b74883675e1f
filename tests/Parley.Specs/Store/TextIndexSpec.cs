using Parley.Platform.Store;
using Parley.Specs.Engines;
using Shouldly;

namespace Parley.Specs.Store;

/// <summary>What every text index keeps to: words by their beginning, newest first, nothing of another workspace, nothing that was removed.</summary>
public abstract class TextIndexSpec
{
    protected static readonly byte[] Here = [.. new byte[15], 1];
    private static readonly byte[] There = [.. new byte[15], 2];

    [SkippableFact]
    public async Task Texts_are_found_newest_first_in_pages()
    {
        await With(async database =>
        {
            var texts = database.Dialect.Index("text");
            await database.Write(session => texts.Put(session, [.. Enumerable.Range(1, 30).Select(i => Text(Here, 1, i, i % 3 == 0 ? "the rare harbour" : "the common sea"))]));
            await database.Write(session => texts.Put(session, [Text(There, 9, 1, "the rare harbour")]));

            (await Find(database, "sea")).Select(hit => hit.Number).ShouldBe(Enumerable.Range(1, 30).Where(i => i % 3 != 0).Reverse().Select(i => (long)i));
            var first = await database.Read(session => texts.Find(session, Here, ["rare", "harb"], long.MaxValue, 4));
            first.Select(hit => hit.Number).ShouldBe([30, 27, 24, 21]);
            var second = await database.Read(session => texts.Find(session, Here, ["rare", "harb"], first[^1].Rank, 4));
            second.Select(hit => hit.Number).ShouldBe([18, 15, 12, 9]);
            (await Find(database, "arbour")).ShouldBeEmpty();
            (await Find(database, "rare", "sea")).ShouldBeEmpty();
        });
    }

    [SkippableFact]
    public async Task A_second_text_of_the_same_replaces_the_first_at_its_place()
    {
        await With(async database =>
        {
            var texts = database.Dialect.Index("text");
            await database.Write(session => texts.Put(session, [Text(Here, 1, 1, "anchor"), Text(Here, 1, 2, "anchor keel")]));
            await database.Write(session => texts.Put(session, [Text(Here, 1, 1, "keel", position: 99)]));
            (await Find(database, "anchor")).Select(hit => hit.Number).ShouldBe([2]);
            (await Find(database, "keel")).Select(hit => hit.Number).ShouldBe([2, 1]);
        });
    }

    [SkippableFact]
    public async Task What_is_removed_or_cleared_is_not_found()
    {
        await With(async database =>
        {
            var texts = database.Dialect.Index("text");
            await database.Write(session => texts.Put(session, [.. Enumerable.Range(1, 5).Select(i => Text(Here, 1, i, "gone")), Text(Here, 2, 6, "gone"), Text(There, 3, 1, "gone")]));
            await database.Write(session => texts.Remove(session, [.. new byte[15], 1], [2, 4, 99]));
            (await Find(database, "gone")).Select(hit => hit.Number).ShouldBe([6, 5, 3, 1]);
            await database.Write(session => texts.Remove(session, [.. new byte[15], 1]));
            (await Find(database, "gone")).Select(hit => hit.Number).ShouldBe([6]);
            (await database.Write(session => texts.Clear(session, Here, 10))).ShouldBe(1);
            (await database.Write(session => texts.Clear(session, Here, 10))).ShouldBe(0);
            (await Find(database, "gone")).ShouldBeEmpty();
            (await database.Read(session => texts.Find(session, There, ["gone"], long.MaxValue, 10))).Count.ShouldBe(1);
        });
    }

    [SkippableFact]
    public async Task Rare_and_common_words_among_many_come_to_the_same()
    {
        await With(async database =>
        {
            var texts = database.Dialect.Index("text");
            for (var from = 1; from < 12_000; from += 2_000)
            {
                await database.Write(session => texts.Put(session, [.. Enumerable.Range(from, 2_000).Select(i => Text(Here, 1, i, i % 4_000 == 7 ? "sloop common" : "common"))]));
            }

            await Analyse(database);
            (await Find(database, "common")).Take(3).Select(hit => hit.Number).ShouldBe([12_000, 11_999, 11_998]);
            (await Find(database, "sloop")).Select(hit => hit.Number).ShouldBe([8_007, 4_007, 7]);
        });
    }

    [SkippableFact]
    public async Task The_place_of_a_time_is_found_among_one_s_own()
    {
        await With(async database =>
        {
            var texts = database.Dialect.Index("text");
            await database.Write(session => texts.Put(session, [.. Enumerable.Range(1, 40).Select(i => Text(Here, 1, i, "sea") with { At = 1_000 + i })]));
            await database.Write(session => texts.Put(session, [Text(There, 9, 1, "sea")]));
            foreach (var at in new[] { 0, 1_001, 1_017, 1_040, 5_000 })
            {
                var below = await database.Read(session => texts.Below(session, Here, at));
                (await database.Read(session => texts.Find(session, Here, ["sea"], below, 99))).Select(hit => hit.At).ShouldBe(Enumerable.Range(1, 40).Select(i => 1_000L + i).Where(time => time < at).Reverse());
            }
        });
    }

    protected abstract Task<Engine> Make();

    protected virtual Task Analyse(Database database) => Task.CompletedTask;

    protected static IndexedText Text(byte[] workspace, byte owner, long number, string text, long? position = null) =>
        new(workspace, [.. new byte[15], owner], number, position ?? number, number, WordSplitting.Words(text));

    protected static Task<List<TextHit>> Find(Database database, params string[] words) => database.Read(session => database.Dialect.Index("text").Find(session, Here, words, long.MaxValue, 30));

    protected async Task With(Func<Database, Task> test)
    {
        await using var engine = await Make();
        await using var database = new Database(engine.Open());
        await database.Write(session => session.Execute(database.Dialect.Ddl(database.Dialect.Index("text").Ddl)));
        await test(database);
    }
}

public class SqliteTextIndexSpec : TextIndexSpec
{
    protected override Task<Engine> Make() => Task.FromResult<Engine>(new SqliteEngine());

    /// <summary>Text by text the words would be written down, and each text be a segment that has to be merged with the others.</summary>
    [Fact]
    public async Task What_comes_in_one_transaction_is_one_segment()
    {
        await With(async database =>
        {
            var texts = database.Dialect.Index("text");
            await database.Write(session => texts.Put(session, [.. Enumerable.Range(1, 200).Select(i => Text(Here, 1, i, $"word{i} sea"))]));
            (await database.Read(session => session.One<long>("select count(distinct segid) from text_words_idx"))).ShouldBe(1);
            await database.Write(session => texts.Put(session, [Text(Here, 1, 201, "late"), Text(Here, 1, 7, "other"), Text(Here, 1, 7, "another sea")]));
            (await Find(database, "other")).ShouldBeEmpty();
            (await Find(database, "another")).Select(hit => hit.Number).ShouldBe([7]);
            (await Find(database, "word7")).ShouldNotContain(hit => hit.Number == 7);
        });
    }
}

public class PostgresTextIndexSpec : TextIndexSpec
{
    protected override Task<Engine> Make() => PostgresEngine.Make();

    protected override Task Analyse(Database database) => database.Read(async session =>
    {
        await session.Execute("analyze texts");
        return true;
    });
}
