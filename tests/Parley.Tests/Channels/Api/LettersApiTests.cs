using System.Net;
using System.Text.Json;
using Parley.Specs.Engines;
using Shouldly;

namespace Parley.Tests.Channels.Api;

public class LettersApiTests
{
    [Fact, Trait("row", "CH14")]
    public async Task CH14_Who_may_write_in_a_conversation_has_its_letter_sent_again_and_nobody_else_does()
    {
        await using var it = await Shore.Of(null);
        var (noor, ana) = (await it.House.Hire("Noor"), await it.Said("ana", "Hello"));
        it.Answers = (_, _) => 400;
        await it.Answer(ana, "One");
        var caller = it.House.Stranger();
        caller.Bearer = it.Token;
        (await caller.Raw(HttpMethod.Post, $"/v1/channels/{it.Inbox}/inbound", """{"id": 7}""")).Expect(HttpStatusCode.OK);
        await Shore.Until(async () => (await Letters(it)).Items.Count == 2);
        var ids = (await Letters(it)).Items.Select(letter => letter.GetProperty("id").GetString()!).ToList();
        var (ours, theirs) = (ids.Single(id => id.StartsWith("dlv_", StringComparison.Ordinal)), ids.Single(id => id.StartsWith("arr_", StringComparison.Ordinal)));
        it.Answers = (_, _) => 200;
        (await noor.Post($"/v1/channels/letters/{theirs}/retry", new { })).Refused(HttpStatusCode.NotFound, "letter.unknown");
        (await noor.Get("/v1/channels/letters")).Expect(HttpStatusCode.Forbidden);
        (await noor.Delete($"/v1/channels/letters/{ours}")).Expect(HttpStatusCode.Forbidden);
        var team = (await it.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        await Shore.Until(async () => (await noor.Post($"/v1/channels/letters/{ours}/retry", new { })).Code == "conversation.unknown");
        it.Took.ShouldBeEmpty();
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { teams = Array.Empty<string>() })).Expect(HttpStatusCode.OK);
        await Shore.Until(async () => (await noor.Post($"/v1/channels/letters/{ours}/retry", new { })).Status == HttpStatusCode.NoContent);
        await Shore.Until(async () => await it.State(ana) == "sent");
        it.Took.ShouldBe([("ana", "One")]);
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Letters_come_page_by_page_and_all_go_once_more_in_their_order(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Shore.Of(engine.Url);
        var ana = await it.Said("ana", "Hello");
        it.Answers = (_, _) => 400;
        foreach (var word in (string[])["One", "Two", "Three"])
        {
            await it.Answer(ana, word);
        }

        var caller = it.House.Stranger();
        caller.Bearer = it.Token;
        (await caller.Raw(HttpMethod.Post, $"/v1/channels/{it.Inbox}/inbound", """{"id": 7}""")).Expect(HttpStatusCode.OK);
        await Shore.Until(async () => (await Letters(it)).Items.Count == 4);
        var all = (await Letters(it)).Items.Select(letter => letter.GetProperty("id").GetString()).ToList();
        all.Where(id => id!.StartsWith("arr_", StringComparison.Ordinal)).Count().ShouldBe(1);
        var first = await Letters(it, "?limit=3");
        var rest = await Letters(it, $"?limit=3&cursor={Uri.EscapeDataString(first.Next!)}");
        rest.Next.ShouldBeNull();
        first.Items.Concat(rest.Items).Select(letter => letter.GetProperty("id").GetString()).ShouldBe(all);
        (await it.Kim.Get("/v1/channels/letters?cursor=nonsense")).Refused(HttpStatusCode.BadRequest, "cursor.invalid");
        (await Letters(it, $"?inbox={InboxId.New(it.Clock)}")).Items.ShouldBeEmpty();

        it.Answers = (_, _) => 200;
        (await it.Kim.Post("/v1/channels/letters/retry", new { inbox = InboxId.New(it.Clock).ToString() })).Expect(HttpStatusCode.OK)["count"].ShouldBe("0");
        (await it.Kim.Post("/v1/channels/letters/retry", new { })).Expect(HttpStatusCode.OK)["count"].ShouldBe("4");
        await Shore.Until(() => Task.FromResult(it.Took.Count == 3));
        it.Took.ShouldBe([("ana", "One"), ("ana", "Two"), ("ana", "Three")]);
        // What could not be read cannot be read now.
        await Shore.Until(async () => (await Letters(it)).Items is [var left] && !left.GetProperty("outgoing").GetBoolean());
    }

    [Fact]
    public async Task What_may_have_arrived_goes_once_more_only_where_that_is_said()
    {
        await using var it = await Shore.Of(null, new { windowHours = 24 });
        var ana = await it.Said("ana", "Hello");
        it.Answers = (_, _) => 0;
        await it.Answer(ana, "One");
        await Shore.Until(async () => await it.Code(ana) == "outcomeUnknown");
        // The window closes meanwhile: it cannot be sent again by itself, and nobody knows whether it came.
        it.Clock.Advance(TimeSpan.FromHours(25));
        await Shore.Until(async () => await it.State(ana) == "unknown");
        (await it.Kim.Post("/v1/channels/letters/retry", new { })).Expect(HttpStatusCode.OK)["count"].ShouldBe("0");
        (await it.Kim.Post("/v1/channels/letters/retry", new { anyway = true })).Expect(HttpStatusCode.OK)["count"].ShouldBe("1");
    }

    private static async Task<(List<JsonElement> Items, string? Next)> Letters(Shore it, string query = "")
    {
        var answer = (await it.Kim.Get($"/v1/channels/letters{query}")).Expect(HttpStatusCode.OK);
        return ([.. answer.Body.GetProperty("items").EnumerateArray()], answer.Has("next") ? answer["next"] : null);
    }
}
