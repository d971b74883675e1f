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
        (await Given(it, closed, "agentAway")).ShouldBe((noor.Id, team, "agentAway"));

        // Back again, with the same password, and nothing of it is theirs by itself.
        (await it.Kim.Patch($"/v1/agents/{noor.Id}", new { active = true })).Expect(HttpStatusCode.OK);
        await it.SignIn("noor@lighthouse.test");
        (await it.Kim.Get($"/v1/conversations/{open}"))["holder.kind"].ShouldNotBe("agent");
    }

    [Fact]
    public async Task A_team_that_may_not_use_an_inbox_gets_nothing_of_it_and_gives_up_what_it_had()
    {
        await using var it = await Lighthouse.Open();
        var deck = (await it.Kim.Post("/v1/teams", new { name = "Deck" })).Expect(HttpStatusCode.Created)["id"];
        var sails = (await it.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        var noor = await it.Hire("Noor", teams: deck);
        var ana = await it.Ana();
        var (queued, held) = (await ana.Write("Is it in stock?"), await ana.Write("Hello"));
        (await it.Kim.Put($"/v1/conversations/{queued}/assignment", new { team = deck })).Expect(HttpStatusCode.OK);
        (await it.Kim.Put($"/v1/conversations/{held}/assignment", new { agent = noor.Id })).Expect(HttpStatusCode.OK);

        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { teams = new[] { sails } })).Expect(HttpStatusCode.OK);
        (await it.Kim.Put($"/v1/conversations/{queued}/assignment", new { team = deck, agent = it.Kim.Id })).Refused(HttpStatusCode.BadRequest, "team.unknown");
        (await it.Kim.Put($"/v1/conversations/{held}/assignment", new { team = sails })).Expect(HttpStatusCode.OK);
        await Until(async () => !(await it.Kim.Get($"/v1/conversations/{queued}")).Has("team"));
        (await it.Kim.Get($"/v1/conversations/{queued}/timeline")).Text.ShouldContain("inboxTeams");
    }

    [Fact]
    public async Task An_agent_who_may_not_use_an_inbox_any_more_gives_up_what_they_held_there()
    {
        await using var it = await Lighthouse.Open();
        var sails = (await it.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        var noor = await it.Hire("Noor");
        var held = await (await it.Ana()).Write("Hello");
        (await it.Kim.Put($"/v1/conversations/{held}/assignment", new { agent = noor.Id })).Expect(HttpStatusCode.OK);
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { teams = new[] { sails } })).Expect(HttpStatusCode.OK);
        await Until(async () => (await it.Kim.Get($"/v1/conversations/{held}"))["holder.kind"] != "agent");
    }

    [Fact]
    public async Task The_last_owner_stays()
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Patch($"/v1/agents/{it.Kim.Id}", new { active = false })).Refused(HttpStatusCode.Conflict, "owner.last");
        (await it.Kim.Patch($"/v1/agents/{it.Kim.Id}", new { role = "admin" })).Refused(HttpStatusCode.Conflict, "owner.last");
    }

    private static async Task Until(Func<Task<bool>> done)
    {
        for (var patience = 200; !await done(); patience--)
        {
            patience.ShouldBePositive();
            await Task.Delay(25);
        }
    }

    private static async Task<(string From, string Team, string Cause)> Given(Lighthouse it, string thread, string cause = "deactivated")
    {
        for (var tries = 0; tries < 200; tries++)
        {
            var entries = (await it.Kim.Get($"/v1/conversations/{thread}/timeline")).Body.GetProperty("items").EnumerateArray();
            if (entries.LastOrDefault(entry => entry.GetProperty("type").GetString() == "assigned" && entry.GetProperty("cause").GetString() == cause) is { ValueKind: System.Text.Json.JsonValueKind.Object } assigned)
            {
                return (assigned.GetProperty("fromAgent").GetString()!, assigned.GetProperty("team").GetString()!, assigned.GetProperty("cause").GetString()!);
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("It was handed to nobody.");
    }
}
