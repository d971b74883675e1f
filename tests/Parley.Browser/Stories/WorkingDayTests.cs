using System.Net;
using System.Text.Json;

namespace Parley.Browser.Stories;

/// <summary>A team's day: thirty customers, two agents who touch nothing but their keys, and who looks after them.</summary>
public sealed class WorkingDayTests : Scene
{
    private const int Each = 15;

    [BrowserFact, Trait("row", "PA1"), Trait("row", "PA8"), Trait("row", "PA9"), Trait("row", "PA16"), Trait("row", "LC7")]
    public async Task PA1_PA16_Thirty_conversations_are_worked_through_by_two_agents_and_a_supervisor_with_keys_alone()
    {
        await Policy(new { profile = "messaging", hours = "always" });
        (await Kim.Patch("/v1/workspace", new { labels = new[] { "sails", "ropes" } })).Expect(HttpStatusCode.OK);
        (await Kim.Post("/v1/replies", new { name = "Delivery", shortcut = "delivery", texts = "It leaves us today, {{contact.firstName|sailor}}." })).Expect(HttpStatusCode.Created);
        var bye = (await Kim.Post("/v1/replies", new { name = "Goodbye", shortcut = "bye", texts = "You are welcome." })).Expect(HttpStatusCode.Created)["id"];
        (await Kim.Post("/v1/macros", new { name = "Thank and close", actions = new object[] { new { reply = bye }, new { label = "sails" }, new { close = true } } })).Expect(HttpStatusCode.Created);
        var (second, _) = await AddInbox("Ropes");
        await Policy(new { profile = "messaging", hours = "always" }, second);
        var noor = await AtTheConsole("Noor", $"inbox:{Inbox}");
        var ravi = await AtTheConsole("Ravi", $"inbox:{second}");
        for (var i = 0; i < Each; i++)
        {
            await Written($"Sail question {i:00}");
            await Written($"Rope question {i:00}", second);
        }

        await Expect(noor.Rows).ToHaveCountAsync(Each);
        await Expect(ravi.Rows).ToHaveCountAsync(Each);
        await Task.WhenAll(Works(noor, "Sail"), Works(ravi, "Rope"));

        // All of it is dealt with, each as it was meant.
        var rows = new List<JsonElement>();
        foreach (var status in new[] { "open", "snoozed", "closed" })
        {
            rows.AddRange((await Kim.Get($"/v1/conversations?status={status}&limit=100")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray());
        }

        rows.Count.ShouldBe(2 * Each);
        rows.GroupBy(row => row.GetProperty("status").GetString()).ToDictionary(group => group.Key!, group => group.Count()).ShouldBe(new Dictionary<string, int> { ["closed"] = 12, ["snoozed"] = 6, ["open"] = 12 }, ignoreOrder: true);
        rows.Count(row => row.GetProperty("labels").EnumerateArray().Any()).ShouldBe(12);

        // What is promised gets a view of its own, is made urgent at once, and thought better of; the last question about sails is passed on.
        await Sort(noor);
        await PassOn(noor, "Looking into Sail 13");

        // The supervisor sees who has what, looks into one unseen, whispers, takes it over, answers and closes it.
        var kim = await AtTheConsole("Kim", "all");
        await Expect(kim.Rows.First).ToBeVisibleAsync();
        var keys = kim.Page.Keyboard;
        await keys.PressAsync("g");
        await keys.PressAsync("w");
        var floor = kim.Page.GetByRole(AriaRole.Region, new() { Name = "Supervision" });
        var place = floor.Locator("summary").Filter(new() { HasText = "Noor" });
        await Expect(place).ToBeVisibleAsync();
        var still = floor.Locator("details").Filter(new() { HasText = "Noor" }).GetByRole(AriaRole.Link);
        await kim.TabTo(place, "j");
        await keys.PressAsync("Enter");
        await Expect(still.First).ToBeVisibleAsync();
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await Expect(kim.Page.GetByText("You are watching. Noor has this conversation")).ToBeVisibleAsync();
        await keys.PressAsync("Shift+W");
        await keys.TypeAsync("Shall I take this one?");
        await keys.PressAsync("Enter");
        await kim.Sees("Shall I take this one?");
        await keys.PressAsync("Escape");
        await keys.PressAsync("Shift+T");
        await Expect(kim.Page.GetByRole(AriaRole.Dialog).GetByLabel("Why")).ToBeFocusedAsync();
        await keys.TypeAsync("Noor has a full day");
        await keys.PressAsync("Enter");
        await Expect(kim.Field).ToBeVisibleAsync();
        await keys.PressAsync("r");
        await Expect(kim.Field).ToBeFocusedAsync();
        await keys.TypeAsync("It is done.");
        await keys.PressAsync("Enter");
        await kim.Arrived("It is done.");
        // Out of the field, too, a conversation is closed from where one writes.
        await Expect(kim.Field).ToBeFocusedAsync();
        await keys.PressAsync("Control+Shift+Enter");
        await Ears.Eventually(async () => (await Kim.Get("/v1/conversations?status=closed&limit=100")).Expect(HttpStatusCode.OK).Body.GetProperty("items").GetArrayLength().ShouldBe(13));
    }

    /// <summary>Three of a view that is made for it are done with at once, and taken back.</summary>
    private async Task Sort(Agent agent)
    {
        var keys = agent.Page.Keyboard;
        await keys.PressAsync("Escape");
        await keys.PressAsync("Shift+V");
        var builder = agent.Page.GetByRole(AriaRole.Dialog);
        await Expect(builder.GetByLabel("Name")).ToBeFocusedAsync();
        await keys.TypeAsync("Ropes today");
        await agent.TabTo(builder.GetByLabel("Field of condition 1"));
        await keys.TypeAsync("Label");
        await agent.TabTo(builder.GetByLabel("Value of condition 1"));
        await keys.TypeAsync("ropes");
        await Expect(builder.GetByRole(AriaRole.Status)).ToContainTextAsync("6 conversations match");
        await agent.TabTo(builder.GetByRole(AriaRole.Button, new() { Name = "Save" }));
        await keys.PressAsync("Enter");
        await Expect(agent.Page.GetByRole(AriaRole.Heading, new() { Name = "Ropes today 6" })).ToBeVisibleAsync();
        await Expect(agent.Rows).ToHaveCountAsync(6);
        await agent.Do("Pick all that are listed");
        await Expect(agent.Page.GetByRole(AriaRole.Region, new() { Name = "Picked conversations" })).ToContainTextAsync("6 picked");
        await agent.Choose("Shift+B", "Urgent");
        await Expect(agent.Page.GetByText("Done with 6")).ToBeVisibleAsync();
        await Urgent(6);
        await keys.PressAsync("z");
        await Urgent(0);
    }

    private async Task Urgent(int count) => await Ears.Eventually(async () =>
        (await Kim.Get("/v1/conversations?status=open&limit=100")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Count(row => row.GetProperty("priority").GetString() == "urgent").ShouldBe(count));

    /// <summary>To a colleague, with a reason.</summary>
    private static async Task PassOn(Agent agent, string what)
    {
        var keys = agent.Page.Keyboard;
        await keys.PressAsync("g");
        await keys.PressAsync("a");
        await agent.Reach(what);
        await keys.PressAsync("Shift+A");
        var dialog = agent.Page.GetByRole(AriaRole.Dialog, new() { Name = "Pass on …" });
        await Expect(dialog.GetByLabel("To whom")).ToBeFocusedAsync();
        await keys.TypeAsync("Ravi");
        await agent.TabTo(dialog.GetByLabel("Why", new() { Exact = true }));
        await keys.TypeAsync("His rope, my sail");
        await agent.TabTo(dialog.GetByRole(AriaRole.Button, new() { Name = "Pass it on" }));
        await keys.PressAsync("Enter");
        await Expect(dialog).ToBeHiddenAsync();
        await agent.Sees("His rope, my sail");
    }

    /// <summary>One after the other from the top: what comes in fives is said with a slash and closed, put away by a macro, answered and snoozed, labelled and promised, or planned.</summary>
    private static async Task Works(Agent agent, string about)
    {
        for (var i = 0; i < Each; i++)
        {
            await agent.Page.Keyboard.PressAsync("Escape");
            await agent.Reach($"{about} question {i:00}");
            await ((i % 5) switch
            {
                0 => Slash(agent),
                1 => Macro(agent),
                2 => Snooze(agent),
                3 => Label(agent, $"Looking into {about} {i}"),
                _ => Plan(agent, $"Reminder {i}"),
            });
        }
    }

    private static async Task Slash(Agent agent)
    {
        await Begin(agent, "/deliv");
        await Expect(agent.Page.GetByRole(AriaRole.Listbox, new() { Name = "Canned replies" }).GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await agent.Page.Keyboard.PressAsync("Enter");
        await Expect(agent.Field).ToHaveValueAsync("It leaves us today, sailor.");
        await agent.Page.Keyboard.PressAsync("Enter");
        await agent.Arrived("It leaves us today");
        await agent.Page.Keyboard.PressAsync("Escape");
        await agent.Page.Keyboard.PressAsync("e");
    }

    private static async Task Macro(Agent agent)
    {
        await agent.Page.Keyboard.PressAsync("Shift+M");
        await Expect(agent.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await agent.Page.Keyboard.PressAsync("Enter");
        var look = agent.Page.GetByRole(AriaRole.Dialog, new() { Name = "Thank and close" });
        await Expect(look.GetByRole(AriaRole.Button, new() { Name = "Do it" })).ToBeFocusedAsync();
        await agent.Page.Keyboard.PressAsync("Enter");
        await Expect(look).ToBeHiddenAsync();
        await agent.Sees("You are welcome.");
    }

    private static async Task Snooze(Agent agent)
    {
        await agent.Page.Keyboard.PressAsync("h");
        await Expect(agent.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await agent.Page.Keyboard.TypeAsync("3d");
        await agent.Page.Keyboard.PressAsync("Enter");
        await Expect(agent.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    private static async Task Label(Agent agent, string says)
    {
        await agent.Page.Keyboard.PressAsync("l");
        await Expect(agent.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await agent.Page.Keyboard.TypeAsync("ropes");
        await agent.Page.Keyboard.PressAsync("Enter");
        await agent.Page.Keyboard.PressAsync("Escape");
        await Expect(agent.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Begin(agent, says);
        await agent.Page.Keyboard.PressAsync("Enter");
        await agent.Arrived(says);
    }

    private static async Task Plan(Agent agent, string says)
    {
        await agent.Page.Keyboard.PressAsync("m");
        await Begin(agent, says);
        await agent.Page.Keyboard.PressAsync("Control+Alt+Enter");
        await Expect(agent.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await agent.Page.Keyboard.TypeAsync("3d");
        await agent.Page.Keyboard.PressAsync("Enter");
        await Expect(agent.Page.GetByRole(AriaRole.List, new() { Name = "To be sent later" })).ToContainTextAsync(says);
    }

    private static async Task Begin(Agent agent, string words)
    {
        await agent.Page.Keyboard.PressAsync("r");
        await Expect(agent.Field).ToBeFocusedAsync();
        await agent.Page.Keyboard.TypeAsync(words);
    }
}
