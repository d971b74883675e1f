using Parley.Server.Commands;
using Shouldly;

namespace Parley.Tests.Server.Commands;

public class ClusterFindingsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1.5, false)]
    [InlineData(3, true)]
    [InlineData(-3, true)]
    public void Clocks_that_are_apart_are_told_and_a_slow_answer_is_none(double apart, bool bad) =>
        ClusterFindings.Clock(Noon, Noon.AddSeconds(apart), Noon).Item1.ShouldBe(bad ? Verdict.Bad : Verdict.Good);

    [Fact]
    public void An_answer_that_took_long_proves_nothing() => ClusterFindings.Clock(Noon, Noon.AddSeconds(20), Noon.AddSeconds(40)).Item1.ShouldBe(Verdict.Good);

    [Theory]
    [InlineData(100, 100, true)]
    [InlineData(97, 100, false)]
    [InlineData(30, 100, false)]
    public void More_connections_than_there_is_room_for_are_told(long own, long most, bool bad) => ClusterFindings.Connections(own, most).Item1.ShouldBe(bad ? Verdict.Bad : Verdict.Good);
}
