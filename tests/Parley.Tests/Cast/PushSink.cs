using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Parley.Platform.Push;

namespace Parley.Tests.Cast;

/// <summary>What came to a browser.</summary>
public sealed record Pushed(string Browser, JsonElement Said, string Authorization, string Ttl);

/// <summary>
/// A push service on this machine and the browsers behind it: takes what is signed with a key (RFC 8292), decrypts it as the browser would (RFC 8291), and says
/// what it is told to say.
/// </summary>
public sealed class PushSink : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly ConcurrentDictionary<string, (ECDiffieHellman Key, byte[] Auth)> _browsers = new();
    private readonly ConcurrentQueue<Pushed> _pushes = new();
    private readonly ConcurrentDictionary<string, int> _calls = new();
    private readonly Task _listening;
    private int _last;

    public PushSink()
    {
        for (var tries = 0; ; tries++)
        {
            Port = Random.Shared.Next(20_000, 60_000);
            Address = $"http://127.0.0.1:{Port}/";
            // One that could not start is of no use any more.
            var listener = new HttpListener();
            listener.Prefixes.Add(Address);
            try
            {
                listener.Start();
                _listener = listener;
                break;
            }
            catch (HttpListenerException) when (tries < 20)
            {
                // Somebody else listens there.
            }
        }

        _listening = Listen();
    }

    public string Address { get; }

    public int Port { get; }

    public static (string Key, string Value)[] Settings => [("push.allowLoopback", "true")];

    public int Status { get; set; } = 201;

    /// <summary>What it says for one browser, and how long it wants to be left in peace; null: what it says for all.</summary>
    public Func<string, (int Status, string? RetryAfter)?> Answers { get; set; } = _ => null;

    /// <summary>How often it was called for a browser.</summary>
    public int Calls(string browser) => _calls.GetValueOrDefault(browser);

    public IReadOnlyCollection<Pushed> Pushes => _pushes;

    /// <summary>A browser's subscription at any address, for what is not called.</summary>
    public static PushTarget Browser(string endpoint)
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return new PushTarget(endpoint, Point.Of(key.ExportParameters(includePrivateParameters: false)), new byte[16]);
    }

    /// <summary>A new browser; what it says of itself as the page sends it.</summary>
    public (string Name, object Device) Subscribe(string language = "en")
    {
        var name = $"b{Interlocked.Increment(ref _last)}";
        var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var auth = RandomNumberGenerator.GetBytes(16);
        _browsers[name] = (key, auth);
        var point = Point.Of(key.ExportParameters(includePrivateParameters: false));
        return (name, new { endpoint = Address + name, keys = new { p256dh = Base64Url.EncodeToString(point), auth = Base64Url.EncodeToString(auth) }, name, language });
    }

    /// <summary>What came to a browser, within ten seconds.</summary>
    public async Task<Pushed> To(string browser, int nth = 1)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            if (_pushes.Where(push => push.Browser == browser).Skip(nth - 1).FirstOrDefault() is { } push)
            {
                return push;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"Nothing was pushed to {browser}.");
    }

    public async ValueTask DisposeAsync()
    {
        // At once: one that was stopped before takes its port once more to leave it, and somebody else may have it by then.
        _listener.Close();
        await _listening;
        foreach (var (key, _) in _browsers.Values)
        {
            key.Dispose();
        }
    }

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                var call = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                try
                {
                    await call.Request.InputStream.CopyToAsync(body);
                }
                catch (Exception error) when (error is HttpListenerException or IOException && _listener.IsListening)
                {
                    // Whoever called was killed on the way.
                    call.Response.Abort();
                    continue;
                }

                var name = call.Request.Url!.AbsolutePath[1..];
                var (status, retryAfter) = Answers(name) ?? (Status, null);
                if (status is >= 200 and < 300 && call.Request.Headers["Content-Encoding"] == "aes128gcm" && _browsers.TryGetValue(name, out var browser))
                {
                    var said = JsonSerializer.Deserialize<JsonElement>(Read(body.ToArray(), browser.Key, browser.Auth));
                    _pushes.Enqueue(new Pushed(name, said, call.Request.Headers["Authorization"] ?? "", call.Request.Headers["TTL"] ?? ""));
                }

                if (retryAfter is not null)
                {
                    call.Response.Headers["Retry-After"] = retryAfter;
                }

                call.Response.StatusCode = status;
                _calls.AddOrUpdate(name, 1, (_, calls) => calls + 1);
                try
                {
                    call.Response.Close();
                }
                catch (HttpListenerException) when (_listener.IsListening)
                {
                    // They do not hear that it was taken.
                }
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    /// <summary>The browser's side of RFC 8291, 3.4, written for itself.</summary>
    private static byte[] Read(byte[] body, ECDiffieHellman own, byte[] auth)
    {
        var (salt, size, length) = (body[..16], BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(16)), body[20]);
        var (server, record) = (body[21..(21 + length)], body[(21 + length)..]);
        if (record.Length > size)
        {
            throw new InvalidDataException("More than one record.");
        }

        using var other = ECDiffieHellman.Create(Point.Parameters(server));
        var shared = own.DeriveRawSecretAgreement(other.PublicKey);
        var first = HKDF.Extract(HashAlgorithmName.SHA256, shared, auth);
        var input = HKDF.Expand(HashAlgorithmName.SHA256, first, 32, [.. "WebPush: info\0"u8, .. Point.Of(own.ExportParameters(includePrivateParameters: false)), .. server]);
        var second = HKDF.Extract(HashAlgorithmName.SHA256, input, salt);
        using var aes = new AesGcm(HKDF.Expand(HashAlgorithmName.SHA256, second, 16, Encoding.ASCII.GetBytes("Content-Encoding: aes128gcm\0")), 16);
        var text = new byte[record.Length - 16];
        aes.Decrypt(HKDF.Expand(HashAlgorithmName.SHA256, second, 12, Encoding.ASCII.GetBytes("Content-Encoding: nonce\0")), record.AsSpan(0, text.Length), record.AsSpan(text.Length), text);
        var end = Array.FindLastIndex(text, value => value != 0);
        return text[end] == 2 ? text[..end] : throw new InvalidDataException("Not closed by 2.");
    }
}
