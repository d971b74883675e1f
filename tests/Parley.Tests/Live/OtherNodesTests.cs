using Microsoft.Extensions.Logging.Abstractions;
using Parley.Live;
using Parley.Log;
using Parley.Platform.Fanout;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Live;

public class OtherNodesTests
{
    private readonly Clock _clock = new();
    private readonly LocalBus _bus = new();

    [Fact]
    public async Task A_node_hears_who_comes_and_goes_on_another_and_one_that_joins_late_gets_the_whole()
    {
        using var one = await Node(_bus);
        using var two = await Node(_bus.Join());
        var told = new List<Somebody>();
        two.Listen(told.Add);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var crowd = Enumerable.Range(0, 200).Select(_ => Visitor()).ToList();
        crowd.ForEach(who => one.Say(who, here: true));
        await Until(() => told.Count == crowd.Count && crowd.TrueForAll(two.Has));
        one.Say(crowd[0], here: false);
        await Until(() => !two.Has(crowd[0]));
        crowd.ShouldAllBe(who => !one.Has(who), "a node's own people are not on another");

        using var late = await Node(_bus.Join());
        await Until(() => crowd.Skip(1).All(late.Has));
        late.Has(crowd[0]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_node_that_missed_a_word_asks_for_the_whole()
    {
        using var one = await Node(_bus);
        var deaf = new Deaf(_bus.Join());
        using var two = await Node(deaf);
        var (ana, ben) = (Visitor(), Visitor());
        one.Say(ana, here: true);
        await Until(() => two.Has(ana));
        deaf.Hears = false;
        one.Say(ana, here: false);
        deaf.Hears = true;
        one.Say(ben, here: true);
        await Until(() => two.Has(ben) && !two.Has(ana));
    }

    [Fact]
    public async Task The_people_of_a_node_that_is_silent_for_five_seconds_are_gone()
    {
        var one = await Node(_bus);
        using var two = await Node(_bus.Join());
        var ana = Visitor();
        one.Say(ana, here: true);
        await Until(() => two.Has(ana));
        _clock.Advance(TimeSpan.FromSeconds(6));
        await Task.Delay(100);
        await Until(() => two.Has(ana));
        var told = new List<Somebody>();
        two.Listen(told.Add);
        one.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(6));
        await Until(() => !two.Has(ana));
        told.ShouldBe([ana]);
    }

    private static async Task Until(Func<bool> so)
    {
        for (var i = 0; i < 500 && !so(); i++)
        {
            await Task.Delay(10);
        }

        so().ShouldBeTrue();
    }

    private Somebody Visitor() => new(WorkspaceId.New(_clock), new Author(AuthorKind.Contact, ContactId.New(_clock).Value));

    private async Task<OtherNodes> Node(Bus bus)
    {
        var node = new OtherNodes(bus, _clock, NullLogger<OtherNodes>.Instance);
        await node.StartAsync(CancellationToken.None);
        return node;
    }

    /// <summary>A bus whose node can be made to miss what is said.</summary>
    private sealed class Deaf : Bus
    {
        private readonly Bus _bus;

        public Deaf(Bus bus)
        {
            _bus = bus;
            bus.Listen("presence", text =>
            {
                if (Hears)
                {
                    Hear("presence", text);
                }
            });
        }

        public bool Hears { get; set; } = true;

        public override bool Shared => _bus.Shared;

        public override Task Start() => _bus.Start();

        public override void Post(string topic, string text) => _bus.Post(topic, text);

        public override ValueTask DisposeAsync() => _bus.DisposeAsync();
    }
}
