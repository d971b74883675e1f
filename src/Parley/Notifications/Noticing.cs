using Microsoft.Extensions.Logging;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Hosting;
using Parley.Platform.Store;

namespace Parley.Notifications;

/// <summary>
/// Looks, when it is due, whether a customer has seen what was said to them, and notes in the log that they are told elsewhere. Any node may, several may at
/// once: the command's id names the first word, so a second finds itself done. Who reads the note sends the mail.
/// </summary>
internal sealed class Noticing : DueRounds
{
    public const string Mail = "mail";

    private const int AtOnce = 200;

    private readonly Database _database;
    private readonly Desk _desk;
    private readonly Addressing _addressing;
    private readonly TimeProvider _time;

    public Noticing(Database database, Desk desk, Addressing addressing, UnseenReader reader, TimeProvider time, ILogger<Noticing> log)
        : base("notices", time, log)
    {
        (_database, _desk, _addressing, _time) = (database, desk, addressing, time);
        reader.Listen(Tell);
    }

    protected override Task<DateTimeOffset?> Next() => _database.Read(UnseenStore.Next);

    protected override async Task Round(CancellationToken stop)
    {
        foreach (var (workspace, id, it) in await _database.Read(session => UnseenStore.Due(session, _time.GetUtcNow(), AtOnce)))
        {
            // What goes wrong with one keeps nobody else waiting; it is looked at again.
            await Rounds.Do(Log, "notices", () => Look(workspace, id, it), stop);
        }
    }

    private async Task Look(WorkspaceId workspace, ConversationId id, Unseen it)
    {
        if (await _desk.Look(workspace, Conversation.Subject(id)) is { State: Conversation { Exists: true } thread }
            && it.News(await _addressing.Seen(id, thread)) is { } news && await _addressing.Of(workspace, id, thread) is not null)
        {
            var origin = new Origin(workspace, Author.System, it.Told(news.First)) { Trigger = new Trigger(Timer: "unseen") };
            if ((await _desk.Handle(new Notify(origin, id, Mail, news.First, news.Last))).Refusal is { Status: >= 500 })
            {
                return;
            }
        }

        await _database.Write(session => UnseenStore.Settle(session, id, it));
    }
}
