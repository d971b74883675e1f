using System.Net;
using System.Text.Json;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Inbox.Watching;

public class WatchPartTests
{
    [Fact]
    public async Task Rows_come_into_a_view_change_in_it_and_leave_it()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana("ana-1");
        await using var ear = await Ear.Of(house.Kim);
        await ear.Say(new { type = "watch", view = "unassigned" });
        await ear.Say(new { type = "watch", view = "mine" });
        var it = await ana.Write("Hello?");
        var row = (await ear.Next("event", Of(it))).GetProperty("summary");
        row.GetProperty("contact").GetProperty("name").GetString().ShouldBe("Ana");
        row.GetProperty("contact").GetProperty("verified").GetBoolean().ShouldBeTrue();
        row.GetProperty("preview").GetProperty("text").GetString().ShouldBe("Hello?");
        row.GetProperty("holder").GetProperty("kind").GetString().ShouldBe("queue");

        (await house.Kim.Put($"/v1/conversations/{it}/assignment", new { agent = house.Kim.Id })).Expect(HttpStatusCode.OK);
        var left = await ear.Next("left");
        (left.GetProperty("view").GetString(), left.GetProperty("conversation").GetString()).ShouldBe(("unassigned", it));
        await ear.Next("event", frame => Of(it)(frame) && frame.GetProperty("summary").GetProperty("holder").GetProperty("kind").GetString() == "agent");

        await ear.Say(new { type = "unwatch", view = "mine" });
        await ear.Say(new { type = "unwatch", view = "unassigned" });
        // Words of one stream are heard in order: when this one is answered, those before it were.
        await ear.Say(new { type = "open", conversation = it, after = 0 });
        await ear.Message("Hello?");
        var heard = ear.Heard.Count(Of(it));
        (await ana.Say(it, "unwatched")).Expect(HttpStatusCode.Created);
        (await house.Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK);
        ear.Heard.Count(Of(it)).ShouldBe(heard);
    }

    [Fact]
    public async Task Who_has_a_thread_open_is_told_who_the_customer_turns_out_to_be_in_whatever_view_it_is()
    {
        await using var house = await Lighthouse.Open();
        var visitor = await house.Ana();
        var it = await visitor.Write("Hello?");
        await using var ear = await Ear.Of(house.Kim);
        await ear.Say(new { type = "watch", view = "mine" });
        await ear.Say(new { type = "open", conversation = it, after = 0 });
        await ear.Message("Hello?");
        (await visitor.Begin(house.Vouch("ana-1", "Ana"))).Expect(HttpStatusCode.Created);
        var signal = await ear.Next("signal", frame => frame.GetProperty("kind").GetString() == "contact");
        signal.GetProperty("conversation").GetString().ShouldBe(it);
        signal.GetProperty("contact").GetProperty("name").GetString().ShouldBe("Ana");
        signal.GetProperty("contact").GetProperty("verified").GetBoolean().ShouldBeTrue();
        ear.Heard.ShouldNotContain(frame => Of(it)(frame));
    }

    [Fact]
    public async Task Counts_come_whole_at_first_and_then_as_they_change()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        await using var ear = await Ear.Of(house.Kim);
        await ear.Say(new { type = "watch", view = "all" });
        (await ear.Next("counts")).GetProperty("counts").GetProperty("all").GetInt64().ShouldBe(0);
        var it = await ana.Write("Hello?");
        await ear.Next("counts", Says("unassigned", 1));
        (await house.Kim.Put($"/v1/conversations/{it}/assignment", new { agent = house.Kim.Id })).Expect(HttpStatusCode.OK);
        var changed = (await ear.Next("counts", Says("mine", 1))).GetProperty("counts");
        changed.GetProperty("unassigned").GetInt64().ShouldBe(0);
        changed.TryGetProperty("all", out _).ShouldBeFalse();

        var counts = (await house.Kim.Get("/v1/counts")).Expect(HttpStatusCode.OK).Body.GetProperty("counts");
        (counts.GetProperty("mine").GetInt64(), counts.GetProperty("all").GetInt64(), counts.GetProperty($"inbox:{house.Inbox}").GetInt64()).ShouldBe((1, 1, 1));
    }

    [Fact]
    public async Task Who_comes_back_gets_the_rows_that_changed_and_is_told_which_left()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var (stays, leaves) = (await ana.Write("stays"), await ana.Write("leaves"));
        string cursor;
        await using (var before = await Ear.Of(house.Kim))
        {
            await before.Say(new { type = "watch", view = "unassigned" });
            (await ana.Say(stays, "more")).Expect(HttpStatusCode.Created);
            await before.Next("event", Of(stays));
            cursor = before.Cursor;
        }

        (await house.Kim.Put($"/v1/conversations/{leaves}/assignment", new { agent = house.Kim.Id })).Expect(HttpStatusCode.OK);
        var comes = await ana.Write("comes");
        (await house.Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK);
        await using var after = await Ear.Of(house.Kim, cursor);
        await after.Say(new { type = "watch", view = "unassigned" });
        await after.Next("event", Of(comes));
        await after.Next("left", frame => frame.GetProperty("conversation").GetString() == leaves);
    }

    [Fact]
    public async Task Nobody_hears_of_rows_in_an_inbox_that_is_closed_to_them()
    {
        await using var house = await Lighthouse.Open();
        var team = (await house.Kim.Post("/v1/teams", new { name = "Wharf" })).Expect(HttpStatusCode.Created)["id"];
        var wharf = (await house.Kim.Post("/v1/inboxes", new { name = "Wharf", channel = "web" })).Expect(HttpStatusCode.Created)["id"];
        (await house.Kim.Patch($"/v1/inboxes/{wharf}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        var noor = await house.Hire("Noor");
        await using var ear = await Ear.Of(noor);
        await ear.Say(new { type = "watch", view = "all" });
        await ear.Next("counts");

        var browser = house.Browser(wharf);
        (await browser.Begin()).Expect(HttpStatusCode.Created);
        var secret = await browser.Write("in the wharf");
        var open = await (await house.Ana()).Write("in the shop");
        await ear.Next("event", Of(open));
        ear.Heard.ShouldNotContain(frame => frame.GetRawText().Contains(secret));
        (await noor.Get("/v1/conversations")).Text.ShouldNotContain(secret);
        (await noor.Get("/v1/counts")).Text.ShouldNotContain(wharf);
        (await noor.Get($"/v1/conversations/{secret}")).Refused(HttpStatusCode.NotFound, "conversation.unknown");
        (await noor.Get("/v1/search?q=wharf")).Text.ShouldNotContain(secret);
        (await house.Kim.Get("/v1/conversations")).Text.ShouldContain(secret);

        // The right is given while the stream is open: it ends, and begins anew with the new right.
        (await house.Kim.Patch($"/v1/agents/{noor.Id}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        (await ear.Next("bye")).GetProperty("reason").GetString().ShouldBe("access");
        (await noor.Get("/v1/conversations")).Text.ShouldContain(secret);
    }

    private static Func<JsonElement, bool> Of(string conversation) => frame =>
        frame.TryGetProperty("summary", out var summary) && summary.GetProperty("id").GetString() == conversation;

    private static Func<JsonElement, bool> Says(string view, long n) => frame => frame.GetProperty("counts").TryGetProperty(view, out var value) && value.GetInt64() == n;
}
