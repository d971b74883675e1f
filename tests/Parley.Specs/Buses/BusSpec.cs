using System.Collections.Concurrent;
using Npgsql;
using Parley.Platform.Fanout;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Shouldly;

namespace Parley.Specs.Buses;

/// <summary>What every bus keeps to: words reach all other nodes in order, and never the one that said them.</summary>
public abstract class BusSpec : IAsyncLifetime
{
    private readonly List<Bus> _nodes = [];

    [SkippableFact]
    public async Task Words_reach_every_other_node_in_order_and_not_their_own()
    {
        var (one, two, three) = (await Node(), await Node(), await Node());
        var heard = new ConcurrentDictionary<Bus, ConcurrentQueue<string>>();
        foreach (var node in _nodes)
        {
            heard[node] = new();
            node.Listen("test", heard[node].Enqueue);
            node.Listen("other", _ => throw new InvalidOperationException("Nobody said anything of this."));
        }

        var words = Enumerable.Range(0, 500).Select(i => $"word {i} ü").ToList();
        words.ForEach(word => one.Post("test", word));
        await Until(() => heard[two].Count == words.Count && heard[three].Count == words.Count);
        heard[two].ShouldBe(words);
        heard[three].ShouldBe(words);
        heard[one].ShouldBeEmpty();

        two.Post("test", "back");
        await Until(() => heard[one].Count == 1);
        one.Shared.ShouldBeTrue();
    }

    [SkippableFact]
    public async Task A_node_that_has_left_is_told_nothing_and_holds_nobody_up()
    {
        var (one, two, three) = (await Node(), await Node(), await Node());
        var heard = new ConcurrentQueue<string>();
        three.Listen("test", heard.Enqueue);
        await two.DisposeAsync();
        _nodes.Remove(two);
        one.Post("test", "still");
        await Until(() => heard.Count == 1);
    }

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    protected abstract Task<Bus> Join();

    protected static async Task Until(Func<bool> so)
    {
        for (var i = 0; i < 3_000 && !so(); i++)
        {
            await Task.Delay(10);
        }

        so().ShouldBeTrue();
    }

    private async Task<Bus> Node()
    {
        var node = await Join();
        await node.Start();
        _nodes.Add(node);
        return node;
    }
}

public class LocalBusSpec : BusSpec
{
    private readonly LocalBus _first = new();
    private bool _given;

    [Fact]
    public void Alone_it_is_shared_with_nobody() => new LocalBus().Shared.ShouldBeFalse();

    protected override Task<Bus> Join()
    {
        var first = !_given;
        _given = true;
        return Task.FromResult<Bus>(first ? _first : _first.Join());
    }
}

public class PostgresBusSpec : BusSpec
{
    private Engine? _engine;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (_engine is { } engine)
        {
            await engine.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task A_listener_that_was_cut_off_comes_back_and_says_that_words_may_be_lost()
    {
        var bus = await Join();
        var lost = 0;
        bus.Lost(() => Interlocked.Increment(ref lost));
        await bus.Start();
        await using (var dialect = (PostgresDialect)_engine!.Open())
        {
            await using var cut = dialect.Source.CreateCommand("select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%' and datname = current_database()");
            await cut.ExecuteNonQueryAsync();
        }

        await Until(() => lost == 1);
        await bus.DisposeAsync();
    }

    [SkippableFact]
    public async Task A_line_that_died_without_a_word_is_found_out_by_its_silence()
    {
        var other = await Join();
        await other.Start();
        await using var way = Way.To(new NpgsqlConnectionStringBuilder(_engine!.Url!));
        await using var source = NpgsqlDataSource.Create(way.Url);
        var bus = new PostgresBus(source, TimeSpan.FromSeconds(1));
        var (heard, lost) = (new ConcurrentQueue<string>(), 0);
        bus.Listen("test", heard.Enqueue);
        bus.Lost(() => Interlocked.Increment(ref lost));
        await bus.Start();
        other.Post("test", "one");
        await Until(() => heard.Count == 1);

        // What lies between swallows everything and says nothing: no reset, no end.
        way.Swallow();
        other.Post("test", "two");
        await Until(() => lost == 1);
        other.Post("test", "three");
        await Until(() => heard.Count == 2);
        heard.ShouldBe(["one", "three"]);
        await bus.DisposeAsync();
        await other.DisposeAsync();
    }

    protected override async Task<Bus> Join()
    {
        _engine ??= await PostgresEngine.Make();
        return _engine.Open().Bus();
    }
}
