using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Workspaces.Api;

public class AttributesApiTests
{
    [SkippableTheory, Trait("row", "MS26")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task MS26_What_a_shop_wants_to_know_is_said_by_agents_pages_sites_and_forms_and_found_in_views(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        await Define(house, "contact/plan", new { name = "Plan", kind = "choice", choices = new[] { "Free", "Club" } });
        await Define(house, "contact/orders", new { name = "Orders", kind = "number", page = true });
        await Define(house, "contact/since", new { name = "Customer since", kind = "date" });
        await Define(house, "conversation/topic", new { name = "Topic", kind = "text" });
        (await house.Kim.Get("/v1/attributes")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("key").GetString()).ShouldBe(["since", "orders", "plan", "topic"]);

        var ana = house.Browser();
        (await ana.Begin(Voucher.Sign(house.IdentityKey, new { sub = "user-7", name = "Ana", aud = house.Inbox, iat = house.Clock.GetUtcNow().ToUnixTimeSeconds(), exp = house.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds(), attributes = new { plan = "club", orders = 3, colour = "red" } })))
            .Expect(HttpStatusCode.Created);
        var (hers, ben) = (await ana.Write("Hello"), await house.Ben());
        (await ben.Patch("/v1/widget/me", new { attributes = new { orders = 14 } })).Expect(HttpStatusCode.OK);
        (await ben.Patch("/v1/widget/me", new { attributes = new { plan = "Club" } })).Refused(HttpStatusCode.BadRequest, "attributes.invalid");
        var his = await ben.Write("Hi");
        (await Of(house, ana)).ShouldBe("orders=3,plan=Club");
        (await Of(house, ben)).ShouldBe("orders=14");

        // What a page only says stands back behind what the site vouches for.
        (await ana.Patch("/v1/widget/me", new { attributes = new { orders = 99 } })).Expect(HttpStatusCode.OK);
        (await house.Kim.Patch($"/v1/contacts/{ben.Visitor}", new { attributes = new { plan = "Free", since = "2026-01-31" } })).Expect(HttpStatusCode.OK)["attributes.plan"].ShouldBe("Free");
        (await house.Kim.Patch($"/v1/contacts/{ben.Visitor}", new { attributes = new { since = "31.1.2026", plan = "Gold" } })).Refused(HttpStatusCode.BadRequest, "attributes.invalid").Body
            .GetProperty("errors").EnumerateArray().Select(one => one.GetProperty("field").GetString()).ShouldBe(["attributes.since", "attributes.plan"], ignoreOrder: true);
        (await house.Kim.Patch($"/v1/conversations/{his}/attributes", new { attributes = new { topic = "Sails" } })).Expect(HttpStatusCode.OK);
        (await house.Kim.Get($"/v1/conversations/{his}")).Expect(HttpStatusCode.OK)["attributes.topic"].ShouldBe("Sails");
        (await Of(house, ana)).ShouldBe("orders=3,plan=Club");

        (await Found(house, "contact.attributes.orders", "atLeast", "10")).ShouldBe([his]);
        (await Found(house, "contact.attributes.orders", "is", "3.0")).ShouldBe([hers]);
        (await Found(house, "contact.attributes.plan", "in", new[] { "Club", "Free" })).ShouldBe([hers, his], ignoreOrder: true);
        (await Found(house, "contact.attributes.since", "before", "2026-02-01")).ShouldBe([his]);
        (await Found(house, "attributes.topic", "contains", "sail")).ShouldBe([his]);
        (await Found(house, "attributes.topic", "isNotSet", null)).ShouldBe([hers]);
    }

    [Fact, Trait("row", "MS26")]
    public async Task MS26_A_saved_view_follows_what_is_said_and_says_when_its_attribute_is_gone()
    {
        await using var house = await Lighthouse.Open();
        await Define(house, "contact/orders", new { name = "Orders", kind = "number" });
        var ben = await house.Ben();
        var his = await ben.Write("Hi");
        var view = (await house.Kim.Post("/v1/views", new { name = "Many orders", filter = new { all = new object[] { new { field = "contact.attributes.orders", op = "atLeast", value = 10 } } } })).Expect(HttpStatusCode.Created)["id"];
        (await Rows(house, view)).ShouldBeEmpty();
        await using var ear = await Ear.Of(house.Kim);
        await ear.Say(new { type = "watch", view });
        await ear.Next("counts", frame => frame.GetProperty("counts").TryGetProperty(view, out var n) && n.GetInt64() == 0);
        (await house.Kim.Patch($"/v1/contacts/{ben.Visitor}", new { attributes = new { orders = 12 } })).Expect(HttpStatusCode.OK);
        await ear.Next("event", frame => frame.TryGetProperty("summary", out var row) && row.GetProperty("id").GetString() == his);
        (await Rows(house, view)).ShouldBe([his]);
        (await house.Kim.Patch($"/v1/contacts/{ben.Visitor}", new { attributes = new Dictionary<string, int?> { ["orders"] = null } })).Expect(HttpStatusCode.OK);
        (await Rows(house, view)).ShouldBeEmpty();

        (await house.Kim.Delete("/v1/attributes/contact/orders")).Expect(HttpStatusCode.NoContent);
        (await house.Kim.Get($"/v1/views/{view}")).Expect(HttpStatusCode.OK).Body.GetProperty("broken")[0].GetProperty("field").GetString().ShouldBe("filter.all[0].field");
        (await house.Kim.Post("/v1/views/matches", new { filter = new { all = new object[] { new { field = "contact.attributes.orders", op = "isSet" } } } })).Refused(HttpStatusCode.BadRequest, "filter.invalid");
        (await house.Kim.Put("/v1/attributes/contact/orders", new { name = "Orders", kind = "text" })).Refused(HttpStatusCode.Conflict, "attribute.kind");
        (await (await house.Hire("Noor")).Put("/v1/attributes/contact/boat", new { name = "Boat", kind = "text" })).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
    }

    [Fact, Trait("row", "ZD9")]
    public async Task ZD9_What_a_form_asks_under_the_key_of_an_attribute_is_said_there_and_goes_with_the_answer()
    {
        await using var house = await Lighthouse.Open();
        await Define(house, "contact/boat", new { name = "Boat", kind = "text" });
        await Define(house, "conversation/order", new { name = "Order", kind = "number" });
        var ben = await house.Ben();
        var his = await ben.Write("Hi");
        var form = new { fields = new object[] { new { name = "boat", type = "text", label = "Which boat?" }, new { name = "order", type = "number", label = "Which order?" } } };
        var asked = (await house.Kim.Post($"/v1/conversations/{his}/messages", new { content = new { type = "form", form } })).Expect(HttpStatusCode.Created)["seq"];
        var answer = (await ben.Post($"/v1/widget/conversations/{his}/messages", new { of = long.Parse(asked), content = new { type = "formResponse", values = new { boat = "Laser xyzzy", order = 17 } } })).Expect(HttpStatusCode.Created)["seq"];
        (await Of(house, ben)).ShouldBe("boat=Laser xyzzy");
        (await Row(house, his))["attributes.order"].ShouldBe("17");
        (await house.Kim.Post($"/v1/conversations/{his}/redactions", new { of = long.Parse(answer), reason = "asked" })).Expect(HttpStatusCode.OK);
        (await Of(house, ben)).ShouldBe("");
        (await Row(house, his)).Has("attributes").ShouldBeFalse();
        (await Words(house)).ShouldBe(0);
    }

    [Fact, Trait("row", "MS26")]
    public async Task MS26_Who_is_forgotten_leaves_no_attribute_and_no_note_behind()
    {
        await using var house = await Lighthouse.Open();
        await Define(house, "contact/boat", new { name = "Boat", kind = "text", page = true });
        await Define(house, "conversation/topic", new { name = "Topic", kind = "text" });
        var ben = await house.Ben();
        (await ben.Patch("/v1/widget/me", new { attributes = new { boat = "Laser xyzzy" } })).Expect(HttpStatusCode.OK);
        var his = await ben.Write("Hi");
        (await house.Kim.Patch($"/v1/conversations/{his}/attributes", new { attributes = new { topic = "xyzzy" } })).Expect(HttpStatusCode.OK);
        (await house.Kim.Post($"/v1/contacts/{ben.Visitor}/notes", new { text = "Sails a xyzzy" })).Expect(HttpStatusCode.Created);
        (await Row(house, his))["attributes.topic"].ShouldBe("xyzzy");
        (await Words(house)).ShouldBeGreaterThan(0);
        (await house.Kim.Post($"/v1/contacts/{ben.Visitor}/erasure", new { reason = "asked" })).Expect(HttpStatusCode.OK);
        (await Row(house, his)).Has("attributes").ShouldBeFalse();
        (await Words(house)).ShouldBe(0);
    }

    private static async Task Define(Lighthouse house, string which, object what) => (await house.Kim.Put($"/v1/attributes/{which}", what)).Expect(HttpStatusCode.OK);

    private static async Task<string> Of(Lighthouse house, Browser who) =>
        string.Join(',', (await house.Kim.Get($"/v1/contacts/{who.Visitor}")).Expect(HttpStatusCode.OK).Body.GetProperty("attributes").EnumerateObject().Select(one => $"{one.Name}={one.Value}"));

    private static async Task<Answer> Row(Lighthouse house, string conversation) => (await house.Kim.Get($"/v1/conversations/{conversation}")).Expect(HttpStatusCode.OK);

    private static async Task<List<string>> Found(Lighthouse house, string field, string op, object? value)
    {
        var view = (await house.Kim.Post("/v1/views", new { name = "Some", filter = new { all = new object[] { new { field, op, value } } } })).Expect(HttpStatusCode.Created)["id"];
        return await Rows(house, view);
    }

    private static async Task<List<string>> Rows(Lighthouse house, string view) =>
        [.. (await house.Kim.Get($"/v1/conversations?view={view}")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("id").GetString()!)];

    private static Task<long> Words(Lighthouse house) => house.Services.GetRequiredService<Database>().Read(session => session.One<long>(
        "select (select count(*) from entries where lower(body) like '%xyzzy%') + (select count(*) from states where lower(json) like '%xyzzy%') + (select count(*) from summaries where lower(details) like '%xyzzy%')"));
}
