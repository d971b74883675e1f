using System.Data.Common;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Parley.Platform.Store;

/// <summary>
/// Writes that may be lost: what is noted on the way to something else (when a token was used last, that a session goes on). A full disk must not keep
/// anybody from reading.
/// </summary>
public static class Lesser
{
    private static readonly Counter<long> Dropped = new Meter("Parley.Store").CreateCounter<long>("parley_writes_dropped", description: "Lesser writes that the store did not take, by what they were.");

    /// <summary>False when the store did not take it; any other fault is thrown.</summary>
    public static async Task<bool> Write(Database database, ILogger log, string what, Func<Session, Task> change)
    {
        try
        {
            await database.Write(change);
            return true;
        }
        catch (Exception error) when (error is DbException or IOException)
        {
            Dropped.Add(1, new KeyValuePair<string, object?>("what", what));
            log.LogWarning(error, "The store did not take {What}; it goes without.", what);
            return false;
        }
    }
}
