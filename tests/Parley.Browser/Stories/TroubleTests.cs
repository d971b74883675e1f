namespace Parley.Browser.Stories;

/// <summary>The network goes, the server falls: nothing that was written is lost, and nothing comes twice.</summary>
public class TroubleTests : Scene
{
    private Shipped _server = null!;

    protected override async Task<IServing> Choose(Theatre theatre) => _server = await theatre.Shaky();

    [BrowserFact]
    public async Task A_network_cut_during_a_send_keeps_the_message_and_sends_it_once()
    {
        var (noor, ana) = await Meet("The line is bad here.");
        ana.Watch.ExpectOutage();
        await ana.Context.SetOfflineAsync(true);
        await ana.Write("Written in a tunnel");
        await ana.Write("And this too");
        await Expect(ana.App.GetByText("No connection")).ToBeVisibleAsync();
        await ana.IsMarked("Written in a tunnel", "sending");

        await ana.Context.SetOfflineAsync(false);
        await ana.Arrived("Written in a tunnel");
        await ana.Arrived("And this too");
        await noor.Sees("And this too");
        await Once(noor.Messages, "The line is bad here.", "Written in a tunnel", "And this too");
    }

    [BrowserFact]
    public async Task An_answer_that_is_lost_on_the_way_doubles_nothing()
    {
        var (noor, ana) = await Meet("Hello?");
        ana.Watch.ExpectOutage();
        // The server gets the message and writes it; the customer's browser never hears so the first time.
        var lost = 0;
        await ana.Context.RouteAsync("**/v1/widget/conversations/*/messages", async route =>
        {
            var answer = await route.FetchAsync(new() { Url = route.Request.Url.Replace(Server.Address.Authority, Server.Here.Authority) });
            await (lost++ == 0 ? route.AbortAsync("connectionreset") : route.FulfillAsync(new() { Response = answer }));
        });
        await ana.Write("Did you get this?");
        await noor.Sees("Did you get this?");
        await ana.Arrived("Did you get this?");
        await noor.Say("Once.");
        await ana.Sees("Once.");
        await Once(noor.Messages, "Hello?", "Did you get this?", "Once.");
        await Once(ana.Messages, "Hello?", "Did you get this?", "Once.");
    }

    [BrowserFact]
    public async Task What_was_written_without_a_network_outlives_the_page()
    {
        var (noor, ana) = await Meet("I have to board now.");
        ana.Watch.ExpectOutage();
        await ana.Context.SetOfflineAsync(true);
        await ana.Write("Please keep one for me");
        await ana.IsMarked("Please keep one for me", "sending");
        await ana.IsKept("Please keep one for me");
        await ana.Page.CloseAsync();
        await ana.Context.SetOfflineAsync(false);

        ana = await ana.Tab();
        await ana.Visit("anchors");
        await noor.Sees("Please keep one for me");
        await ana.GoOn();
        await ana.Arrived("Please keep one for me");
        await Once(noor.Messages, "I have to board now.", "Please keep one for me");
    }

    [BrowserFact, Trait("row", "OP3")]
    public async Task OP3_Behind_a_proxy_that_eats_websockets_all_goes_on_and_the_sites_console_says_what_to_mend()
    {
        await using var proxy = await Forwarder.Before(Server.Here);
        var behind = proxy.Address(Server.Address.Host);
        var noor = await AtTheConsole();
        var ana = await Customer();
        ana.Watch.Own(behind);
        ana.Watch.Expect("WebSocket connection to");
        await ana.Visit(parley: behind);
        await ana.Begin("Does this get through?");
        await Ears.Eventually(() =>
        {
            ana.Watch.Warnings.ShouldContain(warning => warning.Contains("Let the proxy before Parley pass the headers Upgrade and Connection on"));
            return Task.CompletedTask;
        });
        await noor.Open("get through");
        await noor.Say("Both ways");
        await ana.Sees("Both ways");
        await noor.IsMarked("Both ways", "(delivered|read)");
        await ana.Say("Then all is well");
        await noor.Sees("all is well");
        await noor.Say("It is");
        await ana.Sees("It is");
        await Once(ana.Messages, "get through", "Both ways", "all is well", "It is");
        ana.Watch.Requests.ShouldContain(url => url.Contains("/v1/stream/sse"));
        // The proxy goes after whoever is behind it.
        await ana.Page.CloseAsync();
    }

    [BrowserFact]
    public async Task A_server_that_starts_again_while_a_page_is_loaded_is_asked_again()
    {
        var ana = await Customer();
        var asked = 0;
        await ana.Context.RouteAsync("**/v1/widget/inboxes/*", async route =>
        {
            if (Interlocked.Increment(ref asked) == 1)
            {
                await route.FulfillAsync(new() { Status = 503, Headers = new Dictionary<string, string> { ["Access-Control-Allow-Origin"] = "*" } });
                return;
            }

            await route.ContinueAsync();
        });
        ana.Watch.ExpectOutage();
        await ana.Visit();
        await ana.Begin("Here after all");
        asked.ShouldBeGreaterThan(1);
    }

    [BrowserFact]
    public async Task The_server_is_killed_in_the_middle_of_a_conversation_and_both_go_on()
    {
        var (noor, ana) = await Meet("Before the storm");
        await noor.Say("All is calm");
        await ana.Sees("All is calm");
        noor.Watch.ExpectOutage();
        ana.Watch.ExpectOutage();

        await _server.Kill();
        await ana.Write("Written by Ana in the storm");
        await noor.Write("Written by Noor in the storm");
        await ana.IsMarked("by Ana", "sending");
        await noor.IsMarked("by Noor", "sending");
        await _server.Serve();

        await ana.Sees("Written by Noor in the storm");
        await noor.Sees("Written by Ana in the storm");
        await ana.Arrived("by Ana");
        await noor.Arrived("by Noor");
        await ana.Say("After the storm");
        await noor.Sees("After the storm");
        string[] all = ["Before the storm", "All is calm", "by Ana in the storm", "by Noor in the storm", "After the storm"];
        await Once(noor.Messages, all);
        await Once(ana.Messages, all);
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

    /// <summary>Each of the texts is there once, and nothing else.</summary>
    private static async Task Once(ILocator messages, params string[] texts)
    {
        await Expect(messages).ToHaveCountAsync(texts.Length);
        foreach (var text in texts)
        {
            await Expect(messages.Filter(new() { HasText = text })).ToHaveCountAsync(1);
        }
    }
}
