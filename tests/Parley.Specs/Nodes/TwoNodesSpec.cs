using System.Net;
using System.Text.Json;
using Parley.Tests.Cast;

namespace Parley.Specs.Nodes;

/// <summary>The customer is connected to one node and the agent to the other: nobody notices, and when a node dies nothing is missing and nothing doubled.</summary>
[Trait("takes", "long")]
public class TwoNodesSpec
{
    [SkippableFact]
    public async Task Customer_and_agent_on_two_nodes_hear_each_other_as_on_one()
    {
        await using var pair = await Pair.Start();
        var ana = await pair.Customer(pair.A);
        var kim = await pair.SignIn(pair.B, "kim@lighthouse.test");
        await using var hers = await Ear.Of(ana);
        await using var kims = await Ear.Of(kim);
        await kims.Say(new { type = "watch", view = "all" });
        await kims.Say(new { type = "watch", view = "closed" });

        // The list, the numbers, the thread, and that it came.
        var it = await ana.Write("one");
        await kims.Next("event", Row(it, row => Text(row, "preview", "text") == "one"));
        await kims.Next("counts", Counts("all", 1));
        await kims.Say(new { type = "open", conversation = it, after = 0 });
        (await kims.Message("one")).GetProperty("entry").GetProperty("author").GetProperty("kind").GetString().ShouldBe("contact");
        await hers.Next("mark", Delivered(3));

        var two = (await kim.Post($"/v1/conversations/{it}/messages", Said("two"))).Expect(HttpStatusCode.Created).Body.GetProperty("seq").GetInt64();
        var answer = (await hers.Message("two")).GetProperty("entry");
        (answer.GetProperty("seq").GetInt64(), answer.GetProperty("prev").GetInt64()).ShouldBe((two, 4), "Before it stands what she was promised.");
        answer.GetProperty("author").GetProperty("name").GetString().ShouldBe("Kim");
        await kims.Next("mark", Delivered(two));

        // What is internal stays with us, on whichever node.
        var note = (await kim.Post($"/v1/conversations/{it}/notes", new { clientId = "note", text = "she is nice" })).Expect(HttpStatusCode.Created).Body.GetProperty("seq").GetInt64();
        await kims.Next("event", frame => Entry(frame, "note") is { } entry && entry.GetProperty("text").GetString() == "she is nice");
        (await kim.Put($"/v1/conversations/{it}/seen", new { seq = note })).Expect(HttpStatusCode.NoContent);
        (await hers.Next("mark", Seen("agent"))).GetProperty("seq").GetInt64().ShouldBeInRange(two, note - 1, "That she read a note is ours.");
        (await ana.Put($"/v1/widget/conversations/{it}/seen", new { seq = two })).Expect(HttpStatusCode.NoContent);
        (await kims.Next("mark", Seen("contact"))).GetProperty("seq").GetInt64().ShouldBe(two);

        // Signals.
        await hers.Say(new { type = "typing", conversation = it, text = "thr" });
        (await kims.Next("signal", Typing(it))).GetProperty("text").GetString().ShouldBe("thr");
        await kims.Say(new { type = "typing", conversation = it });
        (await hers.Next("signal", Typing(it))).GetProperty("author").GetProperty("name").GetString().ShouldBe("Kim");

        // A name that was given there stands in the list here.
        (await ana.Patch("/v1/widget/me", new { name = "Ana" })).Expect(HttpStatusCode.OK);
        await kims.Next("event", Row(it, row => Text(row, "contact", "name") == "Ana"));

        // Closed at the other node: it leaves the view, and the numbers follow; her next word brings it back.
        (await pair.At(pair.A, kim).Put($"/v1/conversations/{it}/closure")).Expect(HttpStatusCode.OK);
        await kims.Next("left", frame => frame.GetProperty("view").GetString() == "all" && frame.GetProperty("conversation").GetString() == it);
        await kims.Next("counts", Counts("closed", 1));
        await hers.Next("event", frame => Entry(frame, "closed") is not null);
        (await ana.Say(it, "three")).Expect(HttpStatusCode.Created);
        await kims.Message("three");
        await kims.Next("counts", Counts("closed", 0));

        hers.Messages().ShouldBe(["one", "two", "three"]);
        kims.Messages().ShouldBe(["one", "two", "three"]);
        hers.Heard.Select(frame => frame.GetRawText()).ShouldAllBe(frame => !frame.Contains("nice") && !frame.Contains("\"note\"") && !frame.Contains("\"position\""));
        Once(kims, it);
        Once(hers, it);
    }

    [SkippableFact]
    public async Task Rights_that_end_and_people_who_are_forgotten_are_gone_on_both_nodes()
    {
        await using var pair = await Pair.Start();
        var kim = await pair.SignIn(pair.B, "kim@lighthouse.test");
        (await kim.Post("/v1/agents", new { name = "Noor", email = "noor@lighthouse.test", password = Pair.Password, role = "agent" })).Expect(HttpStatusCode.Created);
        var noor = await pair.SignIn(pair.A, "noor@lighthouse.test");
        var ana = await pair.Customer(pair.A);
        var it = await ana.Write("my secret");
        await using var hers = await Ear.Of(ana);
        await using var noors = await Ear.Of(noor);
        await using var kims = await Ear.Of(kim);
        await noors.Say(new { type = "watch", view = "all" });
        await noors.Say(new { type = "open", conversation = it, after = 0 });
        await noors.Message("my secret");
        await kims.Say(new { type = "watch", view = "all" });
        await kims.Say(new { type = "open", conversation = it, after = 0 });
        await kims.Message("my secret");

        // The inbox is closed to her at the other node: her stream here ends, and what she asks for is not there.
        var team = (await kim.Post("/v1/teams", new { name = "Sails", agents = new[] { kim.Id } })).Expect(HttpStatusCode.Created)["id"];
        (await kim.Patch($"/v1/inboxes/{pair.Inbox}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        (await noors.Next("bye")).GetProperty("reason").GetString().ShouldBe("access");
        await noors.Ended();
        (await noor.Get($"/v1/conversations/{it}/timeline")).Refused(HttpStatusCode.NotFound, "conversation.unknown");
        await using var again = await Ear.Of(noor, noors.Cursor);
        await again.Say(new { type = "watch", view = "all" });
        await again.Say(new { type = "open", conversation = it, after = 0 });
        (await ana.Say(it, "more of it")).Expect(HttpStatusCode.Created);
        await kims.Message("more of it");

        // Forgotten at one node: her own stream at the other ends, her tokens are dead everywhere, the words are gone from what both read.
        (await kim.Post($"/v1/contacts/{ana.Visitor}/erasure", new { reason = "asked" })).Expect(HttpStatusCode.OK);
        (await hers.Next("bye")).GetProperty("reason").GetString().ShouldBe("access");
        await hers.Ended();
        (await ana.Read(it)).Refused(HttpStatusCode.Unauthorized, "auth.invalid");
        await kims.Next("event", frame => Entry(frame, "erased") is not null);
        await kims.Next("event", Row(it, row => Text(row, "preview", "text") == ""));
        foreach (var node in new[] { pair.A, pair.B })
        {
            var person = pair.At(node, kim);
            (await person.Get($"/v1/conversations/{it}/timeline")).Expect(HttpStatusCode.OK).Text.ShouldNotContain("secret");
            (await person.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Text.ShouldNotContain("secret");
            (await person.Get("/v1/search?q=secret")).Expect(HttpStatusCode.OK).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        }

        again.Heard.ShouldAllBe(frame => !frame.GetRawText().Contains(it), "Who may not see it is told nothing of it.");

        // Whoever is let go at one node is out at the other.
        (await kim.Patch($"/v1/agents/{noor.Id}", new { active = false })).Expect(HttpStatusCode.OK);
        (await again.Next("bye")).GetProperty("reason").GetString().ShouldBe("access");
        (await noor.Get("/v1/me")).Expect(HttpStatusCode.Unauthorized);
    }

    [SkippableFact]
    public async Task Links_that_are_taken_back_at_one_node_end_what_they_opened_at_the_other_and_nothing_else()
    {
        await using var sink = new MailSink();
        await using var pair = await Pair.Start([.. sink.Settings.Select(setting => $"{setting.Key}={setting.Value}"), "notifications.mailAfterSeconds=1"]);
        var kim = await pair.SignIn(pair.A, "kim@lighthouse.test");
        var ana = await pair.Customer(pair.B);
        var it = await ana.Write("Is my sail ready?");
        (await ana.Patch("/v1/widget/me", new { email = "ana@example.test" })).Expect(HttpStatusCode.OK);
        (await kim.Post($"/v1/conversations/{it}/messages", Said("It is."))).Expect(HttpStatusCode.Created);
        var link = System.Text.RegularExpressions.Regex.Match(await sink.To("ana@example.test", 1), @"/t#([\w-]+)\.inb_\w+\.en");
        link.Success.ShouldBeTrue();
        using var stranger = new Caller(pair.B.Address);
        var opened = (await stranger.Post("/v1/links/open", new { token = link.Groups[1].Value })).Expect(HttpStatusCode.OK);
        using var elsewhere = new Browser(pair.B.Address, pair.Inbox) { Resume = opened["resume"] };
        (await elsewhere.Begin()).Expect(HttpStatusCode.Created);
        (await elsewhere.Threads()).ShouldBe([it]);
        await using var linked = await Ear.Of(elsewhere);
        await using var hers = await Ear.Of(ana);

        (await kim.Delete($"/v1/conversations/{it}/links")).Expect(HttpStatusCode.NoContent);
        (await linked.Next("bye")).GetProperty("reason").GetString().ShouldBe("access");
        await linked.Ended();
        (await elsewhere.Read(it)).Status.ShouldNotBe(HttpStatusCode.OK);
        (await stranger.Post("/v1/links/open", new { token = link.Groups[1].Value })).Refused(HttpStatusCode.Gone, "link.gone");
        (await kim.Post($"/v1/conversations/{it}/messages", Said("Come by."))).Expect(HttpStatusCode.Created);
        await hers.Message("Come by.");
    }

    [SkippableFact]
    public async Task A_node_is_killed_and_the_agent_goes_on_at_the_other_with_nothing_missing_and_nothing_doubled()
    {
        await using var pair = await Pair.Start();
        var ana = await pair.Customer(pair.A);
        var kim = await pair.SignIn(pair.B, "kim@lighthouse.test");
        await using var hers = await Ear.Of(ana);
        var it = await ana.Write("one");
        var cursor = "";
        long last;
        List<string> before;
        await using (var kims = await Ear.Of(kim))
        {
            await kims.Say(new { type = "watch", view = "all" });
            await kims.Say(new { type = "open", conversation = it, after = 0 });
            await kims.Message("one");
            await kims.Next("counts", Counts("all", 1));
            for (var i = 0; i < 20; i++)
            {
                (await (i % 2 == 0 ? ana.Say(it, $"before {i}") : kim.Post($"/v1/conversations/{it}/messages", Said($"before {i}")))).Expect(HttpStatusCode.Created);
            }

            // In the middle of the talk: what was under way to her is lost with the node.
            await pair.B.Kill();
            await kims.Ended();
            (cursor, last, before) = (kims.Cursor, Seqs(kims, it).Max(), kims.Messages());
        }

        var sent = Enumerable.Range(0, 10).Select(i => $"while it was dead {i}").ToList();
        foreach (var text in sent)
        {
            (await ana.Say(it, text)).Expect(HttpStatusCode.Created);
        }

        var same = pair.At(pair.A, kim);
        await using var resumed = await Ear.Of(same, cursor);
        await resumed.Say(new { type = "watch", view = "all", cursor });
        await resumed.Say(new { type = "open", conversation = it, after = last });
        await resumed.Message(sent[^1]);
        (await same.Post($"/v1/conversations/{it}/messages", Said("here again"))).Expect(HttpStatusCode.Created);
        await resumed.Message("here again");
        await hers.Message("here again");

        // Lists are made by whoever is left, and come to the end.
        await resumed.Next("event", Row(it, row => Text(row, "preview", "text") == "here again"));
        resumed.Heard.ShouldNotContain(frame => frame.GetProperty("type").GetString() == "gone");
        before.Concat(resumed.Messages()).ShouldBe(["one", .. Enumerable.Range(0, 20).Select(i => $"before {i}"), .. sent, "here again"]);
        hers.Messages().ShouldBe(["one", .. Enumerable.Range(0, 20).Select(i => $"before {i}"), .. sent, "here again"]);
        Once(hers, it);
        var timeline = (await same.Get($"/v1/conversations/{it}/timeline?after=0&limit=500")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("seq").GetInt64()).ToList();
        timeline.ShouldBe(Enumerable.Range(1, timeline.Count).Select(seq => (long)seq));
        Seqs(resumed, it).ShouldBe(timeline.Where(seq => seq > last));

        // And when the node is back, it knows all of it and hears what comes.
        await Pair.Serve(pair.B);
        await using var back = await Ear.Of(kim, resumed.Cursor);
        await back.Say(new { type = "open", conversation = it, after = timeline[^1] });
        (await ana.Say(it, "and now")).Expect(HttpStatusCode.Created);
        await back.Message("and now");
        back.Messages().ShouldBe(["and now"]);
        (await same.Get("/v1/counts")).Body.GetProperty("counts").GetProperty("all").GetInt64().ShouldBe(1);
    }

    private static object Said(string text) => new { clientId = $"{Guid.CreateVersion7():N}", content = new { type = "text", text } };

    private static Func<JsonElement, bool> Row(string conversation, Func<JsonElement, bool> fits) =>
        frame => frame.TryGetProperty("summary", out var row) && row.GetProperty("id").GetString() == conversation && fits(row);

    private static Func<JsonElement, bool> Counts(string view, long n) => frame => frame.GetProperty("counts").TryGetProperty(view, out var count) && count.GetInt64() == n;

    private static Func<JsonElement, bool> Delivered(long message) =>
        frame => frame.GetProperty("kind").GetString() == "delivery" && frame.GetProperty("message").GetInt64() == message && frame.GetProperty("state").GetString() == "delivered";

    private static Func<JsonElement, bool> Seen(string by) => frame => frame.GetProperty("kind").GetString() == "seen" && Text(frame, "participant", "kind") == by;

    private static Func<JsonElement, bool> Typing(string conversation) =>
        frame => frame.GetProperty("kind").GetString() == "typing" && frame.GetProperty("conversation").GetString() == conversation && frame.GetProperty("on").GetBoolean();

    private static JsonElement? Entry(JsonElement frame, string type) => frame.TryGetProperty("entry", out var entry) && entry.GetProperty("type").GetString() == type ? entry : null;

    private static string? Text(JsonElement element, string outer, string inner) =>
        element.TryGetProperty(outer, out var one) && one.TryGetProperty(inner, out var text) ? text.GetString() : null;

    /// <summary>The numbers of the entries of a conversation that were heard, in the order of hearing.</summary>
    private static List<long> Seqs(Ear ear, string conversation) =>
        [.. ear.Heard.Where(frame => frame.TryGetProperty("entry", out var entry) && entry.GetProperty("conversation").GetString() == conversation).Select(frame => frame.GetProperty("entry").GetProperty("seq").GetInt64())];

    /// <summary>Every entry was heard once and in order.</summary>
    private static void Once(Ear ear, string conversation)
    {
        var seqs = Seqs(ear, conversation);
        seqs.ShouldBe(seqs.Distinct().Order());
    }
}
