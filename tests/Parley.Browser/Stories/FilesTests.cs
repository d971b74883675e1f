namespace Parley.Browser.Stories;

/// <summary>PA4: pictures and papers, both ways, however they come into the field.</summary>
public class FilesTests : Scene
{
    /// <summary>A picture of 40 × 30 pixels, drawn by the browser itself.</summary>
    private const string Draw = """
        async (name) => {
          const canvas = new OffscreenCanvas(40, 30);
          const pen = canvas.getContext('2d');
          pen.fillStyle = 'teal';
          pen.fillRect(5, 5, 30, 20);
          return new File([await canvas.convertToBlob({ type: 'image/png' })], name, { type: 'image/png' });
        }
        """;

    private static readonly FilePayload Paper = new() { Name = "order.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"u8.ToArray() };

    [BrowserFact, Trait("row", "PA4")]
    public async Task PA4_Files_by_the_button_both_ways()
    {
        var (noor, ana) = await Meet();
        await ana.App.Locator("input[type=file]").SetInputFilesAsync(Paper);
        await Expect(ana.App.GetByRole(AriaRole.Button, new() { Name = "Remove order.pdf" })).ToBeVisibleAsync();
        await ana.Write("The order is attached");
        await ana.Arrived("The order is attached");
        var link = noor.Message("The order is attached").GetByRole(AriaRole.Link, new() { Name = "order.pdf" });
        await Expect(link).ToBeVisibleAsync();
        var download = await noor.Page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        (await File.ReadAllBytesAsync((await download.PathAsync())!)).ShouldBe(Paper.Buffer);

        await noor.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "invoice.pdf", MimeType = "application/pdf", Buffer = Paper.Buffer });
        await noor.Write("And the invoice");
        await Expect(ana.Message("And the invoice").GetByRole(AriaRole.Link)).ToContainTextAsync("invoice.pdf");
    }

    [BrowserFact, Trait("row", "PA4")]
    public async Task PA4_A_dropped_picture_is_seen_before_and_after_it_is_sent()
    {
        var (noor, ana) = await Meet();
        await Drop(ana.App.Locator("main.screen"), "mast.png");
        await Expect(ana.App.GetByRole(AriaRole.Img, new() { Name = "mast.png" })).ToBeVisibleAsync();
        await ana.Write("This is my mast");
        await IsDrawn(noor.Message("This is my mast").GetByRole(AriaRole.Img, new() { Name = "mast.png" }));
        await IsDrawn(ana.Message("This is my mast").GetByRole(AriaRole.Img, new() { Name = "mast.png" }));

        await ana.Message("This is my mast").GetByRole(AriaRole.Button, new() { Name = "Open picture mast.png" }).ClickAsync();
        await Expect(ana.App.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await ana.Page.Keyboard.PressAsync("Escape");
        await Expect(ana.App.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        await Expect(ana.Panel).ToBeVisibleAsync();

        await Drop(noor.Page.Locator(".composer"), "rig.png");
        await noor.Write("It should look so");
        await IsDrawn(ana.Message("It should look so").GetByRole(AriaRole.Img, new() { Name = "rig.png" }));
    }

    [BrowserFact, Trait("row", "PA4")]
    public async Task PA4_A_pasted_picture_goes_both_ways()
    {
        var (noor, ana) = await Meet();
        await Paste(ana.Field, "screen.png");
        await Expect(ana.App.GetByRole(AriaRole.Img, new() { Name = "screen.png" })).ToBeVisibleAsync();
        // A picture alone needs no words.
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await IsDrawn(noor.Messages.GetByRole(AriaRole.Img, new() { Name = "screen.png" }));

        await Paste(noor.Field, "answer.png");
        await noor.Write("Like this");
        await IsDrawn(ana.Message("Like this").GetByRole(AriaRole.Img, new() { Name = "answer.png" }));
    }

    [BrowserFact, Trait("row", "PA4")]
    public async Task PA4_What_is_too_large_or_not_what_it_claims_is_refused_in_words()
    {
        var (noor, ana) = await Meet();
        await ana.App.Locator("body").EvaluateAsync("""
            () => {
              const input = document.querySelector('input[type=file]');
              const load = new DataTransfer();
              load.items.add(new File([new Uint8Array(60_000_000)], 'film.mov'));
              input.files = load.files;
              input.dispatchEvent(new Event('change', { bubbles: true }));
            }
            """);
        await Expect(ana.App.GetByRole(AriaRole.Alert)).ToContainTextAsync("film.mov is larger than");

        ana.Watch.Expect("status of 4(15|22|00)");
        await ana.App.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "virus.exe", MimeType = "application/x-msdownload", Buffer = [0x4D, 0x5A, 0x90, 0x00, 0x03, 0x00] });
        await ana.Write("Look at this");
        await ana.IsMarked("Look at this", "failed");
        await Expect(ana.Message("Look at this")).ToContainTextAsync("This kind of file cannot be sent.");
        await Expect(noor.Message("Look at this")).ToHaveCountAsync(0);
    }

    private async Task<(Agent Noor, Customer Ana)> Meet()
    {
        var noor = await AtTheConsole();
        var ana = await Customer();
        await ana.Visit();
        await ana.Begin("I have something to show");
        await noor.Open("something to show");
        return (noor, ana);
    }

    private static Task Drop(ILocator onto, string name) => onto.EvaluateAsync($$"""
        async (element, name) => {
          const load = new DataTransfer();
          load.items.add(await ({{Draw}})(name));
          for (const type of ['dragenter', 'dragover', 'drop']) element.dispatchEvent(new DragEvent(type, { dataTransfer: load, bubbles: true, cancelable: true }));
        }
        """, name);

    private static Task Paste(ILocator into, string name) => into.EvaluateAsync($$"""
        async (element, name) => {
          const load = new DataTransfer();
          load.items.add(await ({{Draw}})(name));
          element.focus();
          element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: load, bubbles: true, cancelable: true }));
        }
        """, name);

    /// <summary>The picture has arrived and is one.</summary>
    private static async Task IsDrawn(ILocator picture)
    {
        await picture.ScrollIntoViewIfNeededAsync();
        await Expect(picture).ToHaveJSPropertyAsync("complete", true);
        await Expect(picture).ToHaveJSPropertyAsync("naturalWidth", 40);
    }
}
