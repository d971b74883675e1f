using System.Net;
using Parley.Tests.Cast;
using Parley.Tests.Routing;
using Shouldly;

namespace Parley.Tests.Workspaces.Api;

public class SkillsApiTests
{
    [Fact, Trait("row", "MS23")]
    public async Task MS23_A_supervisor_says_what_somebody_knows_and_a_beginner_has_less()
    {
        await using var house = await Lighthouse.Open();
        var noor = await house.Hire("Noor");
        var set = (await house.Kim.Put($"/v1/agents/{noor.Id}/skills", new { skills = new { Rigging = 3 }, experience = "beginner" })).Expect(HttpStatusCode.OK);
        (set["capacity"], set["experience"], set.Body.GetProperty("skills").GetProperty("rigging").GetInt32()).ShouldBe(("2", "beginner", 3));
        var refused = (await house.Kim.Put($"/v1/agents/{noor.Id}/skills", new { skills = new { rigging = 4 } })).Refused(HttpStatusCode.BadRequest, "skills.invalid");
        refused.Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("skills.rigging");
        (await noor.Put($"/v1/agents/{noor.Id}/skills", new { experience = "expert" })).Expect(HttpStatusCode.Forbidden);
    }

    [Fact, Trait("row", "MS23")]
    public async Task MS23_Five_minutes_without_anything_new_are_one_request_and_end_by_themselves_also_over_a_restart()
    {
        await using var it = await Floor.Open();
        var kims = await it.Sits(it.House.Kim);
        var paused = (await it.House.Kim.Put("/v1/me/pause", new { })).Expect(HttpStatusCode.OK);
        paused["state"].ShouldBe("busy");
        paused.Body.GetProperty("pausedUntil").GetDateTimeOffset().ShouldBe(it.House.Clock.GetUtcNow().AddMinutes(5), TimeSpan.FromSeconds(5));
        var refused = (await it.House.Kim.Put("/v1/me/pause", new { minutes = 90 })).Refused(HttpStatusCode.BadRequest, "pause.invalid");
        refused.Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("minutes");
        await it.House.Restart();
        (await it.House.Kim.Get("/v1/me"))["state"].ShouldBe("busy");
        it.House.Clock.Advance(TimeSpan.FromMinutes(5).Add(TimeSpan.FromSeconds(1)));
        await Floor.Until(async () => (await it.House.Kim.Get("/v1/me"))["state"] == "online", "the pause is not over");
        (await it.House.Kim.Get("/v1/me")).Body.TryGetProperty("pausedUntil", out _).ShouldBeFalse();

        (await it.House.Kim.Put("/v1/me/pause", new { minutes = 5 })).Expect(HttpStatusCode.OK);
        (await it.House.Kim.Delete("/v1/me/pause")).Expect(HttpStatusCode.OK)["state"].ShouldBe("online");
    }

    [Fact, Trait("row", "MS23")]
    public async Task MS23_Who_has_a_pause_is_offered_nothing_and_has_what_waits_the_moment_it_is_over()
    {
        await using var it = await Floor.Open();
        var kims = await it.Sits(it.House.Kim);
        (await it.House.Kim.Put("/v1/me/pause", new { })).Expect(HttpStatusCode.OK);
        var noor = await it.House.Hire("Noor");
        var noors = await it.Sits(noor);
        var (_, _, one) = await it.Writes();
        await Floor.Offer(noors, one);
        (await Floor.Answers(noor, await Floor.Offer(noors, one), "decline")).Expect(HttpStatusCode.OK);
        (await it.House.Kim.Get("/v1/me/offers")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await it.House.Kim.Delete("/v1/me/pause")).Expect(HttpStatusCode.OK);
        await Floor.Offer(kims, one);
    }
}
