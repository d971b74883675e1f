using Parley.Log;

namespace Parley.Tests.Simulation;

/// <summary>What one node tells the others: it drops, doubles and reorders as the seed says.</summary>
internal sealed class Bus(Random random)
{
    private readonly List<(Node To, Committed Word)> _under = [];
    private bool _delivering;

    public bool Honest { get; set; }

    public void Connect(IReadOnlyList<Node> nodes)
    {
        foreach (var node in nodes)
        {
            Connect(node, nodes);
        }
    }

    public void Connect(Node node, IReadOnlyList<Node> nodes) => node.Fanout.Listen(word =>
    {
        if (_delivering)
        {
            return;
        }

        foreach (var other in nodes.Where(other => other != node))
        {
            for (var copies = Honest ? 1 : random.Next(0, 3); copies > 0; copies--)
            {
                _under.Insert(random.Next(0, _under.Count + 1), (other, word));
            }
        }
    });

    /// <summary>Delivers some of what is under way, or all of it.</summary>
    public void Deliver(bool all = false)
    {
        _delivering = true;
        for (var count = all ? _under.Count : random.Next(0, _under.Count + 1); count > 0; count--)
        {
            var (to, word) = _under[0];
            _under.RemoveAt(0);
            to.Fanout.Publish(word);
        }

        _delivering = false;
    }
}
