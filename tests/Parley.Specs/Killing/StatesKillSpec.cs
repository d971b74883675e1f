using System.Net;
using System.Text.Json;
using Parley.Specs.Engines;
using Parley.Tests.Cast;

namespace Parley.Specs.Killing;

/// <summary>
/// The real program is killed while conversations stand in every mode, offers are out and times run, and started again. One kill for all of them: what each state
/// and each clock becomes is looked at closely by <see cref="Restarting.RestartSpec"/>; here it is the power cut, the real clock and real connections.
/// </summary>
public class StatesKillSpec
{
    private const string Password = "the lamp is lit";
    private const int Grace = 8;

    private static readonly bool Long = Environment.GetEnvironmentVariable("PARLEY_TESTS_LONG") is { Length: > 0 };

    [SkippableTheory, Trait("row", "LC6")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task LC6_Who_talked_goes_on_with_the_same_agent_who_waited_keeps_the_place_and_what_was_promised_holds(string name)
    {
        Skip.If(name == "postgres" && !Long, "On PostgreSQL it is done by make test-long.");
        await using var engine = await Engine.Of(name);
        var folder = Directory.CreateTempSubdirectory("parley-states-");
        try
        {
            await using var parley = new ParleyProcess(folder.FullName, engine.Url);
            await parley.Run("agent", "add", "--name", "Kim", "--email", "kim@lighthouse.test", "--password", Password, "--role", "owner");
            await using var desk = new DeskOf(parley);
            await desk.Open();
            var talking = await desk.Live("blended");
            var left = await desk.Live("strictLive");
            var paused = await desk.Live("blended");
            var (first, second) = (await desk.Waits("blended"), await desk.Waits("blended"));
            var ended = await desk.Live("strictLive");
            (await ended.Browser.Delete($"/v1/widget/conversations/{ended.Id}/session")).Expect(HttpStatusCode.OK);
            var (later, never, snoozed, asleep, closed) = (await desk.Writes(), await desk.Writes(), await desk.Writes(), await desk.Writes(), await desk.Writes());
            await desk.Kim.Put($"/v1/conversations/{never.Id}/later", new { by = Now.AddDays(2) });
            await desk.Kim.Put($"/v1/conversations/{asleep.Id}/snooze", new { until = Now.AddDays(2) });
            await desk.Kim.Put($"/v1/conversations/{closed.Id}/closure");
            var offered = await desk.Offered("blended");
            paused.Ear!.Cut();
            await desk.Until(async () => await desk.Mode(paused) == "paused", "It is not paused.");
            (await desk.Kim.Put($"/v1/conversations/{later.Id}/later", new { by = Now.AddSeconds(2) })).Expect(HttpStatusCode.OK);
            (await desk.Kim.Put($"/v1/conversations/{snoozed.Id}/snooze", new { until = Now.AddSeconds(2) })).Expect(HttpStatusCode.OK);
            var all = new[] { talking, left, paused, first, second, ended, later, never, snoozed, asleep, closed, offered };
            var before = new Dictionary<string, List<string>>();
            foreach (var one in all)
            {
                before[one.Id] = await desk.Entries(one);
            }

            await parley.Kill();
            await Task.Delay(2_500);
            var started = Now;
            await parley.Serve(DeskOf.Settings);
            await using var kims = await Ear.Of(desk.Kim);
            await using var back = await Ear.Of(talking.Browser);
            await using var again = await Ear.Of(paused.Browser);

            // All that anybody was told is there, word for word, and nothing came twice.
            foreach (var one in all)
            {
                (await desk.Entries(one)).Take(before[one.Id].Count).ShouldBe(before[one.Id]);
            }

            await desk.Until(async () => await desk.Mode(paused) == "live", "Who is back goes on.");
            (await desk.Mode(talking)).ShouldBe("live");
            foreach (var one in new[] { talking, paused })
            {
                (await desk.Count(one, "sessionStarted"), await desk.Count(one, "requeued")).ShouldBe((1, 0));
                (await desk.Kim.Get($"/v1/conversations/{one.Id}"))["holder.id"].ShouldBe(desk.Kim.Id);
            }

            // What came due meanwhile came once; what is due in two days is due in two days.
            await desk.Until(async () => await desk.Count(later, "promiseBroken") == 1 && await desk.Count(snoozed, "unsnoozed") == 1, "What was due is done.");
            (await desk.Count(never, "promiseBroken"), await desk.Count(asleep, "unsnoozed")).ShouldBe((0, 0));
            (await desk.Kim.Get($"/v1/conversations/{never.Id}"))["promise.ground"].ShouldBe("agent");
            ((await desk.Kim.Get($"/v1/conversations/{asleep.Id}"))["status"], (await desk.Kim.Get($"/v1/conversations/{closed.Id}"))["status"], await desk.Mode(ended)).ShouldBe(("snoozed", "closed", "ended"));

            // Who was asked is asked still, and may say yes.
            var offers = (await desk.Kim.Get("/v1/me/offers")).Body.GetProperty("items").EnumerateArray().Where(offer => offer.GetProperty("conversation").GetString() == offered.Id).ToList();
            (await desk.Kim.Put($"/v1/offers/{offers.ShouldHaveSingleItem().GetProperty("id").GetString()}", new { answer = "accept" })).Expect(HttpStatusCode.OK);
            (await desk.Count(offered, "accepted")).ShouldBe(1);

            // Whoever comes to take somebody gets who waited first, then who waited next.
            await using var noors = await Ear.Of(desk.Noor);
            (await desk.Noor.Put("/v1/me/presence", new { state = "online" })).Expect(HttpStatusCode.OK);
            foreach (var next in new[] { first, second })
            {
                var offer = (await noors.Next("signal", frame => Offers(frame, next.Id))).GetProperty("offer");
                (await desk.Noor.Put($"/v1/offers/{offer.GetProperty("id").GetString()}", new { answer = "decline" })).Expect(HttpStatusCode.OK);
            }

            noors.Heard.Where(frame => Offers(frame, null)).Select(frame => frame.GetProperty("offer").GetProperty("conversation").GetString()).Take(2).ShouldBe([first.Id, second.Id]);

            // Nobody has left but who did not come back, and that one after a grace from the start, once.
            await desk.Until(async () => await desk.Mode(left) == "ended", "Who does not come back has left.");
            var gone = (await desk.Timeline(left)).Where(entry => entry.GetProperty("type").GetString() == "modeChanged" && entry.GetProperty("to").GetString() == "ended").ToList();
            (gone.ShouldHaveSingleItem().GetProperty("at").GetDateTimeOffset() - started).TotalSeconds.ShouldBeGreaterThanOrEqualTo(Grace - 0.1);
            foreach (var one in new[] { talking, paused })
            {
                (await desk.Mode(one)).ShouldBe("live");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static bool Offers(JsonElement frame, string? conversation) =>
        frame.GetProperty("type").GetString() == "signal" && frame.GetProperty("kind").GetString() == "offer" && (conversation is null || frame.GetProperty("offer").GetProperty("conversation").GetString() == conversation);

    /// <summary>Kim at her console and Noor, who comes later; customers with a stream each.</summary>
    private sealed class DeskOf(ParleyProcess parley) : IAsyncDisposable
    {
        public static readonly string[] Settings = ["live.leaveSeconds=1", "rate.addressPerSecond=100000", "rate.addressBurst=100000", "rate.startsPerHour=100000", "rate.visitorPerSecond=100000", "rate.visitorBurst=100000"];

        private readonly Dictionary<string, string> _inboxes = [];
        private readonly List<Ear> _ears = [];
        private readonly List<IDisposable> _callers = [];
        private Ear _kims = null!;

        internal sealed record Thread(string Id, Browser Browser, Ear? Ear);

        public Person Kim { get; private set; } = null!;

        public Person Noor { get; private set; } = null!;

        public async Task Open()
        {
            await parley.Serve(Settings);
            Kim = await SignIn("kim@lighthouse.test");
            (await Kim.Post("/v1/agents", new { name = "Noor", email = "noor@lighthouse.test", password = Password, role = "agent" })).Expect(HttpStatusCode.Created);
            Noor = await SignIn("noor@lighthouse.test");
            foreach (var profile in new[] { "blended", "strictLive" })
            {
                var inbox = _inboxes[profile] = (await Kim.Post("/v1/inboxes", new { name = profile, channel = "web" })).Expect(HttpStatusCode.Created)["id"];
                (await Kim.Put($"/v1/inboxes/{inbox}/policy", new { profile, hours = "always", graceSeconds = Grace, agentGraceSeconds = 20, acceptSeconds = 60, liveWaitSeconds = 600 })).Expect(HttpStatusCode.OK);
            }

            (await Kim.Put($"/v1/agents/{Kim.Id}/capacity", new { units = 20 })).Expect(HttpStatusCode.OK);
            _ears.Add(_kims = await Ear.Of(Kim));
            (await Kim.Put("/v1/me/presence", new { state = "online" })).Expect(HttpStatusCode.OK);
        }

        public async Task<Thread> Live(string profile)
        {
            var it = await Offered(profile);
            await Answer(it, "accept");
            (await Mode(it)).ShouldBe("live");
            return it;
        }

        /// <summary>In the queue, for Kim let it pass.</summary>
        public async Task<Thread> Waits(string profile)
        {
            var it = await Offered(profile);
            await Answer(it, "decline");
            (await Mode(it)).ShouldBe("waiting");
            return it;
        }

        public async Task<Thread> Offered(string profile)
        {
            var browser = await Visit(profile);
            var ear = await Ear.Of(browser);
            _ears.Add(ear);
            var it = new Thread(await browser.Write("Hello?"), browser, ear);
            await _kims.Next("signal", frame => Offers(frame, it.Id));
            return it;
        }

        /// <summary>Who has no stream is answered later.</summary>
        public async Task<Thread> Writes()
        {
            var browser = await Visit("blended");
            var it = new Thread(await browser.Write("Hello?"), browser, null);
            (await Mode(it)).ShouldBe("messaging");
            return it;
        }

        public async Task<string> Mode(Thread it) => (await Kim.Get($"/v1/conversations/{it.Id}")).Expect(HttpStatusCode.OK)["mode"];

        public async Task<List<JsonElement>> Timeline(Thread it) =>
            [.. (await Kim.Get($"/v1/conversations/{it.Id}/timeline?after=0&limit=200")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];

        public async Task<List<string>> Entries(Thread it) => [.. (await Timeline(it)).Select(entry => entry.GetRawText())];

        public async Task<int> Count(Thread it, string type) => (await Timeline(it)).Count(entry => entry.GetProperty("type").GetString() == type);

        public async Task Until(Func<Task<bool>> so, string what)
        {
            for (var tries = 0; !await so(); tries++)
            {
                tries.ShouldBeLessThan(300, what);
                await Task.Delay(100);
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var ear in _ears)
            {
                await ear.DisposeAsync();
            }

            _callers.ForEach(caller => caller.Dispose());
        }

        private async Task Answer(Thread it, string answer)
        {
            var offer = (await _kims.Next("signal", frame => Offers(frame, it.Id))).GetProperty("offer").GetProperty("id").GetString();
            (await Kim.Put($"/v1/offers/{offer}", new { answer })).Expect(HttpStatusCode.OK);
        }

        private async Task<Browser> Visit(string profile)
        {
            var browser = new Browser(parley.Address, _inboxes[profile]);
            _callers.Add(browser);
            (await browser.Begin()).Expect(HttpStatusCode.Created);
            return browser;
        }

        private async Task<Person> SignIn(string email)
        {
            var person = new Person(parley.Address);
            _callers.Add(person);
            person.Id = (await person.Post("/v1/session", new { email, password = Password })).Expect(HttpStatusCode.Created)["id"];
            return person;
        }
    }
}
