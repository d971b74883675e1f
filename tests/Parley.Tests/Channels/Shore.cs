using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Channels;

/// <summary>The product with a system beside it that takes what is sent, or does not, recipient by recipient.</summary>
internal sealed class Shore : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _listening;

    private Shore(Lighthouse house, HttpListener listener)
    {
        (House, _listener) = (house, listener);
        _listening = Listen();
    }

    public Lighthouse House { get; }

    public Person Kim => House.Kim;

    public Clock Clock => House.Clock;

    public string Inbox { get; private set; } = "";

    public string Token { get; private set; } = "";

    public string Url { get; private init; } = "";

    /// <summary>What it answers to a piece for somebody; 0: it takes it, and hangs up in the middle of its answer.</summary>
    public Func<string, string, int> Answers { get; set; } = (_, _) => 200;

    /// <summary>What it took, in order.</summary>
    public ConcurrentQueue<(string To, string Text)> Took { get; } = new();

    public static async Task<Shore> Of(string? store, object? settings = null)
    {
        var house = await Lighthouse.On(store, ("channels.allowLoopback", "true"));
        for (var tries = 0; ; tries++)
        {
            var url = $"http://127.0.0.1:{Random.Shared.Next(20_000, 32_000)}/";
            var listener = new HttpListener();
            listener.Prefixes.Add(url);
            try
            {
                listener.Start();
            }
            catch (HttpListenerException) when (tries < 20)
            {
                continue;
            }

            var it = new Shore(house, listener) { Url = url };
            (it.Inbox, it.Token) = await it.Connect(settings);
            return it;
        }
    }

    /// <summary>One more channel to the same system.</summary>
    public async Task<(string Inbox, string Token)> Connect(object? settings = null, string name = "App")
    {
        var all = JsonSerializer.SerializeToNode(settings ?? new { })!.AsObject();
        all["url"] = Url;
        var made = (await Kim.Post("/v1/channels", new { kind = "generic", name, settings = all })).Expect(HttpStatusCode.Created);
        return (made["inbox"], made.Body.GetProperty("made").GetProperty("token").GetString()!);
    }

    /// <summary>Somebody says something; their conversation.</summary>
    public async Task<string> Said(string from, string text, (string Inbox, string Token)? by = null)
    {
        var (inbox, token) = by ?? (Inbox, Token);
        (await Post(inbox, token, from, text)).Expect(HttpStatusCode.OK);
        string? found = null;
        await Until(async () =>
        {
            foreach (var row in (await Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Where(row => row.GetProperty("inbox").GetString() == inbox))
            {
                var id = row.GetProperty("id").GetString()!;
                if ((await Channel(id)).Body.TryGetProperty("to", out var to) && to.GetString() == from)
                {
                    found = id;
                }
            }

            return found is not null;
        });
        return found!;
    }

    public async Task<Answer> Post(string inbox, string token, string from, string text)
    {
        var caller = House.Stranger();
        caller.Bearer = token;
        return await caller.Raw(HttpMethod.Post, $"/v1/channels/{inbox}/inbound", JsonSerializer.Serialize(new { id = $"{Guid.CreateVersion7():N}", from = new { id = from, name = from }, text }));
    }

    public async Task<long> Answer(string thread, string text) => (await Kim.Post($"/v1/conversations/{thread}/messages", new { content = new { type = "text", text } })).Expect(HttpStatusCode.Created).Body.GetProperty("seq").GetInt64();

    public async Task<Answer> Channel(string thread) => (await Kim.Get($"/v1/conversations/{thread}/channel")).Expect(HttpStatusCode.OK);

    public async Task<string?> State(string thread) => (await Newest(thread))?.GetProperty("state").GetString();

    public async Task<string?> Code(string thread) => await Newest(thread) is { } one && one.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>Why the thread was told that something did not go out.</summary>
    public async Task<List<string?>> Missed(string thread) => [.. (await Kim.Get($"/v1/conversations/{thread}/timeline?limit=500")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()
        .Where(entry => entry.GetProperty("type").GetString() == "undelivered").Select(entry => entry.GetProperty("cause").GetString())];

    public async Task<string> Standing() => (await Kim.Get($"/v1/channels/{Inbox}")).Expect(HttpStatusCode.OK)["state"];

    public static async Task Until(Func<Task<bool>> holds)
    {
        for (var since = Stopwatch.GetTimestamp(); !await holds(); await Task.Delay(20))
        {
            Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromSeconds(30));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        // At once: one that was stopped before takes its port once more to leave it, and somebody else may have it by then.
        _listener.Close();
        await _listening;
    }

    private async Task<JsonElement?> Newest(string thread) => (await Channel(thread)).Body.GetProperty("deliveries").EnumerateArray().Select(one => (JsonElement?)one).FirstOrDefault();

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                var call = await _listener.GetContextAsync();
                try
                {
                    await Take(call);
                }
                catch (Exception error) when (error is HttpListenerException or IOException or ObjectDisposedException)
                {
                    // Who called hung up.
                }
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Take(HttpListenerContext call)
    {
        var said = await JsonSerializer.DeserializeAsync<JsonElement>(call.Request.InputStream);
        var data = said.GetProperty("data");
        if (said.GetProperty("type").GetString() == "test")
        {
            call.Response.StatusCode = Answers("", "(test)");
            call.Response.Close();
            return;
        }

        var (to, text) = (data.GetProperty("to").GetString()!, data.TryGetProperty("text", out var words) ? words.GetString()! : "");
        var status = Answers(to, text);
        if (status is 0 or 200)
        {
            Took.Enqueue((to, text));
        }

        if (status == 0)
        {
            call.Response.ContentLength64 = 100;
            call.Response.OutputStream.Write("{"u8);
            call.Response.OutputStream.Flush();
            call.Response.Abort();
            return;
        }

        call.Response.StatusCode = status;
        call.Response.Close();
    }
}
