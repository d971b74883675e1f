using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Workspaces.Api;

public sealed class ChecklistApiTests
{
    [Fact, Trait("row", "OP3")]
    public async Task OP3_A_store_of_the_command_line_begins_with_all_steps_and_each_ticks_itself_by_what_is_there()
    {
        await using var it = await Lighthouse.Empty();
        (await it.Services.GetRequiredService<Hiring>().AddAgent("Kim", "kim@lighthouse.test", Lighthouse.Password, Role.Owner)).Refusal.ShouldBeNull();
        var kim = await it.SignIn("kim@lighthouse.test");
        (await Done(kim)).ShouldBeEmpty();
        (await kim.Get("/v1/checklist")).Has("inbox").ShouldBeFalse();

        var brand = (await kim.Get("/v1/brands")).Body.GetProperty("items")[0].GetProperty("id").GetString();
        (await kim.Patch($"/v1/brands/{brand}", new { name = "Lighthouse" })).Expect(HttpStatusCode.OK);
        (await Done(kim)).ShouldBe(["company"]);
        (await kim.Patch($"/v1/brands/{brand}", new { color = "#0f766e" })).Expect(HttpStatusCode.OK);
        (await Done(kim)).ShouldBe(["company", "look"]);

        var inbox = (await kim.Post("/v1/inboxes", new { name = "Shop", channel = "web" })).Expect(HttpStatusCode.Created)["id"];
        (await kim.Get("/v1/checklist"))["inbox"].ShouldBe(inbox);
        var site = it.Stranger();
        site.Headers["Origin"] = "https://shop.example";
        (await site.Get($"/v1/widget/inboxes/{inbox}")).Expect(HttpStatusCode.OK);
        (await Until(kim, "site")).ShouldBe(["company", "look", "site"]);

        var ana = it.Browser(inbox);
        (await ana.Begin()).Expect(HttpStatusCode.Created);
        await ana.Write("Is anybody there?");
        (await Done(kim)).ShouldBe(["company", "look", "site", "hello"]);

        var invitation = (await kim.Post("/v1/invitations", new { email = "noor@lighthouse.test" })).Expect(HttpStatusCode.Created)["id"];
        (await Done(kim)).ShouldBe(["company", "look", "site", "hello", "colleague"]);
        // Undone is undone: it is looked at, not noted.
        (await kim.Delete($"/v1/invitations/{invitation}")).Expect(HttpStatusCode.NoContent);
        (await Done(kim)).ShouldNotContain("colleague");
        (await kim.Post("/v1/agents", new { name = "Noor", email = "noor@lighthouse.test", password = Lighthouse.Password })).Expect(HttpStatusCode.Created);
        (await Done(kim)).ShouldContain("colleague");
    }

    [Fact, Trait("row", "OP3")]
    public async Task OP3_It_is_put_away_for_good_for_everybody_and_taken_out_again()
    {
        await using var it = await Lighthouse.Open();
        var noor = await it.Hire("Noor", Role.Admin);
        var ravi = await it.Hire("Ravi", Role.Supervisor);
        (await ravi.Get("/v1/checklist")).Expect(HttpStatusCode.Forbidden);
        (await ravi.Delete("/v1/checklist")).Expect(HttpStatusCode.Forbidden);
        (await it.Kim.Get("/v1/checklist"))["away"].ShouldBe("False");
        (await it.Kim.Delete("/v1/checklist")).Expect(HttpStatusCode.NoContent);
        (await it.Kim.Delete("/v1/checklist")).Expect(HttpStatusCode.NoContent);
        (await noor.Get("/v1/checklist"))["away"].ShouldBe("True");
        await it.Restart();
        (await it.Kim.Get("/v1/checklist"))["away"].ShouldBe("True");
        (await it.Kim.Put("/v1/checklist")).Expect(HttpStatusCode.NoContent);
        (await it.Kim.Get("/v1/checklist"))["away"].ShouldBe("False");
    }

    private static async Task<List<string>> Done(Person who) =>
        [.. (await who.Get("/v1/checklist")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Where(item => item.GetProperty("done").GetBoolean()).Select(item => item.GetProperty("step").GetString()!)];

    /// <summary>That a site called is noted after its answer.</summary>
    private static async Task<List<string>> Until(Person who, string step)
    {
        for (var tries = 0; tries < 100 && !(await Done(who)).Contains(step); tries++)
        {
            await Task.Delay(20);
        }

        return await Done(who);
    }
}
