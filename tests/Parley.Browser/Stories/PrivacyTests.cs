using System.Text.RegularExpressions;

namespace Parley.Browser.Stories;

/// <summary>MS16: what is said stays with the company. Every other test holds its browsers to it as well; this one walks where something foreign would hide.</summary>
public class PrivacyTests : Scene
{
    [BrowserFact, Trait("row", "MS16")]
    public async Task MS16_No_request_of_any_page_leaves_the_own_origins()
    {
        var noor = await Agent();
        await noor.SitDown(signedIn: false);
        await noor.Page.GetByLabel("Email").FillAsync(Email("Noor"));
        await noor.Page.GetByLabel("Password").FillAsync(Password);
        await noor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(noor.Page.GetByRole(AriaRole.Navigation)).ToBeVisibleAsync();

        var ana = await Customer();
        await ana.Visit();
        await ana.Open();
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }).ClickAsync();
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Add an emoji" }).ClickAsync();
        await Expect(ana.App.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await ana.Page.Keyboard.PressAsync("Escape");
        await Expect(ana.App.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        await ana.Say("Look at https://www.example.com/picture.png and ![](https://tracker.example.com/pixel.gif) <img src=https://tracker.example.com/x.gif>");
        await noor.Page.GotoAsync($"{Server.Address}#/unassigned");
        await noor.Open("example.com");
        await noor.Sees("tracker.example.com");
        await noor.Say("We do: https://www.example.com/answer");
        await ana.Sees("www.example.com/answer");
        foreach (var (place, shows) in new[]
        {
            ("search?q=picture", "1 hit"), ("settings/me", "How customers see you"), ("mentions", "Nobody has mentioned you"), ("mine", "example.com/answer"),
        })
        {
            await noor.Page.GotoAsync($"{Server.Address}#/{place}");
            await Expect(noor.Page.GetByText(shows).First).ToBeVisibleAsync();
        }

        var (console, site) = (noor.Watch.Requests, ana.Watch.Requests);
        var parley = Server.Address.Authority;
        console.ShouldAllBe(url => Is(url, parley));
        // The page itself is the shop's; everything else is Parley's, and the shop gets nothing of what is said.
        site.Where(url => !Is(url, parley)).ShouldAllBe(url => url.StartsWith(Shop.Origin + "/"));
        site.Count(url => url.StartsWith(Shop.Origin)).ShouldBe(1);
        (console.Count, site.Count).ShouldSatisfyAllConditions(
            counts => counts.Item1.ShouldBeGreaterThan(20), counts => counts.Item2.ShouldBeGreaterThan(8));
        console.ShouldContain(url => url.StartsWith("ws://"));
        site.ShouldContain(url => url.StartsWith("ws://"));
        // And no token stands in an address, where logs and histories would keep it.
        console.Concat(site).ShouldAllBe(url => !url.Contains("token=") && !url.Contains("resume="));
    }

    [BrowserFact, Trait("row", "PA18")]
    public async Task Before_the_widget_is_opened_nothing_is_kept_and_one_cacheable_question_asked()
    {
        var ana = await Customer();
        var answers = new System.Collections.Concurrent.ConcurrentQueue<IResponse>();
        ana.Page.Response += (_, answer) => answers.Enqueue(answer);
        await ana.Visit();
        await Expect(ana.Launcher).ToBeVisibleAsync();
        await Task.Delay(500);
        var parley = answers.Where(answer => new Uri(answer.Url).Authority == Server.Address.Authority).ToList();
        parley.Select(answer => new Uri(answer.Url).AbsolutePath).ShouldBe(["/parley.js", $"/v1/widget/inboxes/{Inbox}"]);
        parley[1].Request.Method.ShouldBe("GET");
        parley[1].Headers["cache-control"].ShouldContain("public");
        parley[1].Request.Headers.Keys.ShouldNotContain("authorization");
        parley.ShouldAllBe(answer => !answer.Headers.ContainsKey("set-cookie"));
        (await ana.Context.CookiesAsync()).ShouldBeEmpty();
        (await Kept(ana)).ShouldBe("[0,0,0]");
        await Expect(ana.Page.Locator("iframe")).ToHaveCountAsync(0);

        // The site may say yes for them; then the widget may begin without being opened.
        await ana.Page.EvaluateAsync("Parley.consent(true)");
        await Expect(ana.Page.Locator("iframe")).ToHaveCountAsync(1);
    }

    [BrowserFact, Trait("row", "PA18")]
    public async Task Who_wants_to_be_forgotten_on_a_device_leaves_nothing_on_it()
    {
        var noor = await AtTheConsole();
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("This is a shared computer");
        await ana.Field.FillAsync("A draft that stays unsent");
        var token = await ana.Page.EvaluateAsync<string>("localStorage.getItem(Object.keys(localStorage)[0])");
        token.ShouldContain("resume");
        await ana.ShowHome();
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Forget me on this device" }).ClickAsync();
        await Expect(ana.App.GetByRole(AriaRole.Alertdialog)).ToBeVisibleAsync();
        await Reads("widget-forget", ana.App.GetByRole(AriaRole.Alertdialog));
        await ana.Page.Keyboard.PressAsync("Escape");
        await Expect(ana.App.GetByRole(AriaRole.Alertdialog)).ToBeHiddenAsync();
        await ana.Page.Keyboard.PressAsync("Enter");
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Forget me", Exact = true }).ClickAsync();
        await Expect(ana.Panel).ToBeHiddenAsync();
        await Expect(ana.Page.Locator("iframe")).ToHaveCountAsync(0);
        (await Kept(ana)).ShouldBe("[0,0,0]");

        await ana.Visit();
        await ana.Open();
        await Expect(ana.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" })).ToBeVisibleAsync();
        await Expect(ana.App.Locator("button.row")).ToHaveCountAsync(0);
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }).ClickAsync();
        await Expect(ana.Field).ToHaveValueAsync("");
        // The company still has what was sent to it.
        await noor.Open("This is a shared computer");
        await noor.Sees("This is a shared computer");
    }

    [BrowserFact, Trait("row", "OP3")]
    public async Task Spam_is_one_key_and_one_press_takes_it_back()
    {
        var noor = await AtTheConsole();
        var ana = await Customer();
        await ana.Visit();
        ana.Watch.Expect("status of 403");
        await ana.Begin("Buy cheap anchors");
        await noor.Open("cheap anchors");
        await noor.Page.Keyboard.PressAsync("Escape");
        await noor.Page.Keyboard.PressAsync("!");
        await Expect(noor.Row("cheap anchors")).ToHaveCountAsync(0);
        await ana.Write("Really cheap");
        await ana.Field.PressAsync("Enter");
        await ana.IsMarked("Really cheap", "failed");
        await Expect(ana.App.GetByText("Messages from here are not taken.")).ToBeVisibleAsync();
        await Reads("widget-refused", ana.Message("Really cheap"));
        await noor.Page.GotoAsync($"{Server.Address}#/spam");
        await Expect(noor.Row("cheap anchors")).ToBeVisibleAsync();
        await noor.Open("cheap anchors");
        await Expect(noor.Page.GetByText("Blocked: nothing they write is taken")).ToBeVisibleAsync();
        await Reads("console-spam", noor.Page.GetByRole(AriaRole.Region, new() { NameRegex = new Regex("^Conversation with") }));
        await noor.Page.Keyboard.PressAsync("Escape");
        await noor.Page.Keyboard.PressAsync("!");
        await Expect(noor.Row("cheap anchors")).ToHaveCountAsync(0);
        await noor.Page.GotoAsync($"{Server.Address}#/unassigned");
        await Expect(noor.Row("cheap anchors")).ToBeVisibleAsync();
    }

    private static Task<string> Kept(Customer customer) => customer.Page.EvaluateAsync<string>(
        "(async () => JSON.stringify([localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]))()");

    private static bool Is(string url, string authority) => url.StartsWith("blob:") || url.StartsWith("data:") || new Uri(url).Authority == authority;
}
