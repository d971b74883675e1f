using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Conversations;

public class SchedulingApiTests
{
    [SkippableTheory, Trait("row", "PA7")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task PA7_A_message_is_sent_at_its_time_also_after_a_restart_and_once(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        var ana = await house.Ana();
        var it = await ana.Write("When is it ready?");
        var planned = (await house.Kim.Post($"/v1/conversations/{it}/scheduled", new { clientId = "1", content = new { text = "Today" }, at = house.Clock.GetUtcNow().AddHours(20) })).Expect(HttpStatusCode.Created);
        (planned["type"], planned["visibility"], planned["clientId"]).ShouldBe(("scheduled", "internal", "1"));
        // The same wish again is the same one.
        (await house.Kim.Post($"/v1/conversations/{it}/scheduled", new { clientId = "1", content = new { text = "Today" }, at = DateTimeOffset.Parse(planned["due"]) })).Expect(HttpStatusCode.OK)["seq"].ShouldBe(planned["seq"]);
        (await ana.Read(it)).Text.ShouldNotContain("Today");

        (await house.Kim.Get($"/v1/conversations/{it}/scheduled")).Expect(HttpStatusCode.OK).Body.GetProperty("items")[0].GetProperty("seq").ToString().ShouldBe(planned["seq"]);

        await house.Restart();
        house.Clock.Advance(TimeSpan.FromHours(20));
        var sent = await Until(house, it, "unscheduled");
        sent["cause"].ShouldBe("sent");
        var items = await Items(house, it);
        var message = items.Last(item => item.GetProperty("type").GetString() == "message");
        message.GetProperty("author").GetProperty("id").GetString().ShouldBe(house.Kim.Id);
        message.GetProperty("trigger").GetProperty("seq").GetInt64().ShouldBe(long.Parse(planned["seq"]));
        (await house.Kim.Get($"/v1/conversations/{it}"))["holder.id"].ShouldBe(house.Kim.Id);
        (await ana.Begin()).Expect(HttpStatusCode.Created);
        (await ana.Read(it)).Text.ShouldContain("Today");
        // The words stand in the message alone.
        (await Stored(house, "Today")).ShouldBe(1);
        house.Clock.Advance(TimeSpan.FromHours(1));
        (await Items(house, it)).Count(item => item.GetProperty("type").GetString() == "message").ShouldBe(2);
    }

    [Fact, Trait("row", "PA7")]
    public async Task PA7_Taken_back_its_words_are_given_to_who_asks_and_kept_nowhere()
    {
        await using var house = await Lighthouse.Open();
        var noor = await house.Hire("Noor");
        var it = await (await house.Ana()).Write("Hello");
        var seq = (await house.Kim.Post($"/v1/conversations/{it}/scheduled", new { content = new { text = "Too early" }, at = house.Clock.GetUtcNow().AddDays(1) })).Expect(HttpStatusCode.Created)["seq"];
        (await noor.Put($"/v1/conversations/{it}/scheduled/{seq}/dispatch")).Refused(HttpStatusCode.Forbidden, "message.notOwn");
        (await noor.Delete($"/v1/conversations/{it}/scheduled/{seq}")).Expect(HttpStatusCode.OK)["content.text"].ShouldBe("Too early");
        (await house.Kim.Delete($"/v1/conversations/{it}/scheduled/{seq}")).Refused(HttpStatusCode.Conflict, "scheduled.over");
        (await house.Kim.Put($"/v1/conversations/{it}/scheduled/{seq}/dispatch")).Refused(HttpStatusCode.Conflict, "scheduled.over");
        (await house.Kim.Delete($"/v1/conversations/{it}/scheduled/1")).Refused(HttpStatusCode.NotFound, "scheduled.unknown");
        (await house.Kim.Put($"/v1/conversations/{it}/scheduled/99/dispatch")).Refused(HttpStatusCode.NotFound, "scheduled.unknown");
        (await Stored(house, "Too early")).ShouldBe(0);
    }

    [Fact]
    public async Task What_it_says_now_it_says_at_once_and_what_was_said_before_goes_before()
    {
        await using var house = await Lighthouse.Open();
        var it = await (await house.Ana()).Write("Hello");
        (await house.Kim.Post($"/v1/conversations/{it}/scheduled", new { content = new { text = "first" }, undo = 20 })).Expect(HttpStatusCode.Created)["undo"].ShouldBe("True");
        var later = (await house.Kim.Post($"/v1/conversations/{it}/scheduled", new { content = new { text = "last" }, at = house.Clock.GetUtcNow().AddDays(1) })).Expect(HttpStatusCode.Created);
        (await house.Kim.Post($"/v1/conversations/{it}/messages", new { content = new { text = "second" } })).Expect(HttpStatusCode.Created);
        (await house.Kim.Post($"/v1/conversations/{it}/scheduled", new { content = new { text = "third" }, undo = 20 })).Expect(HttpStatusCode.Created);
        // Whoever closes meant what they said.
        (await house.Kim.Put($"/v1/conversations/{it}/closure")).Expect(HttpStatusCode.OK);
        (await house.Kim.Put($"/v1/conversations/{it}/scheduled/{later["seq"]}/dispatch")).Expect(HttpStatusCode.Created)["content.text"].ShouldBe("last");
        var items = await Items(house, it);
        items.Where(item => item.GetProperty("type").GetString() == "message").Select(item => item.GetProperty("content").GetProperty("text").GetString()).ShouldBe(["Hello", "first", "second", "third", "last"]);
    }

    [Fact]
    public async Task Of_who_is_not_there_any_more_nothing_is_sent()
    {
        await using var house = await Lighthouse.Open();
        var noor = await house.Hire("Noor");
        var it = await (await house.Ana()).Write("Hello");
        var seq = (await noor.Post($"/v1/conversations/{it}/scheduled", new { content = new { text = "Soon" }, at = house.Clock.GetUtcNow().AddDays(1) })).Expect(HttpStatusCode.Created)["seq"];
        (await house.Kim.Patch($"/v1/agents/{noor.Id}", new { active = false })).Expect(HttpStatusCode.OK);
        house.Clock.Advance(TimeSpan.FromDays(1));
        var gone = await Until(house, it, "unscheduled");
        (gone["cause"], gone["of"]).ShouldBe(("agentGone", seq));
        // What it was can still be read, and taken out.
        (await Stored(house, "Soon")).ShouldBe(1);
        (await house.Kim.Post($"/v1/conversations/{it}/redactions", new { of = long.Parse(seq), reason = "x" })).Expect(HttpStatusCode.OK);
        (await Stored(house, "Soon")).ShouldBe(0);
    }

    [Fact]
    public async Task A_file_goes_with_what_is_sent_later_and_is_written_with_again_after_it_was_taken_back()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("Hello");
        var file = (await house.Kim.Upload("/v1/files", "plan.txt", "text/plain", "A plan"u8.ToArray())).Expect(HttpStatusCode.Created)["id"];
        var body = new { content = new { type = "file", files = new[] { file } }, at = house.Clock.GetUtcNow().AddDays(3) };
        var first = (await house.Kim.Post($"/v1/conversations/{it}/scheduled", body)).Expect(HttpStatusCode.Created);
        first.Body.GetProperty("content").GetProperty("files")[0].GetProperty("url").GetString()!.ShouldContain("/v1/files/");
        (await house.Kim.Delete($"/v1/conversations/{it}/scheduled/{first["seq"]}")).Expect(HttpStatusCode.OK);
        (await house.Kim.Post($"/v1/conversations/{it}/scheduled", body)).Expect(HttpStatusCode.Created);
        house.Clock.Advance(TimeSpan.FromDays(3));
        await Until(house, it, "unscheduled", 2);
        (await ana.Begin()).Expect(HttpStatusCode.Created);
        (await ana.Read(it)).Text.ShouldContain("plan.txt");
    }

    [Fact]
    public async Task It_is_refused_with_the_field_named()
    {
        await using var house = await Lighthouse.Open();
        var it = await (await house.Ana()).Write("Hello");
        var path = $"/v1/conversations/{it}/scheduled";
        Field((await house.Kim.Post(path, new { content = new { text = "x" }, at = house.Clock.GetUtcNow().AddMinutes(-1) })).Refused(HttpStatusCode.BadRequest, "scheduled.at")).ShouldBe("at");
        Field((await house.Kim.Post(path, new { content = new { text = "" }, undo = 5 })).Refused(HttpStatusCode.BadRequest, "content.empty")).ShouldBe("content");
        (await (await house.Ana()).Post(path, new { content = new { text = "x" }, undo = 5 })).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact, Trait("row", "PA7")]
    public async Task How_long_what_one_sent_can_be_taken_back_is_said_by_each()
    {
        await using var house = await Lighthouse.Open();
        (await house.Kim.Get("/v1/me"))["undoSeconds"].ShouldBe("5");
        (await house.Kim.Patch("/v1/me", new { undoSeconds = 20 })).Expect(HttpStatusCode.OK)["undoSeconds"].ShouldBe("20");
        (await house.Kim.Get("/v1/me"))["undoSeconds"].ShouldBe("20");
        Field((await house.Kim.Patch("/v1/me", new { undoSeconds = 7 })).Refused(HttpStatusCode.BadRequest, "undo.invalid")).ShouldBe("undoSeconds");
    }

    private static async Task<List<System.Text.Json.JsonElement>> Items(Lighthouse house, string it) =>
        [.. (await house.Kim.Get($"/v1/conversations/{it}/timeline")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];

    /// <summary>The entry of that type, once there are so many.</summary>
    private static async Task<Answer> Until(Lighthouse house, string it, string type, int count = 1)
    {
        for (var i = 0; i < 100; i++)
        {
            var answer = await house.Kim.Get($"/v1/conversations/{it}/timeline");
            var found = answer.Body.GetProperty("items").EnumerateArray().Where(item => item.GetProperty("type").GetString() == type).ToList();
            if (found.Count >= count)
            {
                return answer with { Text = found[^1].GetRawText() };
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"No {type} came.");
    }

    private static string? Field(Answer answer) => answer.Body.GetProperty("errors")[0].GetProperty("field").GetString();

    /// <summary>In how many bodies of the log a word stands.</summary>
    private static Task<long> Stored(Lighthouse house, string word) => house.Services.GetRequiredService<Database>().Read(session =>
        session.One<long>("select count(*) from entries where body like @like", new { like = $"%{word}%" }));
}
