using System.Net;

namespace Parley.Browser.Stories;

/// <summary>The widget on somebody else's pages: on a desk, on a telephone, in several tabs, in a private window.</summary>
public class WidgetTests : Scene
{
    [BrowserFact, Trait("row", "CH1")]
    public async Task CH1_One_line_puts_the_widget_on_any_page()
    {
        var noor = await AtTheConsole();
        var ana = await Customer();
        await ana.Visit();
        var before = await ana.Page.EvaluateAsync<double>("document.body.getBoundingClientRect().height");
        await ana.Begin("It works on my page");
        var panel = (await ana.Panel.BoundingBoxAsync())!;
        panel.Width.ShouldBe(384);
        // The page behind neither shifts nor scrolls.
        (await ana.Page.EvaluateAsync<double>("document.body.getBoundingClientRect().height")).ShouldBe(before);
        await noor.Open("It works on my page");
        await noor.Say("So it does");
        await ana.Sees("So it does");
        await ana.Field.PressAsync("Escape");
        await Expect(ana.Panel).ToBeHiddenAsync();
        await Expect(ana.Launcher).ToBeFocusedAsync();
    }

    [BrowserFact, Trait("row", "CH1"), Trait("row", "LC21")]
    public async Task CH1_LC21_On_a_telephone_it_fills_the_screen()
    {
        var noor = await AtTheConsole();
        var ana = await Customer(Telephone());
        await ana.Visit();
        await ana.Launcher.TapAsync();
        await Expect(ana.Panel).ToBeVisibleAsync();
        var panel = (await ana.Panel.BoundingBoxAsync())!;
        (panel.X, panel.Y, panel.Width, panel.Height).ShouldBe((0, 0, 390, 844));
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }).TapAsync();
        await ana.Field.FillAsync("From my telephone");
        // Enter makes a new line there; the button sends, and is large enough for a thumb.
        var send = ana.App.GetByRole(AriaRole.Button, new() { Name = "Send" });
        var size = (await send.BoundingBoxAsync())!;
        Math.Min(size.Width, size.Height).ShouldBeGreaterThanOrEqualTo(44);
        await send.TapAsync();
        await ana.Arrived("From my telephone");
        await noor.Open("From my telephone");
        await noor.Say("We read you");
        await ana.Sees("We read you");
        (await ana.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
        // Nothing hovers there, and nobody knows of a long press: the button beside a message is seen, and opens the menu.
        var more = ana.Message("We read you").GetByRole(AriaRole.Button, new() { Name = "What to do with this message" });
        (await more.EvaluateAsync<bool>("it => matchMedia('(hover: none)').matches && it.getBoundingClientRect().right <= innerWidth")).ShouldBeTrue();
        await Expect(more).ToHaveCSSAsync("opacity", "1");
        await more.TapAsync();
        await Expect(ana.App.GetByRole(AriaRole.Menuitem, new() { Name = "Reply" })).ToBeVisibleAsync();
        await ana.Page.Keyboard.PressAsync("Escape");
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Close" }).TapAsync();
        await Expect(ana.Panel).ToBeHiddenAsync();
        await Expect(ana.Page.Locator("#other")).ToBeInViewportAsync();
    }

    [BrowserFact, Trait("row", "PA1")]
    public async Task PA1_A_teaser_invites_and_can_be_dismissed_for_good()
    {
        (await Kim.Patch($"/v1/inboxes/{Inbox}", new { texts = new { en = new { greeting = "Ahoy! What can we do?", teaser = "Questions about sails?" } } })).Expect(HttpStatusCode.OK);
        var ana = await Customer();
        await ana.Visit();
        await Expect(ana.Teaser).ToContainTextAsync("Questions about sails?");
        await ana.Teaser.GetByRole(AriaRole.Button, new() { Name = "Hide" }).ClickAsync();
        await Expect(ana.Teaser).ToBeHiddenAsync();
        await ana.Page.ReloadAsync();
        await Expect(ana.Launcher).ToBeVisibleAsync();
        await Expect(ana.Teaser).ToBeHiddenAsync();

        // Nothing was loaded and nobody was told before it was opened.
        await Expect(ana.Page.Locator("parley-launcher iframe")).ToHaveCountAsync(0);
        ana.Watch.Requests.ShouldNotContain(url => url.Contains("/sessions"));
        await ana.Open();
        await Expect(ana.App.GetByText("Ahoy! What can we do?")).ToBeVisibleAsync();
    }

    [BrowserFact, Trait("row", "PA1")]
    public async Task PA1_It_follows_the_light_and_the_dark()
    {
        var ana = await Customer(new() { ColorScheme = ColorScheme.Dark });
        await ana.Visit();
        await ana.Begin("It is dark here");
        var dark = await Ground(ana);
        await ana.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        var light = await Ground(ana);
        dark.ShouldBeLessThan(0.35);
        light.ShouldBeGreaterThan(0.85);
    }

    [BrowserFact, Trait("row", "PA1")]
    public async Task PA1_Several_tabs_share_one_stream_and_one_sound()
    {
        var first = await Customer();
        await Ears.Lend(first.Context);
        var sockets = 0;
        first.Context.Page += (_, page) => page.WebSocket += (_, _) => Interlocked.Increment(ref sockets);
        first.Page.WebSocket += (_, _) => Interlocked.Increment(ref sockets);
        await first.Visit();
        await first.Begin("I have many tabs");
        var second = await first.Tab();
        await second.Visit("anchors");
        await second.Open();
        await second.App.Locator("button.row").Or(second.Field).First.ClickAsync();
        await second.Sees("I have many tabs");
        sockets.ShouldBe(1);

        await second.Close();
        await first.Page.BringToFrontAsync();
        await first.Close();
        var noor = await AtTheConsole();
        await noor.Open("many tabs");
        await noor.Say("I see all of them");
        await Expect(first.Badge).ToHaveTextAsync("1");
        await Expect(second.Badge).ToHaveTextAsync("1");
        await Ears.Eventually(async () => (await Ears.Tones(first.Page, second.Page)).ShouldBe(Ears.Sound));

        // Who wants silence has it, in all tabs.
        await first.Open();
        await first.Sees("I see all of them");
        await first.Back();
        await first.App.GetByRole(AriaRole.Button, new() { Name = "Sound" }).ClickAsync();
        await first.Close();
        await noor.Say("Another one");
        await Expect(first.Badge).ToHaveTextAsync("1");
        var heard = await Ears.Tones(second.Page);

        // The tab that held the stream goes; the other takes over.
        await first.Page.CloseAsync();
        await noor.Say("Still there?");
        await Expect(second.Badge).ToHaveTextAsync("2");
        sockets.ShouldBe(2);
        (await Ears.Tones(second.Page)).ShouldBe(heard);
    }

    [BrowserFact]
    public async Task In_a_private_window_on_a_site_of_another_name_it_works_as_well()
    {
        var noor = await AtTheConsole();
        var ana = await Customer();
        await ana.Visit("", origin: Shop.Stranger);
        await ana.Begin("My browser keeps nothing for frames");
        await noor.Open("keeps nothing");
        await noor.Say("We keep it for you");
        await ana.Sees("We keep it for you");
        // What brings her back is kept by the page itself.
        await ana.Page.Locator("#other").ClickAsync();
        await Expect(ana.Panel).ToBeVisibleAsync();
        await ana.ShowHome();
        await ana.App.Locator("button.row").ClickAsync();
        await ana.Sees("My browser keeps nothing for frames");
        await ana.Say("Thank you");
        await noor.Sees("Thank you");
    }

    [BrowserFact]
    public async Task A_site_that_the_inbox_does_not_name_gets_no_widget()
    {
        var (inbox, _) = await AddInbox("Strict", new { name = "Strict", channel = "web", domains = new[] { "shop.lighthouse.localhost" } });
        var thief = await Customer();
        thief.Watch.Expect("CORS|net::ERR_FAILED|frame-ancestors");
        await thief.Page.RunAndWaitForRequestFinishedAsync(
            () => thief.Page.GotoAsync(Shop.Page("", Server.Address, inbox, origin: Shop.Stranger)), new() { Predicate = request => request.Url.EndsWith(inbox) });
        await Expect(thief.Launcher).ToHaveCountAsync(0);
        await thief.Page.EvaluateAsync("address => new Promise(done => { const frame = document.createElement('iframe'); frame.onload = done; frame.src = address; document.body.append(frame); })",
            $"{Server.Address}widget/?inbox={inbox}&origin={Uri.EscapeDataString(Shop.Stranger)}");
        await Expect(thief.Page.FrameLocator("iframe").GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }

    /// <summary>How light the ground of the thread is, 0 to 1.</summary>
    private static Task<double> Ground(Customer customer) => customer.App.Locator("body").EvaluateAsync<double>("""
        body => {
          const canvas = new OffscreenCanvas(1, 1).getContext('2d');
          canvas.fillStyle = getComputedStyle(body.querySelector('.scroller')).backgroundColor;
          const own = getComputedStyle(body.querySelector('.scroller')).backgroundColor;
          canvas.fillStyle = own === 'rgba(0, 0, 0, 0)' ? getComputedStyle(body).backgroundColor : own;
          canvas.fillRect(0, 0, 1, 1);
          const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
          return (r + g + b) / 765;
        }
        """);
}
