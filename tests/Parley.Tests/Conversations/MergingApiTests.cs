using System.Net;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Conversations;

public class MergingApiTests
{
    [SkippableTheory, Trait("row", "PA6")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task PA6_A_conversation_goes_on_in_another_and_nothing_of_it_is_lost(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        var ana = await house.Ana();
        var (first, second) = (await ana.Write("My sail is torn"), await ana.Write("It is the big one"));
        (await house.Kim.Put($"/v1/conversations/{second}/labels/rig")).Expect(HttpStatusCode.OK);
        (await house.Kim.Post($"/v1/conversations/{second}/scheduled", new { content = new { text = "It is on its way" }, at = house.Clock.GetUtcNow().AddHours(1) })).Expect(HttpStatusCode.Created);
        (await house.Kim.Put($"/v1/conversations/{first}/draft", new { reply = "Dear Ana," })).Expect(HttpStatusCode.OK);
        (await house.Kim.Put($"/v1/conversations/{second}/draft", new { reply = "Which boat?" })).Expect(HttpStatusCode.OK);

        var preview = (await house.Kim.Get($"/v1/conversations/{second}/merge?into={first}")).Expect(HttpStatusCode.OK);
        (preview["scheduled"], preview.Body.GetProperty("labels")[0].GetString(), preview.Has("waits")).ShouldBe(("1", "rig", true));
        (await house.Kim.Post($"/v1/conversations/{second}/merge", new { into = first })).Expect(HttpStatusCode.OK);

        await house.Restart();
        // Rows are read from the log, a moment later.
        await Eventually(async () => (await house.Kim.Get($"/v1/conversations/{second}"))["status"] is "closed" and var status ? status : null);
        (await house.Kim.Get($"/v1/conversations/{second}")).Expect(HttpStatusCode.OK).ShouldSatisfyAllConditions(row => row["status"].ShouldBe("closed"), row => row["mergedInto"].ShouldBe(first));
        var row = (await house.Kim.Get($"/v1/conversations/{first}")).Expect(HttpStatusCode.OK);
        (row["status"], row.Body.GetProperty("labels")[0].GetString()).ShouldBe(("open", "rig"));
        (await Eventually(async () => (await house.Kim.Get($"/v1/conversations/{first}/draft"))["reply"] is var reply && reply.Contains("Which boat?", StringComparison.Ordinal) ? reply : null)).ShouldBe("Dear Ana,\n\nWhich boat?");
        (await house.Kim.Get($"/v1/conversations/{second}/draft"))["reply"].ShouldBe("");

        // What is said in the old one is said in the new one, and what was to be sent goes there.
        (await ana.Say(second, "Are you there?")).Expect(HttpStatusCode.Created)["conversation"].ShouldBe(first);
        (await house.Kim.Post($"/v1/conversations/{second}/messages", new { content = new { type = "text", text = "x" } })).Refused(HttpStatusCode.Conflict, "conversation.merged");
        house.Clock.Advance(TimeSpan.FromHours(2));
        (await Eventually(async () => (await ana.Read(first)).Text is var said && said.Contains("It is on its way", StringComparison.Ordinal) ? said : null)).ShouldContain("Are you there?");
        (await ana.Read(second)).Text.ShouldNotContain("It is on its way");
        (await house.Kim.Get($"/v1/conversations/{second}/timeline")).Text.ShouldContain("It is the big one", Case.Sensitive, "Nothing is rewritten.");
    }

    [Fact, Trait("row", "PA6")]
    public async Task PA6_Conversations_of_two_customers_and_one_with_itself_are_refused_with_the_field()
    {
        await using var house = await Lighthouse.Open();
        var (ana, ben) = (await house.Ana("user-7"), await house.Ben());
        var (hers, his) = (await ana.Write("Hello"), await ben.Write("Hi"));
        // An agent's word makes no customer see another's thread.
        (await house.Kim.Post($"/v1/contacts/{ben.Visitor}/merge", new { into = ana.Visitor })).Expect(HttpStatusCode.OK);
        foreach (var (into, status, code) in new[] { (hers, HttpStatusCode.BadRequest, "merge.self"), (his, HttpStatusCode.Conflict, "merge.customer"), (hers[..^4] + "0000", HttpStatusCode.BadRequest, "merge.unknown") })
        {
            (await house.Kim.Get($"/v1/conversations/{hers}/merge?into={into}")).Refused(status, code);
            (await house.Kim.Post($"/v1/conversations/{hers}/merge", new { into })).Refused(status, code).Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("into");
        }
    }

    private static async Task<string> Eventually(Func<Task<string?>> so)
    {
        for (var i = 0; i < 200; i++)
        {
            if (await so() is { } said)
            {
                return said;
            }

            await Task.Delay(25);
        }

        throw new TimeoutException("It never came about.");
    }
}
