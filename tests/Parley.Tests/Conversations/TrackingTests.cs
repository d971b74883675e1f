using System.Net;
using System.Text.Json;
using Parley.Conversations;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

[Trait("row", "PA7")]
public class TrackingTests
{
    [Fact]
    public void Who_follows_is_told_of_what_comes_until_they_do_not()
    {
        var story = AnaWrote().When(new Follow(ByKim, It, Kim)).Then(new Followed(Kim, "manual")).Done();
        story.State.Followers.ShouldBe([Kim]);
        story.When(new Follow(ByKim, It, Kim)).ThenNothing();
        story.When(new Follow(ByKim, It, Noor)).Then(new Followed(Noor, "manual")).Done();
        story.When(new Unfollow(ByNoor, It, Kim)).Then(new Unfollowed(Kim)).Done();
        story.State.Followers.ShouldBe([Noor]);
        story.When(new Unfollow(ByNoor, It, Kim)).ThenNothing();
        story.When(new Unfollow(ByNoor, It, Noor)).Then(new Unfollowed(Noor)).Done().State.Followers.ShouldBeNull();
    }

    [Fact]
    public void Nobody_follows_what_they_may_not_see() => AnaWrote().When(new Follow(ByKim, It, Noor, AgentMay: false)).ThenRefused("agent.unknown", 400, "agent unknown");

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Following_is_a_list_of_ones_own_and_a_mention_brings_it_there_of_a_team_only_the_mention(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Cast.Lighthouse.On(engine.Url);
        var sails = (await house.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        var noor = await house.Hire("Noor");
        var ravi = await house.Hire("Ravi", Parley.Workspaces.Role.Agent, sails);
        var (one, two) = (await (await house.Ana()).Write("one"), await (await house.Ben()).Write("two"));
        await using var noors = await Ear.Of(noor);
        await noors.Say(new { type = "watch", view = "following" });
        await noors.Next("counts");

        (await house.Kim.Post($"/v1/conversations/{one}/notes", new { clientId = "n", text = "@Noor and @Sails", mentions = new[] { noor.Id }, teams = new[] { sails } })).Expect(HttpStatusCode.Created);
        (await noors.Next("event", frame => frame.TryGetProperty("summary", out var row) && row.GetProperty("id").GetString() == one)).GetProperty("summary").GetProperty("followers").GetRawText().ShouldContain(noor.Id);
        (await Rows(noor, "following")).ShouldBe([one]);
        (await Rows(ravi, "following")).ShouldBeEmpty();
        (await Rows(ravi, "mentions")).ShouldBe([one]);
        (await noor.Get("/v1/counts")).Body.GetProperty("counts").GetProperty("following").GetInt32().ShouldBe(1);

        (await noor.Put($"/v1/conversations/{two}/followers/{noor.Id}")).Expect(HttpStatusCode.OK);
        (await Rows(noor, "following")).ShouldBe([two, one], ignoreOrder: true);
        (await noor.Delete($"/v1/conversations/{one}/followers/{noor.Id}")).Expect(HttpStatusCode.OK);
        (await Rows(noor, "following")).ShouldBe([two]);
        await noors.Next("left", frame => frame.GetProperty("view").GetString() == "following" && frame.GetProperty("conversation").GetString() == one);

        (await noor.Put($"/v1/conversations/{two}/followers/agt_nobody")).Refused(HttpStatusCode.BadRequest, "agent.unknown");
        (await noor.Post($"/v1/conversations/{two}/notes", new { clientId = "m", text = "?", teams = new[] { "tea_none" } })).Refused(HttpStatusCode.BadRequest, "team.unknown");
    }

    private static async Task<List<string>> Rows(Person who, string view) =>
        (await who.Get($"/v1/conversations?view={view}")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("id").GetString()!).ToList();
}
