using System.Net;

namespace Parley.Browser.Stories;

/// <summary>One thread is talked in while both are there, and waits patiently when they are not; what each side reads of it is true.</summary>
public class ModesTests : Scene
{
    [BrowserFact, Trait("row", "MS11"), Trait("row", "MS14"), Trait("row", "MS32"), Trait("row", "LC19")]
    public async Task MS11_MS14_MS32_LC19_A_thread_becomes_a_talk_and_messages_again_as_both_wish()
    {
        await Policy(new { profile = "blended", hours = "always", liveWaitSeconds = 600, acceptSeconds = 600 });
        var noor = await AtTheConsole();
        await State("Noor", "online");
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("Is the big anchor in stock?");

        // She is told that somebody is looked for, and that she need not wait.
        await Expect(ana.App.GetByText("You need not wait", new() { Exact = false })).ToBeVisibleAsync();
        await noor.Open("big anchor");
        await noor.Say("It is.");
        await ana.Sees("It is.");
        await Expect(ana.App.GetByText("You are talking with Noor")).ToBeVisibleAsync();
        await Expect(noor.Thread.GetByText("Both are here: live")).ToBeVisibleAsync();

        // To end it asks first.
        var end = ana.App.GetByRole(AriaRole.Button, new() { Name = "End chat" });
        await end.ClickAsync();
        await Expect(ana.App.GetByText("End the chat?")).ToBeVisibleAsync();
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Go on", Exact = true }).ClickAsync();
        await Expect(ana.App.GetByText("You are talking with Noor")).ToBeVisibleAsync();
        await end.ClickAsync();
        await end.ClickAsync();
        await Expect(ana.App.GetByText("You are talking with Noor")).ToBeHiddenAsync();

        // It goes on in the same thread, and is talk again as soon as words follow one another.
        await ana.Say("And the chain for it?");
        await noor.Sees("And the chain for it?");
        await noor.Say("Yes, too.");
        await Expect(ana.App.GetByText("You are talking with Noor")).ToBeVisibleAsync();

        // Noor goes on later, and says when: that is what Ana reads.
        await noor.Page.GetByRole(AriaRole.Button, new() { Name = "I come back by …" }).ClickAsync();
        await noor.Page.GetByRole(AriaRole.Option, new() { NameRegex = new("^Within an hour") }).ClickAsync();
        await Expect(ana.Log.GetByText("Noor will write here", new() { Exact = false })).ToBeVisibleAsync();
        await Expect(ana.App.GetByText("Our answer comes today by", new() { Exact = false }).Or(ana.App.GetByText("Our answer comes tomorrow by", new() { Exact = false }))).ToBeVisibleAsync();

        // She would rather talk now.
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Talk now" }).ClickAsync();
        await Expect(ana.App.GetByRole(AriaRole.Button, new() { Name = "Write to me instead" })).ToBeVisibleAsync();
        (await Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items")[0].GetProperty("mode").GetString().ShouldBe("waiting");
    }

    [BrowserFact, Trait("row", "LC2"), Trait("row", "LC3"), Trait("row", "LC4"), Trait("row", "LC8")]
    public async Task LC2_LC3_LC4_LC8_A_strict_chat_asks_who_is_silent_ends_and_does_not_come_back()
    {
        await Policy(new { profile = "strictLive", hours = "always", liveWaitSeconds = 600, acceptSeconds = 600, idleReminderSeconds = 2, idleSeconds = 6 });
        var noor = await AtTheConsole();
        await State("Noor", "online");
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("Which rope for a mooring?");
        await noor.Open("Which rope");
        await noor.Say("Sixteen millimetres.");
        await ana.Sees("Sixteen millimetres.");

        await Expect(ana.Log.GetByText("Are you still there?")).ToBeVisibleAsync();
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "I am still here" }).ClickAsync();
        await Expect(ana.App.GetByText("You are talking with Noor")).ToBeVisibleAsync();

        await Expect(ana.App.GetByText("This chat has ended")).ToBeVisibleAsync();
        await Expect(ana.Field).ToBeHiddenAsync();
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "New conversation" }).ClickAsync();
        await ana.Say("Another question");
        await ana.Arrived("Another question");
        await Expect(ana.Message("Sixteen millimetres.")).ToHaveCountAsync(0);
    }
}
