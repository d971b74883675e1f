using Microsoft.Extensions.Hosting;
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
internal sealed class Noticing : BackgroundService
{
    public const string Mail = "mail";

    private const int AtOnce = 200;
    /// <summary>A clock that is put forward between two looks is noticed after this.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly Database _database;
    private readonly Desk _desk;
    private readonly Addressing _addressing;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _news = new(0);

    public Noticing(Database database, Desk desk, Addressing addressing, UnseenReader reader, TimeProvider time, ILogger<Noticing> logger)
    {
        (_database, _desk, _addressing, _time, _logger) = (database, desk, addressing, time, logger);
        reader.Listen(() => _news.Release());
    }

    public override void Dispose()
    {
        _news.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Rounds.Do(_logger, "notices", () => Look(stop), stop);
                if (!await Rounds.Do(_logger, "notices", () => Wait(stop), stop))
                {
                    // A store that cannot say when the next is due is asked again; the loop must not end with it.
                    await Task.Delay(TimeSpan.FromSeconds(1), _time, stop);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The server ends; what is due is looked at after its next start.
        }
    }

    /// <summary>Until the next is due, or one is new.</summary>
    private async Task Wait(CancellationToken stop)
    {
        var rest = await _database.Read(UnseenStore.Next) is { } next ? next - _time.GetUtcNow() : Longest;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(_news.WaitAsync(either.Token), Task.Delay(rest > Longest ? Longest : rest > TimeSpan.Zero ? rest : TimeSpan.FromSeconds(1), _time, either.Token));
        await either.CancelAsync();
        while (_news.Wait(0, CancellationToken.None))
        {
            // One look sees all that is new.
        }

        stop.ThrowIfCancellationRequested();
    }

    private async Task Look(CancellationToken stop)
    {
        foreach (var (workspace, id, it) in await _database.Read(session => UnseenStore.Due(session, _time.GetUtcNow(), AtOnce)))
        {
            // What goes wrong with one keeps nobody else waiting; it is looked at again.
            await Rounds.Do(_logger, "notices", () => Look(workspace, id, it), stop);
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
