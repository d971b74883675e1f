using System.Net;
using Parley.Conversations;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

[Trait("row", "MS18")]
public class ConsultingTests
{
    [Fact]
    public void Colleagues_are_asked_while_the_thread_waits_on_a_third_party_until_they_are_done()
    {
        var (story, ask) = (AnaWrote(), Ask());
        story.When(ask).Then(new Consulted(ask.Agents, ask.Teams, ask.People, true), new ConsultSaid(4, "In stock?"), new SetPending(PendingOn.ThirdParty)).Done();
        var aside = story.State.Asides!.Value.Single();
        (story.State.Status, story.State.PendingOn, story.State.WaitingSince).ShouldBe((Status.Pending, PendingOn.ThirdParty, Noon));
        story.When(new SayAside(ByNoor, It, aside.Seq, "Two left")).Then(new ConsultSaid(aside.Seq, "Two left")).Done();
        story.When(new SettleAside(ByKim, It, aside.Seq)).Then(new ConsultSettled(aside.Seq), new Unpended("consult")).Done();
        story.State.Status.ShouldBe(Status.Open);
        story.When(new SettleAside(ByKim, It, aside.Seq)).ThenNothing();
        // A further word opens it again.
        story.When(new SayAside(ByNoor, It, aside.Seq, "One left")).Then(new ConsultSaid(aside.Seq, "One left")).Done().State.Asides!.Value.Single().Settled.ShouldBeFalse();
    }

    [Fact]
    public void It_waits_for_the_last_of_them()
    {
        var story = AnaWrote().When(Ask()).Done();
        var first = story.State.Asides!.Value[0].Seq;
        story.When(Ask() with { Text = "And the price?" }).Done();
        story.When(new SettleAside(ByKim, It, first)).Then(new ConsultSettled(first)).Done();
        story.When(new SettleAside(ByKim, It, story.State.Asides!.Value[1].Seq)).Done().State.Status.ShouldBe(Status.Open);
    }

    [Fact]
    public void Without_waiting_nothing_else_changes_and_what_makes_no_sense_is_refused()
    {
        AnaWrote().When(Ask() with { Waits = false }).Done().State.Status.ShouldBe(Status.Open);
        AnaWrote().When(Ask() with { Agents = [] }).ThenRefused("consult.nobody", 400, "agents required");
        AnaWrote().When(Ask() with { Text = " " }).ThenRefused("content.empty", 400);
        AnaWrote().When(new SayAside(ByKim, It, 3, "?")).ThenRefused("consult.unknown", 404);
        AnaWrote().When(new SettleAside(ByKim, It, 3)).ThenRefused("consult.unknown", 404);
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task No_customer_sees_any_of_it_on_whichever_way_and_the_promise_stands(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Cast.Lighthouse.On(engine.Url);
        var sails = (await house.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        var noor = await house.Hire("Noor", Parley.Workspaces.Role.Agent, sails);
        var ana = await house.Ana("ana");
        var it = await ana.Write("Is it in stock?");
        await using var hers = await Ear.Of(ana);
        var promised = (await house.Kim.Get($"/v1/conversations/{it}")).Body.GetProperty("promise").GetRawText();
        (await house.Kim.Post($"/v1/conversations/{it}/asides", new { clientId = "a", text = "whispered question", teams = new[] { sails } })).Expect(HttpStatusCode.OK);
        var aside = (await noor.Get($"/v1/conversations/{it}/asides")).Expect(HttpStatusCode.OK).Body.GetProperty("items")[0].GetProperty("seq").GetInt64();
        (await noor.Post($"/v1/conversations/{it}/asides/{aside}/messages", new { clientId = "b", text = "whispered answer" })).Expect(HttpStatusCode.OK);
        (await noor.Get("/v1/conversations?view=mentions")).Text.ShouldContain(it);
        var row = await house.Kim.Get($"/v1/conversations/{it}");
        (row["status"], row["pendingOn"], row.Body.GetProperty("promise").GetRawText()).ShouldBe(("pending", "thirdParty", promised));

        (await ana.Say(it, "Hello?")).Expect(HttpStatusCode.Created);
        await hers.Message("Hello?");
        string[] seen =
        [
            (await ana.Read(it)).Text, (await ana.Get("/v1/widget/conversations")).Text, (await ana.Get($"/v1/widget/conversations/{it}/timeline?after=0&limit=500")).Text,
            (await ana.Get($"/v1/widget/conversations/{it}/timeline?before=100&limit=500")).Text, .. hers.Heard.Select(frame => frame.GetRawText()),
        ];
        seen.ShouldAllBe(text => !text.Contains("whispered") && !text.Contains("consult") && !text.Contains("pending"));
        foreach (var route in new[] { $"/v1/conversations/{it}/asides", $"/v1/conversations/{it}/timeline", "/v1/changes" })
        {
            (await ana.Get(route)).Text.ShouldNotContain("whispered");
        }

        (await ana.Post($"/v1/conversations/{it}/asides/{aside}/messages", new { clientId = "c", text = "hers" })).Status.ShouldNotBe(HttpStatusCode.OK);
        (await house.Kim.Put($"/v1/conversations/{it}/asides/{aside}/settlement")).Expect(HttpStatusCode.OK);
        (await house.Kim.Get($"/v1/conversations/{it}"))["status"].ShouldBe("open");
        (await house.Kim.Post($"/v1/conversations/{it}/asides", new { text = "?", teams = new[] { "tea_none" } })).Refused(HttpStatusCode.BadRequest, "team.unknown");
        (await house.Kim.Post($"/v1/conversations/{it}/asides", new { text = "?" })).Refused(HttpStatusCode.BadRequest, "consult.nobody");
    }

    private static Consult Ask() => new(ByKim, It, "In stock?", [Noor], [], Waits: true, [Noor]);
}
