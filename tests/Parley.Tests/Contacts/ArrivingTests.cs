using System.Net;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Contacts;

/// <summary>Who a browser is when it comes, and whose threads it sees.</summary>
public class ArrivingTests
{
    /// <summary>failures.md 1: a guest who refreshes the page is in the same conversation.</summary>
    [Fact, Trait("row", "LC5")]
    public async Task A_guest_comes_back_to_the_same_thread()
    {
        await using var it = await Lighthouse.Open();
        var ana = await it.Ana();
        var thread = await ana.Write("Is the blue jacket waterproof?");
        await it.Restart();
        it.Clock.Advance(TimeSpan.FromDays(100));
        (await ana.Begin()).Expect(HttpStatusCode.Created);
        (await ana.Threads()).ShouldBe([thread]);
        (await ana.Say(thread, "Still curious")).Expect(HttpStatusCode.Created);
    }

    /// <summary>failures.md 6: a second browser that has nothing but the site's word has the full history.</summary>
    [Fact, Trait("row", "MS9"), Trait("row", "MS15")]
    public async Task Who_is_vouched_for_has_everything_on_every_device()
    {
        await using var it = await Lighthouse.Open();
        var laptop = await it.Ana("user-7");
        var thread = await laptop.Write("From my laptop");
        var telephone = await it.Ana("user-7");
        telephone.Visitor.ShouldBe(laptop.Visitor);
        (await telephone.Threads()).ShouldBe([thread]);
        (await telephone.Say(thread, "And from my telephone")).Expect(HttpStatusCode.Created);
        (await laptop.Read(thread)).Text.ShouldContain("And from my telephone");
    }

    [Fact]
    public async Task A_guest_who_never_spoke_is_over_once_they_are_identified()
    {
        await using var it = await Lighthouse.Open();
        var guest = it.Browser();
        (await guest.Begin()).Expect(HttpStatusCode.Created);
        var before = guest.Tab();
        await using var stream = await Ear.Of(before);
        (await guest.Begin(it.Vouch("ana", "Ana"))).Expect(HttpStatusCode.Created);

        (await stream.Next("bye")).GetProperty("reason").GetString().ShouldBe("access");
        (await before.Post("/v1/widget/conversations", new { clientId = "late", content = new { type = "text", text = "As nobody" } })).Refused(HttpStatusCode.Unauthorized, "auth.invalid");
        await it.Restart();
        (await before.Get("/v1/widget/conversations")).Refused(HttpStatusCode.Unauthorized, "auth.invalid");
        (await before.Begin()).Expect(HttpStatusCode.Created);
        before.Visitor.ShouldNotBe(guest.Visitor);
        await guest.Write("As Ana");
        (await it.Kim.Get("/v1/conversations")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task The_same_browser_stays_who_it_was_vouched_for()
    {
        await using var it = await Lighthouse.Open();
        var ana = await it.Ana("user-7");
        var thread = await ana.Write("Hello");
        (await ana.Begin()).Expect(HttpStatusCode.Created)["visitor.verified"].ShouldBe("True");
        (await ana.Threads()).ShouldBe([thread]);
    }

    [Fact]
    public async Task Two_people_on_one_browser_never_see_each_others_threads()
    {
        await using var it = await Lighthouse.Open();
        var browser = await it.Ana("ana");
        var telephone = await it.Ana("ana");
        var hers = await browser.Write("This is Ana's");
        var before = browser.Tab();
        (await browser.Begin(it.Vouch("ben", "Ben"))).Expect(HttpStatusCode.Created)["visitor.name"].ShouldBe("Ben");
        (await browser.Threads()).ShouldBeEmpty();
        (await browser.Read(hers)).Refused(HttpStatusCode.NotFound, "conversation.unknown");
        (await browser.Say(hers, "Hello?")).Refused(HttpStatusCode.NotFound, "conversation.unknown");
        // What the browser still had of Ana is dead; her telephone is not.
        (await before.Read(hers)).Refused(HttpStatusCode.Unauthorized, "auth.invalid");
        (await telephone.Read(hers)).Expect(HttpStatusCode.OK);
        (await before.Begin()).Expect(HttpStatusCode.Created)["visitor.verified"].ShouldBe("False");
        (await before.Threads()).ShouldBeEmpty();
        var his = await browser.Write("This is Ben's");
        (await telephone.Read(his)).Refused(HttpStatusCode.NotFound, "conversation.unknown");
    }

    /// <summary>The answer to what a guest wrote was lost on the way, then the site vouches, then the widget sends it again under the same ids.</summary>
    [Fact, Trait("row", "BX3")]
    public async Task What_is_sent_again_after_the_site_vouched_is_found_and_not_doubled()
    {
        await using var it = await Lighthouse.Open();
        var ana = await it.Ana();
        var file = (await ana.Upload("/v1/widget/files", "torn.txt", "text/plain", "a torn sail"u8.ToArray())).Expect(HttpStatusCode.Created)["id"];
        var (first, second) = (new { clientId = "a1", content = new { type = "text", text = "Hello" } }, new { clientId = "a2", content = new { type = "file", files = new[] { file } } });
        await using var guest = await Ear.Of(ana);
        var cursor = guest.Cursor;
        var opened = (await ana.Post("/v1/widget/conversations", first)).Expect(HttpStatusCode.Created);
        var thread = opened["conversation.id"];
        var said = (await ana.Post($"/v1/widget/conversations/{thread}/messages", second)).Expect(HttpStatusCode.Created);

        (await ana.Begin(it.Vouch("user-7", "Ana"))).Expect(HttpStatusCode.Created);
        var again = (await ana.Post("/v1/widget/conversations", first)).Expect(HttpStatusCode.OK);
        again["conversation.id"].ShouldBe(thread);
        again["entry.seq"].ShouldBe(opened["entry.seq"]);
        again["entry.clientId"].ShouldBe("a1");
        (await ana.Post($"/v1/widget/conversations/{thread}/messages", second)).Expect(HttpStatusCode.OK)["seq"].ShouldBe(said["seq"]);
        (await ana.Post("/v1/widget/conversations", new { clientId = "a1", content = new { type = "text", text = "Something else" } })).Refused(HttpStatusCode.Conflict, "clientId.reused");

        (await ana.Threads()).ShouldBe([thread]);
        Ids(await ana.Read(thread)).ShouldBe(["a1", "a2"]);
        await using var stream = await Ear.Of(ana, cursor);
        (await stream.Message("Hello")).GetProperty("entry").GetProperty("clientId").GetString().ShouldBe("a1");
        (await ana.Patch($"/v1/widget/conversations/{thread}/messages/{opened["entry.seq"]}", new { content = new { type = "text", text = "Hello there" } })).Expect(HttpStatusCode.OK);
        // Another device of hers knows them as her own too; nobody else does.
        Ids(await (await it.Ana("user-7")).Read(thread)).ShouldBe(["a1", "a2"]);
        (await it.Kim.Get($"/v1/conversations/{thread}/timeline")).Text.ShouldNotContain("\"a2\"");
    }

    [Fact]
    public async Task What_the_guest_had_is_dead_also_where_nothing_comes_along()
    {
        await using var it = await Lighthouse.Open();
        var browser = await it.Ana();
        var old = await browser.Write("Whoever sat here before");
        it.Clock.Advance(TimeSpan.FromMinutes(31));
        var guest = browser.Tab();
        await using var stream = await Ear.Of(guest);
        (await browser.Begin(it.Vouch("user-7", "Ana"))).Expect(HttpStatusCode.Created);
        (await browser.Threads()).ShouldBeEmpty();
        (await stream.Next("bye")).GetProperty("reason").GetString().ShouldBe("access");
        (await guest.Read(old)).Refused(HttpStatusCode.Unauthorized, "auth.invalid");
        (await guest.Begin()).Expect(HttpStatusCode.Created);
        (await guest.Threads()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_id_of_a_thread_that_stays_hidden_finds_nothing()
    {
        await using var it = await Lighthouse.Open();
        var browser = await it.Ana();
        var body = new { clientId = "a1", content = new { type = "text", text = "Whoever sat here before" } };
        var old = (await browser.Post("/v1/widget/conversations", body)).Expect(HttpStatusCode.Created)["conversation.id"];
        it.Clock.Advance(TimeSpan.FromMinutes(31));
        var own = await browser.Write("Just now");
        (await browser.Begin(it.Vouch("user-7", "Ana"))).Expect(HttpStatusCode.Created);
        var again = (await browser.Post("/v1/widget/conversations", body)).Expect(HttpStatusCode.Created)["conversation.id"];
        again.ShouldNotBe(old);
        (await browser.Threads()).Order().ShouldBe(new[] { own, again }.Order());
    }

    [Fact]
    public async Task What_was_just_written_as_a_guest_comes_along_when_the_site_vouches()
    {
        await using var it = await Lighthouse.Open();
        var browser = await it.Ana();
        var guest = browser.Tab();
        var asked = await browser.Write("Before I sign in: do you ship to Norway?");
        (await browser.Begin(it.Vouch("user-7", "Ana"))).Expect(HttpStatusCode.Created)["visitor.verified"].ShouldBe("True");
        (await browser.Threads()).ShouldBe([asked]);
        (await browser.Say(asked, "Signed in now")).Expect(HttpStatusCode.Created);
        var telephone = await it.Ana("user-7");
        (await telephone.Threads()).ShouldBe([asked]);
        // The guest has become somebody: what was handed out to the guest opens nothing any more.
        (await guest.Read(asked)).Refused(HttpStatusCode.Unauthorized, "auth.invalid");
        (await guest.Begin()).Expect(HttpStatusCode.Created);
        guest.Visitor.ShouldNotBe(browser.Visitor);
        (await guest.Threads()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_somebody_wrote_there_earlier_does_not_come_along()
    {
        await using var it = await Lighthouse.Open();
        var browser = await it.Ana();
        var earlier = await browser.Write("Whoever sat here this morning");
        it.Clock.Advance(TimeSpan.FromMinutes(31));
        var now = await browser.Write("And who sits here now");
        (await browser.Begin(it.Vouch("user-7", "Ana"))).Expect(HttpStatusCode.Created);
        (await browser.Threads()).ShouldBe([now]);
        (await browser.Read(earlier)).Refused(HttpStatusCode.NotFound, "conversation.unknown");
        (await browser.Say(earlier, "Mine?")).Refused(HttpStatusCode.NotFound, "conversation.unknown");
        var telephone = await it.Ana("user-7");
        (await telephone.Read(earlier)).Refused(HttpStatusCode.NotFound, "conversation.unknown");
        (await telephone.Read(now)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nothing_comes_along_when_all_of_it_is_old()
    {
        await using var it = await Lighthouse.Open();
        var browser = await it.Ana();
        var earlier = await browser.Write("Hours ago");
        it.Clock.Advance(TimeSpan.FromHours(2));
        (await browser.Begin(it.Vouch("user-7", "Ana"))).Expect(HttpStatusCode.Created);
        (await browser.Threads()).ShouldBeEmpty();
        (await browser.Read(earlier)).Refused(HttpStatusCode.NotFound, "conversation.unknown");
    }

    [Fact]
    public async Task A_visitor_who_joined_one_person_never_joins_another()
    {
        await using var it = await Lighthouse.Open();
        var browser = await it.Ana();
        var guest = browser.Tab();
        var asked = await browser.Write("A guest's question");
        (await browser.Begin(it.Vouch("ana", "Ana"))).Expect(HttpStatusCode.Created);
        (await guest.Begin(it.Vouch("ben", "Ben"))).Expect(HttpStatusCode.Created);
        (await guest.Threads()).ShouldBeEmpty();
        (await browser.Threads()).ShouldBe([asked]);
    }

    [Fact]
    public async Task After_shutdown_the_browser_is_nobody()
    {
        await using var it = await Lighthouse.Open();
        var browser = await it.Ana("ana");
        var telephone = await it.Ana("ana");
        var thread = await browser.Write("Private");
        (await browser.Post("/v1/widget/sessions/end")).Expect(HttpStatusCode.NoContent);
        (await browser.Read(thread)).Refused(HttpStatusCode.Unauthorized, "auth.invalid");
        (await browser.Begin()).Expect(HttpStatusCode.Created)["visitor.verified"].ShouldBe("False");
        (await browser.Threads()).ShouldBeEmpty();
        (await telephone.Read(thread)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_page_that_outlives_its_word_goes_on_as_the_same_person_and_as_nobody_else()
    {
        await using var it = await Lighthouse.Open();
        var word = it.Vouch("ana", "Ana");
        var ana = it.Browser();
        (await ana.Begin(word)).Expect(HttpStatusCode.Created);
        var thread = await ana.Write("Where is my order?");
        var ben = await it.Ana("ben");
        await ben.Write("Mine");
        var stolen = it.Browser();
        it.Clock.Advance(TimeSpan.FromDays(3));
        (await ana.Read(thread)).Refused(HttpStatusCode.Unauthorized, "auth.invalid");
        (await ana.Begin(word)).Expect(HttpStatusCode.Created)["visitor.verified"].ShouldBe("True");
        (await ana.Read(thread)).Expect(HttpStatusCode.OK);

        // Alone it lets nobody in, and on another's browser it says that somebody else may sit there.
        (await stolen.Begin(word)).Expect(HttpStatusCode.Created)["visitor.verified"].ShouldBe("False");
        (await ben.Begin(word)).Expect(HttpStatusCode.Created)["visitor.verified"].ShouldBe("False");
        (await ben.Threads()).ShouldBeEmpty();
        // Nor does it bring back who signed out.
        (await ana.Post("/v1/widget/sessions/end")).Expect(HttpStatusCode.NoContent);
        (await ana.Begin(word)).Expect(HttpStatusCode.Created)["visitor.verified"].ShouldBe("False");
    }

    [Fact]
    public async Task A_forged_or_expired_word_leaves_the_visitor_anonymous()
    {
        await using var it = await Lighthouse.Open();
        var ana = await it.Ana("user-7");
        var thread = await ana.Write("Mine");
        var ben = await it.Ana("user-8");
        var hour = it.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        var late = Voucher.Sign(it.IdentityKey, new { sub = "user-7", exp = it.Clock.GetUtcNow().AddMinutes(-2).ToUnixTimeSeconds() });
        foreach (var forged in new[]
        {
            Voucher.Sign("not the shop's secret, but as long as it", new { sub = "user-7", exp = hour }),
            late,
            Voucher.Make(new { sub = "user-7", exp = hour }, new { alg = "none" }, _ => []),
            Voucher.Sign(it.IdentityKey, new { sub = "user-7", exp = hour, aud = "inb_01j00000000000000000000001" }),
            "nonsense",
        })
        {
            var browser = it.Browser();
            var session = (await browser.Begin(forged)).Expect(HttpStatusCode.Created);
            session["visitor.verified"].ShouldBe("False");
            (await browser.Threads()).ShouldBeEmpty();
            (await browser.Read(thread)).Refused(HttpStatusCode.NotFound, "conversation.unknown");
            // Nor does a good resume of somebody else's help it along.
            browser.Resume = forged == late ? ben.Resume : ana.Resume;
            (await browser.Begin(forged)).Expect(HttpStatusCode.Created)["visitor.verified"].ShouldBe("False");
            (await browser.Read(thread)).Refused(HttpStatusCode.NotFound, "conversation.unknown");
        }
    }

    /// <summary>failures.md 13: who is not vouched for can write all the same.</summary>
    [Fact]
    public async Task Guests_write_where_members_are_vouched_for()
    {
        await using var it = await Lighthouse.Open();
        await it.Ana("user-7");
        var guest = await it.Ben();
        await guest.Write("I have no account");
    }

    [Fact, Trait("row", "MS15")]
    public async Task A_claim_never_becomes_proof()
    {
        await using var it = await Lighthouse.Open();
        var ana = await it.Ana("user-7");
        var thread = await ana.Write("My order");
        var liar = await it.Ben();
        (await liar.Patch("/v1/widget/me", new { name = "Ana", email = "ana@example.test" })).Expect(HttpStatusCode.OK)["verified"].ShouldBe("False");
        await liar.Write("I am Ana, where is my order?");
        (await liar.Read(thread)).Refused(HttpStatusCode.NotFound, "conversation.unknown");
        (await liar.Begin()).Expect(HttpStatusCode.Created);
        (await liar.Threads()).Count.ShouldBe(1);
        // Not even an address that another site's user is vouched for with.
        var other = it.Browser();
        (await other.Begin(it.Vouch("user-8", "Ana", "ana@example.test"))).Expect(HttpStatusCode.Created);
        (await other.Threads()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Users_of_two_brands_are_two_people_even_with_the_same_id()
    {
        await using var it = await Lighthouse.Open();
        var brand = (await it.Kim.Post("/v1/brands", new { name = "Harbour" })).Expect(HttpStatusCode.Created)["id"];
        var inbox = (await it.Kim.Post("/v1/inboxes", new { name = "Harbour", channel = "web", brand })).Expect(HttpStatusCode.Created);
        var ana = await it.Ana("user-7");
        var thread = await ana.Write("To the shop");
        var other = it.Browser(inbox["id"]);
        (await other.Begin(Voucher.Sign(inbox["identityKey"], new { sub = "user-7", exp = it.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds() }))).Expect(HttpStatusCode.Created);
        other.Visitor.ShouldNotBe(ana.Visitor);
        (await other.Threads()).ShouldBeEmpty();
        other.Resume = ana.Resume;
        (await other.Begin()).Expect(HttpStatusCode.Created);
        (await other.Read(thread)).Refused(HttpStatusCode.NotFound, "conversation.unknown");
    }

    [Fact]
    public async Task The_same_person_at_once_on_many_devices_is_made_once()
    {
        await using var it = await Lighthouse.Open();
        var browsers = Enumerable.Range(0, 12).Select(_ => it.Browser()).ToList();
        await Task.WhenAll(browsers.Select(browser => browser.Begin(it.Vouch("user-7", "Ana"))));
        browsers.Select(browser => browser.Visitor).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_new_name_at_the_site_is_the_persons_name()
    {
        await using var it = await Lighthouse.Open();
        var ana = await it.Ana("user-7");
        await ana.Write("Hello");
        (await ana.Begin(it.Vouch("user-7", "Ana Berg"))).Expect(HttpStatusCode.Created)["visitor.name"].ShouldBe("Ana Berg");
        (await it.Kim.Get($"/v1/contacts/{ana.Visitor}")).Expect(HttpStatusCode.OK)["name"].ShouldBe("Ana Berg");
    }

    private static List<string?> Ids(Answer timeline) =>
        [.. timeline.Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Where(entry => entry.GetProperty("type").GetString() == "message")
            .Select(entry => entry.TryGetProperty("clientId", out var id) ? id.GetString() : null)];
}
