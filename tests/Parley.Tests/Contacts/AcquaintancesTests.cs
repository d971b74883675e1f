using Parley.Contacts;
using Parley.Platform.Fanout;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Contacts;

/// <summary>What a visitor said of themselves before they spoke, on every node.</summary>
public sealed class AcquaintancesTests
{
    private readonly Clock _clock = new();
    private readonly LocalBus _bus = new();
    private readonly ContactId _ana;
    private readonly ContactId _ben;

    public AcquaintancesTests() => (_ana, _ben) = (ContactId.New(_clock), ContactId.New(_clock));

    [Fact]
    public async Task What_is_typed_at_one_node_stands_beside_the_first_word_at_another()
    {
        var (one, two) = (await Node(_bus), await Node(_bus.Join()));
        one.Keep(_ana, known => known with { Claims = Named("Ana") });
        two.Of(_ana)!.Claims!.Name.ShouldBe("Ana");
        two.Drop(_ana);
        one.Of(_ana).ShouldBeNull();
    }

    [Fact]
    public async Task A_node_that_starts_later_asks_for_what_was_typed()
    {
        var one = await Node(_bus);
        one.Keep(_ana, known => known with { Claims = Named("Ana") });
        one.Keep(_ben, known => known with { Visit = new Visit("laptop") });
        var two = await Node(_bus.Join());
        two.Of(_ana)!.Claims!.Name.ShouldBe("Ana");
        two.Of(_ben).ShouldBeNull("Where he is, his next session says again.");
    }

    [Fact]
    public async Task What_is_too_old_is_not_told_and_an_answer_undoes_nothing_newer()
    {
        var (one, two) = (await Node(_bus), await Node(_bus.Join()));
        one.Keep(_ana, known => known with { Claims = Named("Ana") });
        _clock.Advance(TimeSpan.FromHours(1));
        two.Keep(_ana, known => known with { Claims = Named("Ana Marin") });
        (await Node(_bus.Join())).Of(_ana)!.Claims!.Name.ShouldBe("Ana Marin");
        (one.Of(_ana)!.Claims!.Name, two.Of(_ana)!.Claims!.Name).ShouldBe(("Ana Marin", "Ana Marin"));
        _clock.Advance(TimeSpan.FromHours(13));
        (await Node(_bus.Join())).Of(_ana).ShouldBeNull();
    }

    [Fact]
    public async Task Who_was_forgotten_is_not_brought_back_by_a_node_that_missed_it()
    {
        var deaf = new Acquaintances(_clock, _bus.Join());
        deaf.Keep(_ana, known => known with { Claims = Named("Ana") });
        var one = await Node(_bus);
        one.Keep(_ana, known => known with { Claims = Named("Ana") });
        _clock.Advance(TimeSpan.FromMinutes(1));
        one.Drop(_ana);
        deaf.Of(_ana).ShouldNotBeNull();

        await deaf.StartAsync(CancellationToken.None);
        deaf.Of(_ana).ShouldBeNull();
        (await Node(_bus.Join())).Of(_ana).ShouldBeNull();

        // She comes back, and nothing of before is with her.
        _clock.Advance(TimeSpan.FromMinutes(1));
        one.Keep(_ana, known => known with { Visit = new Visit("laptop") });
        deaf.Of(_ana)!.Visit!.Device.ShouldBe("laptop");
        deaf.Of(_ana)!.Claims.ShouldBeNull();
    }

    private async Task<Acquaintances> Node(Bus bus)
    {
        var node = new Acquaintances(_clock, bus);
        await node.StartAsync(CancellationToken.None);
        return node;
    }

    private static Described Named(string name) => new(Source.Typed, name);
}
