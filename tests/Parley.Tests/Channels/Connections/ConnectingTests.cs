using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Channels.Connections;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Shouldly;

namespace Parley.Tests.Channels.Connections;

/// <summary>How channels are set up, over HTTP.</summary>
public class ConnectingTests
{
    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Set_up_twice_by_a_repeat_it_is_one_and_its_secrets_are_shown_once(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Shore.Of(engine.Url);
        it.Kim.Headers["Idempotency-Key"] = "again";
        var body = new { kind = "generic", name = "Second", settings = new { url = it.Url } };
        var first = (await it.Kim.Post("/v1/channels", body)).Expect(HttpStatusCode.Created);
        var again = await it.Kim.Post("/v1/channels", body);
        again["inbox"].ShouldBe(first["inbox"]);
        again.Has("made").ShouldBeFalse();
        it.Kim.Headers.Remove("Idempotency-Key");
        (await it.Kim.Get("/v1/channels")).Expect(HttpStatusCode.OK).Body.GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_change_that_was_under_way_brings_no_old_secret_back(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Shore.Of(engine.Url);
        var (store, connecting) = (it.House.Services.GetRequiredService<ConnectionStore>(), it.House.Services.GetRequiredService<Connecting>());
        var before = (await store.Find(InboxId.Parse(it.Inbox)))!;
        var made = await connecting.Remake(before, "token");
        (await connecting.Change(before, new Dictionary<string, JsonElement> { ["plain"] = JsonSerializer.SerializeToElement(true) })).ShouldBeNull();
        var after = (await store.Find(before.Inbox))!;
        after.Text("token").ShouldBe(made);
        after.Values["plain"].GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_number_has_an_end()
    {
        await using var it = await Shore.Of(null);
        (await it.Kim.Post("/v1/channels", new { kind = "generic", name = "Second", settings = new { url = it.Url, textLimit = 3_000_000_000 } })).Refused(HttpStatusCode.BadRequest, "settings.invalid");
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_channel_whose_secrets_are_lost_is_to_be_mended_and_breaks_nothing_else(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Shore.Of(engine.Url);
        var ana = await it.Said("ana", "Hello");
        await it.House.Services.GetRequiredService<Database>().Write(session => session.Execute("update channels set secrets = @none", new { none = new byte[] { 0 } }));
        (await it.Post(it.Inbox, it.Token, "ana", "Are you there?")).Refused(HttpStatusCode.ServiceUnavailable, "channel.off");
        await it.Answer(ana, "One");
        await Shore.Until(async () => await it.Standing() == "broken");
        (await it.State(ana)).ShouldBe("queued");
        (await it.Kim.Post($"/v1/channels/{it.Inbox}/test", new { }))["failure"].ShouldBe("misconfigured");
        // Its secrets are made anew: it goes.
        (await it.Kim.Post($"/v1/channels/{it.Inbox}/secrets/token", new { })).Expect(HttpStatusCode.OK);
        (await it.Kim.Post($"/v1/channels/{it.Inbox}/secrets/secret", new { })).Expect(HttpStatusCode.OK);
        it.Clock.Advance(TimeSpan.FromMinutes(6));
        await Shore.Until(async () => await it.State(ana) == "sent");
    }
}
