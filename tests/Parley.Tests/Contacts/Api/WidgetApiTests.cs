using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Contacts.Api;

public class WidgetApiTests
{
    [Fact]
    public async Task Anybody_may_read_what_a_launcher_needs_and_keep_it_for_a_while()
    {
        await using var it = await Lighthouse.Open();
        var stranger = it.Stranger();
        var answer = (await stranger.Get($"/v1/widget/inboxes/{it.Inbox}")).Expect(HttpStatusCode.OK);
        answer["name"].ShouldBe("Shop");
        answer["profile"].ShouldBe("blended");
        answer["brand.name"].ShouldBe("Lighthouse");
        answer["brand.color"].ShouldMatch("^#[0-9a-f]{6}$");
        answer["texts.de.greeting"].ShouldNotBeEmpty();
        answer["availability.state"].ShouldBe("away");
        answer["limits.textLength"].ShouldBe("10000");
        answer.Headers.CacheControl!.Public.ShouldBeTrue();
        answer.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromSeconds(30));
        var again = await stranger.Send(HttpMethod.Get, $"/v1/widget/inboxes/{it.Inbox}", null, ("If-None-Match", answer.Headers.ETag!.Tag));
        again.Status.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task An_empty_chair_promises_nothing()
    {
        await using var it = await Lighthouse.Open(("live.leaveSeconds", "1"));
        var stranger = it.Stranger();
        Task<Answer> Inbox() => stranger.Get($"/v1/widget/inboxes/{it.Inbox}");
        (await it.Kim.Put("/v1/me/state", new { state = "online" })).Expect(HttpStatusCode.OK);
        var empty = (await Inbox()).Expect(HttpStatusCode.OK);
        empty["availability.state"].ShouldBe("away", "Kim says so and has no console open.");

        var stream = await Ear.Of(it.Kim);
        await Eventually(async () => (await Inbox())["availability.state"] == "online");
        var there = (await Inbox()).Expect(HttpStatusCode.OK);
        there.Body.GetProperty("availability").GetProperty("agents")[0].GetProperty("name").GetString().ShouldBe("Kim");
        there.Headers.ETag.ShouldNotBe(empty.Headers.ETag);
        (await it.Browser().Begin())["inbox.availability.state"].ShouldBe("online");

        (await it.Kim.Put("/v1/me/state", new { state = "away" })).Expect(HttpStatusCode.OK);
        (await Inbox())["availability.state"].ShouldBe("away", "She is there, and not for customers.");
        (await it.Kim.Put("/v1/me/state", new { state = "online" })).Expect(HttpStatusCode.OK);
        await stream.DisposeAsync();
        await Eventually(async () => (await Inbox())["availability.state"] == "away");
        (await it.Browser().Begin())["inbox.availability.state"].ShouldBe("away");
    }

    [Fact]
    public async Task An_inbox_that_is_not_there_is_unknown()
    {
        await using var it = await Lighthouse.Open();
        foreach (var id in new[] { "inb_00000000000000000000000000", "inb_x", "%27;drop" })
        {
            (await it.Stranger().Get($"/v1/widget/inboxes/{id}")).Refused(HttpStatusCode.NotFound, "inbox.unknown");
            (await it.Browser(id).Begin()).Refused(HttpStatusCode.NotFound, "inbox.unknown");
        }
    }

    [Fact]
    public async Task What_is_typed_again_unchanged_is_written_once()
    {
        await using var it = await Lighthouse.Open();
        var ana = await it.Ana();
        await ana.Write("Hello");
        var before = await Rows(it);
        (await ana.Patch("/v1/widget/me", new { name = "Ana", email = "ana@example.test" })).Expect(HttpStatusCode.OK)["name"].ShouldBe("Ana");
        var once = await Rows(it);
        once.ShouldNotBe(before);
        (await ana.Patch("/v1/widget/me", new { name = "Ana", email = "ana@example.test" })).Expect(HttpStatusCode.OK)["email"].ShouldBe("ana@example.test");
        (await ana.Patch("/v1/widget/me", new { name = " Ana " })).Expect(HttpStatusCode.OK)["name"].ShouldBe("Ana");
        (await Rows(it)).ShouldBe(once);
        (await ana.Patch("/v1/widget/me", new { name = "Anna" })).Expect(HttpStatusCode.OK)["name"].ShouldBe("Anna");
        (await ana.Patch("/v1/widget/me", new { name = "Ana" })).Expect(HttpStatusCode.OK)["name"].ShouldBe("Ana");
        // An agent's word stands above: what is typed is noted once all the same.
        (await it.Kim.Patch($"/v1/contacts/{ana.Visitor}", new { name = "Ana Sailor" })).Expect(HttpStatusCode.OK);
        (await ana.Patch("/v1/widget/me", new { name = "A." })).Expect(HttpStatusCode.OK)["name"].ShouldBe("Ana Sailor");
        var noted = await Rows(it);
        (await ana.Patch("/v1/widget/me", new { name = "A." })).Expect(HttpStatusCode.OK);
        (await Rows(it)).ShouldBe(noted);
    }

    [Fact]
    public async Task Of_a_visitor_who_has_not_spoken_nothing_is_stored()
    {
        await using var it = await Lighthouse.Open();
        var before = await Rows(it);
        var ana = await it.Ana();
        (await ana.Patch("/v1/widget/me", new { name = "Ana", email = "ana@example.test" })).Expect(HttpStatusCode.OK)["name"].ShouldBe("Ana");
        (await ana.Begin(page: new { url = "https://shop.example/sails?secret=1#x", title = "Sails" })).Expect(HttpStatusCode.Created)["visitor.name"].ShouldBe("Ana");
        (await ana.Post("/v1/widget/sessions/end")).Expect(HttpStatusCode.NoContent);
        (await Rows(it)).ShouldBe(before);
    }

    [Fact]
    public async Task Who_begins_again_and_again_is_stopped_alone_and_fills_nothing()
    {
        await using var it = await Lighthouse.Open();
        var (ana, ben) = (await it.Ana(), await it.Ben());
        await ana.Write("Hello");
        var before = await Visits(it);
        async Task<Answer> Again(int i) =>
            await it.Stranger().Post("/v1/widget/sessions", new { inbox = it.Inbox, resume = ana.Resume, timeZone = $"Zone/{i}", locale = i % 2 == 0 ? "en" : "nl", page = new { url = $"https://shop.example/{i}" }, consent = true });
        var answers = new List<Answer>();
        for (var i = 0; i < 300; i++)
        {
            answers.Add(await Again(i));
        }

        var stopped = answers.Where(answer => answer.Status != HttpStatusCode.Created).ToList();
        stopped.ShouldNotBeEmpty();
        stopped[0].Refused(HttpStatusCode.TooManyRequests, "rate.limited").Headers.RetryAfter.ShouldNotBeNull();
        (await ben.Begin()).Expect(HttpStatusCode.Created);
        (await Visits(it) - before).ShouldBeLessThan(40, "as many visits as somebody makes who looks around quickly");

        // Whom the site vouches for is counted too, whatever their browser kept.
        var vouched = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => it.Browser().Begin(it.Vouch("user-9"))));
        vouched.ShouldContain(answer => answer.Code == "rate.limited");
    }

    [Fact]
    public async Task What_a_browser_says_of_itself_is_noted_once_a_minute()
    {
        await using var it = await Lighthouse.Open();
        var ana = await it.Ana();
        await ana.Write("Hello");
        async Task<long> Noted(string zone, string? page = null)
        {
            var before = await Visits(it);
            (await ana.Post("/v1/widget/sessions", new { inbox = it.Inbox, resume = ana.Resume, timeZone = zone, consent = true, page = page is null ? null : new { url = page } })).Expect(HttpStatusCode.Created);
            return await Visits(it) - before;
        }

        it.Clock.Advance(TimeSpan.FromMinutes(2));
        (await Noted("Europe/Berlin")).ShouldBe(1);
        (await Noted("Europe/Madrid")).ShouldBe(0);
        // Where they are is no matter of the log.
        (await Noted("Europe/Madrid", "https://shop.example/sails")).ShouldBe(0);
        it.Clock.Advance(TimeSpan.FromMinutes(2));
        (await Noted("Europe/Lisbon", "https://shop.example/sails")).ShouldBe(1);
    }

    [Fact]
    public async Task A_session_says_how_long_its_token_lives_and_the_token_then_dies()
    {
        await using var it = await Lighthouse.Open();
        var browser = it.Browser();
        var session = (await browser.Begin()).Expect(HttpStatusCode.Created);
        session["visitor.verified"].ShouldBe("False");
        session["visitor.id"].ShouldStartWith("con_");
        session.Body.GetProperty("expiresAt").GetDateTimeOffset().ShouldBe(it.Clock.GetUtcNow().AddHours(12), TimeSpan.FromMinutes(1));
        (await browser.Patch("/v1/widget/me", new { name = "Ana" })).Expect(HttpStatusCode.OK);
        it.Clock.Advance(TimeSpan.FromHours(12));
        (await browser.Patch("/v1/widget/me", new { name = "Ana" })).Refused(HttpStatusCode.Unauthorized, "auth.invalid");
    }

    [Fact]
    public async Task The_same_browser_comes_back_as_the_same_visitor()
    {
        await using var it = await Lighthouse.Open();
        var browser = it.Browser();
        (await browser.Begin()).Expect(HttpStatusCode.Created);
        var first = browser.Visitor;
        it.Clock.Advance(TimeSpan.FromDays(399));
        await it.Restart();
        (await browser.Begin()).Expect(HttpStatusCode.Created);
        browser.Visitor.ShouldBe(first);
        it.Clock.Advance(TimeSpan.FromDays(401));
        (await browser.Begin()).Expect(HttpStatusCode.Created);
        browser.Visitor.ShouldNotBe(first);
    }

    [Fact]
    public async Task A_tampered_resume_makes_a_new_visitor()
    {
        await using var it = await Lighthouse.Open();
        var browser = it.Browser();
        (await browser.Begin()).Expect(HttpStatusCode.Created);
        var first = browser.Visitor;
        foreach (var tampered in new[] { browser.Resume![..^1] + (browser.Resume[^1] == 'A' ? 'B' : 'A'), "x" + browser.Resume[1..], browser.Bearer!, "", ".", "a b.c", "\u00e4.\u00f6", new string('A', 5000) })
        {
            browser.Resume = tampered;
            (await browser.Begin()).Expect(HttpStatusCode.Created);
            browser.Visitor.ShouldNotBe(first, tampered);
        }
    }

    [Fact]
    public async Task A_resume_is_no_token_and_a_token_opens_no_agents_door()
    {
        await using var it = await Lighthouse.Open();
        var ana = await it.Ana();
        (await new Caller(it.Address, ana.Resume).Patch("/v1/widget/me", new { name = "Ana" })).Refused(HttpStatusCode.Unauthorized, "auth.invalid");
        (await ana.Get("/v1/me")).Refused(HttpStatusCode.Unauthorized, "auth.required");
        (await ana.Get("/v1/directory")).Refused(HttpStatusCode.Unauthorized, "auth.required");
        (await it.Kim.Patch("/v1/widget/me", new { name = "Kim" })).Refused(HttpStatusCode.Unauthorized, "auth.required");
    }

    [Fact]
    public async Task Claims_must_be_what_they_are_called()
    {
        await using var it = await Lighthouse.Open();
        var ana = await it.Ana();
        (await ana.Patch("/v1/widget/me", new { email = "not an address" })).Refused(HttpStatusCode.BadRequest, "email.invalid");
        (await ana.Patch("/v1/widget/me", new { name = new string('a', 101) })).Refused(HttpStatusCode.BadRequest, "name.tooLong");
        (await ana.Patch("/v1/widget/me", new { })).Refused(HttpStatusCode.BadRequest, "claims.empty");
        (await ana.Raw(HttpMethod.Patch, "/v1/widget/me", "{\"name\":5}")).Refused(HttpStatusCode.BadRequest, "request.malformed");
    }

    [Theory]
    [InlineData("off", null, false)]
    [InlineData("off", true, false)]
    [InlineData("afterConsent", null, false)]
    [InlineData("afterConsent", false, false)]
    [InlineData("afterConsent", true, true)]
    [InlineData("on", null, true)]
    [InlineData("on", false, false)]
    public async Task Page_referrer_and_browser_are_noted_where_the_inbox_and_the_visitor_allow_it(string setting, bool? said, bool noted)
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { consent = setting })).Expect(HttpStatusCode.OK);
        (await it.Stranger().Get($"/v1/widget/inboxes/{it.Inbox}"))["consent"].ShouldBe(setting);
        var page = new { url = "https://shop.example/sails", title = "Sails", referrer = "https://search.example/" };

        // Before the first word, after it, and known to the site.
        foreach (var (identity, late) in new[] { (null, false), (null, true), (it.Vouch("ana"), false) })
        {
            var browser = it.Browser();
            browser.Headers["User-Agent"] = "Mozilla/5.0 (a browser)";
            (await browser.Begin(identity, late ? null : page, late && said == true ? null : said)).Expect(HttpStatusCode.Created);
            await browser.Write("Hello");
            (await browser.Begin(identity, page, said)).Expect(HttpStatusCode.Created);
            var contact = (await it.Kim.Get($"/v1/contacts/{browser.Visitor}")).Expect(HttpStatusCode.OK);
            foreach (var word in new[] { "/sails", "search.example", "a browser" })
            {
                contact.Text.Contains(word).ShouldBe(noted, $"{word} in {contact.Text}");
            }

            contact.Body.GetProperty("devices").GetArrayLength().ShouldBe(1);
        }
    }

    [Fact]
    public async Task What_was_noted_of_the_browser_with_consent_stays_nothing_is_added_without_and_pages_go_with_a_no()
    {
        await using var it = await Lighthouse.Open();
        var ana = it.Browser();
        ana.Headers["User-Agent"] = "Mozilla/5.0 (a browser)";
        await ana.Begin(page: new { url = "https://shop.example/sails" }, consent: true);
        await ana.Write("Hello");
        ana.Headers["User-Agent"] = "Mozilla/5.0 (a newer browser)";
        await ana.Begin(page: new { url = "https://shop.example/ropes" }, consent: false);
        var contact = (await it.Kim.Get($"/v1/contacts/{ana.Visitor}")).Expect(HttpStatusCode.OK);
        contact.Body.TryGetProperty("page", out _).ShouldBeFalse();
        contact.Body.GetProperty("devices")[0].GetProperty("agent").GetString().ShouldBe("Mozilla/5.0 (a browser)");
    }

    [Fact]
    public async Task Only_pages_of_the_inboxs_domains_may_read_the_answers()
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { domains = new[] { "https://shop.example/", "*.sails.example" } })).Expect(HttpStatusCode.OK);
        var path = $"/v1/widget/inboxes/{it.Inbox}";
        foreach (var (origin, allowed) in new[]
        {
            ("https://shop.example", true), ("http://shop.example:8080", true), ("https://www.sails.example", true), ("https://sails.example", false),
            ("https://evil.example", false), ("https://shop.example.evil.example", false), ("null", false),
        })
        {
            var get = (await it.Stranger().Send(HttpMethod.Get, path, null, ("Origin", origin))).Expect(HttpStatusCode.OK);
            get.Headers.Contains("Access-Control-Allow-Origin").ShouldBe(allowed, origin);
            get.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
            var preflight = await it.Stranger().Send(HttpMethod.Options, "/v1/widget/sessions", null, ("Origin", origin), ("Access-Control-Request-Method", "POST"));
            preflight.Headers.Contains("Access-Control-Allow-Origin").ShouldBe(allowed, origin);
            var browser = it.Browser();
            browser.Headers["Origin"] = origin;
            var begun = await browser.Begin();
            begun.Status.ShouldBe(allowed ? HttpStatusCode.Created : HttpStatusCode.Forbidden, origin);
        }
    }

    [Fact]
    public async Task Caches_keep_the_answers_for_each_origin_apart()
    {
        await using var it = await Lighthouse.Open();
        var path = $"/v1/widget/inboxes/{it.Inbox}";
        foreach (var origin in new[] { null, "https://shop.example", it.Address.GetLeftPart(UriPartial.Authority) })
        {
            (string, string)[] headers = origin is null ? [] : [("Origin", origin)];
            var answer = (await it.Stranger().Send(HttpMethod.Get, path, null, headers)).Expect(HttpStatusCode.OK);
            answer.Headers.Vary.ShouldBe(["Origin"]);
            var again = await it.Stranger().Send(HttpMethod.Get, path, null, [.. headers, ("If-None-Match", answer.Headers.ETag!.Tag)]);
            again.Expect(HttpStatusCode.NotModified).Headers.Vary.ShouldBe(["Origin"]);
        }

        // Also what is refused at the door.
        (await it.Stranger().Get("/v1/widget/conversations")).Expect(HttpStatusCode.Unauthorized).Headers.Vary.ShouldBe(["Origin"]);
        (await it.Kim.Get("/v1/me")).Headers.Vary.ShouldBeEmpty();
    }

    [Fact]
    public async Task No_other_route_is_open_to_other_sites()
    {
        await using var it = await Lighthouse.Open();
        var answer = await it.Kim.Send(HttpMethod.Get, "/v1/me", null, ("Origin", "https://shop.example"));
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        var preflight = await it.Stranger().Send(HttpMethod.Options, "/v1/me", null, ("Origin", "https://shop.example"), ("Access-Control-Request-Method", "GET"));
        preflight.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    private static async Task Eventually(Func<Task<bool>> so)
    {
        for (var i = 0; i < 100 && !await so(); i++)
        {
            await Task.Delay(100);
        }

        (await so()).ShouldBeTrue();
    }

    private static Task<long> Visits(Lighthouse it) =>
        it.Services.GetRequiredService<Database>().Read(session => session.One<long>("select count(*) from entries where type = 'contactVisited'"));

    private static Task<long> Rows(Lighthouse it) => it.Services.GetRequiredService<Database>().Read(session => session.One<long>(
        "select (select count(*) from entries) + (select count(*) from states) + (select count(*) from claims) + (select count(*) from commands)"));

    [Fact]
    public async Task PA21_What_is_spoken_is_what_the_visitor_chose_else_what_is_vouched_for_else_what_their_page_would_like()
    {
        await using var it = await Lighthouse.Open();
        var vouched = Voucher.Sign(it.IdentityKey, new { sub = "user-7", locale = "nl_BE", aud = it.Inbox, exp = it.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds() });
        async Task<string> Spoken(object body) => (await it.Stranger().Post("/v1/widget/sessions", body)).Expect(HttpStatusCode.Created)["visitor.language"];
        (await Spoken(new { inbox = it.Inbox, locale = "fr" })).ShouldBe("fr");
        (await Spoken(new { inbox = it.Inbox, locale = "fr", identity = vouched })).ShouldBe("nl-BE");
        (await Spoken(new { inbox = it.Inbox, locale = "fr", identity = vouched, language = "es" })).ShouldBe("es");
    }

    [Fact]
    public async Task PA21_A_visitor_changes_the_language_before_and_after_the_first_word_and_agents_see_it()
    {
        await using var it = await Lighthouse.Open();
        var ana = it.Browser();
        (await ana.Begin()).Expect(HttpStatusCode.Created);
        (await ana.Patch("/v1/widget/me", new { language = "nl" })).Expect(HttpStatusCode.OK)["language"].ShouldBe("nl");
        await ana.Write("Hallo");
        var path = $"/v1/contacts/{ana.Visitor}";
        (await it.Kim.Get(path)).Expect(HttpStatusCode.OK)["language"].ShouldBe("nl");
        (await ana.Patch("/v1/widget/me", new { language = "de", name = "Ana" })).Expect(HttpStatusCode.OK)["language"].ShouldBe("de");
        var seen = await it.Kim.Get(path);
        (seen["language"], seen["name"]).ShouldBe(("de", "Ana"));
        (await ana.Patch("/v1/widget/me", new { language = "Deutsch" })).Refused(HttpStatusCode.BadRequest, "language.invalid");
        (await ana.Patch("/v1/widget/me", new { })).Refused(HttpStatusCode.BadRequest, "claims.empty");
    }
}
