using System.Collections.Concurrent;
using System.Text.Json;
using Parley.Log;
using Parley.Platform.Fanout;

namespace Parley.Live;

/// <summary>When each agent gave the last sign of sitting there, on whichever node: input that their console tells of, or anything that they did.</summary>
internal sealed class Signs : IDisposable
{
    private const string Topic = "input";

    /// <summary>Signs of the same agent that are nearer to each other than this are one.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<(WorkspaceId Workspace, AgentId Agent), DateTimeOffset> _last = new();
    private readonly TimeProvider _time;
    private readonly Bus _bus;
    private readonly IDisposable _listening;

    /// <summary>Before this nothing is known: who sat there before a restart begins anew.</summary>
    private readonly DateTimeOffset _began;

    public Signs(Fanout fanout, Bus bus, TimeProvider time)
    {
        (_bus, _time, _began) = (bus, time, time.GetUtcNow());
        bus.Listen(Topic, text => Keep(JsonSerializer.Deserialize<Sign>(text, Platform.Json.Options)!, time.GetUtcNow()));
        _listening = fanout.Listen(Hear);
    }

    public DateTimeOffset Last(WorkspaceId workspace, AgentId agent) => _last.GetValueOrDefault((workspace, agent), _began);

    /// <summary>Their console tells of input.</summary>
    public void Note(WorkspaceId workspace, AgentId agent)
    {
        var now = _time.GetUtcNow();
        if (now - Last(workspace, agent) > Pace)
        {
            var sign = new Sign(workspace, agent);
            Keep(sign, now);
            _bus.Post(Topic, JsonSerializer.Serialize(sign, Platform.Json.Options));
        }
    }

    public void Dispose() => _listening.Dispose();

    private void Hear(Committed committed)
    {
        foreach (var entry in committed.Entries)
        {
            if (entry.Author is { Kind: AuthorKind.Agent, Id: { } id })
            {
                Keep(new Sign(committed.Workspace, new AgentId(id)), entry.At);
            }
        }
    }

    /// <summary>What they did counts from when they did it, however late it is heard.</summary>
    private void Keep(Sign sign, DateTimeOffset at) =>
        _last.AddOrUpdate((sign.Workspace, sign.Agent), at, (_, last) => at > last ? at : last);

    private sealed record Sign(WorkspaceId Workspace, AgentId Agent);
}
