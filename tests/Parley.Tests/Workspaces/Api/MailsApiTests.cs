using System.Net;
using System.Text.Json;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Workspaces.Api;

public sealed class MailsApiTests
{
    [Fact, Trait("row", "OP3")]
    public async Task OP3_While_the_server_takes_nothing_it_is_seen_what_waits_and_one_is_sent_at_once_by_hand()
    {
        await using var sink = new MailSink { Recipient = "451 come again later" };
        await using var it = await Lighthouse.Open(sink.Settings);
        (await it.Kim.Get("/v1/mails")).Expect(HttpStatusCode.OK)["waiting"].ShouldBe("0");
        await it.Kim.Post("/v1/invitations", new { email = "noor@lighthouse.test" });
        var mail = await Held(it.Kim);
        (mail.GetProperty("kind").GetString(), mail.GetProperty("to").GetString(), mail.GetProperty("givenUp").GetBoolean()).ShouldBe(("invitation", "noor@lighthouse.test", false));
        mail.GetProperty("nextAt").GetDateTimeOffset().ShouldBe(it.Clock.GetUtcNow() + TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5));
        mail.GetProperty("attempts")[0].GetProperty("outcome").GetString()!.ShouldContain("451 come again later");
        var all = await it.Kim.Get("/v1/mails");
        (all["enabled"], all["waiting"], all["givenUp"]).ShouldBe(("True", "1", "0"));

        sink.Recipient = "250 yes";
        (await it.Kim.Post($"/v1/mails/{mail.GetProperty("id").GetString()}/retry")).Expect(HttpStatusCode.NoContent);
        (await sink.To("noor@lighthouse.test")).ShouldContain("/join#");
        for (var tries = 0; tries < 100 && (await it.Kim.Get("/v1/mails"))["waiting"] != "0"; tries++)
        {
            await Task.Delay(20);
        }

        (await it.Kim.Get("/v1/mails")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_What_is_given_up_is_dropped_by_those_of_the_workspace_who_administer()
    {
        await using var sink = new MailSink { Recipient = "550 nobody of that name" };
        await using var it = await Lighthouse.Open(sink.Settings);
        await it.Kim.Post("/v1/invitations", new { email = "noor@lighthouse.test" });
        var id = (await Held(it.Kim)).GetProperty("id").GetString();
        (await it.Kim.Get("/v1/mails"))["givenUp"].ShouldBe("1");
        var ravi = await it.Hire("Ravi", Role.Supervisor);
        (await ravi.Get("/v1/mails")).Expect(HttpStatusCode.Forbidden);
        (await ravi.Delete($"/v1/mails/{id}")).Expect(HttpStatusCode.Forbidden);
        (await it.Kim.Delete($"/v1/mails/{id}")).Expect(HttpStatusCode.NoContent);
        (await it.Kim.Delete($"/v1/mails/{id}")).Expect(HttpStatusCode.NotFound);
        (await it.Kim.Get("/v1/mails"))["givenUp"].ShouldBe("0");
    }

    private static async Task<JsonElement> Held(Person who)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            if ((await who.Get("/v1/mails")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } mail)
            {
                return mail;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("No mail failed.");
    }
}
