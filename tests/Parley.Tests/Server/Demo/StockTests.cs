using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Demo;
using Parley.Tests.Cast;
using Parley.Writing;
using Shouldly;

namespace Parley.Tests.Server.Demo;

public class StockTests
{
    [Fact, Trait("row", "PA5")]
    public async Task PA5_What_the_demo_has_written_before_is_found_said_and_done()
    {
        await using var it = await Cast.Lighthouse.Open();
        await it.Services.GetRequiredService<Stocking>().Put(it.Workspace, Stock.Replies, Stock.Macros);
        var replies = (await it.Kim.Get("/v1/replies")).Expect(HttpStatusCode.OK).Body.GetProperty("items");
        replies.EnumerateArray().Select(reply => reply.GetProperty("shortcut").GetString()).ShouldBe(["delivery", "bye", "hello", "photo", "return"], ignoreOrder: true);
        using var ana = await it.Ana();
        var conversation = await ana.Write("My sail is torn");
        var macros = (await it.Kim.Get("/v1/macros")).Expect(HttpStatusCode.OK).Body.GetProperty("items");
        macros.GetArrayLength().ShouldBe(3);
        var bye = macros.EnumerateArray().Single(macro => macro.GetProperty("name").GetString() == "Say goodbye and close").GetProperty("id").GetString();
        (await it.Kim.Post($"/v1/conversations/{conversation}/macros/{bye}", new { clientId = "m" })).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Created);
        (await it.Kim.Get($"/v1/conversations/{conversation}")).Expect(HttpStatusCode.OK)["status"].ShouldBe("closed");
        (await ana.Read(conversation)).Text.ShouldContain("Fair winds!");
    }
}
