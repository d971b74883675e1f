using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Channels;
using Parley.Channels.Delivering;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Specs.Engines;
using Shouldly;

namespace Parley.Tests.Channels.Delivering;

/// <summary>What goes out piece by piece, and what may have arrived, in the whole product.</summary>
public class HandoverTests
{
    private const string Long = "The genoa is for wind from ahead. The jib is for much wind. The spinnaker is for wind from behind.";

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_may_have_arrived_has_not_failed_because_the_window_closed(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Shore.Of(engine.Url, new { windowHours = 24 });
        var ana = await it.Said("ana", "Hello");
        it.Answers = (_, _) => 0;
        await it.Answer(ana, "One");
        await Shore.Until(async () => await it.Code(ana) == "outcomeUnknown");
        it.Answers = (_, _) => 200;
        it.Clock.Advance(TimeSpan.FromHours(25));
        await Shore.Until(async () => await it.State(ana) is "unknown" or "failed");
        (await it.State(ana)).ShouldBe("unknown");
        await Shore.Until(async () => (await it.Missed(ana)).SequenceEqual(["outcomeUnknown"]));
    }

    [Fact]
    public async Task A_file_that_goes_as_a_link_can_be_fetched_for_as_long_as_its_message_is_read()
    {
        await using var it = await Shore.Of(null);
        var (readying, links) = (it.House.Services.GetRequiredService<Readying>(), it.House.Services.GetRequiredService<FileLinks>());
        var file = new FileCard(FileId.New(it.Clock), "plan.pdf", 1, "application/pdf");
        var (chat, mail) = (Token(new Capabilities()), Token(new Capabilities { LinkDays = 30 }));
        it.Clock.Advance(TimeSpan.FromDays(4));
        (links.Allows(file.Id, chat), links.Allows(file.Id, mail)).ShouldBe((false, true));
        it.Clock.Advance(TimeSpan.FromDays(28));
        links.Allows(file.Id, mail).ShouldBeFalse();

        string Token(Capabilities can) => readying.File(file, can).Url.Split("?t=")[1];
    }

    [Fact]
    public async Task What_went_out_in_part_goes_on_as_it_began_though_it_was_changed()
    {
        await using var it = await Shore.Of(null, new { plain = true, textLimit = 40 });
        var ana = await it.Said("ana", "Which sails have you?");
        it.Answers = (_, text) => text.StartsWith("The genoa", StringComparison.Ordinal) ? 200 : 503;
        var seq = await it.Answer(ana, Long);
        await Shore.Until(async () => await it.Code(ana) == "unreachable");
        (await it.Kim.Patch($"/v1/conversations/{ana}/messages/{seq}", new { content = new { type = "text", text = "Short." } })).Status.ShouldBe(HttpStatusCode.OK);
        it.Answers = (_, _) => 200;
        it.Clock.Advance(TimeSpan.FromMinutes(1));
        await Shore.Until(async () => await it.State(ana) == "sent");
        string.Join(" ", it.Took.Select(one => one.Text)).ShouldBe(Long);
    }

    [Fact]
    public async Task What_is_cut_otherwise_meanwhile_is_not_gone_on_with_and_the_thread_says_so()
    {
        await using var it = await Shore.Of(null, new { plain = true, textLimit = 40 });
        var ana = await it.Said("ana", "Which sails have you?");
        it.Answers = (_, text) => text.StartsWith("The genoa", StringComparison.Ordinal) ? 200 : 503;
        await it.Answer(ana, Long);
        await Shore.Until(async () => await it.Code(ana) == "unreachable");
        it.Answers = (_, _) => 200;
        (await it.Kim.Patch($"/v1/channels/{it.Inbox}", new { settings = new { textLimit = 25 } })).Expect(HttpStatusCode.OK);
        await Shore.Until(async () => await it.State(ana) == "unknown");
        it.Took.Count.ShouldBe(1);
        await Shore.Until(async () => (await it.Missed(ana)).SequenceEqual(["outcomeUnknown"]));
    }
}
