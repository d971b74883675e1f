using System.Net;
using System.Text.Json;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Routing;

/// <summary>The Lighthouse with agents at their consoles and customers with the widget open: what routing sees of it.</summary>
internal sealed class Floor(Lighthouse house) : IAsyncDisposable
{
    private readonly List<Ear> _ears = [];

    public Lighthouse House => house;

    public static async Task<Floor> Open(object? policy = null, params (string Key, string Value)[] settings)
    {
        var it = new Floor(await Lighthouse.Open([("live.leaveSeconds", "1"), .. settings]));
        await it.Policy(policy ?? new { profile = "blended", hours = "always" });
        return it;
    }

    public async Task Policy(object policy) => (await house.Kim.Put($"/v1/inboxes/{house.Inbox}/policy", policy)).Expect(HttpStatusCode.OK);

    public async Task Change(object inbox) => (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", inbox)).Expect(HttpStatusCode.OK);

    /// <summary>An agent at the console, online.</summary>
    public async Task<Ear> Sits(Person agent, string state = "online")
    {
        var ear = await Ear.Of(agent);
        _ears.Add(ear);
        (await agent.Put("/v1/me/presence", new { state })).Expect(HttpStatusCode.OK);
        return ear;
    }

    /// <summary>A customer with the widget open who has written.</summary>
    public async Task<(Browser Browser, Ear Ear, string Conversation)> Writes(string text = "My sail is torn")
    {
        var browser = await house.Ana();
        var ear = await Ear.Of(browser);
        _ears.Add(ear);
        return (browser, ear, await browser.Write(text));
    }

    /// <summary>Open as long as this is.</summary>
    public void Keep(Ear ear) => _ears.Add(ear);

    public static async Task<JsonElement> Offer(Ear ear, string conversation, int after = 0) =>
        (await ear.Next("signal", frame => Kind(frame) == "offer" && frame.GetProperty("offer").GetProperty("conversation").GetString() == conversation, after)).GetProperty("offer");

    public static Task<JsonElement> Gone(Ear ear, string conversation) =>
        ear.Next("signal", frame => Kind(frame) == "offerGone" && frame.GetProperty("conversation").GetString() == conversation);

    public static Task<Answer> Answers(Person agent, JsonElement offer, string answer = "accept") => agent.Put($"/v1/offers/{offer.GetProperty("id").GetString()}", new { answer });

    public async Task<JsonElement> Summary(string conversation) => (await house.Kim.Get($"/v1/conversations/{conversation}")).Expect(HttpStatusCode.OK).Body;

    public async Task<List<JsonElement>> Entries(string conversation) =>
        [.. (await house.Kim.Get($"/v1/conversations/{conversation}/timeline?limit=200")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];

    public async Task<List<string>> Types(string conversation) => [.. (await Entries(conversation)).Select(entry => entry.GetProperty("type").GetString()!)];

    public async Task Mode(string conversation, string mode) => await Until(async () => (await Summary(conversation)).GetProperty("mode").GetString() == mode, $"{conversation} is not {mode}");

    public async Task<JsonElement> Entry(string conversation, string type, Func<JsonElement, bool>? fits = null)
    {
        JsonElement found = default;
        await Until(async () => (found = (await Entries(conversation)).Find(entry => entry.GetProperty("type").GetString() == type && (fits?.Invoke(entry) ?? true))).ValueKind != JsonValueKind.Undefined, $"{conversation} has no {type}");
        return found;
    }

    public static async Task Until(Func<Task<bool>> done, string what)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            if (await done())
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"After ten seconds: {what}.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var ear in _ears)
        {
            await ear.DisposeAsync();
        }

        await house.DisposeAsync();
    }

    private static string? Kind(JsonElement frame) => frame.TryGetProperty("kind", out var kind) ? kind.GetString() : null;
}
