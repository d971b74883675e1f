using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Store;

namespace Parley.Server.Backups;

/// <summary>
/// Forgets again, in a store that was put back to an earlier day, who was forgotten since: through the door, as it was the first time, so that whatever
/// keeps something of them hears of it. What was written is overwritten before that (<see cref="Erasures.Apply"/>); this is for all that was made of it.
/// </summary>
internal static class Forgetting
{
    /// <summary>Returns how many people and conversations there were to forget.</summary>
    public static async Task<int> Again(IServiceProvider services, string folder)
    {
        var path = Path.Combine(folder, Erasures.FileName);
        var whole = File.Exists(path) ? Erasures.Lines(await File.ReadAllLinesAsync(path)).Where(line => line.Seq is null).ToList() : [];
        var (desk, count) = (services.GetRequiredService<Desk>(), 0);
        // People first, so that nothing new is begun for them meanwhile.
        foreach (var (workspace, kind, subject, reason) in whole.Select(line => (line.Workspace, line.Kind, line.Subject, line.Reason)).Distinct().OrderBy(line => line.Kind == Conversation.Kind))
        {
            if (Base32.TryDecode(subject, out var id) && Command(new Origin(workspace, Author.System, $"forgotten-{subject}"), kind, id, reason) is { } command && (await desk.Handle(command)).Accepted)
            {
                count++;
            }
        }

        return count;
    }

    private static Command? Command(Origin origin, string kind, Guid id, string reason) => kind switch
    {
        Contact.Kind => new EraseContact(origin, new ContactId(id), reason),
        Conversation.Kind => new Erase(origin, new ConversationId(id), reason),
        _ => null,
    };
}
