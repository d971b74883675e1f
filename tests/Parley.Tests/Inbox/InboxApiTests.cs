using System.Net;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Inbox;

public class InboxApiTests
{
    [Fact]
    public async Task Who_acted_sees_it_at_once_in_lists_and_counts()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        for (var i = 0; i < 20; i++)
        {
            var it = await ana.Write($"thread {i}");
            (await ana.Threads()).ShouldContain(it);
            (await house.Kim.Put($"/v1/conversations/{it}/assignment", new { agent = house.Kim.Id })).Expect(HttpStatusCode.OK);
            (await house.Kim.Get("/v1/conversations?view=mine&limit=1")).Body.GetProperty("items")[0].GetProperty("id").GetString().ShouldBe(it);
            (await house.Kim.Get("/v1/counts")).Body.GetProperty("counts").GetProperty("mine").GetInt64().ShouldBe(i + 1);
        }
    }

    [Theory]
    [InlineData("?cursor=nonsense", "cursor.invalid")]
    [InlineData("?view=yours", "view.unknown")]
    [InlineData("?view=inbox:nonsense", "view.unknown")]
    [InlineData("?status=asleep", "status.unknown")]
    [InlineData("?status=1", "status.unknown")]
    [InlineData("?limit=many", "request.malformed")]
    public async Task What_cannot_be_read_is_refused(string query, string code)
    {
        await using var house = await Lighthouse.Open();
        (await house.Kim.Get($"/v1/conversations{query}")).Refused(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task A_cursor_of_one_list_is_none_of_another_and_none_when_changed()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        await ana.Write("one");
        await ana.Write("two");
        (await ana.Threads()).Count.ShouldBe(2);
        var page = (await house.Kim.Get("/v1/conversations?limit=1")).Expect(HttpStatusCode.OK);
        var next = page["next"];
        var second = (await house.Kim.Get($"/v1/conversations?limit=1&cursor={next}")).Expect(HttpStatusCode.OK);
        second.Has("next").ShouldBeFalse();
        second.Body.GetProperty("items")[0].GetProperty("id").GetString().ShouldNotBe(page.Body.GetProperty("items")[0].GetProperty("id").GetString());
        var changed = (next[0] == 'A' ? 'B' : 'A') + next[1..];
        (await house.Kim.Get($"/v1/conversations?cursor={changed}")).Refused(HttpStatusCode.BadRequest, "cursor.invalid");
        (await house.Kim.Get($"/v1/search?q=one&cursor={next}")).Refused(HttpStatusCode.BadRequest, "cursor.invalid");
    }

    [Fact]
    public async Task A_customers_list_says_what_is_new_to_them_and_nothing_internal()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("Hello?");
        (await house.Kim.Post($"/v1/conversations/{it}/messages", new { clientId = "1", content = new { type = "text", text = "Hello Ana" } })).Expect(HttpStatusCode.Created);
        (await house.Kim.Post($"/v1/conversations/{it}/notes", new { clientId = "2", text = "difficult" })).Expect(HttpStatusCode.Created);
        (await house.Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK);
        var answer = (await ana.Get("/v1/widget/conversations")).Expect(HttpStatusCode.OK);
        answer.Text.ShouldNotContain("difficult");
        var thread = answer.Body.GetProperty("items")[0];
        (thread.GetProperty("unread").GetInt32(), thread.GetProperty("preview").GetProperty("text").GetString()).ShouldBe((1, "Hello Ana"));
        thread.GetProperty("agents")[0].GetProperty("name").GetString().ShouldBe("Kim");

        (await ana.Put($"/v1/widget/conversations/{it}/seen", new { seq = thread.GetProperty("lastMessageSeq").GetInt64() })).Expect(HttpStatusCode.NoContent);
        (await ana.Get("/v1/widget/conversations")).Body.GetProperty("items")[0].GetProperty("unread").GetInt32().ShouldBe(0);
        (await (await house.Ben()).Threads()).ShouldBeEmpty();
    }

    [Fact, Trait("row", "IC2")]
    public async Task IC2_A_customers_own_conversations_come_in_pages_and_all_of_them_come()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var all = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            all.Add(await ana.Write($"thread {i}"));
        }

        (await ana.Threads()).ShouldBe(all, ignoreOrder: true);
        var (found, cursor, pages) = (new List<string?>(), "", 0);
        do
        {
            var page = (await ana.Get($"/v1/widget/conversations?limit=3{cursor}")).Expect(HttpStatusCode.OK);
            found.AddRange(page.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
            cursor = page.Has("next") ? $"&cursor={page["next"]}" : null;
            pages++;
        }
        while (cursor is not null);
        (found.Count, pages).ShouldBe((7, 3));
        found.ShouldBe(all, ignoreOrder: true);
        (await ana.Get("/v1/widget/conversations?cursor=nonsense")).Refused(HttpStatusCode.BadRequest, "cursor.invalid");
        var kims = (await house.Kim.Get("/v1/conversations?limit=1"))["next"];
        (await ana.Get($"/v1/widget/conversations?cursor={kims}")).Refused(HttpStatusCode.BadRequest, "cursor.invalid");
    }

    [Fact]
    public async Task The_conversations_of_a_contact_are_listed_for_who_may_see_the_contact()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("one");
        var row = (await house.Kim.Get($"/v1/conversations/{it}")).Expect(HttpStatusCode.OK);
        (await house.Kim.Get($"/v1/contacts/{row["contact.id"]}/conversations")).Body.GetProperty("items")[0].GetProperty("id").GetString().ShouldBe(it);
        (await house.Kim.Get("/v1/contacts/con_00000000000000000000000000/conversations")).Refused(HttpStatusCode.NotFound, "contact.unknown");
    }

    [Fact, Trait("row", "IC3")]
    public async Task IC3_A_persons_story_says_when_how_and_who_answered_over_all_their_conversations()
    {
        await using var house = await Lighthouse.Open();
        var (noor, ana) = (await house.Hire("Noor"), await house.Ana());
        var first = await ana.Write("My sail is torn");
        (await noor.Post($"/v1/conversations/{first}/messages", new { content = new { type = "text", text = "Send it to us" } })).Expect(HttpStatusCode.Created);
        (await noor.Put($"/v1/conversations/{first}/closure")).Expect(HttpStatusCode.OK);
        house.Clock.Advance(TimeSpan.FromDays(9));
        (await ana.Begin()).Expect(HttpStatusCode.Created);
        (await ana.Say(first, "Another matter")).Expect(HttpStatusCode.Created);
        var second = await ana.Write("And a rope");
        var kim = await house.SignIn("kim@lighthouse.test");
        var rows = (await kim.Get($"/v1/contacts/{ana.Visitor}/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().ToDictionary(row => row.GetProperty("id").GetString()!);
        rows.Keys.ShouldBe([first, second], ignoreOrder: true);
        (rows[first].GetProperty("episode").GetInt32(), rows[first].GetProperty("answered")[0].GetString()).ShouldBe((2, noor.Id), "Two matters in one conversation.");
        rows[first].GetProperty("openedAt").GetDateTimeOffset().ShouldBeLessThan(rows[second].GetProperty("openedAt").GetDateTimeOffset());
        rows[second].TryGetProperty("answered", out _).ShouldBeFalse("Nobody has answered.");
        rows[second].GetProperty("mode").GetString().ShouldNotBeNullOrEmpty();
    }
}
