using System.Text.Json;

namespace Parley.Browser.Stories;

/// <summary>What no checker of pages finds: large letters, a large zoom, colours of one's own, and what a screen reader reads.</summary>
public class BeyondAxeTests : Scene
{
    [BrowserFact, Trait("row", "PA22")]
    public async Task PA22_At_a_zoom_of_four_hundred_percent_both_write_and_nothing_lies_beside_the_screen()
    {
        // A screen of 1280 by 1024 at 400 %.
        var close = new BrowserNewContextOptions { ViewportSize = new() { Width = 320, Height = 256 } };
        var ana = await Customer(close);
        await ana.Visit();
        await ana.Begin("Large, please");
        (await Beside(await ana.Frame())).ShouldBeLessThanOrEqualTo(0);
        var noor = await AtTheConsole("Noor", "unassigned", close);
        await Expect(noor.Row("Large, please")).ToBeVisibleAsync();
        (await Beside(noor.Page.MainFrame)).ShouldBeLessThanOrEqualTo(0);
        await noor.Row("Large, please").ClickAsync();
        await noor.Sees("Large, please");
        await noor.Field.FillAsync("Four times as large");
        await noor.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await ana.Sees("Four times as large");
        (await Beside(noor.Page.MainFrame)).ShouldBeLessThanOrEqualTo(0);
        await ana.Say("Thank you");
        await noor.Sees("Thank you");
    }

    [BrowserFact, Trait("row", "PA22")]
    public async Task PA22_Letters_of_twice_the_size_are_cut_off_nowhere()
    {
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("Twice as large");
        await Letters(await ana.Frame(), 200);
        (await Cut(await ana.Frame())).ShouldBeEmpty("a thread");
        await ana.Back();
        await Expect(ana.App.Locator("button.row")).ToBeVisibleAsync();
        (await Cut(await ana.Frame())).ShouldBeEmpty("home");

        var noor = await AtTheConsole();
        await noor.Open("Twice as large");
        await Letters(noor.Page.MainFrame, 200);
        await noor.Say("Can you read this?");
        await ana.GoOn();
        await ana.Sees("Can you read this?");
        (await Cut(noor.Page.MainFrame)).ShouldBeEmpty("the console");
        (await Beside(noor.Page.MainFrame)).ShouldBeLessThanOrEqualTo(0);
    }

    [BrowserFact, Trait("row", "PA22")]
    public async Task PA22_In_colours_of_ones_own_everything_has_an_edge_and_the_chosen_one_is_seen()
    {
        var own = new BrowserNewContextOptions { ForcedColors = ForcedColors.Active };
        var ana = await Customer(own);
        await ana.Visit();
        await ana.Begin("In black and yellow");
        var noor = await AtTheConsole("Noor", "all", own);
        await noor.Open("In black and yellow");
        await noor.Say("So be it");
        await ana.Sees("So be it");
        (await Edgeless(await ana.Frame())).ShouldBeEmpty("the widget");
        (await Edgeless(noor.Page.MainFrame)).ShouldBeEmpty("the console");
        (await noor.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('a.row[aria-current]')).outlineStyle")).ShouldBe("solid");
        (await ana.Message("So be it").Locator(".bubble").EvaluateAsync<string>("bubble => getComputedStyle(bubble).outlineStyle")).ShouldBe("solid");
    }

    /// <summary>How many pixels of the page lie beside the screen.</summary>
    private static Task<int> Beside(IFrame frame) => frame.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");

    private static Task Letters(IFrame frame, int percent) => frame.EvaluateAsync($"document.documentElement.style.fontSize = '{percent}%'");

    /// <summary>Buttons, fields and messages whose words do not fit into them, and that do not say so with three dots.</summary>
    private static async Task<IEnumerable<string?>> Cut(IFrame frame) => (await frame.EvaluateAsync<JsonElement>("""
        () => [...document.querySelectorAll('button, a, h1, h2, h3, label, .bubble, [role=article]')]
          .filter(it => it.checkVisibility() && it.innerText.trim())
          .filter(it => { const style = getComputedStyle(it); return style.overflow !== 'visible' && style.textOverflow !== 'ellipsis' && !it.classList.contains('unseen'); })
          .filter(it => it.scrollWidth > it.clientWidth + 1 || it.scrollHeight > it.clientHeight + 1)
          .map(it => `${it.outerHTML.slice(0, 160)}: ${it.scrollWidth}x${it.scrollHeight} in ${it.clientWidth}x${it.clientHeight}`)
        """)).EnumerateArray().Select(found => found.GetString());

    /// <summary>Buttons that nothing but a ground or a shadow shows: gone, where these are.</summary>
    private static async Task<IEnumerable<string?>> Edgeless(IFrame frame) => (await frame.EvaluateAsync<JsonElement>("""
        () => [...document.querySelectorAll('button')]
          .filter(it => it.checkVisibility())
          .filter(it => { const style = getComputedStyle(it); return style.outlineStyle === 'none' && style.borderTopStyle === 'none'; })
          .map(it => it.outerHTML.slice(0, 160))
        """)).EnumerateArray().Select(found => found.GetString());
}
