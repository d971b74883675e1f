using System.Collections.Concurrent;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Routing;

/// <summary>Which node gives out the work of a workspace: one at a time, by a lease whose number rises with every change of hands.</summary>
internal sealed class Reigns(Database database, ReaderSettings settings, TimeProvider time)
{
    private readonly ConcurrentDictionary<WorkspaceId, Lease> _leases = new();

    /// <summary>The number of this node's reign, taken, kept or renewed; 0 while another node reigns.</summary>
    public async Task<long> Hold(WorkspaceId workspace)
    {
        var lease = _leases.GetOrAdd(workspace, id => new Lease(database, $"router:{id}", TimeSpan.FromSeconds(settings.LeaseSeconds), time));
        return await lease.Hold() ? lease.Number : 0;
    }
}
