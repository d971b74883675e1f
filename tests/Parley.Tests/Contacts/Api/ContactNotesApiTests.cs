using System.Net;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Contacts.Api;

public class ContactNotesApiTests
{
    [SkippableTheory, Trait("row", "MS26")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task MS26_Colleagues_note_what_they_know_of_a_person_and_what_it_said_before_can_be_looked_up(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        var (noor, ben) = (await house.Hire("Noor"), await house.Ben());
        var thread = await ben.Write("Hi");
        var first = (await house.Kim.Post($"/v1/contacts/{ben.Visitor}/notes", new { text = "Sails a Laser" })).Expect(HttpStatusCode.Created);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        (await noor.Post($"/v1/contacts/{ben.Visitor}/notes", new { text = "Calls at night" })).Expect(HttpStatusCode.Created)["name"].ShouldBe("Noor");
        var path = $"/v1/contacts/{first["contact"]}/notes/{first["seq"]}";
        (await noor.Patch(path, new { text = "No" })).Refused(HttpStatusCode.Forbidden, "note.notOwn");
        var edited = (await house.Kim.Patch(path, new { text = "Sails a 470" })).Expect(HttpStatusCode.OK);
        (edited["text"], edited.Body.GetProperty("versions")[0].GetProperty("text").GetString()).ShouldBe(("Sails a 470", "Sails a Laser"));
        (await Texts(house.Kim, ben)).ShouldBe(["Calls at night", "Sails a 470"]);
        (await ben.Read(thread)).Text.ShouldNotContain("470");

        (await noor.Delete(path)).Refused(HttpStatusCode.Forbidden, "note.notOwn");
        (await house.Kim.Delete(path)).Expect(HttpStatusCode.NoContent);
        (await Texts(house.Kim, ben)).ShouldBe(["Calls at night"]);
        (await house.Kim.Delete(path)).Refused(HttpStatusCode.NotFound, "note.unknown");
        (await house.Kim.Post($"/v1/contacts/{ben.Visitor}/notes", new { text = " " })).Refused(HttpStatusCode.BadRequest, "note.empty");
        (await ben.Get($"/v1/contacts/{ben.Visitor}/notes")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Whoever_may_not_see_the_person_sees_no_note_and_whoever_looks_hears_of_a_new_one()
    {
        await using var house = await Lighthouse.Open();
        var team = (await house.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        var (noor, ben) = (await house.Hire("Noor"), await house.Ben());
        var thread = await ben.Write("Hi");
        (await noor.Get($"/v1/contacts/{ben.Visitor}/notes")).Refused(HttpStatusCode.NotFound, "contact.unknown");
        (await noor.Post($"/v1/contacts/{ben.Visitor}/notes", new { text = "Hm" })).Refused(HttpStatusCode.NotFound, "contact.unknown");
        await using var ear = await Ear.Of(house.Kim);
        await ear.Say(new { type = "watch", view = "all" });
        // What is said on a stream is heard in order: when this is answered, that is listened for.
        await ear.Say(new { type = "open", conversation = thread, after = 0 });
        await ear.Next("event");
        var before = (await house.Kim.Get($"/v1/conversations/{thread}")).Body.GetProperty("contact").GetProperty("version").GetInt64();
        (await house.Kim.Post($"/v1/contacts/{ben.Visitor}/notes", new { text = "Sails a Laser" })).Expect(HttpStatusCode.Created);
        await ear.Next("event", frame => frame.TryGetProperty("summary", out var row) && row.GetProperty("contact").GetProperty("version").GetInt64() > before);
    }

    private static async Task<List<string>> Texts(Person who, Browser of) =>
        [.. (await who.Get($"/v1/contacts/{of.Visitor}/notes")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("text").GetString()!)];
}
