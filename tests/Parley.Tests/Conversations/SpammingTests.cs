using System.Net;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Tests.Cast;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class SpammingTests
{
    [Fact]
    public void One_word_closes_and_marks()
    {
        var story = AnaWrote().When(new SetSpam(ByKim, It, Ana, On: true)).Then(new SpamMarked(), new Closed("spam"), new EpisodeClosed(1)).Done();
        (story.State.Spam, story.State.Status).ShouldBe((true, Status.Closed));
        story.When(new SetSpam(ByKim, It, Ana, On: true)).ThenNothing();
        story.When(new SetSpam(ByKim, It, Ana, On: false)).Then(new SpamCleared(), new Reopened("manual")).Done();
        (story.State.Spam, story.State.Status).ShouldBe((false, Status.Open));
        story.When(new SetSpam(ByKim, It, Ana, On: false)).ThenNothing();
    }

    [Fact]
    public void What_was_closed_is_only_marked() =>
        AnaWrote().Given(ByKim, new Closed("manual")).When(new SetSpam(ByKim, It, Ana, On: true)).Then(new SpamMarked());

    [Fact]
    public void Nothing_more_of_its_sender_is_taken()
    {
        var spam = AnaWrote().Given(ByKim, new SpamMarked(), new Closed("spam"));
        spam.When(new Post(ByAna, It, Content.Of("Buy!"), Blended)).ThenRefused("contact.blocked", 403);
        spam.Given(ByKim, new SpamCleared(), new Reopened("manual")).When(new Post(ByAna, It, Content.Of("Sorry"), Blended)).Then(new Message(Content.Of("Sorry")));
    }

    [Fact]
    public async Task Spam_closes_blocks_and_counts_nowhere_and_can_be_taken_back()
    {
        await using var house = await Cast.Lighthouse.Open();
        var (ana, ben) = (await house.Ana(), await house.Ben());
        var (spam, other, bens) = (await ana.Write("Cheap anchors at anchors.example"), await ana.Write("More anchors"), await ben.Write("My sail tore"));
        await using var hers = await Ear.Of(ana);
        var before = hers.Cursor;
        (await house.Kim.Put($"/v1/conversations/{spam}/spam", new { })).Expect(HttpStatusCode.OK);
        (await hers.Next("bye")).GetProperty("reason").GetString().ShouldBe("access");

        (await ana.Say(spam, "again")).Refused(HttpStatusCode.Forbidden, "contact.blocked");
        (await ana.Say(other, "again")).Refused(HttpStatusCode.Forbidden, "contact.blocked");
        (await ana.Post("/v1/widget/conversations", new { clientId = "n", content = new { type = "text", text = "again" } })).Refused(HttpStatusCode.Forbidden, "contact.blocked");
        (await ana.Upload("/v1/widget/files", "list.txt", "text/plain", "x"u8.ToArray())).Refused(HttpStatusCode.Forbidden, "contact.blocked");
        // They are not told for what they were taken: not in the thread, not in the list, not by the stream.
        (await ana.Get($"/v1/widget/conversations/{spam}/timeline")).Expect(HttpStatusCode.OK).Text.ShouldNotContain("spam");
        (await ana.Get("/v1/widget/conversations")).Expect(HttpStatusCode.OK).Text.ShouldNotContain("spam");
        string.Concat(hers.Heard).ShouldNotContain("spam");
        await using (var again = await Ear.Of(ana, before))
        {
            var closed = await again.Next("event", frame => frame.TryGetProperty("entry", out var entry) && entry.GetProperty("type").GetString() == "closed");
            closed.GetRawText().ShouldNotContain("spam");
        }

        (await house.Kim.Get($"/v1/conversations/{spam}/timeline")).Text.ShouldContain("\"cause\":\"spam\"");
        (await ben.Say(bens, "still here")).Expect(HttpStatusCode.Created);

        await Until(async () => await Rows(house, "spam") is [var only] && only == spam);
        (await Rows(house, "all")).ShouldBe([bens, other], ignoreOrder: true);
        (await Rows(house, "closed")).ShouldBeEmpty();
        await Until(async () => await Count(house, "all") == 2 && await Count(house, "closed") == 0 && await Count(house, "unassigned") == 2);
        await Until(async () => (await house.Kim.Get("/v1/search?q=sail")).Body.GetProperty("items").GetArrayLength() == 1);
        (await house.Kim.Get("/v1/search?q=cheap")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await house.Kim.Get($"/v1/conversations/{spam}")).Body.GetProperty("spam").GetBoolean().ShouldBeTrue();
        (await house.Kim.Get($"/v1/contacts/{ana.Visitor}")).Body.GetProperty("blocked").GetBoolean().ShouldBeTrue();

        (await house.Kim.Delete($"/v1/conversations/{spam}/spam")).Expect(HttpStatusCode.OK);
        (await ana.Say(spam, "thank you")).Expect(HttpStatusCode.Created);
        await Until(async () => await Count(house, "all") == 3 && (await Rows(house, "spam")).Count == 0);
    }

    [Fact]
    public async Task Blocking_is_of_the_person_on_all_their_devices_and_of_nobody_else()
    {
        await using var house = await Cast.Lighthouse.Open();
        var (phone, desk, ben) = (await house.Ana("user-7"), await house.Ana("user-7"), await house.Ben("user-8"));
        var it = await phone.Write("Hello");
        await ben.Write("Hello");
        (await house.Kim.Put($"/v1/contacts/{phone.Visitor}/block", new { })).Expect(HttpStatusCode.OK);
        (await desk.Say(it, "x")).Refused(HttpStatusCode.Forbidden, "contact.blocked");
        await ben.Write("not me");
        (await house.Ana("user-7")).Visitor.ShouldBe(phone.Visitor);
        (await house.Kim.Put($"/v1/contacts/{phone.Visitor}/block", new { })).Expect(HttpStatusCode.OK);
        (await house.Kim.Delete($"/v1/contacts/{phone.Visitor}/block")).Body.GetProperty("blocked").GetBoolean().ShouldBeFalse();
        (await desk.Say(it, "x")).Expect(HttpStatusCode.Created);
        (await ben.Put($"/v1/contacts/{phone.Visitor}/block", new { })).Status.ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden);
        (await house.Kim.Put("/v1/contacts/con_00000000000000000000000000/block", new { })).Refused(HttpStatusCode.NotFound, "contact.unknown");
    }

    [Fact]
    public async Task Whom_somebody_blocked_by_hand_stays_so_when_a_conversation_is_no_spam_after_all()
    {
        await using var house = await Cast.Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("Hello");
        (await house.Kim.Put($"/v1/conversations/{it}/spam", new { })).Expect(HttpStatusCode.OK);
        (await house.Kim.Put($"/v1/contacts/{ana.Visitor}/block", new { })).Expect(HttpStatusCode.OK);
        (await house.Kim.Delete($"/v1/conversations/{it}/spam")).Expect(HttpStatusCode.OK);
        (await ana.Say(it, "x")).Refused(HttpStatusCode.Forbidden, "contact.blocked");
        (await house.Kim.Delete($"/v1/contacts/{ana.Visitor}/block")).Expect(HttpStatusCode.OK);
        (await ana.Say(it, "x")).Expect(HttpStatusCode.Created);
    }

    private static async Task<List<string?>> Rows(Cast.Lighthouse house, string view) =>
        [.. (await house.Kim.Get($"/v1/conversations?view={view}")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("id").GetString())];

    private static async Task<long> Count(Cast.Lighthouse house, string view) => (await house.Kim.Get("/v1/counts")).Body.GetProperty("counts").GetProperty(view).GetInt64();

    private static async Task Until(Func<Task<bool>> done)
    {
        for (var patience = 200; !await done(); patience--)
        {
            patience.ShouldBePositive();
            await Task.Delay(25);
        }
    }
}
