using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Hosting;
using Parley.Workspaces;

namespace Parley.Routing;

/// <summary>Whoever lets two offers in a row pass without a word is not there, whatever their chair says: they are away, and what is offered to them goes to others.</summary>
internal sealed class Missing(Fanout fanout, Desk desk, ILogger<Missing> log) : IHostedService, IDisposable
{
    private const int Most = 2;

    private readonly ConcurrentDictionary<(WorkspaceId Workspace, AgentId Agent), int> _missed = new();
    private IDisposable? _listening;

    public Task StartAsync(CancellationToken cancel)
    {
        _listening = fanout.Listen(Hear);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;

    public void Dispose() => _listening?.Dispose();

    private void Hear(Committed committed)
    {
        foreach (var entry in committed.Entries)
        {
            switch (entry.Body)
            {
                case Declined { Cause: "missed", Agent: var agent } when _missed.AddOrUpdate((committed.Workspace, agent), 1, static (_, before) => before + 1) >= Most:
                    Lose(committed.Workspace, agent, entry.Position);
                    break;
                case Declined { Cause: "declined", Agent: var agent }:
                    _missed.TryRemove((committed.Workspace, agent), out _);
                    break;
                case Accepted { Agent: var agent }:
                    _missed.TryRemove((committed.Workspace, agent), out _);
                    break;
                case ChairSet:
                    _missed.TryRemove((committed.Workspace, new AgentId(entry.Subject.Id)), out _);
                    break;
            }
        }
    }

    private void Lose(WorkspaceId workspace, AgentId agent, long position) => _ = Rounds.Do(log, "missed", async () =>
        await desk.Handle(new LoseChair(new Origin(workspace, Author.System, $"missed:{position}"), agent, "missed")));
}
