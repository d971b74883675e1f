using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using WorkspaceId = Parley.Platform.Id<Parley.Log.WorkspaceIds>;

namespace Parley.Browser.Stories;

/// <summary>
/// What takes a night, days and months, in each profile: somebody writes at three at night, closes the browser, is told of the answer, comes back after two days of
/// rest, waits longer than was said, and comes with another matter after months.
/// </summary>
[Trait("takes", "long")]
public sealed class DaysTests : Scene
{
    private static readonly object Form = new
    {
        id = "fallback", name = "Leave a message",
        fields = new object[] { new { name = "email", type = "email", label = "Where may we answer?", required = true }, new { name = "matter", type = "text", label = "What is it about?", required = true } },
    };

    private Timed _timed = null!;
    private MailSink _sink = null!;

    protected override async Task<IServing> Choose(Theatre theatre)
    {
        (_timed, _sink) = await theatre.Days();
        return _timed;
    }

    [BrowserTheory]
    [InlineData("strictLive", "Ana")]
    [InlineData("messaging", "Ben")]
    [InlineData("blended", "Cleo")]
    [Trait("row", "LC1"), Trait("row", "LC4"), Trait("row", "LC12"), Trait("row", "LC13"), Trait("row", "LC23"), Trait("row", "LC24"), Trait("row", "MS1"), Trait("row", "MS2"), Trait("row", "MS3")]
    [Trait("row", "MS4"), Trait("row", "MS5"), Trait("row", "MS6"), Trait("row", "MS11"), Trait("row", "MS12"), Trait("row", "MS13"), Trait("row", "MS25"), Trait("row", "MS28"), Trait("row", "MS31")]
    [Trait("row", "SN1"), Trait("row", "LV1"), Trait("row", "UC4"), Trait("row", "PA12"), Trait("row", "BX1"), Trait("row", "BX2"), Trait("row", "IC1"), Trait("row", "KP12")]
    public async Task A_night_days_and_months_in_each_profile(string profile, string name)
    {
        var walked = new Walked(profile, nameof(DaysTests));
        var strict = profile == "strictLive";
        await Until(days: 1, hours: 3);
        (await Kim.Patch($"/v1/inboxes/{Inbox}", new { forms = new[] { Form }, offline = strict ? "fallback" : null })).Expect(HttpStatusCode.OK);
        await Policy(new { profile, hours = Hours(), promise = new { kind = "fixed", seconds = 3600 } });

        // At three at night, between two of the day's openings: nobody can be talked to, and it is no dead end.
        var ana = await Customer();
        await ana.Visit(identity: strict ? null : Vouch(name, name));
        await ana.Open();
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }).ClickAsync();
        if (strict)
        {
            await Expect(ana.App.GetByLabel("Where may we answer?")).ToBeVisibleAsync();
            await Expect(ana.Field).ToBeHiddenAsync();
            await ana.App.GetByLabel("Where may we answer?").FillAsync($"{name.ToLowerInvariant()}@example.test");
            await ana.App.GetByLabel("What is it about?").FillAsync("My boat is adrift");
            await ana.App.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        }
        else
        {
            await ana.Say("My boat is adrift");
        }

        // An hour after the next opening.
        await Expect(ana.Told.Last).ToContainTextAsync("Our answer will be here by");
        await Expect(ana.Told.Last).ToContainTextAsync("10:00");
        walked.Shown("LC1", "LC12", "LC13", "LC23", "LC24", "MS2", "MS12", "MS13", "UC4", "PA12");

        // The browser is closed: nobody has to plan a day around us. Noor finds it in the morning, alone.
        var disk = await ana.Context.StorageStateAsync();
        await ana.Context.CloseAsync();
        await Until(days: 0, hours: 9.1);
        var noor = await AtTheConsole(view: "all");
        noor.Watch.Expect("status of 401");
        await noor.Open("My boat is adrift");
        await noor.Say("We are on our way.");
        await Read("unseen");
        _timed.Clock.Advance(TimeSpan.FromSeconds(181));
        (await _sink.To($"{name.ToLowerInvariant()}@example.test")).ShouldContain("We are on our way.");
        ana = await Customer(new() { StorageState = disk });
        // By and by the token of a page that stays open is good for nothing: it gets another by itself.
        ana.Watch.Expect("status of 401");
        await ana.Visit(identity: strict ? null : Vouch(name, name));
        await Expect(ana.Badge).ToHaveTextAsync("1");
        await Expect(ana.Teaser).ToContainTextAsync("We are on our way.");
        await ana.Open();
        await Expect(ana.App.Locator("button.row").Or(ana.Log).First).ToBeVisibleAsync();
        if (!await ana.Log.IsVisibleAsync())
        {
            await ana.App.Locator("button.row").First.ClickAsync();
        }

        await ana.Sees("We are on our way.");
        await Expect(ana.Messages).ToHaveCountAsync(2);
        await noor.IsMarked("We are on our way.", "read");
        walked.Shown("MS3", "MS5", "MS6", "MS25", "SN1", "LV1");

        // Two days of rest, and it goes on in the same thread: with a promise, and without the pretence that somebody sits there and talks.
        await Until(days: 3, hours: 9.5);
        await noor.SitDown("mine");
        await noor.Open("We are on our way.");
        await Expect(noor.Facts.Last).ToContainTextAsync("The conversation rests");
        await ana.Page.CloseAsync();
        ana = await ana.Tab();
        await ana.Visit(identity: strict ? null : Vouch(name, name));
        await ana.GoOn();
        await ana.Say("Are you nearly there?");
        await Expect(ana.Told.Last).ToContainTextAsync("Our answer will be here usually within an hour; if you are not, it comes by mail.");
        await Expect(ana.Standing.Filter(new() { HasText = "You are talking with" })).ToHaveCountAsync(0);
        await Expect(noor.Row("Are you nearly there?")).ToContainTextAsync("by ");
        (await Entries()).ShouldNotContain(entry => entry.StartsWith("sessionStarted", StringComparison.Ordinal));
        await Expect(ana.Messages).ToHaveCountAsync(3);
        walked.Shown("MS4");

        // It takes longer: who has it is reminded, the customer hears of it in time, and what did not come is seen.
        _timed.Clock.Advance(TimeSpan.FromMinutes(46));
        await Expect(noor.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "waits for your answer since" })).ToBeVisibleAsync();
        await Expect(ana.Told.Last).ToContainTextAsync("It takes longer than we said: our answer will be here");
        _timed.Clock.Advance(TimeSpan.FromMinutes(61));
        await Expect(noor.Facts.Last).ToContainTextAsync("not in time");
        walked.Shown("MS31", "BX2");
        await noor.Say("Two more miles.");
        await ana.Sees("Two more miles.");
        await noor.Page.GetByRole(AriaRole.Button, new() { Name = "Close conversation" }).ClickAsync();
        await Expect(ana.Told.Last).ToContainTextAsync("Noor has finished");

        // After months it is another matter in the same thread, and what was said before is there.
        await noor.Page.CloseAsync();
        await ana.Page.CloseAsync();
        await Until(days: 120, hours: 9.5);
        ana = await ana.Tab();
        await ana.Visit(identity: strict ? null : Vouch(name, name));
        await ana.GoOn();
        await ana.Sees("Two more miles.");
        await ana.Say("It is spring again.");
        // Written down should it be there for no more than a moment.
        await ana.Context.AddInitScriptAsync("new MutationObserver(() => (window.flashed ||= !!document.body?.textContent.includes('Two more miles.'))).observe(document, { childList: true, subtree: true, characterData: true })");
        await ana.Page.ReloadAsync();
        await ana.Sees("It is spring again.");
        if (strict)
        {
            await Expect(ana.Message("Two more miles.")).ToHaveCountAsync(0);
            (await (await ana.Frame()).EvaluateAsync<bool>("!!window.flashed")).ShouldBeFalse();
        }
        else
        {
            await ana.Sees("Two more miles.");
            walked.Shown("LC4");
        }

        noor = await noor.Tab();
        await noor.SitDown("all");
        await noor.Open("It is spring again.");
        await noor.Sees("Two more miles.");
        await Expect(noor.Thread).ToContainTextAsync("A new matter, number 2");
        (await Entries()).Where(entry => entry.StartsWith("episode", StringComparison.Ordinal)).ShouldBe(["episodeOpened 1", "episodeClosed 1", "episodeOpened 2"]);
        walked.Shown("MS1", "KP12");

        // Both are here now, and words follow one another: the same thread is talk, where the inbox talks at all.
        await State("Noor", "online");
        await noor.Say("So it is. Do you sail already?");
        await ana.Sees("So it is.");
        await ana.Say("Since yesterday.");
        await noor.Sees("Since yesterday.");
        await (profile == "messaging" ? Expect(ana.Standing.Filter(new() { HasText = "You are talking with" })).ToHaveCountAsync(0) : Expect(ana.Standing).ToContainTextAsync("You are talking with Noor"));
        (await Entries()).Count(entry => entry.StartsWith("sessionStarted", StringComparison.Ordinal)).ShouldBe(profile == "messaging" ? 0 : 1);
        walked.Shown("MS11", "MS28", "IC1", "BX1");
    }

    /// <summary>Every day from midnight to two, in the morning and in the afternoon.</summary>
    private static object Hours() => new
    {
        zone = "UTC",
        week = Enum.GetNames<DayOfWeek>().SelectMany(day => new[] { ("00:00", "02:00"), ("09:00", "12:00"), ("13:00", "18:00") }.Select(span => new { day = day[..3].ToLowerInvariant(), from = span.Item1, to = span.Item2 })),
    };

    /// <summary>So many days later at this hour.</summary>
    [BrowserFact, Trait("row", "MS15")]
    public async Task MS15_A_page_that_stands_open_for_days_stays_its_customers_and_nothing_written_on_it_is_lost()
    {
        await Until(days: 1, hours: 9.5);
        await Policy(new { profile = "blended", hours = "always" });
        var ana = await Customer();
        ana.Watch.Expect("status of 401");
        await ana.Visit(identity: Vouch("ana", "Ana"));
        await ana.Begin("Is my sail ready?");

        // The token has run out, and so has the word with which the page was served.
        await Until(days: 3, hours: 9.5);
        await ana.Say("And now, after three days?");
        await Expect(ana.Messages).ToHaveCountAsync(2);
        (await Kim.Get("/v1/conversations")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);

        // Signed out elsewhere, and with a word that is good for nothing: then nobody knows who this is, and what is written waits.
        await Until(days: 2, hours: 9.5);
        ana.Watch.ExpectOutage();
        await ana.Page.EvaluateAsync("Parley.on('identity', () => (document.title = 'who is it?'))");
        await ana.Context.SetOfflineAsync(true);
        await ana.Write("Please do not lose this.");
        await ana.IsKept("Please do not lose this.");
        using (var elsewhere = new Parley.Tests.Cast.Caller(Server.Here))
        {
            var resume = JsonDocument.Parse(await ana.Page.EvaluateAsync<string>($"localStorage.getItem('parley:{Inbox}')")).RootElement.GetProperty("resume").GetString();
            elsewhere.Bearer = (await elsewhere.Post("/v1/widget/sessions", new { inbox = Inbox, resume })).Expect(HttpStatusCode.Created)["token"];
            (await elsewhere.Post("/v1/widget/sessions/end")).Expect(HttpStatusCode.NoContent);
        }

        await ana.Context.SetOfflineAsync(false);
        await Expect(ana.App.GetByRole(AriaRole.Alert)).ToContainTextAsync("You are not signed in any more");
        await Expect(ana.Page).ToHaveTitleAsync("who is it?");
        await Expect(ana.Message("Is my sail ready?")).ToHaveCountAsync(0);
        (await Kim.Get("/v1/conversations")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);

        await ana.Page.EvaluateAsync("jwt => Parley.identify(jwt)", Vouch("ana", "Ana"));
        await ana.Arrived("Please do not lose this.");
        await Expect(ana.App.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await Expect(ana.Messages).ToHaveCountAsync(3);
        var rows = (await Kim.Get("/v1/conversations")).Body.GetProperty("items");
        (rows.GetArrayLength(), rows[0].GetProperty("contact").GetProperty("name").GetString()).ShouldBe((1, "Ana"));
    }

    private async Task Until(int days, double hours)
    {
        var now = _timed.Clock.GetUtcNow();
        _timed.Clock.Advance(now.Date.AddDays(days).AddHours(hours) - now.UtcDateTime);
        // Whoever was signed in over HTTP has to do so again, days later.
        (await Kim.Post("/v1/session", new { email = Email("Kim"), password = Password })).Expect(HttpStatusCode.Created);
    }

    /// <summary>The reader has come to all that was said.</summary>
    private async Task Read(string reader)
    {
        var workspace = WorkspaceId.Parse((await Kim.Get("/v1/me"))["workspace.id"]);
        var head = (await _timed.Services.GetRequiredService<LogReader>().Head(workspace))!.Value.Position;
        (await _timed.Services.GetRequiredService<Following>().Reached(reader, workspace, head, TimeSpan.FromSeconds(10))).ShouldBeTrue();
    }

    /// <summary>The only thread that there is, as its entries' types, with the number of the episode where one is named.</summary>
    private async Task<List<string>> Entries()
    {
        List<JsonElement> rows = [];
        foreach (var status in new[] { "open", "closed" })
        {
            rows.AddRange((await Kim.Get($"/v1/conversations?status={status}")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray());
        }

        var timeline = (await Kim.Get($"/v1/conversations/{rows.ShouldHaveSingleItem().GetProperty("id").GetString()}/timeline?limit=500")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray();
        return [.. timeline.Select(entry => $"{entry.GetProperty("type").GetString()}{(entry.TryGetProperty("episode", out var episode) ? string.Create(CultureInfo.InvariantCulture, $" {episode.GetInt32()}") : "")}")];
    }
}
