using System.Net;

namespace Parley.Browser.Stories;

/// <summary>Stories that take days and months, on a server whose clock is put forward.</summary>
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

    [BrowserFact, Trait("row", "MS1")]
    public async Task MS1_The_thread_goes_on_after_months_with_episodes_inside()
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
