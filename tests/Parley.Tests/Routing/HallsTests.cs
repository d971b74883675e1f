using System.Net;
using System.Text.Json;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Routing;

/// <summary>What changes a hall from outside: hours, languages, a queue that is full; each by the event itself or by a timer.</summary>
public class HallsTests
{
    [Fact, Trait("row", "LC13")]
    public async Task LC13_A_queue_that_is_full_takes_nobody_more_and_the_button_says_so_both_ways()
    {
        await using var it = await Floor.Open(new { profile = "strictLive", hours = "always", queueLimit = 2, whenClosed = "form" });
        (await it.House.Kim.Put($"/v1/agents/{it.House.Kim.Id}/capacity", new { units = 1 })).Expect(HttpStatusCode.OK);
        var kims = await it.Sits(it.House.Kim);
        var (_, _, talking) = await it.Writes();
        (await Floor.Answers(it.House.Kim, await Floor.Offer(kims, talking))).Expect(HttpStatusCode.OK);
        await it.Mode(talking, "live");
        var ben = await it.House.Ben();
        await using var bens = await Ear.Of(ben);
        await bens.Next("signal", Button("live"));
        var (_, _, first) = await it.Writes();
        (await Availability(it))["state"].ShouldBe("live");
        var before = bens.Heard.Count;
        await it.Writes();

        // Two wait: whoever comes now finds a form, is told so while the page is open, and begins nothing.
        await bens.Next("signal", Button("form"), before);
        var full = await Availability(it);
        (full["state"], full["button"], full["why"]).ShouldBe(("closed", "form", "queue"));
        (await ben.Post("/v1/widget/conversations", new { clientId = "b", content = new { type = "text", text = "Me too" } })).Refused(HttpStatusCode.Conflict, "inbox.closed");

        before = bens.Heard.Count;
        (await it.House.Kim.Put($"/v1/conversations/{talking}/closure")).Expect(HttpStatusCode.OK);
        (await Floor.Answers(it.House.Kim, await Floor.Offer(kims, first))).Expect(HttpStatusCode.OK);
        await bens.Next("signal", Button("live"), before);
        (await Availability(it))["state"].ShouldBe("live");
        await ben.Write("Me too");
    }

    [Fact, Trait("row", "LC13")]
    public async Task In_a_thread_that_goes_on_whoever_is_too_many_is_promised_an_answer()
    {
        await using var it = await Floor.Open(new { profile = "blended", hours = "always", queueLimit = 1 });
        (await it.House.Kim.Put($"/v1/agents/{it.House.Kim.Id}/capacity", new { units = 1 })).Expect(HttpStatusCode.OK);
        var kims = await it.Sits(it.House.Kim);
        var (_, _, talking) = await it.Writes();
        (await Floor.Answers(it.House.Kim, await Floor.Offer(kims, talking))).Expect(HttpStatusCode.OK);
        await it.Mode(talking, "live");
        var (_, _, first) = await it.Writes();
        await it.Mode(first, "waiting");
        await Floor.Until(async () => (await Availability(it))["state"] == "messaging", "The queue is not full");
        var (_, _, second) = await it.Writes();
        await it.Mode(second, "messaging");
        (await it.Types(second)).ShouldContain("promised");
    }

    [Fact, Trait("row", "LC12")]
    public async Task LC12_PA12_Whose_team_has_gone_home_is_given_nothing_until_it_is_at_work_again()
    {
        // It is Monday, nine. The sails' people work till ten and from eleven.
        await using var it = await Floor.Open(null, ("live.idleSeconds", "0"));
        var noor = await it.House.Hire("Noor");
        var day = new { zone = "Europe/London", week = new[] { new { day = "mon", from = "08:00", to = "10:00" }, new { day = "mon", from = "11:00", to = "12:00" } } };
        var team = (await it.House.Kim.Post("/v1/teams", new { name = "Sails", agents = new[] { noor.Id }, hours = day })).Expect(HttpStatusCode.Created)["id"];
        (await it.House.Kim.Patch($"/v1/inboxes/{it.House.Inbox}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        var noors = await it.Sits(noor);
        (await Availability(it))["state"].ShouldBe("live");
        var (_, _, one) = await it.Writes();
        (await Floor.Answers(noor, await Floor.Offer(noors, one))).Expect(HttpStatusCode.OK);
        await it.Mode(one, "live");

        var ben = await it.House.Ben();
        await using var bens = await Ear.Of(ben);
        await bens.Next("signal", Button("live"));
        var before = bens.Heard.Count;
        it.House.Clock.Advance(TimeSpan.FromMinutes(61));
        await bens.Next("signal", Button("messaging"), before);
        (await Availability(it))["why"].ShouldBe("nobody");
        // What she has she keeps; who comes now is answered later, though she sits there.
        (await it.Summary(one)).GetProperty("holder").GetProperty("id").GetString().ShouldBe(noor.Id);
        var (ana, _, two) = await it.Writes();
        await it.Mode(two, "messaging");

        before = bens.Heard.Count;
        it.House.Clock.Advance(TimeSpan.FromMinutes(60));
        await bens.Next("signal", Button("live"), before);
        (await ana.Post($"/v1/widget/conversations/{two}/live-request")).Expect(HttpStatusCode.OK);
        await Floor.Offer(noors, two);
    }

    [Fact, Trait("row", "LC12")]
    public async Task Who_waits_when_a_team_begins_is_offered_to_it_by_the_clock_alone()
    {
        await using var it = await Floor.Open();
        (await it.House.Kim.Put($"/v1/agents/{it.House.Kim.Id}/capacity", new { units = 1 })).Expect(HttpStatusCode.OK);
        var noor = await it.House.Hire("Noor");
        var later = new { zone = "Europe/London", week = new[] { new { day = "mon", from = "09:01", to = "12:00" } } };
        var team = (await it.House.Kim.Post("/v1/teams", new { name = "Sails", agents = new[] { noor.Id }, hours = later })).Expect(HttpStatusCode.Created)["id"];
        (await it.House.Kim.Patch($"/v1/inboxes/{it.House.Inbox}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        var (kims, noors) = (await it.Sits(it.House.Kim), await it.Sits(noor));
        var (_, _, one) = await it.Writes();
        (await Floor.Answers(it.House.Kim, await Floor.Offer(kims, one))).Expect(HttpStatusCode.OK);
        var (_, _, two) = await it.Writes();
        await it.Mode(two, "waiting");
        (await it.Types(two)).ShouldNotContain("offered");
        it.House.Clock.Advance(TimeSpan.FromMinutes(1));
        await Floor.Offer(noors, two);
    }

    [Fact, Trait("row", "LC10"), Trait("row", "LC9")]
    public async Task LC10_The_wait_is_measured_from_the_queue_to_the_yes_and_is_what_the_next_are_told()
    {
        await using var it = await Floor.Open();
        (await it.House.Kim.Put($"/v1/agents/{it.House.Kim.Id}/capacity", new { units = 20 })).Expect(HttpStatusCode.OK);
        var kims = await it.Sits(it.House.Kim);
        (await Availability(it)).Has("waitSeconds").ShouldBeFalse("Nothing is known yet.");
        for (var i = 0; i < 5; i++)
        {
            var (_, _, conversation) = await it.Writes();
            var offer = await Floor.Offer(kims, conversation);
            it.House.Clock.Advance(TimeSpan.FromSeconds(30));
            (await Floor.Answers(it.House.Kim, offer)).Expect(HttpStatusCode.OK);
            var entries = await it.Entries(conversation);
            var (queued, offered, accepted) = (At(entries, "queued"), At(entries, "offered"), At(entries, "accepted"));
            (offered - queued).TotalSeconds.ShouldBeInRange(0, 5);
            (accepted - queued).TotalSeconds.ShouldBeInRange(30, 36);
            await it.Mode(conversation, "live");
        }

        await Floor.Until(async () => (await Availability(it)).Has("waitSeconds"), "Nothing is said of the wait");
        var wait = (await Availability(it)).Body.GetProperty("waitSeconds");
        wait.GetProperty("low").GetInt64().ShouldBeInRange(29, 36);
        wait.GetProperty("high").GetInt64().ShouldBeInRange(wait.GetProperty("low").GetInt64(), 37);
    }

    [Fact]
    public async Task PA11_Who_speaks_the_customer_s_language_is_asked_and_where_nobody_does_anybody_is()
    {
        await using var it = await Floor.Open();
        var noor = await it.House.Hire("Noor");
        foreach (var (agent, languages) in new[] { (it.House.Kim, new[] { "en", "nl" }), (noor, ["de"]) })
        {
            (await it.House.Kim.Patch($"/v1/agents/{agent.Id}", new { languages })).Expect(HttpStatusCode.OK).Body.GetProperty("languages").EnumerateArray().Select(one => one.GetString()).ShouldBe(languages);
        }

        var (kims, noors) = (await it.Sits(it.House.Kim), await it.Sits(noor));
        foreach (var (language, ear) in new[] { ("de-AT", noors), ("de", noors), ("nl", kims), ("en-GB", kims) })
        {
            await Floor.Offer(ear, await Writes(it, language));
        }

        // Of French there is nobody: whoever has the most room.
        var french = await Writes(it, "fr");
        await it.Entry(french, "offered");

        // Whoever has no room keeps their language's customers waiting for them, as long as they are here.
        (await it.House.Kim.Put($"/v1/agents/{noor.Id}/capacity", new { units = 1 })).Expect(HttpStatusCode.OK);
        var german = await Writes(it, "de");
        await it.Mode(german, "waiting");
        (await it.Types(german)).ShouldNotContain("offered");
        (await noor.Put("/v1/me/presence", new { state = "away" })).Expect(HttpStatusCode.OK);
        await Floor.Offer(kims, german);
        (await it.House.Kim.Patch($"/v1/agents/{noor.Id}", new { languages = new[] { "Deutsch!" } })).Refused(HttpStatusCode.BadRequest, "languages.invalid");
        (await it.House.Kim.Patch($"/v1/agents/{noor.Id}", new { languages = Array.Empty<string>() })).Expect(HttpStatusCode.OK).Body.GetProperty("languages").GetArrayLength().ShouldBe(0);
    }

    private static async Task<string> Writes(Floor it, string language)
    {
        var browser = await it.House.Ana();
        it.Keep(await Ear.Of(browser));
        return (await browser.Post("/v1/widget/conversations", new { clientId = "1", content = new { type = "text", text = "…", language } })).Expect(HttpStatusCode.Created)["conversation.id"];
    }

    private static DateTimeOffset At(List<JsonElement> entries, string type) => entries.Single(entry => entry.GetProperty("type").GetString() == type).GetProperty("at").GetDateTimeOffset();

    private static async Task<Answer> Availability(Floor it) => (await it.House.Kim.Get($"/v1/inboxes/{it.House.Inbox}/availability")).Expect(HttpStatusCode.OK);

    private static Func<JsonElement, bool> Button(string button) => frame => frame.TryGetProperty("availability", out var it) && it.GetProperty("button").GetString() == button;
}
