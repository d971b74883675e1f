using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Conversations;
using Parley.Platform;
using Parley.Platform.Hosting;
using Parley.Workspaces;

namespace Parley.Routing;

/// <summary>
/// Tells who looks after a workspace how it stands, and then what is different, a few times a second at most: a signal, neither stored nor resumed. Where nobody
/// looks, nothing is noted; whoever may not look is told nothing.
/// </summary>
internal sealed class SupervisingPart : BackgroundService, IStreamPart
{
    private const string Word = "supervise";

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(300);

    private readonly ConcurrentDictionary<WorkspaceId, Desk> _desks = new();
    private readonly Channel<WorkspaceId> _changed = Channel.CreateUnbounded<WorkspaceId>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Supervising _supervising;
    private readonly TimeProvider _time;
    private readonly ILogger<SupervisingPart> _log;

    public SupervisingPart(Supervising supervising, Halls halls, Ongoing ongoing, TimeProvider time, ILogger<SupervisingPart> log)
    {
        (_supervising, _time, _log) = (supervising, time, log);
        ongoing.Listen(change => Hear(change.Workspace, change));
        halls.Listen(workspace => Hear(workspace, null));
    }

    public IReadOnlyList<string> Takes { get; } = [Word];

    public async ValueTask Hear(StreamClient client, string type, JsonElement said)
    {
        if (client.Who is not AgentPrincipal { Role: >= Role.Supervisor } who)
        {
            return;
        }

        var desk = _desks.GetOrAdd(who.Workspace, static _ => new Desk());
        if (said.TryGetProperty("on", out var on) && on.ValueKind == JsonValueKind.False)
        {
            desk.Leave(client);
            return;
        }

        // What changes from here on is told behind what is read now: live frames wait for it.
        desk.Enter(client, who);
        client.Send(Frame(await _supervising.Of(who)));
    }

    public void End(StreamClient client)
    {
        if (_desks.TryGetValue(client.Room.Workspace, out var desk))
        {
            desk.Leave(client);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (await _changed.Reader.WaitToReadAsync(stop))
        {
            while (_changed.Reader.TryRead(out var workspace))
            {
                await Rounds.Do(_log, "supervising", () => Tell(workspace), stop);
            }

            await Task.Delay(Pace, _time, stop);
        }
    }

    private void Hear(WorkspaceId workspace, OngoingChange? change)
    {
        if (_desks.TryGetValue(workspace, out var desk) && desk.Note(change))
        {
            _changed.Writer.TryWrite(workspace);
        }
    }

    private async Task Tell(WorkspaceId workspace)
    {
        var desk = _desks[workspace];
        var (touched, looking) = desk.Take();
        if (looking.Count == 0)
        {
            return;
        }

        var agents = desk.Fresh(_supervising.Agents(workspace));
        var lines = await _supervising.Lines(workspace, touched.Keys);
        var gone = touched.Keys.Except(lines.Select(line => line.Conversation)).ToList();
        foreach (var (client, who) in looking)
        {
            var theirs = lines.Where(line => Supervising.Shows(who, line.Inbox)).ToList();
            var over = gone.Where(id => Supervising.Shows(who, touched[id])).ToList();
            if (agents.Count > 0 || theirs.Count > 0 || over.Count > 0)
            {
                client.Live(Frame(new Supervising.View(false, agents, theirs, over)));
            }
        }
    }

    private static byte[] Frame(Supervising.View view) => StreamFrames.Of("signal", view, static (writer, view) =>
    {
        writer.WriteString("kind"u8, "supervision"u8);
        writer.WritePropertyName("supervision"u8);
        JsonSerializer.Serialize(writer, view, Json.Options);
    });

    /// <summary>Who looks after one workspace, and what they were not told yet.</summary>
    private sealed class Desk
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<StreamClient, AgentPrincipal> _looking = [];
        private Dictionary<ConversationId, InboxId> _touched = [];
        private Dictionary<AgentId, Supervising.AgentLine> _told = [];
        private bool _waits;

        public void Enter(StreamClient client, AgentPrincipal who)
        {
            lock (_gate)
            {
                _looking[client] = who;
            }
        }

        public void Leave(StreamClient client)
        {
            lock (_gate)
            {
                _looking.Remove(client);
            }
        }

        /// <summary>True where somebody must be told, and nobody is about to.</summary>
        public bool Note(OngoingChange? change)
        {
            lock (_gate)
            {
                if (_looking.Count == 0)
                {
                    return false;
                }

                if (change is { } it && (it.After ?? it.Before) is { } state)
                {
                    _touched[it.Id] = state.Inbox;
                }

                var first = !_waits;
                _waits = true;
                return first;
            }
        }

        public (Dictionary<ConversationId, InboxId> Touched, List<KeyValuePair<StreamClient, AgentPrincipal>> Looking) Take()
        {
            lock (_gate)
            {
                (var touched, _touched, _waits) = (_touched, [], false);
                return (touched, [.. _looking]);
            }
        }

        /// <summary>The agents of whom something else is true than was told last.</summary>
        public List<Supervising.AgentLine> Fresh(IReadOnlyList<Supervising.AgentLine> all)
        {
            var before = _told;
            _told = all.ToDictionary(agent => agent.Id);
            return [.. all.Where(agent => before.GetValueOrDefault(agent.Id) != agent)];
        }
    }
}
