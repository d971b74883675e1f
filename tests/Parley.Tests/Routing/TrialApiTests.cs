using System.Net;
using System.Text.Json;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Routing;

public class TrialApiTests
{
    private static readonly object[] Rules =
    [
        new { id = "adrift", name = "In need", words = new[] { "sinking", "adrift" }, priority = "urgent", pace = "live" },
        new { id = "bills", name = "Bills", words = new[] { "invoice*" }, paths = new[] { "/account*" }, label = "bill", pace = "messaging" },
        new { id = "gold", name = "Gold", fields = new[] { new { field = "plan", values = new[] { "gold" } }, new { field = "boats", values = new[] { ">=2" } } }, priority = "high" },
    ];

    [Fact, Trait("row", "HS1")]
    public async Task HS1_Made_up_conversations_meet_the_rule_they_should_row_by_row()
    {
        await using var house = await Lighthouse.Open();
        (string Text, string? Page, object? Fields, string? Rule)[] rows =
        [
            ("We are SINKING", null, null, "adrift"),
            ("Invoices please", "https://shop.test/account/bills", null, "bills"),
            ("Invoices please", "/anchors", null, null),
            ("Hello", null, new { plan = "Gold", boats = "2" }, "gold"),
            ("Hello", null, new { plan = "Gold", boats = "1" }, null),
            ("Adrift with my invoice", "/account", null, "adrift"),
        ];
        var examples = rows.Select(row => new { text = row.Text, page = row.Page, fields = row.Fields, expects = row.Rule ?? "" }).ToArray();
        var answer = (await house.Kim.Post($"/v1/inboxes/{house.Inbox}/routing/trial", new { examples, rules = Rules })).Expect(HttpStatusCode.OK);
        var results = answer.Body.GetProperty("items").EnumerateArray().ToList();
        results.Select(result => result.TryGetProperty("rule", out var rule) ? rule.GetString() : null).ShouldBe(rows.Select(row => row.Rule));
        results.ShouldAllBe(result => result.GetProperty("right").GetBoolean());
        // Of each rule it is said which of its conditions hold.
        var bills = results[2].GetProperty("rules")[1];
        bills.GetProperty("fits").GetBoolean().ShouldBeFalse();
        bills.GetProperty("conditions").EnumerateArray().Select(each => (each.GetProperty("name").GetString(), each.GetProperty("holds").GetBoolean())).ShouldBe([("words", true), ("paths", false)]);
        results.Select(result => result.GetProperty("live").GetBoolean()).ShouldBe([true, false, true, true, true, true]);
        // Nothing came of it.
        (await house.Kim.Get("/v1/conversations")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact, Trait("row", "HS1")]
    public async Task HS1_Examples_are_kept_beside_the_rules_and_say_when_one_is_broken_and_who_would_be_asked()
    {
        await using var it = await Floor.Open();
        await it.Change(new { sorting = Rules, examples = new[] { new { text = "sinking", expects = "adrift" }, new { text = "hello", expects = "bills" } } });
        await it.Sits(it.House.Kim);
        await Floor.Until(async () => (await Try()).All(result => result.TryGetProperty("why", out var why) && why.GetProperty("candidates")[0].GetProperty("agent").GetString() == it.House.Kim.Id), "Kim would be asked");
        (await Try()).Select(result => result.GetProperty("right").GetBoolean()).ShouldBe([true, false]);
        // A rule that goes leaves its examples, which expect nothing any more.
        await it.Change(new { sorting = Rules[..1] });
        (await it.House.Kim.Get("/v1/directory")).Body.GetProperty("inboxes")[0].GetProperty("examples")[1].TryGetProperty("expects", out _).ShouldBeFalse();

        async Task<List<JsonElement>> Try() => [.. (await it.House.Kim.Post($"/v1/inboxes/{it.House.Inbox}/routing/trial", new { })).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];
    }

    [Fact]
    public async Task Rules_and_examples_that_make_no_sense_are_refused_with_the_field_and_agents_may_not_try()
    {
        await using var house = await Lighthouse.Open();
        var path = $"/v1/inboxes/{house.Inbox}";
        Field((await house.Kim.Post($"{path}/routing/trial", new { rules = new[] { new { id = "a", name = "A", words = new[] { "x" } } } })).Refused(HttpStatusCode.BadRequest, "sorting.invalid")).ShouldBe("sorting[0].team");
        Field((await house.Kim.Patch(path, new { sorting = new[] { new { id = "a", name = "A", words = new[] { "x" }, skills = new { rigging = 9 } } } })).Refused(HttpStatusCode.BadRequest, "sorting.invalid")).ShouldBe("sorting[0].skills.rigging");
        var team = (await house.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        var circle = new { id = "a", name = "A", words = new[] { "x" }, team, fallbacks = new[] { new { afterSeconds = 60, team } } };
        Field((await house.Kim.Patch(path, new { sorting = new[] { circle } })).Refused(HttpStatusCode.BadRequest, "sorting.invalid")).ShouldBe("sorting[0].fallbacks[0].team");
        Field((await house.Kim.Patch(path, new { giving = new { talkThirds = 99 } })).Refused(HttpStatusCode.BadRequest, "giving.invalid")).ShouldBe("giving.talkThirds");
        Field((await house.Kim.Patch(path, new { examples = new[] { new { text = "x", expects = "nobody" } } })).Refused(HttpStatusCode.BadRequest, "examples.invalid")).ShouldBe("examples[0].expects");
        var noor = await house.Hire("Noor");
        (await noor.Post($"{path}/routing/trial", new { })).Expect(HttpStatusCode.Forbidden);

        static string? Field(Answer answer) => answer.Body.GetProperty("errors")[0].GetProperty("field").GetString();
    }
}
