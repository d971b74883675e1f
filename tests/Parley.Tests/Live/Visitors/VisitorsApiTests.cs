using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Live.Visitors;

[Trait("row", "PA5")]
public class VisitorsApiTests
{
    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task PA5_Who_agreed_is_in_the_list_as_long_as_they_are_here_and_their_way_is_kept(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        var ana = await Arrive(house, "https://shop.test/sails?token=secret#part", "Sails");
        await using var kims = await Ear.Of(house.Kim);
        await kims.Say(new { type = "visitors" });
        await kims.Next("signal", News);
        var heard = kims.Heard.Count;
        await using (await Ear.Of(ana))
        {
            var (list, one) = await Until(house.Kim, items => items.Count == 1);
            list["total"].ShouldBe("1");
            one[0].GetProperty("page").GetProperty("url").GetString().ShouldBe("https://shop.test/sails");
            (one[0].GetProperty("contact").GetString(), one[0].GetProperty("inbox").GetString(), one[0].TryGetProperty("talks", out _)).ShouldBe((ana.Visitor, house.Inbox, false));
            house.Clock.Advance(TimeSpan.FromSeconds(40));
            await kims.Next("signal", News, heard);
            // A site that goes on without loading a page, and says its title a moment later.
            (await ana.Put("/v1/widget/page", new { url = "https://shop.test/ropes?q=x" })).Expect(HttpStatusCode.NoContent);
            (await ana.Put("/v1/widget/page", new { url = "https://shop.test/ropes", title = "Ropes" })).Expect(HttpStatusCode.NoContent);
            (await ana.Put("/v1/widget/page", new { url = "javascript:alert(1)" })).Refused(HttpStatusCode.BadRequest, "request.malformed");
            var here = (await Until(house.Kim, items => items[0].GetProperty("pages").GetInt32() == 2)).Items[0];
            here.GetProperty("page").GetProperty("title").GetString().ShouldBe("Ropes");
            var it = await ana.Write("Hello?");
            var talks = (await Until(house.Kim, items => items[0].TryGetProperty("talks", out _))).Items[0].GetProperty("talks");
            talks.GetProperty("conversation").GetString().ShouldBe(it);
        }

        (await Until(house.Kim, items => items.Count == 0, () => house.Clock.Advance(TimeSpan.FromSeconds(1)))).List["total"].ShouldBe("0");
        var way = (await Trail(house.Kim, ana.Visitor!, pages => pages.Count == 2 && pages[0].TryGetProperty("until", out _)));
        way.TryGetProperty("visit", out _).ShouldBeFalse();
        var pages = way.GetProperty("pages").EnumerateArray().ToList();
        pages.Select(page => page.GetProperty("url").GetString()).ShouldBe(["https://shop.test/ropes", "https://shop.test/sails"]);
        (pages[1].GetProperty("until").GetDateTimeOffset() - pages[1].GetProperty("at").GetDateTimeOffset()).ShouldBeGreaterThan(TimeSpan.FromSeconds(39));
        // It outlives a restart, and nothing older than thirty days outlives those.
        await house.Restart();
        (await house.Kim.Get($"/v1/contacts/{ana.Visitor}/trail")).Body.GetProperty("pages").GetArrayLength().ShouldBe(2);
        await Empty(house, "visit_pages", () => house.Clock.Advance(TimeSpan.FromDays(16)));
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task PA5_Where_nobody_agreed_nothing_is_stored_and_who_takes_it_back_is_forgotten(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        var silent = house.Browser();
        (await silent.Begin(page: new { url = "https://shop.test/" })).Expect(HttpStatusCode.Created);
        await using var one = await Ear.Of(silent);
        (await silent.Put("/v1/widget/page", new { url = "https://shop.test/sails" })).Expect(HttpStatusCode.NoContent);
        (await Count(house, "visits"), await Count(house, "visit_pages")).ShouldBe((0, 0));

        var ana = await Arrive(house, "https://shop.test/", "Shop");
        (await Count(house, "visits"), await Count(house, "visit_pages")).ShouldBe((0, 0), "Who only asked for a session is not here yet.");
        await using var hers = await Ear.Of(ana);
        await Filled(house, "visit_pages", 1);
        (await ana.Begin(page: new { url = "https://shop.test/sails" }, consent: false)).Expect(HttpStatusCode.Created);
        (await ana.Put("/v1/widget/page", new { url = "https://shop.test/ropes" })).Expect(HttpStatusCode.NoContent);
        (await Count(house, "visits"), await Count(house, "visit_pages")).ShouldBe((0, 0));

        // Where the inbox says on, it is noted unless somebody says no; where it says off, never.
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { consent = "on" })).Expect(HttpStatusCode.OK);
        (await silent.Begin(page: new { url = "https://shop.test/" })).Expect(HttpStatusCode.Created);
        (await Count(house, "visits")).ShouldBe(1);
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { consent = "off" })).Expect(HttpStatusCode.OK);
        (await silent.Put("/v1/widget/page", new { url = "https://shop.test/sails" })).Expect(HttpStatusCode.NoContent);
        await Empty(house, "visit_pages");
        await Empty(house, "visits");
        (await silent.Begin(page: new { url = "https://shop.test/" }, consent: true)).Expect(HttpStatusCode.Created);
        (await Count(house, "visits"), await Count(house, "visit_pages")).ShouldBe((0, 0));
    }

    [Fact]
    public async Task PA5_What_somebody_agreed_to_once_says_nothing_of_today()
    {
        await using var house = await Lighthouse.Open();
        var ana = await Arrive(house, "https://shop.test/", "Shop");
        await using (await Ear.Of(ana))
        {
            await Filled(house, "visit_pages", 1);
            (await ana.Begin(page: new { url = "https://shop.test/sails" })).Expect(HttpStatusCode.Created);
            (await ana.Put("/v1/widget/page", new { url = "https://shop.test/ropes" })).Expect(HttpStatusCode.NoContent);
            (await Count(house, "visits"), await Count(house, "visit_pages")).ShouldBe((0, 1), "Where they were when they agreed stays.");
            (await house.Kim.Get("/v1/visitors")).Expect(HttpStatusCode.OK)["total"].ShouldBe("0");
            (await ana.Begin(page: new { url = "https://shop.test/ropes" }, consent: true)).Expect(HttpStatusCode.Created);
            await Until(house.Kim, items => items.Count == 1);
            (await Count(house, "visit_pages")).ShouldBe(2);
        }
    }

    [Fact]
    public async Task PA5_It_is_for_agents_of_the_inbox_only_page_by_page()
    {
        await using var house = await Lighthouse.Open();
        var ravi = await house.Hire("Ravi");
        await using var ears = new Ears();
        for (var i = 0; i < 5; i++)
        {
            ears.Add(await Ear.Of(await Arrive(house, $"https://shop.test/{i}", $"Page {i}")));
            house.Clock.Advance(TimeSpan.FromMilliseconds(20));
        }

        await Until(ravi, items => items.Count == 5);
        var first = (await ravi.Get("/v1/visitors?limit=2")).Expect(HttpStatusCode.OK);
        first["total"].ShouldBe("5");
        var titles = new List<string?>();
        for (var page = first; ; page = (await ravi.Get($"/v1/visitors?limit=2&cursor={Uri.EscapeDataString(page["next"])}")).Expect(HttpStatusCode.OK))
        {
            titles.AddRange(page.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("page").GetProperty("title").GetString()));
            if (!page.Body.TryGetProperty("next", out _))
            {
                break;
            }
        }

        titles.ShouldBe(["Page 4", "Page 3", "Page 2", "Page 1", "Page 0"]);
        (await ravi.Get("/v1/visitors?cursor=nonsense")).Refused(HttpStatusCode.BadRequest, "cursor.invalid");
        var visitor = first.Body.GetProperty("items")[0].GetProperty("contact").GetString();
        (await ravi.Get($"/v1/contacts/{visitor}/trail")).Expect(HttpStatusCode.OK);
        var team = (await house.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        (await ravi.Get("/v1/visitors")).Expect(HttpStatusCode.OK)["total"].ShouldBe("0");
        (await ravi.Get($"/v1/visitors?inbox={house.Inbox}")).Expect(HttpStatusCode.OK)["total"].ShouldBe("0");
        (await ravi.Get($"/v1/contacts/{visitor}/trail")).Refused(HttpStatusCode.NotFound, "contact.unknown");
        (await house.Kim.Get($"/v1/visitors?inbox={house.Inbox}")).Expect(HttpStatusCode.OK)["total"].ShouldBe("5");
        // Another visitor asks in vain, and on their stream hears nothing of it.
        var ana = await house.Ana();
        (await ana.Get("/v1/visitors")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        await using var hers = await Ear.Of(ana);
        await hers.Say(new { type = "visitors" });
        await Arrive(house, "https://shop.test/", "Shop");
        (await ana.Get("/v1/widget/conversations")).Expect(HttpStatusCode.OK);
        hers.Heard.ShouldNotContain(frame => News(frame));
    }

    /// <summary>Asking for sessions costs whoever asks nothing, and so it costs us nothing.</summary>
    [Fact]
    public async Task PA5_Who_only_asks_for_sessions_writes_nothing_and_a_word_says_where_they_were()
    {
        await using var house = await Lighthouse.Open();
        for (var i = 0; i < 20; i++)
        {
            await Arrive(house, $"https://shop.test/{i}", "Shop");
        }

        (await Count(house, "visits"), await Count(house, "visit_pages")).ShouldBe((0, 0));
        (await house.Kim.Get("/v1/visitors")).Expect(HttpStatusCode.OK)["total"].ShouldBe("0");
        var ana = await Arrive(house, "https://shop.test/sails?x=1", "Sails");
        (await ana.Put("/v1/widget/page", new { url = "https://shop.test/ropes", title = "Ropes" })).Expect(HttpStatusCode.NoContent);
        await ana.Write("Hello?");
        (await house.Kim.Get($"/v1/contacts/{ana.Visitor}")).Expect(HttpStatusCode.OK)["page.url"].ShouldBe("https://shop.test/ropes");
        await using var hers = await Ear.Of(ana);
        (await Until(house.Kim, items => items.Count == 1)).Items[0].GetProperty("page").GetProperty("title").GetString().ShouldBe("Ropes");
    }

    /// <summary>The log forgets nothing by itself, so no page stands in it.</summary>
    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task PA5_Pages_stand_beside_the_log_for_thirty_days_and_never_in_it(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        var ana = await Arrive(house, "https://shop.test/secret-sails", "Sails");
        await ana.Write("Hello?");
        await using (await Ear.Of(ana))
        {
            await Filled(house, "visit_pages", 1);
            (await ana.Begin(page: new { url = "https://shop.test/secret-ropes" }, consent: true)).Expect(HttpStatusCode.Created);
            await Filled(house, "visit_pages", 2);
        }

        (await house.Services.GetRequiredService<Database>().Read(session => session.One<long>("select count(*) from entries where body like '%secret-%'"))).ShouldBe(0);
        (await house.Kim.Get($"/v1/contacts/{ana.Visitor}")).Expect(HttpStatusCode.OK)["page.url"].ShouldBe("https://shop.test/secret-ropes");
        await Empty(house, "visit_pages", () => house.Clock.Advance(TimeSpan.FromDays(16)));
        var kim = await house.SignIn("kim@lighthouse.test");
        (await kim.Get($"/v1/contacts/{ana.Visitor}")).Expect(HttpStatusCode.OK).Body.TryGetProperty("page", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task PA5_One_of_many_is_found_by_their_page_and_by_paging_on()
    {
        await using var house = await Lighthouse.Open();
        await using var ears = new Ears();
        for (var i = 0; i < 7; i++)
        {
            ears.Add(await Ear.Of(await Arrive(house, $"https://shop.test/{(i == 2 ? "anchors" : "sails")}/{i}", i == 4 ? "Sale of the year" : $"Page {i}")));
            house.Clock.Advance(TimeSpan.FromMilliseconds(20));
        }

        await Until(house.Kim, items => items.Count == 7);
        var found = (await house.Kim.Get("/v1/visitors?q=ANCHORS")).Expect(HttpStatusCode.OK);
        (found["total"], found.Body.GetProperty("items")[0].GetProperty("page").GetProperty("title").GetString()).ShouldBe(("1", "Page 2"));
        (await house.Kim.Get("/v1/visitors?q=of+the")).Expect(HttpStatusCode.OK)["total"].ShouldBe("1");
        (await house.Kim.Get("/v1/visitors?q=nowhere")).Expect(HttpStatusCode.OK)["total"].ShouldBe("0");
        var first = (await house.Kim.Get("/v1/visitors?q=sails&limit=4&inbox=")).Expect(HttpStatusCode.OK);
        first["total"].ShouldBe("6");
        (await house.Kim.Get($"/v1/visitors?q=sails&limit=4&cursor={Uri.EscapeDataString(first["next"])}")).Expect(HttpStatusCode.OK).Body.GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    /// <summary>All who look have one picture: what is told of somebody changes in it, whoever asked before.</summary>
    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task PA5_The_picture_that_all_share_is_never_that_of_before(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        var noor = await house.Hire("Noor");
        var ana = await Arrive(house, "https://shop.test/", "Shop");
        await using var hers = await Ear.Of(ana);
        await Until(house.Kim, items => items.Count == 1);
        await Until(noor, items => items.Count == 1);
        var it = await ana.Write("Hello?");
        await Until(noor, items => items[0].TryGetProperty("talks", out var talks) && talks.GetProperty("conversation").GetString() == it);
        (await house.Kim.Patch($"/v1/contacts/{ana.Visitor}", new { name = "Ana Sousa" })).Expect(HttpStatusCode.OK);
        await Until(noor, items => items[0].TryGetProperty("name", out var called) && called.GetString() == "Ana Sousa");
        (await noor.Put($"/v1/conversations/{it}/closure")).Expect(HttpStatusCode.OK);
        await Until(house.Kim, items => !items[0].TryGetProperty("talks", out _));
        (await ana.Put("/v1/widget/page", new { url = "https://shop.test/ropes", title = "Ropes" })).Expect(HttpStatusCode.NoContent);
        await Until(house.Kim, items => items[0].GetProperty("page").GetProperty("title").GetString() == "Ropes");
        // Whoever may see none of their conversations sees a visitor.
        var team = (await house.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        (await noor.Get("/v1/visitors")).Expect(HttpStatusCode.OK)["total"].ShouldBe("0");
    }

    [Fact]
    public async Task PA5_Who_is_forgotten_was_nowhere()
    {
        await using var house = await Lighthouse.Open();
        var ana = await Arrive(house, "https://shop.test/", "Shop");
        await ana.Write("Hello?");
        await using var hers = await Ear.Of(ana);
        await Filled(house, "visit_pages", 1);
        (await house.Kim.Post($"/v1/contacts/{ana.Visitor}/erasure", new { reason = "asked" })).Expect(HttpStatusCode.OK);
        await Empty(house, "visit_pages");
        await Empty(house, "visits");
    }

    private static bool News(JsonElement frame) => frame.GetProperty("type").GetString() == "signal" && frame.GetProperty("kind").GetString() == "visitors";

    private static async Task<Browser> Arrive(Lighthouse house, string url, string title)
    {
        var browser = house.Browser();
        (await browser.Begin(page: new { url, title }, consent: true)).Expect(HttpStatusCode.Created);
        return browser;
    }

    private static async Task<(Answer List, List<JsonElement> Items)> Until(Person who, Func<List<JsonElement>, bool> fits, Action? meanwhile = null)
    {
        for (var tries = 0; ; tries++)
        {
            meanwhile?.Invoke();
            var list = (await who.Get("/v1/visitors")).Expect(HttpStatusCode.OK);
            List<JsonElement> items = [.. list.Body.GetProperty("items").EnumerateArray()];
            if (tries > 200 || (items.Count > 0 || list["total"] == "0" ? fits(items) : false))
            {
                fits(items).ShouldBeTrue(list.Body.GetRawText());
                return (list, items);
            }

            await Task.Delay(20);
        }
    }

    private static async Task<JsonElement> Trail(Person who, string contact, Func<List<JsonElement>, bool> fits)
    {
        for (var tries = 0; ; tries++)
        {
            var way = (await who.Get($"/v1/contacts/{contact}/trail")).Expect(HttpStatusCode.OK).Body;
            if (tries > 200 || fits([.. way.GetProperty("pages").EnumerateArray()]))
            {
                return way;
            }

            await Task.Delay(20);
        }
    }

    private static Task<long> Count(Lighthouse house, string table) => house.Services.GetRequiredService<Database>().Read(session => session.One<long>($"select count(*) from {table}"));

    private static async Task Filled(Lighthouse house, string table, long count)
    {
        for (var tries = 0; tries < 200 && await Count(house, table) != count; tries++)
        {
            await Task.Delay(25);
        }

        (await Count(house, table)).ShouldBe(count);
    }

    private static async Task Empty(Lighthouse house, string table, Action? meanwhile = null)
    {
        for (var tries = 0; tries < 200 && await Count(house, table) > 0; tries++)
        {
            meanwhile?.Invoke();
            await Task.Delay(25);
        }

        (await Count(house, table)).ShouldBe(0);
    }

    private sealed class Ears : IAsyncDisposable
    {
        private readonly List<Ear> _all = [];

        public void Add(Ear ear) => _all.Add(ear);

        public async ValueTask DisposeAsync()
        {
            foreach (var ear in _all)
            {
                await ear.DisposeAsync();
            }
        }
    }
}
