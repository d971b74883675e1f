using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Inbox;

/// <summary>People beside texts, on both engines.</summary>
public class SearchApiTests
{
    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task People_are_found_by_name_mail_and_number_beside_what_was_said(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Lighthouse.On(engine.Url);
        var ana = await it.Ana("user-7");
        var thread = await ana.Write("A sail for Ben please");
        var ben = await it.Ben();
        await ben.Write("Hello");
        (await ben.Patch("/v1/widget/me", new { name = "Ben Carter", email = "captain@sea.example" })).Expect(HttpStatusCode.OK);
        (await it.Kim.Patch($"/v1/contacts/{ana.Visitor}", new { phone = "+44 20 7946 0000" })).Expect(HttpStatusCode.OK);
        // Known to the shop, but nobody has spoken with them.
        await it.Ana("user-who-says-nothing");
        await Indexed(it);

        foreach (var question in new[] { "ANA", "ana@example", "+44 20 7946 0000", "020 7946", "0000" })
        {
            var found = await Found(it.Kim, question);
            Ids(found, "people").ShouldBe([ana.Visitor!], question);
            var person = found.GetProperty("people")[0];
            person.GetProperty("conversation").GetProperty("id").GetString().ShouldBe(thread);
            person.GetProperty("contact").GetProperty("phone").GetString().ShouldBe("+44 20 7946 0000");
        }

        var both = await Found(it.Kim, "ben");
        Ids(both, "people").ShouldBe([ben.Visitor!]);
        both.GetProperty("items")[0].GetProperty("conversation").GetProperty("id").GetString().ShouldBe(thread);
        (await Found(it.Kim, "captain")).GetProperty("people")[0].GetProperty("snippet").GetString().ShouldBe("\u0002captain\u0003@sea.example");

        (await it.Kim.Patch($"/v1/contacts/{ben.Visitor}", new { name = "Benjamin" })).Expect(HttpStatusCode.OK);
        await Indexed(it);
        Ids(await Found(it.Kim, "carter"), "people").ShouldBeEmpty();
        Ids(await Found(it.Kim, "benjamin"), "people").ShouldBe([ben.Visitor!]);
        Ids(await Found(it.Kim, "???"), "people").ShouldBeEmpty();
    }

    [SkippableTheory, Trait("row", "PA9")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task PA9_What_is_found_is_narrowed_by_who_what_where_and_when_and_nonsense_is_refused_by_its_field(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Lighthouse.On(engine.Url);
        var (ana, ben) = (await it.Ana(), await it.Ben());
        (await ana.Patch("/v1/widget/me", new { name = "Ana Marin" })).Expect(HttpStatusCode.OK);
        var (one, two) = (await ana.Write("Die Größe der Jacke für Müller ist kaputt"), await ben.Write("Una jacke en español, señor, de IJsselmeer-jacke"));
        (await it.Kim.Put($"/v1/conversations/{one}/labels/R%C3%BCckgabe", new { })).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.Created);
        (await it.Kim.Post($"/v1/conversations/{two}/notes", new { text = "asked for the jackets before" })).Expect(HttpStatusCode.Created);
        (await it.Kim.Put($"/v1/conversations/{two}/closure", new { })).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.Created);
        await Indexed(it);

        async Task<List<string>> Threads(string question) => [.. (await Found(it.Kim, question)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("conversation").GetProperty("id").GetString()!)];
        foreach (var question in new[] { "groesse", "grosse", "GRÖSSE", "mueller", "muller", "Müller jack" })
        {
            (await Threads(question)).ShouldBe([one], question);
        }

        foreach (var question in new[] { "espanol", "senor", "ysselmeer", "ijssel", "UNA" })
        {
            (await Threads(question)).ShouldBe([two], question);
        }

        (await Threads("jack")).ShouldBe([two, two, one]);
        (await Threads("jack from:me")).ShouldBe([two]);
        (await Threads("jack from:kim status:closed")).ShouldBe([two]);
        (await Threads("jack from:ana")).ShouldBe([one]);
        (await Threads("jack label:rueck")).ShouldBe([one]);
        (await Threads("jack status:open")).ShouldBe([one]);
        (await Threads("jack in:nowhere")).ShouldBeEmpty();
        (await Threads("jack before:2020")).ShouldBeEmpty();
        (await Threads("jack after:2020")).ShouldBe([two, two, one]);
        (await Threads("label:rückgabe status:open")).ShouldBe([one]);
        (await Threads("ruckgabe")).ShouldBe([one]);

        foreach (var (question, code, field) in new[] { ("jack before:soon", "search.date", "q.before"), ("status:lost", "search.status", "q.status"), ("after:2026 before:2025", "search.range", "q.after") })
        {
            var refused = await it.Kim.Get($"/v1/search?q={Uri.EscapeDataString(question)}");
            refused.Refused(HttpStatusCode.BadRequest, code);
            refused.Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(field);
        }
    }

    [Fact]
    public async Task A_message_that_was_edited_long_after_is_shown_as_it_reads_now()
    {
        await using var it = await Lighthouse.Open(("rate.visitorPerSecond", "10000"), ("rate.visitorBurst", "10000"));
        var ana = await it.Ana();
        var thread = await ana.Write("The mast is broken");
        var first = (await it.Kim.Get($"/v1/conversations/{thread}/timeline")).Body.GetProperty("items").EnumerateArray().Last(entry => entry.GetProperty("type").GetString() == "message").GetProperty("seq").GetInt64();
        await Task.WhenAll(Enumerable.Range(0, 520).Select(n => ana.Say(thread, $"word {n}")));
        (await ana.Patch($"/v1/widget/conversations/{thread}/messages/{first}", new { content = new { type = "text", text = "The boom is broken" } })).Expect(HttpStatusCode.OK);
        await Indexed(it);
        var found = (await Found(it.Kim, "boom")).GetProperty("items")[0];
        found.GetProperty("snippet").GetString().ShouldBe("The \u0002boom\u0003 is broken");
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Who_turned_out_to_be_somebody_is_found_as_them_and_who_is_forgotten_not_at_all(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Lighthouse.On(engine.Url);
        var ana = await it.Ana();
        (await ana.Patch("/v1/widget/me", new { name = "Sailor", email = "sailor@sea.example" })).Expect(HttpStatusCode.OK);
        var thread = await ana.Write("Hello from a guest");
        var guest = ana.Visitor;
        (await ana.Begin(it.Vouch("user-7", "Ana Marin", "ana@example.test"))).Expect(HttpStatusCode.Created);
        await Indexed(it);
        foreach (var question in new[] { "sailor", "marin", "ana sailor" })
        {
            var found = await Found(it.Kim, question);
            Ids(found, "people").ShouldBe([ana.Visitor!], question);
            var person = found.GetProperty("people")[0];
            person.GetProperty("contact").GetProperty("name").GetString().ShouldBe("Ana Marin");
            person.GetProperty("conversation").GetProperty("id").GetString().ShouldBe(thread);
        }

        // Named anew under the name they had as a guest, the person is named.
        (await it.Kim.Patch($"/v1/contacts/{guest}", new { name = "Ana Costa" })).Expect(HttpStatusCode.OK)["name"].ShouldBe("Ana Costa");
        await Indexed(it);
        Ids(await Found(it.Kim, "costa"), "people").ShouldBe([ana.Visitor!]);

        await it.Services.GetRequiredService<Following>().Rebuild("search");
        await Indexed(it);
        Ids(await Found(it.Kim, "sailor"), "people").ShouldBe([ana.Visitor!]);
        (await Found(it.Kim, "guest")).GetProperty("items").GetArrayLength().ShouldBe(1);

        (await it.Kim.Post($"/v1/contacts/{guest}/erasure", new { reason = "asked" })).Expect(HttpStatusCode.OK);
        foreach (var question in new[] { "sailor", "costa", "ana" })
        {
            Ids(await Found(it.Kim, question), "people").ShouldBeEmpty("Gone at once, before the reader has come to it.");
        }

        await Indexed(it);
        var index = it.Services.GetRequiredService<Parley.Inbox.Searching.SearchIndex>();
        (await index.Store.Read(session => session.One<long>("select count(*) from persons"))).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_finds_a_person_whom_they_may_not_see()
    {
        await using var it = await Lighthouse.Open();
        var team = (await it.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        var (noor, ravi) = (await it.Hire("Noor"), await it.Hire("Ravi", Role.Agent, team));
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        var wharf = (await it.Kim.Post("/v1/inboxes", new { name = "Wharf", channel = "web" })).Expect(HttpStatusCode.Created)["id"];
        var ana = await it.Ana();
        (await ana.Patch("/v1/widget/me", new { name = "Ana" })).Expect(HttpStatusCode.OK);
        await ana.Write("Hello");
        await Indexed(it);
        Ids(await Found(noor, "ana"), "people").ShouldBeEmpty();
        Ids(await Found(ravi, "ana"), "people").ShouldBe([ana.Visitor!]);

        var hiring = it.Services.GetRequiredService<Hiring>();
        var (other, _) = await hiring.AddWorkspace("Harbour");
        (await hiring.AddAgent("Mia", "mia@harbour.test", Lighthouse.Password, Role.Owner, other)).Refusal.ShouldBeNull();
        Ids(await Found(await it.SignIn("mia@harbour.test"), "ana"), "people").ShouldBeEmpty();

        // A word at the wharf shows Ana to Noor, and of their conversations that one only, though the other is newer.
        var there = it.Browser(wharf);
        there.Resume = ana.Resume;
        (await there.Begin()).Expect(HttpStatusCode.Created);
        there.Visitor.ShouldBe(ana.Visitor);
        var seen = await there.Write("To the wharf");
        await ana.Write("To the shop");
        await Indexed(it);
        var found = await Found(noor, "ana");
        found.GetProperty("people").EnumerateArray().Select(person => person.GetProperty("conversation").GetProperty("id").GetString()).ShouldBe([seen]);
    }

    [Fact]
    public async Task Many_people_come_in_pages_the_latest_known_first()
    {
        await using var it = await Lighthouse.Open();
        var all = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            var guest = it.Browser();
            (await guest.Begin()).Expect(HttpStatusCode.Created);
            (await guest.Patch("/v1/widget/me", new { name = $"Skipper {i}" })).Expect(HttpStatusCode.OK);
            await guest.Write("Ahoy");
            all.Insert(0, guest.Visitor!);
        }

        await Indexed(it);
        var first = await Found(it.Kim, "skipper");
        Ids(first, "people").ShouldBe(all[..5]);
        var next = first.GetProperty("peopleNext").GetString()!;
        var rest = (await it.Kim.Get($"/v1/contacts?q=skipper&cursor={Uri.EscapeDataString(next)}")).Expect(HttpStatusCode.OK);
        Ids(rest.Body, "items").ShouldBe(all[5..]);
        rest.Has("next").ShouldBeFalse();
        Ids((await it.Kim.Get("/v1/contacts?q=skipper&limit=2")).Expect(HttpStatusCode.OK).Body, "items").ShouldBe(all[..2]);

        // The next page of texts is about texts; a cursor of one is none of the other.
        var texts = (await it.Kim.Get("/v1/search?q=ahoy&limit=3")).Expect(HttpStatusCode.OK);
        (await it.Kim.Get($"/v1/search?q=ahoy&cursor={Uri.EscapeDataString(texts["next"])}")).Expect(HttpStatusCode.OK).Has("people").ShouldBeFalse();
        (await it.Kim.Get($"/v1/search?q=ahoy&cursor={Uri.EscapeDataString(next)}")).Refused(HttpStatusCode.BadRequest, "cursor.invalid");
        (await it.Kim.Get($"/v1/contacts?q={new string('a', 501)}")).Refused(HttpStatusCode.BadRequest, "search.tooLong");
        (await it.Kim.Get("/v1/contacts")).Refused(HttpStatusCode.BadRequest, "request.malformed");
        (await it.Stranger().Get("/v1/contacts?q=skipper")).Expect(HttpStatusCode.Unauthorized);
    }

    private static async Task<JsonElement> Found(Person who, string question) => (await who.Get($"/v1/search?q={Uri.EscapeDataString(question)}")).Expect(HttpStatusCode.OK).Body;

    private static List<string> Ids(JsonElement found, string group) =>
        [.. found.GetProperty(group).EnumerateArray().Select(person => person.GetProperty("contact").GetProperty("id").GetString()!)];

    /// <summary>Comes back when the reader has worked in all that was written.</summary>
    private static async Task Indexed(Lighthouse it)
    {
        foreach (var reader in new[] { "inbox", "search" })
        {
            var head = (await it.Services.GetRequiredService<LogReader>().Head(it.Workspace))!.Value.Position;
            (await it.Services.GetRequiredService<Following>().Reached(reader, it.Workspace, head, TimeSpan.FromSeconds(20))).ShouldBeTrue();
        }
    }
}
