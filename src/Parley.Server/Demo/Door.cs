using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Server.Demo;

/// <summary>The product's own door as a widget goes through it: the routes of visitors and the stream, over HTTP.</summary>
internal sealed class Door(HttpClient http)
{
    /// <summary>What is sent from now on is sent as this visitor, with this browser.</summary>
    public void Enter(string token, string browser)
    {
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        http.DefaultRequestHeaders.UserAgent.Clear();
        http.DefaultRequestHeaders.UserAgent.ParseAdd(browser);
    }

    public async Task<JsonNode> Send(HttpMethod method, string path, object? body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: Platform.Json.Options) };
        using var response = await http.SendAsync(request, stop);
        response.EnsureSuccessStatusCode();
        var text = await response.Content.ReadAsStringAsync(stop);
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    public async Task<ClientWebSocket> Listen(string token, CancellationToken stop)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(new Uri(http.BaseAddress!, "/v1/stream")) { Scheme = "ws" }.Uri, stop);
        await Tell(socket, new { type = "hello", token }, stop);
        return socket;
    }

    public static Task Tell(ClientWebSocket socket, object frame, CancellationToken stop) =>
        socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame, Platform.Json.Options), WebSocketMessageType.Text, endOfMessage: true, stop);

    public static async Task<JsonNode?> Receive(ClientWebSocket socket, CancellationToken stop)
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

    public static async Task Close(ClientWebSocket socket)
    {
        if (socket.State == WebSocketState.Open)
        {
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
    }
}
