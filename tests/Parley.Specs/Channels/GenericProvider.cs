using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Parley.Tests.Cast;

namespace Parley.Specs.Channels;

/// <summary>A system that is connected by the generic channel: written from the page about it, not from its code.</summary>
public sealed class GenericProvider : Provider
{
    private readonly HttpListener _listener;
    private readonly string _url;
    private readonly Task _listening;
    private int _last;
    private string _address = "";
    private string _secret = "";
    private Clock _clock = null!;

    public GenericProvider()
    {
        for (var tries = 0; ; tries++)
        {
            _url = $"http://127.0.0.1:{Random.Shared.Next(20_000, 32_000)}/";
            var listener = new HttpListener();
            listener.Prefixes.Add(_url);
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

    /// <summary>What it calls what it takes from now on; null: it says nothing of that.</summary>
    public string? Names { get; set; }

    public override string Kind => "generic";

    public override object Settings => new { url = _url + "hook" };

    public override void Connect(string address, IReadOnlyDictionary<string, string> made, Clock clock) => (_address, _secret, _clock) = (new Uri(address, UriKind.RelativeOrAbsolute) is { IsAbsoluteUri: true } whole ? whole.AbsolutePath : address, made["secret"], clock);

    public override Task<Answer> Say(Caller caller, string? key, params Word[] words) => Send(caller, key, new { items = words.Select(Item) });

    public override Task<Answer> Forge(Caller caller, bool old, Word word) => old ? Send(caller, "old", new { items = new[] { Item(word) } }, ago: TimeSpan.FromMinutes(6)) : Send(caller, "forged", new { items = new[] { Item(word) } }, secret: "whsec_bm90IHRoZSBzZWNyZXQ=");

    public override Task<Answer> Mangle(Caller caller, Word good) => Send(caller, "mangled", new { items = new object[] { new { id = 7, from = "nobody" }, Item(good) } });

    public override Task<Answer> Tell(Caller caller, string key, string message, string state) => Send(caller, key, new { id = key, type = "receipt", of = message, state });

    public override Task<Answer> Flood(Caller caller) => Send(caller, "flood", new { text = new string('x', 31 * 1024 * 1024) });

    public override async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _listening;
        _listener.Close();
    }

    /// <summary>Anything, signed as it must be.</summary>
    public Task<Answer> Post(Caller caller, params object[] items) => Send(caller, null, new { items });

    private static object Item(Word word) => new { id = word.Key, type = "message", from = new { id = word.From, name = word.Name }, text = word.Text, quotes = word.Answers };

    private Task<Answer> Send(Caller caller, string? key, object body, string? secret = null, TimeSpan ago = default)
    {
        var (text, seconds, id) = (JsonSerializer.Serialize(body), (_clock.GetUtcNow() - ago).ToUnixTimeSeconds(), key ?? $"request-{Interlocked.Increment(ref _last)}");
        var signature = HMACSHA256.HashData(Bytes(secret ?? _secret), Encoding.UTF8.GetBytes($"{id}.{seconds}.{text}"));
        return caller.Send(HttpMethod.Post, _address, new StringContent(text, Encoding.UTF8, "application/json"), ("webhook-id", id), ("webhook-timestamp", $"{seconds}"), ("webhook-signature", $"v1,{Convert.ToBase64String(signature)}"));
    }

    private static byte[] Bytes(string secret) => secret.StartsWith("whsec_", StringComparison.Ordinal) ? Convert.FromBase64String(secret[6..]) : Encoding.UTF8.GetBytes(secret);

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
                    Answer(call, body.ToArray());
                }
                catch (Exception error) when (error is HttpListenerException or IOException or ObjectDisposedException)
                {
                    // Who called hung up: that ends this call, and none after it.
                }
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private void Answer(HttpListenerContext call, byte[] body)
    {
        Calls++;
        var (id, at) = (call.Request.Headers["webhook-id"]!, call.Request.Headers["webhook-timestamp"]!);
        var expected = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Bytes(_secret), Encoding.UTF8.GetBytes($"{id}.{at}.").Concat(body).ToArray()))}";
        if (call.Request.Headers["webhook-signature"] != expected)
        {
            call.Response.StatusCode = 401;
            call.Response.Close();
            return;
        }

        var data = JsonSerializer.Deserialize<JsonElement>(body).GetProperty("data");
        if (Mood is Mood.Takes or Mood.TakesAndHangs)
        {
            Hear(id, data.GetProperty("to").GetString()!, data.TryGetProperty("text", out var text) ? text.GetString()! : "");
        }

        if (Mood == Mood.TakesAndHangs)
        {
            // The line breaks in the middle of the answer. (To abort alone would still end it as a whole one.)
            call.Response.ContentLength64 = 100;
            call.Response.OutputStream.Write("{"u8);
            call.Response.OutputStream.Flush();
            call.Response.Abort();
            return;
        }

        if (Mood == Mood.Throttles)
        {
            call.Response.Headers["Retry-After"] = "30";
        }

        call.Response.StatusCode = Mood switch { Mood.Takes => 200, Mood.Throttles => 429, Mood.Down => 503, Mood.Refuses => 400, _ => 401 };
        if (Mood == Mood.Takes && Names is { } name)
        {
            call.Response.OutputStream.Write(JsonSerializer.SerializeToUtf8Bytes(new { id = name }));
        }

        call.Response.Close();
    }
}

public sealed class GenericChannelSpec : ChannelSpec
{
    protected override Provider Provider() => new GenericProvider();
}
