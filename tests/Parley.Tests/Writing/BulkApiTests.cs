using System.Net;
using System.Text.Json;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Writing;

[Trait("row", "PA8")]
public class BulkApiTests
{
    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Many_are_done_by_one_request_each_alone_and_the_answer_says_of_each(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        (await house.Kim.Patch("/v1/workspace", new { labels = new[] { "sails" } })).Expect(HttpStatusCode.OK);
        var all = await Threads(house, 6);
        (await house.Kim.Put($"/v1/conversations/{all[5]}/closure")).Expect(HttpStatusCode.OK);
        var wish = new { clientId = "b1", conversations = all.Append(new ConversationId(Guid.CreateVersion7()).ToString()), actions = new object[] { new { label = "sails" }, new { snoozeMinutes = 60 } } };
        var done = (await house.Kim.Post("/v1/bulk", wish)).Expect(HttpStatusCode.OK);
        Ids(done, "done").ShouldBe(all[..5], ignoreOrder: true);
        done.Body.GetProperty("failed").EnumerateArray().Select(one => one.GetProperty("code").GetString()).ShouldBe(["conversation.closed", "conversation.unknown"], ignoreOrder: true);
        // Of what could not be done nothing was, and the same wish again is the same one.
        (await house.Kim.Get($"/v1/conversations/{all[5]}")).Body.GetProperty("labels").GetArrayLength().ShouldBe(0);
        (await house.Kim.Get($"/v1/conversations/{all[0]}"))["status"].ShouldBe("snoozed");
        (await house.Kim.Post("/v1/bulk", wish)).Expect(HttpStatusCode.OK).Text.ShouldBe(done.Text);

        // What others did since stays: Noor took a label off, and woke one up.
        var noor = await house.Hire("Noor");
        (await noor.Delete($"/v1/conversations/{all[1]}/labels/sails")).Expect(HttpStatusCode.OK);
        (await noor.Delete($"/v1/conversations/{all[2]}/snooze")).Expect(HttpStatusCode.OK);
        var back = (await house.Kim.Post("/v1/bulk/undo", new { clientId = "u1", items = done.Body.GetProperty("done") })).Expect(HttpStatusCode.OK);
        Ids(back, "done").ShouldBe(all[..5], ignoreOrder: true);
        Kept(back, all[1]).ShouldBe(["label:SAILS"]);
        Kept(back, all[2]).ShouldBe(["status"]);
        foreach (var it in all[..5])
        {
            var now = await house.Kim.Get($"/v1/conversations/{it}");
            (now["status"], now.Body.GetProperty("labels").GetArrayLength()).ShouldBe(("open", 0));
        }

        // A second time there is nothing left to take back.
        (await house.Kim.Post("/v1/bulk/undo", new { clientId = "u2", items = done.Body.GetProperty("done") })).Expect(HttpStatusCode.OK).Body.GetProperty("done").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task What_is_taken_back_is_as_it_was_holder_team_priority_and_status()
    {
        await using var house = await Lighthouse.Open();
        var team = (await house.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        var noor = await house.Hire("Noor");
        var all = await Threads(house, 3);
        (await house.Kim.Put($"/v1/conversations/{all[1]}/assignment", new { agent = noor.Id })).Expect(HttpStatusCode.OK);
        (await house.Kim.Put($"/v1/conversations/{all[2]}/pending", new { on = "thirdParty" })).Expect(HttpStatusCode.OK);
        var given = (await house.Kim.Post("/v1/bulk", new { conversations = all, actions = new object[] { new { team }, new { priority = "urgent" } } })).Expect(HttpStatusCode.OK);
        var closed = (await house.Kim.Post("/v1/bulk", new { conversations = all, actions = new object[] { new { close = true } } })).Expect(HttpStatusCode.OK);
        (await house.Kim.Get($"/v1/conversations/{all[2]}"))["status"].ShouldBe("closed");
        (await house.Kim.Post("/v1/bulk/undo", new { items = closed.Body.GetProperty("done") })).Expect(HttpStatusCode.OK);
        (await house.Kim.Post("/v1/bulk/undo", new { items = given.Body.GetProperty("done") })).Expect(HttpStatusCode.OK);
        foreach (var it in all)
        {
            var now = (await house.Kim.Get($"/v1/conversations/{it}")).Body;
            now.GetProperty("priority").GetString().ShouldBe("normal");
            now.TryGetProperty("team", out _).ShouldBeFalse();
            now.GetProperty("status").GetString().ShouldBe(it == all[2] ? "pending" : "open");
        }

        (await house.Kim.Get($"/v1/conversations/{all[1]}"))["holder.id"].ShouldBe(noor.Id);
        // Nobody takes back what another did, nor what was done long ago.
        var deed = (await house.Kim.Post("/v1/bulk", new { conversations = new[] { all[0] }, actions = new object[] { new { priority = "high" } } })).Body.GetProperty("done");
        (await noor.Post("/v1/bulk/undo", new { items = deed })).Body.GetProperty("failed")[0].GetProperty("code").GetString().ShouldBe("undo.late");
        house.Clock.Advance(TimeSpan.FromMinutes(6));
        (await house.Kim.Post("/v1/bulk/undo", new { items = deed })).Body.GetProperty("failed")[0].GetProperty("code").GetString().ShouldBe("undo.late");
    }

    [Fact]
    public async Task A_macro_is_run_over_many_and_what_makes_no_sense_is_refused_with_its_field()
    {
        await using var house = await Lighthouse.Open();
        var all = await Threads(house, 2);
        var macro = (await house.Kim.Post("/v1/macros", new { name = "Low", actions = new object[] { new { priority = "low" } } })).Expect(HttpStatusCode.Created)["id"];
        Ids((await house.Kim.Post("/v1/bulk", new { conversations = all, macro })).Expect(HttpStatusCode.OK), "done").Count.ShouldBe(2);
        (await house.Kim.Post("/v1/bulk", new { conversations = all, macro })).Expect(HttpStatusCode.OK).Body.GetProperty("unchanged").GetArrayLength().ShouldBe(2);
        (await house.Kim.Post("/v1/bulk", new { conversations = Array.Empty<string>(), macro })).Refused(HttpStatusCode.BadRequest, "bulk.invalid");
        (await house.Kim.Post("/v1/bulk", new { conversations = Enumerable.Range(0, 201).Select(_ => new ConversationId(Guid.CreateVersion7()).ToString()), macro })).Refused(HttpStatusCode.BadRequest, "bulk.invalid");
        (await house.Kim.Post("/v1/bulk", new { conversations = all, actions = Array.Empty<object>() })).Refused(HttpStatusCode.BadRequest, "macro.invalid");
        (await house.Kim.Post("/v1/bulk", new { conversations = all, macro = "mac_00000000000000000000000001" })).Refused(HttpStatusCode.NotFound, "macro.unknown");
    }

    private static async Task<string[]> Threads(Lighthouse house, int count)
    {
        var all = new List<string>();
        for (var i = 0; i < count; i++)
        {
            all.Add(await (await house.Ana()).Write($"Hello {i}"));
        }

        return [.. all];
    }

    private static List<string> Ids(Answer answer, string of) => answer.Body.GetProperty(of).EnumerateArray().Select(one => one.GetProperty("conversation").GetString()!).ToList();

    private static IEnumerable<string?> Kept(Answer answer, string of) =>
        answer.Body.GetProperty("done").EnumerateArray().Single(one => one.GetProperty("conversation").GetString() == of).GetProperty("kept").EnumerateArray().Select(one => one.GetString());
}
