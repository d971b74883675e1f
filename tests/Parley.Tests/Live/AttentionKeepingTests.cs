using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Live;

[Trait("row", "KP4")]
public class AttentionKeepingTests
{
    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Failure_11_The_same_conversation_open_in_three_tabs_counts_once(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        var it = await (await house.Ana()).Write("Hello?");
        await using var one = await Ear.Of(house.Kim);
        await using var two = await Ear.Of(house.Kim);
        await using var three = await Ear.Of(house.Kim);
        // In each tab for a minute in turn, and the others say meanwhile that they are open too.
        Ear[] tabs = [one, two, three];
        for (var minute = 0; minute < 3; minute++)
        {
            for (var sign = 0; sign < 4; sign++)
            {
                foreach (var tab in tabs)
                {
                    await Look(tab, it, tab == tabs[minute] ? "input" : "open");
                }

                house.Clock.Advance(TimeSpan.FromSeconds(15));
            }
        }

        await Look(three, null, beside: it);
        await Attended(house.Kim, 180, 1);
        (await house.Kim.Get($"/v1/conversations/{it}/timeline")).Body.GetRawText().ShouldNotContain("attended");
    }

    [Fact]
    public async Task Failure_12_Viewing_a_closed_conversation_adds_nothing()
    {
        await using var house = await Lighthouse.Open();
        var it = await (await house.Ana()).Write("Hello?");
        await using var tab = await Ear.Of(house.Kim);
        await Look(tab, it);
        house.Clock.Advance(TimeSpan.FromSeconds(40));
        (await house.Kim.Put($"/v1/conversations/{it}/closure")).Expect(HttpStatusCode.OK);
        for (var sign = 0; sign < 10; sign++)
        {
            await Look(tab, it);
            house.Clock.Advance(TimeSpan.FromSeconds(15));
        }

        await Look(tab, null, beside: it);
        await Attended(house.Kim, 40, 1);
        // Taken back it is open, and counts from the next sign.
        (await house.Kim.Delete($"/v1/conversations/{it}/closure")).Expect(HttpStatusCode.OK);
        await Look(tab, it);
        house.Clock.Advance(TimeSpan.FromSeconds(20));
        await Look(tab, null, beside: it);
        await Attended(house.Kim, 60, 1);
    }

    [Fact]
    public async Task It_ends_a_minute_after_the_last_input_and_at_once_where_the_focus_goes_elsewhere()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var (first, second) = (await ana.Write("one"), await (await house.Ben()).Write("two"));
        await using var tab = await Ear.Of(house.Kim);
        await Look(tab, first);
        house.Clock.Advance(TimeSpan.FromSeconds(30));
        await Look(tab, first, "focus");
        house.Clock.Advance(TimeSpan.FromMinutes(10));
        await Attended(house.Kim, 60, 1);
        await Look(tab, first);
        house.Clock.Advance(TimeSpan.FromSeconds(10));
        await Look(tab, second);
        house.Clock.Advance(TimeSpan.FromSeconds(5));
        await Look(tab, second, "open");
        house.Clock.Advance(TimeSpan.FromSeconds(30));
        await Attended(house.Kim, 75, 2);
    }

    [Fact]
    public async Task A_stream_that_ends_ends_it_and_one_that_only_hears_says_it_by_request()
    {
        await using var house = await Lighthouse.Open();
        var it = await (await house.Ana()).Write("Hello?");
        await using (var tab = await Ear.Of(house.Kim))
        {
            await Look(tab, it);
            house.Clock.Advance(TimeSpan.FromSeconds(12));
        }

        await Attended(house.Kim, 12, 1);
        (await house.Kim.Put("/v1/me/look", new { conversation = it, how = "input" })).Expect(HttpStatusCode.NoContent);
        house.Clock.Advance(TimeSpan.FromSeconds(8));
        (await house.Kim.Put("/v1/me/look", new { })).Expect(HttpStatusCode.NoContent);
        await Attended(house.Kim, 20, 1);
    }

    [Fact]
    public async Task What_a_killed_server_left_is_closed_at_the_last_sign_that_it_wrote_down()
    {
        await using var house = await Lighthouse.Open();
        var noor = await house.Hire("Noor");
        var it = await (await house.Ana()).Write("Hello?");
        var database = house.Services.GetRequiredService<Database>();
        await using var tab = await Ear.Of(house.Kim);
        await Look(tab, it);
        house.Clock.Advance(TimeSpan.FromSeconds(15));
        await Look(tab, it);
        house.Clock.Advance(TimeSpan.FromSeconds(15));
        await Until(async () => await Spans(database) is [>= 15_000 and < 24_000]);
        // Noor's was written down by a server that was killed: the same row, by another.
        await database.Write(session => session.Execute("update attending set node = @node, agent = @agent", new { node = new byte[8], agent = AgentId.Parse(noor.Id).Bytes }));
        await Look(tab, null, beside: it);
        house.Clock.Advance(TimeSpan.FromMinutes(3));
        await Attended(noor, 15, 1);
        await Until(async () => await Spans(database) is []);
    }

    [Fact]
    public async Task Who_may_not_see_a_conversation_attends_to_nothing()
    {
        await using var house = await Lighthouse.Open();
        var team = (await house.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        var noor = await house.Hire("Noor");
        var it = await (await house.Ana()).Write("Hello?");
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        (await noor.Put("/v1/me/look", new { conversation = it, how = "input" })).Expect(HttpStatusCode.NoContent);
        house.Clock.Advance(TimeSpan.FromSeconds(30));
        (await noor.Put("/v1/me/look", new { })).Expect(HttpStatusCode.NoContent);
        await Attended(noor, 0, 0);
    }

    /// <param name="beside">A conversation that they may see, where what they look at is none.</param>
    internal static async Task Look(Ear tab, string? conversation, string how = "input", string? beside = null)
    {
        var since = tab.Heard.Count;
        await tab.Say(new { type = "look", conversation, how });
        // What is said on a stream is taken in order: who is sent the thread that they opened then was heard before. Of the one opened last the end may still be on its way.
        await tab.Say(new { type = "close", conversation = conversation ?? beside });
        await tab.Say(new { type = "open", conversation = conversation ?? beside, after = 0 });
        await tab.Next("event", frame => frame.GetProperty("entry").GetProperty("seq").GetInt64() == 1, after: since);
    }

    internal static async Task Attended(Person who, int seconds, int conversations)
    {
        JsonElement found = default;
        for (var tries = 0; tries < 200; tries++)
        {
            found = (await who.Get("/v1/me/attention")).Expect(HttpStatusCode.OK).Body.GetProperty("attention");
            if (Near(found.GetProperty("seconds").GetInt64(), seconds) && found.GetProperty("conversations").GetInt32() == conversations)
            {
                break;
            }

            await Task.Delay(25);
        }

        found.GetProperty("conversations").GetInt32().ShouldBe(conversations);
        Near(found.GetProperty("seconds").GetInt64(), seconds).ShouldBeTrue($"{seconds} and not {found.GetRawText()}");
    }

    /// <summary>The clock of these stories goes on by itself, too: between two requests some time passes.</summary>
    internal static bool Near(long seconds, long expected) => seconds >= expected && seconds < expected + 9;

    private static Task<List<long>> Spans(Database database) => database.Read(session => session.Query<long>("select last - since from attending"));

    private static async Task Until(Func<Task<bool>> done)
    {
        for (var tries = 0; !await done(); tries++)
        {
            tries.ShouldBeLessThan(200);
            await Task.Delay(50);
        }
    }
}
