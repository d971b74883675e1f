using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Playwright;

namespace Parley.Bench;

/// <param name="Long">Tasks over 50 ms, as the browser tells them, in milliseconds.</param>
/// <param name="Busy">The share of the main thread's time by the clock, what others took of the processor meanwhile included.</param>
/// <param name="Own">The share that it ran itself.</param>
/// <param name="Late">How old the newest words on the screen were when they were looked at, in milliseconds.</param>
/// <param name="Wrong">What was not as it is on the server in the end; empty when all was.</param>
internal sealed record Screening(string What, int Sent, List<double> Long, double Busy, double Own, double Script, double Layout, double Style, List<double> Late, string Wrong)
{
    public const string Head = """
        | what is open | messages | tasks over 50 ms | main thread, by the clock | of it itself running | script | layout | style | newest words' age, ms p50 · p95 | the screen in the end |
        | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
        """;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"| {What} | {Sent} | {(Long.Count == 0 ? "none" : $"{Long.Count} (worst {Long.Max():N0} ms)")} | {Busy:P0} | {Own:P0} | {Script:P0} | {Layout:P0} | {Style:P0} | {Load.At(Late, 0.5):N0} · {Load.At(Late, 0.95):N0} | {(Wrong.Length == 0 ? "all right" : Wrong)} |");
}

/// <summary>
/// An agent's console in Chromium while customers write fifty messages a second into the view that is open: what the browser's main thread has to do for it,
/// and whether the screen says in the end what the server says.
/// </summary>
internal sealed class Screens(Stage stage, int rate, int seconds) : IAsyncDisposable
{
    private const string Engine = "/usr/bin/chromium-headless-shell";
    private const string Whole = "/usr/bin/chromium";
    private const int Threads = 60;

    private readonly List<string> _ids = [];
    private readonly Dictionary<string, string> _last = [];
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;
    private int _sent;

    /// <summary>Where the browser's own profile of a run goes; null: none is taken, for taking it costs time.</summary>
    public string? Profile { get; init; }

    /// <summary>Customers who have written once, all in the inbox that is looked at.</summary>
    public async Task Open()
    {
        for (var i = 0; i < Threads; i++)
        {
            var token = await stage.Visit();
            var opened = await stage.Post("/v1/widget/conversations", token, new { clientId = "open", content = new { type = "text", text = "Hello" } });
            _ids.Add(opened.GetProperty("conversation").GetProperty("id").GetString()!);
            stage.Lines.Add(new Line($"/v1/widget/conversations/{_ids[^1]}/messages", token));
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = File.Exists(Engine) ? Engine : Whole,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        });
    }

    /// <param name="thread">Whether a thread is open beside the list, into which every fifth message goes.</param>
    public async Task<Screening> Measure(bool thread, int width)
    {
        await using var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = width < 600 ? 844 : 800 } });
        await context.AddCookiesAsync(stage.Cookies.GetAllCookies().Select(cookie => new Microsoft.Playwright.Cookie
        {
            Name = cookie.Name, Value = cookie.Value, Url = stage.Http.BaseAddress!.ToString(), HttpOnly = true, SameSite = SameSiteAttribute.Lax,
        }));
        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync("window.long = []; new PerformanceObserver(list => list.getEntries().forEach(entry => window.long.push(entry.duration))).observe({ type: 'longtask' })");
        await page.GotoAsync($"{stage.Http.BaseAddress}#/all{(thread ? $"/{_ids[0]}" : "")}");
        await page.Locator(thread ? "[role=log] article" : "a.row").First.WaitForAsync();
        // What the console fetches when there is nothing else to do, and what the engine compiles at first, belong to the start.
        await Write(thread, TimeSpan.FromSeconds(6));
        await page.EvaluateAsync(Probe);
        var (clock, own) = (await Meter(context, page, "timeTicks"), await Meter(context, page, "threadTicks"));
        if (Profile is not null)
        {
            await clock.SendAsync("Profiler.enable");
            await clock.SendAsync("Profiler.start");
        }

        var (before, ownBefore, sent, started) = (await Read(clock), await Read(own), _sent, Stopwatch.GetTimestamp());
        await page.EvaluateAsync("window.long = []; window.late = []");
        await Write(thread, TimeSpan.FromSeconds(seconds));
        var (after, ownAfter, took) = (await Read(clock), await Read(own), Stopwatch.GetElapsedTime(started).TotalSeconds);
        var tasks = await page.EvaluateAsync<double[]>("window.long");
        var late = (await page.EvaluateAsync<double[]>("window.late")).Order().ToList();
        if (Profile is not null)
        {
            var profile = await clock.SendAsync("Profiler.stop");
            await File.WriteAllTextAsync($"{Profile}-{(thread ? "thread" : "list")}{width}.cpuprofile", profile!.Value.GetProperty("profile").GetRawText());
        }

        double Share(string name, Dictionary<string, double> to, Dictionary<string, double> from) => (to[name] - from[name]) / took;
        var wrong = await Wrong(page, thread, width);
        return new($"{(thread ? "a thread open, every fifth message into it" : "the list")}, {width} px", _sent - sent, [.. tasks],
            Share("TaskDuration", after, before), Share("TaskDuration", ownAfter, ownBefore), Share("ScriptDuration", after, before), Share("LayoutDuration", after, before), Share("RecalcStyleDuration", after, before), late, wrong);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    /// <summary>Four times a second, for looking costs too: how old the newest words are that can be read.</summary>
    private const string Probe = """
        window.late = [];
        setInterval(() => {
          const words = document.querySelector('a.row .preview')?.textContent ?? [...document.querySelectorAll('[role=log] article')].at(-1)?.textContent ?? '';
          const at = /t:(\d+)/.exec(words);
          if (at) window.late.push(Date.now() - Number(at[1]));
        }, 250);
        """;

    private static async Task<ICDPSession> Meter(IBrowserContext context, IPage page, string domain)
    {
        var session = await context.NewCDPSessionAsync(page);
        await session.SendAsync("Performance.enable", new() { ["timeDomain"] = domain });
        return session;
    }

    private static async Task<Dictionary<string, double>> Read(ICDPSession meter) =>
        (await meter.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray().ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());

    /// <summary>At a steady rate, each message to the next of all threads; each of them in order, for a customer writes one after another.</summary>
    private async Task Write(bool thread, TimeSpan time)
    {
        var (turns, started, sent) = (_ids.Select(_ => Task.CompletedTask).ToArray(), Stopwatch.GetTimestamp(), 0);
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            var due = (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * rate);
            for (; sent < due; sent++)
            {
                var to = thread && sent % 5 == 0 ? 0 : 1 + sent * 7 % (Threads - 1);
                turns[to] = After(turns[to], to, ++_sent);
            }

            await Task.Delay(2);
        }

        await Task.WhenAll(turns);
    }

    private async Task After(Task before, int to, int number)
    {
        await before;
        _last[_ids[to]] = $"t:{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()} {number} where does the halyard go once the sail is up?";
        var status = await stage.Say(stage.Lines[to], new { clientId = $"s{number}", content = new { type = "text", text = _last[_ids[to]] } });
        if (status is not (HttpStatusCode.Created or HttpStatusCode.OK))
        {
            throw new InvalidOperationException($"A post was answered with {(int)status}.");
        }
    }

    /// <summary>What the screen says against what the server says, once it is quiet.</summary>
    private async Task<string> Wrong(IPage page, bool thread, int width)
    {
        await Task.Delay(1_500);
        var wrong = new List<string>();
        if (!thread || width >= 600)
        {
            var shown = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('a.row')].map(row => `${row.dataset.id} ${row.classList.contains('unread')} ${row.querySelector('.preview').textContent.trim()}`)");
            var rows = JsonDocument.Parse(await stage.Http.GetStringAsync("/v1/conversations?view=all&limit=50")).RootElement.GetProperty("items").EnumerateArray().Select(Row).Take(shown.Length).ToList();
            var differ = rows.Zip(shown).Count(pair => pair.First != pair.Second);
            if (differ > 0 || shown.Length < 8)
            {
                wrong.Add($"{differ} of {shown.Length} rows differ: {string.Join("; ", rows.Zip(shown).Where(pair => pair.First != pair.Second).Take(2))}");
            }

            var counted = JsonDocument.Parse(await stage.Http.GetStringAsync("/v1/counts")).RootElement;
            var unassigned = (counted.TryGetProperty("counts", out var inner) ? inner : counted).GetProperty("unassigned").GetInt32();
            var said = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('nav a')].map(link => link.getAttribute('aria-label') ?? link.textContent)");
            if (width >= 600 && !said.Any(label => label.Replace(",", "", StringComparison.Ordinal).Contains($"{unassigned}", StringComparison.Ordinal)))
            {
                wrong.Add($"unassigned is {unassigned}, the rail says {string.Join(", ", said)}");
            }
        }

        if (thread)
        {
            var words = await page.EvaluateAsync<string>("[...document.querySelectorAll('[role=log] article')].at(-1)?.textContent ?? ''");
            if (!words.Contains(_last[_ids[0]], StringComparison.Ordinal))
            {
                wrong.Add($"the thread ends with {words}");
            }

            var entries = await page.EvaluateAsync<int[]>(@"[...document.querySelectorAll('[role=log] article')].map(each => Number(/t:\d+ (\d+)/.exec(each.textContent)?.[1] ?? 0))");
            if (!entries.SequenceEqual(entries.Order()))
            {
                wrong.Add("the thread's messages are not in order");
            }
        }

        return string.Join("; ", wrong);
    }

    private static string Row(JsonElement row)
    {
        var seen = row.TryGetProperty("seen", out var seq) ? seq.GetInt64() : 0;
        var preview = row.TryGetProperty("preview", out var said) ? said.GetProperty("text").GetString() : "";
        return $"{row.GetProperty("id").GetString()} {(row.GetProperty("lastMessageSeq").GetInt64() > seen ? "true" : "false")} {preview}";
    }
}
