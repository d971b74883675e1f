using System.Net.WebSockets;
using System.Text.Json;
using Parley.Contacts;
using Parley.Platform.Hosting;
using Parley.Workspaces.Accounts;

namespace Parley.Server.Commands;

/// <summary>
/// What <c>parley doctor</c> sees from outside, through whatever stands before a server: whether it believes the scheme and the name by which it is
/// called, whether WebSockets get through; and which sites called and were refused.
/// </summary>
internal static class Reaching
{
    /// <summary>The local command that tells the refused.</summary>
    public const string Refused = "refused";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>The local command that tells what all links begin with.</summary>
    public const string Home = "home";

    public static async Task<string> TellHome(IServiceProvider services, IReadOnlyDictionary<string, string> flags) =>
        string.Join('\n', await services.GetRequiredService<Homes>().All());

    public static Task<string> TellRefused(IServiceProvider services, IReadOnlyDictionary<string, string> flags) =>
        Task.FromResult(string.Join('\n', services.GetRequiredService<Uninvited>().All.Take(10).Select(one => $"{one.Origin}\t{one.Inbox}\t{one.Calls}")));

    public static async Task<List<(Verdict, string)>> Look(ServerSettings settings, string folder)
    {
        var findings = new List<(Verdict, string)>();
        var homes = settings.PublicUrl is { Length: > 0 } said ? [said] : await Ask(folder, Home);
        if (settings.PublicUrl is null)
        {
            findings.Add((Verdict.Note, homes.Length == 0
                ? "outside: server.publicUrl is not set and no owner has signed in yet, so nothing was looked at from there. Set it to what the world calls this server."
                : $"outside: server.publicUrl is not set, so links lead to where an owner last signed in: {string.Join(", ", homes)}. Set it to what the world calls this server."));
        }

        using var http = new HttpClient(new SocketsHttpHandler()) { Timeout = Patience };
        // An address that is none was said among the settings.
        foreach (var home in homes.Where(home => PublicAddress.Flaw(home) is null))
        {
            findings.AddRange(await Outside(http, new Uri(home)));
        }

        findings.AddRange((await Ask(folder, Refused)).Select(line => line.Split('\t')).Select(Uninvited));
        return findings;
    }

    /// <summary>Asked of the server itself: only it knows where an owner signed in, and who was refused.</summary>
    private static async Task<string[]> Ask(string folder, string what) =>
        (await LocalSocket.Ask(folder, new LocalRequest(what, [])) is { Exit: Exits.Done, Text: var text } ? text : "").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>How the server is reached by its public address.</summary>
    internal static async Task<List<(Verdict, string)>> Outside(HttpClient http, Uri address)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(address, "/health/reached"));
            var text = await answer.Content.ReadAsStringAsync();
            if (!answer.IsSuccessStatusCode || !text.StartsWith("{\"scheme\"", StringComparison.Ordinal))
            {
                return [(Verdict.Bad, $"outside: {address} answers {(int)answer.StatusCode}, and not as Parley does. Look where the proxy sends it.")];
            }

            var reached = JsonDocument.Parse(text).RootElement;
            return [Scheme(address, reached.GetProperty("scheme").GetString()!), .. Host(address, reached.GetProperty("host").GetString()!), await Socket(address)];
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException or JsonException)
        {
            return [(Verdict.Bad, $"outside: {address} cannot be reached from here: {(error is TaskCanceledException ? "no answer" : error.Message.ReplaceLineEndings(" "))}.")];
        }
    }

    private static (Verdict, string) Scheme(Uri address, string believed) => (address.Scheme, believed) switch
    {
        ("https", "http") => (Verdict.Bad, $"outside: {address} is https and Parley believes http, so cookies are not marked secure and links are wrong. Let the proxy send X-Forwarded-Proto, and name the proxy's address in server.trustedProxies."),
        ("http", _) when !address.IsLoopback => (Verdict.Bad, $"outside: {address} is http, and browsers load nothing from there into a page that is https. Put a proxy with a certificate before it (deploy/Caddyfile is six lines), and set server.publicUrl to its address."),
        _ => (Verdict.Good, $"outside: {address} is reached, as {believed}"),
    };

    private static IEnumerable<(Verdict, string)> Host(Uri address, string believed) => believed.Equals(address.Authority, StringComparison.OrdinalIgnoreCase)
        ? []
        : [(Verdict.Bad, $"outside: called {address.Authority}, Parley hears {believed}, so a browser's sign-in looks like another site's. Let the proxy pass the Host header on.")];

    /// <summary>A stream that is opened as browsers do it, through everything that stands between.</summary>
    private static async Task<(Verdict, string)> Socket(Uri address)
    {
        var stream = new UriBuilder(new Uri(address, "/v1/stream")) { Scheme = address.Scheme == "https" ? "wss" : "ws" }.Uri;
        using var socket = new ClientWebSocket();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await socket.ConnectAsync(stream, patience.Token);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
            return (Verdict.Good, $"outside: WebSockets get through to {stream}");
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            return socket.State == WebSocketState.Open || socket.CloseStatus is not null
                ? (Verdict.Good, $"outside: WebSockets get through to {stream}")
                : (Verdict.Bad, $"outside: a proxy eats WebSockets on {stream}: {error.Message.ReplaceLineEndings(" ")} Let it pass Upgrade and Connection on; until then widgets use server-sent events.");
        }
    }

    private static (Verdict, string) Uninvited(string[] told) =>
        (Verdict.Note, $"sites: {told[0]} called the inbox {told[1]} {told[2]} times and is not among its domains. If it is yours, add it in the settings, under Inboxes.");
}
