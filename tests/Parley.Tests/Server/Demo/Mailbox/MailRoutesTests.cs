using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Mail;
using Parley.Server.Demo.Mailbox;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Server.Demo.Mailbox;

public sealed class MailRoutesTests : IAsyncLifetime
{
    private DemoHouse _house = null!;

    private Person Noor => _house.Guest;

    public async Task InitializeAsync() => _house = await DemoHouse.Open();

    public async Task DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public async Task What_a_customer_has_not_seen_is_in_the_mailbox_once_and_its_link_opens_the_thread()
    {
        (await Noor.Get("/demo")).Expect(HttpStatusCode.OK);
        (await Noor.Get("/demo/mail")).Expect(HttpStatusCode.OK).Text.ShouldContain("No mail yet");
        using var ana = await _house.Customer();
        var thread = await ana.Write("Is it <b>waterproof</b>?");
        (await Noor.Post($"/v1/conversations/{thread}/messages", new { clientId = "1", content = new { type = "text", text = "It is <img src=x onerror=alert(1)>, see https://lighthouse.test/\"><script>." } })).Expect(HttpStatusCode.Created);

        // Hours go by in a moment; the mail is due in their course, and goes out once.
        (await Noor.Put("/demo/controls/state", new { night = true })).Expect(HttpStatusCode.OK);
        await Count(1);
        (await Noor.Put("/demo/controls/state", new { night = false })).Expect(HttpStatusCode.OK);
        var list = (await Noor.Get("/demo/mail")).Expect(HttpStatusCode.OK).Text;
        list.ShouldContain("To ana@lighthouse-friends.test");
        list.ShouldContain("data-new");
        (await Noor.Get("/demo/controls/state"))["unread"].ShouldBe("1");
        var letter = (await Noor.Get("/demo/mail/1?as=text")).Expect(HttpStatusCode.OK);
        letter.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'; script-src 'self'");
        letter.Text.ShouldContain("It is &lt;img src=x onerror=alert(1)&gt;, see <a href=\"https://lighthouse.test/\" target=\"_blank\" rel=\"noopener noreferrer\">");
        Regex.Count(letter.Text, "<script").ShouldBe(2, "The demo's clock and the page's own.");
        (await Noor.Get("/demo/controls/state"))["unread"].ShouldBe("0");

        // As it is read: the mail's own page, in a frame that runs nothing and fetches nothing.
        var shown = (await Noor.Get("/demo/mail/1")).Expect(HttpStatusCode.OK).Text;
        shown.ShouldContain("<iframe class=\"sheet\" title=\"The mail\" sandbox=\"allow-same-origin allow-popups allow-popups-to-escape-sandbox\" src=\"/demo/mail/1/page\">");
        shown.ShouldNotContain("<img src=x");
        var sheet = (await Noor.Get("/demo/mail/1/page")).Expect(HttpStatusCode.OK);
        var policy = sheet.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;");
        policy.ShouldContain("sandbox allow-same-origin");
        policy.ShouldNotContain("allow-scripts");
        sheet.Text.ShouldStartWith("<!doctype html><base target=\"_blank\">");
        sheet.Text.ShouldContain("It is &lt;img src=x onerror=alert(1)&gt;");
        sheet.Text.ShouldContain("border-top:6px solid #");

        var link = Regex.Match(letter.Text, @"<a href=""(http://127\.0\.0\.1:\d+)/t#(?<token>[^.""]+)\.");
        link.Groups[1].Value.ShouldBe(_house.Serving.App.Urls.First());
        using var opened = new Caller(_house.Address);
        (await opened.Post("/v1/links/open", new { token = link.Groups["token"].Value })).Expect(HttpStatusCode.OK)["conversation"].ShouldBe(thread);
        (await Noor.Get("/demo/mail/count")).Text.ShouldBe("1");
    }

    [Fact]
    public async Task Letters_outlast_a_restart_and_whoever_talks_nonsense_keeps_nobody_waiting()
    {
        var office = _house.Serving.App.Services.GetRequiredService<PostOffice>();
        using (var rude = new TcpClient())
        {
            await rude.ConnectAsync(IPAddress.Loopback, office.Port);
            await rude.GetStream().WriteAsync(Encoding.ASCII.GetBytes("DATA\r\nhalf a let"));
        }

        await _house.Serving.App.Services.GetRequiredService<Smtp>().Send(new Letter("ben@okafor.test", "One", ".\n..two\nthree\n"), Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
        await Count(1, atLeast: true);
        var kept = _house.Serving.App.Services.GetRequiredService<Letters>().All;
        kept[^1].Text.ShouldBe(".\n..two\nthree\n");
        await _house.Restart();
        _house.Serving.App.Services.GetRequiredService<Letters>().All.Select(letter => letter.Subject).ShouldBe(kept.Select(letter => letter.Subject));
        (await Noor.Get("/demo/mail/99")).Expect(HttpStatusCode.NotFound);
        (await Noor.Get($"/demo/mail/{kept[^1].Number}")).Expect(HttpStatusCode.OK).Text.ShouldNotContain("<iframe", customMessage: "It came without a page.");
        (await Noor.Get($"/demo/mail/{kept[^1].Number}/page")).Expect(HttpStatusCode.NotFound);
    }

    private async Task Count(int wanted, bool atLeast = false)
    {
        var count = -1;
        for (var tries = 0; tries < 150 && !(count == wanted || (atLeast && count > wanted)); tries++, await Task.Delay(100))
        {
            count = int.Parse((await Noor.Get("/demo/mail/count")).Text, System.Globalization.CultureInfo.InvariantCulture);
        }

        if (!atLeast)
        {
            count.ShouldBe(wanted);
        }
    }
}
