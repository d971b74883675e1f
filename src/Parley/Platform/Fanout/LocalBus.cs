using System.Collections.Immutable;

namespace Parley.Platform.Fanout;

/// <summary>The bus of an installation that is one process: nobody else to tell. Nodes that share a process (in tests) join each other's.</summary>
public sealed class LocalBus : Bus
{
    private readonly Ring _ring;

    public LocalBus()
        : this(new Ring())
    {
    }

    private LocalBus(Ring ring)
    {
        _ring = ring;
        ImmutableInterlocked.Update(ref ring.Nodes, nodes => nodes.Add(this));
    }

    public override bool Shared => _ring.Nodes.Length > 1;

    public override Task Start() => Task.CompletedTask;

    /// <summary>Another node on the same bus.</summary>
    public LocalBus Join() => new(_ring);

    public override void Post(string topic, string text)
    {
        foreach (var node in _ring.Nodes)
        {
            if (node != this)
            {
                node.Hear(topic, text);
            }
        }
    }

    public override ValueTask DisposeAsync()
    {
        ImmutableInterlocked.Update(ref _ring.Nodes, nodes => nodes.Remove(this));
        return ValueTask.CompletedTask;
    }

    private sealed class Ring
    {
        public ImmutableArray<LocalBus> Nodes = [];
    }
}
