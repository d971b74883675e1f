using Parley.Platform.Fanout;

namespace Parley.Tests.Simulation;

/// <summary>What lies between the nodes: it drops, doubles and reorders their words as the seed says.</summary>
internal sealed class Air(Random random)
{
    private readonly List<Ears> _all = [];
    private readonly List<(Ears To, string Topic, string Text)> _under = [];

    public bool Honest { get; set; }

    /// <summary>A node that has just begun. Its former self hears nothing any more.</summary>
    public Ears Join(Ears? former)
    {
        if (former is not null)
        {
            _all.Remove(former);
            _under.RemoveAll(word => word.To == former);
        }

        var ears = new Ears(this);
        _all.Add(ears);
        return ears;
    }

    /// <summary>Delivers some of what is under way, or all of it.</summary>
    public void Deliver(bool all = false)
    {
        for (var count = all ? _under.Count : random.Next(0, _under.Count + 1); count > 0; count--)
        {
            var (to, topic, text) = _under[0];
            _under.RemoveAt(0);
            to.Tell(topic, text);
        }
    }

    private void Say(Ears from, string topic, string text)
    {
        foreach (var other in _all.Where(other => other != from))
        {
            for (var copies = Honest ? 1 : random.Next(0, 3); copies > 0; copies--)
            {
                _under.Insert(random.Next(0, _under.Count + 1), (other, topic, text));
            }
        }
    }

    /// <summary>One node's end of it.</summary>
    internal sealed class Ears(Air air) : Bus
    {
        public override bool Shared => true;

        public override Task Start() => Task.CompletedTask;

        public override void Post(string topic, string text) => air.Say(this, topic, text);

        public void Tell(string topic, string text) => Hear(topic, text);

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
