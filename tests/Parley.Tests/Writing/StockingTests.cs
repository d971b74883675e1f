using Microsoft.Extensions.DependencyInjection;
using Parley.Tests.Cast;
using Parley.Writing;
using Shouldly;

namespace Parley.Tests.Writing;

public class StockingTests
{
    [Fact]
    public async Task What_nobody_could_write_is_not_put_there_either()
    {
        await using var it = await Lighthouse.Open();
        var stocking = it.Services.GetRequiredService<Stocking>();
        await Should.ThrowAsync<InvalidOperationException>(() => stocking.Put(it.Workspace, [new("Hello", "hello", "Dear {{contact.boat}}")], []));
        await Should.ThrowAsync<InvalidOperationException>(() => stocking.Put(it.Workspace, [], [new("Nothing", null)]));
        (await it.Kim.Get("/v1/replies")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
    }
}
