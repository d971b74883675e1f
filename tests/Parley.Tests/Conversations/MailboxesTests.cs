using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Keys;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Conversations;

public class MailboxesTests
{
    /// <summary>A backup is put back and somebody else's word takes the place of one that was mailed: mail programs show the second of two mails of one name to nobody.</summary>
    [Fact, Trait("row", "BX3")]
    public async Task BX3_Another_word_in_the_place_of_one_that_was_mailed_has_another_name_and_the_same_word_the_same()
    {
        var folder = Directory.CreateTempSubdirectory("parley-notices-");
        var clock = new Clock();
        await using (var database = new Database(new SqliteDialect(Path.Combine(folder.FullName, "parley.db"))))
        {
            await new Migrations(database, global::Parley.Platform.PlatformModule.Module.Migrations, clock).Apply();
            var keys = new KeyRing(database, clock, new KeySettings());
            await keys.Load();
            var id = ConversationId.New(clock);
            Entry Said(string command) => new()
            {
                Subject = Conversation.Subject(id),
                Seq = 7,
                Position = 70,
                Workspace = WorkspaceId.New(clock),
                Author = Author.System,
                At = clock.GetUtcNow(),
                Command = command,
                Type = "message",
                V = 1,
                Visibility = Visibility.Public,
                Body = new Message(Content.Nothing),
            };
            var (before, after) = (Said("before"), Said("after"));
            string Name(Entry said) => NoticeNames.Of(keys, id, 5, said, "lighthouse.test");
            Name(before).ShouldBe(Name(before));
            Name(after).ShouldNotBe(Name(before));
            NoticeNames.Read(keys, Name(after)).ShouldBe((id, 5, 7, false));
            // As versions before this one called them.
            NoticeNames.Read(keys, Name(after).Replace($"x{NoticeNames.Tag(after)}", "", StringComparison.Ordinal)).ShouldBe((id, 5, 7, false));
            NoticeNames.Read(keys, NoticeNames.OfTranscript(keys, id, 9, Guid.Empty, "lighthouse.test")).ShouldBe((id, 9, 9, true));
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}
