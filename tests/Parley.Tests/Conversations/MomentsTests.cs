using System.Net;
using System.Text.Json;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Conversations;

/// <summary>The machine in the product: who is here decides, wake-ups come by themselves, and everybody reads what is theirs.</summary>
public class MomentsTests
{
    [Fact, Trait("row", "MS11")]
    public async Task With_both_here_a_first_word_waits_and_an_answer_makes_it_live()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        await using var kims = await Ear.Of(house.Kim);
        await Online(house.Kim);
        await using var hers = await Ear.Of(ana);
        var it = await ana.Write("Is somebody here?");
        (await house.Kim.Get($"/v1/conversations/{it}"))["mode"].ShouldBe("waiting");
        (await house.Kim.Post($"/v1/conversations/{it}/messages", new { clientId = "1", content = new { text = "I am" } })).Expect(HttpStatusCode.Created);
        var row = await house.Kim.Get($"/v1/conversations/{it}");
        (row["mode"], row["holder.kind"]).ShouldBe(("live", "agent"));
        Types(await house.Kim.Get($"/v1/conversations/{it}/timeline")).Where(type => type != "offered").ShouldBe(["opened", "episodeOpened", "message", "queued", "message", "accepted", "sessionStarted", "modeChanged"]);
        var seen = await ana.Read(it);
        Types(seen).ShouldBe(["message", "queued", "message", "modeChanged"]);
        seen.Text.ShouldNotContain("number");

        (await ana.Delete($"/v1/widget/conversations/{it}/session")).Expect(HttpStatusCode.OK);
        (await house.Kim.Get($"/v1/conversations/{it}"))["mode"].ShouldBe("messaging");
    }

    [Fact, Trait("row", "MS12")]
    public async Task Who_is_not_accepted_in_time_has_a_promise_that_both_sides_read()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        await using var kims = await Ear.Of(house.Kim);
        await Online(house.Kim);
        await using var hers = await Ear.Of(ana);
        var it = await ana.Write("Is somebody here?");
        house.Clock.Advance(TimeSpan.FromSeconds(121));
        var promised = (await hers.Next("event", frame => frame.GetProperty("entry").GetProperty("type").GetString() == "promised")).GetProperty("entry");
        promised.GetProperty("told").GetProperty("code").GetString().ShouldBe("promise.queue");
        (await house.Kim.Get($"/v1/conversations/{it}"))["mode"].ShouldBe("waiting");
        await Until(async () => (await ana.Get("/v1/widget/conversations")).Text.Contains("\"promise\":{\"due\"", StringComparison.Ordinal));
        (await house.Kim.Get($"/v1/conversations/{it}"))["promise.ground"].ShouldBe("fixed");
    }

    [Fact]
    public async Task Who_said_that_they_are_gone_and_not_until_when_keeps_nobody_from_who_is_here()
    {
        await using var house = await Lighthouse.Open();
        (await house.Kim.Put($"/v1/inboxes/{house.Inbox}/policy", new { profile = "blended", hours = "always" })).Expect(HttpStatusCode.OK);
        using var noor = await house.Hire("Noor");
        var ana = await house.Ana();
        var it = await ana.Write("Is it blue?");
        (await noor.Post($"/v1/conversations/{it}/messages", new { clientId = "1", content = new { text = "It is" } })).Expect(HttpStatusCode.Created);
        (await noor.Put("/v1/me/presence", new { state = "offline" })).Expect(HttpStatusCode.OK);
        await using var kims = await Ear.Of(house.Kim);
        await Online(house.Kim);
        await using var hers = await Ear.Of(ana);
        (await ana.Post($"/v1/widget/conversations/{it}/messages", new { clientId = "2", content = new { type = "text", text = "And green?" } })).Expect(HttpStatusCode.Created);
        Types(await house.Kim.Get($"/v1/conversations/{it}/timeline")).ShouldContain("assigned");
        (await house.Kim.Get($"/v1/conversations/{it}"))["mode"].ShouldBe("waiting");
    }

    [Fact, Trait("row", "MS12")]
    public async Task By_the_customers_clock_and_colleagues_read_by_whose_it_is()
    {
        await using var house = await Lighthouse.Open();
        // The morning of the cast is a Monday, 9:00 in UTC: in the office it opens in an hour.
        var week = new[] { new { day = "mon", from = "10:00", to = "17:00" } };
        (await house.Kim.Put($"/v1/inboxes/{house.Inbox}/policy", new { profile = "blended", hours = new { zone = "UTC", week }, promise = new { kind = "fixed" } })).Expect(HttpStatusCode.OK);
        var told = new List<JsonElement>();
        foreach (var zone in new[] { "America/New_York", "Africa/Abidjan", "Mars/Olympus", null })
        {
            using var browser = new Caller(house.Address);
            browser.Bearer = (await browser.Post("/v1/widget/sessions", new { inbox = house.Inbox, timeZone = zone })).Expect(HttpStatusCode.Created)["token"];
            var id = (await browser.Post("/v1/widget/conversations", new { clientId = "1", content = new { type = "text", text = "Hello?" } })).Expect(HttpStatusCode.Created)["conversation.id"];
            told.Add((await browser.Get($"/v1/widget/conversations/{id}/timeline")).Body.GetProperty("items").EnumerateArray().First(item => item.TryGetProperty("told", out _)).GetProperty("told"));
        }

        told.Select(one => one.GetProperty("text").GetString()).ShouldBe(["Thank you for your message. Our answer will be here by 06:00.", .. Enumerable.Repeat("Thank you for your message. Our answer will be here by 11:00.", 3)]);
        told.Select(one => one.GetProperty("params").TryGetProperty("zone", out var its) ? its.GetString() : null).ShouldBe(["America/New_York", null, null, null]);
    }

    [Fact, Trait("row", "MS12")]
    public async Task In_its_own_words_and_the_customers_language()
    {
        await using var house = await Lighthouse.Open();
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { texts = new Dictionary<string, object> { ["de"] = new Dictionary<string, string> { ["promise.first"] = "Ahoi! Antwort {when}." } } })).Expect(HttpStatusCode.OK);
        var ana = await house.Ana();
        var answer = (await ana.Post("/v1/widget/conversations", new { clientId = "1", content = new { type = "text", text = "Hallo?", language = "de-AT" } })).Expect(HttpStatusCode.Created);
        var told = (await ana.Read(answer["conversation.id"])).Body.GetProperty("items")[1].GetProperty("told");
        told.GetProperty("text").GetString().ShouldBe("Ahoi! Antwort meist innerhalb eines Tages.");
        told.GetProperty("language").GetString().ShouldBe("de");
    }

    [Fact, Trait("row", "LC3")]
    public async Task A_session_that_has_ended_is_hidden_and_a_word_to_it_begins_the_next_where_the_inbox_says_so()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        await using var kims = await Ear.Of(house.Kim);
        await Online(house.Kim);
        await using var hers = await Ear.Of(ana);
        (await house.Kim.Put($"/v1/inboxes/{house.Inbox}/policy", new { profile = "strictLive", hours = "always" })).Expect(HttpStatusCode.OK);
        var it = await Talk(house, ana, "1");
        (await ana.Delete($"/v1/widget/conversations/{it}/session")).Expect(HttpStatusCode.OK);
        (await ana.Say(it, "One thing more")).Refused(HttpStatusCode.Conflict, "conversation.ended");
        (await ana.Threads()).ShouldBeEmpty();
        (await ana.Read(it)).Text.ShouldNotContain("Is somebody here?");
        (await house.Kim.Get($"/v1/conversations/{it}/timeline")).Text.ShouldContain("Is somebody here?");

        (await house.Kim.Put($"/v1/inboxes/{house.Inbox}/policy", new { profile = "strictLive", hours = "always", afterEnd = "new" })).Expect(HttpStatusCode.OK);
        it = await Talk(house, ana, "2");
        (await ana.Delete($"/v1/widget/conversations/{it}/session")).Expect(HttpStatusCode.OK);
        var next = (await ana.Say(it, "One thing more")).Expect(HttpStatusCode.Created);
        next["conversation"].ShouldNotBe(it);
        (await house.Kim.Get($"/v1/conversations/{next["conversation"]}"))["mode"].ShouldBe("waiting");
    }

    [Fact, Trait("row", "LC1")]
    public async Task Strict_live_with_nobody_there_begins_nothing()
    {
        await using var house = await Lighthouse.Open();
        (await house.Kim.Put($"/v1/inboxes/{house.Inbox}/policy", new { profile = "strictLive", hours = "always" })).Expect(HttpStatusCode.OK);
        var ana = await house.Ana();
        (await ana.Post("/v1/widget/conversations", new { clientId = "1", content = new { type = "text", text = "Hello?" } })).Refused(HttpStatusCode.Conflict, "inbox.closed");
    }

    [Fact]
    public async Task Where_there_is_one_thread_the_next_word_goes_on_in_it()
    {
        await using var house = await Lighthouse.Open();
        (await house.Kim.Put($"/v1/inboxes/{house.Inbox}/policy", new { profile = "blended", hours = "always", threads = "one" })).Expect(HttpStatusCode.OK);
        var ana = await house.Ana();
        var it = await ana.Write("Hello");
        (await ana.Write("And another thing")).ShouldBe(it);
        (await ana.Threads()).ShouldBe([it]);
    }

    [Fact, Trait("row", "MS14")]
    public async Task Who_asks_to_talk_now_reads_why_not()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("Hello");
        (await ana.Post($"/v1/widget/conversations/{it}/live-request")).Refused(HttpStatusCode.Conflict, "live.nobody");
        await using var kims = await Ear.Of(house.Kim);
        await Online(house.Kim);
        await using var hers = await Ear.Of(ana);
        Types((await ana.Post($"/v1/widget/conversations/{it}/live-request")).Expect(HttpStatusCode.OK), "entries").ShouldBe(["liveRequested", "modeChanged", "queued"]);
        (await house.Kim.Get($"/v1/conversations/{it}"))["mode"].ShouldBe("waiting");
    }

    [Fact, Trait("row", "MS12")]
    public async Task An_agent_says_by_when_they_come_back()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("Hello");
        var by = house.Clock.GetUtcNow().AddDays(2);
        (await house.Kim.Put($"/v1/conversations/{it}/later", new { by })).Expect(HttpStatusCode.OK);
        (await house.Kim.Get($"/v1/conversations/{it}"))["promise.ground"].ShouldBe("agent");
        (await ana.Read(it)).Text.ShouldContain("Kim will write here by Wednesday");
        (await house.Kim.Put($"/v1/conversations/{it}/later", new { by = by.AddDays(-4) })).Refused(HttpStatusCode.BadRequest, "by.invalid");
    }

    private static async Task<string> Talk(Lighthouse house, Browser ana, string id)
    {
        var it = (await ana.Post("/v1/widget/conversations", new { clientId = id, content = new { type = "text", text = "Is somebody here?" } })).Expect(HttpStatusCode.Created)["conversation.id"];
        (await house.Kim.Post($"/v1/conversations/{it}/messages", new { clientId = id, content = new { text = "I am" } })).Expect(HttpStatusCode.Created);
        (await house.Kim.Get($"/v1/conversations/{it}"))["mode"].ShouldBe("live");
        return it;
    }

    private static async Task Online(Person kim) => (await kim.Put("/v1/me/state", new { state = "online" })).Expect(HttpStatusCode.OK);

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (var patience = 200; !await holds(); patience--)
        {
            patience.ShouldBeGreaterThan(0);
            await Task.Delay(25);
        }
    }

    private static List<string?> Types(Answer page, string name = "items") => [.. page.Body.GetProperty(name).EnumerateArray().Select(entry => entry.GetProperty("type").GetString())];
}
