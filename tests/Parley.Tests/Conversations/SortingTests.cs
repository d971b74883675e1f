using System.Net;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Conversations;

/// <summary>A detailed first message finds its people before anybody has read it.</summary>
public sealed class SortingTests
{
    [Fact, Trait("row", "MS17")]
    public async Task MS17_The_first_rule_that_fits_gives_team_label_and_priority_before_anybody_answers()
    {
        await using var house = await Lighthouse.Open();
        var workshop = (await house.Kim.Post("/v1/teams", new { name = "Workshop" })).Expect(HttpStatusCode.Created)["id"];
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new
        {
            sorting = new object[]
            {
                new { id = "adrift", name = "In need", words = new[] { "adrift", "sinking" }, priority = "urgent", label = "emergency", team = workshop },
                new { id = "repairs", name = "Repairs", words = new[] { "repair*", "adrift" }, label = "repair" },
            },
        })).Expect(HttpStatusCode.OK);

        var ana = await house.Ana();
        var it = await ana.Write("Our boat is ADRIFT off Texel");
        var row = (await house.Kim.Get($"/v1/conversations/{it}")).Expect(HttpStatusCode.OK);
        row["team"].ShouldBe(workshop);
        row["priority"].ShouldBe("urgent");
        row.Body.GetProperty("labels")[0].GetString().ShouldBe("emergency");
        row["holder.kind"].ShouldBe("queue");
        // The customer reads nothing of it.
        (await ana.Read(it)).Body.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("type").GetString()).ShouldBe(["message", "promised"]);
        var facts = (await house.Kim.Get($"/v1/conversations/{it}/timeline")).Body.GetProperty("items").EnumerateArray().Where(entry => entry.GetProperty("author").GetProperty("kind").GetString() == "rule");
        facts.Select(entry => entry.GetProperty("type").GetString()).ShouldBe(["priorityChanged", "labelled", "assigned"]);

        var ben = await house.Ben();
        var other = await ben.Write("Is Europe a good place for ropes?");
        (await house.Kim.Get($"/v1/conversations/{other}"))["priority"].ShouldBe("normal");
        // What comes later in a thread moves nothing: somebody has it by then.
        (await ben.Post($"/v1/widget/conversations/{other}/messages", new { clientId = "2", content = new { type = "text", text = "adrift" } })).Expect(HttpStatusCode.Created);
        (await house.Kim.Get($"/v1/conversations/{other}"))["priority"].ShouldBe("normal");
    }

    [Fact]
    public async Task A_rule_that_cannot_stand_is_refused_with_its_field()
    {
        await using var house = await Lighthouse.Open();
        var refused = await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { sorting = new[] { new { id = "x", name = "X", words = new[] { "help" }, team = "tea_00000000000000000000000000" } } });
        refused.Refused(HttpStatusCode.BadRequest, "sorting.invalid");
        refused.Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("sorting[0].team");
        (await house.Kim.Get($"/v1/inboxes/{house.Inbox}")).Body.GetProperty("sorting").GetArrayLength().ShouldBe(0);
    }
}
