using System.Text.RegularExpressions;

namespace Parley.Browser.Stories;

/// <summary>
/// What a screen reader is told in each state of both apps, as text in <c>tests/Parley.Browser/Trees</c>: a change there is meant, or a fault.
/// <c>PARLEY_TREES_WRITE=1</c> writes the files anew.
/// </summary>
public partial class TreesTests : Scene
{
    private static readonly bool Writes = Environment.GetEnvironmentVariable("PARLEY_TREES_WRITE") == "1";

    [BrowserFact, Trait("row", "PA22")]
    public async Task PA22_What_is_read_out_of_the_widget()
    {
        var ana = await Customer();
        await ana.Visit();
        await ana.Open();
        await Expect(ana.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" })).ToBeVisibleAsync();
        await Reads("widget-home", ana.App.Locator("body"));
        await ana.App.GetByRole(AriaRole.Button, new() { Name = "Start a conversation" }).ClickAsync();
        await Reads("widget-new", ana.App.Locator("body"));
        await ana.Say("Do you mend sails?");
        var noor = await AtTheConsole();
        await noor.Open("mend sails");
        await noor.Say("We do");
        await ana.Sees("We do");
        await ana.IsMarked("Do you mend sails?", "read");
        await Reads("widget-thread", ana.App.Locator("body"));
        await ana.Message("We do").HoverAsync();
        await ana.Message("We do").GetByRole(AriaRole.Button, new() { Name = "What to do with this message" }).ClickAsync();
        await Expect(ana.App.GetByRole(AriaRole.Menu)).ToBeVisibleAsync();
        await Reads("widget-message-menu", ana.App.GetByRole(AriaRole.Menu));
        await ana.Page.Keyboard.PressAsync("Escape");
        await ana.Back();
        await Expect(ana.App.Locator("button.row")).ToBeVisibleAsync();
        await Reads("widget-home-again", ana.App.Locator("body"));
    }

    [BrowserFact, Trait("row", "PA22")]
    public async Task PA22_What_is_read_out_of_the_console()
    {
        var ana = await Customer();
        await ana.Visit("", Vouch("ana", "Ana"));
        await ana.Begin("Do you mend sails?");
        var noor = await Agent();
        await noor.SitDown(signedIn: false);
        await Expect(noor.Page.GetByLabel("Email")).ToBeVisibleAsync();
        await Reads("console-sign-in", noor.Page.Locator("body"));
        await noor.SignIn();
        await noor.Page.ReloadAsync();
        await Expect(noor.Row("mend sails")).ToBeVisibleAsync();
        await Reads("console-list", noor.Page.Locator("a.row").First);
        await noor.Open("mend sails");
        await noor.Sees("Do you mend sails?");
        await Expect(noor.Page.GetByText("your system vouches for who this is")).ToBeVisibleAsync();
        await Reads("console-thread", noor.Thread);
        await Reads("console-person", noor.Page.GetByRole(AriaRole.Complementary).Last);
        await noor.Page.Keyboard.PressAsync("ControlOrMeta+k");
        await Expect(noor.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Reads("console-palette", noor.Page.GetByRole(AriaRole.Dialog));
    }

    private static async Task Reads(string state, ILocator what)
    {
        var file = Tree.File("tests", "Parley.Browser", "Trees", $"{state}.yml");
        // The screen may still be on its way: what is held against the file is what it comes to.
        var (tree, patience) = ("", 40);
        do
        {
            tree = Plain(await what.AriaSnapshotAsync());
            if (Writes)
            {
                await Task.Delay(500);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllTextAsync(file, Plain(await what.AriaSnapshotAsync()));
                return;
            }
        }
        while (tree != await File.ReadAllTextAsync(file) && patience-- > 0 && await Waited());

        tree.ShouldBe(await File.ReadAllTextAsync(file), $"{state}: the tree has changed; if that is meant, PARLEY_TREES_WRITE=1 writes it anew.");

        static async Task<bool> Waited()
        {
            await Task.Delay(100);
            return true;
        }
    }

    /// <summary>Without what is different at every run: times, ids, addresses, the number of the workspace.</summary>
    private static string Plain(string tree) => Numbers().Replace(Visitors().Replace(Ago().Replace(Clock().Replace(Links().Replace(tree, ""), "TIME"), "AGO"), "Visitor ID"), "Lighthouse").TrimEnd() + "\n";

    [GeneratedRegex(@"^ *- /url: .*\n", RegexOptions.Multiline)]
    private static partial Regex Links();

    [GeneratedRegex(@"\b\d{1,2}:\d{2}(:\d{2})?(\s?[AP]M)?\b")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\bNow\b|\b\d+ ?(s|m|min|sec\.?|seconds?|minutes?)( ago)?\b")]
    private static partial Regex Ago();

    [GeneratedRegex(@"Visitor [0-9A-Z]{4}")]
    private static partial Regex Visitors();

    [GeneratedRegex(@"Lighthouse \d+")]
    private static partial Regex Numbers();
}
