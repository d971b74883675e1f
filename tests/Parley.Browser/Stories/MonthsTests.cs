using System.Net;

namespace Parley.Browser.Stories;

/// <summary>Stories that take days and months, on a server whose clock is put forward.</summary>
[Collection(Theatre.OneClock)]
public class MonthsTests : Scene
{
    private Clock _clock = null!;

    protected override async Task<IServing> Choose(Theatre theatre)
    {
        var timed = await theatre.Timed();
        _clock = timed.Clock;
        return timed;
    }

    [BrowserFact, Trait("row", "MS2")]
    public async Task MS2_A_conversation_begins_at_three_at_night_with_nobody_there()
    {
        var now = _clock.GetUtcNow();
        _clock.Advance(now.Date.AddDays(1).AddHours(3) - now.UtcDateTime);
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("My boat is adrift, is anybody there?");
        await ana.IsMarked("adrift", "sent");

        _clock.Advance(TimeSpan.FromHours(6));
        var noor = await AtTheConsole();
        await noor.Open("adrift");
        await noor.Say("Good morning, we are. How can we help?");
        await ana.Sees("Good morning");
    }

    [BrowserFact, Trait("row", "BX2"), Trait("row", "MS31")]
    public async Task BX2_MS31_A_promise_is_renewed_before_it_breaks_then_breaks_and_the_first_is_what_counts()
    {
        // By day: nobody is woken to be told that it takes longer.
        _clock.Advance(_clock.GetUtcNow().Date.AddDays(1).AddHours(10) - _clock.GetUtcNow().UtcDateTime);
        await Policy(new { profile = "messaging", hours = "always", promise = new { kind = "fixed", seconds = 3600 } });
        var noor = await AtTheConsole();
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("When does my sail arrive?");
        await Expect(ana.Told.Last).ToContainTextAsync("Our answer will be here usually within an hour.");
        await noor.Open("When does my sail arrive?");

        _clock.Advance(TimeSpan.FromMinutes(46));
        await Expect(ana.Told.Last).ToContainTextAsync("It takes longer than we said: our answer will be here");
        await Expect(noor.Facts.Last).ToContainTextAsync("It takes longer than we said");
        _clock.Advance(TimeSpan.FromMinutes(61));
        await Expect(noor.Facts.Last).ToContainTextAsync("not in time");
        await Expect(ana.Told).ToHaveCountAsync(2);
        await noor.Say("It is on the ferry.");
        await ana.Sees("It is on the ferry.");

        var id = (await Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items")[0].GetProperty("id").GetString();
        var entries = (await Kim.Get($"/v1/conversations/{id}/timeline")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().ToDictionary(entry => $"{entry.GetProperty("type").GetString()} {entry.GetProperty("seq").GetInt64()}");
        System.Text.Json.JsonElement Only(string type) => entries.Single(entry => entry.Key.StartsWith(type + " ", StringComparison.Ordinal)).Value;
        Only("promiseBroken").GetProperty("first").GetDateTimeOffset().ShouldBe(Only("promised").GetProperty("due").GetDateTimeOffset());
        Only("promiseBroken").GetProperty("due").GetDateTimeOffset().ShouldBe(Only("promiseRenewed").GetProperty("due").GetDateTimeOffset());
        entries.ShouldNotContain(entry => entry.Key.StartsWith("promiseKept", StringComparison.Ordinal));
    }

    [BrowserFact, Trait("row", "MS1"), Trait("row", "KP12")]
    public async Task MS1_KP12_The_thread_goes_on_after_months_with_episodes_inside()
    {
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("How do I care for a wooden mast?");
        var noor = await AtTheConsole();
        await noor.Open("wooden mast");
        await noor.Say("Oil it every spring.");
        await ana.Sees("Oil it every spring.");
        await noor.Page.GetByRole(AriaRole.Button, new() { Name = "Close conversation" }).ClickAsync();
        await Expect(ana.App.GetByText("Noor has finished")).ToBeVisibleAsync();
        await noor.Page.CloseAsync();
        await ana.Page.CloseAsync();

        _clock.Advance(TimeSpan.FromDays(120));
        ana = await ana.Tab();
        await ana.Visit();
        await ana.GoOn();
        await ana.Sees("Oil it every spring.");
        await ana.Say("It is spring. Which oil?");

        noor = await noor.Tab();
        await noor.SitDown("all");
        await noor.Open("Which oil?");
        await noor.Sees("How do I care for a wooden mast?");
        await noor.Sees("It is spring. Which oil?");
        await Expect(noor.Thread).ToContainTextAsync("A new matter, number 2");
        var items = (await (await Call("Kim")).Get("/v1/conversations?view=all")).Expect(HttpStatusCode.OK).Body.GetProperty("items");
        items.GetArrayLength().ShouldBe(1);
        items[0].GetProperty("episode").GetInt32().ShouldBe(2);

        // The thread has no end, its matters have: each is what figures count.
        var entries = (await (await Call("Kim")).Get($"/v1/conversations/{items[0].GetProperty("id").GetString()}/timeline")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray();
        entries.Where(entry => entry.GetProperty("type").GetString()!.StartsWith("episode", StringComparison.Ordinal)).Select(entry => $"{entry.GetProperty("type").GetString()} {entry.GetProperty("episode").GetInt32()}")
            .ShouldBe(["episodeOpened 1", "episodeClosed 1", "episodeOpened 2"]);
    }

    [BrowserFact, Trait("row", "MS4")]
    public async Task MS4_Days_later_both_go_on_where_they_were()
    {
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("I am looking for a sail of 20 square metres.");
        var noor = await AtTheConsole();
        await noor.Open("20 square metres");
        await noor.Say("For which boat?");
        await ana.Sees("For which boat?");
        await ana.Field.FillAsync("It is a");

        // Her token is long worth nothing when she wakes the laptop; the page is still open. The browser notes the refusal.
        ana.Watch.Expect("status of 401");
        noor.Watch.Expect("status of 401");
        _clock.Advance(TimeSpan.FromDays(9));
        await ana.Field.FillAsync("It is a Folkboat.");
        await ana.Field.PressAsync("Enter");
        await ana.Arrived("It is a Folkboat.");
        await ana.Page.ReloadAsync();
        await Expect(ana.Messages).ToHaveCountAsync(3);

        await noor.SitDown("mine");
        await noor.Open("Folkboat");
        await Expect(noor.Messages).ToHaveCountAsync(3);
        await noor.Say("Then this one fits.");
        await ana.Sees("Then this one fits.");
    }
}
