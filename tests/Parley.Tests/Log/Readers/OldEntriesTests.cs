using Microsoft.Data.Sqlite;
using Parley.Log;
using Parley.Log.Readers;
using Parley.Platform.Store;
using Shouldly;

namespace Parley.Tests.Log.Readers;

public class OldEntriesTests
{
    [Fact]
    public async Task A_full_page_is_read_once_for_all_who_come_past_it()
    {
        await using var rig = await DeskRig.Start();
        await rig.Opened(ContactId.New(rig.Time));
        var old = new OldEntries(rig.Reader, rig.Time);
        var first = await old.After(rig.Workspace, 0, 2);
        first.Select(entry => entry.Position).ShouldBe([1, 2]);
        (await old.After(rig.Workspace, 0, 2)).ShouldBeSameAs(first);
        (await old.After(rig.Workspace, 0, 1)).Count.ShouldBe(1, "Another page, of another length.");
        (await old.After(rig.Workspace, 1, 2)).Select(entry => entry.Position).ShouldBe([2, 3]);
    }

    [Fact]
    public async Task The_end_of_the_log_is_read_anew_by_everybody_and_ends_what_was_kept()
    {
        await using var rig = await DeskRig.Start();
        var ana = ContactId.New(rig.Time);
        var it = await rig.Opened(ana);
        var old = new OldEntries(rig.Reader, rig.Time);
        var full = await old.After(rig.Workspace, 0, 2);
        (await old.After(rig.Workspace, 2, 2)).Select(entry => entry.Position).ShouldBe([3]);
        await rig.Desk.Handle(rig.Post(it, ana, "more"));
        (await old.After(rig.Workspace, 2, 2)).Select(entry => entry.Position).ShouldBe([3, 4]);
        (await old.After(rig.Workspace, 0, 2)).ShouldNotBeSameAs(full);
    }

    [Fact]
    public async Task Only_the_last_pages_are_kept()
    {
        await using var rig = await DeskRig.Start();
        await rig.Opened(ContactId.New(rig.Time));
        var old = new OldEntries(rig.Reader, rig.Time);
        var first = await old.After(rig.Workspace, 0, 1);
        foreach (var length in new[] { 2, 3, 1 })
        {
            await old.After(rig.Workspace, 0, length);
            (await old.After(rig.Workspace, 0, 1)).ShouldBeSameAs(first);
        }

        await old.After(rig.Workspace, 1, 1);
        await old.After(rig.Workspace, 2, 1);
        (await old.After(rig.Workspace, 0, 1)).ShouldNotBeSameAs(first);
    }

    [Fact]
    public async Task What_nobody_came_past_for_a_while_is_let_go()
    {
        await using var rig = await DeskRig.Start();
        await rig.Opened(ContactId.New(rig.Time));
        var old = new OldEntries(rig.Reader, rig.Time);
        var first = await old.After(rig.Workspace, 0, 2);
        rig.Time.Now += TimeSpan.FromSeconds(6);
        old.Tidy();
        (await old.After(rig.Workspace, 0, 2)).ShouldNotBeSameAs(first);
    }

    [Fact]
    public async Task What_could_not_be_read_is_told_and_tried_again()
    {
        var folder = Directory.CreateTempSubdirectory("parley-old-").FullName;
        await using (var database = new Database(new SqliteDialect(Path.Combine(folder, "parley.db"))))
        {
            var old = new OldEntries(new LogReader(database, DeskRig.Types), TimeProvider.System);
            var nobody = new WorkspaceId(Guid.CreateVersion7(DateTimeOffset.UnixEpoch));
            await Should.ThrowAsync<SqliteException>(() => old.After(nobody, 0, 2));
            await new Migrations(database, LogMigrations.All, TimeProvider.System).Apply();
            (await old.After(nobody, 0, 2)).ShouldBeEmpty();
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
