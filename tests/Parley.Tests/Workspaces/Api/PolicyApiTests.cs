using System.Net;
using System.Text.Json.Nodes;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Workspaces.Api;

public class PolicyApiTests
{
    [Fact]
    public async Task OP8_A_new_inbox_is_blended_and_says_every_switch()
    {
        await using var it = await Lighthouse.Open();
        var policy = (await it.Kim.Get(At(it))).Expect(HttpStatusCode.OK);
        (policy["profile"], policy["graceSeconds"], policy["reopenHours"], policy["threads"], policy["assignment"]).ShouldBe(("blended", "120", "72", "many", "offer"));
        (policy["whenClosed"], policy["whenAgentLeaves"], policy["afterEnd"]).ShouldBe(("messaging", "queue", "new"));
        (policy["promise.kind"], policy["promise.seconds"]).ShouldBe(("learned", "86400"));
        var profiles = (await it.Kim.Get("/v1/profiles")).Expect(HttpStatusCode.OK);
        (profiles["strictLive.whenClosed"], profiles["blended.whenClosed"], profiles["messaging.idleSeconds"]).ShouldBe(("form", "messaging", "600"));
    }

    [Fact]
    public async Task OP8_One_setting_switches_the_profile_and_what_is_left_out_follows_it()
    {
        await using var it = await Lighthouse.Open();
        var strict = (await it.Kim.Put(At(it), new { profile = "strictLive", graceSeconds = 2 })).Expect(HttpStatusCode.OK);
        (strict["profile"], strict["graceSeconds"], strict["whenClosed"], strict["version"]).ShouldBe(("strictLive", "2", "form", "2"));
        (await it.Kim.Get($"/v1/inboxes/{it.Inbox}"))["profile"].ShouldBe("strictLive");
        var blended = (await it.Kim.Put(At(it), new { profile = "blended", reopenHours = 5 })).Expect(HttpStatusCode.OK);
        (blended["graceSeconds"], blended["whenClosed"], blended["reopenHours"]).ShouldBe(("120", "messaging", "5"));
        (await it.Kim.Get($"/v1/inboxes/{it.Inbox}"))["reopenHours"].ShouldBe("5");
        // The other way in changes the same thing.
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { profile = "messaging", reopenHours = 7 })).Expect(HttpStatusCode.OK);
        var messaging = await it.Kim.Get(At(it));
        (messaging["profile"], messaging["reopenHours"], messaging["version"]).ShouldBe(("messaging", "7", "4"));
    }

    [Fact]
    public async Task What_was_read_can_be_put_back_and_changes_nothing()
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Put(At(it), new
        {
            profile = "strictLive", graceSeconds = 1, agentGraceSeconds = 2, idleReminderSeconds = 3, idleSeconds = 4, acceptSeconds = 5, firstReplySeconds = 6, replySeconds = 7, liveWaitSeconds = 8,
            autoAccept = true, wrapUpSeconds = 9, reopenHours = 10, threads = "one", assignment = "open", queueLimit = 11, whenClosed = "hide", whenAgentLeaves = "end", afterEnd = "new",
            promise = new { kind = "fixed", seconds = 600 },
            hours = new { zone = "Europe/Berlin", week = new[] { new { day = "mon", from = "09:00", to = "17:00" } }, exceptions = new[] { new { date = "2026-12-24", intervals = new[] { new { from = "09:00", to = "12:00" } } } } },
        })).Expect(HttpStatusCode.OK);
        var read = (await it.Kim.Get(At(it))).Expect(HttpStatusCode.OK);
        read.Body.GetProperty("hours").GetProperty("exceptions")[0].GetProperty("intervals")[0].GetProperty("to").GetString().ShouldBe("12:00");
        var body = JsonNode.Parse(read.Text)!.AsObject();
        var again = (await it.Kim.Raw(HttpMethod.Put, At(it), body.ToJsonString())).Expect(HttpStatusCode.OK);
        again.Text.ShouldBe(read.Text);
        (await it.Kim.Put(At(it), new { hours = "always" })).Expect(HttpStatusCode.OK)["hours"].ShouldBe("always");
        (await it.Kim.Put(At(it), new { })).Expect(HttpStatusCode.OK).Has("hours").ShouldBeFalse();
    }

    [Fact, Trait("row", "OP8")]
    public async Task OP8_A_trial_of_some_hours_is_seen_in_the_settings_outlasts_a_restart_and_ends_by_itself()
    {
        await using var it = await Lighthouse.Open();
        var until = it.Clock.GetUtcNow().AddHours(3);
        var begun = (await it.Kim.Put(Trial(it), new { profile = "messaging", until })).Expect(HttpStatusCode.OK);
        (begun["profile"], begun["trial.former"], begun["trial.profile"]).ShouldBe(("messaging", "blended", "messaging"));
        (await it.Kim.Put(Trial(it), new { profile = "strictLive", until })).Refused(HttpStatusCode.Conflict, "trial.running");
        await it.Restart(() => it.Clock.Advance(TimeSpan.FromHours(1)));
        (await it.Kim.Get(At(it)))["trial.until"].ShouldBe(begun["trial.until"]);
        it.Clock.Advance(TimeSpan.FromHours(2));
        await Until(async () => (await it.Kim.Get(At(it)))["profile"] == "blended");
        (await it.Kim.Get(At(it))).Has("trial").ShouldBeFalse();

        // What is planned waits for its time; whoever ends it takes it back.
        var from = it.Clock.GetUtcNow().AddHours(1);
        var planned = (await it.Kim.Put(Trial(it), new { profile = "strictLive", from, until = from.AddHours(2) })).Expect(HttpStatusCode.OK);
        (planned["profile"], planned["trial.profile"]).ShouldBe(("blended", "strictLive"));
        it.Clock.Advance(TimeSpan.FromHours(1));
        await Until(async () => (await it.Kim.Get(At(it)))["profile"] == "strictLive");
        (await it.Kim.Delete(Trial(it))).Expect(HttpStatusCode.OK)["profile"].ShouldBe("blended");
        (await it.Kim.Delete(Trial(it))).Refused(HttpStatusCode.NotFound, "trial.unknown");
        (await it.Kim.Put(Trial(it), new { profile = "messaging", until = from })).Refused(HttpStatusCode.BadRequest, "trial.invalid");
        using var noor = await it.Hire("Noor");
        (await noor.Put(Trial(it), new { profile = "messaging", until })).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        var changes = (await it.Kim.Get("/v1/changes?limit=500")).Body.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("type").GetString()).Where(type => type!.StartsWith("trial", StringComparison.Ordinal));
        changes.ShouldBe(["trialBegun", "trialEnded", "trialPlanned", "trialBegun", "trialEnded"]);
    }

    [Fact, Trait("row", "OP8")]
    public async Task OP8_Who_comes_back_after_the_switch_is_told_once_and_who_is_new_or_in_the_middle_is_not()
    {
        await using var it = await Lighthouse.Open();
        var (ana, ben) = (await it.Ana("ana"), await it.Ben("ben"));
        var (first, second, hers) = (await ana.Write("Is it blue?"), await ana.Write("And the ropes?"), await ben.Write("Hello?"));
        (await it.Kim.Put(At(it), new { profile = "messaging" })).Expect(HttpStatusCode.OK);
        (await ana.Say(first, "I am back.")).Expect(HttpStatusCode.Created);
        await Until(async () => (await Told(ana, first)).Count == 1);
        (await Told(ana, first)).Single().ShouldStartWith("New here: write whenever you like");
        (await ana.Say(second, "And here.")).Expect(HttpStatusCode.Created);
        (await ana.Say(first, "Anybody?")).Expect(HttpStatusCode.Created);
        var zoe = it.Browser();
        (await zoe.Begin()).Expect(HttpStatusCode.Created);
        var news = await zoe.Write("I am new.");

        // Whoever was not here while it was otherwise hears nothing of it: back again, only Ana and Zoe have something to learn.
        it.Clock.Advance(TimeSpan.FromMinutes(1));
        (await it.Kim.Put(At(it), new { profile = "blended" })).Expect(HttpStatusCode.OK);
        (await ben.Say(hers, "Still there.")).Expect(HttpStatusCode.Created);
        (await zoe.Say(news, "Back again.")).Expect(HttpStatusCode.Created);
        await Until(async () => (await Told(zoe, news)).Count == 1);
        // A new thread of somebody who was here before is told too, and only once.
        var third = await ana.Write("A third matter.");
        await Until(async () => (await Told(ana, third)).Count == 1);
        (await Told(ana, third)).Single().ShouldStartWith("New here: we talk at once");
        ((await Told(ana, first)).Count, (await Told(ana, second)).Count, (await Told(ben, hers)).Count).ShouldBe((1, 0, 0));
    }

    [Fact]
    public async Task It_is_there_after_a_restart()
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Put(At(it), new { profile = "messaging", graceSeconds = 3, hours = "always" })).Expect(HttpStatusCode.OK);
        await it.Restart();
        var policy = (await it.Kim.Get(At(it))).Expect(HttpStatusCode.OK);
        (policy["profile"], policy["graceSeconds"], policy["hours"]).ShouldBe(("messaging", "3", "always"));
    }

    [Fact]
    public async Task Nothing_is_a_time_too_where_it_can_be_one()
    {
        await using var it = await Lighthouse.Open();
        var policy = (await it.Kim.Put(At(it), new { graceSeconds = 0, agentGraceSeconds = 0, liveWaitSeconds = 0, queueLimit = 0 })).Expect(HttpStatusCode.OK);
        (policy["graceSeconds"], policy["agentGraceSeconds"], policy["liveWaitSeconds"], policy["queueLimit"]).ShouldBe(("0", "0", "0", "0"));
    }

    [Theory]
    [InlineData("{\"graceSeconds\":-1}", "policy.invalid", "graceSeconds")]
    [InlineData("{\"acceptSeconds\":86401}", "policy.invalid", "acceptSeconds")]
    [InlineData("{\"wrapUpSeconds\":-1}", "policy.invalid", "wrapUpSeconds")]
    [InlineData("{\"agentGraceSeconds\":-1}", "policy.invalid", "agentGraceSeconds")]
    [InlineData("{\"liveWaitSeconds\":-1}", "policy.invalid", "liveWaitSeconds")]
    [InlineData("{\"idleSeconds\":0}", "policy.invalid", "idleSeconds")]
    [InlineData("{\"queueLimit\":-1}", "policy.invalid", "queueLimit")]
    [InlineData("{\"profile\":\"blended\",\"gracesecond\":5}", "policy.invalid", "gracesecond")]
    [InlineData("{\"promise\":{\"kind\":\"fixed\",\"seconds\":0}}", "policy.invalid", "promise.seconds")]
    [InlineData("{\"reopenHours\":-1}", "reopenHours.invalid", "reopenHours")]
    [InlineData("{\"hours\":{\"zone\":\"Berlin\",\"week\":[]}}", "zone.unknown", "hours.zone")]
    [InlineData("{\"hours\":\"never\"}", "request.malformed", "hours")]
    [InlineData("{\"hours\":{\"zone\":\"UTC\",\"week\":[{\"day\":\"moon\",\"from\":\"09:00\",\"to\":\"10:00\"}]}}", "request.malformed", "hours.week[0].day")]
    [InlineData("{\"hours\":{\"zone\":\"UTC\",\"week\":[{\"day\":\"mon\",\"from\":\"09:00\",\"to\":\"10:00\"},{\"day\":\"tue\"}]}}", "request.malformed", "hours.week[1].from")]
    [InlineData("{\"hours\":{\"zone\":\"UTC\",\"week\":[],\"exceptions\":[{\"date\":\"2026-12-25\"}]}}", "request.malformed", "hours.exceptions[0].intervals")]
    [InlineData("{\"hours\":{\"zone\":null,\"week\":[]}}", "request.malformed", "hours.zone")]
    [InlineData("{\"hours\":{\"week\":[]}}", "request.malformed", "hours.zone")]
    [InlineData("{\"profile\":\"quiet\"}", "request.malformed", "profile")]
    [InlineData("{\"threads\":\"some\"}", "request.malformed", "threads")]
    [InlineData("{\"graceSeconds\":\"two\"}", "request.malformed", "graceSeconds")]
    [InlineData("{\"promise\":{\"kind\":\"kept\"}}", "request.malformed", "promise.kind")]
    [InlineData("{\"promise\":{\"kind\":\"fixed\",\"secs\":5}}", "request.malformed", "promise.secs")]
    [InlineData("{\"hours\":{\"zone\":\"UTC\",\"week\":[],\"holidays\":[]}}", "request.malformed", "hours.holidays")]
    [InlineData("{\"hours\":{\"zone\":\"UTC\",\"week\":[{\"day\":\"mon\",\"from\":\"09:00\",\"to\":\"10:00\",\"untill\":\"11:00\"}]}}", "request.malformed", "hours.week[0].untill")]
    [InlineData("{\"hours\":{\"zone\":\"UTC\",\"week\":[],\"exceptions\":[{\"date\":\"2026-12-25\",\"intervals\":[],\"closed\":true}]}}", "request.malformed", "hours.exceptions[0].closed")]
    [InlineData("{\"hours\":{\"zone\":\"UTC\",\"week\":[],\"week\":[]}}", "request.malformed", "hours")]
    [InlineData("{\"hours\":{\"zone\":\"UTC\",\"week\":[{\"day\":8,\"from\":\"09:00\",\"to\":\"10:00\"}]}}", "request.malformed", "hours.week[0].day")]
    [InlineData("{\"hours\":{\"zone\":\"UTC\",\"week\":[{\"day\":\"friday\",\"from\":\"22:00\",\"to\":\"02:00\",\"pastMidnight\":false}]}}", "hours.invalid", "hours.week[0].to")]
    public async Task What_cannot_be_is_refused_with_the_field_named(string body, string code, string field)
    {
        await using var it = await Lighthouse.Open();
        var answer = await it.Kim.Raw(HttpMethod.Put, At(it), body);
        answer.Refused(HttpStatusCode.BadRequest, code);
        answer.Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(field);
        (await it.Kim.Get(At(it)))["version"].ShouldBe("1");
    }

    [Fact, Trait("row", "PA12")]
    public async Task PA12_Hours_are_read_as_others_write_them_too_and_said_as_we_do()
    {
        await using var it = await Lighthouse.Open();
        var week = """[{"day":"Friday","from":"22:00:00","to":"02:00","pastMidnight":true},{"day":0,"from":"10:00","to":"24:00"},{"day":"SUN","from":"08:00","to":"09:00"},{"day":1,"from":"09:00","to":"17:00"}]""";
        var exceptions = """[{"date":"2026-12-24","intervals":[{"from":"20:00","to":"01:00:00","pastMidnight":true}]}]""";
        var said = (await it.Kim.Raw(HttpMethod.Put, At(it), $$$"""{"hours":{"zone":"UTC","week":{{{week}}},"exceptions":{{{exceptions}}}}}""")).Expect(HttpStatusCode.OK).Body.GetProperty("hours").GetRawText();
        said.ShouldBe("""{"zone":"UTC","week":[{"day":"fri","from":"22:00","to":"02:00","nextDay":true},{"day":"sun","from":"10:00","to":"24:00"},{"day":"sun","from":"08:00","to":"09:00"},{"day":"mon","from":"09:00","to":"17:00"}],"exceptions":[{"date":"2026-12-24","intervals":[{"from":"20:00","to":"01:00","nextDay":true}]}]}""");
    }

    [Fact]
    public async Task Agents_read_it_and_administrators_set_it()
    {
        await using var it = await Lighthouse.Open();
        var noor = await it.Hire("Noor");
        (await noor.Get(At(it))).Expect(HttpStatusCode.OK);
        (await noor.Put(At(it), new { profile = "messaging" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await it.Kim.Get("/v1/inboxes/inb_01j00000000000000000000000/policy")).Refused(HttpStatusCode.NotFound, "inbox.unknown");
        (await it.Kim.Put("/v1/inboxes/inb_01j00000000000000000000000/policy", new { })).Refused(HttpStatusCode.NotFound, "inbox.unknown");
    }

    [Fact]
    public async Task ZD5_From_chat_to_messaging_is_one_setting_and_a_chat_that_runs_goes_on_as_it_began()
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Put(At(it), new { profile = "strictLive", hours = "always" })).Expect(HttpStatusCode.OK);
        await using var kims = await Ear.Of(it.Kim);
        (await it.Kim.Put("/v1/me/presence", new { state = "online" })).Expect(HttpStatusCode.OK);
        var ana = await it.Ana();
        await using var anas = await Ear.Of(ana);
        var chat = await ana.Write("Is the mooring free?");
        await Answer("It is.");
        (await Mode(chat)).ShouldBe("live");

        (await it.Kim.Put(At(it), new { profile = "messaging", hours = "always" })).Expect(HttpStatusCode.OK)["profile"].ShouldBe("messaging");
        (await Mode(chat)).ShouldBe("live");
        (await ana.Say(chat, "Then I take it.")).Expect(HttpStatusCode.Created);
        await Answer("It is yours.");
        (await Mode(chat)).ShouldBe("live");
        // Whoever begins now writes, though Kim sits there; the chat ends for good, as was said when it began.
        (await Mode(await (await it.Ana()).Write("And what does it cost?"))).ShouldBe("messaging");
        (await it.Kim.Put($"/v1/conversations/{chat}/closure")).Expect(HttpStatusCode.OK);
        (await Mode(chat)).ShouldBe("ended");
        (await ana.Say(chat, "One more thing")).Refused(HttpStatusCode.Conflict, "conversation.ended");

        async Task Answer(string text) => (await it.Kim.Post($"/v1/conversations/{chat}/messages", new { clientId = text, content = new { type = "text", text } })).Expect(HttpStatusCode.Created);
        async Task<string> Mode(string id) => (await it.Kim.Get($"/v1/conversations/{id}")).Expect(HttpStatusCode.OK)["mode"];
    }

    [Fact]
    public async Task MS27_A_limit_of_live_chat_is_set_alone_and_customers_find_it_so()
    {
        await using var it = await Lighthouse.Open();
        await using var kims = await Ear.Of(it.Kim);
        (await it.Kim.Put("/v1/me/presence", new { state = "online" })).Expect(HttpStatusCode.OK);
        var written = (await it.Kim.Put(At(it), new { profile = "strictLive", hours = "always", liveAllowed = false })).Expect(HttpStatusCode.OK);
        (written["liveAllowed"], written["endsSessions"], written["oneDevice"], written["hidesEarlier"], written["showsQueue"]).ShouldBe(("False", "True", "True", "True", "True"));
        (await it.Kim.Get($"/v1/inboxes/{it.Inbox}/availability"))["state"].ShouldBe("messaging");

        // Blended with an end: what is over is over.
        (await it.Kim.Put(At(it), new { profile = "blended", hours = "always", endsSessions = true, afterEnd = "refuse" })).Expect(HttpStatusCode.OK);
        var ana = await it.Ana();
        await using var anas = await Ear.Of(ana);
        var chat = await ana.Write("Is the mooring free?");
        (await it.Kim.Post($"/v1/conversations/{chat}/messages", new { clientId = "yes", content = new { type = "text", text = "It is." } })).Expect(HttpStatusCode.Created);
        (await it.Kim.Put($"/v1/conversations/{chat}/closure")).Expect(HttpStatusCode.OK);
        (await ana.Say(chat, "One more thing")).Refused(HttpStatusCode.Conflict, "conversation.ended");
        // And strict without one: it goes on.
        (await it.Kim.Put(At(it), new { profile = "strictLive", hours = "always", endsSessions = false })).Expect(HttpStatusCode.OK);
        var open = await (await it.Ana()).Write("And the crane?");
        (await it.Kim.Put($"/v1/conversations/{open}/closure")).Expect(HttpStatusCode.OK);
        (await it.Kim.Get($"/v1/conversations/{open}")).Expect(HttpStatusCode.OK)["mode"].ShouldNotBe("ended");
    }

    /// <summary>Within ten seconds: what is due is looked for twice a second.</summary>
    private static async Task Until(Func<Task<bool>> so)
    {
        for (var tries = 0; tries < 200 && !await so(); tries++)
        {
            await Task.Delay(50);
        }

        (await so()).ShouldBeTrue();
    }

    private static string Trial(Lighthouse it) => $"/v1/inboxes/{it.Inbox}/trial";

    private static async Task<List<string>> Told(Browser browser, string thread) =>
        [.. (await browser.Read(thread)).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Where(entry => entry.GetProperty("type").GetString() == "informed").Select(entry => entry.GetProperty("told").GetProperty("text").GetString()!)];

    private static string At(Lighthouse it) => $"/v1/inboxes/{it.Inbox}/policy";
}
