using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Parley.Platform.Realtime;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Conversations.Streaming;

/// <summary>The two ways to a stream: a WebSocket, and Server-Sent Events where a proxy forbids it.</summary>
internal sealed class StreamApi(Streams streams, Doorman doorman, RateLimits rates, StreamSettings settings, TimeProvider time, ILogger<StreamApi> log)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Crowded = TimeSpan.FromSeconds(10);
    private static readonly byte[] TooSlow = StreamFrames.Bye("slow", 0);

    private readonly Streams _streams = streams;
    private readonly Doorman _doorman = doorman;
    private readonly RateLimit _visitors = rates.Visitors;
    private readonly StreamSettings _settings = settings;
    private readonly TimeProvider _time = time;
    private readonly ILogger _log = log;
    private readonly LineLimits _limits = new(settings.QueueFrames, settings.QueueBytes);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/stream", (HttpContext http, StreamApi api) => api.Socket(http)).WithTags("Stream").WithName("stream").ExcludeFromDescription();
        routes.MapGet("/v1/stream/sse", (HttpContext http, StreamApi api) => api.Events(http)).WithTags("Stream").WithName("streamEvents").ExcludeFromDescription();
    }

    private async Task<IResult> Socket(HttpContext http)
    {
        if (_streams.Stopping)
        {
            return Problems.Of(Problem.Draining);
        }

        if (!http.WebSockets.IsWebSocketRequest)
        {
            return Problems.Of("stream.upgrade", "This address speaks WebSocket; /v1/stream/sse has the same as Server-Sent Events.", StatusCodes.Status426UpgradeRequired);
        }

        var (known, wrong) = await Proven(http);
        if (wrong is not null)
        {
            return Problems.Of(wrong);
        }

        // Two pings unanswered: the client is gone, whatever the network between says.
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = KeepAlive, KeepAliveTimeout = KeepAlive });
        var talk = new Talk(this, http, new WebSocketLine(socket, _limits, TooSlow), known);
        await talk.Run();
        return Results.Empty;
    }

    private async Task<IResult> Events(HttpContext http)
    {
        if (_streams.Stopping)
        {
            return Problems.Of(Problem.Draining);
        }

        var (who, wrong) = await Proven(http);
        if (who is null)
        {
            return Problems.Of(wrong ?? new Problem("auth.required", "Sign in first.", StatusCodes.Status401Unauthorized));
        }

        if (Wait(who) is var wait && wait > TimeSpan.Zero)
        {
            return Problems.Of(RateLimits.TooMany(wait));
        }

        var line = new EventLine(http, _limits, TooSlow);
        await line.Open();
        var client = await _streams.Greet(who, Text(http, "cursor"), line);
        try
        {
            await Asked(client, http);
            await line.Hear();
        }
        finally
        {
            _streams.Leave(client);
        }

        return Results.Empty;
    }

    /// <summary>
    /// Who the request proves to come from. A cookie counts only where the page is our own: any page may open a WebSocket to us, and the browser
    /// sends the cookie along.
    /// </summary>
    private async ValueTask<(Principal? Who, Problem? Wrong)> Proven(HttpContext http)
    {
        if (Doorman.Bearer(http) is { } bearer)
        {
            return await _doorman.Prove(http, bearer);
        }

        return Own(http.Request) ? (await _doorman.OfCookie(http), null) : (null, null);
    }

    /// <summary>How long a visitor has to wait: what they say on a stream counts like what they ask for, and they hold only so many streams at once.</summary>
    private TimeSpan Wait(Principal who) => who is not VisitorPrincipal visitor ? TimeSpan.Zero
        : _streams.Of(visitor) >= _settings.VisitorStreams ? Crowded
        : _visitors.Take(visitor.Visitor.ToString());

    /// <summary>What took the token's right away between its proof and the stream's place in the room was told to nobody.</summary>
    private async Task Prove(StreamClient client, string? token)
    {
        if (token is not null && await _doorman.Of(token) is null)
        {
            client.Bye("access");
        }
    }

    /// <summary>Browsers leave the origin out where a page fetches from its own; then they say so in another header, which no script can set.</summary>
    private static bool Own(HttpRequest request) => (string?)request.Headers.Origin is { } origin
        ? string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
        : request.Headers["Sec-Fetch-Site"] == "same-origin";

    /// <summary>Hears what an event stream asks for in its address; one that cannot be told it is ended as any other.</summary>
    private async Task Asked(StreamClient client, HttpContext http)
    {
        try
        {
            await Prove(client, Doorman.Bearer(http));
            foreach (var said in Asked(http.Request.Query))
            {
                await Hear(client, said);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _log.LogError(error, "A stream failed at what its client asked for.");
            client.Bye("restart", 1_000);
        }
    }

    /// <summary>What an event stream asks for in its address, as if it had been said.</summary>
    private static IEnumerable<object> Asked(IQueryCollection query)
    {
        foreach (var view in query["watch"])
        {
            yield return new { type = "watch", view };
        }

        foreach (var open in query["open"])
        {
            var parts = open!.Split(':');
            yield return new { type = "open", conversation = parts[0], after = parts.Length > 1 && long.TryParse(parts[1], out var after) ? after : (long?)null };
        }
    }

    private static string? Text(HttpContext http, string name) => http.Request.Query[name] is [{ Length: > 0 } text] ? text : null;

    private ValueTask Hear(StreamClient client, object said) => _streams.Hear(client, JsonSerializer.SerializeToElement(said, Platform.Json.Options));

    /// <summary>One WebSocket from its first word to its last.</summary>
    private sealed class Talk(StreamApi api, HttpContext http, WebSocketLine line, Principal? known)
    {
        private StreamClient? _client;

        public async Task Run()
        {
            await using var patience = api._time.CreateTimer(_ => Silent(), null, TimeSpan.FromSeconds(api._settings.HelloSeconds), Timeout.InfiniteTimeSpan);
            try
            {
                await line.Hear(Hear);
            }
            finally
            {
                if (_client is { } client)
                {
                    api._streams.Leave(client);
                }
            }
        }

        private void Silent()
        {
            if (_client is null)
            {
                line.End(StreamFrames.Bye("hello", 0));
            }
        }

        private async ValueTask Hear(ReadOnlyMemory<byte> bytes)
        {
            // A flood is not even read; what a visitor has to say here waits for no answer.
            if ((_client?.Who is VisitorPrincipal visitor && api._visitors.Take(visitor.Visitor.ToString()) > TimeSpan.Zero) || Parsed(bytes) is not { } said)
            {
                return;
            }

            try
            {
                if (_client is { } client)
                {
                    await api._streams.Hear(client, said);
                }
                else if (Word(said, "type") == "hello")
                {
                    await Greet(said);
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // What one client says must not end the stream of the others, nor go unseen.
                api._log.LogError(error, "A stream failed at what its client said.");
                line.End(StreamFrames.Bye("restart", 1_000));
            }
        }

        private async Task Greet(JsonElement hello)
        {
            var (who, wrong) = Word(hello, "token") is { } token ? await api._doorman.Prove(http, token) : (known, null);
            if (who is null)
            {
                line.End(StreamFrames.Bye("access", 1_000 * (wrong?.RetryAfter ?? 0)));
                return;
            }

            if (api.Wait(who) is var wait && wait > TimeSpan.Zero)
            {
                line.End(StreamFrames.Bye("limited", (int)wait.TotalMilliseconds + 1));
                return;
            }

            _client = await api._streams.Greet(who, Word(hello, "cursor"), line);
            await api.Prove(_client, Word(hello, "token"));
        }

        private static JsonElement? Parsed(ReadOnlyMemory<byte> bytes)
        {
            try
            {
                using var document = JsonDocument.Parse(bytes);
                return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
            }
            catch (JsonException)
            {
                // No word of ours; a newer client may say more than we know, and is not cut off for it.
                return null;
            }
        }

        private static string? Word(JsonElement said, string name) => said.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
