using Parley.Platform.Store;
using Parley.Specs.Engines;
using Shouldly;

namespace Parley.Tests.Platform.Store;

public class SharedWritesTests
{
    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Whoever_is_answered_has_it_written_and_one_that_breaks_harms_no_other(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var database = new Database(engine.Open());
        await database.Write(session => session.Execute("create table written (number bigint primary key)"));
        var writes = new SharedWrites(database);
        var all = Enumerable.Range(0, 200).Select(async number =>
        {
            // Every tenth is there already.
            var insert = writes.Write(session => session.Execute("insert into written (number) values (@number)", new { number = number % 10 == 9 ? number - 1 : number }));
            await ((Task)insert).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return (number, Written: insert.IsCompletedSuccessfully, Stands: await database.Read(session => session.One<long>("select count(*) from written where number = @number", new { number })) == 1);
        }).ToList();
        foreach (var (number, written, stands) in await Task.WhenAll(all))
        {
            stands.ShouldBe(number % 10 != 9);
            (written || number % 10 >= 8).ShouldBeTrue("Of two that are one, one is refused.");
        }

        (await database.Read(session => session.One<long>("select count(*) from written"))).ShouldBe(180);
        (await writes.Write(session => session.Execute("delete from written"))).ShouldBe(180, "It goes on.");
    }
}
