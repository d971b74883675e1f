using System.Net;
using System.Text.Json;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Parley.Tests.Channels.Email;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Channels.Api;

public class TemplatesApiTests
{
    private static readonly object Texts = new[]
    {
        new { name = "ready", language = "de", text = "Hallo {{1}}, Ihr {{2}} ist fertig." },
        new { name = "ready", language = "en", text = "Hello {{1}}, your {{2}} is ready." },
    };

    /// <summary>Failure 17 to the minute: what is said at 23:59 goes; what waited past 24:00 does not, prepared texts are offered, and one of them goes.</summary>
    [SkippableTheory, Trait("row", "BX13"), Trait("failure", "17")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task BX13_At_a_minute_to_the_end_it_goes_a_minute_after_it_is_blocked_and_a_prepared_text_goes(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Shore.Of(engine.Url, new { windowHours = 24 });
        // The system says itself which texts it has.
        await Told(it, Texts);
        var ana = await it.Said("ana", "Which sails have you?");
        it.Clock.Advance(TimeSpan.FromHours(23) + TimeSpan.FromMinutes(59));
        (await it.Channel(ana))["open"].ShouldBe("True");
        await it.Answer(ana, "Three.");
        await Shore.Until(async () => await it.State(ana) == "sent");
        it.Answers = (_, _) => 503;
        await it.Answer(ana, "And a jib.");
        await Shore.Until(async () => await it.Code(ana) == "unreachable");
        it.Clock.Advance(TimeSpan.FromMinutes(2));
        it.Answers = (_, _) => 200;
        await Shore.Until(async () => await it.State(ana) == "failed");
        await Shore.Until(async () => (await it.Missed(ana)).SequenceEqual(["windowClosed"]));
        it.Took.Select(one => one.Text).ShouldBe(["Three."]);

        var channel = await it.Channel(ana);
        (channel["open"], channel["abilities.templates"]).ShouldBe(("False", "True"));
        channel.Body.GetProperty("templates").EnumerateArray().Select(one => (one.GetProperty("language").GetString(), one.GetProperty("values").GetInt32())).ShouldBe([("de", 2), ("en", 2)], ignoreOrder: true);
        (await Send(it, ana, new { name = "ready", language = "fr" })).Refused(HttpStatusCode.NotFound, "template.unknown");
        (await Send(it, ana, new { name = "ready", language = "en", values = new[] { "Ana" } })).Refused(HttpStatusCode.BadRequest, "template.values");
        var body = new { name = "ready", language = "en", values = new[] { "Ana", "sail" }, clientId = "t" };
        var sent = (await Send(it, ana, body)).Expect(HttpStatusCode.Created);
        (sent["content.type"], sent["content.text"], sent["content.template.name"]).ShouldBe(("template", "Hello Ana, your sail is ready.", "ready"));
        (await Send(it, ana, body)).Expect(HttpStatusCode.OK)["seq"].ShouldBe(sent["seq"]);
        await Shore.Until(async () => await it.State(ana) == "sent");
        it.Took.Select(one => one.Text).ShouldBe(["Three.", "Hello Ana, your sail is ready."]);
        (await it.Channel(ana))["open"].ShouldBe("False", "A prepared text opens nothing.");
        (await it.Said("ana", "Oh, good.")).ShouldBe(ana);
        await Shore.Until(async () => (await it.Channel(ana))["open"] == "True");
    }

    [Fact, Trait("row", "BX13")]
    public async Task BX13_An_admin_says_which_there_are_and_nobody_makes_one_up()
    {
        await using var it = await Shore.Of(null);
        var ana = await it.Said("ana", "Hello");
        (await it.Channel(ana)).Body.TryGetProperty("templates", out _).ShouldBeFalse();
        (await it.Kim.Put($"/v1/channels/{it.Inbox}/templates", new { templates = Texts })).Expect(HttpStatusCode.OK).Body.GetProperty("items").GetArrayLength().ShouldBe(2);
        (await it.Kim.Get($"/v1/channels/{it.Inbox}/templates")).Expect(HttpStatusCode.OK).Text.ShouldContain("Ihr {{2}} ist fertig");
        var wrong = await it.Kim.Put($"/v1/channels/{it.Inbox}/templates", new { templates = new[] { new { name = "x", language = "en", text = "" } } });
        wrong.Refused(HttpStatusCode.BadRequest, "templates.invalid");
        wrong.Text.ShouldContain("templates.0.text");
        (await it.Kim.Get("/v1/channels/inb_00000000000000000000000000/templates")).Refused(HttpStatusCode.NotFound, "channel.unknown");
        var noor = await it.House.Hire("Noor", Role.Agent);
        (await noor.Put($"/v1/channels/{it.Inbox}/templates", new { templates = Texts })).Status.ShouldBe(HttpStatusCode.Forbidden);
        // What only looks like one is none.
        (await it.Kim.Post($"/v1/conversations/{ana}/messages", new { content = new { type = "template", text = "Free money", template = new { name = "ready", language = "en" } } })).Refused(HttpStatusCode.BadRequest, "content.invalid");
        // A list with something wrong in it changes nothing, and is shown as what could not be worked.
        await Told(it, new[] { new { name = "", language = "en", text = "X" } }, works: false);
        (await it.Kim.Get($"/v1/channels/{it.Inbox}/templates")).Expect(HttpStatusCode.OK).Body.GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    [Fact, Trait("row", "CH9")]
    public async Task CH9_What_stands_below_every_mail_is_said_and_a_mailbox_has_no_prepared_texts()
    {
        await using var it = await Harbour.Of();
        await it.Comes("ana@example.test", "Hello?", "Sail");
        var thread = await it.Thread("Hello?");
        (await it.Kim.Get($"/v1/conversations/{thread}/channel")).Expect(HttpStatusCode.OK).Body.TryGetProperty("signature", out _).ShouldBeFalse();
        (await it.Kim.Patch($"/v1/channels/{it.Inbox}", new { settings = new { signature = "Lighthouse\nat the quay" } })).Expect(HttpStatusCode.OK);
        (await it.Kim.Get($"/v1/conversations/{thread}/channel"))["signature"].ShouldBe("Lighthouse\nat the quay");
        (await it.Kim.Post($"/v1/conversations/{thread}/channel/templates", new { name = "ready", language = "en" })).Refused(HttpStatusCode.Conflict, "template.notHere");
        (await it.Kim.Put($"/v1/channels/{it.Inbox}/templates", new { templates = Texts })).Refused(HttpStatusCode.Conflict, "template.notHere");
    }

    private static Task<Answer> Send(Shore it, string thread, object body) => it.Kim.Post($"/v1/conversations/{thread}/channel/templates", body);

    /// <summary>The system says which texts it has.</summary>
    private static async Task Told(Shore it, object templates, bool works = true)
    {
        var caller = it.House.Stranger();
        caller.Bearer = it.Token;
        (await caller.Raw(HttpMethod.Post, $"/v1/channels/{it.Inbox}/inbound", JsonSerializer.Serialize(new { id = $"{Guid.CreateVersion7():N}", type = "templates", templates }))).Expect(HttpStatusCode.OK);
        await Shore.Until(async () => works
            ? (await it.Kim.Get($"/v1/channels/{it.Inbox}/templates")).Body.GetProperty("items").GetArrayLength() > 0
            : (await it.Kim.Get("/v1/channels/letters")).Text.Contains("templates.0.name", StringComparison.Ordinal));
    }
}
