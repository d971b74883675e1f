using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Parley.Specs.Engines;

namespace Parley.Specs.Killing;

/// <summary>Two nodes on one PostgreSQL, of which one is killed: who is here, is here for both, and nobody stays who is gone.</summary>
[Trait("takes", "long")]
public sealed class NodesSpec : IAsyncLifetime
{
    private const string Password = "the lamp is lit";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parley-nodes-");
    private string _store = "";
    private ParleyProcess _one = null!;
    private ParleyProcess _two = null!;

    public async Task InitializeAsync()
    {
        if (PostgresServer.Missing is not null)
        {
            return;
        }

        var store = _store = await (await PostgresServer.Shared()).NewDatabase();
        _one = new ParleyProcess(_folder.CreateSubdirectory("one").FullName, store);
        _two = new ParleyProcess(_folder.CreateSubdirectory("two").FullName, store);
        await _one.Run("agent", "add", "--name", "Kim", "--email", "kim@lighthouse.test", "--password", Password, "--role", "owner");
        await _one.Serve();
        await _two.Serve();
    }

    public async Task DisposeAsync()
    {
        foreach (var node in new[] { _one, _two }.OfType<ParleyProcess>())
        {
            await node.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    [SkippableFact]
    public async Task An_agent_on_one_node_is_there_for_visitors_of_the_other_until_the_node_is_killed()
    {
        Skip.If(PostgresServer.Missing is not null, PostgresServer.Missing);
        var (kim, cookies) = await Kim(_two.Address);
        var inbox = (await Post(kim, "/v1/inboxes", new { name = "Shop", channel = "web" })).GetProperty("id").GetString()!;
        (await kim.PutAsJsonAsync($"/v1/inboxes/{inbox}/policy", new { hours = "always" })).EnsureSuccessStatusCode();
        (await kim.PutAsJsonAsync("/v1/me/state", new { state = "online" })).EnsureSuccessStatusCode();
        using var visitors = Client(_one.Address);
        await Until(async () => await State(visitors, inbox) == "away", "An empty chair promises nothing.");

        using var socket = await Listen(_two.Address, cookies, token: null);
        await Until(async () => await State(visitors, inbox) == "online", "Kim is there on the other node.");

        var ana = Client(_one.Address);
        var session = await Post(ana, "/v1/widget/sessions", new { inbox });
        var token = session.GetProperty("token").GetString()!;
        ana.DefaultRequestHeaders.Authorization = new("Bearer", token);
        await Post(ana, "/v1/widget/conversations", new { clientId = "one", content = new { type = "text", text = "Is somebody there?" } });
        using var hers = await Listen(_one.Address, new CookieContainer(), token);
        var contact = session.GetProperty("visitor").GetProperty("id").GetString();
        await Until(async () => await Present(kim, contact!), "Ana is there on the other node.");

        await _two.Kill();
        await Until(async () => await State(visitors, inbox) == "away", "The killed node's agents are gone.");

        // The node comes back, and hears of who is on the other.
        await _two.Serve();
        var (again, _) = await Kim(_two.Address);
        await Until(async () => await Present(again, contact!), "A node that comes later knows who is there.");
        await _one.Kill();
        await Until(async () => !await Present(again, contact!), "The killed node's visitors are gone.");
    }

    [SkippableFact]
    public async Task What_a_visitor_said_before_the_first_word_stands_beside_it_whichever_node_takes_it()
    {
        Skip.If(PostgresServer.Missing is not null, PostgresServer.Missing);
        var (kim, _) = await Kim(_one.Address);
        var inbox = (await Post(kim, "/v1/inboxes", new { name = "Shop", channel = "web" })).GetProperty("id").GetString()!;
        using var ana = Client(_one.Address);
        var session = await Post(ana, "/v1/widget/sessions", new { inbox, consent = true, page = new { url = "https://shop.example/sails" } });
        ana.DefaultRequestHeaders.Authorization = new("Bearer", session.GetProperty("token").GetString()!);
        (await ana.PatchAsJsonAsync("/v1/widget/me", new { name = "Ana" })).EnsureSuccessStatusCode();
        using var elsewhere = Client(_two.Address);
        elsewhere.DefaultRequestHeaders.Authorization = ana.DefaultRequestHeaders.Authorization;
        await Until(async () => await State(elsewhere, inbox) != "unknown", "The other node knows the inbox.");
        await Task.Delay(1_000);
        await Post(elsewhere, "/v1/widget/conversations", new { clientId = "one", content = new { type = "text", text = "Hello" } });
        var contact = await kim.GetFromJsonAsync<JsonElement>($"/v1/contacts/{session.GetProperty("visitor").GetProperty("id").GetString()}");
        contact.GetProperty("name").GetString().ShouldBe("Ana");
        contact.GetProperty("page").GetProperty("url").GetString().ShouldBe("https://shop.example/sails");
    }

    [SkippableFact]
    public async Task Every_node_keeps_the_whole_list_of_erasures_also_one_that_was_away_or_is_new()
    {
        Skip.If(PostgresServer.Missing is not null, PostgresServer.Missing);
        var (kim, _) = await Kim(_one.Address);
        var inbox = (await Post(kim, "/v1/inboxes", new { name = "Shop", channel = "web" })).GetProperty("id").GetString()!;
        using var ana = Client(_one.Address);
        ana.DefaultRequestHeaders.Authorization = new("Bearer", (await Post(ana, "/v1/widget/sessions", new { inbox })).GetProperty("token").GetString()!);
        var thread = (await Post(ana, "/v1/widget/conversations", new { clientId = "one", content = new { type = "text", text = "one" } })).GetProperty("conversation").GetProperty("id").GetString()!;
        async Task<long> SayAndDelete(string text)
        {
            var seq = (await Post(ana, $"/v1/widget/conversations/{thread}/messages", new { clientId = text, content = new { type = "text", text } })).GetProperty("seq").GetInt64();
            (await ana.DeleteAsync($"/v1/widget/conversations/{thread}/messages/{seq}")).EnsureSuccessStatusCode();
            return seq;
        }

        var first = await SayAndDelete("heard by both");
        await Until(() => Listed("one", first), "The node that wrote it.");
        await Until(() => Listed("two", first), "The node that heard of it.");
        await _two.Kill();
        var second = await SayAndDelete("while one was away");
        await _two.Serve();
        await Until(() => Listed("two", second), "The node that was away.");
        await using var three = new ParleyProcess(_folder.CreateSubdirectory("three").FullName, _store);
        await three.Serve();
        await Until(async () => await Listed("three", first) && await Listed("three", second), "The node that is new.");
        File.ReadLines(Path.Combine(_folder.FullName, "two", "erasures.ndjson")).Count(line => line.Contains($"\"seq\":{first},")).ShouldBe(1);
    }

    private Task<bool> Listed(string node, long seq)
    {
        var path = Path.Combine(_folder.FullName, node, "erasures.ndjson");
        return Task.FromResult(File.Exists(path) && File.ReadAllText(path).Contains($"\"seq\":{seq},"));
    }

    private static async Task<bool> Present(HttpClient kim, string contact) =>
        (await kim.GetFromJsonAsync<JsonElement>($"/v1/contacts/{contact}")).GetProperty("present").GetBoolean();

    private static async Task<string> State(HttpClient http, string inbox)
    {
        using var answer = await http.GetAsync($"/v1/widget/inboxes/{inbox}");
        // A node that was not told yet of the inbox says so.
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("availability").GetProperty("state").GetString()! : "unknown";
    }

    private static async Task Until(Func<Task<bool>> so, string what)
    {
        for (var i = 0; i < 200; i++)
        {
            if (await so())
            {
                return;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"Not within 20 s: {what}");
    }

    private static async Task<(HttpClient Kim, CookieContainer Cookies)> Kim(Uri address)
    {
        var cookies = new CookieContainer();
        var http = Client(address, cookies);
        http.DefaultRequestHeaders.Add("X-Parley", "1");
        await Post(http, "/v1/session", new { email = "kim@lighthouse.test", password = Password });
        return (http, cookies);
    }

    private static HttpClient Client(Uri address, CookieContainer? cookies = null) => new(new SocketsHttpHandler { CookieContainer = cookies ?? new CookieContainer() }) { BaseAddress = address };

    private static async Task<JsonElement> Post(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<ClientWebSocket> Listen(Uri address, CookieContainer cookies, string? token)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = cookies;
        socket.Options.SetRequestHeader("Origin", address.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/v1/stream" }.Uri, CancellationToken.None);
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { type = "hello", token }), WebSocketMessageType.Text, true, CancellationToken.None);
        return socket;
    }
}
