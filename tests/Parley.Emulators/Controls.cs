using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Parley.Emulators;

/// <summary>The page on which a person plays the customers, and what it, or a script, has done.</summary>
internal sealed class Controls(Emulator emulator)
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src * data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", http => Page(http, "index.html", "text/html; charset=utf-8"));
        routes.MapGet("/page.css", http => Page(http, "page.css", "text/css; charset=utf-8"));
        routes.MapGet("/page.js", http => Page(http, "page.js", "text/javascript; charset=utf-8"));
        routes.MapGet("/control", State);
        On<Moved>(routes, "/control/clock", (_, body) => Move(body));
        On<Connection>(routes, "/control/{kind}/connection", (it, body) => Connect(it, body));
        On<Saying>(routes, "/control/{kind}/words", (it, body) => it.Say(body.From, body.Text, body.Name, body.Choice));
        On<Telling>(routes, "/control/{kind}/receipts", (it, body) => it.Told(body.Of, body.State));
        On<Echoed>(routes, "/control/{kind}/echoes", (it, body) => it.Tell(null, new Echo($"echo-{Guid.CreateVersion7(it.Clock.GetUtcNow()):N}", body.To, body.Text)));
        On<Fault>(routes, "/control/{kind}/faults", (it, body) => Script(it, body));
        On<Nothing>(routes, "/control/{kind}/faults/end", (it, _) => End(it));
    }

    /// <param name="Seconds">Put forward by so many; absent: as late as it really is.</param>
    private sealed record Moved(double? Seconds = null);

    private sealed record Connection(Dictionary<string, string> Fields, bool? TellsDelivered = null);

    private sealed record Saying(string From, string Text, string? Name = null, string? Choice = null);

    private sealed record Telling(string Of, string State);

    private sealed record Echoed(string To, string Text);

    private sealed record Nothing;

    private Task Move(Moved body)
    {
        if (body.Seconds is { } seconds)
        {
            emulator.Clock.Advance(TimeSpan.FromSeconds(seconds));
        }
        else
        {
            emulator.Clock.Reset();
        }

        return Task.CompletedTask;
    }

    private static Task Connect(Provider it, Connection body)
    {
        it.Connect(body.Fields);
        it.TellsDelivered = body.TellsDelivered ?? it.TellsDelivered;
        return Task.CompletedTask;
    }

    private static Task Script(Provider it, Fault fault)
    {
        it.Faults.Add(fault with { Since = null });
        return Task.CompletedTask;
    }

    private static Task End(Provider it)
    {
        it.Faults.Clear();
        return it.Release();
    }

    private Task State(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(
            new
            {
                clock = new { now = emulator.Clock.GetUtcNow(), ahead = emulator.Clock.Ahead.TotalSeconds },
                providers = emulator.Providers.Select(it => new
                {
                    it.Kind,
                    it.Name,
                    it.How,
                    it.Needs,
                    it.Connected,
                    hook = new Uri(emulator.Address, $"/{it.Kind}/hook"),
                    it.TellsDelivered,
                    it.Lines,
                    faults = it.Faults.All,
                    wire = it.Wire.Reverse().Take(50),
                }),
            },
            Json);
    }

    /// <summary>Only from the page itself: whatever else a browser has open cannot set this header here.</summary>
    private void On<T>(IEndpointRouteBuilder routes, string path, Func<Provider, T, Task> work) => routes.MapPost(path, async (HttpContext http) =>
    {
        var it = emulator.Providers.FirstOrDefault(provider => provider.Kind == (http.Request.RouteValues["kind"] as string ?? emulator.Providers[0].Kind));
        if (!http.Request.Headers.ContainsKey("x-parley") || it is null)
        {
            http.Response.StatusCode = it is null ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden;
            return;
        }

        try
        {
            await work(it, await http.Request.ReadFromJsonAsync<T>(Json, http.RequestAborted) ?? throw new JsonException("There is nothing in it."));
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or UriFormatException or InvalidOperationException or FormatException)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsync(error is KeyNotFoundException or UriFormatException ? "It is not connected yet." : error.Message);
        }
    });

    private static async Task Page(HttpContext http, string name, string type)
    {
        var headers = http.Response.Headers;
        (headers.CacheControl, headers.XContentTypeOptions, headers.ContentSecurityPolicy, http.Response.ContentType) = ("no-store", "nosniff", Policy, type);
        await using var file = typeof(Controls).Assembly.GetManifestResourceStream($"Parley.Emulators.Page.{name}")!;
        await file.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
