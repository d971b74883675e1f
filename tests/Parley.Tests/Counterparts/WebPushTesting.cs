using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Parley.Tests.Guides;

namespace Parley.Tests.Counterparts;

/// <summary>
/// Somebody else's push service and the browsers behind it, on this machine: the package <c>web-push-testing</c>. It holds a push against the key that was
/// subscribed with (RFC 8292), decrypts it by a library of its own (RFC 8291), and knows subscriptions that have expired.
/// </summary>
public sealed class WebPushTesting : IAsyncDisposable
{
    /// <summary>Waits for the end of its input, which comes with the end of whoever started it; then ends the service by its process id.</summary>
    private const string Keeper = """
        node "$@" </dev/null &
        read -r _
        kill $! 2>/dev/null
        wait
        """;

    private static readonly string Program = Path.Combine(Guide.Root, "tests", "counterparts", "node_modules", "web-push-testing", "src", "bin", "server.js");

    private readonly Process _process;
    private readonly HttpClient _http;

    private WebPushTesting(Process process, int port) => (_process, _http) = (process, new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri($"http://localhost:{port}") });

    /// <summary>Why there can be none on this machine; null when there can.</summary>
    public static string? Missing => File.Exists(Program) ? null : "web-push-testing is not installed (make test installs it)";

    public static async Task<WebPushTesting> Start()
    {
        var port = Ports.Free();
        var process = Process.Start(new ProcessStartInfo("sh", ["-c", Keeper, "keeper", Program, $"{port}"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        // It says so when it listens; what else it says is read away.
        await process.StandardOutput.ReadLineAsync();
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        return new WebPushTesting(process, port);
    }

    /// <summary>A browser subscribes for pushes that are signed with this key; what it then says of itself.</summary>
    public async Task<Subscribed> Subscribe(string publicKey)
    {
        var data = await Ask("subscribe", new { userVisibleOnly = "true", applicationServerKey = publicKey });
        var keys = data.GetProperty("keys");
        return new(data.GetProperty("clientHash").GetString()!, data.GetProperty("endpoint").GetString()!, keys.GetProperty("p256dh").GetString()!, keys.GetProperty("auth").GetString()!);
    }

    /// <summary>The browser wants none any more.</summary>
    public async Task Expire(Subscribed browser) => (await _http.PostAsync($"expire-subscription/{browser.Hash}", null)).EnsureSuccessStatusCode();

    /// <summary>What a browser was told, decrypted, as soon as there is so much.</summary>
    public async Task<IReadOnlyList<JsonElement>> Told(Subscribed browser, int count)
    {
        for (var since = Stopwatch.GetTimestamp(); ; await Task.Delay(50))
        {
            var messages = (await Ask("get-notifications", new { clientHash = browser.Hash })).GetProperty("messages").EnumerateArray().Select(text => JsonSerializer.Deserialize<JsonElement>(text.GetString()!)).ToList();
            if (messages.Count >= count)
            {
                return messages;
            }

            if (Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(15))
            {
                throw new TimeoutException($"The browser was told {messages.Count} times.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<JsonElement> Ask(string what, object body)
    {
        using var response = await _http.PostAsJsonAsync(what, body);
        var text = await response.Content.ReadAsStringAsync();
        return response.StatusCode == HttpStatusCode.OK ? JsonSerializer.Deserialize<JsonElement>(text).GetProperty("data") : throw new InvalidOperationException($"{what}: {text}");
    }

    /// <summary>A browser there, and what a page would send of it.</summary>
    public sealed record Subscribed(string Hash, string Endpoint, string P256dh, string Auth)
    {
        public object Device(string language = "en") => new { endpoint = Endpoint, keys = new { p256dh = P256dh, auth = Auth }, name = Hash[..8], language };
    }
}
