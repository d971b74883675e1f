using System.Net;

namespace Parley.Browser.Pictures;

/// <summary>From an empty folder to a team: setting up, first steps, inviting, joining, a new password; and what is mailed.</summary>
public class DoorPicturesTests
{
    [PicturesFact]
    public async Task Setting_up()
    {
        await using var server = await Shipped.Start();
        var shop = await Theatre.Shared.Shop();
        var context = await NewContext();
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Address.ToString());
        await page.GetByLabel("Set-up code").FillAsync(server.SetupCode);
        await page.GetByLabel("Your name").FillAsync("Kim");
        await page.GetByLabel("Email").FillAsync("kim@lighthouse.test");
        await page.GetByLabel("Password").FillAsync(Scene.Password);
        await Album.Keep(page, "door-setup-1-you");
        await On(page);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Lighthouse");
        await Album.Keep(page, "door-setup-2-company");
        await On(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "#0f766e" }).ClickAsync();
        await page.GetByLabel("Greeting").FillAsync("Ahoy! What does your boat need?");
        await Album.Keep(page, "door-setup-3-look");
        await On(page);
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Waiting for the first call");
        await Album.Keep(page, "door-setup-4-site");
        var inbox = (await page.GetByLabel("Put it on your site", new() { Exact = true }).InnerTextAsync()).Split("data-inbox=\"")[1].Split('"')[0];
        var site = await context.NewPageAsync();
        await site.GotoAsync(shop.Page("", server.Address, inbox));
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("It works");
        await site.CloseAsync();
        await Album.Keep(page, "door-setup-4-site-works");
        await On(page);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Write to yourself" })).ToBeVisibleAsync();
        await Album.Keep(page, "door-setup-5-try");
        await page.GotoAsync(server.Address.ToString());
        await Expect(page.GetByRole(AriaRole.Navigation).First).ToBeVisibleAsync();
        await page.WaitForTimeoutAsync(800);
        await Album.Keep(page, "console-first-steps");

        using var kim = new Person(((IServing)server).Here);
        (await kim.Post("/v1/session", new { email = "kim@lighthouse.test", password = Scene.Password })).Expect(HttpStatusCode.Created);
        var invited = (await kim.Post("/v1/invitations", new { email = "noor@lighthouse.test" })).Expect(HttpStatusCode.Created)["url"];
        await page.GotoAsync($"{server.Address}#/settings/agents");
        await Expect(page.GetByText("noor@lighthouse.test")).ToBeVisibleAsync();
        await Album.Keep(page, "settings-agents-invited");
        await context.CloseAsync();

        var guest = await (await NewContext()).NewPageAsync();
        await guest.GotoAsync(server.Address.ToString());
        await Expect(guest.GetByLabel("Email")).ToBeVisibleAsync();
        await Album.Keep(guest, "door-sign-in");
        await guest.GotoAsync($"{server.Address}reset");
        await Album.Keep(guest, "door-forgotten");
        await guest.GotoAsync($"{server.Address}reset#a-link-from-a-mail");
        await Expect(guest.GetByLabel("New password")).ToBeVisibleAsync();
        await Album.Keep(guest, "door-new-password");
        await guest.GotoAsync($"{server.Address}join#{invited.Split('#')[1]}");
        await Expect(guest.GetByLabel("Your name")).ToBeVisibleAsync();
        await Album.Keep(guest, "door-join");
        await guest.Context.CloseAsync();
        await Album.Index();
    }

    [PicturesFact]
    public async Task What_is_mailed()
    {
        var sink = await Theatre.Shared.Sink();
        var server = await Theatre.Shared.Mailing();
        await server.Found("Lighthouse", "Kim", "kim@pictures.test", Scene.Password);
        using var kim = new Person(((IServing)server).Here);
        (await kim.Post("/v1/session", new { email = "kim@pictures.test", password = Scene.Password })).Expect(HttpStatusCode.Created);
        var page = await (await NewContext()).NewPageAsync();
        (await kim.Post("/v1/invitations", new { email = "noor@pictures.test" })).Expect(HttpStatusCode.Created);
        await Draw(page, await sink.To("noor@pictures.test"), "mail-invitation");
        await kim.Post("/v1/password/forgot", new { email = "kim@pictures.test" });
        await Draw(page, await sink.To("kim@pictures.test"), "mail-forgotten");
        await page.Context.CloseAsync();
        await Album.Index();
    }

    /// <summary>As a program for mails shows plain text.</summary>
    private static async Task Draw(IPage page, string mail, string name)
    {
        var text = mail[(mail.IndexOf("\n\n", StringComparison.Ordinal) + 2)..];
        var subject = Parley.Platform.Mail.Reading.MailReader.Read(System.Text.Encoding.UTF8.GetBytes(mail)).Subject;
        await page.SetContentAsync("<meta name=viewport content='width=device-width'><style>:root { color-scheme: light dark; font: 16px/1.5 system-ui } body { max-width: 44rem; margin: 3rem auto; padding: 0 1rem } pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere }</style><h2></h2><pre></pre>");
        await page.EvaluateAsync("([subject, text]) => { document.querySelector('h2').textContent = subject; document.querySelector('pre').textContent = text }", new[] { subject, text });
        await Album.Keep(page, name);
    }

    private static Task On(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

    private static async Task<IBrowserContext> NewContext()
    {
        var context = await (await Theatre.Shared.Chromium()).It.NewContextAsync(new() { Locale = "en-GB", TimezoneId = "Europe/Amsterdam", ReducedMotion = ReducedMotion.Reduce, ViewportSize = new() { Width = 1440, Height = 900 } });
        context.SetDefaultTimeout(Chromium.Patience);
        return context;
    }
}
