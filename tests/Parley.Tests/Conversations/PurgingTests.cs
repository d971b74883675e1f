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
