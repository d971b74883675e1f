namespace Parley.Browser.Stage;

/// <summary>
/// Debian's Chromium, driven by Playwright. Nothing is downloaded. Most stories need the engine alone, which is a package of its own and takes half the
/// processor; what belongs to the browser around it (notifications) is told in the whole one.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    /// <summary>So long a story waits for what must come, in milliseconds: a machine may be slow, and only a story that fails waits to the end.</summary>
    public const float Patience = 30_000;

    private const string Whole = "/usr/bin/chromium";

    private const string Engine = "/usr/bin/chromium-headless-shell";

    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, It) = (playwright, browser);

    /// <summary>Why these tests cannot run here; null when they can.</summary>
    public static string? Missing { get; } = File.Exists(Whole) ? null : $"There is no Chromium at {Whole}.";

    public IBrowser It { get; }

    /// <param name="whole">Whether the story needs more than the engine.</param>
    public static async Task<Chromium> Start(bool whole)
    {
        SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = whole || !File.Exists(Engine) ? Whole : Engine,
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                // Only this machine can be reached: what would leave it fails, and is seen by the test.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost",
            ],
        });
        return new Chromium(playwright, browser);
    }

    public async ValueTask DisposeAsync()
    {
        await It.DisposeAsync();
        _playwright.Dispose();
    }
}
