using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Contacts.Api;

public class MergingApiTests
{
    [SkippableTheory, Trait("row", "PA6")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task PA6_Two_contacts_become_one_person_after_a_look_at_what_it_will_be(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        var (ana, guest) = (await house.Ana("user-7"), await house.Ben());
        var hers = await ana.Write("Hello");
        (await guest.Patch("/v1/widget/me", new { name = "Nan", email = "nan@example.test" })).Expect(HttpStatusCode.OK);
        var his = await guest.Write("Hi, it is me, on the boat");
        (await house.Kim.Patch($"/v1/contacts/{guest.Visitor}", new { phone = "+44 20 7946 0000" })).Expect(HttpStatusCode.OK);
        (await house.Kim.Post($"/v1/contacts/{guest.Visitor}/notes", new { text = "Sails a Laser" })).Expect(HttpStatusCode.Created);

        var preview = (await house.Kim.Get($"/v1/contacts/{guest.Visitor}/merge?into={ana.Visitor}")).Expect(HttpStatusCode.OK);
        (preview["fromName"], preview["into.name"], preview["into.email"], preview["into.phone"], preview["conversations"]).ShouldBe(("Nan", "Ana", "ana@example.test", "+44 20 7946 0000", "1"));
        preview.Body.GetProperty("left").EnumerateArray().Select(one => one.GetString()).ShouldBe(["Nan", "nan@example.test"]);
        (await house.Kim.Get($"/v1/contacts/{guest.Visitor}"))["name"].ShouldBe("Nan", "Nothing is done by looking.");

        var after = (await house.Kim.Post($"/v1/contacts/{guest.Visitor}/merge", new { into = ana.Visitor })).Expect(HttpStatusCode.OK);
        (after["id"], after["name"], after["phone"]).ShouldBe((ana.Visitor, "Ana", "+44 20 7946 0000"));
        after.Body.GetProperty("identities").EnumerateArray().Select(one => one.GetProperty("value").GetString()).ShouldContain("nan@example.test");

        // Old links lead on: under either name it is the one person, with all that was said and noted.
        await house.Restart();
        foreach (var id in new[] { guest.Visitor, ana.Visitor })
        {
            (await house.Kim.Get($"/v1/contacts/{id}")).Expect(HttpStatusCode.OK)["id"].ShouldBe(ana.Visitor);
            (await Ids(house.Kim, $"/v1/contacts/{id}/conversations")).ShouldBe([his, hers], ignoreOrder: true);
            (await house.Kim.Get($"/v1/contacts/{id}/notes")).Body.GetProperty("items")[0].GetProperty("text").GetString().ShouldBe("Sails a Laser");
        }

        (await house.Kim.Get($"/v1/conversations/{his}"))["contact.name"].ShouldBe("Ana");
        (await house.Kim.Post($"/v1/contacts/{guest.Visitor}/merge", new { into = ana.Visitor })).Refused(HttpStatusCode.BadRequest, "merge.self");
    }

    [Fact, Trait("row", "PA6")]
    public async Task PA6_An_agents_word_shows_no_customer_what_they_had_not_seen()
    {
        await using var house = await Lighthouse.Open();
        var (ana, guest) = (await house.Ana("user-7"), await house.Ben());
        var hers = await ana.Write("My address is 7 Secret Street");
        var his = await guest.Write("Hi");
        (await house.Kim.Post($"/v1/contacts/{guest.Visitor}/merge", new { into = ana.Visitor })).Expect(HttpStatusCode.OK);
        (await guest.Threads()).ShouldBe([his]);
        (await ana.Threads()).ShouldBe([hers]);
        (await guest.Read(hers)).Refused(HttpStatusCode.NotFound, "conversation.unknown");
        // They go on as they were, in what they have open and when they come back.
        (await guest.Say(his, "Still me")).Expect(HttpStatusCode.Created);
        var back = (await guest.Begin()).Expect(HttpStatusCode.Created);
        (back["visitor.id"], back.Text.Contains("ana@example.test", StringComparison.Ordinal), (await guest.Threads()).Single()).ShouldBe((guest.Visitor, false, his));
        var again = await guest.Write("Another matter");
        (await house.Kim.Get($"/v1/conversations/{again}"))["contact.id"].ShouldBe(ana.Visitor, "For colleagues it is the one person from now on.");
        // Who is blocked is blocked as whoever.
        (await house.Kim.Put($"/v1/contacts/{ana.Visitor}/block")).Expect(HttpStatusCode.OK);
        (await guest.Say(his, "Let me in")).Refused(HttpStatusCode.Forbidden, "contact.blocked");
    }

    [Fact, Trait("row", "PA6")]
    public async Task PA6_With_itself_across_workspaces_and_with_what_is_erased_it_is_refused_with_the_field()
    {
        await using var house = await Lighthouse.Open();
        var (ana, guest, gone) = (await house.Ana("user-7"), await house.Ben(), await house.Ben());
        await ana.Write("Hello");
        await guest.Write("Hi");
        await gone.Write("Forget me");
        (await house.Kim.Post($"/v1/contacts/{gone.Visitor}/erasure", new { reason = "asked" })).Expect(HttpStatusCode.OK);
        var (other, _) = await house.Services.GetRequiredService<Hiring>().AddWorkspace("Harbour");
        (await house.Services.GetRequiredService<Hiring>().AddAgent("Mia", "mia@harbour.test", Lighthouse.Password, Role.Owner, other)).Refusal.ShouldBeNull();
        var mia = await house.SignIn("mia@harbour.test");
        var harbour = (await mia.Post("/v1/inboxes", new { name = "Harbour", channel = "web" })).Expect(HttpStatusCode.Created)["id"];
        var theirs = house.Browser(harbour);
        (await theirs.Begin()).Expect(HttpStatusCode.Created);
        await theirs.Write("Ahoy");

        foreach (var (into, status, code) in new[]
        {
            (guest.Visitor, HttpStatusCode.BadRequest, "merge.self"), (theirs.Visitor, HttpStatusCode.BadRequest, "merge.unknown"), (gone.Visitor, HttpStatusCode.Conflict, "merge.erased"),
        })
        {
            (await house.Kim.Get($"/v1/contacts/{guest.Visitor}/merge?into={into}")).Refused(status, code);
            (await house.Kim.Post($"/v1/contacts/{guest.Visitor}/merge", new { into })).Refused(status, code).Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("into");
        }

        (await mia.Post($"/v1/contacts/{guest.Visitor}/merge", new { into = theirs.Visitor })).Refused(HttpStatusCode.NotFound, "contact.unknown");
        // Of a person who is forgotten all is gone, whoever they were here.
        (await house.Kim.Post($"/v1/contacts/{guest.Visitor}/merge", new { into = ana.Visitor })).Expect(HttpStatusCode.OK);
        (await house.Kim.Post($"/v1/contacts/{guest.Visitor}/erasure", new { reason = "asked" })).Expect(HttpStatusCode.OK)["conversations"].ShouldBe("2");
    }

    [Fact, Trait("row", "PA6")]
    public async Task PA6_Whoever_was_merged_is_still_proven_to_be_themselves_and_guests_join_them_as_before()
    {
        await using var house = await Lighthouse.Open();
        var (ana, work) = (await house.Ana("user-7"), await house.Ben("user-8"));
        var (hers, his) = (await ana.Write("Hello"), await work.Write("From work"));
        (await house.Kim.Post($"/v1/contacts/{work.Visitor}/merge", new { into = ana.Visitor })).Expect(HttpStatusCode.OK);
        var phone = await house.Ben();
        var there = await phone.Write("From my telephone");
        (await phone.Begin(house.Vouch("user-8", "Ben"))).Expect(HttpStatusCode.Created)["visitor.id"].ShouldBe(work.Visitor);
        (await phone.Threads()).ShouldBe([there, his], ignoreOrder: true);
        (await Ids(house.Kim, $"/v1/contacts/{ana.Visitor}/conversations")).ShouldBe([there, his, hers], ignoreOrder: true);
    }

    private static async Task<List<string>> Ids(Person who, string path) =>
        [.. (await who.Get(path)).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];
}
