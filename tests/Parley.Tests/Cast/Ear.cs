using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Parley.Tests.Cast;

/// <summary>One stream: says what a client says, and keeps everything it heard in order.</summary>
public sealed class Ear : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket = new();
    private readonly List<JsonElement> _heard = [];
    private readonly SemaphoreSlim _news = new(0);
    private Task _listening = Task.CompletedTask;

    /// <summary>All that was heard so far.</summary>
    public IReadOnlyList<JsonElement> Heard
    {
        get
        {
            lock (_heard)
            {
                return [.. _heard];
            }
        }
    }

    /// <summary>The last cursor that a frame bore.</summary>
    public string Cursor => Heard.Last(frame => frame.TryGetProperty("cursor", out _)).GetProperty("cursor").GetString()!;

    public bool Open => _socket.State == WebSocketState.Open;

    /// <summary>Connects as this caller: with its token in hello, or with its cookie from our own page.</summary>
    public static async Task<Ear> Of(Caller caller, string? cursor = null)
    {
        var ear = await Dial(caller);
        await ear.Say(new { type = "hello", cursor, token = caller.Bearer });
        await ear.Next("hello");
        return ear;
    }

    /// <summary>Connects and says nothing yet.</summary>
    public static async Task<Ear> Dial(Caller caller, string? origin = null, int? receiveBuffer = null)
    {
        var ear = new Ear();
        ear._socket.Options.Cookies = caller.Cookies;
        ear._socket.Options.SetRequestHeader("Origin", origin ?? caller.Address.GetLeftPart(UriPartial.Authority));
        await ear._socket.ConnectAsync(new UriBuilder(caller.Address) { Scheme = "ws", Path = "/v1/stream" }.Uri, CancellationToken.None);
        if (receiveBuffer is null)
        {
            ear._listening = ear.Listen();
        }

        return ear;
    }

    public Task Say(object said) => _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(said, Parley.Platform.Json.Options), WebSocketMessageType.Text, true, CancellationToken.None);

    public Task SayRaw(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>The first frame of a type that fits, heard already (of those after <paramref name="after"/>) or within ten seconds.</summary>
    public async Task<JsonElement> Next(string type, Func<JsonElement, bool>? fits = null, int after = 0)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var found = Heard.Skip(after).Where(frame => frame.GetProperty("type").GetString() == type && (fits?.Invoke(frame) ?? true)).Take(1).ToList();
            if (found.Count > 0)
            {
                return found[0];
            }

            try
            {
                await _news.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"No {type} was heard, but: {string.Join("\n", Heard.Select(frame => frame.GetRawText()))}");
            }
        }
    }

    /// <summary>The type of the first frame that was heard, or is within ten seconds.</summary>
    public async Task<string> First()
    {
        for (var patience = 500; Heard.Count == 0; patience--)
        {
            if (patience == 0)
            {
                throw new TimeoutException("Nothing was heard.");
            }

            await Task.Delay(20);
        }

        return Heard[0].GetProperty("type").GetString()!;
    }

    /// <summary>The event of an entry with this text.</summary>
    public Task<JsonElement> Message(string text) => Next("event", frame => Text(frame) == text);

    /// <summary>The texts of all messages that were heard, in order.</summary>
    public List<string> Messages() => [.. Heard.Select(Text).OfType<string>()];

    /// <summary>Until the server has closed.</summary>
    public async Task Ended() => await _listening.WaitAsync(Patience);

    /// <summary>Gone without a word, as when the network is cut.</summary>
    public void Cut() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _listening;
        _socket.Dispose();
        _news.Dispose();
    }

    private static string? Text(JsonElement frame) =>
        frame.TryGetProperty("entry", out var entry) && entry.TryGetProperty("content", out var content) && content.TryGetProperty("text", out var text) ? text.GetString() : null;

    private async Task Listen()
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += part.Count;
                }
                while (!part.EndOfMessage);

                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                    return;
                }

                lock (_heard)
                {
                    _heard.Add(JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length)));
                }

                _news.Release();
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection ended without a goodbye.
        }
    }
}
