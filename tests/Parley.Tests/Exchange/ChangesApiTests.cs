using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Exchange;

public class ChangesApiTests
{
    [Fact]
    public async Task A_program_reads_the_whole_log_in_order_and_goes_on_where_it_left_off()
    {
        await using var house = await Lighthouse.Open();
        var it = await (await house.Ana()).Write("one");
        var token = (await house.Kim.Post("/v1/tokens", new { name = "warehouse", scopes = new[] { "read" } })).Expect(HttpStatusCode.Created)["token"];
        var program = new Caller(house.Address, token);
        var positions = new List<long>();
        string? after = null;
        while (true)
        {
            var page = (await program.Get($"/v1/changes?limit=3{(after is null ? "" : $"&after={after}")}")).Expect(HttpStatusCode.OK);
            var items = page.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("position").GetInt64()).ToList();
            positions.AddRange(items);
            after = page["next"];
            if (items.Count == 0)
            {
                break;
            }
        }

        positions.ShouldBe(Enumerable.Range(1, positions.Count).Select(i => (long)i));
        (await house.Kim.Post($"/v1/conversations/{it}/notes", new { clientId = "1", text = "later" })).Expect(HttpStatusCode.Created);
        (await program.Get($"/v1/changes?after={after}")).Text.ShouldContain("later");

        (await program.Get("/v1/changes?after=nonsense")).Refused(HttpStatusCode.BadRequest, "cursor.invalid");
        await house.Services.GetRequiredService<Database>().Write(session => Heads.Renew(session, 0));
        (await program.Get($"/v1/changes?after={after}")).Refused(HttpStatusCode.Gone, "log.restored");
        (await (await house.Hire("Noor")).Get("/v1/changes")).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
    }
}
