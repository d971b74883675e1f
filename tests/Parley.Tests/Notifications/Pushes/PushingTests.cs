using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Tests.Cast;
using Parley.Tests.Platform.Push;
using Shouldly;

namespace Parley.Tests.Notifications.Pushes;

public sealed class PushingTests
{
    private static readonly TimeSpan Ten = TimeSpan.FromSeconds(11);

    [Fact, Trait("row", "OP7")]
    public async Task OP7_Whoever_has_closed_the_console_is_told_of_theirs_and_of_new_ones_until_somebody_takes_them()
    {
        await using var sink = new PushSink();
        await using var it = await Lighthouse.Open(PushSink.Settings);
        var noor = await it.Hire("Noor");
        var kims = await Subscribed(it.Kim, sink);
        var noors = await Subscribed(noor, sink, "de");
        var ana = await it.Ana("ana-1");
        var thread = await ana.Write("Is my sail ready?");
        await Read(it);
        it.Clock.Advance(Ten);
        var push = await sink.To(noors);
        Fields(push).ShouldBe(("team", thread, "de", "Ana", "Is my sail ready?"));
        VapidTests.Claims(push.Authorization).GetProperty("aud").GetString().ShouldBe(sink.Address.TrimEnd('/'));
        await sink.To(kims);

        // Noor answers from her telephone: for Kim it disappears.
        (await noor.Post($"/v1/conversations/{thread}/messages", new { clientId = "a", content = new { type = "text", text = "It is." } })).Expect(HttpStatusCode.Created);
        await Read(it);
        (await sink.To(kims, 2)).Said.GetProperty("kind").GetString().ShouldBe("taken");
        (await ana.Say(thread, "Wonderful!")).Expect(HttpStatusCode.Created);
        await Read(it);
        it.Clock.Advance(Ten);
        Fields(await sink.To(noors, 2)).ShouldBe(("mine", thread, "de", "Ana", "Wonderful!"));

        (await noor.Post($"/v1/conversations/{thread}/notes", new { clientId = "n", text = "Kim, please look", mentions = new[] { it.Kim.Id } })).Expect(HttpStatusCode.Created);
        await Read(it);
        it.Clock.Advance(Ten);
        (await sink.To(kims, 3)).Said.GetProperty("kind").GetString().ShouldBe("mention");
        await Task.Delay(300);
        sink.Pushes.Count(each => each.Browser == noors).ShouldBe(2, "Nobody is told what they did themselves.");
        sink.Pushes.Count(each => each.Browser == kims).ShouldBe(3);
    }

    [Fact, Trait("row", "OP7")]
    public async Task OP7_Nothing_is_pushed_that_was_taken_is_not_wanted_or_comes_in_quiet_hours()
    {
        await using var sink = new PushSink();
        await using var it = await Lighthouse.Open(PushSink.Settings);
        var noor = await it.Hire("Noor");
        var noors = await Subscribed(noor, sink);
        var ana = await it.Ana();
        // Kim takes it within the ten seconds.
        var thread = await ana.Write("Hello?");
        (await it.Kim.Post($"/v1/conversations/{thread}/messages", new { clientId = "a", content = new { type = "text", text = "Yes?" } })).Expect(HttpStatusCode.Created);
        await Read(it);
        it.Clock.Advance(Ten);
        (await noor.Put("/v1/me/push", new { kinds = new { mine = true, team = false, mention = true, promise = true } })).Expect(HttpStatusCode.OK)["kinds.team"].ShouldBe("False");
        await (await it.Ben()).Write("Not wanted.");
        await Read(it);
        it.Clock.Advance(Ten);
        (await noor.Put("/v1/me/push", new { quiet = new { from = "22:00", to = "25:00", zone = "UTC" } })).Refused(HttpStatusCode.BadRequest, "quiet.invalid");
        (await noor.Put("/v1/me/push", new { quiet = new { from = "00:00", to = "23:59", zone = "UTC" } })).Expect(HttpStatusCode.OK);
        await (await it.Ana("ana-2")).Write("In the night.");
        await Read(it);
        it.Clock.Advance(Ten);
        await Task.Delay(400);
        sink.Pushes.ShouldBeEmpty();
        (await noor.Post("/v1/me/push/test")).Expect(HttpStatusCode.OK)["sent"].ShouldBe("1");
        (await sink.To(noors)).Said.GetProperty("kind").GetString().ShouldBe("test");
    }

    [Fact]
    public async Task A_browser_that_wants_none_any_more_is_forgotten_and_a_service_that_cannot_is_asked_again()
    {
        await using var sink = new PushSink { Status = 503 };
        await using var it = await Lighthouse.Open(PushSink.Settings);
        var kims = await Subscribed(it.Kim, sink);
        var ana = await it.Ana();
        await ana.Write("Hello?");
        await Read(it);
        it.Clock.Advance(Ten);
        await Task.Delay(300);
        sink.Pushes.ShouldBeEmpty();
        sink.Status = 201;
        it.Clock.Advance(TimeSpan.FromSeconds(31));
        await sink.To(kims);

        sink.Status = 410;
        (await it.Kim.Post("/v1/me/push/test")).Expect(HttpStatusCode.OK)["gone"].ShouldBe("1");
        (await it.Kim.Get("/v1/me/push")).Body.GetProperty("devices").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Private_pushes_name_nobody_and_a_restart_tells_nothing_twice()
    {
        await using var sink = new PushSink();
        await using var it = await Lighthouse.Open([.. PushSink.Settings, ("push.private", "true")]);
        var kims = await Subscribed(it.Kim, sink);
        var ana = await it.Ana("ana-1");
        var thread = await ana.Write("My secret harbour");
        await it.Restart(() => it.Clock.Advance(Ten));
        var push = await sink.To(kims);
        push.Said.ToString().ShouldNotContain("Ana");
        push.Said.ToString().ShouldNotContain("secret");
        push.Said.GetProperty("conversation").GetString().ShouldBe(thread);
        await it.Restart();
        await it.Services.GetRequiredService<Following>().Rebuild("pushes");
        await Read(it);
        it.Clock.Advance(Ten);
        await Task.Delay(400);
        sink.Pushes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Only_browsers_are_told_that_say_keys_and_a_service_and_signing_out_ends_it()
    {
        await using var sink = new PushSink();
        await using var it = await Lighthouse.Open();
        var (_, device) = sink.Subscribe();
        (await it.Kim.Post("/v1/me/push/devices", device)).Refused(HttpStatusCode.BadRequest, "device.invalid");
        (await it.Kim.Post("/v1/me/push/devices", new { endpoint = "https://push.example/x", keys = new { p256dh = "AAAA", auth = "!" } })).Refused(HttpStatusCode.BadRequest, "device.invalid");

        await using var open = await Lighthouse.Open(PushSink.Settings);
        await Subscribed(open.Kim, sink);
        var id = (await open.Kim.Get("/v1/me/push")).Body.GetProperty("devices")[0].GetProperty("id").GetString();
        var noor = await open.Hire("Noor");
        (await noor.Delete($"/v1/me/push/devices/{id}")).Expect(HttpStatusCode.NotFound);
        var kim = await open.SignIn("kim@lighthouse.test");
        (await open.Kim.Delete("/v1/session")).Expect(HttpStatusCode.NoContent);
        await Read(open);
        (await kim.Get("/v1/me/push")).Body.GetProperty("devices").GetArrayLength().ShouldBe(0);
    }

    private static async Task<string> Subscribed(Person who, PushSink sink, string language = "en")
    {
        var (name, device) = sink.Subscribe(language);
        (await who.Post("/v1/me/push/devices", device)).Expect(HttpStatusCode.Created)["name"].ShouldBe(name);
        return name;
    }

    private static (string?, string?, string?, string?, string?) Fields(Pushed push)
    {
        string? Of(string name) => push.Said.TryGetProperty(name, out var value) ? value.GetString() : null;
        return (Of("kind"), Of("conversation"), Of("language"), Of("name"), Of("text"));
    }

    private static async Task Read(Lighthouse it)
    {
        var head = (await it.Services.GetRequiredService<LogReader>().Head(it.Workspace))!.Value.Position;
        (await it.Services.GetRequiredService<Following>().Reached("pushes", it.Workspace, head, TimeSpan.FromSeconds(10))).ShouldBeTrue();
    }
}
