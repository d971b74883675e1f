using System.Net;
using System.Text.RegularExpressions;

namespace Parley.Browser.Stories;

/// <summary>More than words in the thread: sent from the console, answered in the widget, with the keys alone.</summary>
[Trait("takes", "long")]
public class ContentTests : Scene
{
    private static readonly object Order = new
    {
        id = "order", name = "Ask for the order", title = new { en = "Your order" },
        fields = new object[]
        {
            new { name = "email", type = "email", label = new { en = "Email", de = "E-Mail" }, required = true },
            new { name = "anchors", type = "number", label = "How many anchors", min = 1, max = 4, required = true },
            new { name = "boat", type = "choice", label = "Boat", options = new[] { new { id = "sail", label = "Sail" }, new { id = "motor", label = "Motor" } } },
        },
    };

    protected override async Task Prepare() => (await Kim.Patch($"/v1/inboxes/{Inbox}", new { forms = new[] { Order }, rating = true })).Expect(HttpStatusCode.OK);

    [BrowserFact, Trait("row", "MS20")]
    public async Task MS20_Replies_a_form_and_a_list_with_the_keys_alone()
    {
        var (ana, noor) = await Talking("Which anchor fits?");

        await Insert(noor, "Quick replies", "Which size?", "\t", "16 kg", "\t", "\t", "\t", "20 kg");
        await ana.Sees("Which size?");
        await BothRead("quick-replies", ana, noor, "Which size?");
        await Reach(ana, "16 kg");
        await ana.Page.Keyboard.PressAsync("ArrowRight");
        await ana.Page.Keyboard.PressAsync("Enter");
        await Answered(noor, "Which size?", "20 kg");
        await BothRead("quick-replies-answered", ana, noor, "Which size?");
        await Expect(ana.Log.GetByRole(AriaRole.Group, new() { Name = "Quick replies" })).ToHaveCountAsync(0);
        await Expect(ana.Field).ToBeFocusedAsync();

        await Insert(noor, "Form", "\t", "May we ask?");
        await ana.Sees("May we ask?");
        await BothRead("form", ana, noor, "May we ask?");
        await Reach(ana, "Email");
        await ana.Page.Keyboard.TypeAsync("ana@example.test");
        await ana.Page.Keyboard.PressAsync("Tab");
        await ana.Page.Keyboard.TypeAsync("2");
        await ana.Page.Keyboard.PressAsync("Tab");
        await ana.Page.Keyboard.PressAsync("ArrowDown");
        await ana.Page.Keyboard.PressAsync("Enter");
        await Answered(noor, "May we ask?", "How many anchors: 2");
        await ana.Sees("Email: ana@example.test");
        await Expect(ana.Message("May we ask?")).ToContainTextAsync("Answered");
        await BothRead("form-answered", ana, noor, "May we ask?");

        await Insert(noor, "List", "These fit:", "\t", " ", "\t", "\t", "Kobra 16 kg");
        await ana.Sees("These fit:");
        await BothRead("choices", ana, noor, "These fit:");
        await Reach(ana, "Kobra 16 kg");
        await ana.Page.Keyboard.PressAsync("Enter");
        await Answered(noor, "These fit:", "Kobra 16 kg");
        await BothRead("choices-answered", ana, noor, "These fit:");
    }

    [BrowserFact, Trait("row", "MS20")]
    public async Task MS20_Cards_an_article_a_place_and_a_rating_with_the_keys_alone()
    {
        var (ana, noor) = await Talking("What keeps me dry?", new() { Geolocation = new() { Latitude = 53.2194f, Longitude = 6.5665f } });

        await Insert(noor, "Cards", "Have a look:", "\t", "\t", "Skagen jacket", "\t", "\t", "Put one aside");
        await ana.Sees("Have a look:");
        await BothRead("cards", ana, noor, "Have a look:");
        await Reach(ana, "Put one aside");
        await ana.Page.Keyboard.PressAsync("Enter");
        await Answered(noor, "Have a look:", "Skagen jacket: Put one aside");
        await BothRead("cards-answered", ana, noor, "Have a look:");

        await Insert(noor, "Article", "Step by step:", "\t", "How to layer", "\t", "\t", "lighthouse.test/layers");
        await Expect(ana.Message("Step by step:").GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", "https://lighthouse.test/layers");
        await BothRead("article", ana, noor, "Step by step:");

        await Insert(noor, "Place", "ArrowRight", "\t", "Where are you moored?");
        await ana.Sees("Where are you moored?");
        await BothRead("place-asked", ana, noor, "Where are you moored?");
        // Who says no to the browser is told how it stands, and may think again.
        await Reach(ana, "Share my place");
        await ana.Page.Keyboard.PressAsync("Enter");
        await Expect(ana.Message("Where are you moored?").GetByRole(AriaRole.Status)).Not.ToBeEmptyAsync();
        await Reads("widget-place-refused", ana.Message("Where are you moored?"));
        await ana.Context.GrantPermissionsAsync(["geolocation"]);
        await ana.Page.Keyboard.PressAsync("Enter");
        await Expect(noor.Thread.GetByRole(AriaRole.Link, new() { NameRegex = new("53.21940") })).ToBeVisibleAsync();
        await BothRead("place-answered", ana, noor, "Where are you moored?");

        await Insert(noor, "Ask for a rating", "How did we do?");
        await ana.Sees("How did we do?");
        await BothRead("rating", ana, noor, "How did we do?");
        await Rate(ana, "All dry");
        await Expect(noor.Thread).ToContainTextAsync("rated this: Good, “All dry”");
        await BothRead("rating-answered", ana, noor, "How did we do?");
    }

    [BrowserFact, Trait("row", "MS20")]
    public async Task MS20_A_wrong_answer_is_refused_with_the_field_named()
    {
        var (ana, noor) = await Talking("I would like to order");
        await Insert(noor, "Form", "\t", "What may it be?");
        await ana.Sees("What may it be?");
        await Reach(ana, "Email");
        await ana.Page.Keyboard.PressAsync("Enter");
        var email = ana.App.GetByRole(AriaRole.Textbox, new() { Name = "Email" });
        await Expect(email).ToBeFocusedAsync();
        // The thread keeps to its end where it grows, but not over what is to be filled in.
        await Expect(email).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(email).ToHaveAccessibleDescriptionAsync("Please fill this in.");
        await Expect(ana.App.GetByText("Please look again at: Email, How many anchors")).ToBeVisibleAsync();
        await Reads("widget-form-refused", ana.Message("What may it be?"));
        await ana.Page.Keyboard.TypeAsync("ana@example.test");
        await ana.Page.Keyboard.PressAsync("Tab");
        await ana.Page.Keyboard.TypeAsync("7");
        await ana.Page.Keyboard.PressAsync("Enter");
        var anchors = ana.App.GetByRole(AriaRole.Spinbutton, new() { Name = "How many anchors" });
        await Expect(anchors).ToHaveAccessibleDescriptionAsync("At most 4, please.");

        // What only the server finds stands at the field as well, and nothing that was written is gone.
        await ana.Page.Keyboard.PressAsync("Backspace");
        await ana.Page.Keyboard.TypeAsync("3");
        // The browser notes the refusal, too.
        ana.Watch.Expect("status of 400");
        await email.FillAsync("ana(home)@example.test");
        await email.PressAsync("Enter");
        await Expect(email).ToHaveAccessibleDescriptionAsync("This does not look like an email address.");
        await Expect(anchors).ToHaveValueAsync("3");
        await email.FillAsync("ana@example.test");
        await email.PressAsync("Enter");
        await Answered(noor, "What may it be?", "How many anchors: 3");
    }

    [BrowserFact, Trait("row", "MS20")]
    public async Task MS20_What_is_made_wrongly_is_not_sent_and_its_field_says_why()
    {
        var (ana, noor) = await Talking("Where do you lie?");
        var (keys, dialog) = (noor.Page.Keyboard, noor.Page.GetByRole(AriaRole.Dialog));
        await Begin(noor, "Quick replies");
        await keys.PressAsync("ControlOrMeta+Enter");
        await Expect(dialog.GetByLabel("Question")).ToBeFocusedAsync();
        await Expect(dialog.GetByLabel("Question")).ToHaveAccessibleDescriptionAsync("Please fill this in.");
        await Reads("console-making-quick-replies-refused", dialog);
        await keys.TypeAsync("Which quay?");
        await keys.PressAsync("ControlOrMeta+Enter");
        await Expect(dialog.GetByLabel("Reply 1", new() { Exact = true })).ToBeFocusedAsync();
        await Expect(dialog.GetByLabel("Reply 1", new() { Exact = true })).ToHaveAccessibleDescriptionAsync("Please fill this in.");
        await keys.PressAsync("Escape");

        await Type(noor, "Article", "	", "How to find us", "	", "	", "quay");
        await keys.PressAsync("ControlOrMeta+Enter");
        await Expect(dialog.GetByLabel("Link")).ToBeFocusedAsync();
        await Expect(dialog.GetByLabel("Link")).ToHaveAccessibleDescriptionAsync("A link begins with https://");
        await Reads("console-making-article-refused", dialog);
        await keys.PressAsync("Escape");

        await Type(noor, "Place", "	", "	", "	", "	", "91", "	", "-200");
        await keys.PressAsync("ControlOrMeta+Enter");
        await Expect(dialog.GetByLabel("Latitude")).ToBeFocusedAsync();
        await Expect(dialog.GetByLabel("Latitude")).ToHaveAccessibleDescriptionAsync("At most 90, please.");
        await Expect(dialog.GetByLabel("Longitude")).ToHaveAccessibleDescriptionAsync("At least -180, please.");
        await Expect(dialog.GetByRole(AriaRole.Status)).ToHaveTextAsync("Please look again at: Latitude, Longitude");
        await Reads("console-making-place-refused", dialog);

        // As a map gives them, both at once.
        await keys.PressAsync("ControlOrMeta+a");
        await keys.TypeAsync("53.2194, 6.5665");
        await keys.PressAsync("ControlOrMeta+Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(ana.Log.GetByRole(AriaRole.Link, new() { NameRegex = new("53.21940° N, 6.56650° E") })).ToBeVisibleAsync();
        await Expect(noor.Messages).ToHaveCountAsync(2);
    }

    [BrowserFact, Trait("row", "MS20")]
    public async Task MS20_How_it_was_is_asked_after_closing_and_opens_nothing_again()
    {
        var (ana, noor) = await Talking("Thank you for the anchor");
        await noor.Page.Keyboard.PressAsync("Escape");
        await noor.Page.Keyboard.PressAsync("e");
        await Expect(ana.App.GetByText("Noor has finished")).ToBeVisibleAsync();
        await Expect(ana.Log.GetByRole(AriaRole.Radio, new() { Name = "Very bad" })).ToBeAttachedAsync();
        await Reads("widget-closed", ana.Log);
        await Rate(ana, null);
        await Expect(ana.App.GetByText("Thank you for the rating!")).ToBeVisibleAsync();
        await noor.Page.GotoAsync($"{Server.Address}#/closed");
        await noor.Row("Thank you for the anchor").ClickAsync();
        await Expect(noor.Thread).ToContainTextAsync("rated this: Good");
        await Reads("console-closed", noor.Thread);
        (await Kim.Get("/v1/conversations?view=closed"))["items"].ShouldContain("closed");
    }

    [BrowserFact, Trait("row", "MS20")]
    public async Task MS20_A_form_stands_before_the_conversation()
    {
        (await Kim.Patch($"/v1/inboxes/{Inbox}", new { preChat = "order" })).Expect(HttpStatusCode.OK);
        var noor = await AtTheConsole();
        var ana = await Customer();
        await ana.Visit();
        await ana.Open();
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }).ClickAsync();
        await Expect(ana.App.GetByLabel("Email")).ToBeVisibleAsync();
        await Reads("widget-form-before", ana.App.Locator("body"));
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Start the conversation" }).ClickAsync();
        await Expect(ana.App.GetByLabel("Email")).ToBeFocusedAsync();
        await Reads("widget-form-before-refused", ana.App.GetByRole(AriaRole.Form).First);
        await ana.App.GetByLabel("Email").FillAsync("ana@example.test");
        await Expect(ana.Field).ToHaveCountAsync(0);
        await ana.App.GetByLabel("How many anchors").FillAsync("2");
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Start the conversation" }).ClickAsync();
        await ana.Sees("How many anchors: 2");
        await ana.Say("And a chain");
        await noor.Open("And a chain");
        await noor.Sees("Email: ana@example.test");
    }

    [BrowserFact, Trait("row", "PA2"), Trait("row", "UC2")]
    public async Task PA2_UC2_A_form_stands_where_nobody_is_there_and_is_answered_when_somebody_is()
    {
        // Closed on every day but one that is not today nor near it.
        var day = Server.Time.GetUtcNow().AddDays(3).DayOfWeek.ToString()[..3].ToLowerInvariant();
        var brand = (await Kim.Get("/v1/directory")).Body.GetProperty("brands")[0].GetProperty("id").GetString();
        (await Kim.Patch($"/v1/brands/{brand}", new { zone = "UTC", hours = new[] { new { days = new[] { day }, from = "09:00", to = "17:00" } } })).Expect(HttpStatusCode.OK);
        (await Kim.Patch($"/v1/inboxes/{Inbox}", new { offline = "order" })).Expect(HttpStatusCode.OK);
        var ana = await Customer();
        await ana.Visit();
        await ana.Open();
        await Expect(ana.App.GetByText(new Regex("^Back .* at 9:00"))).ToBeVisibleAsync();
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }).ClickAsync();
        await Expect(ana.App.GetByText("Nobody is here right now. With this we can answer later.")).ToBeVisibleAsync();
        await Reads("widget-form-away", ana.App.Locator(".begin").Last);
        await Expect(ana.Field).ToHaveCountAsync(0);
        await ana.App.GetByLabel("Email").FillAsync("ana@example.test");
        await ana.App.GetByLabel("How many anchors").FillAsync("2");
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await ana.Sees("How many anchors: 2");
        await ana.Arrived("How many anchors: 2");
        await ana.Page.Locator("#other").ClickAsync();

        var noor = await AtTheConsole();
        await noor.Open("How many anchors: 2");
        await noor.Sees("Email: ana@example.test");
        await Expect(noor.Page.GetByRole(AriaRole.Complementary).GetByText("ana@example.test")).ToBeVisibleAsync();
        await noor.Say("Both are on their way");
        await ana.Sees("Both are on their way");
    }

    [BrowserFact, Trait("row", "PA2")]
    public async Task PA2_Axe_finds_nothing_in_what_is_more_than_words()
    {
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("Show me everything");
        var kim = await AtTheConsole("Kim", "unassigned");
        await kim.Open("everything");
        var conversation = new Uri(kim.Page.Url).Fragment.Split('/').Last();
        foreach (var content in Everything)
        {
            (await Kim.Post($"/v1/conversations/{conversation}/messages", new { clientId = Guid.CreateVersion7(), content })).Expect(HttpStatusCode.Created);
        }

        await Expect(ana.Log.GetByRole(AriaRole.Radio, new() { Name = "Very good" })).ToBeAttachedAsync();
        await Axe.Audit(await ana.Frame(), "every kind in the widget");
        await BothRead("place", ana, kim, "The shop");
        await Expect(kim.Thread.GetByRole(AriaRole.Radio, new() { Name = "Very good" })).ToBeAttachedAsync();
        await Axe.Audit(kim.Page.MainFrame, "every kind in the console");
        foreach (var kind in new[] { "Quick replies", "Form", "List", "Cards", "Article", "Place" })
        {
            await Begin(kim, kind);
            await Axe.Audit(kim.Page.MainFrame, $"making: {kind}", "dialog[open], [role=dialog]");
            await Reads($"console-making-{kind.ToLowerInvariant().Replace(' ', '-')}", kim.Page.GetByRole(AriaRole.Dialog, new() { Name = kind }));
            await kim.Page.Keyboard.PressAsync("Escape");
        }

        await kim.Page.GotoAsync($"{Server.Address}#/settings/inboxes/{Inbox}");
        await kim.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("Ask for the order") }).ClickAsync();
        await kim.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Boat") }).ClickAsync();
        await Axe.Audit(kim.Page.MainFrame, "a form in the settings");
        await Reads("console-settings-form", kim.Page.GetByRole(AriaRole.Dialog));
    }

    public static readonly object[] Everything =
    [
        new { type = "quickReplies", text = "Which size?", replies = new[] { new { id = "s", text = "16 kg" }, new { id = "l", text = "20 kg" } } },
        new { type = "list", text = "These fit:", choose = true, items = new[] { new { id = "a", title = "Kobra 16 kg", text = "Galvanised" }, new { id = "b", title = "Bruce 15 kg", text = "For mud" } } },
        new { type = "carousel", cards = new[] { new { id = "a", title = "Skagen", text = "Three layers", actions = new[] { new { id = "keep", text = "Put one aside" } } }, new { id = "b", title = "Texel", text = "Two layers", actions = new[] { new { id = "keep", text = "Put one aside" } } } } },
        new { type = "article", article = new { title = "How to anchor", summary = "Seven steps.", url = "https://lighthouse.test/anchoring" } },
        new { type = "location", location = new { latitude = 53.2194, longitude = 6.5665, name = "The shop", address = "Quay 4, Groningen" } },
        new { type = "location", text = "Where are you?", ask = true },
        new { type = "form", text = "A few questions", form = new { id = "order" } },
        new { type = "rating", text = "How was it?" },
    ];

    private async Task<(Customer Ana, Agent Noor)> Talking(string about, BrowserNewContextOptions? options = null)
    {
        var ana = await Customer(options);
        await ana.Visit("", Vouch("ana", "Ana"));
        await ana.Begin(about);
        var noor = await AtTheConsole();
        await noor.Open(about);
        await noor.Field.FocusAsync();
        return (ana, noor);
    }

    /// <summary>What is read out of a question, or of something shown, on both sides.</summary>
    private static async Task BothRead(string state, Customer customer, Agent agent, string text)
    {
        await Reads($"widget-{state}", customer.Message(text).First);
        await Reads($"console-{state}", agent.Message(text).First);
    }

    /// <summary>The question names its answer; the answer stands below and says what it answers.</summary>
    private static async Task Answered(Agent agent, string question, string answer)
    {
        await Expect(agent.Message(question).Locator(".answer")).ToContainTextAsync(answer);
        await Expect(agent.Messages.Last.GetByRole(AriaRole.Button, new() { NameRegex = new($"quoted message: {Regex.Escape(question)}") })).ToBeVisibleAsync();
    }

    private static async Task Begin(Agent agent, string kind)
    {
        var keys = agent.Page.Keyboard;
        await agent.Field.FocusAsync();
        await keys.PressAsync("ControlOrMeta+/");
        await Expect(agent.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await keys.TypeAsync(kind);
        await keys.PressAsync("Enter");
        await Expect(agent.Page.GetByRole(AriaRole.Dialog, new() { Name = kind }).Locator(".fields :focus")).ToBeVisibleAsync();
    }

    /// <summary>Makes something beside words and sends it: what is typed, with Tab, the arrows and the space bar between.</summary>
    private static async Task Insert(Agent agent, string kind, params string[] typed)
    {
        await Type(agent, kind, typed);
        // Which forms there are is asked when one is wanted.
        await Expect(agent.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true })).ToBeEnabledAsync();
        await agent.Page.Keyboard.PressAsync("ControlOrMeta+Enter");
        await Expect(agent.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    private static async Task Type(Agent agent, string kind, params string[] typed)
    {
        await Begin(agent, kind);
        foreach (var what in typed)
        {
            await (what is "\t" ? agent.Page.Keyboard.PressAsync("Tab") : what is " " or "ArrowRight" ? agent.Page.Keyboard.PressAsync(what is " " ? "Space" : what) : agent.Page.Keyboard.TypeAsync(what));
        }
    }

    private static async Task Rate(Customer customer, string? words)
    {
        var keys = customer.Page.Keyboard;
        await Expect(customer.Log.GetByRole(AriaRole.Radio, new() { Name = "Very bad" })).ToBeAttachedAsync();
        await Reach(customer, "Very bad", "Very good");
        if (await customer.Log.GetByRole(AriaRole.Radio, new() { Name = "Very good" }).EvaluateAsync<bool>("radio => radio === document.activeElement"))
        {
            await keys.PressAsync("ArrowRight");
        }

        await keys.PressAsync("Space");
        await keys.PressAsync("ArrowRight");
        await keys.PressAsync("ArrowRight");
        await keys.PressAsync("ArrowRight");
        await Expect(customer.Log.GetByRole(AriaRole.Radio, new() { Name = "Good", Exact = true })).ToBeCheckedAsync();
        await keys.PressAsync("Tab");
        await keys.TypeAsync(words ?? "");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
    }

    /// <summary>Back from the field of the message, by Tab alone, to what is called so.</summary>
    private static async Task Reach(Customer customer, params string[] names)
    {
        var met = new List<string>();
        var frame = await customer.Frame();
        await customer.Field.FocusAsync();
        for (var presses = 0; presses < 25; presses++)
        {
            await customer.Page.Keyboard.PressAsync("Shift+Tab");
            var focused = await frame.EvaluateAsync<string>("() => (at => (at?.getAttribute('aria-label') ?? at?.labels?.[0]?.innerText ?? at?.innerText ?? '').trim())(document.activeElement)");
            met.Add(focused);
            if (names.Any(name => focused.StartsWith(name, StringComparison.Ordinal)))
            {
                return;
            }
        }

        throw new ShouldAssertException($"Tab never came to '{names[0]}', but to: {string.Join(" · ", met)}");
    }
}
