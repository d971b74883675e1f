using Parley.Server.Demo;

namespace Parley.Browser.Pictures;

/// <summary>The console and its settings, as an owner of the demo's shop sees them.</summary>
[Collection("Pictures of the demo")]
public class ConsolePicturesTests
{
    [PicturesFact]
    public async Task The_console()
    {
        var page = await AtTheDesk();
        await page.Go("#/all", page.Locator("a.row").First);
        await Album.Keep(page, "console-list");
        await page.Locator("a.row").Filter(new() { HasText = "Frauke" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Log)).ToBeVisibleAsync();
        await page.WaitForTimeoutAsync(1200);
        await Album.Keep(page, "console-thread");

        foreach (var (key, name) in new[] { ("Shift+A", "transfer") })
        {
            await page.Keyboard.PressAsync("Escape");
            await page.Keyboard.PressAsync(key);
            await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            await page.WaitForTimeoutAsync(600);
            await Album.Keep(page, $"console-{name}");
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        }

        await page.Keyboard.PressAsync("n");
        await page.Keyboard.TypeAsync("She sails on Saturday. @Noor, is the bow shackle in?");
        await Album.Keep(page, "console-note");
        await page.Keyboard.PressAsync("ControlOrMeta+a");
        await page.Keyboard.PressAsync("Delete");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("ControlOrMeta+k");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Album.Keep(page, "console-palette");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Album.Keep(page, "console-shortcuts");
        await page.Keyboard.PressAsync("Escape");
        await page.Go("#/search?q=voucher", page.Locator(".hits a").First);
        await Album.Keep(page, "console-search");
        await page.Go("#/mentions", page.GetByRole(AriaRole.Navigation).First);
        await Album.Keep(page, "console-mentions");
        await page.Context.CloseAsync();
        await Album.Index();
    }

    [PicturesFact]
    public async Task What_is_made_beside_words()
    {
        var page = await AtTheDesk();
        await page.Go("#/all", page.Locator("a.row").First);
        await page.Locator("a.row").Filter(new() { HasText = "Frauke" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Log)).ToBeVisibleAsync();
        // How far the first title is from the text: a switch and a picture may stand between.
        foreach (var (kind, tabs) in new[] { ("Quick replies", 1), ("Form", 1), ("List", 3), ("Cards", 2) })
        {
            await page.Keyboard.PressAsync("r");
            await page.Keyboard.PressAsync("ControlOrMeta+/");
            await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
            await page.Keyboard.TypeAsync(kind);
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = kind }).Locator(".fields :focus")).ToBeVisibleAsync();
            await page.Keyboard.TypeAsync("Which size may it be?");
            for (var tab = 0; tab < tabs; tab++)
            {
                await page.Keyboard.PressAsync("Tab");
            }

            if (kind != "Form")
            {
                await page.Keyboard.TypeAsync("16 kg, galvanised");
            }

            await Album.Keep(page, $"console-make-{kind.ToLowerInvariant().Replace(' ', '-')}");
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
            await page.Keyboard.PressAsync("Escape");
        }

        await page.Context.CloseAsync();
        await Album.Index();
    }

    [PicturesFact]
    public async Task The_settings()
    {
        var page = await AtTheDesk();
        await page.Go("#/settings/me", Heading(page));
        foreach (var at in await Links(page, "#/settings/"))
        {
            await page.Go(at, Heading(page));
            await page.WaitForTimeoutAsync(400);
            await Album.Keep(page, $"settings-{at.Split('/').Last()}");
        }

        await page.Context.CloseAsync();
        await Album.Index();
    }

    [PicturesFact]
    public async Task The_settings_of_a_brand_and_of_an_inbox()
    {
        var page = await AtTheDesk();
        var ids = await page.EvaluateAsync<string[]>("fetch('/v1/directory').then(answer => answer.json()).then(it => [it.brands[0].id, it.inboxes[0].id])");
        foreach (var (list, id) in new[] { ("brands", ids[0]), ("inboxes", ids[1]) })
        {
            var place = $"#/settings/{list}/{id}";
            await page.Go(place, Heading(page));
            await page.WaitForTimeoutAsync(800);
            foreach (var at in (await Links(page, place)).DefaultIfEmpty(place))
            {
                await page.Go(at, Heading(page));
                await page.WaitForTimeoutAsync(600);
                await Album.Keep(page, $"settings-{list}-{(at == place ? "one" : at.Split('/').Last())}");
            }
        }

        await page.Context.CloseAsync();
        await Album.Index();
    }

    private static ILocator Heading(IPage page) => page.GetByRole(AriaRole.Heading, new() { Level = 2 }).First;

    /// <summary>Where the links of this page lead that begin so, each once.</summary>
    private static async Task<IEnumerable<string>> Links(IPage page, string begin) =>
        (await page.EvaluateAsync<string[]>("begin => [...document.querySelectorAll('a')].map(link => link.getAttribute('href')).filter(href => href?.startsWith(begin) && !href.includes('_') === !begin.includes('_'))", begin)).Distinct();

    /// <summary>Kim, who owns the shop, or a colleague, with the demo's own password.</summary>
    internal static async Task<IPage> AtTheDesk(string name = "Kim")
    {
        var demo = await Theatre.Shared.Demo();
        var page = await demo.Visit("/health/live", 1440, 900);
        await page.EvaluateAsync("""
            async ([email, password]) => {
              const answer = await fetch('/v1/session', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Parley': '1' }, body: JSON.stringify({ email, password }) });
              if (!answer.ok) throw new Error(await answer.text());
            }
            """, new[] { Lighthouse.Email(name), Lighthouse.Password(name) });
        await page.GotoAsync(new Uri(demo.Address, "/#/all").ToString());
        await Expect(page.Locator("a.row").First).ToBeVisibleAsync();
        await page.Ask("PUT", "/v1/me/presence", new { state = "online" });
        return page;
    }
}
