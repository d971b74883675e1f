using System.Collections.Concurrent;
using System.Text.Json;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Live;

/// <summary>
/// Every coming and going, at once and with a number that rises for each person: the clock's milliseconds, so that nodes and restarts agree on which is the
/// later. <see cref="Presence"/> says the same to people, who need not know of every change of pages.
/// </summary>
internal sealed class Comings : IStreamPart
{
    private const int Kept = 20_000;

    /// <summary>Longer ago nobody asks when somebody left.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(20);

    private readonly Dictionary<Somebody, Turn> _turns = [];
    private readonly Lock _gate = new();
    private readonly OtherNodes _others;
    private readonly TimeProvider _time;
    private Action<Somebody> _changed = _ => { };

    public Comings(OtherNodes others, TimeProvider time)
    {
        (_others, _time) = (others, time);
        others.Listen(who => Note(who, 0));
    }

    public IReadOnlyList<string> Takes { get; } = [];

    /// <summary>Told when somebody came or left.</summary>
    public void Listen(Action<Somebody> changed) => _changed += changed;

    /// <summary>Whether somebody has a stream, on whichever node, and the number of their last coming or going.</summary>
    public Here Of(Somebody who)
    {
        lock (_gate)
        {
            return _turns.TryGetValue(who, out var turn) ? new Here(turn.Here, turn.Number) : new Here(_others.Has(who), 0);
        }
    }

    /// <summary>Since when they have not been here; null where this node has never seen them.</summary>
    public DateTimeOffset? Left(Somebody who)
    {
        lock (_gate)
        {
            return _turns.TryGetValue(who, out var turn) && !turn.Here ? turn.At : null;
        }
    }

    /// <summary>True where this node has their stream: it need ask no other whether they are here.</summary>
    public bool Own(Somebody who)
    {
        lock (_gate)
        {
            return _turns.TryGetValue(who, out var turn) && turn.Streams > 0;
        }
    }

    public void Enter(StreamClient client)
    {
        foreach (var key in Keys(client))
        {
            Note(key, +1);
        }
    }

    public ValueTask Hear(StreamClient client, string type, JsonElement said) => ValueTask.CompletedTask;

    public void End(StreamClient client)
    {
        foreach (var key in Keys(client))
        {
            Note(key, -1);
        }
    }

    /// <summary>A customer is here, and so is this device of theirs: a session may belong to it alone.</summary>
    internal static IEnumerable<Somebody> Keys(StreamClient client)
    {
        var workspace = client.Room.Workspace;
        if (client.Who is AgentPrincipal agent)
        {
            yield return new(workspace, agent.Author);
        }
        else if (client.Who is VisitorPrincipal visitor)
        {
            var person = new Author(AuthorKind.Contact, visitor.Person.Value);
            yield return new(workspace, person);
            yield return new(workspace, person, visitor.Device);
        }
    }

    private void Note(Somebody who, int streams)
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            var before = _turns.GetValueOrDefault(who) ?? new Turn(false, 0, 0, now);
            var count = before.Streams + streams;
            var here = count > 0 || _others.Has(who);
            _turns[who] = here == before.Here
                ? before with { Streams = count }
                : new Turn(here, count, Math.Max(before.Number + 1, now.ToUnixTimeMilliseconds()), now);
            Forget(now);
            if (here == before.Here)
            {
                return;
            }
        }

        _changed(who);
    }

    private void Forget(DateTimeOffset now)
    {
        if (_turns.Count > Kept)
        {
            foreach (var who in _turns.Where(pair => !pair.Value.Here && now - pair.Value.At > Memory).Select(pair => pair.Key).ToList())
            {
                _turns.Remove(who);
            }
        }
    }

    /// <param name="Streams">How many they have on this node.</param>
    private sealed record Turn(bool Here, int Streams, long Number, DateTimeOffset At);
}
