using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Live.Visitors;

/// <summary>Who is here in one workspace, as it was read, and what has to be read again.</summary>
internal sealed class Picture(DateTimeOffset now)
{
    /// <summary>Newest first; of two at the same moment the order is only always the same.</summary>
    private static readonly Comparer<VisitRow> Newest = Comparer<VisitRow>.Create((a, b) => a.Since != b.Since ? b.Since.CompareTo(a.Since) : string.CompareOrdinal(b.Device, a.Device));

    private readonly SemaphoreSlim _one = new(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, VisitRow> _rows = [];
    private readonly Dictionary<ContactId, object> _known = [];
    private readonly Dictionary<Subject, HashSet<ContactId>> _from = [];
    private HashSet<string> _doubted = [];
    private bool _whole = true;
    private IReadOnlyList<VisitRow> _sorted = [];
    private long _heard;

    public DateTimeOffset AskedAt { get; set; } = now;

    public DateTimeOffset ReadAt { get; private set; } = now;

    /// <summary>Rises with all that is written of somebody who is known here.</summary>
    public long Heard => Interlocked.Read(ref _heard);

    /// <param name="device">Whose row may be another; null: all.</param>
    public void Doubt(string? device = null)
    {
        lock (_gate)
        {
            _whole |= device is null;
            if (device is not null)
            {
                _doubted.Add(device);
            }
        }
    }

    /// <summary>One reads, all others wait for that.</summary>
    public async ValueTask<IReadOnlyList<VisitRow>> Rows(Database database, WorkspaceId workspace, DateTimeOffset at)
    {
        await _one.WaitAsync();
        try
        {
            bool whole;
            HashSet<string> doubted;
            lock (_gate)
            {
                // Taken before it is read: what changes meanwhile is read again.
                (whole, doubted, _whole, _doubted) = (_whole, _doubted, false, []);
            }

            if (whole || doubted.Count > 0)
            {
                await Read(database, workspace, whole ? null : doubted, at);
            }

            return _sorted;
        }
        catch
        {
            Doubt();
            throw;
        }
        finally
        {
            _one.Release();
        }
    }

    public object? Known(ContactId contact)
    {
        lock (_gate)
        {
            return _known.GetValueOrDefault(contact);
        }
    }

    /// <param name="heard">How much had been heard before it was found out: what was heard since may be missing in it.</param>
    public void Keep(ContactId contact, object known, IEnumerable<Subject> from, long heard)
    {
        lock (_gate)
        {
            foreach (var subject in from)
            {
                (_from.TryGetValue(subject, out var all) ? all : _from[subject] = []).Add(contact);
            }

            if (Heard == heard)
            {
                _known[contact] = known;
            }
        }
    }

    /// <summary>Something was written there.</summary>
    public void Forget(Subject subject)
    {
        lock (_gate)
        {
            Interlocked.Increment(ref _heard);
            if (_from.Remove(subject, out var all))
            {
                foreach (var contact in all)
                {
                    _known.Remove(contact);
                }
            }
        }
    }

    private async Task Read(Database database, WorkspaceId workspace, IReadOnlyCollection<string>? devices, DateTimeOffset at)
    {
        var read = await database.Read(session => TrailStore.Gathered(session, workspace, devices));
        if (devices is null)
        {
            _rows.Clear();
            ReadAt = at;
            lock (_gate)
            {
                // Nobody is known for longer than they stand in the picture.
                _known.Clear();
                _from.Clear();
            }
        }

        foreach (var device in devices ?? [])
        {
            _rows.Remove(device);
        }

        foreach (var row in read)
        {
            _rows[row.Device] = row;
        }

        var sorted = _rows.Values.ToArray();
        Array.Sort(sorted, Newest);
        _sorted = sorted;
    }
}
