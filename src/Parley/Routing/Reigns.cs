using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Parley.Log;
using Parley.Platform.Hosting;
using Parley.Platform.Store;

namespace Parley.Routing;

/// <summary>Which node gives out the work of a workspace: one at a time, by a lease whose number rises with every change of hands.</summary>
internal sealed class Reigns(Database database, ReaderSettings settings, TimeProvider time, ILogger<Reigns> log) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<WorkspaceId, Lease> _leases = new();

    /// <summary>This node's reign, taken, kept or renewed; null while another node reigns.</summary>
    public async Task<Fence?> Hold(WorkspaceId workspace)
    {
        var lease = _leases.GetOrAdd(workspace, id => new Lease(database, $"router:{id}", TimeSpan.FromSeconds(settings.LeaseSeconds), time));
        return await lease.Hold() ? lease.Fence : null;
    }

    /// <summary>Another node turned out to reign.</summary>
    public void Lost(WorkspaceId workspace) => _leases[workspace].Drop();

    /// <summary>Hands on what this node gave out, so that another goes on at once.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var lease in _leases.Values)
        {
            await Rounds.Do(log, "router", lease.Release);
        }
    }
}
