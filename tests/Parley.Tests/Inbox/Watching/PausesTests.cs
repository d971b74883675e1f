using Parley.Inbox.Watching;
using Parley.Log;
using Shouldly;

namespace Parley.Tests.Inbox.Watching;

public class PausesTests
{
    private readonly WorkspaceId _busy = new(new Guid(1, 0, 0, new byte[8]));
    private readonly WorkspaceId _other = new(new Guid(2, 0, 0, new byte[8]));
    private readonly Pauses _pauses = new();

    [Fact]
    public void Few_people_are_told_in_every_round()
    {
        for (var round = 0; round < 5; round++)
        {
            Over(_busy).ShouldBeTrue();
            _pauses.Told(_busy, 99);
        }
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(500, 5)]
    [InlineData(50_000, 10)]
    public void After_many_were_told_it_is_quiet_for_as_many_rounds_as_they_cost(int people, int rounds)
    {
        Over(_busy).ShouldBeTrue();
        _pauses.Told(_busy, people);
        Enumerable.Range(0, rounds).Count(_ => Over(_busy)).ShouldBe(0);
        Over(_busy).ShouldBeTrue();
    }

    [Fact]
    public void Rounds_without_news_count_too_so_that_the_first_change_after_a_quiet_time_waits_for_nothing()
    {
        _pauses.Told(_busy, 500);
        for (var round = 0; round < 5; round++)
        {
            _pauses.Next();
        }

        Over(_busy).ShouldBeTrue();
    }

    [Fact]
    public void Nobody_waits_for_another_workspace()
    {
        _pauses.Told(_busy, 500);
        Over(_other).ShouldBeTrue();
        _pauses.Over(_busy).ShouldBeFalse();
    }

    private bool Over(WorkspaceId workspace)
    {
        _pauses.Next();
        return _pauses.Over(workspace);
    }
}
