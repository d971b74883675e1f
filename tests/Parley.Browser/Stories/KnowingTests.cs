namespace Parley.Browser.Stories;

/// <summary>What is known of a person stands beside the thread: it is defined, set, noted and found; and two who are one are one.</summary>
public sealed class KnowingTests : Scene
{
    [BrowserFact, Trait("row", "MS26")]
    public async Task MS26_What_a_company_wants_to_know_is_defined_set_beside_the_thread_and_asked_for_in_a_view()
    {
        var ana = await Customer();
        await ana.Visit(identity: Vouch("ana", "Ana Sousa"));
        await ana.Begin("The sail fits");
        var kim = await AtTheConsole("Kim", "settings/attributes");
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Add a detail" }).First.ClickAsync();
        var form = kim.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add a detail" });
        await form.GetByLabel("Name", new() { Exact = true }).FillAsync("Sailing plan");
        await form.GetByLabel("What stands there").SelectOptionAsync("choice");
        await form.GetByLabel("List", new() { Exact = true }).FillAsync("Free\nClub");
        await Expect(form.GetByLabel("Key")).ToHaveValueAsync("sailing_plan");
        await Axe.Audit(kim.Page.MainFrame, "a detail that is added");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add a detail" }).ClickAsync();
        await Expect(kim.Page.GetByText("People · One of a list · sailing_plan")).ToBeVisibleAsync();

        await kim.Page.GotoAsync($"{Server.Address}#/all");
        await kim.Open("The sail fits");
        var aside = kim.Page.GetByRole(AriaRole.Complementary, new() { Name = "About the person" });
        await aside.GetByLabel("Sailing plan").SelectOptionAsync("Club");
        await kim.Page.Keyboard.PressAsync("Escape");
        await kim.Do("Note about the person");
        await Expect(aside.GetByLabel("Note about the person")).ToBeFocusedAsync();
        await kim.Page.Keyboard.TypeAsync("Sails a Laser");
        await kim.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(aside.GetByText("Sails a Laser")).ToBeVisibleAsync();
        await Axe.Audit(kim.Page.MainFrame, "what is known of a person");
        await kim.Page.ReloadAsync();
        await Expect(aside.GetByLabel("Sailing plan")).ToHaveValueAsync("Club");
        await Expect(aside.GetByText("Sails a Laser")).ToBeVisibleAsync();

        await kim.Page.Keyboard.PressAsync("Escape");
        await kim.Page.Keyboard.PressAsync("Shift+V");
        var builder = kim.Page.GetByRole(AriaRole.Dialog, new() { Name = "New view" });
        await builder.GetByLabel("Name", new() { Exact = true }).FillAsync("Club");
        await builder.GetByLabel("Field of condition 1").First.SelectOptionAsync(new SelectOptionValue { Label = "Sailing plan" });
        await builder.GetByLabel("Value of condition 1").First.SelectOptionAsync("Club");
        await Expect(builder.GetByText("1 conversation matches")).ToBeVisibleAsync();
    }

    [BrowserFact, Trait("row", "PA6")]
    public async Task PA6_Two_who_are_one_are_merged_after_a_look_and_one_of_them_is_blocked_and_let_in_again()
    {
        var (ana, guest) = (await Customer(), await Customer());
        await ana.Visit(identity: Vouch("ana", "Ana Sousa"));
        await ana.Begin("The sail fits");
        await guest.Visit();
        await guest.Begin("It is me, from the boat");
        var kim = await AtTheConsole("Kim", "all");
        await kim.Open("It is me, from the boat");
        var aside = kim.Page.GetByRole(AriaRole.Complementary, new() { Name = "About the person" });
        // From here on with the keys alone: by the palette, and what it opens.
        var (keys, dialog) = (kim.Page.Keyboard, kim.Page.GetByRole(AriaRole.Dialog));
        await keys.PressAsync("Escape");
        await kim.Do("Merge the person with");
        await Expect(dialog.GetByLabel("Name, email or phone")).ToBeFocusedAsync();
        await keys.TypeAsync("Ana Sou");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Ana Sousa" })).ToBeVisibleAsync();
        await kim.TabTo(dialog.GetByRole(AriaRole.Button, new() { Name = "Ana Sousa" }));
        await keys.PressAsync("Enter");
        await Expect(dialog.GetByText("1 conversation comes along")).ToBeVisibleAsync();
        await Axe.Audit(kim.Page.MainFrame, "what a merge will be");
        await kim.TabTo(dialog.GetByRole(AriaRole.Button, new() { Name = "Merge", Exact = true }));
        await keys.PressAsync("Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(aside.GetByRole(AriaRole.Button, new() { Name = "Name: Ana Sousa" })).ToBeVisibleAsync();
        await Expect(aside.GetByText("The sail fits")).ToBeVisibleAsync();

        // What one goes on in must be the same customer's: an agent's word shows nobody a thread.
        kim.Watch.Expect("status of 409");
        await kim.Do("Merge this conversation");
        await kim.TabTo(dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("The sail fits") }));
        await keys.PressAsync("Enter");
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("another customer’s");
        await Axe.Audit(kim.Page.MainFrame, "in which it goes on");
        await keys.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);

        // The same customer wrote twice: it goes on in the first, with what is owed.
        await guest.Back();
        await guest.Button("New conversation").ClickAsync();
        await guest.Say("Me once more, about the boat");
        await kim.Reach("Me once more, about the boat");
        await kim.Do("Merge this conversation");
        await kim.TabTo(dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("It is me, from the boat") }));
        await keys.PressAsync("Enter");
        await Expect(dialog.GetByText("The customer waits since")).ToBeVisibleAsync();
        await Axe.Audit(kim.Page.MainFrame, "what two conversations will be");
        await kim.TabTo(dialog.GetByRole(AriaRole.Button, new() { Name = "Merge", Exact = true }));
        await keys.PressAsync("Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(kim.Page.GetByText("It goes on here")).ToBeVisibleAsync();
        await kim.Sees("It is me, from the boat");

        await kim.Do("Block the person");
        await Expect(aside.GetByText("Blocked: nothing they write is taken")).ToBeVisibleAsync();
        await Axe.Audit(kim.Page.MainFrame, "somebody who is blocked");
        await kim.Do("Let the person write again");
        await Expect(aside.GetByRole(AriaRole.Button, new() { Name = "Block", Exact = true })).ToBeVisibleAsync();
    }
}
