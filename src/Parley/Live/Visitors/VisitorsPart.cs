using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Conversations;
using Parley.Platform.Hosting;
using Parley.Workspaces;

namespace Parley.Live.Visitors;

/// <summary>
/// Tells who looks at the list of visitors that there is something else in it, once a second at most: they read what they look at anew. However many are on the
/// site, a word is a few bytes; and where nobody looks nothing is done.
/// </summary>
internal sealed class VisitorsPart : BackgroundService, IStreamPart
{
    private const string Word = "visitors";

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly byte[] News = StreamFrames.Of("signal", 0, static (writer, _) => writer.WriteString("kind"u8, "visitors"u8));

    private readonly ConcurrentDictionary<WorkspaceId, ConcurrentDictionary<StreamClient, bool>> _looking = new();
    private readonly Channel<WorkspaceId> _changed = Channel.CreateUnbounded<WorkspaceId>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TimeProvider _time;
    private readonly ILogger<VisitorsPart> _log;

    public VisitorsPart(Trail trail, Ongoing ongoing, TimeProvider time, ILogger<VisitorsPart> log)
    {
        (_time, _log) = (time, log);
        trail.Listen((workspace, _) => Note(workspace));
        ongoing.Listen(change => Note(change.Workspace));
    }

    public IReadOnlyList<string> Takes { get; } = [Word];

    public ValueTask Hear(StreamClient client, string type, JsonElement said)
    {
        if (client.Who is AgentPrincipal who)
        {
            if (said.TryGetProperty("on", out var on) && on.ValueKind == JsonValueKind.False)
            {
                End(client);
            }
            else
            {
                _looking.GetOrAdd(who.Workspace, static _ => new())[client] = true;
                client.Send(News);
            }
        }

        return ValueTask.CompletedTask;
    }

    public void End(StreamClient client)
    {
        if (_looking.TryGetValue(client.Room.Workspace, out var here))
        {
            here.TryRemove(client, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (await _changed.Reader.WaitToReadAsync(stop))
        {
            await Rounds.Do(_log, "visitors", Tell, stop);
            await Task.Delay(Pace, _time, stop);
        }
    }

    private void Note(WorkspaceId workspace)
    {
        if (_looking.TryGetValue(workspace, out var here) && !here.IsEmpty)
        {
            _changed.Writer.TryWrite(workspace);
        }
    }

    private Task Tell()
    {
        var changed = new HashSet<WorkspaceId>();
        while (_changed.Reader.TryRead(out var workspace))
        {
            changed.Add(workspace);
        }

        foreach (var client in changed.SelectMany(workspace => _looking[workspace].Keys))
        {
            client.Live(News);
        }

        return Task.CompletedTask;
    }
}
