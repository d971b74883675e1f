using Parley.Conversations.Streaming;
using Shouldly;

namespace Parley.Tests.Conversations.Streaming;

public sealed class ShelvesTests
{
    private readonly Shelves<int, string> _shelves = new();

    [Fact]
    public void What_was_put_is_found_once_until_it_is_taken_and_an_empty_shelf_is_gone()
    {
        _shelves.Put(1, "a");
        _shelves.Put(1, "b");
        _shelves.Put(1, "a");
        _shelves.Put(2, "c");
        _shelves[1].ShouldBe(["a", "b"]);
        _shelves.Take(1, "a");
        _shelves.Take(1, "a");
        _shelves[1].ShouldBe(["b"]);
        _shelves.Take(1, "b");
        _shelves.Take(3, "b");
        (_shelves[1].IsEmpty, _shelves.Count).ShouldBe((true, 1));
    }

    [Fact]
    public void Many_at_once_lose_nothing()
    {
        var things = Enumerable.Range(0, 2_000).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Parallel.ForEach(things, thing => _shelves.Put(thing.Length, thing));
        Parallel.ForEach(things.Where((_, i) => i % 2 == 0), thing => _shelves.Take(thing.Length, thing));

        Enumerable.Range(1, 4).SelectMany(length => _shelves[length]).Order().ShouldBe(things.Where((_, i) => i % 2 == 1).Order());
    }
}
