using System.Net;
using System.Text.Json;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Live;

public class PresenceTests
{
    [Fact, Trait("row", "LC15")]
    public async Task A_customer_comes_with_the_first_tab_and_leaves_a_while_after_the_last()
    {
        await using var house = await Lighthouse.Open(("live.leaveSeconds", "1"));
        var ana = await house.Ana();
        var it = await ana.Write("one");
        var contact = (await house.Kim.Get($"/v1/conversations/{it}"))["contact.id"];
        await using var kims = await Ear.Of(house.Kim);
        await kims.Say(new { type = "open", conversation = it, after = 0 });
        await kims.Message("one");

        var first = await Ear.Of(ana);
        await kims.Next("signal", Says("contact", contact, true));
        (await house.Kim.Get($"/v1/contacts/{contact}"))["present"].ShouldBe("True");
        await using (await Ear.Of(ana))
        {
            await first.DisposeAsync();
            await Task.Delay(1_500);
            kims.Heard.ShouldNotContain(frame => Says("contact", contact, false)(frame));
        }

        await kims.Next("signal", Says("contact", contact, false));
        (await house.Kim.Get($"/v1/contacts/{contact}"))["present"].ShouldBe("False");
    }

    [Fact]
    public async Task Somebody_who_signs_in_is_still_here_in_the_thread_that_they_began_before()
    {
        await using var house = await Lighthouse.Open(("live.leaveSeconds", "0"));
        var visitor = await house.Ana();
        var it = await visitor.Write("one");
        await using var kims = await Ear.Of(house.Kim);
        await kims.Say(new { type = "open", conversation = it, after = 0 });
        await kims.Message("one");
        (await visitor.Begin(house.Vouch("ana-1", "Ana"))).Expect(HttpStatusCode.Created);
        await using var stream = await Ear.Of(visitor);
        var person = (await house.Kim.Get($"/v1/conversations/{it}"))["contact.id"];
        person.ShouldBe(visitor.Visitor);
        await kims.Next("signal", Says("contact", person, true));
        (await house.Kim.Get($"/v1/contacts/{person}"))["present"].ShouldBe("True");
    }

    [Fact]
    public async Task Colleagues_see_who_is_here_and_in_what_state()
    {
        await using var house = await Lighthouse.Open();
        await using var kims = await Ear.Of(house.Kim);
        var noor = await house.Hire("Noor");
        await using var hers = await Ear.Of(noor);
        await kims.Next("signal", Says("agent", noor.Id, true));
        (await noor.Put("/v1/me/state", new { state = "online" })).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NoContent);
        await kims.Next("signal", frame => Says("agent", noor.Id, true)(frame) && frame.GetProperty("state").GetString() == "online");
    }

    private static Func<JsonElement, bool> Says(string who, string id, bool present) => frame =>
        frame.TryGetProperty("kind", out var kind) && kind.GetString() == "presence" && frame.TryGetProperty(who, out var person) && person.GetString() == id
        && frame.GetProperty("present").GetBoolean() == present;
}
