namespace Parley.Browser.Pictures;

/// <summary>What colleagues do together, as an owner of the demo's shop sees it.</summary>
public class TeamPicturesTests
{
    [PicturesFact]
    public async Task Many_at_once_a_question_beside_the_thread_who_follows_and_how_it_stands()
    {
        var page = await ConsolePicturesTests.AtTheDesk();
        var keys = page.Keyboard;
        await page.Locator("a.row").First.FocusAsync();
        await keys.PressAsync("x");
        await keys.PressAsync("Shift+J");
        await keys.PressAsync("Shift+J");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Picked conversations" })).ToContainTextAsync("3 picked");
        await Album.Keep(page, "console-bulk");
        await keys.PressAsync("Escape");

        await page.Locator("a.row").Filter(new() { HasText = "Frauke" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Log)).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await keys.PressAsync("Shift+F");
        await Expect(page.Locator(".here").GetByText("You follow this")).ToBeVisibleAsync();
        await keys.PressAsync("q");
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await keys.TypeAsync("Noor");
        await keys.PressAsync("Enter");
        await Expect(page.GetByLabel("Your question; the customer never sees it")).ToBeFocusedAsync();
        await keys.TypeAsync("Have we two metres of the navy strip?");
        await Album.Keep(page, "console-ask");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("details.aside")).ToBeVisibleAsync();
        await page.GetByText("You follow this").First.ScrollIntoViewIfNeededAsync();
        await Album.Keep(page, "console-side-conversation");

        // Two who wait, so that there is something to look after.
        var inbox = await page.EvaluateAsync<string>("fetch('/v1/directory').then(answer => answer.json()).then(it => it.inboxes[0].id)");
        var waiting = new List<Tests.Cast.Browser>();
        foreach (var text in new[] { "Is somebody there? My halyard is stuck", "Do you open on Sunday?" })
        {
            var one = new Tests.Cast.Browser((await Theatre.Shared.Demo()).Address, inbox);
            waiting.Add(one);
            await one.Begin();
            await one.Write(text);
        }

        await page.EvaluateAsync("location.hash = '#/supervision'");
        await Expect(page.Locator(".floor summary").First).ToBeVisibleAsync();
        await page.WaitForTimeoutAsync(1_500);
        await Album.Keep(page, "console-supervision");
        waiting.ForEach(one => one.Dispose());
        await page.Context.CloseAsync();
        await Album.Index();
    }
}
