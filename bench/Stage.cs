using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Parley.Bench;

/// <summary>A thread under load: where it is posted to, and as whom.</summary>
/// <param name="Socket">What it is posted through instead, where there is no address to post to.</param>
internal sealed record Line(string Path, string? Token, SocketIo? Socket = null);

/// <summary>Sets the same scene on whatever is measured: threads, each followed by its customer's stream and by one of a few agents'.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const string Email = "kim@lighthouse.test";
    public const string Password = "the lamp is lit";

    private readonly Uri[] _addresses;
    private readonly List<Receiver> _receivers = [];

    /// <param name="addresses">Of nodes, among which everybody is spread; the first is where everything else is asked.</param>
    private Stage(params Uri[] addresses)
    {
        _addresses = addresses;
        Http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1_000, CookieContainer = Cookies, PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
        {
            BaseAddress = addresses[0],
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

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

    /// <summary>A message is posted to one node, its customer listens at the next, and its agent at any.</summary>
    public static async Task<Stage> OnParley(IReadOnlyList<Uri> addresses, int threads, int agents)
    {
        var stage = new Stage([.. addresses]);
        await stage.SignIn();
        stage.Inbox = await stage.MakeInbox();
        for (var i = 0; i < agents; i++)
        {
            stage.Agents.Add(await stage.Agent(stage.At(i)));
        }

        for (var i = 0; i < threads; i++)
        {
            var token = await stage.Visit();
            var opened = await stage.Post("/v1/widget/conversations", token, new { clientId = "open", content = new { type = "text", text = "Hello" } });
            var id = opened.GetProperty("conversation").GetProperty("id").GetString()!;
            await stage.Follow(token, i + 1);
            await stage.Agents[i % agents].Send(new { type = "open", conversation = id });
            stage.Lines.Add(new Line(new Uri(stage.At(i), $"/v1/widget/conversations/{id}/messages").ToString(), token));
        }

        return stage;
    }

    public static async Task<Stage> OnYardstick(Uri address, int threads, int agents)
    {
        var stage = new Stage(address);
        for (var i = 0; i < agents; i++)
        {
            stage.Agents.Add(await Receiver.Joined(address));
        }

        for (var i = 0; i < threads; i++)
        {
            var room = new { conversation = $"cnv_{i}" };
            var customer = await Receiver.Joined(address);
            stage._receivers.Add(customer);
            await customer.Socket!.Emit("join", room);
            await stage.Agents[i % agents].Socket!.Emit("join", room);
            stage.Lines.Add(new Line(room.conversation, null, customer.Socket));
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
    public async Task<Receiver> Follow(string? token, int node = 0)
    {
        var receiver = await Receiver.Connect(At(node), null);
        await receiver.Send(new { type = "hello", token });
        lock (_receivers)
        {
            _receivers.Add(receiver);
        }

        return receiver;
    }

    public async Task<HttpStatusCode> Say(Line line, object body)
    {
        if (line.Socket is not null)
        {
            await line.Socket.Emit("message", new { conversation = line.Path, body });
            return HttpStatusCode.Created;
        }

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

    /// <summary>So many agents, each signed in: what their browsers then send along.</summary>
    public async Task<List<CookieContainer>> Hire(int agents)
    {
        var hired = new List<CookieContainer>();
        for (var i = 0; i < agents; i++)
        {
            var email = $"agent{i}@lighthouse.test";
            await Post("/v1/agents", null, new { name = $"Agent {i}", email, password = Password, role = "agent" });
            var cookies = new CookieContainer();
            using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = Http.BaseAddress };
            http.DefaultRequestHeaders.Add("X-Parley", "1");
            (await http.PostAsJsonAsync("/v1/session", new { email, password = Password })).EnsureSuccessStatusCode().Dispose();
            hired.Add(cookies);
        }

        return hired;
    }

    /// <summary>Another tab of the agent who is signed in.</summary>
    public async Task<Receiver> Agent(Uri at)
    {
        var receiver = await Receiver.Connect(at, Cookies);
        await receiver.Send(new { type = "hello" });
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var receiver in _receivers.Concat(Agents))
        {
            await receiver.DisposeAsync();
        }

        Http.Dispose();
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

    private Uri At(int node) => _addresses[node % _addresses.Length];

    private async Task<string> MakeInbox() => (await Post("/v1/inboxes", null, new { name = "Shop", channel = "web" })).GetProperty("id").GetString()!;
}
