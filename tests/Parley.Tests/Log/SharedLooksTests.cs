using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Shouldly;

namespace Parley.Tests.Log;

public class SharedLooksTests
{
    /// <summary>Half of them are not there, one cannot be read, and one was folded by other code: each is answered for itself.</summary>
    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Whoever_looks_beside_others_sees_what_is_theirs_and_one_that_breaks_harms_no_other(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var database = new Database(engine.Open());
        await new Migrations(database, LogMigrations.All, TimeProvider.System).Apply();
        var (workspace, kind) = (WorkspaceId.New(TimeProvider.System), new ConversationKind());
        var subjects = Enumerable.Range(0, 60).Select(_ => Conversation.Subject(ConversationId.New(TimeProvider.System))).ToList();
        var rows = subjects.Where((_, i) => i % 2 == 0).Select((subject, i) => StateRows.Row(kind, subject, Versioned.New(workspace, kind) with { Seq = i + 1 })).ToList();
        rows[1][4] = "no state";
        rows[2][3] = (long)kind.Fold - 1;
        await database.Write(session => session.Write(LogStore.States, rows));
        var looks = new SharedLooks(database, new Batching(DeskRig.Kinds, DeskRig.Types, TimeProvider.System, new StateCache(100)));

        for (var round = 0; round < 2; round++)
        {
            var all = subjects.Select(looks.Look).ToList();
            for (var i = 0; i < subjects.Count; i++)
            {
                if (i == 2)
                {
                    await Should.ThrowAsync<System.Text.Json.JsonException>(all[i]);
                    continue;
                }

                // Folded anew from a log that has nothing of it.
                (await all[i])?.Seq.ShouldBe(i == 4 ? 0 : (i / 2) + 1);
                ((await all[i]) is null).ShouldBe(i % 2 == 1);
            }
        }

        // What another node wrote is seen by whoever looks after it.
        await database.Write(session => session.Write(LogStore.States, [StateRows.Row(kind, subjects[0], Versioned.New(workspace, kind) with { Seq = 9 })]));
        (await looks.Look(subjects[0]))!.Seq.ShouldBe(9);
    }
}
