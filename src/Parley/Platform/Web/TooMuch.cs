using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Parley.Platform.Web;

/// <summary>
/// A body over the limit. Most clients, browsers among them, listen only when they have sent all: answered and cut off before, they see a broken
/// connection and never the reason. So the rest is read and thrown away, as far as that is bearable.
/// </summary>
internal static class TooMuch
{
    private const long Bearable = 128 * 1024 * 1024;
    private const int Piece = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>True for a body that says itself that it is over the limit. Forms are looked at by the routes that take them, whose limit is another.</summary>
    public static bool Announced(HttpContext http) =>
        http.Request.ContentLength > http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize && !http.Request.HasFormContentType;

    public static async Task Swallow(HttpContext http)
    {
        var limit = http.Features.Get<IHttpMaxRequestBodySizeFeature>();
        // Who expects to be told (curl) has sent nothing yet, and is told; HTTP/2 tells anybody at any time.
        if (limit is not { IsReadOnly: false } || http.Request.ContentLength is not <= Bearable || http.Request.Headers.Expect.Count > 0 || !HttpProtocol.IsHttp11(http.Request.Protocol))
        {
            return;
        }

        limit.MaxRequestBodySize = Bearable;
        using var patience = new CancellationTokenSource(Patience, http.RequestServices.GetRequiredService<TimeProvider>());
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, http.RequestAborted);
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (await http.Request.Body.ReadAsync(piece, either.Token) > 0)
            {
                // Nobody wants it.
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // Gone, or too slow: then the answer goes out as it is, and may not be heard.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
