using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Server.Demo;

/// <summary>A simulated customer: what they call themselves, when they come, and what they say, one line for every answer.</summary>
internal sealed record Part(string Name, string Language, string Page, TimeSpan After, string[] Lines)
{
    public string Browser { get; init; } = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
}

/// <summary>
/// Plays one customer over the same addresses that a widget uses. Writes the first line, then one for each answer of the shop, until there are none;
/// reads what comes after, and leaves when nothing has come for a while.
/// </summary>
internal sealed class Guest(HttpClient http, InboxId inbox, Part part, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(2);

    private string _conversation = "";
    private int _said;

    /// <summary>How long they read before they write; they write about six words in that time.</summary>
    public TimeSpan Reading { get; init; } = TimeSpan.FromSeconds(3);

    public async Task Play(CancellationToken stop)
    {
        await Task.Delay(part.After, time, stop);
        http.DefaultRequestHeaders.UserAgent.ParseAdd(part.Browser);
        var session = await Send(HttpMethod.Post, "/v1/widget/sessions", new { inbox, locale = part.Language, page = new { url = $"https://lighthouse.test{part.Page}", title = "Lighthouse" } }, stop);
        var token = session["token"]!.GetValue<string>();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await Send(HttpMethod.Patch, "/v1/widget/me", new { name = part.Name }, stop);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(new Uri(http.BaseAddress!, "/v1/stream")) { Scheme = "ws" }.Uri, stop);
        await Tell(socket, new { type = "hello", token }, stop);
        await Task.Delay(Reading, time, stop);
        var opened = await Send(HttpMethod.Post, "/v1/widget/conversations", new { clientId = Id(), content = new { type = "text", text = part.Lines[0] } }, stop);
        _conversation = opened["conversation"]!["id"]!.GetValue<string>();
        _said = 1;
        await Listen(socket, stop);
    }

    private async Task Listen(ClientWebSocket socket, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            while (await Receive(socket, patience.Token) is { } frame && frame["type"]!.GetValue<string>() != "bye")
            {
                if (frame["entry"] is { } entry && entry["type"]!.GetValue<string>() == "message" && entry["author"]!["kind"]!.GetValue<string>() == "agent")
                {
                    patience.CancelAfter(Patience);
                    await React(socket, entry["seq"]!.GetValue<long>(), patience.Token);
                }
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Waited long enough; people go home.
        }

        if (socket.State == WebSocketState.Open)
        {
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
    }

    private async Task React(ClientWebSocket socket, long seq, CancellationToken stop)
    {
        await Task.Delay(Reading, time, stop);
        await Send(HttpMethod.Put, $"/v1/widget/conversations/{_conversation}/seen", new { seq }, stop);
        if (_said == part.Lines.Length)
        {
            return;
        }

        var line = part.Lines[_said++];
        await Tell(socket, new { type = "typing", conversation = _conversation, on = true }, stop);
        await Task.Delay(Reading * (1 + line.Count(c => c == ' ')) / 6, time, stop);
        await Send(HttpMethod.Post, $"/v1/widget/conversations/{_conversation}/messages", new { clientId = Id(), content = new { type = "text", text = line } }, stop);
    }

    private string Id() => Guid.CreateVersion7(time.GetUtcNow()).ToString("N");

    private async Task<JsonNode> Send(HttpMethod method, string path, object body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body, options: Platform.Json.Options) };
        using var response = await http.SendAsync(request, stop);
        response.EnsureSuccessStatusCode();
        var text = await response.Content.ReadAsStringAsync(stop);
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    private static Task Tell(ClientWebSocket socket, object frame, CancellationToken stop) =>
        socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame, Platform.Json.Options), WebSocketMessageType.Text, endOfMessage: true, stop);

    private static async Task<JsonNode?> Receive(ClientWebSocket socket, CancellationToken stop)
    {
        using var frame = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), stop);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            frame.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return JsonNode.Parse(Encoding.UTF8.GetString(frame.GetBuffer(), 0, (int)frame.Length));
            }
        }
    }
}
