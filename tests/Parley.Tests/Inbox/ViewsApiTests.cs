using System.Net;
using System.Text.Json;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Inbox;

public class ViewsApiTests
{
    [Fact, Trait("row", "PA9")]
    public async Task PA9_A_view_is_saved_shown_counted_changed_and_removed()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var (vip, other) = (await ana.Write("one"), await ana.Write("two"));
        (await house.Kim.Put($"/v1/conversations/{vip}/labels/vip")).Expect(HttpStatusCode.OK);
        var view = await Save(house.Kim, new { name = " Our VIPs ", emoji = "⭐", color = "#aa3300", share = "all", filter = Is("label", "VIP"), order = "waiting" });
        (await house.Kim.Get($"/v1/views/{view}")).Expect(HttpStatusCode.OK).Text.ShouldContain("\"name\":\"Our VIPs\"");
        (await List(house.Kim, view)).ShouldBe([vip]);
        (await Count(house.Kim, view)).ShouldBe(1);

        (await house.Kim.Put($"/v1/conversations/{other}/labels/vip")).Expect(HttpStatusCode.OK);
        (await List(house.Kim, view)).ShouldBe([vip, other]);
        (await Count(house.Kim, view)).ShouldBe(2);

        (await house.Kim.Put($"/v1/views/{view}", new { name = "VIPs", share = "all", filter = Is("label", "vip", ("status", "closed")) })).Expect(HttpStatusCode.OK);
        (await List(house.Kim, view)).ShouldBeEmpty();
        (await house.Kim.Put($"/v1/conversations/{vip}/closure")).Expect(HttpStatusCode.OK);
        (await List(house.Kim, view)).ShouldBe([vip]);
        (await Count(house.Kim, view)).ShouldBe(1);

        (await house.Kim.Delete($"/v1/views/{view}")).Expect(HttpStatusCode.NoContent);
        (await house.Kim.Get($"/v1/conversations?view={view}")).Refused(HttpStatusCode.BadRequest, "view.unknown");
        (await house.Kim.Get("/v1/counts")).Text.ShouldNotContain(view);
        (await house.Kim.Delete($"/v1/views/{view}")).Refused(HttpStatusCode.NotFound, "view.unknown");
    }

    [Fact]
    public async Task It_pages_by_key_in_its_own_order()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var all = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            house.Clock.Advance(TimeSpan.FromMinutes(1));
            all.Add(await ana.Write($"thread {i}"));
        }

        var view = await Save(house.Kim, new { name = "Waiting", filter = Is("status", "open"), order = "waiting" });
        var (seen, cursor) = (new List<string>(), "");
        do
        {
            var page = (await house.Kim.Get($"/v1/conversations?view={view}&limit=2{cursor}")).Expect(HttpStatusCode.OK);
            seen.AddRange(Ids(page.Body));
            cursor = page.Has("next") ? $"&cursor={page["next"]}" : "";
        }
        while (cursor.Length > 0);
        seen.ShouldBe(all);
        var next = (await house.Kim.Get("/v1/conversations?limit=1"))["next"];
        (await house.Kim.Get($"/v1/conversations?view={view}&cursor={next}")).Refused(HttpStatusCode.BadRequest, "cursor.invalid");
    }

    [Fact]
    public async Task Whoever_watches_it_hears_of_rows_that_come_and_leave_and_of_the_number()
    {
        await using var house = await Lighthouse.Open();
        var it = await (await house.Ana()).Write("Hello?");
        var view = await Save(house.Kim, new { name = "Urgent", filter = Is("priority", "urgent") });
        await using var ear = await Ear.Of(house.Kim);
        await ear.Say(new { type = "watch", view });
        await ear.Next("counts", frame => frame.GetProperty("counts").TryGetProperty(view, out var n) && n.GetInt64() == 0);
        (await house.Kim.Put($"/v1/conversations/{it}/priority", new { priority = "urgent" })).Expect(HttpStatusCode.OK);
        await ear.Next("event", frame => frame.TryGetProperty("summary", out var row) && row.GetProperty("id").GetString() == it);
        await ear.Next("counts", frame => frame.GetProperty("counts").TryGetProperty(view, out var n) && n.GetInt64() == 1);
        (await house.Kim.Put($"/v1/conversations/{it}/priority", new { priority = "low" })).Expect(HttpStatusCode.OK);
        (await ear.Next("left")).GetProperty("view").GetString().ShouldBe(view);
        var heard = ear.Heard.Count;
        (await house.Kim.Put($"/v1/views/{view}", new { name = "Low", filter = Is("priority", "low") })).Expect(HttpStatusCode.OK);
        await ear.Next("signal", frame => frame.GetProperty("kind").GetString() == "views", heard);
    }

    [Fact]
    public async Task A_time_that_comes_brings_a_row_into_it_without_anything_being_said()
    {
        await using var house = await Lighthouse.Open();
        var it = await (await house.Ana()).Write("Hello?");
        var view = await Save(house.Kim, new { name = "Waits long", filter = new { all = new[] { new { field = "waitingSince", op = "olderThan", value = "PT2H" } } } });
        (await List(house.Kim, view)).ShouldBeEmpty();
        await using var ear = await Ear.Of(house.Kim);
        await ear.Say(new { type = "watch", view });
        await ear.Next("counts");
        house.Clock.Advance(TimeSpan.FromHours(2.1));
        await ear.Next("event", frame => frame.TryGetProperty("summary", out var row) && row.GetProperty("id").GetString() == it);
        await ear.Next("counts", frame => frame.GetProperty("counts").TryGetProperty(view, out var n) && n.GetInt64() == 1);
        (await List(house.Kim, view)).ShouldBe([it]);
    }

    [Fact]
    public async Task One_follows_who_the_customer_is()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("Hello?");
        var view = await Save(house.Kim, new { name = "Example", filter = new { all = new[] { new { field = "contact.email", op = "endsWith", value = "@Example.test" } } } });
        (await List(house.Kim, view)).ShouldBeEmpty();
        (await ana.Patch("/v1/widget/me", new { email = "ana@example.test" })).Expect(HttpStatusCode.OK);
        await Until(async () => (await List(house.Kim, view)).SequenceEqual([it]));
    }

    [Fact]
    public async Task Everybody_sees_their_own_those_of_their_teams_and_those_of_all_and_nobody_rows_that_are_closed_to_them()
    {
        await using var house = await Lighthouse.Open();
        var team = (await house.Kim.Post("/v1/teams", new { name = "Wharf" })).Expect(HttpStatusCode.Created)["id"];
        var wharf = (await house.Kim.Post("/v1/inboxes", new { name = "Wharf", channel = "web" })).Expect(HttpStatusCode.Created)["id"];
        (await house.Kim.Patch($"/v1/inboxes/{wharf}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        var (noor, ravi) = (await house.Hire("Noor", Role.Agent, team), await house.Hire("Ravi"));
        var browser = house.Browser(wharf);
        (await browser.Begin()).Expect(HttpStatusCode.Created);
        var (secret, open) = (await browser.Write("in the wharf"), await (await house.Ana()).Write("in the shop"));

        var (own, teams, all) = (
            await Save(noor, new { name = "Own", filter = Is("status", "open") }),
            await Save(noor, new { name = "Team", share = "team", team, filter = Is("status", "open") }),
            await Save(house.Kim, new { name = "All", share = "all", filter = Is("status", "open") }));
        (await Seen(noor)).ShouldBe([own, teams, all], ignoreOrder: true);
        (await Seen(ravi)).ShouldBe([all]);
        (await Seen(house.Kim)).ShouldBe([teams, all], ignoreOrder: true);
        (await List(ravi, all)).ShouldBe([open]);
        (await Count(ravi, all)).ShouldBe(1);
        (await List(noor, all)).ShouldBe([open, secret]);
        (await Count(noor, all)).ShouldBe(2);

        (await ravi.Get($"/v1/views/{teams}")).Refused(HttpStatusCode.NotFound, "view.unknown");
        (await ravi.Get($"/v1/conversations?view={own}")).Refused(HttpStatusCode.BadRequest, "view.unknown");
        (await ravi.Put($"/v1/views/{all}", new { name = "Mine now", share = "all", filter = Is("status", "open") })).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await ravi.Delete($"/v1/views/{all}")).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await ravi.Post("/v1/views", new { name = "For all", share = "all", filter = Is("status", "open") })).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await ravi.Post("/v1/views", new { name = "For them", share = "team", team, filter = Is("status", "open") })).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await house.Kim.Post("/v1/views", new { name = "For whom", share = "team", filter = Is("status", "open") })).Refused(HttpStatusCode.BadRequest, "team.unknown");
    }

    [Fact]
    public async Task In_a_view_of_all_me_is_whoever_looks()
    {
        await using var house = await Lighthouse.Open();
        var noor = await house.Hire("Noor");
        var ana = await house.Ana();
        var (hers, mine) = (await ana.Write("one"), await ana.Write("two"));
        await ana.Write("nobody's");
        var view = await Save(house.Kim, new { name = "My own", share = "all", filter = Is("holder", "me") });
        (await house.Kim.Put($"/v1/conversations/{mine}/assignment", new { agent = house.Kim.Id })).Expect(HttpStatusCode.OK);
        (await house.Kim.Put($"/v1/conversations/{hers}/assignment", new { agent = noor.Id })).Expect(HttpStatusCode.OK);
        (await List(house.Kim, view)).ShouldBe([mine]);
        await Until(async () => (await List(noor, view)).SequenceEqual([hers]));
        (await Count(house.Kim, view)).ShouldBe(1);
        (await Count(noor, view)).ShouldBe(1);
    }

    [Fact]
    public async Task A_filter_that_makes_no_sense_is_refused_with_the_field()
    {
        await using var house = await Lighthouse.Open();
        var refused = await house.Kim.Post("/v1/views", new { name = "?", filter = new { all = new object[] { new { field = "status", op = "is", value = "open" }, new { field = "label", op = "is", value = "gone" } } } });
        refused.Refused(HttpStatusCode.BadRequest, "filter.invalid");
        refused.Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("filter.all[1].value");
        (await house.Kim.Post("/v1/views", new { name = " ", filter = Is("status", "open") })).Refused(HttpStatusCode.BadRequest, "name.empty");
        (await house.Kim.Post("/v1/views", new { name = "x", emoji = "not one", filter = Is("status", "open") })).Refused(HttpStatusCode.BadRequest, "emoji.invalid");
        (await house.Kim.Post("/v1/views/matches", new { filter = Is("mode", "asleep") })).Refused(HttpStatusCode.BadRequest, "filter.invalid");
        (await Seen(house.Kim)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_it_names_that_is_gone_is_said()
    {
        await using var house = await Lighthouse.Open();
        var team = (await house.Kim.Post("/v1/teams", new { name = "Wharf" })).Expect(HttpStatusCode.Created)["id"];
        var view = await Save(house.Kim, new { name = "Theirs", share = "team", team, filter = Is("team", team) });
        (await house.Kim.Get($"/v1/views/{view}")).Text.ShouldNotContain("broken");
        (await house.Kim.Delete($"/v1/teams/{team}")).Expect(HttpStatusCode.NoContent);
        var broken = (await house.Kim.Get($"/v1/views/{view}")).Body.GetProperty("broken");
        broken.EnumerateArray().Select(flaw => flaw.GetProperty("field").GetString()).ShouldBe(["filter.all[0].value", "team"]);
        (await List(house.Kim, view)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_filter_is_tried_before_it_is_saved_and_labels_are_counted()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("one");
        await ana.Write("two");
        (await house.Kim.Put($"/v1/conversations/{it}/labels/vip")).Expect(HttpStatusCode.OK);
        await house.Kim.Get("/v1/conversations");
        var matches = (await house.Kim.Post("/v1/views/matches", new { filter = Is("label", "vip") })).Expect(HttpStatusCode.OK).Body;
        (matches.GetProperty("count").GetInt32(), matches.GetProperty("looked").GetInt32(), matches.GetProperty("whole").GetBoolean()).ShouldBe((1, 2, true));
        (await house.Kim.Get("/v1/labels")).Expect(HttpStatusCode.OK).Text.ShouldContain("""{"name":"vip","count":1}""");
    }

    [Fact]
    public async Task After_a_restart_and_made_anew_it_shows_the_same()
    {
        await using var house = await Lighthouse.Open();
        var it = await (await house.Ana()).Write("one");
        var view = await Save(house.Kim, new { name = "Open", filter = Is("status", "open") });
        (await List(house.Kim, view)).ShouldBe([it]);
        await house.Restart();
        (await List(house.Kim, view)).ShouldBe([it]);
        await ((Parley.Log.Following)house.Services.GetService(typeof(Parley.Log.Following))!).Rebuild("inbox");
        await Until(async () => (await List(house.Kim, view)).SequenceEqual([it]) && await Count(house.Kim, view) == 1);
    }

    private static object Is(string field, string value, params (string Field, string Value)[] more) =>
        new { all = more.Prepend((Field: field, Value: value)).Select(one => new { field = one.Field, op = "is", value = one.Value }).ToArray() };

    private static async Task<string> Save(Person who, object view)
    {
        var saved = (await who.Post("/v1/views", view)).Expect(HttpStatusCode.Created);
        saved.Has("building").ShouldBeFalse();
        return saved["id"];
    }

    private static async Task<List<string>> List(Person who, string view) => Ids((await who.Get($"/v1/conversations?view={view}")).Expect(HttpStatusCode.OK).Body);

    private static async Task<List<string>> Seen(Person who) => Ids((await who.Get("/v1/views")).Expect(HttpStatusCode.OK).Body);

    private static List<string> Ids(JsonElement body) => [.. body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    private static async Task<long> Count(Person who, string view) => (await who.Get("/v1/counts")).Expect(HttpStatusCode.OK).Body.GetProperty("counts").GetProperty(view).GetInt64();

    private static async Task Until(Func<Task<bool>> fits)
    {
        for (var tries = 0; !await fits(); tries++)
        {
            tries.ShouldBeLessThan(100);
            await Task.Delay(50);
        }
    }
}
