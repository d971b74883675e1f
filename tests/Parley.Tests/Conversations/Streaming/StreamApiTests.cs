using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Conversations.Streaming;

public class StreamApiTests
{
    [Fact, Trait("row", "LC18")]
    public async Task Both_sides_hear_each_other_at_once_and_only_agents_hear_what_is_internal()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        await using var hers = await Ear.Of(ana);
        var it = await ana.Write("Hello?");
        await using var kims = await Ear.Of(house.Kim);
        await kims.Say(new { type = "open", conversation = it, after = 0 });
        var first = (await kims.Message("Hello?")).GetProperty("entry");
        first.GetProperty("author").GetProperty("kind").GetString().ShouldBe("contact");
        first.TryGetProperty("position", out _).ShouldBeTrue();
        first.TryGetProperty("clientId", out _).ShouldBeFalse();

        (await house.Kim.Post($"/v1/conversations/{it}/notes", new { clientId = "n", text = "a regular" })).Expect(HttpStatusCode.Created);
        (await house.Kim.Post($"/v1/conversations/{it}/messages", new { clientId = "k", content = new { type = "text", text = "Hello Ana!" } })).Expect(HttpStatusCode.Created);
        var heard = (await hers.Message("Hello Ana!")).GetProperty("entry");
        heard.TryGetProperty("position", out _).ShouldBeFalse();
        heard.GetProperty("author").GetProperty("name").GetString().ShouldBe("Kim");
        (await kims.Message("Hello Ana!")).GetProperty("entry").GetProperty("clientId").GetString().ShouldBe("k");
        await kims.Next("event", frame => frame.GetProperty("entry").GetProperty("type").GetString() == "note");
        hers.Heard.Where(frame => frame.GetProperty("type").GetString() == "event").ShouldAllBe(frame => frame.GetProperty("entry").GetProperty("visibility").GetString() == "public");
        // A new thread is followed from its first word, without a word of the client's.
        hers.Messages().ShouldBe(["Hello?", "Hello Ana!"]);
    }

    [Fact]
    public async Task What_is_answered_is_what_the_authors_own_stream_was_told_and_a_repeat_is_answered_the_same()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        await using var hers = await Ear.Of(ana);
        var it = await ana.Write("Hello?");
        await using var kims = await Ear.Of(house.Kim);
        await kims.Say(new { type = "open", conversation = it, after = 0 });
        await kims.Message("Hello?");
        foreach (var text in new[] { "one", "two \"quoted\" 😀", new string('x', 9_000) })
        {
            await Same(hers, ana, $"/v1/widget/conversations/{it}/messages", text);
            await Same(kims, house.Kim, $"/v1/conversations/{it}/messages", text + "!");
        }

        static async Task Same(Ear ear, Caller caller, string path, string text)
        {
            var body = new { clientId = text[..3], content = new { type = "text", text } };
            var (answer, repeat) = (await caller.Post(path, body), await caller.Post(path, body));
            answer.Expect(HttpStatusCode.Created);
            repeat.Expect(HttpStatusCode.OK);
            var told = (await ear.Message(text)).GetProperty("entry").GetRawText();
            answer.Text.ShouldBe(told);
            repeat.Text.ShouldBe(told);
        }
    }

    [Fact, Trait("row", "MS9")]
    public async Task Who_comes_back_with_a_cursor_gets_exactly_what_was_missed()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var (one, two) = (await ana.Write("one"), await ana.Write("two"));
        string cursor;
        await using (var before = await Ear.Of(ana))
        {
            (await ana.Say(one, "heard")).Expect(HttpStatusCode.Created);
            await before.Message("heard");
            before.Messages().ShouldBe(["heard"]);
            cursor = before.Cursor;
        }

        (await ana.Say(two, "missed 1")).Expect(HttpStatusCode.Created);
        (await house.Kim.Post($"/v1/conversations/{one}/messages", new { clientId = "1", content = new { type = "text", text = "missed 2" } })).Expect(HttpStatusCode.Created);
        await using var after = await Ear.Of(ana, cursor);
        (await ana.Say(one, "live")).Expect(HttpStatusCode.Created);
        await after.Message("live");
        after.Messages().ShouldBe(["missed 1", "missed 2", "live"]);

        await house.Restart();
        await using var later = await Ear.Of(ana, cursor);
        await later.Message("live");
        later.Messages().ShouldBe(["missed 1", "missed 2", "live"]);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_cursor_that_is_not_ours_is_gone(string cursor)
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        await ana.Write("one");
        await using var ear = await Ear.Of(ana, cursor);
        await ear.Next("gone");
        ear.Messages().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_visitor_hears_nobody_elses_thread()
    {
        await using var house = await Lighthouse.Open();
        var (ana, ben) = (await house.Ana(), await house.Ben());
        var (hers, his) = (await ana.Write("Ana's"), await ben.Write("Ben's"));
        await using var ear = await Ear.Of(ana);
        await ear.Say(new { type = "open", conversation = his, after = 0 });
        (await ben.Say(his, "secret")).Expect(HttpStatusCode.Created);
        (await ana.Say(hers, "mine")).Expect(HttpStatusCode.Created);
        await ear.Message("mine");
        ear.Messages().ShouldBe(["mine"]);
    }

    [Fact]
    public async Task A_cookie_counts_from_our_own_page_only()
    {
        await using var house = await Lighthouse.Open();
        await using var own = await Ear.Of(house.Kim);
        (await own.Next("hello")).GetProperty("me").GetProperty("name").GetString().ShouldBe("Kim");

        await using var foreign = await Ear.Dial(house.Kim, origin: "https://evil.example");
        await foreign.Say(new { type = "hello" });
        (await foreign.Next("bye")).GetProperty("reason").GetString().ShouldBe("access");
        await foreign.Ended();
    }

    [Fact]
    public async Task Who_says_no_hello_in_time_is_shown_out()
    {
        await using var house = await Lighthouse.Open(("streams.helloSeconds", "1"));
        await using var ear = await Ear.Dial(house.Stranger());
        (await ear.Next("bye")).GetProperty("reason").GetString().ShouldBe("hello");
        await ear.Ended();
    }

    [Fact]
    public async Task Words_that_are_none_do_no_harm()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("one");
        await using var ear = await Ear.Of(ana);
        foreach (var text in new[] { "{", "[]", "{\"type\":7}", "{\"type\":\"open\"}", "{\"type\":\"open\",\"conversation\":7}", "{\"type\":\"sing\"}", "\u0000" })
        {
            await ear.SayRaw(text);
        }

        (await ana.Say(it, "still here")).Expect(HttpStatusCode.Created);
        await ear.Message("still here");

        await ear.SayRaw(new string(' ', 40_000));
        await ear.Ended();
    }

    [Fact]
    public async Task A_visitor_who_floods_a_stream_is_not_heard_and_nobody_else_waits()
    {
        await using var house = await Lighthouse.Open(("rate.visitorPerSecond", "1"), ("rate.visitorBurst", "10"));
        var (ana, ben) = (await house.Ana(), await house.Ben());
        var it = await ana.Write("one");
        await using var hers = await Ear.Of(ana);
        foreach (var _ in Enumerable.Range(0, 200))
        {
            await hers.Say(new { type = "typing", conversation = it, on = true });
        }

        var patience = 100;
        while ((await ana.Get("/v1/widget/conversations")).Status != HttpStatusCode.TooManyRequests)
        {
            (patience--).ShouldBePositive();
        }

        await using var again = await Ear.Dial(ana);
        await again.Say(new { type = "hello", token = ana.Bearer });
        var bye = await again.Next("bye");
        (bye.GetProperty("reason").GetString(), bye.GetProperty("retryAfterMs").GetInt32() > 0).ShouldBe(("limited", true));
        hers.Open.ShouldBeTrue();
        await using var his = await Ear.Of(ben);
        his.Open.ShouldBeTrue();
    }

    [Fact]
    public async Task A_visitor_holds_only_so_many_streams()
    {
        await using var house = await Lighthouse.Open(("streams.visitorStreams", "2"));
        var (ana, ben) = (await house.Ana(), await house.Ben());
        await using var first = await Ear.Of(ana);
        await using (await Ear.Of(ana))
        {
            await using var third = await Ear.Dial(ana);
            await third.Say(new { type = "hello", token = ana.Bearer });
            (await third.Next("bye")).GetProperty("reason").GetString().ShouldBe("limited");
            await using var bens = await Ear.Of(ben);
        }

        first.Open.ShouldBeTrue();
        for (var patience = 100; ; patience--)
        {
            await using var later = await Ear.Dial(ana);
            await later.Say(new { type = "hello", token = ana.Bearer });
            if (await later.First() == "hello")
            {
                break;
            }

            patience.ShouldBePositive();
            await Task.Delay(20);
        }
    }

    [Fact]
    public async Task Signing_out_ends_the_stream()
    {
        await using var house = await Lighthouse.Open();
        var noor = await house.Hire("Noor");
        await using var ear = await Ear.Of(noor);
        await using var kims = await Ear.Of(house.Kim);
        (await noor.Delete("/v1/session")).Expect(HttpStatusCode.NoContent);
        (await ear.Next("bye")).GetProperty("reason").GetString().ShouldBe("access");
        await ear.Ended();
        kims.Open.ShouldBeTrue();
    }

    [Fact]
    public async Task The_end_of_a_session_ends_the_visitors_stream()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        await ana.Write("one");
        await using var ear = await Ear.Of(ana);
        (await ana.Post("/v1/widget/sessions/end")).Status.ShouldBeOneOf(HttpStatusCode.NoContent, HttpStatusCode.OK);
        (await ear.Next("bye")).GetProperty("reason").GetString().ShouldBe("access");
    }

    [Fact]
    public async Task A_server_that_ends_says_when_to_come_back()
    {
        await using var house = await Lighthouse.Open();
        await using var ear = await Ear.Of(house.Kim);
        await house.Restart();
        var bye = await ear.Next("bye");
        (bye.GetProperty("reason").GetString(), bye.GetProperty("retryAfterMs").GetInt32()).ShouldBe(("restart", bye.GetProperty("retryAfterMs").GetInt32()));
        bye.GetProperty("retryAfterMs").GetInt32().ShouldBePositive();
        await ear.Ended();
    }

    [Fact]
    public async Task What_is_written_in_the_moment_of_the_greeting_is_heard()
    {
        await using var house = await Lighthouse.Open(("rate.visitorPerSecond", "1000"), ("rate.visitorBurst", "1000"));
        var ana = await house.Ana();
        var it = await ana.Write("Hello");
        using var stop = new CancellationTokenSource();
        var said = 0;
        var talking = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                (await ana.Say(it, $"{said}")).Expect(HttpStatusCode.Created);
                said++;
            }
        });
        for (var i = 0; i < 25; i++)
        {
            await using var ear = await Ear.Of(ana);
            var (from, heard) = (said, new List<int>());
            await ear.Message($"{from + 3}");
            // From the first that was heard on, none is missing; and none that was said after the greeting came before it.
            heard.AddRange(ear.Messages().Where(text => int.TryParse(text, out _)).Select(int.Parse));
            heard[0].ShouldBeLessThanOrEqualTo(from + 1);
            heard.ShouldBe(Enumerable.Range(heard[0], heard.Count));
        }

        await stop.CancelAsync();
        await talking;
    }

    [Fact]
    public async Task That_a_colleague_read_a_note_is_not_told_to_the_customer()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("Hello");
        await using var hers = await Ear.Of(ana);
        await using var kims = await Ear.Of(house.Kim);
        await kims.Say(new { type = "open", conversation = it });
        (await house.Kim.Post($"/v1/conversations/{it}/notes", new { clientId = "n", text = "nice" })).Expect(HttpStatusCode.Created)["seq"].ShouldBe("5");
        (await house.Kim.Put($"/v1/conversations/{it}/seen", new { seq = 5 })).Expect(HttpStatusCode.NoContent);
        bool Seen(JsonElement frame) => frame.GetProperty("kind").GetString() == "seen";
        (await kims.Next("mark", Seen)).GetProperty("seq").GetInt64().ShouldBe(5);
        // The promise is the last that she may see.
        (await hers.Next("mark", Seen)).GetProperty("seq").GetInt64().ShouldBe(4, string.Join("\n", hers.Heard.Select(frame => frame.GetRawText())));
        await using var later = await Ear.Of(ana);
        (await later.Next("mark", Seen)).GetProperty("seq").GetInt64().ShouldBe(4);
    }

    [Fact, Trait("row", "MS15")]
    public async Task Read_marks_reach_the_other_side_and_ones_own_other_screens()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("one");
        await using var hers = await Ear.Of(ana);
        await using var kims = await Ear.Of(house.Kim);
        (await house.Kim.Put($"/v1/conversations/{it}/seen", new { seq = 3 })).Expect(HttpStatusCode.NoContent);
        var seen = await hers.Next("mark", frame => frame.GetProperty("kind").GetString() == "seen");
        (seen.GetProperty("participant").GetProperty("id").GetString(), seen.GetProperty("seq").GetInt64()).ShouldBe((house.Kim.Id, 3));
        await kims.Next("mark", frame => frame.GetProperty("conversation").GetString() == it);

        // Whole with hello, for who was not there.
        await using var later = await Ear.Of(ana);
        await later.Next("mark", frame => frame.GetProperty("kind").GetString() == "seen" && frame.GetProperty("seq").GetInt64() == 3);
    }

    [Fact, Trait("row", "MS15")]
    public async Task A_message_is_delivered_when_it_was_written_to_the_other_side()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        await using var hers = await Ear.Of(ana);
        var it = await ana.Write("one");
        await using var kims = await Ear.Of(house.Kim);
        await kims.Say(new { type = "open", conversation = it, after = 0 });
        var toKim = await hers.Next("mark", frame => frame.GetProperty("kind").GetString() == "delivery");
        (toKim.GetProperty("message").GetInt64(), toKim.GetProperty("state").GetString()).ShouldBe((3, "delivered"));

        var posted = (await house.Kim.Post($"/v1/conversations/{it}/messages", new { clientId = "1", content = new { type = "text", text = "two" } })).Expect(HttpStatusCode.Created);
        var seq = posted.Body.GetProperty("seq").GetInt64();
        await kims.Next("mark", frame => frame.GetProperty("kind").GetString() == "delivery" && frame.GetProperty("message").GetInt64() == seq);
    }

    [Fact]
    public async Task The_beat_bears_a_cursor_to_come_back_with()
    {
        await using var house = await Lighthouse.Open(("streams.agentBeatSeconds", "1"));
        await using var ear = await Ear.Of(house.Kim);
        (await ear.Next("hello")).GetProperty("beatSeconds").GetInt32().ShouldBe(1);
        var cursor = (await ear.Next("beat")).GetProperty("cursor").GetString();
        await using var again = await Ear.Of(house.Kim, cursor);
        again.Heard.ShouldNotContain(frame => frame.GetProperty("type").GetString() == "gone");
    }

    [Fact]
    public async Task The_same_frames_come_as_events_where_no_socket_can_be()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("one");
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = house.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ana.Bearer);
        using var answer = await http.GetAsync("/v1/stream/sse", HttpCompletionOption.ResponseHeadersRead);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        (await Line(lines)).ShouldContain("\"type\":\"hello\"");
        (await ana.Say(it, "two")).Expect(HttpStatusCode.Created);
        (await Line(lines, "event")).ShouldContain("\"two\"");

        (await house.Stranger().Get("/v1/stream/sse")).Refused(HttpStatusCode.Unauthorized, "auth.required");
        (await new Caller(house.Address, "forged").Get("/v1/stream/sse")).Refused(HttpStatusCode.Unauthorized, "auth.invalid");
    }

    private static async Task<string> Line(StreamReader lines, string type = "")
    {
        while (await lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10)) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal) && line.Contains($"\"type\":\"{type}", StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new EndOfStreamException("The events ended.");
    }
}
