using System.Collections.Immutable;

namespace Parley.Platform.Fanout;

/// <summary>
/// How the nodes of one installation tell each other things: short words by topic, in order from each node, not kept. A word may be lost when a
/// connection is; <see cref="Lost"/> says so, and what matters is then looked up in the store.
/// </summary>
public abstract class Bus : IAsyncDisposable
{
    /// <summary>What one word may hold, in bytes.</summary>
    public const int Longest = 7_500;

    private ImmutableDictionary<string, ImmutableArray<Action<string>>> _listeners = ImmutableDictionary<string, ImmutableArray<Action<string>>>.Empty;
    private ImmutableArray<Action> _losses = [];

    /// <summary>False where nobody else can be: then nothing needs to be said.</summary>
    public abstract bool Shared { get; }

    /// <summary>Comes back when this node hears the others.</summary>
    public abstract Task Start();

    /// <summary>Tells the other nodes, never waiting. The node's own listeners do not hear it.</summary>
    public abstract void Post(string topic, string text);

    /// <summary>Told on one thread, in order: hand on quickly, never throw.</summary>
    public void Listen(string topic, Action<string> hear) =>
        ImmutableInterlocked.AddOrUpdate(ref _listeners, topic, _ => [hear], (_, all) => all.Add(hear));

    /// <summary>Told when words may have been lost.</summary>
    public void Lost(Action lost) => ImmutableInterlocked.Update(ref _losses, all => all.Add(lost));

    public abstract ValueTask DisposeAsync();

    protected void Hear(string topic, string text)
    {
        foreach (var hear in _listeners.GetValueOrDefault(topic, []))
        {
            hear(text);
        }
    }

    protected void Lose()
    {
        foreach (var lost in _losses)
        {
            lost();
        }
    }
}
