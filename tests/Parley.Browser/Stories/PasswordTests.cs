using System.Text.RegularExpressions;

namespace Parley.Browser.Stories;

/// <summary>A password is forgotten, and a line mailed, where there is a mail server.</summary>
public partial class PasswordTests : Scene
{
    private MailSink _sink = null!;

    protected override async Task<IServing> Choose(Theatre theatre)
    {
        _sink = await theatre.Sink();
        return await theatre.Mailing();
    }

    [BrowserFact, Trait("row", "OP3")]
    public async Task OP3_A_forgotten_password_is_renewed_by_the_link_in_a_mail_and_what_was_open_closes()
    {
        // Where an owner signs in is where the links in mails lead.
        var kim = await Agent("Kim");
        await kim.SitDown(signedIn: false);
        await SignIn(kim, Password);
        await Expect(kim.Page.GetByRole(AriaRole.Navigation).First).ToBeVisibleAsync();
        // The line for the site goes to whoever looks after that, by our own mail.
        await kim.Page.GotoAsync($"{Server.Address}#/settings/inboxes/{Inbox}");
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Mail it to my webmaster" }).ClickAsync();
        await kim.Page.GetByLabel("Address of your webmaster").FillAsync(Email("Web"));
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(kim.Page.GetByText($"On its way to {Email("Web")}")).ToBeVisibleAsync();
        (await _sink.To(Email("Web"))).ShouldContain($"data-inbox=\"{Inbox}\"");
        var noor = await AtTheConsole();
        await Expect(noor.Page.GetByRole(AriaRole.Navigation).First).ToBeVisibleAsync();
        noor.Watch.Expect("status of 401|Close received after close");

        var elsewhere = await Customer();
        elsewhere.Watch.Expect("status of 401");
        var page = elsewhere.Page;
        await page.GotoAsync(Server.Address.ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "Forgotten your password?" }).ClickAsync();
        await Expect(page.GetByLabel("Email")).ToBeVisibleAsync();
        await Reads("door-forgotten", page.Locator("body"));
        await page.GetByLabel("Email").FillAsync(Email("Noor"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the link" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("a mail is on its way");
        await Reads("door-forgotten-sent", page.Locator("body"));
        var link = Link().Match(await _sink.To(Email("Noor"))).Value;
        link.ShouldStartWith($"{Server.Address}reset#");
        await page.GotoAsync(link);
        await page.GetByLabel("New password").FillAsync("a fresh password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Navigation).First).ToBeVisibleAsync();

        // At the desk the console closes at once; the old password opens it no more, the new one does.
        await Expect(noor.Page.GetByLabel("Email")).ToBeVisibleAsync();
        await SignIn(noor, Password);
        await Expect(noor.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Reads("console-sign-in-refused", noor.Page.Locator("body"));
        await SignIn(noor, "a fresh password");
        await Expect(noor.Page.GetByRole(AriaRole.Navigation).First).ToBeVisibleAsync();
    }

    private async Task SignIn(Agent agent, string password)
    {
        await agent.Page.GetByLabel("Email").FillAsync(Email(agent.Name));
        await agent.Page.GetByLabel("Password").FillAsync(password);
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    [GeneratedRegex(@"http://\S+#\S+")]
    private static partial Regex Link();
}
