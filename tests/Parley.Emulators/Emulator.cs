using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Parley.Emulators.Generic;

namespace Parley.Emulators;

/// <summary>Providers for development, on this machine alone: what a company's channels are connected to where the real ones are not to be had, or are to misbehave.</summary>
public sealed class Emulator : IAsyncDisposable
{
    /// <summary>Every provider there is, one line each.</summary>
    private static readonly Func<VirtualClock, Provider>[] All =
    [
        clock => new GenericSystem(clock),
    ];

    private readonly WebApplication _app;

    private Emulator(WebApplication app, VirtualClock clock, ImmutableArray<Provider> providers) => (_app, Clock, Providers) = (app, clock, providers);

    public VirtualClock Clock { get; }

    public ImmutableArray<Provider> Providers { get; }

    public Uri Address => new(_app.Urls.First());

    /// <param name="port">0: one that is free.</param>
    public static async Task<Emulator> Start(int port = 0, TimeProvider? time = null)
    {
        var clock = new VirtualClock(time ?? TimeProvider.System);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var it = new Emulator(app, clock, [.. All.Select(make => make(clock))]);
        app.Use(OwnMachine);
        app.UseRouting();
        new Controls(it).Map(app);
        foreach (var provider in it.Providers)
        {
            provider.Map(app.MapGroup($"/{provider.Kind}"));
        }

        await app.StartAsync();
        return it;
    }

    public T Of<T>()
        where T : Provider => Providers.OfType<T>().Single();

    public Task Ended(CancellationToken cancel) => _app.WaitForShutdownAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        foreach (var provider in Providers)
        {
            provider.Dispose();
        }
    }

    /// <summary>A page of elsewhere that got a name of its own for this address is told nothing.</summary>
    private static Task OwnMachine(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Host.Host is "127.0.0.1" or "localhost")
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return Task.CompletedTask;
    }
}
