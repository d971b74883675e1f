using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Parley.Bench;

/// <summary>A thread under load: where it is posted to, and as whom.</summary>
internal sealed record Line(string Path, string? Token);

/// <summary>Sets the same scene on the relay and on Parley: threads, each followed by its customer's stream and by one of a few agents'.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const string Email = "kim@lighthouse.test";
    public const string Password = "the lamp is lit";

    private readonly List<Receiver> _receivers = [];

    private Stage(Uri address) => Http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1_000, CookieContainer = Cookies, PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(60),
    };

    public HttpClient Http { get; }

    public CookieContainer Cookies { get; } = new();

    public List<Line> Lines { get; } = [];

    /// <summary>Where the agents' side arrives: once per message.</summary>
    public List<Receiver> Agents { get; } = [];

    public string? Inbox { get; private set; }

    public static async Task<Stage> OnRelay(Uri address, int threads, int agents)
    {
        var stage = new Stage(address);
        for (var i = 0; i < agents; i++)
        {
            stage.Agents.Add(await stage.Follow(null));
        }

        for (var i = 0; i < threads; i++)
        {
            var id = $"cnv_{i}";
            var customer = await stage.Follow(null);
            await customer.Send(new { type = "open", conversation = id });
            await stage.Agents[i % agents].Send(new { type = "open", conversation = id });
            stage.Lines.Add(new Line($"/v1/widget/conversations/{id}/messages", null));
        }

        return stage;
    }

    public static async Task<Stage> OnParley(Uri address, int threads, int agents)
    {
        var stage = new Stage(address);
        await stage.SignIn();
        stage.Inbox = await stage.MakeInbox();
        for (var i = 0; i < agents; i++)
        {
            stage.Agents.Add(await stage.Agent());
        }

        for (var i = 0; i < threads; i++)
        {
            var token = await stage.Visit();
            var opened = await stage.Post("/v1/widget/conversations", token, new { clientId = "open", content = new { type = "text", text = "Hello" } });
            var id = opened.GetProperty("conversation").GetProperty("id").GetString()!;
            await stage.Follow(token);
            await stage.Agents[i % agents].Send(new { type = "open", conversation = id });
            stage.Lines.Add(new Line($"/v1/widget/conversations/{id}/messages", token));
        }

        return stage;
    }

    /// <summary>A stage without anybody on it yet.</summary>
    public static async Task<Stage> Empty(Uri address, bool parley)
    {
        var stage = new Stage(address);
        if (parley)
        {
            await stage.SignIn();
            stage.Inbox = await stage.MakeInbox();
        }

        return stage;
    }

    public async Task<string> Visit() => (await Post("/v1/widget/sessions", null, new { inbox = Inbox })).GetProperty("token").GetString()!;

    /// <summary>A customer's stream.</summary>
    public async Task<Receiver> Follow(string? token)
    {
        var receiver = await Receiver.Connect(Http.BaseAddress!, null);
        await receiver.Send(new { type = "hello", token });
        _receivers.Add(receiver);
        return receiver;
    }

    public async Task<HttpStatusCode> Say(Line line, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, line.Path) { Content = JsonContent.Create(body) };
        if (line.Token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", line.Token);
        }

        using var response = await Http.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        return response.StatusCode;
    }

    /// <summary>A visitor goes to another page.</summary>
    public async Task Go(string token, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/widget/page") { Content = JsonContent.Create(new { url, title = url }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    public async Task SignIn()
    {
        Http.DefaultRequestHeaders.Add("X-Parley", "1");
        await Post("/v1/session", null, new { email = Email, password = Password });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var receiver in _receivers.Concat(Agents))
        {
            await receiver.DisposeAsync();
        }

        Http.Dispose();
    }

    private async Task<string> MakeInbox() => (await Post("/v1/inboxes", null, new { name = "Shop", channel = "web" })).GetProperty("id").GetString()!;

    private async Task<Receiver> Agent()
    {
        var receiver = await Receiver.Connect(Http.BaseAddress!, Cookies);
        await receiver.Send(new { type = "hello" });
        return receiver;
    }

    public async Task<JsonElement> Post(string path, string? token, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonSerializer.Deserialize<JsonElement>(text) : throw new InvalidOperationException($"{path}: {(int)response.StatusCode} {text}");
    }
}

/// <summary>One stream; tells how many messages came, and how old each was.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly byte[] Stamp = "\"text\":\"t:"u8.ToArray();

    private Wire _wire = null!;
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    /// <summary>Told the ticks at which a message that arrives now was sent.</summary>
    public Action<long>? Arrived { get; set; }

    public static async Task<Receiver> Connect(Uri address, CookieContainer? cookies)
    {
        var receiver = new Receiver();
        receiver._wire = await Wire.Connect(address, cookies, receiver.Take);
        return receiver;
    }

    public Task Send(object frame) => _wire.Send(frame);

    public ValueTask DisposeAsync() => _wire.DisposeAsync();

    private void Take(ReadOnlySpan<byte> frame)
    {
        var at = frame.IndexOf(Stamp);
        if (at < 0)
        {
            return;
        }

        Interlocked.Increment(ref _count);
        if (Arrived is { } arrived && System.Buffers.Text.Utf8Parser.TryParse(frame[(at + Stamp.Length)..], out long ticks, out _))
        {
            arrived(ticks);
        }
    }
}
