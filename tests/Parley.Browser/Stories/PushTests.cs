using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Parley.Contacts;
using Parley.Log;
using AgentId = Parley.Platform.Id<Parley.Workspaces.AgentIds>;
using WorkspaceId = Parley.Platform.Id<Parley.Log.WorkspaceIds>;

namespace Parley.Browser.Stories;

/// <summary>Who has closed the page is told by the browser itself, and comes back by a click.</summary>
public class PushTests : Scene
{
    protected override Task<Chromium> Browser(Theatre theatre) => theatre.Whole();

    protected override async Task<IServing> Choose(Theatre theatre) => await theatre.Mailing();

    /// <summary>The profile decides what an agent reads in a list, not whether they are told: all three are walked by make test-long.</summary>
    public static TheoryData<string> InProfiles => Environment.GetEnvironmentVariable("PARLEY_TESTS_LONG") is { Length: > 0 } ? [.. Walked.Profiles] : ["blended"];

    [BrowserTheory, Trait("row", "OP7")]
    [MemberData(nameof(InProfiles))]
    public async Task OP7_An_agent_is_told_on_a_telephone_answers_there_and_what_a_colleague_takes_disappears(string profile)
    {
        await Policy(new { profile, hours = "always", whenClosed = "messaging" });
        await using var sink = new PushSink();
        var noor = await Agent("Noor", Telephone());
        var device = await Told.Lend(noor.Context, sink);
        await noor.SitDown("settings/me");
        await noor.Page.GetByRole(AriaRole.Button, new() { Name = "Tell me on this device" }).ClickAsync();
        await Expect(noor.Page.GetByText("this one")).ToBeVisibleAsync();
        var told = await Told.Of(noor.Page, "/console/");
        // Where no page of ours stands the browser looks for a sign by itself.
        noor.Watch.Expect("favicon.ico");
        await Away(told, (await Call("Noor")).Id);

        var ana = await Writer("Ana");
        var thread = await ana.Write("Is my sail ready?");
        await Later();
        var push = await sink.To(device);
        await told.Deliver(push.Said);
        await told.Shows(new Notice("Ana", "Is my sail ready?"));

        // A click leads to the thread, which waited there with a promise, and the answer is one hand's work on 390 pixels.
        var place = await told.Click();
        place.ShouldBe($"/#/mine/{thread}");
        await noor.Page.GotoAsync(new Uri(Server.Address, place).ToString());
        await noor.Sees("Is my sail ready?");
        await noor.Field.FillAsync("It is: come by.");
        await noor.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await noor.Arrived("It is: come by.");
        (await noor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
        (await ana.Read(thread)).Text.ShouldContain("It is: come by.");
        new Walked(profile, nameof(PushTests)).Shown("OP7");

        // What Kim takes disappears from Noor's telephone.
        await Away(told, (await Call("Noor")).Id);
        var other = await (await Writer("Ben")).Write("Do you have lanterns?");
        await Later();
        await told.Deliver((await sink.To(device, 2)).Said);
        await told.Shows(new Notice("Ben", "Do you have lanterns?"));
        (await Kim.Post($"/v1/conversations/{other}/messages", new { clientId = "a", content = new { type = "text", text = "We have two." } })).Expect(HttpStatusCode.Created);
        await told.Deliver((await sink.To(device, 3)).Said);
        await told.Shows();

        // What quiet hours held back comes in one, and shrinks with what is taken; private pushes name nobody.
        await told.Deliver(new { kind = "several", count = 2, several = new[] { thread, other }, language = "en" });
        await told.Shows(new Notice("Conversations waiting: 2", "They came in your quiet hours."));
        await told.Deliver(new { kind = "taken", conversation = other });
        await told.Shows(new Notice("Conversations waiting: 1", "They came in your quiet hours."));
        await told.Deliver(new { kind = "taken", conversation = thread });
        await told.Deliver(new { kind = "team", conversation = thread, language = "de" });
        await told.Shows(new Notice("Jemand Neues hat geschrieben", ""));
    }

    [BrowserFact, Trait("row", "OP7"), Trait("row", "MS25")]
    public async Task OP7_MS25_A_customer_who_went_away_is_told_of_the_answer_and_a_click_opens_it()
    {
        await using var sink = new PushSink();
        var brand = (await Kim.Get("/v1/brands")).Body.GetProperty("items")[0].GetProperty("id").GetString();
        (await Kim.Patch($"/v1/brands/{brand}", new { color = "#b91c1c" })).Expect(HttpStatusCode.OK);
        var writer = await Writer("Ana");
        var thread = await writer.Write("Is my sail ready?");
        var link = new Uri((await writer.Post($"/v1/widget/conversations/{thread}/link?language=en")).Expect(HttpStatusCode.OK)["url"]);

        // The page of ours to which the link leads has the brand's colour, and there the browser may be asked.
        var ana = await Customer(Telephone());
        var device = await Told.Lend(ana.Context, sink);
        await ana.Page.GotoAsync($"{Server.Address}t{link.Fragment}");
        var open = ana.Page.GetByRole(AriaRole.Button, new() { Name = "Open the conversation" });
        await Expect(open).ToHaveCSSAsync("background-color", "rgb(185, 28, 28)");
        await open.ClickAsync();
        await Expect(ana.Page.GetByText("Is my sail ready?").First).ToBeVisibleAsync();
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Tell me when there is an answer" }).ClickAsync();
        await Expect(ana.Page.GetByRole(AriaRole.Button, new() { Name = "Tell me when there is an answer" })).ToBeHiddenAsync();
        var told = await Told.Of(ana.Page, "/widget/");
        ana.Watch.Expect("favicon.ico");
        await told.Leave();

        (await Kim.Post($"/v1/conversations/{thread}/messages", new { clientId = "a", content = new { type = "text", text = "It is: come by." } })).Expect(HttpStatusCode.Created);
        await Later();
        await told.Deliver((await sink.To(device)).Said);
        await told.Shows(new Notice("Kim", "It is: come by."));
        var place = await told.Click();
        place.ShouldNotBeNull().ShouldMatch($@"^/widget/\?inbox={Regex.Escape(Inbox)}&thread={Regex.Escape(thread)}$");
        await ana.Page.GotoAsync(new Uri(Server.Address, place).ToString());
        await Expect(ana.Page.GetByText("It is: come by.").First).ToBeVisibleAsync();
    }

    /// <summary>A customer of whom the shop knows the name.</summary>
    private async Task<Tests.Cast.Browser> Writer(string name)
    {
        var writer = new Tests.Cast.Browser(Server.Here, Inbox);
        (await writer.Begin(Vouch(name, name))).Expect(HttpStatusCode.Created);
        return writer;
    }

    /// <summary>The agent closes the console, and the server knows.</summary>
    private async Task Away(Told told, string agent)
    {
        await told.Leave();
        var (timed, workspace) = ((Timed)Server, WorkspaceId.Parse((await Kim.Get("/v1/me"))["workspace.id"]));
        await Ears.Eventually(() =>
        {
            timed.Clock.Advance(TimeSpan.FromSeconds(6));
            timed.Services.GetRequiredService<IPresence>().Present(workspace, AgentId.Parse(agent)).ShouldBeFalse();
            return Task.CompletedTask;
        });
    }

    /// <summary>All that was written is read, and ten seconds are over.</summary>
    private async Task Later()
    {
        var (timed, workspace) = ((Timed)Server, WorkspaceId.Parse((await Kim.Get("/v1/me"))["workspace.id"]));
        var head = (await timed.Services.GetRequiredService<LogReader>().Head(workspace))!.Value.Position;
        (await timed.Services.GetRequiredService<Following>().Reached("pushes", workspace, head, TimeSpan.FromSeconds(10))).ShouldBeTrue();
        timed.Clock.Advance(TimeSpan.FromSeconds(11));
    }
}
