using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Channels.Api;

/// <summary>What is said to somebody on a channel that can do little: by the generic channel, set up as one that shows text only and closes after a day.</summary>
public class ThreadChannelApiTests
{
    /// <summary>Failure 16, through the whole product: what goes out reads as text, is shown before it goes, and a number answers it.</summary>
    [SkippableTheory, Trait("row", "BX13"), Trait("failure", "16")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task BX13_A_carousel_is_shown_as_it_will_be_goes_as_text_and_a_number_answers_it(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await House(engine.Url);
        var thread = await it.Said("m1", "Which sails have you?");
        var cards = new
        {
            type = "carousel",
            text = "Which one?",
            cards = new object[]
            {
                new { id = "genoa", title = "Genoa", text = "for wind from ahead", actions = new object[] { new { id = "take", text = "I take it" }, new { id = "more", text = "More", url = "https://shop.example/genoa" } } },
                new { id = "jib", title = "Jib", actions = new object[] { new { id = "take", text = "I take it" } } },
            },
        };
        var preview = (await it.Kim.Post($"/v1/conversations/{thread}/channel/preview", new { content = cards })).Expect(HttpStatusCode.OK);
        var text = preview.Body.GetProperty("parts")[0].GetProperty("text").GetString();
        text.ShouldBe("Which one?\nGenoa: for wind from ahead\n1. I take it\n– More: https://shop.example/genoa\nJib\n2. I take it\nAnswer with a number.");
        preview.Body.GetProperty("notes").EnumerateArray().Select(note => note.GetString()).ShouldBe(["numbered"]);
        (await it.Kim.Post($"/v1/conversations/{thread}/messages", new { content = cards })).Expect(HttpStatusCode.Created);
        await it.Said("m2", "2", thread);
        JsonElement answer = default;
        await Until(async () => (answer = (await it.Entries(thread)).LastOrDefault(entry => entry.GetProperty("type").GetString() == "message" && entry.GetProperty("author").GetProperty("kind").GetString() == "contact")).TryGetProperty("of", out _));
        answer.GetProperty("content").GetProperty("choice").GetString().ShouldBe("jib.take");
        answer.GetProperty("content").GetProperty("text").GetString().ShouldBe("Jib: I take it");
    }

    /// <summary>Failure 17: written before the end, and sent after it, it does not go; the agent is told before and after.</summary>
    [SkippableTheory, Trait("row", "BX13"), Trait("failure", "17")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task BX13_What_waited_until_the_window_was_closed_does_not_go_and_the_thread_says_so(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await House(engine.Url);
        var thread = await it.Said("m1", "Which sails have you?");
        (await it.Channel(thread))["open"].ShouldBe("True");
        it.Clock.Advance(TimeSpan.FromHours(23));
        (await it.Channel(thread))["open"].ShouldBe("True");
        (await it.Kim.Patch($"/v1/channels/{it.Inbox}", new { on = false })).Expect(HttpStatusCode.OK);
        (await it.Kim.Post($"/v1/conversations/{thread}/messages", new { content = new { type = "text", text = "Three." } })).Expect(HttpStatusCode.Created);
        await Until(async () => await it.State(thread) == "queued");
        it.Clock.Advance(TimeSpan.FromHours(2));
        (await it.Kim.Patch($"/v1/channels/{it.Inbox}", new { on = true })).Expect(HttpStatusCode.OK);
        await Until(async () => await it.State(thread) == "failed");
        await Until(async () => (await it.Entries(thread)).Any(entry => entry.GetProperty("type").GetString() == "undelivered" && entry.GetProperty("cause").GetString() == "windowClosed"));
        (await it.Channel(thread))["open"].ShouldBe("False");
        (await it.Kim.Post($"/v1/conversations/{thread}/channel/preview", new { content = new { type = "text", text = "Hello?" } })).Expect(HttpStatusCode.OK)["refused"].ShouldBe("windowClosed");
        // The customer writes: it is open again.
        await it.Said("m2", "Are you there?", thread);
        await Until(async () => (await it.Channel(thread))["open"] == "True");
    }

    /// <summary>Files are not there before one sends; what becomes of them their kind and size say.</summary>
    [Fact, Trait("row", "BX13")]
    public async Task BX13_Of_files_it_is_said_before_one_sends_that_they_go_as_links()
    {
        await using var it = await House(null);
        var thread = await it.Said("m1", "Which sails have you?");
        var files = new[] { new { name = "sails.pdf", mime = "application/pdf", size = 2_000_000 } };
        var alone = (await it.Kim.Post($"/v1/conversations/{thread}/channel/preview", new { files })).Expect(HttpStatusCode.OK);
        alone.Body.GetProperty("notes").EnumerateArray().Select(note => note.GetString()).ShouldBe(["links"]);
        alone["parts"].ShouldContain("sails.pdf: ");
        var both = (await it.Kim.Post($"/v1/conversations/{thread}/channel/preview", new { content = new { type = "text", text = "These." }, files })).Expect(HttpStatusCode.OK);
        both.Body.GetProperty("parts")[0].GetProperty("text").GetString()!.ShouldStartWith("These.\nsails.pdf: ");
    }

    [Fact]
    public async Task On_the_web_there_is_no_channel_and_nobody_sees_anothers()
    {
        await using var it = await House(null);
        var ana = await it.House.Ana();
        var web = await ana.Write("Hello");
        var channel = (await it.Channel(web)).Body;
        channel.TryGetProperty("kind", out _).ShouldBeFalse();
        channel.GetProperty("open").GetBoolean().ShouldBeTrue();
        (await it.House.Stranger().Get($"/v1/conversations/{web}/channel")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        // Nor does a widget talk by a channel's inbox.
        (await it.House.Browser(it.Inbox).Begin()).Refused(HttpStatusCode.NotFound, "inbox.unknown");
    }

    private static async Task<Shop> House(string? store)
    {
        var house = await Lighthouse.On(store, ("channels.allowLoopback", "true"));
        // Nobody listens there: what goes out waits.
        var made = (await house.Kim.Post("/v1/channels", new { kind = "generic", name = "App", settings = new { url = "http://127.0.0.1:9/", plain = true, windowHours = 24 } })).Expect(HttpStatusCode.Created);
        return new Shop(house, made["inbox"], made.Body.GetProperty("made").GetProperty("token").GetString()!);
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (var since = Stopwatch.GetTimestamp(); !await holds(); await Task.Delay(20))
        {
            Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromSeconds(30));
        }
    }

    private sealed record Shop(Lighthouse House, string Inbox, string Token) : IAsyncDisposable
    {
        public Person Kim => House.Kim;

        public Clock Clock => House.Clock;

        public ValueTask DisposeAsync() => House.DisposeAsync();

        /// <summary>Ana says something; its conversation.</summary>
        public async Task<string> Said(string id, string text, string? thread = null)
        {
            var caller = House.Stranger();
            caller.Bearer = Token;
            (await caller.Raw(HttpMethod.Post, $"/v1/channels/{Inbox}/inbound", JsonSerializer.Serialize(new { id, from = new { id = "ana", name = "Ana", language = "en" }, text }))).Expect(HttpStatusCode.OK);
            string? found = null;
            await Until(async () =>
            {
                found = thread ?? (await Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("id").GetString()).FirstOrDefault();
                return found is not null && (await Channel(found)).Body.TryGetProperty("kind", out _);
            });
            return found!;
        }

        public async Task<List<JsonElement>> Entries(string thread) => [.. (await Kim.Get($"/v1/conversations/{thread}/timeline?limit=500")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];

        public async Task<Answer> Channel(string thread) => (await Kim.Get($"/v1/conversations/{thread}/channel")).Expect(HttpStatusCode.OK);

        public async Task<string?> State(string thread) => (await Channel(thread)).Body.GetProperty("deliveries").EnumerateArray().Select(one => one.GetProperty("state").GetString()).FirstOrDefault();
    }
}
