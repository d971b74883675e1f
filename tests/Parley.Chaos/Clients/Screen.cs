using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Parley.Chaos.Proof;
using Parley.Chaos.Staging;

namespace Parley.Chaos.Clients;

/// <summary>
/// What somebody sees of it on a stream: connects to any node, loses the connection, comes back with its cursor, and drops everything only where it is told to (<c>gone</c>). It never
/// mends a hole by reading: what the stream kept back is missing in the end, and is seen then.
/// </summary>
internal sealed class Screen(Stage stage, Witness witness, Line line, bool agent) : IDisposable
{
    /// <summary>Three beats.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(6);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private ClientWebSocket? _socket;
    private string? _cursor;
    private bool _listed;
    private bool _greeted;
    private int _at = line.At;

    /// <summary>How often it was connected.</summary>
    public int Connections { get; private set; }

    public int Frames { get; private set; }

    /// <summary>How often it had to begin anew.</summary>
    public int Gone { get; private set; }

    public View View { get; } = new();

    /// <summary>An agent opens a thread beside those that are open.</summary>
    public async Task Open(string conversation)
    {
        if (View.Also(conversation) && _socket is { } socket)
        {
            await Open(conversation, socket);
        }
    }

    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Connected(stop);
            }
            catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException or HttpRequestException)
            {
                // The node is gone, or cannot be reached, or says nothing any more: the next one. Or it said no: then so is said here, and one begins anew.
                await line.Ask(HttpMethod.Get, agent ? "/v1/me" : "/v1/widget/conversations", null, stop);
            }

            _at++;
            await Line.Pause(60, stop);
        }
    }

    /// <summary>A whole thread, as a fresh read gives it.</summary>
    public async Task<Dictionary<long, string>> Read(string timeline, CancellationToken stop)
    {
        var found = new Dictionary<long, string>();
        for (var (after, more) = (0L, true); more && await line.Ask(HttpMethod.Get, $"{timeline}?after={after}&limit=500", null, stop) is { } page;)
        {
            if (page.Status != HttpStatusCode.OK)
            {
                return found;
            }

            foreach (var entry in page.Body.GetProperty("items").EnumerateArray())
            {
                after = entry.GetProperty("seq").GetInt64();
                found[after] = entry.GetRawText();
            }

            more = page.Body.GetProperty("more").GetBoolean();
        }

        return found;
    }

    /// <summary>All rows of the view, as a fresh read gives them.</summary>
    public async Task<Dictionary<string, JsonElement>> List(string view, CancellationToken stop)
    {
        var found = new Dictionary<string, JsonElement>();
        for (string? next = ""; next is not null && await line.Ask(HttpMethod.Get, $"/v1/conversations?view={view}&limit=200{(next.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(next)}")}", null, stop) is { } page;)
        {
            if (page.Status != HttpStatusCode.OK)
            {
                witness.Odd(line.Name, $"{(int)page.Status} to a list: {page.Text}");
                return found;
            }

            foreach (var row in page.Body.GetProperty("items").EnumerateArray())
            {
                found[row.GetProperty("id").GetString()!] = row.Clone();
            }

            next = page.Body.TryGetProperty("next", out var cursor) && cursor.ValueKind == JsonValueKind.String ? cursor.GetString() : null;
        }

        return found;
    }

    public void Dispose() => _gate.Dispose();

    private async Task Connected(CancellationToken stop)
    {
        var address = stage.Stations[_at % stage.Stations.Count].Address;
        if ((agent ? line.Cookie : line.Bearer) is null)
        {
            await line.Anew(null, stop);
        }

        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", address.GetLeftPart(UriPartial.Authority));
        var token = line.Bearer;
        if (agent)
        {
            socket.Options.SetRequestHeader("Cookie", line.Cookie);
        }

        using (var patience = CancellationTokenSource.CreateLinkedTokenSource(stop))
        {
            patience.CancelAfter(TimeSpan.FromSeconds(3));
            await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/v1/stream" }.Uri, patience.Token);
        }

        Connections++;
        _greeted = false;
        await Say(socket, new { type = "hello", cursor = _cursor, token });
        try
        {
            while (await Frame(socket, stop) is { } frame)
            {
                Frames++;
                line.Look(frame.GetRawText());
                if (!await Hear(socket, frame, token, stop))
                {
                    return;
                }
            }
        }
        finally
        {
            _socket = null;
        }
    }

    /// <summary>False where this connection is over.</summary>
    private async Task<bool> Hear(ClientWebSocket socket, JsonElement frame, string? token, CancellationToken stop)
    {
        switch (frame.GetProperty("type").GetString())
        {
            case "gone":
                Forget();
                if (_greeted)
                {
                    // More was missed than is told: from the beginning.
                    return false;
                }

                break;
            case "hello":
                _greeted = true;
                _cursor ??= frame.GetProperty("cursor").GetString();
                await Greeted(socket, stop);
                break;
            case "event" when frame.TryGetProperty("entry", out var entry):
                if (View.Hear(entry) is { } other)
                {
                    witness.Find(new Finding(FindingKind.Stale, $"{line.Name} heard of one entry twice, once as {other} and once as {entry.GetRawText()}"));
                }

                break;
            case "event" when frame.TryGetProperty("summary", out var row):
                View.Row(row);
                break;
            case "left":
                View.Left(frame.GetProperty("conversation").GetString()!);
                break;
            case "counts":
                View.Count(frame.GetProperty("counts"));
                break;
            case "bye":
                if (frame.GetProperty("reason").GetString() is "access" or "token" or "session")
                {
                    await line.Anew(agent ? line.Cookie : token, stop);
                }

                return false;
        }

        // Only now: what was heard is kept, so that is where one goes on.
        _cursor = frame.TryGetProperty("cursor", out var cursor) ? cursor.GetString() : _cursor;
        if (_greeted)
        {
            // Not before it is known where one goes on: what comes between the two would be missed where the connection ends there.
            await Fill(stop);
        }

        return true;
    }

    private async Task Greeted(ClientWebSocket socket, CancellationToken stop)
    {
        if (!agent)
        {
            return;
        }

        View.Recount();
        // From here on who opens another thread says so here: it may be said twice, and never not at all.
        _socket = socket;
        await Say(socket, new { type = "watch", view = "all", cursor = _cursor });
        foreach (var id in View.Threads)
        {
            if (View.Thread(id) is { Count: > 0 } thread)
            {
                await Say(socket, new { type = "open", conversation = id, after = thread.Keys.Max() });
            }
            else
            {
                await Open(id, socket);
            }
        }

        if (!_listed)
        {
            View.Read(await List("all", stop));
            _listed = true;
        }
    }

    /// <summary>What is there already is read in pages, and the stream goes on after it, as the console does.</summary>
    private async Task Open(string conversation, ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(Silence);
        var era = stage.Era;
        var known = await Read($"/v1/conversations/{conversation}/timeline", patience.Token);
        if (era != stage.Era)
        {
            // Of a store that is gone, and perhaps of both: the next connection tells.
            return;
        }

        View.Read(conversation, known);
        await Say(socket, new { type = "open", conversation, after = known.Keys.DefaultIfEmpty().Max() });
    }

    /// <summary>What came before one listened is read once, at the beginning and where one was told to begin anew.</summary>
    private async Task Fill(CancellationToken stop)
    {
        foreach (var conversation in agent ? [] : View.Unread())
        {
            View.Read(conversation, await Read($"/v1/widget/conversations/{conversation}/timeline", stop));
        }
    }

    private void Forget()
    {
        Gone++;
        (_cursor, _listed) = (null, false);
        View.Forget();
    }

    private async Task Say(ClientWebSocket socket, object said)
    {
        await _gate.WaitAsync();
        try
        {
            using var patience = new CancellationTokenSource(Silence);
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(said, Platform.Json.Options), WebSocketMessageType.Text, true, patience.Token);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // It is over; whoever reads hears of it, and says all of it anew.
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Null where the other side has closed.</summary>
    private static async Task<JsonElement?> Frame(ClientWebSocket socket, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Silence);
        using var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            whole.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return JsonSerializer.Deserialize<JsonElement>(whole.ToArray());
            }
        }
    }
}
