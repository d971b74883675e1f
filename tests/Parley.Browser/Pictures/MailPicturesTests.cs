using System.Net.Http.Headers;
using System.Text;

namespace Parley.Browser.Pictures;

/// <summary>A mailbox that is set up, a mail that came in, and those that are written, in the demo's shop.</summary>
[Collection("Pictures of the demo")]
public class MailPicturesTests
{
    private const string Mail = """
        From: Ana Vermeer <ana@vermeer.example>
        To: support@lighthouse.example, Ben de Wit <ben@vermeer.example>
        Subject: The blue jacket
        Message-ID: <blue@vermeer.example>
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="parts"

        --parts
        Content-Type: text/plain; charset=utf-8

        Does the blue jacket run small? We sail on Saturday, and Ben would need a size larger if it does.

        On Monday you wrote:
        > We have it in blue, in all sizes.

        -- 
        Ana Vermeer
        --parts
        Content-Type: text/html; charset=utf-8

        <html><body><h2>The blue jacket</h2><p>Does the blue jacket run small? We sail on <b>Saturday</b>, and Ben would need a size larger if it does.</p>
        <table border="1" cellpadding="6"><tr><th>Who</th><th>Chest</th><th>Size</th></tr><tr><td>Ana</td><td>92 cm</td><td>M</td></tr><tr><td>Ben</td><td>104 cm</td><td>L?</td></tr></table>
        <img src="https://vermeer.example/jacket.svg" width="280" height="120" alt="The jacket"><blockquote>We have it in blue, in all sizes.</blockquote><p>Ana Vermeer</p></body></html>
        --parts--
        """;

    private const string Jacket = """
        <svg xmlns="http://www.w3.org/2000/svg" width="280" height="120"><rect width="280" height="120" fill="#dbe7f5"/><path d="M100 25l25-10h30l25 10 20 40-20 8-6-14v46h-68V59l-6 14-20-8z" fill="#2f5f9e"/><path d="M140 15v90" stroke="#fff" stroke-width="3"/></svg>
        """;

    [PicturesFact]
    public async Task A_mailbox_is_set_up_a_mail_came_in_and_one_is_written()
    {
        var page = await ConsolePicturesTests.AtTheDesk();
        var channel = await page.Ask("POST", "/v1/channels", new { kind = "email", name = "Support by mail", settings = new { address = "support@lighthouse.example", sendHost = "smtp.lighthouse.example" } });
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(new Uri(page.Url), "/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", channel.GetProperty("made").GetProperty("hook").GetString());
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Mail.ReplaceLineEndings("\r\n")));
        (await http.PostAsync($"/v1/channels/{channel.GetProperty("inbox").GetString()}/mime", content)).EnsureSuccessStatusCode();
        await page.GotoAsync(new Uri(new Uri(page.Url), "/#/all").ToString());
        await Expect(page.Locator("a.row").Filter(new() { HasText = "Ana Vermeer" }).First).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await page.Open("Ana Vermeer");
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new("^New mail") })).ToBeVisibleAsync();
        var message = page.GetByRole(AriaRole.Log).GetByRole(AriaRole.Article).First;
        async Task Original()
        {
            var show = message.GetByRole(AriaRole.Button, new() { Name = "Show the original" });
            await Expect(show.Or(message.Locator("iframe")).First).ToBeVisibleAsync();
            if (await show.IsVisibleAsync())
            {
                await show.ClickAsync();
            }

            await Expect(message.Locator("iframe")).ToBeVisibleAsync();
        }

        await Original();
        await Album.Keep(page, "console-mail", narrow: Original);
        await page.Context.RouteAsync("https://vermeer.example/**", route => route.FulfillAsync(new() { ContentType = "image/svg+xml", Body = Jacket }));
        async Task Pictured()
        {
            await Original();
            var show = message.GetByRole(AriaRole.Button, new() { Name = "Show pictures" });
            if (await show.IsVisibleAsync())
            {
                await show.ClickAsync();
            }

            await Expect(show).ToBeHiddenAsync();
            await message.Locator("iframe").ScrollIntoViewIfNeededAsync();
        }

        await Pictured();
        await Album.Keep(page, "console-mail-pictures", narrow: Pictured);
        var fields = page.GetByRole(AriaRole.Group, new() { Name = "Subject and recipients" });
        await fields.GetByRole(AriaRole.Button).First.ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { NameRegex = new("^Reply to") }).FillAsync("It runs **true to size**. Ben is fine with L:\n\n- chest to 108 cm\n- longer in the back");
        await page.GetByRole(AriaRole.Button, new() { Name = "What goes with it" }).ClickAsync();
        await Album.Keep(page, "console-mail-writing");
        await page.Keyboard.PressAsync("Escape");
        await message.HoverAsync();
        await message.GetByRole(AriaRole.Button, new() { Name = "More about this message" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Forward" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Combobox, new() { Name = "To" })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Workshop <workshop@tailors.example>,");
        await dialog.GetByLabel("Words above it").FillAsync("Can you take it in by Saturday?");
        await Album.Keep(page, "console-mail-forward");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("ControlOrMeta+k");
        await Expect(dialog.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Mail the conversation");
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog.GetByLabel("To", new() { Exact = true })).ToBeFocusedAsync();
        await Album.Keep(page, "console-mail-transcript");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Textbox, new() { NameRegex = new("^Reply to") }).FillAsync("");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^New mail") }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Combobox, new() { Name = "To" })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Ana Vermeer <ana@vermeer.example>,");
        await dialog.GetByLabel("Subject").FillAsync("Your order 20377");
        await dialog.GetByLabel("Message").FillAsync("It is on its way, and will be there on **Friday**.");
        await dialog.Locator("input[type=file]").SetInputFilesAsync([new FilePayload { Name = "Order 20377.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4 an order"u8.ToArray() }, new FilePayload { Name = "How to measure.txt", MimeType = "text/plain", Buffer = new byte[48_000] }]);
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true })).ToBeEnabledAsync();
        await Album.Keep(page, "console-mail-new");
        await page.Keyboard.PressAsync("Escape");

        await page.GotoAsync(new Uri(new Uri(page.Url), "/#/settings/channels").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a channel" }).First.ClickAsync();
        await dialog.GetByLabel("Kind").SelectOptionAsync(new SelectOptionValue { Label = "E-mail" });
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Support");
        await dialog.GetByLabel("E-mail address").FillAsync("lighthouse@gmail.com");
        await Expect(dialog.GetByText("Gmail: the servers are filled in.")).ToBeVisibleAsync();
        await Album.Keep(page, "settings-mailbox");
        await dialog.GetByText("Servers", new() { Exact = true }).ClickAsync();
        await dialog.GetByLabel("Server for receiving (IMAP)").FillAsync("imap.lighthouse.invalid");
        await dialog.GetByLabel("Server for sending (SMTP)").FillAsync("smtp.lighthouse.invalid");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Test", Exact = true }).ClickAsync();
        await Expect(dialog.GetByText("Receiving: The server’s name is wrong")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        async Task Shown() => await dialog.GetByText("Receiving: The server’s name is wrong").ScrollIntoViewIfNeededAsync();
        await Shown();
        await Album.Keep(page, "settings-mailbox-trial", narrow: Shown);
    }
}
