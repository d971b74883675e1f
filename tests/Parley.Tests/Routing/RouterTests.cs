using System.Net;
using System.Text.Json;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Routing;

/// <summary>The whole product: what customers and agents do, and what is given to whom.</summary>
public class RouterTests
{
    [Fact, Trait("row", "LC10")]
    public async Task LC10_Who_writes_is_offered_to_an_agent_at_once_and_whoever_accepts_talks_with_them()
    {
        await using var it = await Floor.Open();
        var kims = await it.Sits(it.House.Kim);
        var (_, _, conversation) = await it.Writes();
        var offer = await Floor.Offer(kims, conversation);
        (await it.House.Kim.Get("/v1/me/offers")).Body.GetProperty("items")[0].GetProperty("id").GetString().ShouldBe(offer.GetProperty("id").GetString());
        (await it.Summary(conversation)).GetProperty("mode").GetString().ShouldBe("waiting");
        (await Floor.Answers(it.House.Kim, offer)).Expect(HttpStatusCode.OK);
        await it.Mode(conversation, "live");
        (await Floor.Gone(kims, conversation)).GetProperty("agent").GetString().ShouldBe(it.House.Kim.Id);
        (await it.Types(conversation)).ShouldContain("sessionStarted");
        var mine = await it.House.Kim.Get("/v1/me/offers");
        (mine["load"], mine["capacity"], mine.Body.GetProperty("items").GetArrayLength()).ShouldBe(("1", "4", 0));
    }

    [Fact]
    public async Task An_offer_that_is_answered_twice_or_by_another_says_who_has_it()
    {
        await using var it = await Floor.Open();
        var noor = await it.House.Hire("Noor");
        var kims = await it.Sits(it.House.Kim);
        var (_, _, conversation) = await it.Writes();
        var offer = await Floor.Offer(kims, conversation);
        // Nobody has accepted yet: it is in the queue.
        (await Floor.Answers(noor, offer)).Refused(HttpStatusCode.Conflict, "offer.over")["holder.kind"].ShouldBe("queue");
        (await Floor.Answers(it.House.Kim, offer)).Expect(HttpStatusCode.OK);
        var late = (await Floor.Answers(it.House.Kim, offer, "decline")).Refused(HttpStatusCode.Conflict, "offer.over");
        (late["holder.kind"], late["holder.id"], late["holder.name"]).ShouldBe(("agent", it.House.Kim.Id, "Kim"));
        (await it.House.Kim.Put("/v1/offers/ofr_00000000000000000000000000", new { answer = "accept" })).Refused(HttpStatusCode.NotFound, "offer.unknown");
    }

    [Fact]
    public async Task F3_When_all_decline_the_customer_has_a_promise_and_who_comes_later_is_asked_at_once()
    {
        await using var it = await Floor.Open(new { profile = "blended", hours = "always", liveWaitSeconds = 120 });
        var (noor, ravi) = (await it.House.Hire("Noor"), await it.House.Hire("Ravi"));
        var (kims, noors) = (await it.Sits(it.House.Kim), await it.Sits(noor));
        var (_, _, conversation) = await it.Writes();
        foreach (var turn in new[] { 1, 2 })
        {
            var first = (await it.Entry(conversation, "offered", entry => true)).GetProperty("agent").GetString() == it.House.Kim.Id;
            var kim = turn == 1 == first;
            (await Floor.Answers(kim ? it.House.Kim : noor, await Floor.Offer(kim ? kims : noors, conversation), "decline")).Expect(HttpStatusCode.OK);
        }

        it.House.Clock.Advance(TimeSpan.FromSeconds(121));
        await it.Entry(conversation, "promised");
        (await it.Summary(conversation)).GetProperty("mode").GetString().ShouldBe("waiting");
        var ravis = await it.Sits(ravi);
        (await Floor.Answers(ravi, await Floor.Offer(ravis, conversation))).Expect(HttpStatusCode.OK);
        await it.Mode(conversation, "live");
        (await it.Types(conversation)).Count(type => type == "declined").ShouldBe(2);
    }

    [Fact]
    public async Task F3_Who_lets_two_offers_pass_is_away_and_others_are_asked()
    {
        await using var it = await Floor.Open(new { profile = "blended", hours = "always", acceptSeconds = 20 });
        var kims = await it.Sits(it.House.Kim);
        var (_, _, one) = await it.Writes();
        var (_, _, two) = await it.Writes();
        var (_, _, three) = await it.Writes();
        await Floor.Offer(kims, one);
        await Floor.Offer(kims, two);
        await Floor.Offer(kims, three);
        var noor = await it.House.Hire("Noor");
        var noors = await it.Sits(noor);
        it.House.Clock.Advance(TimeSpan.FromSeconds(21));
        await kims.Next("signal", frame => frame.TryGetProperty("state", out var state) && state.GetString() == "away");
        foreach (var conversation in new[] { one, two, three })
        {
            await Floor.Offer(noors, conversation);
        }

        (await it.House.Kim.Get("/v1/me"))["state"].ShouldBe("away");
    }

    [Fact, Trait("row", "MS19")]
    public async Task MS19_Nobody_has_more_than_they_can_and_room_that_is_free_again_is_used_at_once()
    {
        await using var it = await Floor.Open();
        (await it.House.Kim.Put($"/v1/agents/{it.House.Kim.Id}/capacity", new { units = 1 })).Expect(HttpStatusCode.OK);
        var kims = await it.Sits(it.House.Kim);
        var (_, _, one) = await it.Writes();
        (await Floor.Answers(it.House.Kim, await Floor.Offer(kims, one))).Expect(HttpStatusCode.OK);
        var (_, _, two) = await it.Writes();
        await it.Mode(two, "waiting");
        (await it.Types(two)).ShouldNotContain("offered");
        (await it.House.Kim.Put($"/v1/conversations/{one}/closure")).Expect(HttpStatusCode.OK);
        (await Floor.Answers(it.House.Kim, await Floor.Offer(kims, two))).Expect(HttpStatusCode.OK);
        await it.Mode(two, "live");
    }

    [Fact, Trait("row", "MS19")]
    public async Task MS19_Talk_that_nobody_planned_goes_one_above_and_no_further()
    {
        await using var it = await Floor.Open();
        var noor = await it.House.Hire("Noor");
        (await it.House.Kim.Put($"/v1/agents/{noor.Id}/capacity", new { units = 1 })).Expect(HttpStatusCode.OK);
        var noors = await it.Sits(noor);
        var (_, _, first) = await it.Writes();
        (await Floor.Answers(noor, await Floor.Offer(noors, first))).Expect(HttpStatusCode.OK);
        await Floor.Until(async () => (await noor.Get("/v1/me/offers"))["load"] == "1", "She has no load of one unit");
        foreach (var mode in new[] { "live", "messaging" })
        {
            var (ana, _, conversation) = await it.Writes();
            (await it.House.Kim.Put($"/v1/conversations/{conversation}/assignment", new { agent = noor.Id })).Expect(HttpStatusCode.OK);
            (await it.House.Kim.Put($"/v1/conversations/{conversation}/later", new { })).Expect(HttpStatusCode.OK);
            await it.Mode(conversation, "messaging");
            (await noor.Post($"/v1/conversations/{conversation}/messages", new { clientId = "a", content = new { type = "text", text = "Here I am" } })).Expect(HttpStatusCode.Created);
            await it.Mode(conversation, mode);
            if (mode == "live")
            {
                await Floor.Until(async () => (await noor.Get("/v1/me/offers"))["load"] == "2", "She has no load of two units");
            }
        }
    }

    [Fact]
    public async Task F4_When_twelve_come_back_at_nine_nobody_owes_more_than_they_can_and_the_others_get_the_rest()
    {
        await using var it = await Floor.Open();
        var (noor, ravi) = (await it.House.Hire("Noor"), await it.House.Hire("Ravi"));
        (await it.House.Kim.Put($"/v1/agents/{noor.Id}/capacity", new { units = 2 })).Expect(HttpStatusCode.OK);
        var customers = new List<(Browser Browser, string Conversation)>();
        for (var i = 0; i < 12; i++)
        {
            var ana = await it.House.Ana();
            var conversation = await ana.Write($"In the evening {i}");
            (await noor.Post($"/v1/conversations/{conversation}/messages", new { clientId = "a", content = new { type = "text", text = "Tomorrow" } })).Expect(HttpStatusCode.Created);
            customers.Add((ana, conversation));
        }

        it.House.Clock.Advance(TimeSpan.FromHours(10));
        var noors = await it.Sits(noor);
        await it.Sits(ravi);
        foreach (var (browser, _) in customers)
        {
            it.Keep(await Ear.Of(browser));
        }

        // All in one moment: none of the twelve words knows of the others from what is known of her load.
        await Task.WhenAll(customers.Select(async each => (await each.Browser.Say(each.Conversation, "Good morning")).Expect(HttpStatusCode.Created)));
        await Floor.Until(async () => (await noor.Get("/v1/me/offers"))["load"] == "2", "She has no load of two units");
        var (hers, others) = (new List<string>(), new List<string>());
        foreach (var (_, conversation) in customers)
        {
            var moved = (await it.Entries(conversation)).Exists(entry => entry.GetProperty("type").GetString() == "assigned" && entry.GetProperty("cause").GetString() == "agentFull");
            (moved ? others : hers).Add(conversation);
        }

        (hers.Count, others.Count).ShouldBe((6, 6), "Six thirds are two units, exactly what she can; one more is too much.");
        (await Offered(ravi, 4)).ShouldBeSubsetOf(others);

        // What she owes stays hers, however much they write; and what went stays where it went.
        foreach (var (browser, conversation) in customers)
        {
            (await browser.Say(conversation, "Anybody?")).Expect(HttpStatusCode.Created);
            (await it.Types(conversation)).Count(type => type == "assigned").ShouldBe(hers.Contains(conversation) ? 0 : 1);
        }

        (await noor.Get("/v1/me/offers"))["load"].ShouldBe("2");
        noors.Heard.ShouldNotContain(frame => frame.GetRawText().Contains("\"offer\""));
    }

    private static async Task<List<string>> Offered(Person agent, int many)
    {
        List<string> found = [];
        await Floor.Until(async () => (found = [.. (await agent.Get("/v1/me/offers")).Body.GetProperty("items").EnumerateArray().Select(offer => offer.GetProperty("conversation").GetString()!)]).Count == many, $"{many} are not offered");
        return found;
    }

    [Fact]
    public async Task F2_When_an_agent_s_network_fails_the_customer_is_in_the_queue_again_at_the_old_place_and_another_has_them()
    {
        await using var it = await Floor.Open(new { profile = "blended", hours = "always", agentGraceSeconds = 30 });
        var noor = await it.House.Hire("Noor");
        var noors = await it.Sits(noor);
        var (_, _, conversation) = await it.Writes();
        (await Floor.Answers(noor, await Floor.Offer(noors, conversation))).Expect(HttpStatusCode.OK);
        await it.Mode(conversation, "live");
        noors.Cut();
        await Task.Delay(300);
        it.House.Clock.Advance(TimeSpan.FromSeconds(2));
        await it.Entry(conversation, "agentGone");
        it.House.Clock.Advance(TimeSpan.FromSeconds(31));
        var requeued = await it.Entry(conversation, "requeued");
        requeued.GetProperty("cause").GetString().ShouldBe("agentLeft");
        (await it.Types(conversation)).ShouldNotContain("closed");
        var kims = await it.Sits(it.House.Kim);
        (await Floor.Answers(it.House.Kim, await Floor.Offer(kims, conversation))).Expect(HttpStatusCode.OK);
        await it.Mode(conversation, "live");
    }

    [Theory]
    [InlineData("signs out")]
    [InlineData("is deactivated")]
    public async Task F2_When_an_agent_goes_their_customers_are_never_lost(string how)
    {
        await using var it = await Floor.Open(new { profile = "blended", hours = "always", agentGraceSeconds = 10 });
        var noor = await it.House.Hire("Noor");
        var noors = await it.Sits(noor);
        var (_, _, conversation) = await it.Writes();
        (await Floor.Answers(noor, await Floor.Offer(noors, conversation))).Expect(HttpStatusCode.OK);
        await it.Mode(conversation, "live");
        _ = how == "signs out" ? await noor.Delete("/v1/session") : await it.House.Kim.Patch($"/v1/agents/{noor.Id}", new { active = false });
        await Task.Delay(300);
        it.House.Clock.Advance(TimeSpan.FromSeconds(6));
        await Task.Delay(300);
        it.House.Clock.Advance(TimeSpan.FromSeconds(11));
        await it.Mode(conversation, "waiting");
        var kims = await it.Sits(it.House.Kim);
        (await Floor.Answers(it.House.Kim, await Floor.Offer(kims, conversation))).Expect(HttpStatusCode.OK);
        await it.Mode(conversation, "live");
    }

    [Fact, Trait("row", "LC6")]
    public async Task LC6_Who_drops_and_comes_back_goes_on_where_they_were_with_the_same_agent()
    {
        await using var it = await Floor.Open();
        var kims = await it.Sits(it.House.Kim);
        var (ana, anas, conversation) = await it.Writes();
        (await Floor.Answers(it.House.Kim, await Floor.Offer(kims, conversation))).Expect(HttpStatusCode.OK);
        await it.Mode(conversation, "live");
        anas.Cut();
        await Task.Delay(300);
        it.House.Clock.Advance(TimeSpan.FromSeconds(2));
        await it.Mode(conversation, "paused");
        await using var back = await Ear.Of(ana);
        await it.Mode(conversation, "live");
        (await it.Summary(conversation)).GetProperty("holder").GetProperty("id").GetString().ShouldBe(it.House.Kim.Id);
        (await it.Types(conversation)).Count(type => type == "sessionStarted").ShouldBe(1);
    }

    [Fact, Trait("row", "LC2")]
    public async Task Failure_2_Who_drops_out_is_not_asked_for_it_themselves_while_their_console_is_not_yet_missed()
    {
        await using var it = await Floor.Open(new { profile = "blended", hours = "always", agentGraceSeconds = 2 }, ("live.leaveSeconds", "20"));
        using var noor = await it.House.Hire("Noor");
        var noors = await it.Sits(noor);
        var (_, _, conversation) = await it.Writes();
        (await Floor.Answers(noor, await Floor.Offer(noors, conversation))).Expect(HttpStatusCode.OK);
        await it.Mode(conversation, "live");
        noors.Cut();
        await Task.Delay(300);
        it.House.Clock.Advance(TimeSpan.FromSeconds(1.5));
        await it.Entry(conversation, "agentGone");
        it.House.Clock.Advance(TimeSpan.FromSeconds(2));
        await it.Entry(conversation, "requeued");
        var kims = await it.Sits(it.House.Kim);
        await Floor.Offer(kims, conversation);
        (await it.Entries(conversation)).Where(entry => entry.GetProperty("type").GetString() == "offered").Select(entry => entry.GetProperty("agent").GetString()).ShouldBe([noor.Id, it.House.Kim.Id]);
        await using var back = await Ear.Of(noor);
        await it.Mode(conversation, "live");
        (await it.Summary(conversation)).GetProperty("holder").GetProperty("id").GetString().ShouldBe(noor.Id);
        await Floor.Gone(kims, conversation);
    }

    [Fact]
    public async Task BX1_Who_stays_away_while_an_answer_is_owed_has_a_promise_and_it_goes_on_as_messaging()
    {
        await using var it = await Floor.Open();
        var kims = await it.Sits(it.House.Kim);
        var (_, anas, conversation) = await it.Writes();
        (await Floor.Answers(it.House.Kim, await Floor.Offer(kims, conversation))).Expect(HttpStatusCode.OK);
        await it.Mode(conversation, "live");
        anas.Cut();
        await Task.Delay(300);
        it.House.Clock.Advance(TimeSpan.FromSeconds(2));
        await it.Mode(conversation, "paused");
        it.House.Clock.Advance(TimeSpan.FromSeconds(121));
        await it.Mode(conversation, "messaging");
        (await it.Entry(conversation, "promised")).GetProperty("told").GetProperty("text").GetString().ShouldNotBeNullOrEmpty();
        (await it.House.Kim.Get("/v1/me/offers"))["load"].ShouldBe("0.33");
    }

    [Fact, Trait("row", "LC11")]
    public async Task LC11_Who_leaves_before_anybody_accepts_is_abandoned_with_the_wait_where_one_waits_for_talk()
    {
        await using var it = await Floor.Open(new { profile = "strictLive", hours = "always", graceSeconds = 20 });
        var kims = await it.Sits(it.House.Kim);
        var (_, anas, conversation) = await it.Writes();
        await Floor.Offer(kims, conversation);
        it.House.Clock.Advance(TimeSpan.FromSeconds(10));
        anas.Cut();
        await Task.Delay(300);
        it.House.Clock.Advance(TimeSpan.FromSeconds(2));
        await it.Entry(conversation, "contactGone");
        it.House.Clock.Advance(TimeSpan.FromSeconds(21));
        (await it.Entry(conversation, "abandoned")).GetProperty("waitedMs").GetInt64().ShouldBeInRange(30_000, 60_000);
        await Floor.Gone(kims, conversation);
    }

    [Fact, Trait("row", "LC2"), Trait("row", "LC15")]
    public async Task LC2_In_strict_live_the_session_ends_when_the_customer_stays_away()
    {
        await using var it = await Floor.Open(new { profile = "strictLive", hours = "always", graceSeconds = 20 });
        var kims = await it.Sits(it.House.Kim);
        var (_, anas, conversation) = await it.Writes();
        (await Floor.Answers(it.House.Kim, await Floor.Offer(kims, conversation))).Expect(HttpStatusCode.OK);
        await it.Mode(conversation, "live");
        anas.Cut();
        await Task.Delay(300);
        it.House.Clock.Advance(TimeSpan.FromSeconds(2));
        await it.Mode(conversation, "paused");
        it.House.Clock.Advance(TimeSpan.FromSeconds(21));
        (await it.Entry(conversation, "sessionEnded")).GetProperty("reason").GetString().ShouldBe("contactLeft");
        await it.Mode(conversation, "ended");
    }

    [Fact, Trait("row", "LC9")]
    public async Task LC9_Who_waits_sees_their_place_and_how_it_moves()
    {
        await using var it = await Floor.Open(new { profile = "strictLive", hours = "always" });
        (await it.House.Kim.Put($"/v1/agents/{it.House.Kim.Id}/capacity", new { units = 1 })).Expect(HttpStatusCode.OK);
        var kims = await it.Sits(it.House.Kim);
        var (_, _, first) = await it.Writes();
        (await Floor.Answers(it.House.Kim, await Floor.Offer(kims, first))).Expect(HttpStatusCode.OK);
        var (_, bens, second) = await it.Writes();
        var (_, carlas, third) = await it.Writes();
        await bens.Next("signal", Place(second, 1));
        it.House.Clock.Advance(TimeSpan.FromSeconds(6));
        await carlas.Next("signal", Place(third, 2));
        (await it.House.Kim.Put($"/v1/conversations/{first}/closure")).Expect(HttpStatusCode.OK);
        (await Floor.Answers(it.House.Kim, await Floor.Offer(kims, second))).Expect(HttpStatusCode.OK);
        it.House.Clock.Advance(TimeSpan.FromSeconds(6));
        await carlas.Next("signal", Place(third, 1));
    }

    [Fact]
    public async Task A_restart_loses_no_place_and_makes_nobody_leave()
    {
        await using var it = await Floor.Open();
        var noor = await it.House.Hire("Noor");
        var noors = await it.Sits(noor);
        var (ana, _, live) = await it.Writes();
        (await Floor.Answers(noor, await Floor.Offer(noors, live))).Expect(HttpStatusCode.OK);
        await it.Mode(live, "live");
        (await noor.Put("/v1/me/presence", new { state = "busy" })).Expect(HttpStatusCode.OK);
        var kims = await it.Sits(it.House.Kim);
        var (ben, _, waiting) = await it.Writes();
        (await Floor.Answers(it.House.Kim, await Floor.Offer(kims, waiting), "decline")).Expect(HttpStatusCode.OK);
        await it.House.Restart();
        await using var again = await Ear.Of(ana);
        await using var there = await Ear.Of(ben);
        await using var hers = await Ear.Of(noor);
        (await noor.Put("/v1/me/presence", new { state = "online" })).Expect(HttpStatusCode.OK);
        await Floor.Offer(hers, waiting);
        (await it.Summary(live)).GetProperty("mode").GetString().ShouldBe("live");
        it.House.Clock.Advance(TimeSpan.FromSeconds(20));
        await Task.Delay(300);
        (await it.Types(live)).ShouldNotContain("contactGone");
        (await it.Summary(live)).GetProperty("mode").GetString().ShouldBe("live");
    }

    [Fact]
    public async Task Who_is_busy_keeps_what_they_have_and_what_was_offered_goes_to_others()
    {
        await using var it = await Floor.Open();
        var noor = await it.House.Hire("Noor");
        var kims = await it.Sits(it.House.Kim);
        var (_, _, conversation) = await it.Writes();
        await Floor.Offer(kims, conversation);
        var noors = await it.Sits(noor);
        (await it.House.Kim.Put("/v1/me/presence", new { state = "busy" })).Expect(HttpStatusCode.OK);
        await Floor.Gone(kims, conversation);
        (await Floor.Answers(noor, await Floor.Offer(noors, conversation))).Expect(HttpStatusCode.OK);
        (await it.Entry(conversation, "declined")).GetProperty("cause").GetString().ShouldBe("gone");
    }

    [Fact]
    public async Task Where_everybody_sees_it_nobody_is_asked_and_who_answers_first_takes_it()
    {
        await using var it = await Floor.Open(new { profile = "blended", hours = "always", assignment = "open" });
        await it.Sits(it.House.Kim);
        var (_, _, conversation) = await it.Writes();
        await it.Mode(conversation, "waiting");
        (await it.House.Kim.Post($"/v1/conversations/{conversation}/messages", new { clientId = "a", content = new { type = "text", text = "Hello" } })).Expect(HttpStatusCode.Created);
        await it.Mode(conversation, "live");
        (await it.Types(conversation)).ShouldNotContain("offered");
    }

    private static Func<JsonElement, bool> Place(string conversation, int place) => frame =>
        frame.TryGetProperty("kind", out var kind) && kind.GetString() == "queue" && frame.GetProperty("conversation").GetString() == conversation && frame.GetProperty("place").GetInt32() == place;
}
