using System.Collections.Immutable;

namespace Parley.Log;

/// <summary>What one commit wrote into one workspace. <paramref name="Head"/> is the workspace's position after it.</summary>
public sealed record Committed(WorkspaceId Workspace, ImmutableArray<Entry> Entries, ImmutableArray<Mark> Marks, long Head);

/// <summary>Tells whoever listens on this node what was committed, on this node or on another. Losing a word costs a catch-up from the log, never a message.</summary>
public sealed class Fanout
{
    private ImmutableArray<Action<Committed>> _listeners = [];
    private Func<Committed, Task>? _through;

    /// <summary>Told synchronously, in the order of commits: a listener must hand on quickly and never throw.</summary>
    public IDisposable Listen(Action<Committed> listener)
    {
        ImmutableInterlocked.Update(ref _listeners, all => all.Add(listener));
        return new Listening(() => ImmutableInterlocked.Update(ref _listeners, all => all.Remove(listener)));
    }

    /// <summary>
    /// What was committed on this node. Where there are others it goes through their order first, so that positions are told without a gap. When it
    /// comes back, this node has been told.
    /// </summary>
    public Task Publish(Committed committed)
    {
        if (_through is { } through)
        {
            return through(committed);
        }

        Tell(committed);
        return Task.CompletedTask;
    }

    internal void Through(Func<Committed, Task> through) => _through = through;

    internal void Tell(Committed committed)
    {
        foreach (var listener in _listeners)
        {
            listener(committed);
        }
    }

    private sealed class Listening(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
