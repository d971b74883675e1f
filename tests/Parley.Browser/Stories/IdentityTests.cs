using System.Net;

namespace Parley.Browser.Stories;

/// <summary>Who somebody is, what proves it, and who sees what because of it.</summary>
public class IdentityTests : Scene
{
    [BrowserFact, Trait("row", "MS15")]
    public async Task MS15_A_customer_whom_the_site_vouches_for_is_known_by_name()
    {
        var ana = await Customer();
        await ana.Visit("account", Vouch("ana", "Ana"));
        await ana.Open();
        await Expect(ana.App.GetByText("Hello Ana!")).ToBeVisibleAsync();
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }).ClickAsync();
        await ana.Say("Where is my order 4711?");

        var noor = await AtTheConsole();
        await Expect(noor.Row("order 4711")).ToContainTextAsync("Ana");
        await noor.Open("order 4711");
        await Expect(noor.Page.GetByText("your system vouches for who this is")).ToBeVisibleAsync();
        await Expect(noor.Page.GetByText("ana@example.test")).ToBeVisibleAsync();
    }

    [BrowserFact, Trait("row", "MS15")]
    public async Task MS15_Whoever_forges_the_proof_stays_a_stranger()
    {
        var ana = await Customer();
        await ana.Visit("account", Vouch("ana", "Ana"));
        await ana.Begin("My secret order");

        var mallory = await Customer();
        await mallory.Visit("account", Vouch("ana", "Ana", key: new string('x', 43)));
        await mallory.Begin("I am Ana, believe me");
        await mallory.Back();
        await Expect(mallory.App.Locator("button.row")).ToHaveCountAsync(1);
        await Expect(mallory.App.GetByText("Hello Ana!")).ToHaveCountAsync(0);

        var noor = await AtTheConsole();
        await Expect(noor.Row("I am Ana, believe me")).Not.ToContainTextAsync("Ana:");
        await noor.Open("I am Ana, believe me");
        await Expect(noor.Page.GetByText("your system vouches")).ToHaveCountAsync(0);
        await Expect(noor.Page.GetByText("Not proven.")).ToBeVisibleAsync();
    }

    [BrowserFact, Trait("failure", "6")]
    public async Task Failure_6_A_second_browser_without_a_token_shows_a_verified_customer_everything()
    {
        var home = await Customer();
        await home.Visit("", Vouch("ana", "Ana"));
        await home.Begin("Written at home");
        var noor = await AtTheConsole();
        await noor.Open("Written at home");
        await noor.Say("Answered at once");
        await home.Sees("Answered at once");

        var work = await Customer();
        await work.Visit("", Vouch("ana", "Ana"));
        await work.Open();
        await work.App.Locator("button.row").First.ClickAsync();
        await work.Sees("Written at home");
        await work.Sees("Answered at once");
        await work.Say("And now from work");
        await home.Sees("And now from work");
    }

    [BrowserFact, Trait("failure", "13")]
    public async Task Failure_13_Strangers_can_write_where_members_are_vouched_for()
    {
        var member = await Customer();
        await member.Visit("", Vouch("ana", "Ana"));
        await member.Begin("I am a member");
        var stranger = await Customer();
        await stranger.Visit();
        await stranger.Begin("I am nobody yet");

        var noor = await AtTheConsole();
        await noor.Open("I am nobody yet");
        await noor.Say("You are welcome all the same");
        await stranger.Sees("You are welcome all the same");
        await Expect(member.Message("welcome")).ToHaveCountAsync(0);

        // Who signs in afterwards takes along what was written before.
        var known = false;
        await stranger.Page.RunAndWaitForResponseAsync(
            () => stranger.Page.EvaluateAsync("jwt => Parley.identify(jwt)", Vouch("ben", "Ben")),
            answer => (known |= answer.Url.EndsWith("/v1/widget/sessions")) && answer.Url.Contains("/timeline") && answer.Ok);
        await stranger.Say("Now I am Ben");
        await noor.Sees("Now I am Ben");
        await Expect(noor.Page.GetByRole(AriaRole.Heading, new() { Name = "Ben" }).First).ToBeVisibleAsync();
        await stranger.Sees("I am nobody yet");
    }

    [BrowserFact]
    public async Task Two_people_on_one_browser_never_see_each_others_threads()
    {
        var family = await Customer();
        await family.Visit("", Vouch("ana", "Ana"));
        await family.Begin("What Ana asked");
        await family.Page.EvaluateAsync("Parley.shutdown()");
        await Expect(family.Panel).ToBeHiddenAsync();
        await Expect(family.Page.Locator("parley-launcher iframe")).ToHaveCountAsync(0);

        // Ben signs in where Ana has signed out.
        await family.Visit("", Vouch("ben", "Ben"));
        await family.Open();
        await Expect(family.App.GetByText("Hello Ben!")).ToBeVisibleAsync();
        await Expect(family.App.GetByText("What Ana asked")).ToHaveCountAsync(0);
        await family.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }).ClickAsync();
        await family.Say("What Ben asked");

        // Ana signs in over Ben, without anybody having signed out: what was just asked for him is refused.
        family.Watch.Expect("status of 401");
        await family.Visit("", Vouch("ana", "Ana"));
        await family.ShowHome();
        await Expect(family.App.GetByText("Hello Ana!")).ToBeVisibleAsync();
        await Expect(family.App.Locator("button.row")).ToHaveCountAsync(1);
        await Expect(family.App.Locator("button.row")).ToContainTextAsync("What Ana asked");

        // Nobody is signed in: nobody's threads.
        await family.Page.EvaluateAsync("Parley.shutdown()");
        await Expect(family.Page.Locator("parley-launcher iframe")).ToHaveCountAsync(0);
        await family.Visit();
        await family.Open();
        await Expect(family.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" })).ToBeVisibleAsync();
        await Expect(family.App.Locator("button.row")).ToHaveCountAsync(0);
        (await Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items").GetArrayLength().ShouldBe(2);
    }
    [BrowserFact]
    public async Task Who_signs_out_before_the_widget_is_there_is_signed_out()
    {
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("On the library's machine");
        await ana.Page.CloseAsync();

        // The site says so first of all: the app hears it together with the hello, before it has as much as its words.
        var farewell = await ana.Tab();
        await farewell.Page.AddInitScriptAsync("window.Parley = [['shutdown']]");
        await farewell.Page.RunAndWaitForResponseAsync(() => farewell.Visit(), answer => answer.Url.EndsWith("/v1/widget/sessions/end") && answer.Ok);
        await Expect(farewell.Page.Locator("parley-launcher iframe")).ToHaveCountAsync(0);

        var next = await ana.Tab();
        await next.Visit();
        await next.Open();
        await Expect(next.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" })).ToBeVisibleAsync();
        await Expect(next.App.Locator("button.row")).ToHaveCountAsync(0);
    }
}
