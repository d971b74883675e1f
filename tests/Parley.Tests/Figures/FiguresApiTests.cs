using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Figures;

public class FiguresApiTests
{
    private const int Answers = 30;

    [SkippableTheory, Trait("row", "BX2")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task BX2_What_is_promised_is_learned_from_answers_stored_with_what_it_rests_on_and_scored(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        (await house.Kim.Put($"/v1/inboxes/{house.Inbox}/policy", new { profile = "messaging", hours = "always", promise = new { kind = "learned" } })).Expect(HttpStatusCode.OK);
        var ana = await house.Ana("ana");
        for (var i = 1; i <= Answers; i++)
        {
            var conversation = await ana.Write($"Question {i}");
            var first = await Promised(house, conversation);
            (first.GetProperty("ground").GetString(), first.GetProperty("basis").GetProperty("answers").GetInt32()).ShouldBe(("fixed", 0));
            first.GetProperty("told").GetProperty("text").GetString()!.ShouldContain("usually within a day");
            house.Clock.Advance(TimeSpan.FromMinutes(i));
            await Answer(house, conversation);
        }

        await Learned(house, ana, "in the same process");
        await house.Restart();
        await Learned(house, ana, "after a restart");
        JsonElement score = default;
        for (var tries = 0; tries < 100 && (tries == 0 || score.GetProperty("kept").GetInt32() != Answers + 2); tries++)
        {
            await Task.Delay(50);
            score = await Score(house);
        }

        score.GetRawText().ShouldContain($"\"kept\":{Answers + 2},");
        (score.GetProperty("made").GetInt32(), score.GetProperty("kept").GetInt32(), score.GetProperty("broken").GetInt32()).ShouldBe((Answers + 2, Answers + 2, 0));
        score.GetProperty("calibration").EnumerateArray().Select(one => (one.GetProperty("level").GetInt32(), one.GetProperty("of").GetInt64(), one.GetProperty("within").GetInt64()))
            .ShouldBe([(50, 2, 2), (80, 2, 2), (90, 2, 2)]);

        // One that is not answered in time is broken, and nothing of it is lost when the ledger is made anew from the log.
        await ana.Write("And nobody answers");
        house.Clock.Advance(TimeSpan.FromHours(2));
        await Until(async () => (await Score(house)).GetProperty("broken").GetInt32() == 1);
        var before = (await Score(house)).GetRawText();
        await house.Services.GetRequiredService<Following>().Rebuild("promises");
        var after = "";
        for (var tries = 0; tries < 160 && after != before; tries++)
        {
            await Task.Delay(50);
            after = string.Concat((await house.Kim.Get("/v1/figures/promises")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Select(item => item.GetRawText()));
        }

        after.ShouldBe(before);
    }

    [Fact, Trait("row", "BX2")]
    public async Task BX2_Only_who_answers_for_them_sees_the_figures()
    {
        await using var house = await Lighthouse.Open();
        var noor = await house.Hire("Noor");
        (await noor.Get("/v1/figures/promises")).Expect(HttpStatusCode.Forbidden);
        var ravi = await house.Hire("Ravi", Role.Supervisor);
        (await ravi.Get("/v1/figures/promises")).Expect(HttpStatusCode.OK).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await ravi.Get("/v1/figures/promises?from=2026-03-03T00:00:00Z&to=2026-03-02T00:00:00Z")).Refused(HttpStatusCode.BadRequest, "time.invalid");
    }

    [SkippableTheory, Trait("row", "KP12")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task KP12_Episodes_are_counted_with_how_long_they_took_and_made_anew_from_the_log_they_are_the_same(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        (await house.Kim.Put($"/v1/inboxes/{house.Inbox}/policy", new { profile = "messaging", hours = "always" })).Expect(HttpStatusCode.OK);
        var ana = await house.Ana("ana");
        var (one, two) = (await ana.Write("My sail is torn"), await ana.Write("And the jib"));
        house.Clock.Advance(TimeSpan.FromMinutes(10));
        await Answer(house, one);
        house.Clock.Advance(TimeSpan.FromMinutes(10));
        (await house.Kim.Put($"/v1/conversations/{one}/closure")).Expect(HttpStatusCode.OK);
        house.Clock.Advance(TimeSpan.FromHours(1));
        (await ana.Say(one, "It broke again")).Expect(HttpStatusCode.Created);
        JsonElement figures = default;
        await Until(async () => (figures = await Episodes(house)) is { ValueKind: JsonValueKind.Object } && figures.GetProperty("reopened").GetInt32() == 1);
        (figures.GetProperty("opened").GetInt32(), figures.GetProperty("answered").GetInt32(), figures.GetProperty("closed").GetInt32(), figures.GetProperty("reopenRate").GetDouble()).ShouldBe((2, 1, 0, 1.0));
        figures.GetProperty("firstResponse").GetProperty("calendar").GetProperty("median").GetDouble().ShouldBeInRange(600, 620);
        figures.GetProperty("firstResolution").GetProperty("business").GetProperty("p90").GetDouble().ShouldBeInRange(1_200, 1_230);
        figures.GetProperty("resolution").GetProperty("calendar").GetProperty("of").GetInt32().ShouldBe(0, "It is open again.");
        two.ShouldNotBe(one);
        var before = figures.GetRawText();
        await house.Services.GetRequiredService<Following>().Rebuild("episodes");
        await Until(async () => await Episodes(house) is { ValueKind: JsonValueKind.Object } now && now.GetRawText() == before);
    }

    private static async Task<JsonElement> Episodes(Lighthouse house) =>
        (await house.Kim.Get($"/v1/figures/episodes?inbox={house.Inbox}")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().FirstOrDefault();

    /// <summary>The next is promised what was learned: ninety of a hundred are answered within half an hour, and that is what is said everywhere.</summary>
    private static async Task Learned(Lighthouse house, Browser ana, string when)
    {
        // What customers will be told says it before anybody writes: by then the last answer has been learned from.
        await Until(async () => (await Shown(house)).Contains("minutes", StringComparison.Ordinal));
        (await Shown(house)).ShouldMatch("usually within (30|45) minutes");
        var conversation = await ana.Write($"One more, {when}");
        var promised = await Promised(house, conversation);
        await Answer(house, conversation);
        promised.GetProperty("ground").GetString().ShouldBe("learned", when);
        var basis = promised.GetProperty("basis");
        (basis.GetProperty("like").GetString(), basis.GetProperty("level").GetInt32()).ShouldBe(("unstaffed", 90), when);
        basis.GetProperty("answers").GetInt32().ShouldBeGreaterThanOrEqualTo(Answers);
        basis.GetProperty("half").GetInt64().ShouldBeLessThan(basis.GetProperty("eighty").GetInt64());
        basis.GetProperty("ninety").GetInt64().ShouldBeInRange(25 * 60_000, 31 * 60_000);
        promised.GetProperty("told").GetProperty("text").GetString()!.ShouldMatch("usually within (30|45) minutes");
    }

    private static async Task<string> Shown(Lighthouse house) =>
        (await house.Kim.Get($"/v1/inboxes/{house.Inbox}/availability")).Expect(HttpStatusCode.OK).Body.GetProperty("told").GetProperty("text").GetString()!;

    private static async Task<JsonElement> Promised(Lighthouse house, string conversation) =>
        (await house.Kim.Get($"/v1/conversations/{conversation}/timeline")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Single(entry => entry.GetProperty("type").GetString() == "promised");

    private static async Task Answer(Lighthouse house, string conversation) =>
        (await house.Kim.Post($"/v1/conversations/{conversation}/messages", new { clientId = "a", content = new { type = "text", text = "Here you are" } })).Expect(HttpStatusCode.Created);

    private static async Task<JsonElement> Score(Lighthouse house)
    {
        JsonElement score = default;
        await Until(async () => (score = (await house.Kim.Get($"/v1/figures/promises?inbox={house.Inbox}")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().FirstOrDefault()).ValueKind == JsonValueKind.Object);
        return score;
    }

    private static async Task Until(Func<Task<bool>> done)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            if (await done())
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("It did not come to that in ten seconds.");
    }
}
