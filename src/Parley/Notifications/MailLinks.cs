using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;
using Parley.Workspaces.Accounts;

namespace Parley.Notifications;

/// <summary>
/// Links that open one thread, as mails carry them: good for 14 days, as often as they are clicked, until the thread or the person is gone or everything handed
/// out to them was taken back.
/// </summary>
internal sealed class MailLinks(Links links, Homes homes, People people, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(14);

    private const string Kind = Links.Thread;

    /// <summary>The whole address; null where nobody has said yet where people reach this Parley.</summary>
    public async Task<string?> Make(WorkspaceId workspace, ConversationId id, InboxId inbox, string language) => await homes.Find(workspace) is { } home
        ? $"{home}/t#{await links.Issue(Kind, id.Value, time.GetUtcNow() + Life)}.{inbox}.{language}"
        : null;

    /// <summary>Which thread a link opens, and until when.</summary>
    public async Task<(ConversationId Thread, DateTimeOffset Until)?> Find(string secret) => await links.Find(Kind, secret) is { } found ? (new ConversationId(found.Target), found.Until) : null;

    public Task<bool> End(ConversationId id) => links.End(Kind, id.Value);

    /// <summary>Ends the links that an entry takes back.</summary>
    public async Task Revoke(Entry entry)
    {
        if (entry is { Body: Erased, Subject.Kind: Conversation.Kind })
        {
            await End(new ConversationId(entry.Subject.Id));
        }
        else if (entry.Body is ContactErased or GenerationRaised { Device: null } && await people.State(entry.Workspace, new ContactId(entry.Subject.Id)) is { } contact)
        {
            foreach (var thread in contact.Threads)
            {
                await End(thread.Thread);
            }
        }
    }
}
