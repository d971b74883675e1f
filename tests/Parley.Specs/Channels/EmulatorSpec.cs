using System.Net;
using System.Text.Json;
using Parley.Emulators;
using Parley.Tests.Cast;

namespace Parley.Specs.Channels;

/// <summary>The emulators and the product, each from its own page: whoever plays the customer is answered, and every fault that can be set does what it says.</summary>
public sealed class EmulatorSpec : IAsyncLifetime
{
    private readonly GenericProvider _provider = new();
    private Stand _it = null!;
    private Caller _page = null!;

    public async Task InitializeAsync()
    {
        _it = await Stand.On("sqlite", _provider);
        _page = new Caller(_provider.Page);
        _page.Headers["X-Parley"] = "1";
        await Do("connection", new { fields = _provider.Fields(_it.House.Address) });
    }

    public async Task DisposeAsync()
    {
        _page.Dispose();
        await _it.DisposeAsync();
    }

    [Fact, Trait("row", "CH12"), Trait("row", "UC9"), Trait("row", "BX13")]
    public async Task CH12_UC9_Whoever_plays_the_customer_is_answered_presses_a_button_and_reads()
    {
        await Do("words", new { from = "ana", name = "Ana", text = "Which sails have you?" });
        (await Lines())[0].GetProperty("state").GetString().ShouldBe("sent");
        var row = (await _it.Rows(1))[0];
        row.GetProperty("contact").GetProperty("name").GetString().ShouldBe("Ana");
        var replies = new[] { new { id = "genoa", text = "Genoa" }, new { id = "jib", text = "Jib" } };
        (await _it.House.Kim.Post($"/v1/conversations/{row.GetProperty("id").GetString()}/messages", new { content = new { type = "quickReplies", text = "Which one?", replies } })).Expect(HttpStatusCode.Created);
        JsonElement heard = default;
        await _it.Until(async () => (await Lines()) is [_, var line] && line.TryGetProperty("heard", out heard));
        heard.GetProperty("text").GetString().ShouldBe("Which one?");
        heard.GetProperty("buttons").EnumerateArray().Select(button => button.GetProperty("text").GetString()).ShouldBe(["Genoa", "Jib"]);
        await Do("words", new { from = "ana", text = "Jib", choice = "jib" });
        await _it.Until(async () => (await _it.Entries(row)).Any(entry => entry.TryGetProperty("content", out var said) && said.TryGetProperty("choice", out var choice) && choice.GetString() == "jib"));
        await Do("receipts", new { of = heard.GetProperty("id").GetString(), state = "read" });
        await _it.States(row, "read");
        // Whoever has another page open cannot do any of that.
        using var stranger = new Caller(_provider.Page);
        (await stranger.Post("/control/generic/words", new { from = "ana", text = "Not I" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        stranger.Headers["Host"] = "evil.example";
        (await stranger.Get("/control")).Status.ShouldBe(HttpStatusCode.MisdirectedRequest);
    }

    [Fact]
    public async Task What_the_provider_doubles_turns_round_heaps_up_and_spoils_counts_once_each()
    {
        await Do("faults", new { kind = "twice", times = 1 });
        await Do("words", new { from = "ana", text = "One" });
        var ana = (await _it.Rows(1))[0];
        await Do("faults", new { kind = "batched", count = 2, times = 2 });
        await Do("words", new { from = "ana", text = "Two" });
        (await Lines())[^1].GetProperty("state").GetString().ShouldBe("kept back");
        await Do("words", new { from = "ana", text = "Three" });
        await _it.Words(ana, ["One", "Two", "Three"]);
        await Do("faults", new { kind = "mangled", times = 1 });
        await Do("words", new { from = "ana", text = "Four" });
        await _it.Words(ana, ["One", "Two", "Three", "Four"]);
        await _it.Until(async () => (await _it.Letters()).Count == 1);
        foreach (var kind in (string[])["forged", "replayed"])
        {
            await Do("faults", new { kind, times = 1 });
            await Do("words", new { from = "ana", text = "Not I" });
            (await Lines())[^1].GetProperty("state").GetString().ShouldBe("refused: 401");
        }

        // Told in the wrong order, it is read all the same.
        await _it.Answer(ana, "Four sails.");
        var id = (await _it.Heard(1)).Single().Id;
        await _it.States(ana, "sent");
        await Do("faults", new { kind = "reordered", times = 2 });
        await Do("receipts", new { of = id, state = "delivered" });
        await Do("receipts", new { of = id, state = "read" });
        await _it.States(ana, "read");
        await _it.Words(ana, ["One", "Two", "Three", "Four", "Four sails."]);
    }

    [Fact]
    public async Task What_the_provider_refuses_and_loses_goes_when_it_says_and_is_shown_once()
    {
        await Do("words", new { from = "ana", text = "Hello" });
        var row = (await _it.Rows(1))[0];
        await Do("faults", new { kind = "throttled", seconds = 600 });
        await _it.Answer(row, "First");
        await _it.Failed(row, "throttled");
        var next = (await _it.House.Kim.Get($"/v1/conversations/{row.GetProperty("id").GetString()}/channel")).Body.GetProperty("deliveries")[0].GetProperty("next").GetDateTimeOffset();
        (next - _it.House.Clock.GetUtcNow()).ShouldBeInRange(TimeSpan.FromSeconds(500), TimeSpan.FromSeconds(610));
        _it.House.Clock.Advance(TimeSpan.FromSeconds(620));
        await _it.States(row, "sent");
        await Do("faults", new { kind = "lost", times = 1 });
        await _it.Answer(row, "Second");
        await _it.Failed(row, "outcomeUnknown");
        _it.House.Clock.Advance(TimeSpan.FromMinutes(1));
        await _it.States(row, "sent", "sent");
        (await Lines()).Where(line => line.TryGetProperty("heard", out _)).Select(line => (line.GetProperty("heard").GetProperty("text").GetString(), line.GetProperty("heard").GetProperty("times").GetInt32())).ShouldBe([("First", 1), ("Second", 2)]);
    }

    [Fact]
    public async Task The_clock_goes_where_it_is_put_and_a_script_is_done_in_its_order()
    {
        var clock = new VirtualClock(_it.House.Clock);
        var script = new Faults(clock);
        script.Add(new Fault(FaultKind.Down, Times: 2));
        script.Add(new Fault(FaultKind.Throttled, Seconds: 60));
        script.Add(new Fault(FaultKind.Gone, To: "ben"));
        script.Answering("ana")!.Kind.ShouldBe(FaultKind.Down);
        script.Answering("ana")!.Kind.ShouldBe(FaultKind.Down);
        script.Answering("ana")!.Kind.ShouldBe(FaultKind.Throttled);
        clock.Advance(TimeSpan.FromSeconds(61));
        script.Answering("ana").ShouldBeNull();
        script.Answering("ben")!.Kind.ShouldBe(FaultKind.Gone);
        (await _page.Post("/control/clock", new { seconds = 3_600 })).Expect(HttpStatusCode.NoContent);
        (await _page.Get("/control")).Body.GetProperty("clock").GetProperty("ahead").GetDouble().ShouldBe(3_600);
        // By its clock it is another hour than by the company's: nobody believes what it signs.
        await Do("words", new { from = "ana", text = "From the future" });
        (await Lines())[^1].GetProperty("state").GetString().ShouldBe("refused: 401");
        (await _page.Post("/control/clock", new { })).Expect(HttpStatusCode.NoContent);
        await Do("words", new { from = "ana", text = "From now" });
        await _it.Words((await _it.Rows(1))[0], ["From now"]);
        await Do("faults", new { kind = "silent", times = 1 });
        await _it.Answer((await _it.Rows(1))[0], "Do you hear me?");
        (await _it.Heard(1)).Single().Text.ShouldBe("Do you hear me?");
    }

    private async Task Do(string what, object body) => (await _page.Post($"/control/generic/{what}", body)).Expect(HttpStatusCode.NoContent);

    private async Task<List<JsonElement>> Lines() => [.. (await _page.Get("/control")).Expect(HttpStatusCode.OK).Body.GetProperty("providers")[0].GetProperty("lines").EnumerateArray()];
}
