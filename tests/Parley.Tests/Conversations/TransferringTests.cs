using System.Net;
using Parley.Conversations;
using Parley.Tests.Cast;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class TransferringTests
{
    [Fact, Trait("row", "LC7")]
    public void LC7_Who_has_it_then_reads_why_and_the_customer_is_told_in_a_sentence()
    {
        var story = Held().When(Pass(Noor));
        story.Decision.Drafts.Length.ShouldBe(2);
        story.Decision.Drafts[0].Body.ShouldBe(new Note("She knows masts."));
        var assigned = story.Decision.Drafts[1].Body.ShouldBeOfType<Assigned>();
        (assigned.Agent, assigned.FromAgent, assigned.Cause, assigned.Note, assigned.Told!.Code).ShouldBe((Noor, Kim, "transferred", story.Seq + 1, "transfer.agent"));
        story.Done().State.Passed!.Value.ShouldBe([new Passed(Kim)]);
    }

    [Fact]
    public void Nobody_is_told_what_they_cannot_have_noticed_or_what_is_to_be_kept_quiet()
    {
        AnaWrote().When(Pass(Noor)).Decision.Drafts[1].Body.ShouldBeOfType<Assigned>().Told.ShouldBeNull();
        Held().When(Pass(Noor, tells: false)).Decision.Drafts[1].Body.ShouldBeOfType<Assigned>().Told.ShouldBeNull();
    }

    [Fact]
    public void In_a_circle_it_goes_only_once_the_customer_has_an_answer()
    {
        var story = Held().When(Pass(Noor)).Done();
        story.When(Pass(Kim) with { Origin = ByNoor }).ThenRefused("transfer.loop", 409, "agent loop");
        story.Given(ByNoor, new Message(Content.Of("It is the mast."))).When(Pass(Kim) with { Origin = ByNoor }).Decision.Refusal.ShouldBeNull();
    }

    [Fact, Trait("row", "PA16")]
    public void PA16_Who_takes_it_over_may_have_passed_it_on_before_and_the_cause_stands_there()
    {
        var story = Held().When(Pass(Noor)).Done().When(Pass(Kim, "She asks for me"));
        story.Decision.Drafts[0].Body.ShouldBe(new Note("She asks for me"));
        var assigned = story.Decision.Drafts[1].Body.ShouldBeOfType<Assigned>();
        (assigned.Agent, assigned.FromAgent, assigned.Cause, assigned.Told!.Code).ShouldBe((Kim, Noor, "takenOver", "transfer.agent"));
    }

    [Fact]
    public void Nor_to_the_team_that_has_passed_it_on()
    {
        var rigs = new TeamId(Guid.Parse("00000000-0000-7000-8000-0000000000bb"));
        var story = Held().When(new Assign(ByKim, It, null, rigs) { Passing = new Passing("Theirs") }).Done();
        story.State.Passed!.Value.ShouldBe([new Passed(Kim, Sails)]);
        story.When(new Assign(ByNoor, It, null, Sails) { Passing = new Passing("No, theirs") }).ThenRefused("transfer.loop", 409, "team loop");
    }

    [Fact]
    public void Without_a_reason_a_target_or_a_change_it_is_refused_with_the_field()
    {
        Held().When(Pass(Noor, "  ")).ThenRefused("transfer.reason", 400, "reason reason");
        Held().When(new Assign(ByKim, It, null, null) { Passing = new Passing("Why") }).ThenRefused("transfer.target", 400, "agent target");
        Held().When(Pass(Kim)).ThenRefused("transfer.same", 409, "agent same");
        Held().When(Pass(Noor) with { AgentMay = false }).ThenRefused("agent.unknown");
    }

    [Fact, Trait("row", "LC7")]
    public async Task LC7_Over_HTTP_the_reason_the_chain_and_the_sentence_stand_in_the_thread_and_the_customer_reads_only_the_sentence()
    {
        await using var house = await Cast.Lighthouse.Open();
        var (noor, ravi, ana) = (await house.Hire("Noor"), await house.Hire("Ravi"), await house.Ana());
        var it = await ana.Write("My mast is bent");
        (await house.Kim.Put($"/v1/conversations/{it}/assignment", new { agent = house.Kim.Id })).Expect(HttpStatusCode.OK);
        (await house.Kim.Put($"/v1/conversations/{it}/assignment", new { agent = noor.Id, reason = "She knows masts" })).Expect(HttpStatusCode.OK);
        (await noor.Put($"/v1/conversations/{it}/assignment", new { agent = ravi.Id, reason = "Too bent for me" })).Expect(HttpStatusCode.OK);
        var refused = (await ravi.Put($"/v1/conversations/{it}/assignment", new { agent = house.Kim.Id, reason = "Yours" })).Refused(HttpStatusCode.Conflict, "transfer.loop");
        refused.Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("agent");

        var told = (await ana.Read(it)).Body.GetProperty("items").EnumerateArray().Where(entry => entry.GetProperty("type").GetString() == "assigned").ToList();
        told.Select(entry => entry.GetProperty("told").GetProperty("text").GetString()!.Split(' ')[0]).ShouldBe(["Noor", "Ravi"]);
        told[0].TryGetProperty("agent", out _).ShouldBeFalse();
        told[0].TryGetProperty("note", out _).ShouldBeFalse();
        var why = (await ravi.Get($"/v1/conversations/{it}/why")).Expect(HttpStatusCode.OK).Body.GetProperty("items");
        why.EnumerateArray().Select(step => step.GetProperty("agent").GetString()).ShouldBe([ravi.Id, noor.Id, house.Kim.Id]);
        why[0].GetProperty("fromAgent").GetString().ShouldBe(noor.Id);
    }

    private static Assign Pass(AgentId to, string reason = "She knows masts.", bool tells = true) => new(ByKim, It, to, null) { Passing = new Passing(reason, tells) };

    private static Story Held() => AnaWrote().Given(ByKim, new Assigned(Kim, Sails, null, null, "manual"));
}
