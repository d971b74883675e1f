using System.Collections.Concurrent;
using Parley.Log;
using Parley.Platform.Fanout;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Live.Visitors;

/// <summary>
/// Who is on the sites of a workspace: one picture in memory for all who look, read once and then kept by what changes, a row at a time. So however many are here and however many look, a
/// second costs the rows that changed in it. Where nobody looks there is none.
/// </summary>
internal sealed class Gathering : IDisposable
{
    /// <summary>A picture that nobody asked for is let go after this: the next who looks has it read anew.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);

    /// <summary>Read as a whole again after this, whatever was told: what nobody told of must not stand there for ever.</summary>
    private static readonly TimeSpan Whole = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<WorkspaceId, Picture> _pictures = new();
    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly IDisposable _listening;

    public Gathering(Database database, Trail trail, Bus bus, Fanout fanout, TimeProvider time)
    {
        (_database, _time) = (database, time);
        trail.Listen(Note);
        // What was missed is not known.
        bus.Lost(_pictures.Clear);
        _listening = fanout.Listen(Hear);
    }

    /// <summary>Who is here, the newest first.</summary>
    public ValueTask<IReadOnlyList<VisitRow>> Of(WorkspaceId workspace) => Picture(workspace).Rows(_database, workspace, _time.GetUtcNow());

    /// <summary>What is known of somebody, as it was found out last; found out again once something was written of them, or of what they talk about.</summary>
    /// <param name="find">Finds it out, and says whose timelines it was read from.</param>
    public async ValueTask<T> Known<T>(WorkspaceId workspace, ContactId contact, Func<Task<(T Known, IEnumerable<Subject> From)>> find)
        where T : class
    {
        var picture = Picture(workspace);
        if (picture.Known(contact) is T known)
        {
            return known;
        }

        var heard = picture.Heard;
        var (found, from) = await find();
        picture.Keep(contact, found, from, heard);
        return found;
    }

    public void Dispose() => _listening.Dispose();

    private Picture Picture(WorkspaceId workspace)
    {
        var now = _time.GetUtcNow();
        var picture = _pictures.GetOrAdd(workspace, _ => new(now));
        if (now - picture.ReadAt >= Whole)
        {
            picture.Doubt();
        }

        picture.AskedAt = now;
        return picture;
    }

    private void Note(WorkspaceId workspace, string? device)
    {
        if (!_pictures.TryGetValue(workspace, out var picture))
        {
            return;
        }

        if (_time.GetUtcNow() - picture.AskedAt >= Idle)
        {
            _pictures.TryRemove(new(workspace, picture));
        }
        else
        {
            picture.Doubt(device);
        }
    }

    private void Hear(Committed committed)
    {
        if (_pictures.TryGetValue(committed.Workspace, out var picture))
        {
            foreach (var entry in committed.Entries)
            {
                picture.Forget(entry.Subject);
            }
        }
    }
}
