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

    private static bool Is(string url, string authority) => url.StartsWith("blob:") || url.StartsWith("data:") || new Uri(url).Authority == authority;
}
