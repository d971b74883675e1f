using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Parley.Tests.Live;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Figures;

[Trait("row", "KP4")]
public class AttentionApiTests
{
    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Sums_over_teams_are_shown_and_none_that_would_be_somebodys_own(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        var (sails, ropes) = (await Team(house, "Sails"), await Team(house, "Ropes"));
        var noor = await house.Hire("Noor", Role.Agent, sails, ropes);
        var ravi = await house.Hire("Ravi", Role.Supervisor, sails, ropes);
        var dora = await house.Hire("Dora", Role.Agent, sails);
        var it = await (await house.Ana()).Write("Hello?");
        await Attends(house, noor, it, 10);
        await Attends(house, ravi, it, 20);
        await Attends(house, dora, await (await house.Ben()).Write("Hello?"), 30);

        var found = await Shared(ravi);
        found.GetProperty("shown").GetString().ShouldBe("teams");
        AttentionKeepingTests.Near(found.GetProperty("all").GetProperty("seconds").GetInt64(), 60).ShouldBeTrue();
        found.GetProperty("all").GetProperty("conversations").GetInt32().ShouldBe(2);
        found.GetProperty("all").GetProperty("meanSeconds").GetDouble().ShouldBe(found.GetProperty("all").GetProperty("seconds").GetInt64() / 2.0);
        Of(found, sails).GetProperty("attention").GetRawText().ShouldBe(found.GetProperty("all").GetRawText());
        Of(found, ropes).TryGetProperty("attention", out _).ShouldBeFalse();
        found.TryGetProperty("agents", out _).ShouldBeFalse();
        (await noor.Get("/v1/figures/attention")).Expect(HttpStatusCode.Forbidden);
        // Nobody reads it from the log either.
        (await house.Kim.Get("/v1/changes?limit=500")).Body.GetProperty("items").EnumerateArray().ShouldNotContain(entry => entry.GetProperty("type").GetString() == "attended");

        await house.Services.GetRequiredService<Following>().Rebuild("attention");
        await AttentionKeepingTests.Attended(noor, 10, 1);

        (await noor.Patch("/v1/workspace", new { attention = "agents" })).Expect(HttpStatusCode.Forbidden);
        (await house.Kim.Patch("/v1/workspace", new { attention = "agents" })).Expect(HttpStatusCode.OK)["attention"].ShouldBe("agents");
        found = await Shared(ravi);
        found.GetProperty("agents").EnumerateArray().OrderBy(Seconds).Select(agent => agent.GetProperty("agent").GetString()).ShouldBe([noor.Id, ravi.Id, dora.Id]);
        AttentionKeepingTests.Near(Seconds(Of(found, ropes)), 30).ShouldBeTrue();

        (await house.Kim.Patch("/v1/workspace", new { attention = "off" })).Expect(HttpStatusCode.OK);
        await Attends(house, noor, it, 40);
        found = await Shared(ravi);
        found.GetProperty("shown").GetString().ShouldBe("off");
        found.TryGetProperty("all", out _).ShouldBeFalse();
        await AttentionKeepingTests.Attended(noor, 10, 1);
    }

    [Fact]
    public async Task A_time_that_makes_no_sense_and_a_word_that_is_none_are_refused()
    {
        await using var house = await Lighthouse.Open();
        (await house.Kim.Get("/v1/me/attention?from=2026-03-03T00:00:00Z&to=2026-03-02T00:00:00Z")).Refused(HttpStatusCode.BadRequest, "time.invalid");
        (await house.Kim.Get("/v1/figures/attention?from=2026-03-03T00:00:00Z&to=2026-03-02T00:00:00Z")).Refused(HttpStatusCode.BadRequest, "time.invalid");
        (await house.Kim.Patch("/v1/workspace", new { attention = "everybody" })).Expect(HttpStatusCode.BadRequest);
        (await house.Kim.Get("/v1/workspace"))["attention"].ShouldBe("teams");
    }

    private static async Task<string> Team(Lighthouse house, string name) => (await house.Kim.Post("/v1/teams", new { name })).Expect(HttpStatusCode.Created)["id"];

    private static async Task Attends(Lighthouse house, Person who, string conversation, int seconds)
    {
        (await who.Put("/v1/me/look", new { conversation, how = "input" })).Expect(HttpStatusCode.NoContent);
        house.Clock.Advance(TimeSpan.FromSeconds(seconds));
        (await who.Put("/v1/me/look", new { })).Expect(HttpStatusCode.NoContent);
    }

    private static async Task<JsonElement> Shared(Person who)
    {
        JsonElement found = default;
        for (var tries = 0; tries < 100; tries++)
        {
            found = (await who.Get("/v1/figures/attention")).Expect(HttpStatusCode.OK).Body;
            if (found.GetProperty("shown").GetString() == "off" || (found.TryGetProperty("all", out var all) && all.GetProperty("seconds").GetInt32() >= 60))
            {
                break;
            }

            await Task.Delay(50);
        }

        return found;
    }

    private static long Seconds(JsonElement of) => of.GetProperty("attention").GetProperty("seconds").GetInt64();

    private static JsonElement Of(JsonElement found, string team) => found.GetProperty("teams").EnumerateArray().Single(one => one.GetProperty("team").GetString() == team);
}
