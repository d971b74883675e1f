namespace Parley.Browser.Stage;

/// <summary>What a story looked like at a moment, for people to look at: kept where <c>PARLEY_PICTURES</c> names a folder, else not made.</summary>
public static class Picture
{
    public static string? Folder { get; } = Environment.GetEnvironmentVariable("PARLEY_PICTURES");

    public static async Task Keep(IPage page, string name)
    {
        if (Folder is { } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), Caret = ScreenshotCaret.Hide });
        }
    }
}
