using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Blobs;
using Parley.Platform.Store;

namespace Parley.Server.Backups;

/// <summary>Forgets again, in a store that was put back to an earlier day, what was erased since: the list beside the store knows it, by ids.</summary>
internal static class Forgetting
{
    /// <summary>Overwrites the words, then deletes the files that went with them and that no other message of the thread has. Returns how many lines there were.</summary>
    public static async Task<int> Words(Database database, BlobStore blobs, string folder)
    {
        var types = new EntryTypes(Product.Modules.SelectMany(module => module.Entries));
        var count = await Erasures.Apply(database, types, folder);
        foreach (var (workspace, kind, id) in (await Erasures.Lines(folder)).Select(line => (line.Workspace, line.Kind, line.Subject)).Distinct())
        {
            if (Base32.TryDecode(id, out var subject))
            {
                await FileStore.Delete(database, blobs, await database.Read(session => FileStore.Loose(session, types, workspace, new Subject(kind, subject))));
            }
        }

        return count;
    }

    /// <summary>The last of a restore or a promotion: the list knows that all is forgotten, and whoever comes is served again.</summary>
    public static async Task Finish(Database database, string folder)
    {
        await Erasures.Settle(database, folder);
        await database.Write(Heads.Finish);
    }

    /// <summary>
    /// Forgets the people and conversations through the door, as it was the first time, so that whatever keeps something of them hears of it, and with that
    /// is at the end. Returns how many there were to forget.
    /// </summary>
    public static async Task<int> People(IServiceProvider services, string folder)
    {
        var whole = (await Erasures.Lines(folder)).Where(line => line.Seq is null);
        var (desk, count) = (services.GetRequiredService<Desk>(), 0);
        // People first, so that nothing new is begun for them meanwhile.
        foreach (var (workspace, kind, subject, reason) in whole.Select(line => (line.Workspace, line.Kind, line.Subject, line.Reason)).Distinct().OrderBy(line => line.Kind == Conversation.Kind))
        {
            if (!Base32.TryDecode(subject, out var id) || Command(new Origin(workspace, Author.System, $"forgotten-{subject}"), kind, id, reason) is not { } command)
            {
                continue;
            }

            var outcome = await desk.Handle(command);
            if (outcome.Refusal is { Status: >= 500 } refusal)
            {
                // Not served until it is made good: whoever was to be forgotten is still there.
                throw new LocalRefused($"{refusal.Detail} Not everybody was forgotten who should be; run 'parley migrate --promoted' to finish it.");
            }

            count += outcome.Accepted ? 1 : 0;
        }

        await Finish(services.GetRequiredService<Database>(), folder);
        return count;
    }

    private static Command? Command(Origin origin, string kind, Guid id, string reason) => kind switch
    {
        Contact.Kind => new EraseContact(origin, new ContactId(id), reason),
        Conversation.Kind => new Erase(origin, new ConversationId(id), reason),
        _ => null,
    };
}
