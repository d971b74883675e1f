using System.Net;
using Parley.Tests.Cast;
using Parley.Tests.Routing;
using Shouldly;

namespace Parley.Tests.Live;

public class WhereaboutsTests
{
    [Fact, Trait("row", "LC16")]
    public async Task LC16_In_strict_live_another_device_can_neither_write_nor_keep_the_session_alive()
    {
        await using var it = await Floor.Open(new { profile = "strictLive", hours = "always", graceSeconds = 20, afterEnd = "new" });
        var kims = await it.Sits(it.House.Kim);
        var (laptop, phone) = (await it.House.Ana("ana-1"), await it.House.Ana("ana-1"));
        var laptops = await Ear.Of(laptop);
        await using var phones = await Ear.Of(phone);
        var conversation = await laptop.Write("My sail is torn");
        (await Floor.Answers(it.House.Kim, await Floor.Offer(kims, conversation))).Expect(HttpStatusCode.OK);
        await it.Mode(conversation, "live");
        (await Says(phone, conversation, "Me here")).Refused(HttpStatusCode.Conflict, "live.elsewhere");
        (await laptop.Say(conversation, "And me")).Expect(HttpStatusCode.Created);

        // The laptop is shut: that the phone is open somewhere is not the session's.
        laptops.Cut();
        await Task.Delay(300);
        it.House.Clock.Advance(TimeSpan.FromSeconds(2));
        await it.Mode(conversation, "paused");
        (await Says(phone, conversation, "I am here!")).Refused(HttpStatusCode.Conflict, "live.elsewhere");
        await using (await Ear.Of(laptop))
        {
            await it.Mode(conversation, "live");
        }

        await Task.Delay(300);
        it.House.Clock.Advance(TimeSpan.FromSeconds(2));
        await it.Mode(conversation, "paused");
        it.House.Clock.Advance(TimeSpan.FromSeconds(21));
        await it.Mode(conversation, "ended");

        // With that the session is over, and the phone begins the next.
        var next = (await Says(phone, conversation, "Then from here")).Expect(HttpStatusCode.Created)["conversation"];
        next.ShouldNotBe(conversation);
        await it.Mode(next, "waiting");
        (await Says(laptop, next, "And I?")).Refused(HttpStatusCode.Conflict, "live.elsewhere");
    }

    [Fact]
    public async Task Where_one_may_use_several_devices_the_last_one_counts()
    {
        await using var it = await Floor.Open();
        var kims = await it.Sits(it.House.Kim);
        var (laptop, phone) = (await it.House.Ana("ana-1"), await it.House.Ana("ana-1"));
        var (laptops, phones) = (await Ear.Of(laptop), await Ear.Of(phone));
        var conversation = await laptop.Write("My sail is torn");
        (await Floor.Answers(it.House.Kim, await Floor.Offer(kims, conversation))).Expect(HttpStatusCode.OK);
        await it.Mode(conversation, "live");
        laptops.Cut();
        await Task.Delay(300);
        it.House.Clock.Advance(TimeSpan.FromSeconds(5));
        await Task.Delay(300);
        (await it.Summary(conversation)).GetProperty("mode").GetString().ShouldBe("live");
        (await Says(phone, conversation, "From here")).Expect(HttpStatusCode.Created);
        phones.Cut();
        await Task.Delay(300);
        it.House.Clock.Advance(TimeSpan.FromSeconds(2));
        await it.Mode(conversation, "paused");
    }

    [Fact, Trait("row", "LC6")]
    public async Task LC6_After_our_restart_who_does_not_come_back_has_one_grace_and_no_more()
    {
        await using var it = await Floor.Open(new { profile = "blended", hours = "always", graceSeconds = 60, agentGraceSeconds = 200 });
        var kims = await it.Sits(it.House.Kim);
        var (_, _, gone) = await it.Writes();
        (await Floor.Answers(it.House.Kim, await Floor.Offer(kims, gone))).Expect(HttpStatusCode.OK);
        await it.Mode(gone, "live");
        var (_, bens, dropped) = await it.Writes();
        (await Floor.Answers(it.House.Kim, await Floor.Offer(kims, dropped))).Expect(HttpStatusCode.OK);
        await it.Mode(dropped, "live");
        bens.Cut();
        await Task.Delay(300);
        it.House.Clock.Advance(TimeSpan.FromSeconds(2));
        await it.Mode(dropped, "paused");
        it.House.Clock.Advance(TimeSpan.FromSeconds(20));
        await it.House.Restart();
        await using var back = await Ear.Of(it.House.Kim);

        // One was here when we went, the other had dropped out before: both have a minute from the start.
        it.House.Clock.Advance(TimeSpan.FromSeconds(50));
        await Task.Delay(800);
        (await it.Summary(gone)).GetProperty("mode").GetString().ShouldBe("live");
        (await it.Summary(dropped)).GetProperty("mode").GetString().ShouldBe("paused");
        it.House.Clock.Advance(TimeSpan.FromSeconds(12));
        await it.Mode(gone, "messaging");
        await it.Mode(dropped, "messaging");
    }

    /// <summary>Both are one person, so each says under ids of its own.</summary>
    private static Task<Answer> Says(Browser browser, string conversation, string text) =>
        browser.Post($"/v1/widget/conversations/{conversation}/messages", new { clientId = text, content = new { type = "text", text } });
}
