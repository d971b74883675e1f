using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Conversations;
using Parley.Log;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Conversations;

public class ConversationsApiTests
{
    [Fact, Trait("row", "UC2")]
    public async Task An_agent_reads_answers_and_thereby_takes_the_conversation()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("Hello");
        var answer = (await house.Kim.Post($"/v1/conversations/{it}/messages", new { clientId = "1", content = new { text = "Good morning" } })).Expect(HttpStatusCode.Created);
        answer["type"].ShouldBe("message");
        Types(await house.Kim.Get($"/v1/conversations/{it}/timeline")).ShouldBe(["opened", "episodeOpened", "message", "promised", "message", "accepted", "promiseKept"]);
        (await house.Kim.Post($"/v1/conversations/{it}/messages", new { clientId = "1", content = new { text = "Good morning" } })).Expect(HttpStatusCode.OK)["seq"].ShouldBe(answer["seq"]);
    }

    [Fact, Trait("row", "PA11")]
    public async Task PA11_Of_two_who_answer_at_once_one_is_first_and_the_other_reads_who()
    {
        await using var house = await Lighthouse.Open();
        var noor = await house.Hire("Noor");
        var it = await (await house.Ana()).Write("Hello");
        var answers = await Task.WhenAll(new[] { house.Kim, noor }.Select(agent => agent.Post($"/v1/conversations/{it}/messages", new { clientId = "1", content = new { text = agent.Id }, unheld = true })));
        var second = answers.Single(answer => answer.Status == HttpStatusCode.Conflict).Refused(HttpStatusCode.Conflict, "conversation.taken");
        var first = answers.Single(answer => answer.Status == HttpStatusCode.Created);
        (second["holder.kind"], second["holder.id"]).ShouldBe(("agent", first["author.id"]));
        (await house.Kim.Get($"/v1/conversations/{it}"))["holder.id"].ShouldBe(first["author.id"]);
        Texts(await house.Kim.Get($"/v1/conversations/{it}/timeline")).ShouldBe(["Hello", first["author.id"]]);
    }

    [Fact, Trait("row", "PA7")]
    public async Task Of_two_who_answer_the_same_word_the_second_is_told_and_sends_anyway_if_they_wish()
    {
        await using var house = await Lighthouse.Open();
        var noor = await house.Hire("Noor");
        var it = await (await house.Ana()).Write("Hello");
        (await noor.Post($"/v1/conversations/{it}/messages", new { clientId = "1", content = new { text = "Here" } })).Expect(HttpStatusCode.Created);
        var answers = await Task.WhenAll(new[] { house.Kim, noor }.Select(agent => agent.Post($"/v1/conversations/{it}/messages", new { clientId = "2", content = new { text = agent.Id }, seen = 7 })));
        var second = answers[0].Status == HttpStatusCode.Conflict ? answers[0] : answers.Single(answer => answer.Status == HttpStatusCode.Conflict);
        second.Refused(HttpStatusCode.Conflict, "conversation.answered");
        second["holder.name"].ShouldNotBeEmpty();
        var loser = ReferenceEquals(second, answers[0]) ? house.Kim : noor;
        (await loser.Post($"/v1/conversations/{it}/messages", new { clientId = "3", content = new { text = "All the same" }, seen = 20 })).Expect(HttpStatusCode.Created);
        Texts(await house.Kim.Get($"/v1/conversations/{it}/timeline")).Last().ShouldBe("All the same");
    }

    [Fact]
    public async Task Every_state_is_put_and_taken_back()
    {
        await using var house = await Lighthouse.Open();
        var noor = await house.Hire("Noor");
        var it = await (await house.Ana()).Write("Hello");
        var path = $"/v1/conversations/{it}";
        var until = house.Clock.GetUtcNow().AddDays(1);
        await Led(house.Kim.Put($"{path}/assignment", new { agent = noor.Id }), "assigned");
        await Led(house.Kim.Delete($"{path}/assignment"), "assigned");
        await Led(house.Kim.Put($"{path}/snooze", new { until }), "snoozed");
        await Led(house.Kim.Put($"{path}/snooze", new { until }));
        await Led(house.Kim.Delete($"{path}/snooze"), "unsnoozed");
        await Led(house.Kim.Put($"{path}/pending", new { on = "thirdParty" }), "pending");
        await Led(house.Kim.Delete($"{path}/pending"), "unpended");
        await Led(house.Kim.Put($"{path}/priority", new { priority = "urgent" }), "priorityChanged");
        await Led(house.Kim.Put($"{path}/labels/storm%20jib"), "labelled");
        await Led(house.Kim.Delete($"{path}/labels/storm%20jib"), "unlabelled");
        await Led(house.Kim.Put($"{path}/closure"), "closed", "episodeClosed");
        await Led(house.Kim.Put($"{path}/closure"));
        await Led(house.Kim.Delete($"{path}/closure"), "reopened", "promised");
    }

    [Fact]
    public async Task A_repeated_command_with_the_same_key_is_answered_alike()
    {
        await using var house = await Lighthouse.Open();
        var it = await (await house.Ana()).Write("Hello");
        house.Kim.Headers["Idempotency-Key"] = "close-1";
        var first = (await house.Kim.Put($"/v1/conversations/{it}/closure")).Expect(HttpStatusCode.OK);
        house.Kim.Headers.Remove("Idempotency-Key");
        await house.Kim.Delete($"/v1/conversations/{it}/closure");
        house.Kim.Headers["Idempotency-Key"] = "close-1";
        (await house.Kim.Put($"/v1/conversations/{it}/closure")).Expect(HttpStatusCode.OK).Text.ShouldBe(first.Text);
    }

    [Fact]
    public async Task The_timeline_pages_both_ways_and_cuts_a_large_limit()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("0");
        for (var i = 1; i <= 9; i++)
        {
            (await ana.Say(it, $"{i}")).Expect(HttpStatusCode.Created);
        }

        var path = $"/v1/widget/conversations/{it}/timeline";
        Texts(await ana.Get($"{path}?limit=3")).ShouldBe(["7", "8", "9"]);
        var newest = await ana.Get($"{path}?limit=3");
        newest["more"].ShouldBe("True");
        var before = newest.Body.GetProperty("items")[0].GetProperty("seq").GetInt64();
        Texts(await ana.Get($"{path}?before={before}&limit=3")).ShouldBe(["4", "5", "6"]);
        Texts(await ana.Get($"{path}?after=0&limit=3")).ShouldBe(["0", "1"]);
        Texts(await ana.Get($"{path}?after=0&limit=100000")).Count.ShouldBe(10);
        (await ana.Get($"{path}?after=1000"))["more"].ShouldBe("False");
        (await ana.Get($"{path}?limit=few")).Refused(HttpStatusCode.BadRequest, "request.malformed");
    }

    [Fact]
    public async Task An_agent_without_the_inbox_finds_nothing_there()
    {
        await using var house = await Lighthouse.Open();
        var sails = (await house.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        var noor = await house.Hire("Noor", Role.Agent);
        var it = await (await house.Ana()).Write("Hello");
        (await noor.Get($"/v1/conversations/{it}/timeline")).Expect(HttpStatusCode.OK);
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { teams = new[] { sails } })).Expect(HttpStatusCode.OK);
        (await noor.Get($"/v1/conversations/{it}/timeline")).Refused(HttpStatusCode.NotFound, "conversation.unknown");
        (await noor.Post($"/v1/conversations/{it}/messages", new { clientId = "1", content = new { text = "x" } })).Refused(HttpStatusCode.NotFound, "conversation.unknown");
        (await house.Kim.Put($"/v1/conversations/{it}/assignment", new { agent = noor.Id })).Refused(HttpStatusCode.BadRequest, "agent.unknown");
    }

    [Fact]
    public async Task A_customers_token_opens_no_agents_door_and_a_change_by_cookie_shows_it_is_meant()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("Hello");
        (await ana.Get($"/v1/conversations/{it}/timeline")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await house.Stranger().Get($"/v1/conversations/{it}/timeline")).Refused(HttpStatusCode.Unauthorized, "auth.required");
        house.Kim.Headers.Remove("X-Parley");
        (await house.Kim.Put($"/v1/conversations/{it}/closure")).Refused(HttpStatusCode.Forbidden, "csrf.missing");
    }

    [Fact]
    public async Task A_mention_names_a_colleague()
    {
        await using var house = await Lighthouse.Open();
        var noor = await house.Hire("Noor");
        var it = await (await house.Ana()).Write("Hello");
        (await house.Kim.Post($"/v1/conversations/{it}/notes", new { clientId = "1", text = "look", mentions = new[] { noor.Id } })).Expect(HttpStatusCode.Created)
            .Body.GetProperty("mentions")[0].GetString().ShouldBe(noor.Id);
        (await house.Kim.Post($"/v1/conversations/{it}/notes", new { clientId = "2", text = "look", mentions = new[] { "agt_0000000000000000000000000a" } })).Refused(HttpStatusCode.BadRequest, "agent.unknown");

        // Whoever was mentioned may be gone when a note is sent again whose answer was lost: it is there, and its sender is told so.
        (await house.Kim.Patch($"/v1/agents/{noor.Id}", new { active = false })).Expect(HttpStatusCode.OK);
        (await house.Kim.Post($"/v1/conversations/{it}/notes", new { clientId = "1", text = "look", mentions = new[] { noor.Id } })).Expect(HttpStatusCode.OK);
        (await house.Kim.Post($"/v1/conversations/{it}/notes", new { clientId = "3", text = "look", mentions = new[] { noor.Id } })).Refused(HttpStatusCode.BadRequest, "agent.unknown");
    }

    [Fact]
    public async Task A_redaction_takes_the_words_out_for_both_sides()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("My card is 4111 1111 1111 1111");
        (await house.Kim.Post($"/v1/conversations/{it}/redactions", new { of = 3, reason = "card number" })).Expect(HttpStatusCode.OK);
        (await ana.Read(it)).Text.ShouldNotContain("4111");
        (await house.Kim.Get($"/v1/conversations/{it}/timeline")).Text.ShouldNotContain("4111");
        (await house.Kim.Post($"/v1/conversations/{it}/redactions", new { of = 1 })).Refused(HttpStatusCode.NotFound, "message.unknown");
    }

    [Fact, Trait("failure", "5")]
    public async Task Failure_5_A_conversation_of_more_than_thirty_thousand_messages_is_paged_through_whole()
    {
        const int Most = 30_050;
        await using var house = await Lighthouse.Open();
        var it = await (await house.Ana()).Write("The longest conversation");
        var (desk, threads) = (house.Services.GetRequiredService<Desk>(), house.Services.GetRequiredService<Threads>());
        var (id, kim) = (ConversationId.Parse(it), new Author(AuthorKind.Agent, AgentId.Parse(house.Kim.Id).Value));
        var terms = threads.Terms(house.Workspace, InboxId.Parse(house.Inbox));
        await Parallel.ForAsync(0, Most, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (i, _) =>
            (await desk.Handle(new Post(new Origin(house.Workspace, kim, $"long-{i}"), id, Content.Of($"Part {i}"), terms))).Refusal.ShouldBeNull());

        // Every number once, every text once; and it takes one more.
        var (after, texts) = (0, new HashSet<string>());
        for (var more = true; more;)
        {
            var page = (await house.Kim.Get($"/v1/conversations/{it}/timeline?after={after}&limit=500")).Expect(HttpStatusCode.OK).Body;
            foreach (var entry in page.GetProperty("items").EnumerateArray())
            {
                entry.GetProperty("seq").GetInt32().ShouldBe(++after);
                if (entry.TryGetProperty("content", out var content))
                {
                    texts.Add(content.GetProperty("text").GetString()!).ShouldBeTrue();
                }
            }

            more = page.GetProperty("more").GetBoolean();
        }

        texts.Count.ShouldBe(Most + 1);
        (await house.Kim.Post($"/v1/conversations/{it}/messages", new { clientId = "last", content = new { text = "So are we" } })).Expect(HttpStatusCode.Created)["seq"].ShouldBe($"{after + 1}");
    }

    private static async Task Led(Task<Answer> change, params string[] types)
    {
        var answer = (await change).Expect(HttpStatusCode.OK);
        answer.Body.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("type").GetString()).ShouldBe(types);
    }

    private static List<string?> Types(Answer page) => [.. page.Body.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("type").GetString())];

    private static List<string?> Texts(Answer page) => [.. page.Body.GetProperty("items").EnumerateArray().Where(entry => entry.GetProperty("type").GetString() == "message").Select(entry => entry.GetProperty("content").GetProperty("text").GetString())];
}
