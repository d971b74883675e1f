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

    private static async Task<IResult> Receive(InboxId id, HttpContext http, Catalog catalog, ConnectionStore connections, Arrivals arrivals, TimeProvider time)
    {
        if (await connections.Load(id) is not var (connection, state) || catalog.Find(connection.Kind) is not { } channel)
        {
            return Refusal.Unknown("channel").Problem();
        }

        if (channel.Able(connection) is null)
        {
            return Problems.Of("channel.off", "This channel has lost its settings.", StatusCodes.Status503ServiceUnavailable, retryAfterSeconds: 300);
        }

        if (await Read(http, channel.Capabilities.RequestLimit) is not { } body)
        {
            return Problems.Of("request.tooLarge", $"A request has at most {channel.Capabilities.RequestLimit:N0} bytes.", StatusCodes.Status413PayloadTooLarge);
        }

        var request = new RawRequest(http.Request.Method, http.Request.RouteValues["path"] as string ?? "", Headers(http), http.Request.Query.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.ToString()), body);
        switch (channel.Admit(request, connection, time.GetUtcNow()))
        {
            case Admission.Refused refused:
                return Problems.Of(refused.Code, refused.Detail, refused.Status);
            case Admission.Answered answered:
                return Results.Text(answered.Text, answered.Type);
            case Admission.Kept kept when state.On:
                // What came before under this key is answered like the first time.
                await arrivals.Keep(id, request with { Headers = request.Headers.RemoveRange(Passing) }, kept.Key is { Length: > 0 and <= 400 } key ? key : null);
                return Results.Ok();
            default:
                return Problems.Of("channel.off", "This channel is switched off.", StatusCodes.Status503ServiceUnavailable, retryAfterSeconds: 300);
        }
    }

    private static ImmutableSortedDictionary<string, string> Headers(HttpContext http) => http.Request.Headers
        .Where(header => header.Key.Length + header.Value.ToString().Length <= LongestHeader).Take(HeadersKept)
        .ToImmutableSortedDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());

    /// <summary>Null: it is too large.</summary>
    private static async Task<byte[]?> Read(HttpContext http, long limit)
    {
        if (http.Request.ContentLength > limit)
        {
            await TooMuch.Swallow(http);
            return null;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limit;
        }

        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return body.Length > limit ? null : body.ToArray();
    }
}
