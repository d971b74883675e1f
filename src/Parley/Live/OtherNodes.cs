using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Log;
using Parley.Platform.Fanout;
using Parley.Platform.Hosting;

namespace Parley.Live;

/// <summary>Somebody who has a stream.</summary>
/// <param name="Device">On this device of theirs alone; null: on whichever.</param>
internal readonly record struct Somebody(WorkspaceId Workspace, Author Person, string? Device = null);

/// <summary>
/// Who has a stream on the other nodes. Each node numbers the comings and goings that it tells, and says the number every second: whoever has
/// another number missed something, or is new, and asks for the whole. A node that is silent for five seconds is dead, and its people are gone with it.
/// </summary>
internal sealed class OtherNodes(Bus bus, TimeProvider time, ILogger<OtherNodes> log) : IHostedService, IDisposable
{
    private const string Topic = "presence";

    /// <summary>People in one word, which may have <see cref="Bus.Longest"/> bytes.</summary>
    private const int Most = 50;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Dead = TimeSpan.FromSeconds(5);

    /// <summary>What was heard, and null for every second: one after the other, away from who said it.</summary>
    private readonly Channel<Word?> _heard = Channel.CreateUnbounded<Word?>(new UnboundedChannelOptions { SingleReader = true });
    private readonly string _me = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private readonly Lock _gate = new();
    private readonly HashSet<Somebody> _own = [];
    private volatile ImmutableDictionary<string, Neighbour> _nodes = ImmutableDictionary<string, Neighbour>.Empty;
    private Action<Somebody> _changed = _ => { };
    private ITimer? _timer;
    private long _said;

    public bool Has(Somebody who) => _nodes.Values.Any(node => node.People.Contains(who));

    /// <summary>Told when somebody came to another node or left one.</summary>
    public void Listen(Action<Somebody> changed) => _changed += changed;

    /// <summary>Somebody has a stream on this node now, or no longer.</summary>
    public void Say(Somebody who, bool here)
    {
        if (!bus.Shared)
        {
            return;
        }

        lock (_gate)
        {
            if (here ? _own.Add(who) : _own.Remove(who))
            {
                Post(new Word(_me, here ? What.Came : What.Left, ++_said, [Person.Of(who)]));
            }
        }
    }

    public Task StartAsync(CancellationToken cancel)
    {
        bus.Listen(Topic, text => _heard.Writer.TryWrite(JsonSerializer.Deserialize<Word>(text, Platform.Json.Options)!));
        _timer = time.CreateTimer(_ => _heard.Writer.TryWrite(null), null, TimeSpan.Zero, Beat);
        _ = Listen();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;

    public void Dispose()
    {
        _timer?.Dispose();
        _heard.Writer.TryComplete();
    }

    private async Task Listen()
    {
        await foreach (var word in _heard.Reader.ReadAllAsync())
        {
            await Rounds.Do(log, "presence", () => Take(word));
        }
    }

    private Task Take(Word? word)
    {
        foreach (var who in word is null ? Second() : Hear(word))
        {
            _changed(who);
        }

        return Task.CompletedTask;
    }

    /// <summary>Says that this node lives; tells who was on one that does not.</summary>
    private List<Somebody> Second()
    {
        lock (_gate)
        {
            Post(new Word(_me, What.Beat, _said));
        }

        var gone = new List<Somebody>();
        foreach (var (name, node) in _nodes.Where(pair => time.GetElapsedTime(pair.Value.HeardAt) > Dead))
        {
            _nodes = _nodes.Remove(name);
            gone.AddRange(node.People);
        }

        return gone;
    }

    /// <summary>Takes a word in; tells who has come or left by it.</summary>
    private IEnumerable<Somebody> Hear(Word word)
    {
        if (word.What == What.Ask)
        {
            if (word.To == _me)
            {
                SayAll();
            }

            return [];
        }

        var node = (_nodes.GetValueOrDefault(word.Node) ?? Neighbour.Unknown) with { HeardAt = time.GetTimestamp() };
        var now = word.What == What.Whole ? node.With(word) : node.Number < 0 ? node : node.Next(word);
        _nodes = _nodes.SetItem(word.Node, now);
        if (word.What == What.Beat && now.Number != word.Number)
        {
            Post(new Word(_me, What.Ask, 0, To: word.Node));
        }

        return ReferenceEquals(now.People, node.People) ? [] : now.People.SymmetricExcept(node.People);
    }

    private void SayAll()
    {
        lock (_gate)
        {
            var parts = _own.Select(Person.Of).Chunk(Most).DefaultIfEmpty([]).ToList();
            for (var i = 0; i < parts.Count; i++)
            {
                Post(new Word(_me, What.Whole, _said, parts[i], Part: i, Last: i == parts.Count - 1));
            }
        }
    }

    private void Post(Word word)
    {
        if (bus.Shared)
        {
            bus.Post(Topic, JsonSerializer.Serialize(word, Platform.Json.Options));
        }
    }

    private enum What { Beat, Came, Left, Ask, Whole }

    /// <param name="Number">How many comings and goings the node has told.</param>
    private sealed record Word(string Node, What What, long Number, Person[]? People = null, string? To = null, int Part = 0, bool Last = false);

    private sealed record Person(byte[] In, byte[] Who, string? On = null)
    {
        public static Person Of(Somebody it) => new(it.Workspace.Bytes, it.Person.Bytes, it.Device);

        public Somebody Read() => new(WorkspaceId.From(In), Author.FromBytes(Who), On);
    }

    /// <param name="Number">The last of its comings and goings that was heard; -1 where nothing is known for sure.</param>
    /// <param name="Coming">The first parts of a whole whose rest is on its way.</param>
    private sealed record Neighbour(long Number, ImmutableHashSet<Somebody> People, long HeardAt, ImmutableArray<Person[]> Coming)
    {
        public static readonly Neighbour Unknown = new(-1, [], 0, []);

        public Neighbour Next(Word word) => word switch
        {
            { What: What.Beat } => this,
            { People: [var one] } when word.Number == Number + 1 => this with { Number = word.Number, People = word.What == What.Came ? People.Add(one.Read()) : People.Remove(one.Read()) },
            // Something was missed: what is known stays until the whole has come.
            _ => this with { Number = -1 },
        };

        public Neighbour With(Word part)
        {
            var parts = part.Part == 0 ? [part.People!] : Coming.Add(part.People!);
            return parts.Length != part.Part + 1 ? this with { Number = -1, Coming = [] }
                : !part.Last ? this with { Coming = parts }
                : this with { Number = part.Number, People = [.. parts.SelectMany(people => people).Select(person => person.Read())], Coming = [] };
        }
    }
}
