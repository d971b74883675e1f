using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Parley.Platform.Web;

namespace Parley.Channels;

/// <summary>Calls a provider over HTTP and says in the words of the contract what came of it: the usual meaning of a status, which a channel may know better.</summary>
public static class WebCall
{
    /// <summary>So much of an answer is read.</summary>
    private const int Longest = 64 * 1024;
    private const int Shown = 300;

    /// <param name="sent">What a 2xx answer says; never called for another.</param>
    public static async Task<SendOutcome> Send(HttpMessageInvoker http, HttpRequestMessage request, TimeSpan patience, Func<string, SendOutcome> sent, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        either.CancelAfter(patience);
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            var text = await Read(response, either.Token);
            return response.IsSuccessStatusCode ? sent(text) : Of(response.StatusCode, After(response.Headers), $"{(int)response.StatusCode} {Line(text)}");
        }
        catch (HttpRequestException error) when (error.InnerException is PrivateNetworkException)
        {
            return new Failure.Misconfigured(error.InnerException.Message);
        }
        catch (HttpRequestException error) when (error.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError || error.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            // Nothing was said before the line stood: certainly nothing was taken.
            return new Failure.Unreachable(error.Message);
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new Failure.OutcomeUnknown(error is OperationCanceledException ? "No answer came in time." : error.Message);
        }
    }

    public static Failure Of(HttpStatusCode status, TimeSpan? after, string? said) => (int)status switch
    {
        429 => new Failure.Throttled(after, said),
        401 or 405 or (>= 300 and < 400) => new Failure.Misconfigured(said),
        // Either the address is wrong, or there is nobody of this name.
        403 or 404 or 410 => new Failure.Misconfigured(said, Sure: false),
        408 or 425 or 503 => new Failure.Unreachable(said),
        // What a server that broke did before that, nobody knows.
        >= 500 => new Failure.OutcomeUnknown(said),
        _ => new Failure.Rejected(said),
    };

    private static TimeSpan? After(HttpResponseHeaders headers) => headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } until } when headers.Date is { } now && until > now => until - now,
        _ => null,
    };

    private static async Task<string> Read(HttpResponseMessage response, CancellationToken cancel)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        var bytes = new byte[Longest];
        return Encoding.UTF8.GetString(bytes, 0, await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel));
    }

    private static string Line(string text) => Platform.Words.Clean(text.Length > Shown ? text[..Shown] : text).ReplaceLineEndings(" ").Trim();
}
