using System.Net;
using Parley.Tests.Counterparts;

namespace Parley.Browser.Pictures;

/// <summary>What agents and admins see of mail that does not go as it should.</summary>
public sealed class MailTroublePicturesTests : Scene
{
    protected override async Task<IServing> Choose(Theatre theatre) => await theatre.Timed();

    [PicturesFact]
    public async Task A_mailbox_is_cut_off_and_mails_are_late_come_back_and_are_taken_by_nobody()
    {
        await using var sink = new MailSink();
        var box = await Letters.Of(Kim, Server.Here, sink);
        await box.Came("From: Ana Vermeer <ana@vermeer.example>\nTo: support@lighthouse.test\nSubject: The blue jacket\nMessage-ID: <blue@vermeer.example>\n\nDoes the blue jacket run small? We sail on Saturday.");
        var noor = await AtTheConsole("Noor", "all", new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await noor.Open("Does the blue jacket run small?");
        await noor.Write("It runs true to size.");
        await sink.To("ana@vermeer.example");
        await box.Hand($"From: Eve Hardy <eve@elsewhere.example>\nTo: {Letters.Header(sink.Whole.First(), "Reply-To")}\nSubject: Re: The blue jacket\nMessage-ID: <eve@elsewhere.example>\n\nThen send it to my new address, please: 12 Quay Street.");
        await noor.Sees("Then send it to my new address");
        await Expect(noor.Page.GetByText("The last mail came from eve@elsewhere.example")).ToBeVisibleAsync();
        await Album.Keep(noor.Page, "console-mail-unverified");

        var ruth = await Begin("ruth@elsewhere.example", "Ruth Okafor", "Your lanterns are ready.", "Lanterns");
        await sink.To("ruth@elsewhere.example");
        await noor.Open("Your lanterns are ready.");
        await noor.IsMarked("Your lanterns are ready.", "sent");
        await box.Report(sink.Whole.Last(), "ruth@elsewhere.example", late: true);
        await Ears.Eventually(async () => (await Kim.Get($"/v1/conversations/{ruth}/channel")).Text.ShouldContain("delayed"));
        await noor.Page.ReloadAsync();
        await Expect(noor.Page.GetByText("Not there yet")).ToBeVisibleAsync();
        await Album.Keep(noor.Page, "console-mail-late");
        await box.Report(sink.Whole.First(mail => mail.Contains("ruth@elsewhere.example", StringComparison.Ordinal)), "ruth@elsewhere.example", late: false);
        await Expect(noor.Page.GetByText("Came back")).ToBeVisibleAsync();
        await Album.Keep(noor.Page, "console-mail-bounced");

        sink.Recipient = "550 5.7.1 We take nothing from this address: its domain has no SPF record.";
        await Begin("otto@strict.example", "Otto Lind", "Your sail is mended.", "Your sail");
        (await Kim.Post("/v1/channels", new { kind = "email", name = "Orders", settings = new { address = "orders@lighthouse.test", receiveHost = "localhost", receivePort = Ports.Free(), receiveSecurity = "none", user = "orders", password = "one" } })).Expect(HttpStatusCode.Created);
        var kim = await Agent("Kim", new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await Ears.Eventually(async () =>
        {
            (await Kim.Get("/v1/channels")).Text.ShouldContain("\"broken\"");
            (await Kim.Get("/v1/channels/letters")).Expect(HttpStatusCode.OK).Body.GetProperty("items").GetArrayLength().ShouldBe(2);
        });
        await kim.SitDown("all");
        await Expect(kim.Page.GetByText("Orders is cut off")).ToBeVisibleAsync();
        await kim.Open("Your sail is mended.");
        await Expect(kim.Page.GetByText("Not sent: the other side does not take this message.")).ToBeVisibleAsync();
        await Album.Keep(kim.Page, "console-mail-cut-off");
        await kim.Page.GotoAsync($"{Server.Address}#/settings/channels");
        var letters = kim.Page.GetByText("Not sent, or not read");
        await Expect(letters).ToBeVisibleAsync();
        await Album.Keep(kim.Page, "settings-mailboxes");
        async Task Letter() => await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Put away" }).Last.ScrollIntoViewIfNeededAsync();
        await Letter();
        await Album.Keep(kim.Page, "settings-letters", narrow: Letter);
        await Album.Index();

        async Task<string> Begin(string to, string name, string text, string subject) =>
            (await Kim.Post($"/v1/mailboxes/{box.Inbox}/conversations", new { to = new { address = to, name }, content = new { type = "text", text, mail = new { subject } } })).Expect(HttpStatusCode.Created)["conversation.id"];
    }
}
