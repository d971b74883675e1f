using System.Net;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Writing;

public class MacrosApiTests
{
    [SkippableTheory, Trait("row", "PA8")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task PA8_A_macro_shows_what_it_will_do_and_does_all_of_it_at_once(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        (await house.Kim.Patch("/v1/workspace", new { labels = new[] { "sails" } })).Expect(HttpStatusCode.OK);
        var noor = await house.Hire("Noor");
        var reply = (await house.Kim.Post("/v1/replies", new { name = "Thanks", texts = "Thank you, {{contact.firstName|friend}}!" })).Expect(HttpStatusCode.Created)["id"];
        var macro = (await house.Kim.Post("/v1/macros", new { name = "Thank and close", actions = new object[] { new { reply }, new { label = "sails" }, new { priority = "low" }, new { agent = noor.Id }, new { close = true } } })).Expect(HttpStatusCode.Created)["id"];
        var ana = await house.Ana("ana");
        var it = await ana.Write("The sail fits");

        var preview = (await house.Kim.Get($"/v1/conversations/{it}/macros/{macro}")).Expect(HttpStatusCode.OK).Body.GetProperty("actions");
        (preview[0].GetProperty("text").GetString(), preview[0].GetProperty("name").GetString(), preview[3].GetProperty("name").GetString()).ShouldBe(("Thank you, Ana!", "Thanks", "Noor"));
        Types(await house.Kim.Get($"/v1/conversations/{it}/timeline"), "items").ShouldNotContain("labelled");

        var done = (await house.Kim.Post($"/v1/conversations/{it}/macros/{macro}", new { clientId = "m1" })).Expect(HttpStatusCode.OK);
        new[] { "message", "accepted", "promiseKept", "labelled", "priorityChanged", "assigned", "closed", "episodeClosed", "combined" }.Except(Types(done, "entries")).ShouldBeEmpty();
        (await ana.Read(it)).Text.ShouldContain("Thank you, Ana!");
        var after = await house.Kim.Get($"/v1/conversations/{it}");
        (after["status"], after["priority"], after["holder.id"]).ShouldBe(("closed", "low", noor.Id));
        // The same wish again is the same one.
        (await house.Kim.Post($"/v1/conversations/{it}/macros/{macro}", new { clientId = "m1" })).Expect(HttpStatusCode.OK).Text.ShouldBe(done.Text);
    }

    [Fact, Trait("row", "PA8")]
    public async Task PA8_What_a_macro_names_and_is_gone_is_refused_with_its_field_and_nothing_is_half_done()
    {
        await using var house = await Lighthouse.Open();
        (await house.Kim.Patch("/v1/workspace", new { labels = new[] { "sails" } })).Expect(HttpStatusCode.OK);
        var (noor, team) = (await house.Hire("Noor"), (await house.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"]);
        var reply = (await house.Kim.Post("/v1/replies", new { name = "Thanks", texts = "Thank you!" })).Expect(HttpStatusCode.Created)["id"];
        var macro = (await house.Kim.Post("/v1/macros", new { name = "All", actions = new object[] { new { priority = "high" }, new { reply }, new { label = "sails" }, new { agent = noor.Id }, new { team } } })).Expect(HttpStatusCode.Created)["id"];
        (await house.Kim.Delete($"/v1/replies/{reply}")).Expect(HttpStatusCode.NoContent);
        (await house.Kim.Patch("/v1/workspace", new { labels = Array.Empty<string>() })).Expect(HttpStatusCode.OK);
        (await house.Kim.Patch($"/v1/agents/{noor.Id}", new { active = false })).Expect(HttpStatusCode.OK);
        (await house.Kim.Delete($"/v1/teams/{team}")).Expect(HttpStatusCode.NoContent);
        var it = await (await house.Ana()).Write("Hello");
        var refused = (await house.Kim.Post($"/v1/conversations/{it}/macros/{macro}", new { clientId = "m1" })).Refused(HttpStatusCode.Conflict, "macro.stale");
        Fields(refused).ShouldBe(["actions[1].reply", "actions[2].label", "actions[3].agent", "actions[4].team"]);
        (await house.Kim.Get($"/v1/conversations/{it}"))["priority"].ShouldBe("normal");

        // Nor is any of it done where only the last of it cannot be.
        var late = (await house.Kim.Post("/v1/macros", new { name = "Late", actions = new object[] { new { priority = "high" }, new { snoozeMinutes = 60 } } })).Expect(HttpStatusCode.Created)["id"];
        (await house.Kim.Put($"/v1/conversations/{it}/closure")).Expect(HttpStatusCode.OK);
        Fields((await house.Kim.Post($"/v1/conversations/{it}/macros/{late}", new { })).Refused(HttpStatusCode.Conflict, "conversation.closed")).ShouldBe(["actions[1]"]);
        (await house.Kim.Get($"/v1/conversations/{it}"))["priority"].ShouldBe("normal");
    }

    [Fact]
    public async Task What_cannot_stand_is_refused_and_who_may_not_is_not_let()
    {
        await using var house = await Lighthouse.Open();
        await Refused(house, new { name = "", actions = new object[] { new { close = true } } }, "name");
        await Refused(house, new { name = "A", actions = Array.Empty<object>() }, "actions");
        await Refused(house, new { name = "A", actions = new object[] { new { } } }, "actions[0]");
        await Refused(house, new { name = "A", actions = new object[] { new { close = true, label = "x" } } }, "actions[0]");
        await Refused(house, new { name = "A", actions = new object[] { new { snoozeMinutes = 0 } } }, "actions[0].snoozeMinutes");
        await Refused(house, new { name = "A", actions = new object[] { new { close = true }, new { label = "x" } } }, "actions[0]");
        var noor = await house.Hire("Noor");
        var macro = (await house.Kim.Post("/v1/macros", new { name = "A", actions = new object[] { new { close = true } } })).Expect(HttpStatusCode.Created)["id"];
        (await noor.Post("/v1/macros", new { name = "B", actions = new object[] { new { close = true } } })).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await noor.Delete($"/v1/macros/{macro}")).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await noor.Get("/v1/macros")).Body.GetProperty("items")[0].GetProperty("mine").GetBoolean().ShouldBeFalse();
        (await house.Kim.Put($"/v1/macros/{macro}", new { name = "C", actions = new object[] { new { close = true } } })).Expect(HttpStatusCode.OK)["name"].ShouldBe("C");
        (await house.Kim.Delete($"/v1/macros/{macro}")).Expect(HttpStatusCode.NoContent);
        (await house.Kim.Delete($"/v1/macros/{macro}")).Refused(HttpStatusCode.NotFound, "macro.unknown");
    }

    private static async Task Refused(Lighthouse house, object body, params string[] fields) => Fields((await house.Kim.Post("/v1/macros", body)).Refused(HttpStatusCode.BadRequest, "macro.invalid")).ShouldBe(fields);

    private static List<string?> Fields(Answer answer) => [.. answer.Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString())];

    private static List<string?> Types(Answer answer, string list) => [.. answer.Expect(HttpStatusCode.OK).Body.GetProperty(list).EnumerateArray().Select(item => item.GetProperty("type").GetString())];
}
