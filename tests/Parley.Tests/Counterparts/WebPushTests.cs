using System.Buffers.Text;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Platform.Push;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Counterparts;

public sealed class WebPushTests
{
    [SkippableFact, Trait("row", "OP7")]
    public async Task OP7_Somebody_elses_push_service_takes_ours_and_reads_what_we_wrote()
    {
        Skip.If(WebPushTesting.Missing is not null, WebPushTesting.Missing);
        await using var service = await WebPushTesting.Start();
        await using var it = await Lighthouse.Open(PushSink.Settings);
        // It holds the time of the signature against its own clock.
        it.Clock.Advance(TimeProvider.System.GetUtcNow() - it.Clock.GetUtcNow());
        var kim = await it.SignIn("kim@lighthouse.test");
        var key = (await kim.Get("/v1/me/push")).Expect(HttpStatusCode.OK)["publicKey"];
        var (telephone, laptop) = (await service.Subscribe(key), await service.Subscribe(key));
        (await kim.Post("/v1/me/push/devices", telephone.Device("de"))).Expect(HttpStatusCode.Created);
        (await kim.Post("/v1/me/push/devices", laptop.Device())).Expect(HttpStatusCode.Created);
        (await kim.Post("/v1/me/push/test")).Expect(HttpStatusCode.OK)["sent"].ShouldBe("2");
        (await service.Told(telephone, 1))[0].GetProperty("kind").GetString().ShouldBe("test");

        var ana = await it.Ana("ana-1");
        var thread = await ana.Write("Habt ihr Öljacken? 🧥 " + new string('ö', 300));
        await Read(it);
        it.Clock.Advance(TimeSpan.FromSeconds(11));
        var said = (await service.Told(telephone, 2))[1];
        (said.GetProperty("kind").GetString(), said.GetProperty("conversation").GetString(), said.GetProperty("language").GetString(), said.GetProperty("name").GetString()).ShouldBe(("team", thread, "de", "Ana"));
        said.GetProperty("text").GetString()!.ShouldStartWith("Habt ihr Öljacken? 🧥 ö");
        (await service.Told(laptop, 2))[1].GetProperty("language").GetString().ShouldBe("en");

        // 410: that browser is forgotten, the other is not.
        await service.Expire(laptop);
        (await kim.Post("/v1/me/push/test")).Expect(HttpStatusCode.OK).Text.ShouldContain("\"sent\":1,\"gone\":1,\"failed\":0");
        (await kim.Get("/v1/me/push")).Body.GetProperty("devices").GetArrayLength().ShouldBe(1);
    }

    [SkippableFact]
    public async Task A_push_that_another_key_signed_or_another_browsers_key_encrypted_is_refused()
    {
        Skip.If(WebPushTesting.Missing is not null, WebPushTesting.Missing);
        await using var service = await WebPushTesting.Start();
        await using var it = await Lighthouse.Open(PushSink.Settings);
        it.Clock.Advance(TimeProvider.System.GetUtcNow() - it.Clock.GetUtcNow());
        var sending = it.Services.GetRequiredService<PushSending>();
        var key = await it.Services.GetRequiredService<Vapid>().PublicKey();
        var (one, other) = (await service.Subscribe(key), await service.Subscribe(key));
        (await Send(sending, one, one)).ShouldBe(PushOutcome.Accepted);
        (await Send(sending, one, other)).ShouldBe(PushOutcome.Refused);
        var stranger = await service.Subscribe(Base64Url.EncodeToString(PushSink.Browser("https://push.example/x").P256dh));
        (await Send(sending, stranger, stranger)).ShouldBe(PushOutcome.Refused);
        // What was signed long ago is no signature of ours any more.
        it.Clock.Advance(TimeSpan.FromDays(-2));
        (await Send(sending, one, one)).ShouldBe(PushOutcome.Refused);
        (await service.Told(one, 1)).Count.ShouldBe(1);
    }

    private static async Task<PushOutcome> Send(PushSending sending, WebPushTesting.Subscribed to, WebPushTesting.Subscribed keys) => (await sending.Send(
        new PushTarget(to.Endpoint, Base64Url.DecodeFromChars(keys.P256dh), Base64Url.DecodeFromChars(keys.Auth)), """{"kind":"test"}"""u8.ToArray(), TimeSpan.FromMinutes(1))).Outcome;

    private static async Task Read(Lighthouse it)
    {
        var head = (await it.Services.GetRequiredService<LogReader>().Head(it.Workspace))!.Value.Position;
        (await it.Services.GetRequiredService<Following>().Reached("pushes", it.Workspace, head, TimeSpan.FromSeconds(10))).ShouldBeTrue();
    }
}
