using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Notifications.Pushes;

/// <summary>Follows the log for what agents are to be told of who may have closed their console. A row each, written with the reader's cursor.</summary>
internal sealed class PushReader(Database database, Desk desk, Rosters rosters, NotificationSettings settings, TimeProvider time) : IReader
{
    /// <summary>What is older is no news any more.</summary>
    private static readonly TimeSpan Old = TimeSpan.FromHours(1);

    private Action _listener = () => { };
    private bool _added;

    public string Name => "pushes";

    public Database Store => database;

    public void Listen(Action listener) => _listener += listener;

    public async Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows)
    {
        var parts = new List<Func<Session, Task>>();
        var news = entries.Where(entry => !entry.Historic && time.GetUtcNow() - entry.At < Old && entry.Subject.Kind == Conversation.Kind && IsNews(entry)).ToList();
        var reachable = news.Count > 0 ? await database.Read(session => PushStore.Reachable(session, workspace)) : [];
        if (reachable.Count > 0 && await rosters.Of(workspace) is { } roster)
        {
            foreach (var entry in news)
            {
                parts.AddRange(await Tell(workspace, entry, roster, reachable));
            }
        }

        foreach (var entry in entries)
        {
            if (Unseen.IsWord(entry) && !entry.Historic && time.GetUtcNow() - entry.At < Old)
            {
                parts.AddRange(await Answers(workspace, entry));
            }
            else if (entry is { Body: Erased, Subject.Kind: Conversation.Kind })
            {
                parts.Add(session => ThreadDevices.Drop(session, new ConversationId(entry.Subject.Id)));
            }
            else if (entry.Body is ContactErased or GenerationRaised { Device: null })
            {
                parts.Add(session => ThreadDevices.Drop(session, new ContactId(entry.Subject.Id)));
            }
            else if (entry.Body is AgentSignedOut signedOut)
            {
                parts.Add(session => PushStore.SignedOut(session, new AgentId(entry.Subject.Id), signedOut.Session));
            }
            else if (entry.Body is MemberSet { Member.Active: false } left)
            {
                parts.Add(session => PushStore.SignedOut(session, left.Agent, null));
            }
        }

        _added |= parts.Count > 0;
        return parts;
    }

    public void Reached(WorkspaceId workspace, long position)
    {
        // Most of the log is told to nobody by a push.
        if (_added)
        {
            _added = false;
            _listener();
        }
    }

    public Task<int> Clear(Session session, WorkspaceId workspace, int limit) => Task.FromResult(0);

    private static bool IsNews(Entry entry) => entry.Body is Note or Nudged or PromiseBroken or Requeued { Cause: "silence" } or Accepted or Assigned { Agent: not null }
        || (entry.Body is Message && entry.Author.Kind is AuthorKind.Contact or AuthorKind.Agent);

    private async Task<IEnumerable<Func<Session, Task>>> Answers(WorkspaceId workspace, Entry entry)
    {
        var id = new ConversationId(entry.Subject.Id);
        if ((await database.Read(session => ThreadDevices.Of(session, id))).Count == 0 || await desk.Look(workspace, entry.Subject) is not { State: Conversation { Exists: true } it })
        {
            return [];
        }

        // The row is the customer's: their id stands where an agent's does.
        var push = new Push(workspace, new AgentId(it.Contact.Value), id, entry.Seq, PushKind.Answer, entry.At.AddSeconds(settings.PushAfterSeconds), 0);
        return [session => PushStore.Add(session, push)];
    }

    private async Task<List<Func<Session, Task>>> Tell(WorkspaceId workspace, Entry entry, Roster roster, HashSet<AgentId> reachable)
    {
        var id = new ConversationId(entry.Subject.Id);
        var taker = entry.Body switch { Accepted accepted => accepted.Agent, Assigned assigned => assigned.Agent, _ => null };
        if (taker is { } agent)
        {
            return [session => PushStore.Taken(session, id, agent, time.GetUtcNow())];
        }

        if (await desk.Look(workspace, entry.Subject) is not { State: Conversation { Exists: true, Spam: false, Erased: false } it })
        {
            return [];
        }

        return [.. Concerned.By(entry, it, roster).Where(one => reachable.Contains(one.Agent))
            .Select(one => (Func<Session, Task>)(session => PushStore.Add(session, new Push(workspace, one.Agent, id, entry.Seq, one.Kind, entry.At.AddSeconds(settings.PushAfterSeconds), 0))))];
    }
}
