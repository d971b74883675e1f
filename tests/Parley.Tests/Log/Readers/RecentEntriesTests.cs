using Parley.Conversations;
using Parley.Log;
using Parley.Log.Readers;
using Shouldly;

namespace Parley.Tests.Log.Readers;

public class RecentEntriesTests
{
    private static readonly WorkspaceId Workspace = new(Guid.CreateVersion7(DateTimeOffset.UnixEpoch));
    private readonly RecentEntries _recent = new();

    [Fact]
    public void What_all_have_passed_is_let_go_and_the_rest_is_there()
    {
        Keep(1, 100, passed: 0);
        Positions(0, 1_000).ShouldBe([.. Enumerable.Range(1, 100).Select(i => (long)i)]);
        Keep(101, 1, passed: 40);
        Positions(40, 1_000).ShouldBe([.. Enumerable.Range(41, 61).Select(i => (long)i)]);
        Positions(60, 5).ShouldBe([61, 62, 63, 64, 65]);
        _recent.After(Workspace, 39, 1_000).ShouldBeNull("Some of it has to be read from the store.");
        _recent.After(Workspace, 101, 1_000).ShouldBeNull();
    }

    [Fact]
    public void Everything_may_have_been_passed()
    {
        Keep(1, 10, passed: 0);
        Keep(11, 1, passed: 10);
        Positions(10, 10).ShouldBe([11]);
        Keep(12, 1, passed: 500);
        Positions(11, 10).ShouldBe([12]);
    }

    [Fact]
    public void A_slow_reader_goes_to_the_store_in_the_end()
    {
        Keep(1, 10_000, passed: 0);
        _recent.After(Workspace, 5_000, 10).ShouldBeNull();
        Positions(9_000, 2_000).Count.ShouldBe(1_000);
    }

    [Fact]
    public void After_a_gap_only_what_follows_it_counts()
    {
        Keep(1, 10, passed: 0);
        Keep(20, 5, passed: 0);
        _recent.After(Workspace, 5, 100).ShouldBeNull();
        Positions(19, 100).ShouldBe([20, 21, 22, 23, 24]);
    }

    private List<long> Positions(long after, int limit) => [.. _recent.After(Workspace, after, limit)!.Select(entry => entry.Position)];

    private void Keep(long first, int count, long passed) => _recent.Keep(
        new Committed(Workspace, [.. Enumerable.Range(0, count).Select(i => Entry(first + i))], [], first + count - 1), passed);

    private static Entry Entry(long position) => new()
    {
        Workspace = Workspace,
        Subject = new Subject("conversation", Guid.Empty),
        Seq = position,
        Position = position,
        At = DateTimeOffset.UnixEpoch,
        Type = "closed",
        V = 1,
        Author = Author.System,
        Visibility = Visibility.Public,
        Command = "c",
        Body = new Closed("manual"),
    };
}
