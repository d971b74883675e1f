namespace Parley.Browser.Stage;

/// <summary>Hears what a browser plays and sees what it puts on the desktop: every tone that starts is counted, every notification is kept where a story can read and press it.</summary>
public static class Ears
{
    private const string Listen = """
        {
          const start = OscillatorNode.prototype.start;
          window.tones = 0;
          OscillatorNode.prototype.start = function (...at) { window.tones++; return start.apply(this, at); };
          window.raised = [];
          window.Notification = new Proxy(Notification, {
            construct(real, [title, options]) {
              const notice = new real(title, options);
              window.raised.push(notice);
              return notice;
            },
          });
        }
        """;

    /// <summary>Two tones make a sound.</summary>
    public const int Sound = 2;

    /// <summary>Before the first page is opened.</summary>
    public static Task Lend(IBrowserContext context) => context.AddInitScriptAsync(Listen);

    /// <summary>How many tones these pages and their frames have played.</summary>
    public static async Task<int> Tones(params IPage[] pages)
    {
        var tones = 0;
        foreach (var frame in pages.SelectMany(page => page.Frames))
        {
            tones += await frame.EvaluateAsync<int>("window.tones ?? 0");
        }

        return tones;
    }

    /// <summary>Waits until the last sound is long enough ago for the next: what comes at a time sounds once.</summary>
    public static Task Rested(IPage page) => Eventually(async () =>
        (await page.EvaluateAsync<bool>("async () => (await navigator.locks.query()).held.some((lock) => lock.name === 'once:sound')")).ShouldBeFalse());

    public static Task<string[]> Notifications(IPage page) => page.EvaluateAsync<string[]>("window.raised.map(({ title, body }) => `${title}: ${body}`)");

    /// <summary>Presses the newest notification.</summary>
    public static Task Press(IPage page) => page.EvaluateAsync("window.raised.at(-1).onclick()");

    /// <summary>Asks again until it holds.</summary>
    public static async Task Eventually(Func<Task> holds)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await holds();
                return;
            }
            catch (ShouldAssertException) when (attempt < Chromium.Patience / 100)
            {
                await Task.Delay(100);
            }
        }
    }
}
