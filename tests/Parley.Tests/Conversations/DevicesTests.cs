using System.Net;
using Parley.Conversations;
using Parley.Log;
using Parley.Tests.Cast;
using Parley.Tests.Routing;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

[Trait("row", "LC16")]
public class DevicesTests
{
    [Fact]
    public void LC16_Another_device_can_neither_end_the_session_nor_keep_it_nor_ask_for_more()
    {
        foreach (var scene in (Scene[])[new Scene(Profile.StrictLive).Opens(), new Scene(Profile.StrictLive).Opens().Offered(Kim).Accepts(Kim).Answers(Kim)])
        {
            scene.Device = "phone";
            scene.Writes().ShouldSay("refused live.elsewhere");
            scene.Does(by => new EndSession(by, It), ByAna).ShouldSay("refused live.elsewhere");
            scene.Does(by => new StayHere(by, It), ByAna).ShouldSay("refused live.elsewhere");
            scene.Does(by => new RequestLive(by, It), ByAna).ShouldSay("refused live.elsewhere");
            scene.Device = "laptop";
            scene.Does(by => new StayHere(by, It), ByAna).ShouldSay("nothing");
            scene.Does(by => new EndSession(by, It), ByAna).State.Mode.ShouldBeOneOf(Mode.Ended, Mode.Messaging);
        }
    }

    [Fact]
    public void Where_several_may_be_used_each_may_end_it_and_an_agent_always_may()
    {
        var several = new Scene().Opens().Offered(Kim).Accepts(Kim).Answers(Kim);
        several.Device = "phone";
        several.Does(by => new EndSession(by, It), ByAna).State.Mode.ShouldBe(Mode.Messaging);
        var strict = new Scene(Profile.StrictLive).Opens().Offered(Kim).Accepts(Kim).Answers(Kim);
        strict.Device = "phone";
        strict.Does(by => new EndSession(by, It), ByKim, Kim).State.Mode.ShouldBe(Mode.Ended);
    }

    [Fact]
    public async Task LC16_While_they_talk_on_one_device_another_begins_no_second_chat_and_after_the_end_it_may()
    {
        await using var it = await Floor.Open(new { profile = "strictLive", hours = "always", graceSeconds = 20, afterEnd = "new", threads = "many" });
        var kims = await it.Sits(it.House.Kim);
        var (laptop, phone) = (await it.House.Ana("ana-1"), await it.House.Ana("ana-1"));
        it.Keep(await Ear.Of(laptop));
        it.Keep(await Ear.Of(phone));
        var first = await laptop.Write("My sail is torn");
        (await Begins(phone, "a")).Refused(HttpStatusCode.Conflict, "live.elsewhere");
        (await Floor.Answers(it.House.Kim, await Floor.Offer(kims, first))).Expect(HttpStatusCode.OK);
        await it.Mode(first, "live");

        var session = $"/v1/widget/conversations/{first}/session";
        (await phone.Delete(session)).Refused(HttpStatusCode.Conflict, "live.elsewhere");
        (await phone.Put(session, new { })).Refused(HttpStatusCode.Conflict, "live.elsewhere");
        (await phone.Post($"/v1/widget/conversations/{first}/live-request", new { })).Refused(HttpStatusCode.Conflict, "live.elsewhere");
        (await Begins(phone, "b")).Refused(HttpStatusCode.Conflict, "live.elsewhere");
        (await phone.Read(first)).Expect(HttpStatusCode.OK);
        (await it.Summary(first)).GetProperty("mode").GetString().ShouldBe("live");

        (await laptop.Delete(session)).Expect(HttpStatusCode.OK);
        var second = (await Begins(phone, "c")).Expect(HttpStatusCode.Created)["conversation.id"];
        await it.Mode(second, "waiting");
        (await Begins(laptop, "d")).Refused(HttpStatusCode.Conflict, "live.elsewhere");
    }

    [Fact]
    public async Task Of_two_devices_that_begin_at_the_same_moment_one_does()
    {
        await using var it = await Floor.Open(new { profile = "strictLive", hours = "always" });
        await it.Sits(it.House.Kim);
        var (laptop, phone) = (await it.House.Ana("ana-1"), await it.House.Ana("ana-1"));
        it.Keep(await Ear.Of(laptop));
        it.Keep(await Ear.Of(phone));
        for (var round = 0; round < 5; round++)
        {
            var all = await Task.WhenAll(Begins(laptop, $"l{round}"), Begins(phone, $"p{round}"));
            all.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
            all.Single(answer => answer.Status != HttpStatusCode.Created).Refused(HttpStatusCode.Conflict, "live.elsewhere");
            var (who, begun) = all[0].Status == HttpStatusCode.Created ? (laptop, all[0]) : (phone, all[1]);
            (await who.Delete($"/v1/widget/conversations/{begun["conversation.id"]}/session")).Expect(HttpStatusCode.OK);
        }
    }

    private static Task<Answer> Begins(Browser browser, string id) => browser.Post("/v1/widget/conversations", new { clientId = id, content = new { type = "text", text = "Hello?" } });
}
