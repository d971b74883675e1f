using System.Net;
using Parley.Server.Demo;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Server.Demo;

public class GuestTests
{
    private static readonly Part Mila = new("Mila", "en", "/skerry", TimeSpan.Zero, ["Is it warm?", "Thank you."]);

    [Fact]
    public async Task A_guest_asks_says_one_line_for_an_answer_and_then_only_reads()
    {
        await using var shop = await Cast.Lighthouse.Open();
        using var stop = new CancellationTokenSource();
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = shop.Address };
        var playing = new Guest(new Door(http), InboxId.Parse(shop.Inbox), Mila, new Simulated(), TimeProvider.System) { Reading = TimeSpan.FromMilliseconds(60) }.Play(stop.Token);

        var conversation = await Until(playing, async () =>
            (await shop.Kim.Get("/v1/conversations")).Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()).FirstOrDefault());
        (await Said(shop, conversation)).ShouldBe(["Is it warm?"]);
        await Say(shop, conversation, "Very.");
        await Until(playing, async () => (await Said(shop, conversation)) is [_, _, "Thank you."] ? "" : null);
        await Say(shop, conversation, "You are welcome.");
        // All is said: they read it, and go for good without another word.
        await playing.WaitAsync(TimeSpan.FromSeconds(30));
        (await Said(shop, conversation)).ShouldBe(["Is it warm?", "Very.", "Thank you.", "You are welcome."]);
    }

    [Fact]
    public async Task A_guest_waits_says_so_leaves_comes_back_to_the_answer_and_takes_what_is_offered()
    {
        await using var shop = await Cast.Lighthouse.Open();
        (await shop.Kim.Patch($"/v1/inboxes/{shop.Inbox}", new { rating = true })).Expect(HttpStatusCode.OK);
        using var stop = new CancellationTokenSource();
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = shop.Address };
        var part = Mila with { Patience = TimeSpan.FromMilliseconds(400), Away = TimeSpan.FromSeconds(3), Nudge = "Anybody?", Back = "Here again.", Knows = [(["colour"], "Navy.")] };
        var playing = new Guest(new Door(http), InboxId.Parse(shop.Inbox), part, new Simulated(), TimeProvider.System) { Reading = TimeSpan.FromMilliseconds(40) }.Play(stop.Token);
        var conversation = await Until(playing, async () =>
            (await shop.Kim.Get("/v1/conversations")).Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()).FirstOrDefault());
        await Until(playing, async () => (await Said(shop, conversation)) is [_, "Anybody?"] ? "" : null);
        // In the middle of their being away, also where the machine has much to do.
        await Task.Delay(1_500);
        await Say(shop, conversation, "It is. Which colour?");
        await Until(playing, async () => (await Said(shop, conversation)) is [_, _, _, "Here again.", "Navy."] ? "" : null);
        (await shop.Kim.Post($"/v1/conversations/{conversation}/messages", new { clientId = "offer", content = new { type = "quickReplies", text = "Shall we send it?", replies = new[] { new { id = "no", text = "I come by" }, new { id = "yes", text = "Navy." } } } })).Expect(HttpStatusCode.Created);
        await Until(playing, async () => (await Said(shop, conversation)) is [.., "Shall we send it?", "Navy."] ? "" : null);
        (await shop.Kim.Put($"/v1/conversations/{conversation}/closure")).Expect(HttpStatusCode.OK);
        await Until(playing, async () => (await shop.Kim.Get($"/v1/conversations/{conversation}/timeline")).Text.Contains("\"rated\"", StringComparison.Ordinal) ? "" : null);
        (await shop.Kim.Get($"/v1/conversations/{conversation}"))["status"].ShouldBe("closed");
        await playing;
    }

    private static async Task Say(Cast.Lighthouse shop, string conversation, string text) =>
        (await shop.Kim.Post($"/v1/conversations/{conversation}/messages", new { clientId = text, content = new { type = "text", text } })).Expect(HttpStatusCode.Created);

    private static async Task<List<string>> Said(Cast.Lighthouse shop, string conversation) =>
        [.. (await shop.Kim.Get($"/v1/conversations/{conversation}/timeline")).Body.GetProperty("items").EnumerateArray()
            .Where(entry => entry.GetProperty("type").GetString() == "message").Select(entry => entry.GetProperty("content").GetProperty("text").GetString()!)];

    private static async Task<string> Until(Task playing, Func<Task<string?>> look)
    {
        for (var i = 0; i < 300; i++)
        {
            if (await look() is { } found)
            {
                return found;
            }

            // A guest that stumbled says why.
            await (playing.IsCompleted ? playing : Task.Delay(100));
        }

        throw new TimeoutException("The guest did not do it.");
    }
}
