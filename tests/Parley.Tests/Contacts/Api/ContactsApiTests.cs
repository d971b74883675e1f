using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Contacts.Api;

public class ContactsApiTests
{
    [Fact]
    public async Task An_agent_sees_who_it_is_and_how_that_is_known()
    {
        await using var it = await Lighthouse.Open();
        var ana = it.Browser();
        ana.Headers["User-Agent"] = "Mozilla/5.0 (a browser)";
        (await ana.Begin(it.Vouch("user-7", "Ana", "ana@example.test"), new { url = "https://shop.example/sails?token=secret#top", title = "Sails", referrer = "https://search.example/?q=sails" }, consent: true))
            .Expect(HttpStatusCode.Created);
        await ana.Write("Hello");
        var contact = (await it.Kim.Get($"/v1/contacts/{ana.Visitor}")).Expect(HttpStatusCode.OK);
        contact["name"].ShouldBe("Ana");
        contact["email"].ShouldBe("ana@example.test");
        contact["verified"].ShouldBe("True");
        contact.Body.GetProperty("identities").EnumerateArray().Select(one => (one.GetProperty("kind").GetString(), one.GetProperty("verified").GetBoolean()))
            .ShouldBe([("site", true), ("email", false)]);
        contact["page.url"].ShouldBe("https://shop.example/sails");
        contact["page.referrer"].ShouldBe("https://search.example/");
        contact.Text.ShouldNotContain("secret");
        contact.Body.GetProperty("devices")[0].GetProperty("agent").GetString().ShouldBe("Mozilla/5.0 (a browser)");
    }

    [Fact]
    public async Task What_a_guest_typed_before_the_first_word_stands_beside_it_as_a_claim()
    {
        await using var it = await Lighthouse.Open();
        var ben = await it.Ben();
        (await ben.Patch("/v1/widget/me", new { name = "Ben", email = "ben@example.test" })).Expect(HttpStatusCode.OK);
        (await it.Kim.Get($"/v1/contacts/{ben.Visitor}")).Refused(HttpStatusCode.NotFound, "contact.unknown");
        await ben.Write("Hello");
        var contact = (await it.Kim.Get($"/v1/contacts/{ben.Visitor}")).Expect(HttpStatusCode.OK);
        contact["name"].ShouldBe("Ben");
        contact["verified"].ShouldBe("False");
        contact.Body.GetProperty("identities").EnumerateArray().Single().GetProperty("by").GetString().ShouldBe("typed");
    }

    [Fact]
    public async Task An_agents_word_for_a_name_stands_above_what_was_typed()
    {
        await using var it = await Lighthouse.Open();
        var ben = await it.Ben();
        await ben.Write("Hello");
        (await it.Kim.Patch($"/v1/contacts/{ben.Visitor}", new { name = "Ben Carter", phone = "+44 20 7946 0000" })).Expect(HttpStatusCode.OK)["phone"].ShouldBe("+44 20 7946 0000");
        (await ben.Patch("/v1/widget/me", new { name = "King of the Sea" })).Expect(HttpStatusCode.OK);
        (await it.Kim.Get($"/v1/contacts/{ben.Visitor}")).Expect(HttpStatusCode.OK)["name"].ShouldBe("Ben Carter");
        (await it.Kim.Patch($"/v1/contacts/{ben.Visitor}", new { phone = "call me" })).Refused(HttpStatusCode.BadRequest, "phone.invalid");
    }

    [Fact]
    public async Task A_contact_of_an_inbox_that_is_closed_to_an_agent_is_not_there_for_them()
    {
        await using var it = await Lighthouse.Open();
        var team = (await it.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        var noor = await it.Hire("Noor");
        var ravi = await it.Hire("Ravi", Role.Agent, team);
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        var ana = await it.Ana();
        await ana.Write("Hello");
        (await ravi.Get($"/v1/contacts/{ana.Visitor}")).Expect(HttpStatusCode.OK);
        (await noor.Get($"/v1/contacts/{ana.Visitor}")).Refused(HttpStatusCode.NotFound, "contact.unknown");
        (await noor.Patch($"/v1/contacts/{ana.Visitor}", new { name = "X" })).Refused(HttpStatusCode.NotFound, "contact.unknown");
        (await it.Kim.Get($"/v1/contacts/{ana.Visitor}")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_contact_of_another_workspace_is_unknown()
    {
        await using var it = await Lighthouse.Open();
        var ana = await it.Ana();
        await ana.Write("Hello");
        var hiring = it.Services.GetRequiredService<Hiring>();
        var (other, _) = await hiring.AddWorkspace("Harbour");
        (await hiring.AddAgent("Mia", "mia@harbour.test", Lighthouse.Password, Role.Owner, other)).Refusal.ShouldBeNull();
        var mia = await it.SignIn("mia@harbour.test");
        (await mia.Get($"/v1/contacts/{ana.Visitor}")).Refused(HttpStatusCode.NotFound, "contact.unknown");
        (await mia.Get($"/v1/inboxes/{it.Inbox}")).Refused(HttpStatusCode.NotFound, "inbox.unknown");
        (await mia.Patch($"/v1/agents/{it.Kim.Id}", new { name = "X" })).Refused(HttpStatusCode.NotFound, "agent.unknown");
        (await mia.Post($"/v1/contacts/{ana.Visitor}/erasure", new { reason = "x" })).Refused(HttpStatusCode.NotFound, "contact.unknown");
    }

    [Fact]
    public async Task Who_is_forgotten_leaves_no_word_behind()
    {
        await using var it = await Lighthouse.Open();
        var ana = await it.Ana();
        var thread = await ana.Write("A guest's xyzzy");
        var guest = ana.Visitor;
        (await ana.Begin(it.Vouch("user-xyzzy", "Xyzzy", "xyzzy@example.test"))).Expect(HttpStatusCode.Created);
        await ana.Say(thread, "More xyzzy");
        (await it.Kim.Post($"/v1/contacts/{guest}/erasure", new { reason = "asked for it" })).Expect(HttpStatusCode.OK)["conversations"].ShouldBe("1");
        (await ana.Read(thread)).Refused(HttpStatusCode.Unauthorized, "auth.invalid");
        (await it.Kim.Get($"/v1/conversations/{thread}/timeline")).Text.ShouldNotContain("xyzzy", Case.Insensitive);
        (await it.Kim.Get($"/v1/contacts/{ana.Visitor}")).Text.ShouldNotContain("xyzzy", Case.Insensitive);
        (await Words(it)).ShouldBe(0);
        // Again does no harm; and the same user is a new person.
        (await it.Kim.Post($"/v1/contacts/{ana.Visitor}/erasure", new { reason = "asked again" })).Expect(HttpStatusCode.OK);
        var anew = await it.Ana("user-xyzzy");
        anew.Visitor.ShouldNotBe(ana.Visitor);
        (await anew.Threads()).ShouldBeEmpty();
    }

    private static Task<long> Words(Lighthouse it) => it.Services.GetRequiredService<Database>().Read(session => session.One<long>(
        """
        select (select count(*) from entries where lower(body) like '%xyzzy%' or lower(envelope) like '%xyzzy%')
             + (select count(*) from states where lower(json) like '%xyzzy%')
             + (select count(*) from claims where lower(key) like '%xyzzy%')
        """));
}
