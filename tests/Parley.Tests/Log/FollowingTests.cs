using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Log;
using Parley.Platform.Store;
using Shouldly;

namespace Parley.Tests.Log;

public class FollowingTests
{
    [Fact]
    public async Task A_reader_gets_every_entry_once_and_in_order()
    {
        await using var rig = await DeskRig.Start();
        await using var diary = await Diary.On(rig);
        var ana = ContactId.New(rig.Time);
        var it = await rig.Opened(ana);
        await diary.Start();
        for (var i = 0; i < 20; i++)
        {
            await rig.Desk.Handle(rig.Post(it, ana, $"m{i}"));
        }

        (await diary.Following.Reached("diary", rig.Workspace, 23, TimeSpan.FromSeconds(10))).ShouldBeTrue();
        (await diary.Written(rig.Workspace)).ShouldBe(Enumerable.Range(1, 23).Select(i => (long)i));
    }

    [Fact]
    public async Task After_a_crash_it_goes_on_where_its_cursor_stands()
    {
        await using var rig = await DeskRig.Start();
        var ana = ContactId.New(rig.Time);
        var it = await rig.Opened(ana);
        await using (var before = await Diary.On(rig))
        {
            await before.Following.Step();
        }

        await rig.Desk.Handle(rig.Post(it, ana, "while nobody read"));
        await using var after = await Diary.On(rig);
        await after.Following.Step();
        (await after.Written(rig.Workspace)).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task A_transaction_that_fails_leaves_neither_rows_nor_a_moved_cursor()
    {
        await using var rig = await DeskRig.Start();
        await rig.Opened(ContactId.New(rig.Time));
        await using var diary = await Diary.On(rig);
        diary.FailWith = new InvalidOperationException("out of ink");
        await diary.Following.Step();
        (await diary.Written(rig.Workspace)).ShouldBeEmpty();

        diary.FailWith = null;
        await diary.Following.Step();
        (await diary.Written(rig.Workspace)).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_fault_in_one_workspace_does_not_stop_another()
    {
        await using var rig = await DeskRig.Start();
        var other = await rig.AddWorkspace();
        await rig.Opened(ContactId.New(rig.Time));
        await rig.Desk.Handle(rig.Open(ContactId.New(rig.Time), "1", workspace: other));
        await using var diary = await Diary.On(rig);
        diary.FailWith = new InvalidOperationException("no ink for this one");
        diary.FailIn = rig.Workspace;
        await diary.Following.Step();
        (await diary.Written(rig.Workspace)).ShouldBeEmpty();
        (await diary.Written(other)).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_thawed_holder_writes_nothing()
    {
        await using var rig = await DeskRig.Start();
        var ana = ContactId.New(rig.Time);
        var it = await rig.Opened(ana);
        await using var frozen = await Diary.On(rig);
        await frozen.Following.Step();
        await rig.Desk.Handle(rig.Post(it, ana, "4"));

        // In the middle of its slice another takes the lease and does the work.
        frozen.Meanwhile = async () =>
        {
            frozen.Meanwhile = null;
            await using var successor = await Diary.On(rig);
            await successor.Following.Step();
        };
        await frozen.Following.Step();
        await frozen.Following.Step();
        (await frozen.Written(rig.Workspace)).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task Rebuilding_deletes_all_and_reads_the_log_from_the_beginning()
    {
        await using var rig = await DeskRig.Start();
        await rig.Opened(ContactId.New(rig.Time));
        await using var diary = await Diary.On(rig);
        await diary.Following.Step();
        await rig.Database.Write(session => session.Execute("insert into diary (workspace, position) values (@workspace, 99)", new { workspace = rig.Workspace.Bytes }));

        await diary.Following.Rebuild("diary");
        while (await diary.Following.Step() > 0)
        {
        }

        (await diary.Written(rig.Workspace)).ShouldBe([1, 2, 3]);
        await Should.ThrowAsync<ArgumentException>(() => diary.Following.Rebuild("dairy"));
    }

    [Fact]
    public async Task A_reader_ahead_of_the_log_starts_anew()
    {
        await using var rig = await DeskRig.Start();
        await rig.Opened(ContactId.New(rig.Time));
        await using (var before = await Diary.On(rig))
        {
            await before.Following.Step();
        }

        await rig.Database.Write(session => session.Execute("update cursors set position = 50"));
        await using var diary = await Diary.On(rig);
        while (await diary.Following.Step() > 0)
        {
        }

        (await diary.Written(rig.Workspace)).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task It_rests_between_passes_unless_somebody_waits_for_it()
    {
        await using var rig = await DeskRig.Start();
        await using var diary = await Diary.On(rig);
        diary.Rest = TimeSpan.FromSeconds(10);
        var ana = ContactId.New(rig.Time);
        var it = await rig.Opened(ana);
        await diary.Start();
        (await diary.Following.Reached("diary", rig.Workspace, 3, TimeSpan.FromSeconds(10))).ShouldBeTrue();

        // A rest or two were ended by who waited; each of the others lasts ten seconds.
        for (var i = 0; i < 30; i++)
        {
            await rig.Desk.Handle(rig.Post(it, ana, $"m{i}"));
        }

        diary.Passes.ShouldBeLessThan(10);
        (await diary.Following.Reached("diary", rig.Workspace, 33, TimeSpan.FromSeconds(30))).ShouldBeTrue();
        (await diary.Written(rig.Workspace)).ShouldBe(Enumerable.Range(1, 33).Select(i => (long)i));
    }

    /// <summary>Writes down the position of every entry, and nothing twice: a doubled one would break its key.</summary>
    private sealed class Diary(Database store) : IReader, IAsyncDisposable
    {
        private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();

        public Following Following { get; private set; } = null!;

        public Exception? FailWith { get; set; }

        public WorkspaceId? FailIn { get; set; }

        public Func<Task>? Meanwhile { get; set; }

        public string Name => "diary";

        public Database Store => store;

        public TimeSpan Rest { get; set; } = TimeSpan.FromMilliseconds(250);

        /// <summary>How often it was given entries.</summary>
        public int Passes { get; private set; }

        public static async Task<Diary> On(DeskRig rig)
        {
            await rig.Database.Write(session => session.Execute("create table if not exists diary (workspace blob, position bigint, primary key (workspace, position))"));
            var diary = new Diary(rig.Database);
            diary.Following = new Following([diary], rig.Database, rig.Reader, rig.Fanout, new ReaderSettings(GatherMs: 10_000), rig.Time,
                diary._metrics.GetRequiredService<IMeterFactory>(), NullLogger<Following>.Instance);
            return diary;
        }

        public Task Start() => Following.StartAsync(CancellationToken.None);

        public async Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows)
        {
            Passes++;
            if (Meanwhile is { } meanwhile)
            {
                await meanwhile();
            }

            return
            [
                async session =>
                {
                    foreach (var entry in entries)
                    {
                        await session.Execute("insert into diary (workspace, position) values (@workspace, @Position)", new { workspace = workspace.Bytes, entry.Position });
                    }

                    if (FailWith is { } error && (FailIn is null || FailIn == workspace))
                    {
                        throw error;
                    }
                },
            ];
        }

        public void Reached(WorkspaceId workspace, long position)
        {
        }

        public Task<int> Clear(Session session, WorkspaceId workspace, int limit) =>
            session.Execute("delete from diary where workspace = @workspace and position in (select position from diary where workspace = @workspace limit 2)", new { workspace = workspace.Bytes });

        public Task<List<long>> Written(WorkspaceId workspace) =>
            store.Read(session => session.Query<long>("select position from diary where workspace = @workspace order by position", new { workspace = workspace.Bytes }));

        public async ValueTask DisposeAsync()
        {
            await Following.StopAsync(CancellationToken.None);
            Following.Dispose();
            await _metrics.DisposeAsync();
        }
    }
}
