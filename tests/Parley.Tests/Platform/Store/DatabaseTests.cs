using Parley.Platform.Store;
using Shouldly;

namespace Parley.Tests.Platforms.Store;

public class DatabaseTests
{
    /// <summary>A server that ends is not waited for by everybody: a round that began late, a write in the lane. None of them may touch the folder when it is another's.</summary>
    [Fact]
    public async Task Who_comes_late_reads_and_writes_nothing_once_it_is_closed_and_who_reads_is_waited_for()
    {
        var folder = Directory.CreateTempSubdirectory("parley-closed-");
        var dialect = new SqliteDialect(Path.Combine(folder.FullName, "parley.db"));
        var database = new Database(dialect);
        await database.Write(session => session.Execute("create table things (id bigint primary key)"));
        var (reading, read) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = database.Read(async session =>
        {
            reading.SetResult();
            await read.Task;
            return await session.One<long>("select count(*) from things");
        });
        await reading.Task;
        var (writing, written) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = database.Write(async session =>
        {
            writing.SetResult();
            await written.Task;
            await session.Execute("insert into things values (1)");
        });
        await writing.Task;
        var waits = database.Write(session => session.Execute("insert into things values (2)"));
        var closing = database.DisposeAsync().AsTask();
        await Should.ThrowAsync<ObjectDisposedException>(() => database.Read(session => session.One<long>("select 1")));
        closing.IsCompleted.ShouldBeFalse();
        written.SetResult();
        await first;
        read.SetResult();
        (await slow).ShouldBe(1);
        await closing;
        await Should.ThrowAsync<ObjectDisposedException>(waits);
        await Should.ThrowAsync<ObjectDisposedException>(() => database.Snapshot(session => session.One<long>("select 1")));
        await database.DisposeAsync();

        await using var next = new Database(new SqliteDialect(dialect.Path));
        (await next.Read(session => session.Query<long>("select id from things"))).ShouldBe([1]);
        await next.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}
