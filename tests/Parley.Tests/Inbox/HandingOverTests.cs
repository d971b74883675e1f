using System.Net;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Inbox;

/// <summary>Who leaves keeps nothing: what they held goes to their team.</summary>
public sealed class HandingOverTests
{
    [Fact, Trait("row", "OP3")]
    public async Task OP3_What_somebody_held_goes_to_the_team_with_a_cause_and_they_are_out_at_once()
    {
        await using var it = await Lighthouse.Open();
        var team = (await it.Kim.Post("/v1/teams", new { name = "Deck" })).Expect(HttpStatusCode.Created)["id"];
        var noor = await it.Hire("Noor", teams: team);
        var ana = await it.Ana();
        var (open, closed) = (await ana.Write("Is it in stock?"), await ana.Write("Thank you"));
        foreach (var thread in new[] { open, closed })
        {
            (await it.Kim.Put($"/v1/conversations/{thread}/assignment", new { agent = noor.Id })).Expect(HttpStatusCode.OK);
        }

        (await it.Kim.Put($"/v1/conversations/{closed}/closure")).Expect(HttpStatusCode.OK);
        (await it.Kim.Patch($"/v1/agents/{noor.Id}", new { active = false })).Expect(HttpStatusCode.OK)["active"].ShouldBe("False");
        (await noor.Get("/v1/me")).Expect(HttpStatusCode.Unauthorized);
        (await it.Stranger().Post("/v1/session", new { email = "noor@lighthouse.test", password = Lighthouse.Password })).Refused(HttpStatusCode.Unauthorized, "auth.wrong");

        (await Given(it, open)).ShouldBe((noor.Id, team, "deactivated"));
        (await it.Kim.Get($"/v1/conversations/{closed}/timeline")).Text.ShouldNotContain("deactivated");
        // The customer comes back to what was closed: it does not wait for somebody who is gone.
        (await ana.Say(closed, "One more thing")).Expect(HttpStatusCode.Created);
        (await Given(it, closed)).ShouldBe((noor.Id, team, "deactivated"));

        // Back again, with the same password, and nothing of it is theirs by itself.
        (await it.Kim.Patch($"/v1/agents/{noor.Id}", new { active = true })).Expect(HttpStatusCode.OK);
        await it.SignIn("noor@lighthouse.test");
        (await it.Kim.Get($"/v1/conversations/{open}"))["holder.kind"].ShouldNotBe("agent");
    }

    [Fact]
    public async Task The_last_owner_stays()
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Patch($"/v1/agents/{it.Kim.Id}", new { active = false })).Refused(HttpStatusCode.Conflict, "owner.last");
        (await it.Kim.Patch($"/v1/agents/{it.Kim.Id}", new { role = "admin" })).Refused(HttpStatusCode.Conflict, "owner.last");
    }

    private static async Task<(string From, string Team, string Cause)> Given(Lighthouse it, string thread)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            var entries = (await it.Kim.Get($"/v1/conversations/{thread}/timeline")).Body.GetProperty("items").EnumerateArray();
            if (entries.LastOrDefault(entry => entry.GetProperty("type").GetString() == "assigned" && entry.GetProperty("cause").GetString() == "deactivated") is { ValueKind: System.Text.Json.JsonValueKind.Object } assigned)
            {
                return (assigned.GetProperty("fromAgent").GetString()!, assigned.GetProperty("team").GetString()!, assigned.GetProperty("cause").GetString()!);
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("It was handed to nobody.");
    }
}
