using System.Text.Json;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Live;

public class TypingTests
{
    [Fact, Trait("row", "PA3")]
    public async Task Each_side_sees_that_the_other_types_and_agents_what()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("one");
        await using var hers = await Ear.Of(ana);
        await using var kims = await Ear.Of(house.Kim);
        await kims.Say(new { type = "open", conversation = it, after = 0 });
        await kims.Message("one");

        await hers.Say(new { type = "typing", conversation = it, on = true, text = "I would like" });
        var seen = await kims.Next("signal", Typing);
        (seen.GetProperty("text").GetString(), seen.GetProperty("on").GetBoolean(), seen.GetProperty("author").GetProperty("kind").GetString()).ShouldBe(("I would like", true, "contact"));

        await kims.Say(new { type = "typing", conversation = it, on = true, text = "not for her eyes" });
        var heard = await hers.Next("signal", Typing);
        heard.GetProperty("author").GetProperty("name").GetString().ShouldBe("Kim");
        heard.TryGetProperty("text", out _).ShouldBeFalse();
        hers.Heard.Count(Typing).ShouldBe(1);

        await kims.Say(new { type = "typing", conversation = it, on = false });
        await hers.Next("signal", frame => Typing(frame) && !frame.GetProperty("on").GetBoolean());
    }

    [Fact]
    public async Task Nobody_types_into_a_thread_that_they_do_not_follow()
    {
        await using var house = await Lighthouse.Open();
        var (ana, ben) = (await house.Ana(), await house.Ben());
        var it = await ana.Write("one");
        await ben.Write("two");
        await using var hers = await Ear.Of(ana);
        await using var his = await Ear.Of(ben);
        await using var kims = await Ear.Of(house.Kim);
        await kims.Say(new { type = "open", conversation = it, after = 0 });
        await kims.Message("one");
        await his.Say(new { type = "typing", conversation = it, on = true, text = "boo" });
        await hers.Say(new { type = "typing", conversation = it, on = true, text = "mine" });
        (await kims.Next("signal", Typing)).GetProperty("text").GetString().ShouldBe("mine");
    }

    [Fact]
    public async Task Having_stopped_is_told_once_and_only_of_who_was_typing()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("one");
        await using var hers = await Ear.Of(ana);
        await using var kims = await Ear.Of(house.Kim);
        await kims.Say(new { type = "open", conversation = it, after = 0 });
        await kims.Message("one");
        await hers.Say(new { type = "typing", conversation = it, on = false });
        await hers.Say(new { type = "typing", conversation = it, on = true });
        foreach (var _ in Enumerable.Range(0, 20))
        {
            await hers.Say(new { type = "typing", conversation = it, on = false });
        }

        (await ana.Say(it, "two")).Expect(System.Net.HttpStatusCode.Created);
        await kims.Message("two");
        await kims.Next("signal", frame => Typing(frame) && !frame.GetProperty("on").GetBoolean());
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        await hers.Say(new { type = "typing", conversation = it, on = true, text = "again" });
        await kims.Next("signal", frame => Typing(frame) && frame.TryGetProperty("text", out var text) && text.GetString() == "again");
        kims.Heard.Where(Typing).Select(frame => frame.GetProperty("on").GetBoolean()).ShouldBe([true, false, true]);
    }

    private static bool Typing(JsonElement frame) => frame.GetProperty("type").GetString() == "signal" && frame.GetProperty("kind").GetString() == "typing";
}
