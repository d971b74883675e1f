using System.Text.Json;

namespace Parley.Browser.Stage;

/// <summary>The console in the demo, for those who stage pictures in it: with whoever is signed in there.</summary>
internal static class Desk
{
    /// <summary>What the API says to them.</summary>
    public static Task<JsonElement> Ask(this IPage page, string method, string path, object? body = null) => page.EvaluateAsync<JsonElement>("""
        async ([method, path, body]) => {
          const answer = await fetch(path, { method, headers: { 'X-Parley': '1', ...(body ? { 'Content-Type': 'application/json' } : {}) }, ...(body ? { body } : {}) });
          const text = await answer.text();
          if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
          return text ? JSON.parse(text) : null;
        }
        """, new[] { method, path, body is null ? "" : JsonSerializer.Serialize(body) });

    /// <summary>A place in the console, once this is to be seen there.</summary>
    public static async Task Go(this IPage page, string hash, ILocator shows)
    {
        await page.EvaluateAsync("hash => { location.hash = hash }", hash);
        await Expect(shows).ToBeVisibleAsync();
    }

    /// <summary>The newest conversation of somebody.</summary>
    public static async Task<JsonElement> Found(this IPage page, string name) => (await page.Ask("GET", "/v1/conversations?limit=100")).GetProperty("items").EnumerateArray()
        .First(row => row.GetProperty("contact").TryGetProperty("name", out var it) && it.GetString()!.Contains(name, StringComparison.Ordinal));

    /// <summary>Opens it, out of the list of all.</summary>
    public static async Task Open(this IPage page, string name)
    {
        await page.Go("#/all", page.Locator("a.row").First);
        await page.Locator("a.row").Filter(new() { HasText = name }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Log)).ToBeVisibleAsync();
    }
}
