using Parley.Figures.Promises;
using Shouldly;

namespace Parley.Tests.Figures.Promises;

public class BacklogTests
{
    [Fact]
    public void The_line_is_what_it_takes_until_somebody_is_there_and_then_for_each()
    {
        var backlog = Backlog.Of(Enumerable.Range(0, 60).Select(ahead => (ahead, 3_600.0 + (120 * ahead))));
        backlog.Begins.ShouldBe(3_600, 0.01);
        backlog.Each.ShouldBe(120, 0.01);
        (backlog.Part(90) / backlog.Part(0)).ShouldBe(2, 0.001, "Four times as long by the line, of which half the way is gone.");
    }

    [Fact]
    public void Where_the_backlog_does_not_matter_all_are_alike()
    {
        var same = Backlog.Of(Enumerable.Range(0, 60).Select(ahead => (ahead, 300.0)));
        same.Each.ShouldBe(0, 1e-6);
        same.Part(1_000).ShouldBe(same.Part(0), 1e-6);
        var less = Backlog.Of(Enumerable.Range(0, 60).Select(ahead => (ahead, 300.0 - ahead)));
        less.Each.ShouldBe(0, "Nobody is answered the sooner because others wait.");
        Backlog.Of([(7, 300.0), (7, 400.0)]).Each.ShouldBe(0, "One point is no line.");
    }

    [Fact]
    public void What_took_no_time_at_all_divides_nothing_by_nothing() => Backlog.Of([(0, 0.0), (1, 0.0)]).Part(0).ShouldBeGreaterThan(0);
}
