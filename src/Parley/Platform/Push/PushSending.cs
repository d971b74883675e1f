using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Parley.Platform.Web;

namespace Parley.Platform.Push;

/// <summary>A browser that wants to be told: where, and with which keys.</summary>
/// <param name="P256dh">Its public key, an uncompressed point.</param>
public sealed record PushTarget(string Endpoint, byte[] P256dh, byte[] Auth)
{
    /// <summary>Stands for the browser where its address would be too long.</summary>
    public string Mark => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Endpoint)).AsSpan(0, 8));
}

/// <summary>What became of a push. <c>Gone</c>: the browser wants none any more; <c>Later</c>: the service could not just now; <c>Refused</c>: it never will.</summary>
public enum PushOutcome { Accepted, Gone, Later, Refused }

/// <param name="After">How long the service wants to be left in peace (<c>Retry-After</c>, RFC 8030, 8.4); null where it did not say.</param>
public readonly record struct PushAnswer(PushOutcome Outcome, TimeSpan? After = null);

/// <summary>
/// Hands pushes to the services of the browsers' makers (RFC 8030). The address is whatever a browser said, so it is called with care: https only, no network of
/// our own, looked at again when the name is resolved; no redirects, nothing of the answer is passed on.
/// </summary>
public sealed class PushSending : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Vapid _vapid;
    private readonly PushSettings _settings;
    private readonly OpenNetwork _network;
    private readonly HttpMessageInvoker _http;

    public PushSending(Vapid vapid, PushSettings settings)
    {
        (_vapid, _settings, _network) = (vapid, settings, new OpenNetwork(settings.AllowLoopback));
        _http = _network.Caller(Patience);
    }

    /// <summary>Null where it can be called; otherwise why it cannot.</summary>
    public string? Flaw(PushTarget target) =>
        !Uri.TryCreate(target.Endpoint, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0 || target.Endpoint.Length > 1_000 ? "That is no address of a push service."
        : uri.Scheme != Uri.UriSchemeHttps && !(_settings.AllowLoopback && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback) ? "A push service is called by https."
        : IPAddress.TryParse(uri.IdnHost.Trim('[', ']'), out var address) && !Open(address) ? "A push service is not in a private network."
        : target.Auth.Length != 16 || !Point.Is(target.P256dh) ? "The keys are not those of a subscription."
        : null;

    /// <param name="life">How long the service keeps it for a browser that is not there.</param>
    /// <param name="topic">A later push of the same topic takes its place while it waits (RFC 8030, 5.4); at most 32 letters.</param>
    public async Task<PushAnswer> Send(PushTarget target, byte[] text, TimeSpan life, string? topic = null, bool urgent = false, CancellationToken cancel = default)
    {
        if (Flaw(target) is not null)
        {
            return new(PushOutcome.Refused);
        }

        var endpoint = new Uri(target.Endpoint);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(PushMessage.Encrypt(text, target.P256dh, target.Auth)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Content.Headers.ContentEncoding.Add("aes128gcm");
        request.Headers.TryAddWithoutValidation("Authorization", await _vapid.Authorization(endpoint));
        request.Headers.TryAddWithoutValidation("TTL", ((long)life.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("Urgency", urgent ? "high" : "normal");
        if (topic is not null)
        {
            request.Headers.TryAddWithoutValidation("Topic", topic);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            using var response = await _http.SendAsync(request, patience.Token);
            return (int)response.StatusCode switch
            {
                >= 200 and < 300 => new(PushOutcome.Accepted),
                404 or 410 => new(PushOutcome.Gone),
                429 or >= 500 => new(PushOutcome.Later, After(response)),
                _ => new(PushOutcome.Refused),
            };
        }
        catch (Exception error) when (error is HttpRequestException or IOException or CryptographicException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new(error is HttpRequestException { InnerException: PrivateNetworkException } ? PushOutcome.Refused : PushOutcome.Later);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>In seconds, or until a moment of the service's own clock, which is in the same answer.</summary>
    private static TimeSpan? After(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } until } when response.Headers.Date is { } now && until > now => until - now,
        _ => null,
    };

    /// <summary>True for an address of the open network.</summary>
    internal bool Open(IPAddress address) => _network.IsOpen(address);
}
