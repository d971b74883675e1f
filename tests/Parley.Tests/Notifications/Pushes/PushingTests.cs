using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Contacts;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Parley.Tests.Platform.Push;
using Parley.Workspaces;
using Shouldly;
using Floor = Parley.Tests.Routing.Floor;

namespace Parley.Tests.Notifications.Pushes;

public sealed class PushingTests
{
    private static readonly TimeSpan Ten = TimeSpan.FromSeconds(11);

    [Fact, Trait("row", "OP7")]
    public async Task OP7_Whoever_has_closed_the_console_is_told_of_theirs_and_of_new_ones_until_somebody_takes_them()
    {
        await using var sink = new PushSink();
        await using var it = await Lighthouse.Open(PushSink.Settings);
        var noor = await it.Hire("Noor");
        var kims = await Subscribed(it.Kim, sink);
        var noors = await Subscribed(noor, sink, "de");
        var ravi = await it.Hire("Ravi");
        var ravis = await Subscribed(ravi, sink);
        var open = await Ear.Of(ravi);
        var ana = await it.Ana("ana-1");
        var thread = await ana.Write("Is my sail ready?");
        await Read(it);
        it.Clock.Advance(Ten);
        var push = await sink.To(noors);
        Fields(push).ShouldBe(("team", thread, "de", "Ana", "Is my sail ready?"));
        VapidTests.Claims(push.Authorization).GetProperty("aud").GetString().ShouldBe(sink.Address.TrimEnd('/'));
        await sink.To(kims);

        // Ravi had the console open, and closes it once it was looked at what is for him: nothing was shown that could be taken from him.
        await Sent(it);
        await open.DisposeAsync();
        await Gone(it, ravi);

        // Noor answers from her telephone: for Kim it disappears.
        (await noor.Post($"/v1/conversations/{thread}/messages", new { clientId = "a", content = new { type = "text", text = "It is." } })).Expect(HttpStatusCode.Created);
        await Read(it);
        (await sink.To(kims, 2)).Said.GetProperty("kind").GetString().ShouldBe("taken");
        (await ana.Say(thread, "Wonderful!")).Expect(HttpStatusCode.Created);
        await Read(it);
        it.Clock.Advance(Ten);
        Fields(await sink.To(noors, 2)).ShouldBe(("mine", thread, "de", "Ana", "Wonderful!"));

        (await noor.Post($"/v1/conversations/{thread}/notes", new { clientId = "n", text = "Kim, please look", mentions = new[] { it.Kim.Id } })).Expect(HttpStatusCode.Created);
        await Read(it);
        it.Clock.Advance(Ten);
        (await sink.To(kims, 3)).Said.GetProperty("kind").GetString().ShouldBe("mention");
        await Task.Delay(300);
        sink.Pushes.Count(each => each.Browser == noors).ShouldBe(2, "Nobody is told what they did themselves.");
        sink.Pushes.Count(each => each.Browser == kims).ShouldBe(3);
        sink.Calls(ravis).ShouldBe(0);
    }

    [Fact, Trait("row", "PA7")]
    public async Task PA7_Who_follows_what_is_anothers_is_told_of_what_the_customer_says()
    {
        await using var sink = new PushSink();
        await using var it = await Lighthouse.Open(PushSink.Settings);
        var noor = await it.Hire("Noor");
        var kims = await Subscribed(it.Kim, sink);
        var ana = await it.Ana("ana-1");
        var thread = await ana.Write("Is my sail ready?");
        (await noor.Post($"/v1/conversations/{thread}/messages", new { clientId = "a", content = new { type = "text", text = "It is." } })).Expect(HttpStatusCode.Created);
        await Read(it);
        (await it.Kim.Put($"/v1/conversations/{thread}/followers/{it.Kim.Id}")).Expect(HttpStatusCode.OK);
        (await ana.Say(thread, "And the jib?")).Expect(HttpStatusCode.Created);
        await Read(it);
        it.Clock.Advance(Ten);
        Fields(await sink.To(kims)).ShouldBe(("mine", thread, "en", "Ana", "And the jib?"));
    }

    [Fact, Trait("row", "OP7")]
    public async Task OP7_Nothing_is_pushed_that_was_taken_is_not_wanted_or_comes_in_quiet_hours()
    {
        await using var sink = new PushSink();
        await using var it = await Lighthouse.Open(PushSink.Settings);
        var noor = await it.Hire("Noor");
        var noors = await Subscribed(noor, sink);
        var ana = await it.Ana();
        // Kim takes it within the ten seconds.
        var thread = await ana.Write("Hello?");
        (await it.Kim.Post($"/v1/conversations/{thread}/messages", new { clientId = "a", content = new { type = "text", text = "Yes?" } })).Expect(HttpStatusCode.Created);
        await Read(it);
        it.Clock.Advance(Ten);
        (await noor.Put("/v1/me/push", new { kinds = new { mine = true, team = false, mention = true, promise = true } })).Expect(HttpStatusCode.OK)["kinds.team"].ShouldBe("False");
        await (await it.Ben()).Write("Not wanted.");
        await Read(it);
        it.Clock.Advance(Ten);
        (await noor.Put("/v1/me/push", new { quiet = new { from = "22:00", to = "25:00", zone = "UTC" } })).Refused(HttpStatusCode.BadRequest, "quiet.invalid");
        (await noor.Put("/v1/me/push", new { quiet = new { from = "00:00", to = "23:59", zone = "UTC" } })).Expect(HttpStatusCode.OK);
        await (await it.Ana("ana-2")).Write("In the night.");
        await Read(it);
        it.Clock.Advance(Ten);
        await Task.Delay(400);
        sink.Pushes.ShouldBeEmpty();
        (await noor.Post("/v1/me/push/test")).Expect(HttpStatusCode.OK)["sent"].ShouldBe("1");
        (await sink.To(noors)).Said.GetProperty("kind").GetString().ShouldBe("test");
    }

    [Fact]
    public async Task A_browser_that_wants_none_any_more_is_forgotten_and_a_service_that_cannot_is_asked_again()
    {
        await using var sink = new PushSink { Status = 503 };
        await using var it = await Lighthouse.Open(PushSink.Settings);
        var kims = await Subscribed(it.Kim, sink);
        var ana = await it.Ana();
        await ana.Write("Hello?");
        await Read(it);
        it.Clock.Advance(Ten);
        await Task.Delay(300);
        sink.Pushes.ShouldBeEmpty();
        sink.Status = 201;
        it.Clock.Advance(TimeSpan.FromSeconds(31));
        await sink.To(kims);

        sink.Status = 410;
        (await it.Kim.Post("/v1/me/push/test")).Expect(HttpStatusCode.OK)["gone"].ShouldBe("1");
        (await it.Kim.Get("/v1/me/push")).Body.GetProperty("devices").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_service_that_says_when_is_asked_then_and_who_has_it_already_is_not_told_again()
    {
        await using var sink = new PushSink();
        await using var it = await Lighthouse.Open(PushSink.Settings);
        var (telephone, laptop) = (await Subscribed(it.Kim, sink), await Subscribed(it.Kim, sink));
        sink.Answers = browser => browser == laptop ? (429, "300") : null;
        await (await it.Ana()).Write("Hello?");
        await Read(it);
        it.Clock.Advance(Ten);
        await sink.To(telephone);
        await Called(sink, laptop, 1);
        it.Clock.Advance(TimeSpan.FromSeconds(200));
        await Task.Delay(300);
        sink.Calls(laptop).ShouldBe(1, "It wants five minutes.");
        sink.Answers = browser => browser == laptop ? (503, null) : null;
        it.Clock.Advance(TimeSpan.FromSeconds(110));
        await Called(sink, laptop, 2);
        sink.Answers = browser => browser == laptop ? (429, (TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(9)).ToString("r", System.Globalization.CultureInfo.InvariantCulture)) : null;
        it.Clock.Advance(TimeSpan.FromSeconds(121));
        await Called(sink, laptop, 3);
        sink.Answers = _ => null;
        it.Clock.Advance(TimeSpan.FromMinutes(11));
        await Task.Delay(300);
        sink.Calls(laptop).ShouldBe(3, "It named a time.");
        // In nine hours it would be no news: it is asked once more after one.
        it.Clock.Advance(TimeSpan.FromMinutes(50));
        await sink.To(laptop);
        sink.Calls(telephone).ShouldBe(1);
    }

    [Fact, Trait("row", "OP7")]
    public async Task OP7_What_comes_in_quiet_hours_is_told_at_their_end_in_one_as_far_as_it_is_still_news()
    {
        await using var sink = new PushSink();
        await using var it = await Lighthouse.Open(PushSink.Settings);
        var noor = await it.Hire("Noor");
        var noors = await Subscribed(noor, sink);
        // It is nine in the morning.
        (await noor.Put("/v1/me/push", new { quiet = new { from = "08:00", to = "10:00", zone = "UTC" } })).Expect(HttpStatusCode.OK);
        var (ana, ben) = (await it.Ana("ana-1"), await it.Ben("ben-1"));
        var (first, second) = (await ana.Write("The first"), await ben.Write("The second"));
        (await ben.Say(second, "and more of it")).Expect(HttpStatusCode.Created);
        var third = await (await it.Ana("ana-2")).Write("Kim takes this one");
        await Read(it);
        it.Clock.Advance(Ten);
        await Task.Delay(300);
        (await it.Kim.Post($"/v1/conversations/{third}/messages", new { clientId = "a", content = new { type = "text", text = "Yes?" } })).Expect(HttpStatusCode.Created);
        await Read(it);
        // The night outlasts a restart.
        await it.Restart(() => it.Clock.Advance(TimeSpan.FromMinutes(40)));
        sink.Pushes.ShouldBeEmpty();
        it.Clock.Advance(TimeSpan.FromMinutes(20));
        var push = await sink.To(noors);
        (push.Said.GetProperty("kind").GetString(), push.Said.GetProperty("count").GetInt32()).ShouldBe(("several", 2));
        push.Said.GetProperty("several").EnumerateArray().Select(id => id.GetString()).ShouldBe([first, second], ignoreOrder: true);
        await Task.Delay(300);
        sink.Pushes.Count.ShouldBe(1);

        // Only one is left: it is told like any other. Whoever ends their quiet hours is told at once.
        noor = await it.SignIn("noor@lighthouse.test");
        (await noor.Put("/v1/me/push", new { quiet = new { from = "10:00", to = "09:00", zone = "UTC" } })).Expect(HttpStatusCode.OK);
        var fourth = await (await it.Ben("ben-2")).Write("In the night");
        await Read(it);
        it.Clock.Advance(Ten);
        await Task.Delay(300);
        sink.Pushes.Count.ShouldBe(1);
        (await noor.Put("/v1/me/push", new { })).Expect(HttpStatusCode.OK);
        Fields(await sink.To(noors, 2)).ShouldBe(("team", fourth, "en", "Ben", "In the night"));
    }

    [Fact, Trait("row", "MS31")]
    public async Task MS31_Of_a_promise_that_broke_the_supervisors_are_told_too_and_who_was_silent_that_another_is_asked()
    {
        await using var sink = new PushSink();
        await using var it = new Floor(await Lighthouse.Open(PushSink.Settings));
        var (noor, ravi) = (await it.House.Hire("Noor"), await it.House.Hire("Ravi", Role.Supervisor));
        var (noors, ravis, kims) = (await Subscribed(noor, sink), await Subscribed(ravi, sink), await Subscribed(it.House.Kim, sink));
        await it.Policy(new { profile = "messaging", hours = "always", promise = new { kind = "fixed", seconds = 600 } });
        var late = await (await it.House.Ana("ana-1")).Write("My sail is torn");
        await Read(it.House);
        (await it.House.Kim.Put($"/v1/conversations/{late}/assignment", new { agent = noor.Id })).Expect(HttpStatusCode.OK);
        await Read(it.House);
        it.House.Clock.Advance(TimeSpan.FromMinutes(5));
        await it.Entry(late, "nudged");
        await Read(it.House);
        it.House.Clock.Advance(Ten);
        Fields(await sink.To(noors)).ShouldBe(("promise", late, "en", "Ana", null));
        sink.Calls(ravis).ShouldBe(0, "What is merely due soon is hers.");
        it.House.Clock.Advance(TimeSpan.FromMinutes(5));
        await it.Entry(late, "promiseBroken");
        await Read(it.House);
        it.House.Clock.Advance(Ten);
        var told = await sink.To(ravis);
        Fields(told).ShouldBe(("promise", late, "en", "Ana", null));
        told.Said.GetProperty("broken").GetBoolean().ShouldBeTrue();
        (await sink.To(noors, 2)).Said.GetProperty("broken").GetBoolean().ShouldBeTrue();
        sink.Calls(kims).ShouldBe(0, "Who administers is told where nobody supervises.");
    }

    [Fact]
    public async Task Private_pushes_name_nobody_and_a_restart_tells_nothing_twice()
    {
        await using var sink = new PushSink();
        await using var it = await Lighthouse.Open([.. PushSink.Settings, ("push.private", "true")]);
        var kims = await Subscribed(it.Kim, sink);
        var ana = await it.Ana("ana-1");
        var thread = await ana.Write("My secret harbour");
        await it.Restart(() => it.Clock.Advance(Ten));
        var push = await sink.To(kims);
        push.Said.ToString().ShouldNotContain("Ana", Case.Sensitive);
        push.Said.ToString().ShouldNotContain("secret");
        push.Said.GetProperty("conversation").GetString().ShouldBe(thread);
        await it.Restart();
        await it.Services.GetRequiredService<Following>().Rebuild("pushes");
        await Read(it);
        it.Clock.Advance(Ten);
        await Task.Delay(400);
        sink.Pushes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Only_browsers_are_told_that_say_keys_and_a_service_and_signing_out_ends_it()
    {
        await using var sink = new PushSink();
        await using var it = await Lighthouse.Open();
        var (_, device) = sink.Subscribe();
        (await it.Kim.Post("/v1/me/push/devices", device)).Refused(HttpStatusCode.BadRequest, "device.invalid");
        (await it.Kim.Post("/v1/me/push/devices", new { endpoint = "https://push.example/x", keys = new { p256dh = "AAAA", auth = "!" } })).Refused(HttpStatusCode.BadRequest, "device.invalid");

        await using var open = await Lighthouse.Open(PushSink.Settings);
        await Subscribed(open.Kim, sink);
        var id = (await open.Kim.Get("/v1/me/push")).Body.GetProperty("devices")[0].GetProperty("id").GetString();
        var noor = await open.Hire("Noor");
        (await noor.Delete($"/v1/me/push/devices/{id}")).Expect(HttpStatusCode.NotFound);
        var kim = await open.SignIn("kim@lighthouse.test");
        (await open.Kim.Delete("/v1/session")).Expect(HttpStatusCode.NoContent);
        await Read(open);
        (await kim.Get("/v1/me/push")).Body.GetProperty("devices").GetArrayLength().ShouldBe(0);
    }

    /// <summary>Their last stream is closed, and the time is over in which they could come back.</summary>
    private static async Task Gone(Lighthouse it, Person who)
    {
        it.Clock.Advance(TimeSpan.FromSeconds(6));
        for (var patience = 200; it.Services.GetRequiredService<IPresence>().Present(it.Workspace, AgentId.Parse(who.Id)); patience--)
        {
            patience.ShouldBePositive("They have left.");
            await Task.Delay(50);
        }
    }

    private static async Task Called(PushSink sink, string browser, int times)
    {
        for (var patience = 200; sink.Calls(browser) < times; patience--)
        {
            patience.ShouldBePositive($"{browser} was called {sink.Calls(browser)} times.");
            await Task.Delay(50);
        }

        // What came of it is noted by the clock as it is then: it has a moment before that is put forward.
        await Task.Delay(500);
    }

    private static async Task<string> Subscribed(Person who, PushSink sink, string language = "en")
    {
        var (name, device) = sink.Subscribe(language);
        (await who.Post("/v1/me/push/devices", device)).Expect(HttpStatusCode.Created)["name"].ShouldBe(name);
        return name;
    }

    private static (string?, string?, string?, string?, string?) Fields(Pushed push)
    {
        string? Of(string name) => push.Said.TryGetProperty(name, out var value) ? value.GetString() : null;
        return (Of("kind"), Of("conversation"), Of("language"), Of("name"), Of("text"));
    }

    /// <summary>Nothing waits to be sent any more.</summary>
    private static async Task Sent(Lighthouse it)
    {
        var database = it.Services.GetRequiredService<Database>();
        for (var patience = 200; await database.Read(session => session.One<long>("select count(*) from pushes where due > 0")) > 0; patience--)
        {
            patience.ShouldBePositive("All that is due is sent, or is for nobody.");
            await Task.Delay(50);
        }
    }

    private static async Task Read(Lighthouse it)
    {
        var head = (await it.Services.GetRequiredService<LogReader>().Head(it.Workspace))!.Value.Position;
        (await it.Services.GetRequiredService<Following>().Reached("pushes", it.Workspace, head, TimeSpan.FromSeconds(10))).ShouldBeTrue();
    }
}
