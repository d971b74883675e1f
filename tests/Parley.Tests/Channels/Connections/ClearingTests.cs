using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Channels.Connections;
using Parley.Specs.Engines;
using Shouldly;

namespace Parley.Tests.Channels.Connections;

public class ClearingTests
{
    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_channel_whose_inbox_never_came_to_be_is_shown_to_nobody_and_goes(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Shore.Of(engine.Url);
        var store = it.House.Services.GetRequiredService<ConnectionStore>();
        var whole = (await store.Find(InboxId.Parse(it.Inbox)))!;
        // As it stands where the server ended before the inbox was made.
        var half = whole with { Inbox = InboxId.New(it.Clock) };
        await store.Save(half, new HashSet<string> { "secret", "token" });
        (await it.Kim.Get("/v1/channels")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Single().GetProperty("inbox").GetString().ShouldBe(it.Inbox);
        await Shore.Until(async () =>
        {
            it.Clock.Advance(TimeSpan.FromMinutes(20));
            return await store.Find(half.Inbox) is null;
        });
        (await store.Find(whole.Inbox)).ShouldNotBeNull();
    }
}
