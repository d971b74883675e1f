using System.Net;
using System.Text.Json;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Routing;

/// <summary>What who looks after a workspace sees of it, at once and as it changes.</summary>
public class SupervisingTests
{
    [Fact, Trait("row", "PA16")]
    public async Task PA16_Queue_agents_and_what_is_owed_are_seen_at_once_and_as_they_change()
    {
        await using var it = await Floor.Open();
        var kims = await Ear.Of(it.House.Kim);
        it.Keep(kims);
        await kims.Say(new { type = "supervise" });
        var first = await Seen(kims);
        first.GetProperty("whole").GetBoolean().ShouldBeTrue();
        Agent(first, "Kim").GetProperty("here").GetBoolean().ShouldBeTrue();
        first.GetProperty("conversations").GetArrayLength().ShouldBe(0);

        var noor = await it.House.Hire("Noor");
        var noors = await it.Sits(noor);
        var (_, _, waits) = await it.Writes();
        var queued = await Seen(kims, view => Line(view, waits) is { } line && line.TryGetProperty("since", out _));
        queued.GetProperty("whole").GetBoolean().ShouldBeFalse();
        var line = Line(queued, waits)!.Value;
        line.GetProperty("mode").GetString().ShouldBe("waiting");

        await Floor.Answers(noor, await Floor.Offer(noors, waits));
        var taken = await Seen(kims, view => Line(view, waits) is { } at && at.GetProperty("mode").GetString() == "live");
        Line(taken, waits)!.Value.TryGetProperty("since", out _).ShouldBeFalse();
        await Seen(kims, view => Find(view, "Noor") is { } agent && agent.GetProperty("load").GetDouble() == 1 && agent.GetProperty("state").GetString() == "online");

        (await noor.Put($"/v1/conversations/{waits}/closure", new { })).Expect(HttpStatusCode.OK);
        await Seen(kims, view => view.GetProperty("gone").EnumerateArray().Any(id => id.GetString() == waits));
    }

    [Fact, Trait("row", "PA16")]
    public async Task PA16_A_letter_that_nobody_has_is_seen_with_what_was_promised_until_it_is_broken_and_after()
    {
        await using var it = await Floor.Open(new { profile = "messaging", hours = "always" });
        var (_, _, letter) = await it.Writes();
        await Floor.Until(async () => Line(await Now(it), letter) is not null, "what waits is not seen");
        var promise = Line(await Now(it), letter)!.Value.GetProperty("promise");
        promise.GetProperty("broken").GetBoolean().ShouldBeFalse();
        it.House.Clock.Advance(promise.GetProperty("due").GetDateTimeOffset() - it.House.Clock.GetUtcNow() + TimeSpan.FromHours(200));
        await it.Entry(letter, "promiseBroken");
        await it.House.Restart();
        await Floor.Until(async () => Line(await Now(it), letter) is { } line && line.GetProperty("promise").GetProperty("broken").GetBoolean(), "what is broken is not seen after a restart");
    }

    [Fact, Trait("row", "PA16")]
    public async Task PA16_Who_does_not_look_after_it_sees_nothing_and_who_does_only_the_inboxes_that_are_theirs()
    {
        await using var it = await Floor.Open(new { profile = "messaging", hours = "always" });
        var agent = await it.House.Hire("Ravi");
        (await agent.Get("/v1/supervision")).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        var ravis = await Ear.Of(agent);
        it.Keep(ravis);
        await ravis.Say(new { type = "supervise" });

        var team = (await it.House.Kim.Post("/v1/teams", new { name = "Harbour" })).Expect(HttpStatusCode.Created).Body.GetProperty("id").GetString()!;
        var noor = await it.House.Hire("Noor", Role.Supervisor);
        var noors = await Ear.Of(noor);
        it.Keep(noors);
        await noors.Say(new { type = "supervise" });
        await Seen(noors);
        (await it.House.Kim.Patch($"/v1/inboxes/{it.House.Inbox}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);

        var (_, _, letter) = await it.Writes();
        await Floor.Until(async () => Line(await Now(it), letter) is not null, "what waits is not seen by who may see it");
        (await noor.Get("/v1/supervision")).Expect(HttpStatusCode.OK).Body.GetProperty("conversations").GetArrayLength().ShouldBe(0);
        var again = await Ear.Of(noor);
        it.Keep(again);
        await again.Say(new { type = "supervise" });
        (await Seen(again)).GetProperty("conversations").GetArrayLength().ShouldBe(0);
        ravis.Heard.ShouldNotContain(frame => Kind(frame) == "supervision");
    }

    [Fact, Trait("row", "PA16")]
    public async Task PA16_Who_has_looked_away_is_told_nothing_more()
    {
        await using var it = await Floor.Open(new { profile = "messaging", hours = "always" });
        var (kims, others) = (await Ear.Of(it.House.Kim), await Ear.Of(it.House.Kim));
        it.Keep(kims);
        it.Keep(others);
        await kims.Say(new { type = "supervise" });
        await others.Say(new { type = "supervise" });
        await Seen(kims);
        await Seen(others);
        await kims.Say(new { type = "supervise", on = false });
        await kims.Say(new { type = "beat" });
        await Task.Delay(100);
        var heard = kims.Heard.Count;
        var (_, _, letter) = await it.Writes();
        await Seen(others, view => Line(view, letter) is not null);
        kims.Heard.Skip(heard).ShouldNotContain(frame => Kind(frame) == "supervision");
    }

    private static async Task<JsonElement> Now(Floor it) => (await it.House.Kim.Get("/v1/supervision")).Expect(HttpStatusCode.OK).Body;

    private static async Task<JsonElement> Seen(Ear ear, Func<JsonElement, bool>? fits = null) =>
        (await ear.Next("signal", frame => Kind(frame) == "supervision" && (fits?.Invoke(frame.GetProperty("supervision")) ?? true))).GetProperty("supervision");

    private static JsonElement? Line(JsonElement view, string conversation) =>
        view.GetProperty("conversations").EnumerateArray().Where(line => line.GetProperty("conversation").GetString() == conversation).Select(line => (JsonElement?)line).FirstOrDefault();

    private static JsonElement? Find(JsonElement view, string name) =>
        view.GetProperty("agents").EnumerateArray().Where(agent => agent.GetProperty("name").GetString() == name).Select(agent => (JsonElement?)agent).FirstOrDefault();

    private static JsonElement Agent(JsonElement view, string name) => Find(view, name)!.Value;

    private static string? Kind(JsonElement frame) => frame.TryGetProperty("kind", out var kind) ? kind.GetString() : null;
}
