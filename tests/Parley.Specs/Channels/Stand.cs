using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Parley.Specs.Engines;
using Parley.Tests.Cast;

namespace Parley.Specs.Channels;

/// <summary>The product with one channel set up, and its provider beside it.</summary>
internal sealed class Stand : IAsyncDisposable
{
    private readonly Engine _engine;

    private Stand(Engine engine, Lighthouse house, Provider provider, string inbox) => (_engine, House, Provider, Inbox, Stranger) = (engine, house, provider, inbox, house.Stranger());

    public Lighthouse House { get; }

    public Provider Provider { get; }

    public string Inbox { get; }

    public Caller Stranger { get; }

    public static async Task<Stand> On(string engine, Provider provider)
    {
        var store = await Engine.Of(engine);
        var house = await Lighthouse.On(store.Url, ("channels.allowLoopback", "true"));
        var made = (await house.Kim.Post("/v1/channels", new { kind = provider.Kind, name = "The channel", settings = provider.Settings })).Expect(HttpStatusCode.Created);
        provider.Connect(made["address"], made.Has("made") ? made.Body.GetProperty("made").Deserialize<Dictionary<string, string>>()! : [], house.Clock);
        return new Stand(store, house, provider, made["inbox"]);
    }

    public Task<Answer> Say(string key, string from, string text, string? name = null) => Provider.Say(Stranger, null, new Word(key, from, text, name));

    /// <summary>The agents' one list, as soon as it has so many.</summary>
    public async Task<List<JsonElement>> Rows(int count)
    {
        List<JsonElement> rows = [];
        await Until(async () => (rows = [.. (await House.Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()]).Count == count);
        return rows;
    }

    public async Task<JsonElement> Of(string word, List<JsonElement> rows)
    {
        foreach (var row in rows)
        {
            if ((await Entries(row)).Any(entry => Text(entry) == word))
            {
                return row;
            }
        }

        throw new ShouldAssertException($"Nobody said {word}.");
    }

    public async Task Answer(JsonElement row, string text) =>
        (await House.Kim.Post($"/v1/conversations/{row.GetProperty("id").GetString()}/messages", new { content = new { type = "text", text } })).Expect(HttpStatusCode.Created);

    public async Task<List<JsonElement>> Entries(JsonElement row) =>
        [.. (await House.Kim.Get($"/v1/conversations/{row.GetProperty("id").GetString()}/timeline?limit=500")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];

    /// <summary>The thread comes to say this, and nothing else.</summary>
    public async Task Words(JsonElement row, string[] words)
    {
        List<string?> said = [];
        await Until(async () => (said = [.. (await Entries(row)).Select(Text).Where(text => text is not null)]).Count >= words.Length);
        said.ShouldBe(words);
    }

    /// <summary>What goes out, as soon as it is so much.</summary>
    public async Task<IReadOnlyCollection<Heard>> Heard(int count)
    {
        await Until(() => Task.FromResult(Provider.All.Count >= count));
        return Provider.All;
    }

    public async Task<string?> State(JsonElement row) => (await Deliveries(row)).FirstOrDefault();

    /// <summary>How far our messages have come to be, the oldest first.</summary>
    public async Task States(JsonElement row, params string[] states)
    {
        List<string> now = [];
        await Until(async () => (now = await Deliveries(row)).SequenceEqual(states), () => string.Join(", ", now));
    }

    /// <summary>The oldest that did not go out yet waits for its next try, and says why.</summary>
    public Task Failed(JsonElement row, string code) => Until(async () =>
        (await House.Kim.Get($"/v1/conversations/{row.GetProperty("id").GetString()}/channel")).Expect(HttpStatusCode.OK).Body.GetProperty("deliveries").EnumerateArray().Reverse()
            .Any(one => one.GetProperty("state").GetString() is "queued" or "unknown" && one.TryGetProperty("code", out var why) && why.GetString() == code));

    public async Task<Answer> Channel() => (await House.Kim.Get($"/v1/channels/{Inbox}")).Expect(HttpStatusCode.OK);

    public async Task<List<JsonElement>> Letters() => [.. (await House.Kim.Get("/v1/channels/letters")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];

    /// <summary>It comes to be so; the longest wait is for a machine that has much else to do.</summary>
    public async Task Until(Func<Task<bool>> holds, Func<string>? now = null)
    {
        for (var since = Stopwatch.GetTimestamp(); !await holds(); await Task.Delay(20))
        {
            if (Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(30))
            {
                throw new TimeoutException($"It did not come to be so. {now?.Invoke()}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        await Provider.DisposeAsync();
        await _engine.DisposeAsync();
    }

    private static string? Text(JsonElement entry) => entry.GetProperty("type").GetString() == "message" && entry.GetProperty("content").TryGetProperty("text", out var text) ? text.GetString() : null;

    private async Task<List<string>> Deliveries(JsonElement row) =>
        [.. (await House.Kim.Get($"/v1/conversations/{row.GetProperty("id").GetString()}/channel")).Expect(HttpStatusCode.OK).Body.GetProperty("deliveries").EnumerateArray().Reverse().Select(one => one.GetProperty("state").GetString()!)];
}
