using System.Net;
using System.Text.Json;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Live;

[Trait("row", "PA7")]
public class CompanyTests
{
    [Fact]
    public async Task Who_looks_and_who_writes_is_told_beside_the_thread_and_in_the_rows_and_never_to_the_customer()
    {
        await using var house = await Lighthouse.Open();
        var (noor, ravi) = (await house.Hire("Noor"), await house.Hire("Ravi"));
        var ana = await house.Ana();
        var it = await ana.Write("Hello?");
        await using var hers = await Ear.Of(ana);
        await using var kims = await Ear.Of(house.Kim);
        await using var noors = await Ear.Of(noor);
        await using var ravis = await Ear.Of(ravi);

        // Kim has it open, Ravi only its row in his list.
        await ravis.Say(new { type = "rows", conversations = new[] { it, "cnv_nonsense" } });
        await Open(kims, it);
        await ravis.Next("signal", Here(it, house.Kim.Id));
        await Open(noors, it);
        await kims.Next("signal", Here(it, house.Kim.Id, noor.Id));
        await ravis.Next("signal", Here(it, house.Kim.Id, noor.Id));

        await noors.Say(new { type = "typing", conversation = it, on = true });
        await ravis.Next("signal", Writes(it, noor.Id, "reply"));
        await hers.Next("signal", frame => Kind(frame) == "typing");
        await noors.Say(new { type = "typing", conversation = it, on = false });
        await hers.Next("signal", frame => Kind(frame) == "typing" && !frame.GetProperty("on").GetBoolean());
        var since = hers.Heard.Count;
        await kims.Say(new { type = "typing", conversation = it, on = true, note = true });
        await ravis.Next("signal", Writes(it, house.Kim.Id, "note"));

        // What is not said again is over by itself; who leaves is gone at once.
        var after = ravis.Heard.Count;
        house.Clock.Advance(TimeSpan.FromSeconds(8));
        await ravis.Next("signal", frame => Here(it, house.Kim.Id, noor.Id)(frame) && !frame.GetRawText().Contains("typing", StringComparison.Ordinal), after);
        await noors.Say(new { type = "look" });
        await ravis.Next("signal", Here(it, house.Kim.Id), after);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await ravis.Next("signal", Here(it), after);
        hers.Heard.Skip(since).ShouldNotContain(frame => Kind(frame) == "company" || Kind(frame) == "typing");
        hers.Heard.ShouldNotContain(frame => Kind(frame) == "company");
    }

    [Fact]
    public async Task Who_comes_later_is_told_who_is_there_and_who_may_not_see_it_nothing()
    {
        await using var house = await Lighthouse.Open();
        var team = (await house.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        var noor = await house.Hire("Noor");
        var it = await (await house.Ana()).Write("Hello?");
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        await using var kims = await Ear.Of(house.Kim);
        await using var again = await Ear.Of(house.Kim);
        await using var noors = await Ear.Of(noor);
        await noors.Say(new { type = "rows", conversations = new[] { it } });
        await Open(noors, it);
        await Open(kims, it);
        await kims.Next("signal", Here(it, house.Kim.Id));
        // Another tab of hers is the same Kim.
        await again.Say(new { type = "rows", conversations = new[] { it } });
        await again.Next("signal", Here(it, house.Kim.Id));
        var since = again.Heard.Count;
        await Open(again, it);
        await again.Next("signal", Here(it, house.Kim.Id), since);
        noors.Heard.ShouldNotContain(frame => Kind(frame) == "company");
    }

    private static async Task Open(Ear ear, string conversation)
    {
        await ear.Say(new { type = "open", conversation });
        await ear.Say(new { type = "look", conversation, how = "input" });
    }

    private static string? Kind(JsonElement frame) => frame.TryGetProperty("kind", out var kind) ? kind.GetString() : null;

    private static Func<JsonElement, bool> Here(string conversation, params string[] agents) => frame =>
        Kind(frame) == "company" && frame.GetProperty("conversation").GetString() == conversation
        && frame.GetProperty("agents").EnumerateArray().Select(agent => agent.GetProperty("id").GetString()!).ToHashSet().SetEquals(agents);

    private static Func<JsonElement, bool> Writes(string conversation, string agent, string what) => frame =>
        Kind(frame) == "company" && frame.GetProperty("conversation").GetString() == conversation
        && frame.GetProperty("agents").EnumerateArray().Any(one => one.GetProperty("id").GetString() == agent && one.TryGetProperty("typing", out var typing) && typing.GetString() == what);
}
