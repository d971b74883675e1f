using System.Collections.Concurrent;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Routing;

/// <summary>Which node gives out the work of a workspace: one at a time, by a lease whose number rises with every change of hands.</summary>
internal sealed class Reigns(Database database, ReaderSettings settings, TimeProvider time)
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
}
