using System.Net;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Conversations;

[Trait("row", "SN3")]
public class StartingApiTests
{
    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task SN3_A_visitor_who_is_here_and_agreed_is_written_to_first_sees_it_at_once_and_answers(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        var noor = await house.Hire("Noor");
        await using var kims = await Ear.Of(house.Kim);
        var ana = await Arrived(house);
        await using var hers = await Ear.Of(ana);
        var standing = await Standing(house.Kim, ana.Visitor!, here: true);
        (standing["standing"], standing["here"], standing["mailed"]).ShouldBe(("none", "True", "False"));
        var begun = (await house.Kim.Post($"/v1/contacts/{ana.Visitor}/conversations", Hello("k1"))).Expect(HttpStatusCode.Created);
        var it = begun["conversation.id"];
        await hers.Next("event", frame => frame.GetRawText().Contains("May I help?", StringComparison.Ordinal));
        (await ana.Threads()).ShouldBe([it]);
        var summary = (await house.Kim.Get($"/v1/conversations/{it}")).Expect(HttpStatusCode.OK);
        (summary["mode"], summary["status"], summary["holder.kind"], summary["holder.id"]).ShouldBe(("messaging", "open", "agent", house.Kim.Id));
        summary.Body.TryGetProperty("promise", out _).ShouldBeFalse();
        summary.Body.TryGetProperty("waitingSince", out _).ShouldBeFalse();
        // Said twice is said once.
        (await house.Kim.Post($"/v1/contacts/{ana.Visitor}/conversations", Hello("k1"))).Expect(HttpStatusCode.OK)["conversation.id"].ShouldBe(it);

        // Whoever comes second reads who has it; nothing begins a second time.
        (await Standing(house.Kim, ana.Visitor!))["standing"].ShouldBe("own");
        var others = await Standing(noor, ana.Visitor!);
        (others["standing"], others["conversation"], others["holder.name"]).ShouldBe(("other", it, "Kim"));
        (await noor.Post($"/v1/contacts/{ana.Visitor}/conversations", Hello("n1"))).Refused(HttpStatusCode.Conflict, "start.open")["holder.name"].ShouldBe("Kim");

        // Both are here, and their words follow one another: that is talk.
        (await ana.Say(it, "Yes please")).Expect(HttpStatusCode.Created);
        (await ana.Read(it)).Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("type").GetString()).ShouldBe(["message", "message", "modeChanged"]);
        (await house.Kim.Get($"/v1/conversations/{it}"))["holder.id"].ShouldBe(house.Kim.Id);

        // Nobody's: whoever writes there takes it.
        (await house.Kim.Delete($"/v1/conversations/{it}/assignment")).Expect(HttpStatusCode.OK);
        (await Standing(noor, ana.Visitor!))["standing"].ShouldBe("free");
        (await house.Kim.Put($"/v1/conversations/{it}/closure")).Expect(HttpStatusCode.OK);
        (await Standing(noor, ana.Visitor!))["standing"].ShouldBe("none");
        (await noor.Post($"/v1/contacts/{ana.Visitor}/conversations", Hello("n2"))).Expect(HttpStatusCode.Created)["conversation.id"].ShouldNotBe(it);
    }

    [Fact]
    public async Task SN3_Who_agreed_to_nothing_is_gone_blocked_or_of_elsewhere_is_not_written_to()
    {
        await using var house = await Lighthouse.Open();
        var silent = house.Browser();
        (await silent.Begin(page: new { url = "https://shop.test/" })).Expect(HttpStatusCode.Created);
        await using var theirs = await Ear.Of(silent);
        (await house.Kim.Post($"/v1/contacts/{silent.Visitor}/conversations", Hello("k1"))).Refused(HttpStatusCode.NotFound, "contact.unknown");
        (await house.Kim.Get($"/v1/contacts/{silent.Visitor}/standing")).Refused(HttpStatusCode.NotFound, "contact.unknown");

        // Ben wrote, was answered, and left no address.
        var ben = await house.Ben();
        var it = await ben.Write("Hello?");
        (await house.Kim.Put($"/v1/conversations/{it}/closure")).Expect(HttpStatusCode.OK);
        (await Standing(house.Kim, ben.Visitor!))["refused"].ShouldBe("contact.unreachable");
        (await house.Kim.Post($"/v1/contacts/{ben.Visitor}/conversations", Hello("k2"))).Refused(HttpStatusCode.Conflict, "contact.unreachable");
        await using (await Ear.Of(ben))
        {
            (await house.Kim.Put($"/v1/contacts/{ben.Visitor}/block")).Expect(HttpStatusCode.OK);
            (await house.Kim.Post($"/v1/contacts/{ben.Visitor}/conversations", Hello("k3"))).Refused(HttpStatusCode.Conflict, "start.blocked");
            (await house.Kim.Delete($"/v1/contacts/{ben.Visitor}/block")).Expect(HttpStatusCode.OK);
            (await house.Kim.Post($"/v1/contacts/{ben.Visitor}/conversations", new { content = new { type = "text", text = "" } })).Refused(HttpStatusCode.BadRequest, "content.empty");
            // Who may not use the inbox sees nobody in it.
            var team = (await house.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
            var ravi = await house.Hire("Ravi");
            (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
            (await ravi.Post($"/v1/contacts/{ben.Visitor}/conversations", Hello("r1"))).Refused(HttpStatusCode.NotFound, "contact.unknown");
        }
    }

    [Fact]
    public async Task SN3_The_first_word_comes_from_the_brand_that_they_know()
    {
        await using var house = await Lighthouse.Open();
        var brand = (await house.Kim.Post("/v1/brands", new { name = "Sail Loft", color = "#aa3344" })).Expect(HttpStatusCode.Created)["id"];
        var loft = (await house.Kim.Post("/v1/inboxes", new { name = "Loft", channel = "web", brand })).Expect(HttpStatusCode.Created)["id"];
        var second = (await house.Kim.Post("/v1/inboxes", new { name = "Bills", channel = "web" })).Expect(HttpStatusCode.Created)["id"];
        var ben = await house.Ben();
        var it = await ben.Write("Hello?");
        (await house.Kim.Put($"/v1/conversations/{it}/closure")).Expect(HttpStatusCode.OK);
        await using var theirs = await Ear.Of(ben);
        (await Standing(house.Kim, ben.Visitor!, here: true)).Body.TryGetProperty("refused", out _).ShouldBeFalse();
        (await house.Kim.Get($"/v1/contacts/{ben.Visitor}/standing?inbox={loft}")).Expect(HttpStatusCode.OK)["refused"].ShouldBe("start.brand");
        var words = new { clientId = "b1", inbox = loft, content = new { type = "text", text = "May I help?" } };
        (await house.Kim.Post($"/v1/contacts/{ben.Visitor}/conversations", words)).Refused(HttpStatusCode.BadRequest, "start.brand");
        (await house.Kim.Post($"/v1/contacts/{ben.Visitor}/conversations", new { clientId = "b2", inbox = second, content = new { type = "text", text = "May I help?" } })).Expect(HttpStatusCode.Created);
    }

    private static object Hello(string clientId) => new { clientId, content = new { type = "text", text = "May I help?" } };

    private static async Task<Browser> Arrived(Lighthouse house)
    {
        var ana = house.Browser();
        (await ana.Begin(page: new { url = "https://shop.test/sails?token=secret#x", title = "Sails" }, consent: true)).Expect(HttpStatusCode.Created);
        return ana;
    }

    /// <summary>That somebody came is known a moment later.</summary>
    private static async Task<Answer> Standing(Person who, string contact, bool here = false)
    {
        for (var tries = 0; ; tries++)
        {
            var answer = await who.Get($"/v1/contacts/{contact}/standing");
            if (!here || tries > 100 || (answer.Status == HttpStatusCode.OK && answer["here"] == "True"))
            {
                return answer.Expect(HttpStatusCode.OK);
            }

            await Task.Delay(20);
        }
    }
}
