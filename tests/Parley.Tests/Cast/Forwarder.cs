using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Parley.Tests.Cast;

/// <summary>
/// What stands before a server when nobody has thought of WebSockets: it hands on each request without what concerns the connection, <c>Upgrade</c> with
/// it, and the answer as it comes. It may speak https, say another name, or lead elsewhere.
/// </summary>
public sealed class Forwarder : IAsyncDisposable
{
    private static readonly HashSet<string> OfTheConnection = new(StringComparer.OrdinalIgnoreCase) { "Connection", "Upgrade", "Keep-Alive", "Transfer-Encoding", "TE", "Trailer", "Proxy-Connection", "Host", "Content-Length" };

    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private Forwarder(WebApplication app, HttpClient client) => (_app, _client) = (app, client);

    /// <summary>Its address by number; <paramref name="name"/> in it where a certificate or a browser wants one.</summary>
    public Uri Address(string name = "127.0.0.1") => new UriBuilder(_app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()) { Host = name }.Uri;

    /// <param name="says">The name that the server behind hears; null: the one that was called.</param>
    /// <param name="refuses">Answers 400 to everything by itself.</param>
    public static async Task<Forwarder> Before(Uri server, X509Certificate2? certificate = null, string? says = null, bool refuses = false)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var app = builder.Build();
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        app.Run(http => refuses ? Refuse(http) : HandOn(http, client, says));
        await app.StartAsync();
        return new Forwarder(app, client);
    }

    public async ValueTask DisposeAsync()
    {
        // Streams that are open end with it.
        using var now = new CancellationTokenSource(0);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private static Task Refuse(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    private static async Task HandOn(HttpContext http, HttpClient client, string? says)
    {
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), http.Request.Path.ToUriComponent() + http.Request.QueryString.ToUriComponent());
        if (http.Request.Headers.ContentLength > 0 || http.Request.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(http.Request.Body);
        }

        foreach (var (name, value) in http.Request.Headers.Where(header => !OfTheConnection.Contains(header.Key)))
        {
            _ = request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)value) || request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)value) == true;
        }

        request.Headers.Host = says ?? http.Request.Host.Value;
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
            http.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, value) in answer.Headers.Concat(answer.Content.Headers).Where(header => !OfTheConnection.Contains(header.Key)))
            {
                http.Response.Headers[name] = value.ToArray();
            }

            await using var body = await answer.Content.ReadAsStreamAsync(http.RequestAborted);
            var piece = new byte[16 * 1024];
            while (await body.ReadAsync(piece, http.RequestAborted) is > 0 and var length)
            {
                await http.Response.Body.WriteAsync(piece.AsMemory(0, length), http.RequestAborted);
                // A stream's lines are of no use later.
                await http.Response.Body.FlushAsync(http.RequestAborted);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or HttpRequestException or IOException)
        {
            // One of the two hung up.
            http.Abort();
        }
    }
}
