using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Parley.Browser.Stories;

/// <summary>All that was ever said is there for both, can be found, and can be pointed at.</summary>
[Trait("takes", "long")]
public class HistoryTests : Scene
{
    [BrowserFact, Trait("row", "MS7")]
    public async Task MS7_Customer_and_agent_have_the_same_whole_history()
    {
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("The very first words");
        var conversation = await Only();
        List<string> said = ["The very first words"];
        for (var i = 1; i <= 130; i++)
        {
            said.Add($"Line {i:000} of the story");
            (await Kim.Post($"/v1/conversations/{conversation}/messages", new { clientId = $"story-{i}", content = new { type = "text", text = said[^1] } })).Expect(HttpStatusCode.Created);
        }

        (await Kim.Post($"/v1/conversations/{conversation}/notes", new { clientId = "aside", text = "Only for us" })).Expect(HttpStatusCode.Created);
        await ana.Say("The very last words");
        said.Add("The very last words");

        // Both come anew, so that nothing is left from before.
        await ana.Page.ReloadAsync();
        await ana.Sees("The very last words");
        (await ReadUpwards(ana.Messages.Locator(".text"), ana.App.Locator(".scroller"), said[0])).ShouldBe(said);
        await Expect(ana.App.GetByText("Only for us")).ToHaveCountAsync(0);

        var noor = await AtTheConsole("Noor", $"all/{conversation}");
        await noor.ToNewest();
        await noor.Sees("The very last words");
        (await ReadUpwards(noor.Messages.Filter(new() { HasNotText = "Only for us" }).Locator(".words"), noor.Thread, said[0])).ShouldBe(said);
    }

    [BrowserFact, Trait("row", "MS7")]
    public async Task MS7_Whoever_is_at_the_top_gets_the_rest_however_late_it_comes()
    {
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("The very first words");
        var conversation = await Only();
        for (var i = 1; i <= 120; i++)
        {
            (await Kim.Post($"/v1/conversations/{conversation}/messages", new { clientId = $"story-{i}", content = new { type = "text", text = $"Line {i:000} of the story" } })).Expect(HttpStatusCode.Created);
        }

        // The newest hundred are kept and shown at once; she is at the top of them before the server has said a word.
        await ana.IsKept("Line 120 of the story", "history/");
        var speaks = new TaskCompletionSource();
        await ana.Context.RouteAsync("**/timeline?*", async route =>
        {
            await speaks.Task;
            await route.ContinueAsync();
        });
        await ana.Page.ReloadAsync();
        await Expect(ana.Message("Line 030")).ToBeAttachedAsync();
        await ToTop(ana);
        speaks.SetResult();
        await Expect(ana.Message("The very first words")).ToBeAttachedAsync();

        // What did not come is said, and asked for again.
        ana.Watch.ExpectOutage();
        await ana.Context.UnrouteAllAsync();
        await ana.Context.RouteAsync("**/timeline?before=*", route => route.AbortAsync());
        await ana.Page.ReloadAsync();
        await Expect(ana.Message("Line 030")).ToBeAttachedAsync();
        await ToTop(ana);
        await Expect(ana.App.GetByText("could not be loaded")).ToBeVisibleAsync();
        var again = ana.App.GetByRole(AriaRole.Button, new() { Name = "Try again" });
        await ana.Page.RunAndWaitForRequestAsync(() => again.ClickAsync(), request => request.Url.Contains("/timeline?before=", StringComparison.Ordinal));
        await ana.Context.UnrouteAllAsync();

        // Whatever moves the thread asks for it as well: then nobody has to.
        await Ears.Eventually(async () =>
        {
            await again.EvaluateAllAsync<object?>("all => all.forEach((button) => button.click())");
            (await ana.Message("The very first words").CountAsync()).ShouldBe(1);
        });
    }

    [BrowserFact, Trait("row", "MS7")]
    [Trait("row", "PA9")]
    public async Task PA9_MS7_Everything_that_was_said_can_be_found()
    {
        var ana = await Customer();
        await ana.Visit("", Vouch("ana", "Ana"));
        await ana.Begin("Is the Süllrand of the Folkboat varnished?");
        await ana.App.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "bill-of-sale.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4\n%%EOF\n"u8.ToArray() });
        await ana.Say("Here is the paper");
        var conversation = await Only();
        for (var i = 0; i < 60; i++)
        {
            (await Kim.Post($"/v1/conversations/{conversation}/messages", new { clientId = $"later-{i}", content = new { type = "text", text = $"Later words {i}" } })).Expect(HttpStatusCode.Created);
        }

        (await Kim.Post($"/v1/conversations/{conversation}/notes", new { clientId = "aside", text = "She bought a windlass before" })).Expect(HttpStatusCode.Created);
        var ben = await Customer();
        await ben.Visit();
        await ben.Begin("Something else entirely");

        var noor = await AtTheConsole();
        await Expect(noor.Rows).ToHaveCountAsync(1);
        await noor.Page.Keyboard.PressAsync("/");
        var field = noor.Page.GetByRole(AriaRole.Searchbox);
        await Expect(field).ToBeFocusedAsync();
        var hits = noor.Page.Locator(".hits a");
        foreach (var (asked, found) in new[] { ("süllrand varn", "Süllrand"), ("windlass", "windlass"), ("bill-of-sale", "bill-of-sale") })
        {
            await field.FillAsync(asked);
            await Expect(hits.First.Locator("mark").First).ToBeVisibleAsync();
            await Expect(hits).ToHaveCountAsync(1);
            await Expect(hits.First).ToContainTextAsync(found);
            await Expect(hits.First).ToContainTextAsync("Ana");
        }

        // A hit leads to the place, sixty messages up.
        await field.FillAsync("süllrand");
        await Expect(hits.First).ToContainTextAsync("Süllrand");
        await hits.First.ClickAsync();
        await noor.Sees("Is the Süllrand of the Folkboat varnished?");
        await Expect(noor.Message("Süllrand")).ToBeInViewportAsync();
        await field.FillAsync("never said by anybody");
        await Expect(noor.Page.GetByText("Nothing found")).ToBeVisibleAsync();
    }

    [BrowserFact, Trait("row", "MS29")]
    public async Task MS29_Customers_and_agents_refer_to_what_was_said_before()
    {
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("Which rope for the mainsheet?");
        var noor = await AtTheConsole();
        await noor.Open("mainsheet");
        await noor.Say("Ten millimetres, twelve metres long.");
        await ana.Sees("Ten millimetres");
        var conversation = await Only();
        for (var i = 0; i < 40; i++)
        {
            (await Kim.Post($"/v1/conversations/{conversation}/messages", new { clientId = $"later-{i}", content = new { type = "text", text = $"Meanwhile {i}" } })).Expect(HttpStatusCode.Created);
        }

        // By keyboard: up to the message, its menu, "Reply".
        await ana.Sees("Meanwhile 39");
        await ana.Message("Ten millimetres").Locator(".bubble").DblClickAsync(new() { Position = new() { X = 4, Y = 4 } });
        await Expect(ana.App.GetByText("Reply to Noor")).ToBeVisibleAsync();
        await ana.Write("Is that enough for a Folkboat?");
        await ana.Arrived("Is that enough");
        var quote = noor.Message("Is that enough").GetByRole(AriaRole.Button).Filter(new() { HasText = "Ten millimetres" });
        await Expect(quote).ToBeVisibleAsync();
        await quote.ClickAsync();
        await Expect(noor.Message("Ten millimetres, twelve").First).ToBeInViewportAsync();

        // A link to one message leads colleagues to it.
        var seq = (await Kim.Get($"/v1/conversations/{conversation}/timeline?limit=10&after=0")).Body.GetProperty("items").EnumerateArray()
            .First(entry => entry.GetProperty("type").GetString() == "message" && entry.GetRawText().Contains("Ten millimetres")).GetProperty("seq").GetInt32();
        var ravi = await AtTheConsole("Ravi", $"all/{conversation}?at={seq}");
        await Expect(ravi.Message("Ten millimetres, twelve").First).ToBeInViewportAsync();

        // The quote in the customer's own thread leads back as well.
        await ana.Message("Is that enough").GetByRole(AriaRole.Button).Filter(new() { HasText = "Ten millimetres" }).ClickAsync();
        await Expect(ana.Message("Ten millimetres, twelve").First).ToBeInViewportAsync();
    }

    [BrowserFact, Trait("failure", "5")]
    public async Task Failure_5_A_conversation_of_thousands_of_messages_goes_on()
    {
        // Whether all of thirty thousand are there is asked of the interface (ConversationsApiTests); here, whether a browser has to do with more than it shows.
        var most = Environment.GetEnvironmentVariable("PARLEY_TESTS_LONG") is { Length: > 0 } ? 30_050 : 3_050;
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("The longest conversation");
        // Kept, and thousands of messages away from the newest when she is back: what lies between is neither fetched nor drawn.
        await ana.IsKept("The longest conversation", "history/");
        await ana.Page.GotoAsync("about:blank");
        var conversation = await Only();
        await Parallel.ForAsync(0, most, new ParallelOptions { MaxDegreeOfParallelism = 48 }, async (i, _) =>
            (await Kim.Post($"/v1/conversations/{conversation}/messages", new { clientId = $"long-{i}", content = new { type = "text", text = $"Part {i}" } })).Expect(HttpStatusCode.Created));

        // It still takes words, on both sides, at once.
        await ana.Visit();
        await ana.Sees($"Part {most - 1}");
        await Expect(ana.Message("The longest conversation")).ToHaveCountAsync(0);
        var noor = await AtTheConsole("Noor", $"all/{conversation}");
        await noor.ToNewest();
        await noor.Sees($"Part {most - 1}");
        await ana.Say("Still here");
        await noor.Sees("Still here");
        await noor.Say("So are we");
        await ana.Sees("So are we");
    }

    private static Task ToTop(Customer customer) => customer.App.Locator(".scroller").EvaluateAsync("element => element.scrollTo(0, 0)");

    private async Task<string> Only() => (await Kim.Get("/v1/conversations?view=all")).Expect(HttpStatusCode.OK).Body.GetProperty("items")[0].GetProperty("id").GetString()!;

    /// <summary>Reads a thread from its end to these first words by scrolling, as a person does; only what is near the window exists.</summary>
    private static async Task<List<string>> ReadUpwards(ILocator texts, ILocator scroller, string first)
    {
        var read = new List<string>();
        for (var clock = Stopwatch.StartNew(); read.FirstOrDefault() != first && clock.Elapsed < TimeSpan.FromMinutes(2);)
        {
            var shown = await texts.AllInnerTextsAsync();
            read.InsertRange(0, shown.Select(text => text.Trim()).TakeWhile(text => !read.Contains(text)).ToList());
            await scroller.EvaluateAsync("element => new Promise(done => { element.scrollBy(0, -400); requestAnimationFrame(() => requestAnimationFrame(done)); })");
        }

        return read;
    }
}
