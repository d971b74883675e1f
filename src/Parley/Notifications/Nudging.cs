using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Conversations;
using Parley.Log;
using Parley.Notifications.Pushes;
using Parley.Platform;
using Parley.Platform.Hosting;
using Parley.Workspaces;

namespace Parley.Notifications;

/// <summary>
/// Whoever has to answer is told so at their console, whatever they look at, while there is time: an answer is owed and its time runs out, or has run out. The
/// same that a closed console gets as a push, and to the same people: of what broke its supervisors too, and that another is asked who was silent.
/// </summary>
internal sealed class Nudging : BackgroundService, IStreamPart
{
    private readonly Channel<Entry> _heard = Channel.CreateUnbounded<Entry>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Desk _desk;
    private readonly Rosters _rosters;
    private readonly Lazy<Streams> _streams;
    private readonly ILogger<Nudging> _log;
    private readonly IDisposable _listening;

    public Nudging(Fanout fanout, Desk desk, Rosters rosters, Lazy<Streams> streams, ILogger<Nudging> log)
    {
        (_desk, _rosters, _streams, _log) = (desk, rosters, streams, log);
        _listening = fanout.Listen(Hear);
    }

    public IReadOnlyList<string> Takes { get; } = [];

    public ValueTask Hear(StreamClient client, string type, JsonElement said) => ValueTask.CompletedTask;

    public override void Dispose()
    {
        _listening.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await foreach (var entry in _heard.Reader.ReadAllAsync(stop))
        {
            await Rounds.Do(_log, "nudging", () => Tell(entry), stop);
        }
    }

    private void Hear(Committed committed)
    {
        foreach (var entry in committed.Entries)
        {
            if (entry.Body is Nudged or PromiseBroken or Requeued { Cause: "silence" })
            {
                _heard.Writer.TryWrite(entry);
            }
        }
    }

    private async Task Tell(Entry entry)
    {
        if (_streams.Value.Room(entry.Workspace) is not { } room || await _desk.Look(entry.Workspace, entry.Subject) is not { State: Conversation { Exists: true, Erased: false, Spam: false, WaitingSince: not null } it })
        {
            return;
        }

        var frame = Frame(new ConversationId(entry.Subject.Id), it.Promise?.Due, entry.Body);
        foreach (var (agent, _) in Concerned.By(entry, it, _rosters.Now(entry.Workspace)))
        {
            foreach (var client in room.Colleagues(new Author(AuthorKind.Agent, agent.Value)))
            {
                client.Live(frame);
            }
        }
    }

    private static byte[] Frame(ConversationId id, DateTimeOffset? due, EntryBody why) => StreamFrames.Of("signal", (id, due, why), static (writer, it) =>
    {
        writer.WriteString("kind"u8, "nudge"u8);
        writer.WriteString("conversation"u8, it.id.ToString());
        if (it.due is { } due)
        {
            writer.WriteTime("due"u8, due);
        }

        if (it.why is PromiseBroken)
        {
            writer.WriteBoolean("broken"u8, true);
        }

        if (it.why is Requeued)
        {
            writer.WriteBoolean("passed"u8, true);
        }
    });
}
