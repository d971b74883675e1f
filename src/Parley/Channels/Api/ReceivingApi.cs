using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Parley.Channels.Connections;
using Parley.Channels.Receiving;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Channels.Api;

/// <summary>Where providers call: proven by the channel from the raw bytes, kept, answered at once.</summary>
internal static class ReceivingApi
{
    /// <summary>More than any channel takes; each says its own limit.</summary>
    private const long Largest = 100 * 1024 * 1024;
    private const int Piece = 32 * 1024;

    /// <summary>So much is set aside for what is only announced.</summary>
    private const int Promised = 1024 * 1024;
    private const int HeadersKept = 100;
    private const int LongestHeader = 8_000;

    /// <summary>These say how the request came to us, or with what right: nothing that has to be kept.</summary>
    private static readonly string[] Passing = ["cookie", "host", "connection", "accept-encoding", "authorization"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Connection.Route).WithTags("Channels").WithMetadata(new RequestSizeLimitAttribute(Largest));
        group.MapPost("/", Receive).WithName("receive").Produces(StatusCodes.Status200OK);
        group.MapPost("/{*path}", Receive).WithName("receiveAt").Produces(StatusCodes.Status200OK);
        group.MapGet("/", Receive).WithName("shakeHands").Produces(StatusCodes.Status200OK);
    }

    /// <summary>A second address at which a channel is called, of a name of its own.</summary>
    public static void Also(IEndpointRouteBuilder routes, string path, string name)
    {
        routes.MapPost($"/v1/channels/{{id}}/{path}", (InboxId id, HttpContext http, Catalog catalog, ConnectionStore connections, Arrivals arrivals, Intake intake, RateLimits limits, TimeProvider time) =>
        {
            http.Request.RouteValues["path"] = path;
            return Receive(id, http, catalog, connections, arrivals, intake, limits, time);
        }).WithTags("Channels").WithMetadata(new RequestSizeLimitAttribute(Largest)).WithName(name).Produces(StatusCodes.Status200OK);
    }

    private static async Task<IResult> Receive(InboxId id, HttpContext http, Catalog catalog, ConnectionStore connections, Arrivals arrivals, Intake intake, RateLimits limits, TimeProvider time)
    {
        if (await connections.Load(id) is not var (connection, state) || catalog.Find(connection.Kind) is not { } channel)
        {
            return Refusal.Unknown("channel").Problem();
        }

        if (channel.Able(connection) is null)
        {
            return Problems.Of("channel.off", "This channel has lost its settings.", StatusCodes.Status503ServiceUnavailable, retryAfterSeconds: 300);
        }

        // Of who cannot be the provider nothing is read into memory.
        var head = new RawRequest(http.Request.Method, http.Request.RouteValues["path"] as string ?? "", Headers(http), http.Request.Query.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.ToString()), default);
        if (channel.Stranger(head, connection, time.GetUtcNow()) is { } stranger)
        {
            return Refuse(http, stranger, limits);
        }

        if (http.Request.ContentLength > channel.Capabilities.RequestLimit)
        {
            await TooMuch.Swallow(http);
            return TooLarge(channel);
        }

        using var room = intake.Enter();
        return await Read(http, channel.Capabilities.RequestLimit, room) switch
        {
            (null, true) => TooLarge(channel),
            (null, false) => Problems.Of(RateLimits.TooMany(TimeSpan.FromSeconds(5))),
            ({ } body, _) => await Admit(id, http, head with { Body = body }, connection, state, channel, arrivals, limits, time.GetUtcNow()),
        };
    }

    private static async Task<IResult> Admit(
        InboxId id, HttpContext http, RawRequest request, Connection connection, ConnectionState state, Channel channel, Arrivals arrivals, RateLimits limits, DateTimeOffset now)
    {
        switch (channel.Admit(request, connection, now))
        {
            case Admission.Refused refused:
                return Refuse(http, refused, limits);
            case Admission.Answered answered:
                return Results.Text(answered.Text, answered.Type);
            case Admission.Kept kept when state.On:
                // What came before under this key is answered like the first time.
                await arrivals.Keep(id, kept.As ?? request with { Headers = request.Headers.RemoveRange(Passing) }, kept.Key is { Length: > 0 and <= 400 } key ? key : null);
                return Results.Ok();
            default:
                return Problems.Of("channel.off", "This channel is switched off.", StatusCodes.Status503ServiceUnavailable, retryAfterSeconds: 300);
        }
    }

    private static ImmutableSortedDictionary<string, string> Headers(HttpContext http) => http.Request.Headers
        .Where(header => header.Key.Length + header.Value.ToString().Length <= LongestHeader).Take(HeadersKept)
        .ToImmutableSortedDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());

    /// <summary>Who proves nothing is counted like a token that does; what is right never is.</summary>
    private static IResult Refuse(HttpContext http, Admission.Refused refused, RateLimits limits) =>
        refused.Status == StatusCodes.Status401Unauthorized && limits.Refused.Take(Throttling.Address(http)) is var wait && wait > TimeSpan.Zero ? Problems.Of(RateLimits.TooMany(wait)) : Problems.Of(refused.Code, refused.Detail, refused.Status);

    private static IResult TooLarge(Channel channel) => Problems.Of("request.tooLarge", $"A request has at most {channel.Capabilities.RequestLimit:N0} bytes.", StatusCodes.Status413PayloadTooLarge);

    /// <returns>Null and true: it is too large; null and false: there is no room for it now.</returns>
    private static async Task<(ReadOnlyMemory<byte>? Body, bool TooLarge)> Read(HttpContext http, long limit, Intake.Room room)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limit;
        }

        // As large as it says it is, but no more than a few pieces before any of it has come.
        var body = new MemoryStream((int)Math.Min(http.Request.ContentLength ?? 0, Math.Min(limit, Promised)));
        var piece = new byte[Piece];
        for (int read; (read = await http.Request.Body.ReadAsync(piece, http.RequestAborted)) > 0;)
        {
            if (body.Length + read > limit)
            {
                return (null, true);
            }

            if (!room.Take(read))
            {
                return (null, false);
            }

            body.Write(piece, 0, read);
        }

        return (body.GetBuffer().AsMemory(0, (int)body.Length), false);
    }
}
