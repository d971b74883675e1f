using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Contacts;
using Parley.Live.Visitors;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Live.Visitors;

[Trait("row", "LC17")]
public class AlikesTests
{
    private static readonly ContactId[] Somebody = [.. Enumerable.Range(0, 6).Select(_ => ContactId.New(TimeProvider.System))];

    [Fact]
    public void Who_came_with_the_same_browser_is_perhaps_the_same_the_last_first()
    {
        var (ana, ben, noor) = (Somebody[0], Somebody[1], Somebody[2]);
        Alikes.Among([("laptop", ana, 5), ("laptop", ben, 3), ("phone", ana, 1), ("phone", noor, 9), ("phone", ben, 2), ("tablet", noor, 20)], ana).ShouldBe([(noor, 9), (ben, 3)]);
        Alikes.Among([("laptop", ana, 5), ("phone", ben, 3)], ana).ShouldBeEmpty("They never had one browser.");
        Alikes.Among([("laptop", ana, 5), ("laptop", ana, 6)], ana).ShouldBeEmpty("That is themselves.");
    }

    [Fact]
    public void A_browser_that_everybody_uses_says_nothing()
    {
        Alikes.Among([.. Somebody.Take(Alikes.Shared).Select((who, i) => ("library", who, (long)i))], Somebody[0]).Count.ShouldBe(Alikes.Shared - 1);
        Alikes.Among([.. Somebody.Take(Alikes.Shared + 1).Select((who, i) => ("library", who, (long)i))], Somebody[0]).ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Who_wrote_as_a_guest_and_comes_back_under_a_name_is_perhaps_the_same_person_and_is_made_one_by_an_agent_alone(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        await Wanted(house);
        var browser = house.Browser();
        var guest = await Came(house, browser);
        var asked = await browser.Write("Does the blue jacket run small?");
        // Later they sign in: what they wrote before stays hidden from them, for it may have been somebody else.
        house.Clock.Advance(TimeSpan.FromHours(1));
        var ana = await Came(house, browser, house.Vouch("ana", "Ana"));
        ana.ShouldNotBe(guest);
        var thread = await browser.Write("My order has not come");
        var one = (await Alike(house.Kim, ana)).ShouldHaveSingleItem();
        (one.GetProperty("contact").GetString(), one.GetProperty("conversations").GetInt32(), one.GetProperty("verified").GetBoolean()).ShouldBe((guest, 1, false));
        one.TryGetProperty("name", out _).ShouldBeFalse();
        (await Alike(house.Kim, guest)).Single().GetProperty("name").GetString().ShouldBe("Ana");

        // It is for agents: the customer sees nothing of it anywhere, and programs are not told.
        (await browser.Threads()).ShouldBe([thread]);
        (await browser.Get($"/v1/contacts/{guest}/alike")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var token = (await house.Kim.Post("/v1/tokens", new { name = "CRM", scopes = new[] { "read", "write", "admin" } })).Expect(HttpStatusCode.Created)["token"];
        using var program = new Caller(house.Address) { Bearer = token };
        (await program.Get($"/v1/contacts/{guest}/alike")).Status.ShouldBe(HttpStatusCode.Forbidden);
        await using (var ear = await Ear.Of(browser))
        {
            await browser.Say(thread, "Are you there?");
            await ear.Next("event");
            ear.Heard.ShouldNotContain(frame => frame.GetRawText().Contains(guest, StringComparison.Ordinal) || frame.GetRawText().Contains(asked, StringComparison.Ordinal));
        }

        // Once an agent says that they are one, it is no question any more; and the customer still sees only their own.
        (await house.Kim.Post($"/v1/contacts/{guest}/merge", new { into = ana })).Expect(HttpStatusCode.OK);
        (await Alike(house.Kim, ana)).ShouldBeEmpty();
        (await browser.Threads()).ShouldBe([thread]);
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Who_says_no_or_is_forgotten_is_matched_with_nobody_and_thirty_days_are_the_longest(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        await Wanted(house);
        // Whom a site vouches for, one after the other, on one browser.
        var (shared, ana, ben) = await Two(house);
        (await Alike(house.Kim, ben)).Single().GetProperty("name").GetString().ShouldBe("Ana");
        (await shared.Begin(house.Vouch("ben", "Ben"), new { url = "https://shop.test/" }, consent: false)).Expect(HttpStatusCode.Created);
        (await Alike(house.Kim, ben)).ShouldBeEmpty();
        (await Count(house)).ShouldBe(0);

        (await Came(house, shared, house.Vouch("ben", "Ben"))).ShouldBe(ben);
        (await Came(house, shared, house.Vouch("ana", "Ana"))).ShouldBe(ana);
        (await Alike(house.Kim, ben)).Count.ShouldBe(1);
        (await house.Kim.Post($"/v1/contacts/{ana}/erasure", new { reason = "asked" })).Expect(HttpStatusCode.OK);
        (await Alike(house.Kim, ben)).ShouldBeEmpty();
        await Until(house, count => count == 1);

        // Nobody else is left but Ben, and of him nothing after thirty days.
        await Until(house, count => count == 0, () => house.Clock.Advance(TimeSpan.FromDays(16)));
    }

    [Fact]
    public async Task Where_nobody_wants_it_or_nobody_agreed_nothing_is_kept()
    {
        await using var house = await Lighthouse.Open();
        var (_, ana, _) = await Two(house);
        (await Alike(house.Kim, ana)).ShouldBeEmpty();
        (await Count(house)).ShouldBe(0, "It is off until somebody wants it.");

        await Wanted(house);
        var silent = house.Browser();
        (await silent.Begin(house.Vouch("ana", "Ana"), new { url = "https://shop.test/" })).Expect(HttpStatusCode.Created);
        await using (await Ear.Of(silent))
        {
            (await Count(house)).ShouldBe(0, "Who said nothing has not agreed.");
        }

        (_, ana, _) = await Two(house, "-2");
        (await Alike(house.Kim, ana)).Count.ShouldBe(1);
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { alike = false })).Expect(HttpStatusCode.OK)["alike"].ShouldBe("False");
        (await Alike(house.Kim, ana)).ShouldBeEmpty();
        await Until(house, count => count == 0);
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { alike = true, consent = "off" })).Refused(HttpStatusCode.BadRequest, "alike.consent");
    }

    [Fact]
    public async Task An_address_says_nothing_and_who_signed_out_left_nothing_by_which_they_are_known()
    {
        await using var house = await Lighthouse.Open();
        await Wanted(house);
        // All come from one address, with one kind of browser.
        var (one, other) = (house.Browser(), house.Browser());
        var ana = await Came(house, one, house.Vouch("ana", "Ana"));
        await one.Write("Hello");
        await Came(house, other, house.Vouch("ben", "Ben"));
        await other.Write("Hello");
        (await Alike(house.Kim, ana)).ShouldBeEmpty();

        (await one.Post("/v1/widget/sessions/end")).Expect(HttpStatusCode.NoContent);
        var noor = await Came(house, one, house.Vouch("cas", "Cas"));
        await one.Write("Somebody else");
        (await Alike(house.Kim, noor)).ShouldBeEmpty();
        (await Alike(house.Kim, ana)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_agent_learns_of_nobody_whose_conversations_they_may_not_see()
    {
        await using var house = await Lighthouse.Open();
        await Wanted(house);
        var ravi = await house.Hire("Ravi");
        var second = (await house.Kim.Post("/v1/inboxes", new { name = "Bills", channel = "web", alike = true })).Expect(HttpStatusCode.Created);
        var guest = house.Browser();
        var before = await Came(house, guest);
        await guest.Write("In the shop");
        // The same brand, another inbox: what the browser kept counts there, too.
        var bills = house.Browser(second["id"]);
        bills.Resume = guest.Resume;
        house.Clock.Advance(TimeSpan.FromHours(1));
        var ana = await Came(house, bills, Voucher.Sign(second["identityKey"], new { sub = "ana", name = "Ana", aud = second["id"], iat = house.Clock.GetUtcNow().ToUnixTimeSeconds(), exp = house.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds() }));
        await bills.Write("About my bill");
        (await Alike(ravi, before)).Single().GetProperty("contact").GetString().ShouldBe(ana);
        var team = (await house.Kim.Post("/v1/teams", new { name = "Books" })).Expect(HttpStatusCode.Created)["id"];
        (await house.Kim.Patch($"/v1/inboxes/{second["id"]}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        (await Alike(ravi, before)).ShouldBeEmpty();
        (await ravi.Get($"/v1/contacts/{ana}/alike")).Refused(HttpStatusCode.NotFound, "contact.unknown");
        (await Alike(house.Kim, before)).Count.ShouldBe(1);
    }

    private static async Task Wanted(Lighthouse house) => (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { alike = true })).Expect(HttpStatusCode.OK)["alike"].ShouldBe("True");

    /// <summary>Comes to the page, agrees, and is there.</summary>
    private static async Task<string> Came(Lighthouse house, Browser browser, string? identity = null)
    {
        (await browser.Begin(identity, new { url = "https://shop.test/" }, consent: true)).Expect(HttpStatusCode.Created);
        await using var ear = await Ear.Of(browser);
        for (var tries = 0; tries < 200 && await Here(house, browser.Visitor!) == 0; tries++)
        {
            await Task.Delay(20);
        }

        return browser.Visitor!;
    }

    /// <summary>Ana, and then Ben, on one browser; both wrote.</summary>
    private static async Task<(Browser Browser, string Ana, string Ben)> Two(Lighthouse house, string more = "")
    {
        var shared = house.Browser();
        var ana = await Came(house, shared, house.Vouch($"ana{more}", "Ana"));
        await shared.Write("From me");
        var ben = await Came(house, shared, house.Vouch($"ben{more}", "Ben"));
        await shared.Write("And from me");
        return (shared, ana, ben);
    }

    private static async Task<List<JsonElement>> Alike(Person who, string contact) => [.. (await who.Get($"/v1/contacts/{contact}/alike")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];

    private static Task<long> Here(Lighthouse house, string contact) => house.Services.GetRequiredService<Database>()
        .Read(session => session.One<long>("select count(*) from visits where contact = @contact and here = 1", new { contact = ContactId.Parse(contact).Bytes }));

    private static Task<long> Count(Lighthouse house) => house.Services.GetRequiredService<Database>().Read(session => session.One<long>("select count(*) from browsers"));

    private static async Task Until(Lighthouse house, Predicate<long> fits, Action? meanwhile = null)
    {
        for (var tries = 0; tries < 200 && !fits(await Count(house)); tries++)
        {
            meanwhile?.Invoke();
            await Task.Delay(25);
        }

        fits(await Count(house)).ShouldBeTrue();
    }
}
