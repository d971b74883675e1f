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

    [Fact, Trait("row", "MS17")]
    public async Task MS17_A_later_matter_in_the_same_thread_finds_its_people_by_its_first_words()
    {
        await using var house = await Lighthouse.Open();
        var workshop = (await house.Kim.Post("/v1/teams", new { name = "Workshop" })).Expect(HttpStatusCode.Created)["id"];
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new
        {
            sorting = new[] { new { id = "repairs", name = "Repairs", words = new[] { "repair*" }, priority = "high", label = "repair", team = workshop } },
        })).Expect(HttpStatusCode.OK);
        var ana = await house.Ana();
        var it = await ana.Write("Do you sell ropes?");
        await Answered("We do.");

        // The same matter is opened again: Kim has it, and keeps it.
        house.Clock.Advance(TimeSpan.FromHours(2));
        await Writes("Can a rope be repaired?");
        (await Row())["holder.id"].ShouldBe(house.Kim.Id);
        await Answered("It can.");

        // Another matter: it finds those who repair, whoever had the last one.
        house.Clock.Advance(TimeSpan.FromDays(4));
        await Writes("My mast needs a repair");
        var row = await Row();
        (row["episode"], row["holder.kind"], row["team"], row["priority"], row.Body.GetProperty("labels")[0].GetString()).ShouldBe(("2", "queue", workshop, "high", "repair"));
        (await Facts()).ShouldBe(["priorityChanged", "labelled", "assigned"]);
        await Writes("The repair is urgent");
        (await Facts()).Count.ShouldBe(3, "One matter is sorted once.");
        await Answered("We look at it.");

        // Kim belongs to them by now: what she had before stays hers, and is what it was called already.
        (await house.Kim.Patch($"/v1/agents/{house.Kim.Id}", new { teams = new[] { workshop } })).Expect(HttpStatusCode.OK);
        house.Clock.Advance(TimeSpan.FromDays(4));
        await Writes("Another repair, of the boom");
        ((await Row())["episode"], (await Row())["holder.id"]).ShouldBe(("3", house.Kim.Id));
        (await Facts()).Count.ShouldBe(3);

        Task<Answer> Row() => house.Kim.Get($"/v1/conversations/{it}");

        async Task Writes(string text)
        {
            (await ana.Begin()).Expect(HttpStatusCode.Created);
            (await ana.Say(it, text)).Expect(HttpStatusCode.Created);
        }

        async Task Answered(string text)
        {
            (await house.Kim.Post($"/v1/conversations/{it}/messages", new { clientId = text, content = new { type = "text", text } })).Expect(HttpStatusCode.Created);
            (await house.Kim.Put($"/v1/conversations/{it}/closure")).Expect(HttpStatusCode.OK);
        }

        async Task<List<string?>> Facts() => [.. (await house.Kim.Get($"/v1/conversations/{it}/timeline?limit=200")).Body.GetProperty("items").EnumerateArray()
            .Where(entry => entry.GetProperty("author").GetProperty("kind").GetString() == "rule").Select(entry => entry.GetProperty("type").GetString())];
    }

    [Fact, Trait("row", "MS17")]
    public async Task MS17_Where_there_is_one_thread_only_a_later_matter_is_sorted_too()
    {
        await using var house = await Lighthouse.Open();
        (await house.Kim.Put($"/v1/inboxes/{house.Inbox}/policy", new { profile = "messaging", hours = "always", threads = "one" })).Expect(HttpStatusCode.OK);
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { sorting = new[] { new { id = "adrift", name = "In need", words = new[] { "adrift" }, priority = "urgent" } } })).Expect(HttpStatusCode.OK);
        var ana = await house.Ana();
        var it = await ana.Write("Do you sell ropes?");
        (await house.Kim.Put($"/v1/conversations/{it}/closure")).Expect(HttpStatusCode.OK);
        house.Clock.Advance(TimeSpan.FromDays(4));
        (await ana.Begin()).Expect(HttpStatusCode.Created);
        (await ana.Write("I am adrift")).ShouldBe(it);
        (await house.Kim.Get($"/v1/conversations/{it}"))["priority"].ShouldBe("urgent");
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
