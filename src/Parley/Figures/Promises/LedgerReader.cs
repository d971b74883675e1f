using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Figures.Promises;

/// <summary>Keeps the score of promises: each that was made, what it rested on, and what came of it. BX2.</summary>
internal sealed class LedgerReader(Database database, Desk desk) : IReader
{
    public const string ReaderName = "promises";

    public string Name => ReaderName;

    public Database Store => database;

    public async Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows)
    {
        var told = entries.Where(Tells).ToList();
        if (told.Count == 0)
        {
            return [];
        }

        var inboxes = await Inboxes.Of(desk, told.Where(entry => entry.Body is Promised));
        return [.. told.Chunk(rows).Select(part => new Func<Session, Task>(session => Write(session, workspace, part, inboxes)))];
    }

    public void Reached(WorkspaceId workspace, long position)
    {
    }

    public Task<int> Clear(Session session, WorkspaceId workspace, int limit) => LedgerStore.Clear(session, workspace, limit);

    public static bool Tells(Entry entry) => entry is { Subject.Kind: Conversation.Kind, Historic: false } && entry.Body is Promised or PromiseRenewed or PromiseBroken or PromiseKept or PromiseLate || Ends(entry);

    /// <summary>Nobody waits any longer, answered or not. What was answered is settled by then.</summary>
    public static bool Ends(Entry entry) => entry.Subject.Kind == Conversation.Kind && entry.Body is Closed or Erased or ModeChanged { To: Mode.Ended };

    private static async Task Write(Session session, WorkspaceId workspace, IEnumerable<Entry> entries, IReadOnlyDictionary<Subject, InboxId> inboxes)
    {
        foreach (var entry in entries)
        {
            var (id, seq) = (new ConversationId(entry.Subject.Id), entry.Seq);
            await (entry.Body switch
            {
                Promised promised => inboxes.TryGetValue(entry.Subject, out var inbox)
                    ? LedgerStore.Open(session, workspace, id, seq, inbox, entry.At, promised)
                    : Task.CompletedTask,
                PromiseRenewed => LedgerStore.Renew(session, workspace, id, seq),
                PromiseBroken => LedgerStore.Break(session, workspace, id, seq),
                PromiseKept kept => LedgerStore.Settle(session, workspace, id, seq, entry.At, kept.TookMs),
                PromiseLate late => LedgerStore.Settle(session, workspace, id, seq, entry.At, late.TookMs),
                _ => LedgerStore.Withdraw(session, workspace, id, seq, entry.At),
            });
        }
    }
}
