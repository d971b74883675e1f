using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Figures;

public class RatingsApiTests
{
    [SkippableTheory, Trait("row", "LC25")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task LC25_Whether_talk_satisfies_more_than_messages_is_counted_and_made_anew_from_the_log_it_is_the_same(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        (await house.Kim.Put($"/v1/inboxes/{house.Inbox}/policy", new { profile = "blended", hours = "always", liveWaitSeconds = 600, acceptSeconds = 600 })).Expect(HttpStatusCode.OK);
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { rating = true })).Expect(HttpStatusCode.OK);
        await using var kims = await Ear.Of(house.Kim);
        (await house.Kim.Put("/v1/me/presence", new { state = "online" })).Expect(HttpStatusCode.OK);
        var (ana, ben, dora) = (await house.Ana("ana"), await house.Ben(), await house.Ana("dora"));

        // Ana talks and finds it good, Dora talks and says nothing; Ben is not there and finds it middling.
        await using var anas = await Ear.Of(ana);
        await using var doras = await Ear.Of(dora);
        await Rates(ana, await Over(ana, "live"), 5);
        await Over(dora, "live");
        await Rates(ben, await Over(ben, "messaging"), 3);

        JsonElement found = default;
        await Until(async () => (found = await Figures()).ValueKind == JsonValueKind.Object && found.GetProperty("all").GetProperty("rated").GetInt32() == 2);
        found.GetProperty("all").GetRawText().ShouldBe("""{"asked":3,"responseRate":0.6667,"rated":2,"good":1,"share":0.5,"mean":4}""");
        found.GetProperty("modes").EnumerateArray().Select(mode => mode.GetRawText()).ShouldBe(
        [
            """{"mode":"live","satisfaction":{"asked":2,"responseRate":0.5,"rated":1,"good":1,"share":1,"mean":5}}""",
            """{"mode":"messaging","satisfaction":{"asked":1,"responseRate":1,"rated":1,"good":0,"share":0,"mean":3}}""",
        ]);
        await house.Services.GetRequiredService<Following>().Rebuild("ratings");
        await Until(async () => await Figures() is { ValueKind: JsonValueKind.Object } now && now.GetRawText() == found.GetRawText());

        var noor = await house.Hire("Noor");
        (await noor.Get("/v1/figures/ratings")).Expect(HttpStatusCode.Forbidden);
        (await house.Kim.Get("/v1/figures/ratings?from=2026-03-03T00:00:00Z&to=2026-03-02T00:00:00Z")).Refused(HttpStatusCode.BadRequest, "time.invalid");

        async Task<string> Over(Browser who, string mode)
        {
            var it = await who.Write("Hello?");
            (await house.Kim.Post($"/v1/conversations/{it}/messages", new { clientId = "a", content = new { type = "text", text = "Here you are" } })).Expect(HttpStatusCode.Created);
            (await house.Kim.Get($"/v1/conversations/{it}"))["mode"].ShouldBe(mode);
            (await house.Kim.Put($"/v1/conversations/{it}/closure")).Expect(HttpStatusCode.OK);
            return it;
        }

        async Task Rates(Browser who, string it, int score)
        {
            var of = (await who.Read(it)).Body.GetProperty("items").EnumerateArray().Single(entry => entry.GetProperty("type").GetString() == "ratingAsked").GetProperty("seq").GetInt64();
            (await who.Put($"/v1/widget/conversations/{it}/rating", new { of, score })).Expect(HttpStatusCode.OK);
        }

        async Task<JsonElement> Figures() => (await house.Kim.Get($"/v1/figures/ratings?inbox={house.Inbox}")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().FirstOrDefault();
    }

    private static async Task Until(Func<Task<bool>> done)
    {
        for (var tries = 0; !await done(); tries++)
        {
            tries.ShouldBeLessThan(200);
            await Task.Delay(50);
        }
    }
}
