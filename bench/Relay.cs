using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Parley.Bench;

/// <summary>
/// The least that could do the job: takes a message by POST and hands it to every socket that follows the conversation. Nothing is stored, nobody is
/// asked who they are. What Parley costs is measured against it, with the same client, in the same run.
/// </summary>
internal static class Relay
{
    private static readonly ConcurrentDictionary<string, ConcurrentBag<Channel<byte[]>>> Followers = new();

    public static async Task Run(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add(url);
        app.UseWebSockets();
        app.MapPost("/v1/widget/conversations/{id}/messages", Post);
        app.Map("/v1/stream", Stream);
        app.MapGet("/metrics", () => $"dotnet_allocated_bytes_total {GC.GetTotalAllocatedBytes()}\n");
        await app.StartAsync();
        Console.WriteLine("Relay listens");
        await app.WaitForShutdownAsync();
    }

    private static async Task Post(HttpContext http, string id)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        using var message = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
        var frame = JsonSerializer.SerializeToUtf8Bytes(new { type = "event", entry = new { conversation = id, type = "message", content = message.RootElement.GetProperty("content") } });
        if (Followers.TryGetValue(id, out var followers))
        {
            foreach (var follower in followers)
            {
                follower.Writer.TryWrite(frame);
            }
        }

        http.Response.StatusCode = 201;
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(frame);
    }

    private static async Task Stream(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var queue = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(4_096) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
        var writing = Write(socket, queue.Reader);
        while (await Read(socket) is { } text)
        {
            using var frame = JsonDocument.Parse(text);
            if (frame.RootElement.TryGetProperty("conversation", out var conversation))
            {
                Followers.GetOrAdd(conversation.GetString()!, _ => []).Add(queue);
            }

            queue.Writer.TryWrite("{\"type\":\"hello\"}"u8.ToArray());
        }

        queue.Writer.TryComplete();
        await writing;
    }

    private static async Task Write(WebSocket socket, ChannelReader<byte[]> frames)
    {
        await foreach (var frame in frames.ReadAllAsync())
        {
            if (socket.State == WebSocketState.Open)
            {
                await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }
        }
    }

    private static async Task<string?> Read(WebSocket socket)
    {
        try
        {
            await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
            var rented = ArrayPool<byte>.Shared.Rent(4_096);
            var received = await socket.ReceiveAsync(rented.AsMemory(), CancellationToken.None);
            var text = received.MessageType == WebSocketMessageType.Close ? null : Encoding.UTF8.GetString(rented, 0, received.Count);
            ArrayPool<byte>.Shared.Return(rented);
            return text;
        }
        catch (WebSocketException)
        {
            return null;
        }
    }
}
