using System.Net;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Writing;

public class RepliesApiTests
{
    [Fact, Trait("row", "PA8")]
    public async Task PA8_A_reply_that_was_written_before_is_said_in_the_customers_language_and_by_their_name()
    {
        await using var house = await Lighthouse.Open();
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { languages = new[] { "de", "en" } })).Expect(HttpStatusCode.OK);
        var reply = (await house.Kim.Post("/v1/replies", new
        {
            name = "Thanks", shortcut = "Danke",
            texts = new Dictionary<string, string> { ["en"] = "Dear {{contact.firstName|customer}}, thank you. {{agent.name}}, {{inbox.name}}", ["de"] = "Liebe Kundin {{contact.phone}}" },
        })).Expect(HttpStatusCode.Created);
        (reply["shortcut"], reply["format"], reply["mine"]).ShouldBe(("danke", "plain", "True"));

        var ana = house.Browser();
        (await ana.Begin(house.Vouch("ana", "Ana Sousa"))).Expect(HttpStatusCode.Created);
        (await ana.Patch("/v1/widget/me", new { language = "en" })).Expect(HttpStatusCode.OK);
        var english = await ana.Write("Hello");
        (await house.Kim.Get($"/v1/conversations/{english}/replies/{reply["id"]}")).Expect(HttpStatusCode.OK)["text"].ShouldBe("Dear Ana, thank you. Kim, Shop");

        var ben = await house.Ben();
        (await ben.Patch("/v1/widget/me", new { language = "nl" })).Expect(HttpStatusCode.OK);
        var dutch = await ben.Write("Hallo");
        var said = (await house.Kim.Get($"/v1/conversations/{dutch}/replies/{reply["id"]}")).Expect(HttpStatusCode.OK);
        (said["text"], said.Body.GetProperty("missing")[0].GetString()).ShouldBe(("Liebe Kundin ", "contact.phone"));

        (await house.Kim.Put($"/v1/replies/{reply["id"]}", new { name = "Thanks", texts = "One for all", format = "markdown" })).Expect(HttpStatusCode.OK);
        (await house.Kim.Get($"/v1/conversations/{dutch}/replies/{reply["id"]}"))["format"].ShouldBe("markdown");
        (await house.Kim.Delete($"/v1/replies/{reply["id"]}")).Expect(HttpStatusCode.NoContent);
        (await house.Kim.Get($"/v1/conversations/{dutch}/replies/{reply["id"]}")).Refused(HttpStatusCode.NotFound, "reply.unknown");
        (await house.Kim.Get("/v1/replies")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [SkippableTheory, Trait("row", "PA8")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task PA8_Administrators_write_everybodys_replies_and_a_teams_people_the_teams(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        var (sails, masts) = ((await house.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"], (await house.Kim.Post("/v1/teams", new { name = "Masts" })).Expect(HttpStatusCode.Created)["id"]);
        var (noor, ravi) = (await house.Hire("Noor", teams: [sails]), await house.Hire("Ravi", teams: [masts]));
        (await noor.Post("/v1/replies", new { name = "For all", texts = "x" })).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await noor.Post("/v1/replies", new { name = "Not mine", texts = "x", team = masts })).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        var theirs = (await noor.Post("/v1/replies", new { name = "Sails", shortcut = "s", texts = "x", team = sails })).Expect(HttpStatusCode.Created)["id"];
        var all = (await house.Kim.Post("/v1/replies", new { name = "For all", shortcut = "s", texts = "x" })).Expect(HttpStatusCode.Created)["id"];
        Names(await noor.Get("/v1/replies")).ShouldBe(["For all False", "Sails True"]);
        Names(await ravi.Get("/v1/replies")).ShouldBe(["For all False"]);
        Names(await house.Kim.Get("/v1/replies")).ShouldBe(["For all True", "Sails True"]);
        (await ravi.Put($"/v1/replies/{theirs}", new { name = "Mine now", texts = "x", team = masts })).Refused(HttpStatusCode.NotFound, "reply.unknown");
        (await ravi.Delete($"/v1/replies/{theirs}")).Refused(HttpStatusCode.NotFound, "reply.unknown");
        (await ravi.Delete($"/v1/replies/{all}")).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        // Nor is a team's made everybody's by one of its people.
        (await noor.Put($"/v1/replies/{theirs}", new { name = "Sails", texts = "x" })).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
    }

    [Fact]
    public async Task What_cannot_stand_is_refused_with_its_fields_named()
    {
        await using var house = await Lighthouse.Open();
        await Refused(house, new { name = " ", texts = "x" }, "name empty");
        await Refused(house, new { name = "A", shortcut = "two words", texts = "x" }, "shortcut invalid");
        await Refused(house, new { name = "A", format = "html", texts = "x" }, "format unknown");
        await Refused(house, new { name = "A", texts = new Dictionary<string, string> { ["en"] = "fine", ["de"] = " " } }, "texts.de required");
        await Refused(house, new { name = "A", texts = new Dictionary<string, string> { ["en"] = "Dear {{contact.nmae}}, {{agent.name" } }, "texts.en placeholderUnknown", "texts.en placeholderUnclosed");
        await Refused(house, new { name = "A", texts = new string('x', 10_001) }, "texts tooLong");
        (await house.Kim.Post("/v1/replies", new { name = "A", texts = "x", team = "tea_00000000000000000000000000" })).Refused(HttpStatusCode.BadRequest, "team.unknown");
        (await house.Kim.Post("/v1/replies", new { name = "A", shortcut = "hi", texts = "x" })).Expect(HttpStatusCode.Created);
        (await house.Kim.Post("/v1/replies", new { name = "B", shortcut = "Hi", texts = "x" })).Refused(HttpStatusCode.Conflict, "shortcut.taken").Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("shortcut");
        (await house.Kim.Post("/v1/replies", new { name = "C", texts = "x" })).Expect(HttpStatusCode.Created);
        (await house.Kim.Post("/v1/replies", new { name = "D", texts = "x" })).Expect(HttpStatusCode.Created);
    }

    private static async Task Refused(Lighthouse house, object body, params string[] flaws) =>
        (await house.Kim.Post("/v1/replies", body)).Refused(HttpStatusCode.BadRequest, "reply.invalid").Body.GetProperty("errors").EnumerateArray()
            .Select(error => $"{error.GetProperty("field").GetString()} {error.GetProperty("code").GetString()}").ShouldBe(flaws);

    private static List<string> Names(Answer answer) =>
        [.. answer.Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("name").GetString()} {item.GetProperty("mine").GetBoolean()}")];
}
