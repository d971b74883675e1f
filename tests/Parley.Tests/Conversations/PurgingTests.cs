using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Conversations;

/// <summary>Which files go with the words that were taken out of a thread.</summary>
public class PurgingTests
{
    [Fact]
    public async Task A_file_that_was_sent_twice_goes_with_the_last_message_that_has_it()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var thread = await ana.Write("Hello");
        var (file, url) = await Upload(ana, "torn.txt");
        var first = await Send(ana, thread, "one", file);
        var second = await Send(ana, thread, "two", file);
        (await ana.Delete($"/v1/widget/conversations/{thread}/messages/{first}")).Expect(HttpStatusCode.OK);
        (await Reads(house, url)).ShouldBe(HttpStatusCode.OK);
        // That somebody typed the file's name keeps nothing.
        (await ana.Say(thread, $"[{{\"id\":\"{file}\"}}]")).Expect(HttpStatusCode.Created);
        (await ana.Delete($"/v1/widget/conversations/{thread}/messages/{second}")).Expect(HttpStatusCode.OK);
        (await Reads(house, url)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task So_it_is_with_what_is_redacted()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var thread = await ana.Write("Hello");
        var (file, url) = await Upload(ana, "card.txt");
        var (other, kept) = await Upload(ana, "sail.txt");
        var first = await Send(ana, thread, "one", file, other);
        var second = await Send(ana, thread, "two", file);
        (await house.Kim.Post($"/v1/conversations/{thread}/redactions", new { of = long.Parse(second), reason = "a card number" })).Expect(HttpStatusCode.OK);
        (await Reads(house, url)).ShouldBe(HttpStatusCode.OK);
        (await house.Kim.Post($"/v1/conversations/{thread}/redactions", new { of = long.Parse(first), reason = "a card number" })).Expect(HttpStatusCode.OK);
        (await Reads(house, url)).ShouldBe(HttpStatusCode.NotFound);
        (await Reads(house, kept)).ShouldBe(HttpStatusCode.NotFound);
        // Its files are gone, and so is the answer that told of it: sent again it is no failure, and nothing new.
        (await ana.Post($"/v1/widget/conversations/{thread}/messages", new { clientId = "one", content = new { type = "file", files = new[] { file, other } } })).Expect(HttpStatusCode.OK)["seq"].ShouldBe(first);
        (await ana.Post($"/v1/widget/conversations/{thread}/messages", new { clientId = "three", content = new { type = "file", files = new[] { file } } })).Refused(HttpStatusCode.BadRequest, "file.unknown");
    }

    [Fact]
    public async Task What_an_edit_brought_along_goes_with_the_message()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var thread = await ana.Write("Hello");
        var ((before, first), (after, second)) = (await Upload(ana, "wrong.txt"), await Upload(ana, "right.txt"));
        var seq = await Send(ana, thread, "one", before);
        (await ana.Patch($"/v1/widget/conversations/{thread}/messages/{seq}", new { content = new { type = "file", files = new[] { after } } })).Expect(HttpStatusCode.OK);
        (await ana.Delete($"/v1/widget/conversations/{thread}/messages/{seq}")).Expect(HttpStatusCode.OK);
        (await Reads(house, first)).ShouldBe(HttpStatusCode.NotFound);
        (await Reads(house, second)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("carousel")]
    public async Task PA2_The_pictures_of_a_list_and_of_cards_belong_to_the_thread_and_go_with_the_message(string type)
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var (thread, other) = (await ana.Write("Hello"), await ana.Write("Something else"));
        var picture = (await house.Kim.Upload("/v1/files", "jib.png", "image/png", Pixel)).Expect(HttpStatusCode.Created);
        var (image, path) = (picture["id"], $"/v1/conversations/{thread}/messages");
        object content = type == "list"
            ? new { type, text = "Our sails", items = new[] { new { id = "jib", title = "Jib", image } } }
            : new { type, cards = new[] { new { id = "jib", title = "Jib", image } } };
        var sent = (await house.Kim.Post(path, new { content })).Expect(HttpStatusCode.Created);
        var shown = sent.Body.GetProperty("content").GetProperty(type == "list" ? "items" : "cards")[0].GetProperty("image");
        (shown.GetProperty("width").GetInt32(), shown.GetProperty("name").GetString()).ShouldBe((1, "jib.png"));
        (await ana.Read(thread)).Text.ShouldContain("/v1/files/");
        (await Reads(house, shown.GetProperty("url").GetString()!)).ShouldBe(HttpStatusCode.OK);
        (await house.Kim.Post($"/v1/conversations/{other}/messages", new { content })).Refused(HttpStatusCode.Conflict, "file.taken");

        (await house.Kim.Delete($"{path}/{sent["seq"]}")).Expect(HttpStatusCode.OK);
        (await Reads(house, shown.GetProperty("url").GetString()!)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task PA2_What_is_filled_in_never_looks_like_a_file()
    {
        await using var house = await Lighthouse.Open();
        var fields = new[] { new { name = "name", type = "text", label = "Name" }, new { name = "size", type = "text", label = "Size" } };
        var ana = await house.Ana();
        var thread = await ana.Write("Hello");
        var (file, url) = await Upload(ana, "torn.txt");
        var seq = await Send(ana, thread, "one", file);
        (await house.Kim.Post($"/v1/conversations/{thread}/messages", new { content = new { type = "form", form = new { id = file, fields } } })).Expect(HttpStatusCode.Created);
        (await house.Kim.Post($"/v1/conversations/{thread}/messages", new { content = new { type = "quickReplies", text = "?", replies = new[] { new { id = file, text = "A" } } } })).Expect(HttpStatusCode.Created);
        (await ana.Delete($"/v1/widget/conversations/{thread}/messages/{seq}")).Expect(HttpStatusCode.OK);
        (await Reads(house, url)).ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>A picture of one dot.</summary>
    private static byte[] Pixel => Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static async Task<(string Id, string Url)> Upload(Browser ana, string name)
    {
        var answer = (await ana.Upload("/v1/widget/files", name, "text/plain", System.Text.Encoding.UTF8.GetBytes(name))).Expect(HttpStatusCode.Created);
        return (answer["id"], answer["url"]);
    }

    private static async Task<string> Send(Browser ana, string thread, string clientId, params string[] files) =>
        (await ana.Post($"/v1/widget/conversations/{thread}/messages", new { clientId, content = new { type = "file", files } })).Expect(HttpStatusCode.Created)["seq"];

    /// <summary>Whether the file can still be read, once the purging has seen everything that was written.</summary>
    private static async Task<HttpStatusCode> Reads(Lighthouse house, string url)
    {
        var head = await house.Services.GetRequiredService<Database>().Read(session => session.One<long>("select position from heads"));
        (await house.Services.GetRequiredService<Following>().Reached("purging", house.Workspace, head, TimeSpan.FromSeconds(10))).ShouldBeTrue();
        return (await house.Stranger().Get(url)).Status;
    }
}
