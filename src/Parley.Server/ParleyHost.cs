using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Hosting;
using Parley.Platform.Keys;
using Parley.Platform.Mail;
using Parley.Platform.Settings;
using Parley.Platform.Store;
using Parley.Platform.Web;
using Parley.Server.Contract;
using Parley.Workspaces;

namespace Parley.Server;

/// <summary>What a server is started with.</summary>
/// <param name="Folder">The data folder; it exists and is nobody else's.</param>
public sealed record Launch(SettingsReader Settings, string Folder)
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Bring the store forward where it is behind. On by itself for the embedded store.</summary>
    public bool Migrate { get; init; }

    /// <summary>Where the browser's side was built to.</summary>
    public string Site { get; init; } = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    /// <summary>Looks at the store before anybody is let in, and throws where nobody may be.</summary>
    public Func<Database, Task> Admit { get; init; } = _ => Task.CompletedTask;

    /// <summary>Told the code with which a store that has nobody yet is set up, before the server answers. Null: nobody would hear it.</summary>
    public Action<string>? SetupCode { get; init; }

    /// <summary>Last changes to the services: a test's clock, a demo's guests.</summary>
    public Action<IServiceCollection> Add { get; init; } = _ => { };

    /// <summary>Stands before everything else: a demo turns away what comes from elsewhere.</summary>
    public Action<IApplicationBuilder> Before { get; init; } = _ => { };

    public Action<IEndpointRouteBuilder> Map { get; init; } = _ => { };
}

/// <summary>Makes a running server out of the product: store, services, routes, in this order.</summary>
public static class ParleyHost
{
    /// <summary>The largest body that a route takes unless it says otherwise; uploads do.</summary>
    private const long BodyLimit = 1 << 20;

    /// <summary>For how long what was begun may go on when the server ends: with the time for draining it is over within ten seconds.</summary>
    private static readonly TimeSpan Ending = TimeSpan.FromSeconds(4);

    /// <summary>All sections: the product's and this process's own.</summary>
    public static IReadOnlyList<SettingsSection> Sections { get; } = [SettingsSection.Of<ServerSettings>("server"), SettingsSection.Of<TelemetrySettings>("telemetry"), .. Product.Settings];

    /// <summary>Opens the store and brings it forward, or says why not.</summary>
    /// <exception cref="StoreRefused">It cannot be used as it is.</exception>
    public static async Task<Database> OpenStore(Launch launch)
    {
        var database = new Database(launch.Settings.Section<StoreSettings>().Open(launch.Folder));
        try
        {
            await PostgresChecks.Run(database.Dialect);
            var migrations = new Migrations(database, Product.Migrations, launch.Time);
            var pending = await migrations.Pending();
            if (pending.Count > 0 && !launch.Migrate && !database.Dialect.OneWriter)
            {
                throw new StoreRefused("store.behind", $"The store is {pending.Count} steps behind this version. Run 'parley migrate', or start with --migrate.");
            }

            if (pending.Count > 0)
            {
                await migrations.Apply();
            }

            return await database.Read(Heads.Unfinished) ? throw new StoreRefused("store.unfinished", "A restore of this store, or its promotion, broke off before all was forgotten that was erased since. Run 'parley migrate --promoted'.") : database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes the folder, and starts with the socket that the command line uses.</summary>
    public static async Task<Serving> Serve(Launch launch)
    {
        var folder = DataFolder.Take(launch.Folder);
        try
        {
            var app = await Start(launch);
            var socket = new LocalSocket(launch.Folder, request => LocalCommands.Answer(app.Services, request), app.Services.GetRequiredService<ILogger<LocalSocket>>());
            socket.Start();
            return new Serving(app, socket, folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Builds and starts; comes back when requests are answered. Whoever disposes of the application ends it.</summary>
    public static async Task<WebApplication> Start(Launch launch)
    {
        Check(launch.Settings);
        var database = await Admitted(launch);
        var settings = launch.Settings.Section<ServerSettings>();
        var app = Build(launch, settings, database);
        try
        {
            await app.Services.GetRequiredService<KeyRing>().Load();
            await app.Services.GetRequiredService<Desk>().StartAlone();
            if (launch.SetupCode is { } say && await app.Services.GetRequiredService<SettingUp>().Begin() is { } code)
            {
                say(code);
            }

            await app.StartAsync();
            return app;
        }
        catch
        {
            // Said and waited for first: a reader that is ended without it counts as one that broke, and is logged with all its steps.
            app.Lifetime.StopApplication();
            await app.StopAsync();
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>What is surely wrong is said before anything is opened: a mail that nobody takes would be found out by whoever waits for it.</summary>
    private static void Check(SettingsReader settings)
    {
        var server = settings.Section<ServerSettings>();
        if (Flaws(settings).Append(Certificates.Flaw(server)).Append(settings.Section<MailSettings>().Flaw).FirstOrDefault(flaw => flaw is not null) is { } flaw)
        {
            throw new SettingWrong(flaw);
        }
    }

    /// <summary>What is wrong with addresses among the settings, wherever they lead.</summary>
    internal static IEnumerable<string> Flaws(SettingsReader settings)
    {
        var server = settings.Section<ServerSettings>();
        return new[] { PublicAddress.Flaw(server.PublicUrl), settings.Section<TelemetrySettings>().Flaw }.OfType<string>().Concat(Listening.Flaws(server.Urls)).Concat(Proxies.Flaws(server.TrustedProxies));
    }

    private static async Task<Database> Admitted(Launch launch)
    {
        var database = await OpenStore(launch);
        try
        {
            await launch.Admit(database);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>The product's services over an open store, with or without a web server around them.</summary>
    internal static void AddServices(IServiceCollection services, Launch launch, Database database)
    {
        services.AddSingleton(launch.Time);
        services.AddSingleton(new Place(launch.Folder));
        // By a factory, so that the store is closed last, when the services that use it have ended.
        services.AddSingleton(_ => database);
        services.AddSingleton(launch.Settings.Section<ServerSettings>());
        services.AddSingleton(PublicAddress.Of(launch.Settings.Section<ServerSettings>().PublicUrl));
        services.AddParley(launch.Settings);
        services.AddOpenApi("v1", OpenApiContract.Configure);
        launch.Add(services);
    }

    private static WebApplication Build(Launch launch, ServerSettings settings, Database database)
    {
        // Empty: nothing is read from anywhere but Parley's own settings, and nothing is started that is not used.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "Parley" });
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => Limit(kestrel, settings));
        if (Listening.Secure(settings.Urls))
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        Logs.Add(builder.Logging, settings);
        builder.Services.AddSingleton<IHostLifetime, Commanded>();
        builder.Services.AddRoutingCore();
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Ending);
        AddServices(builder.Services, launch, database);
        var telemetry = launch.Settings.Section<TelemetrySettings>();
        builder.Services.AddSingleton(_ => new Telemetry(telemetry));
        var app = builder.Build();
        _ = app.Services.GetRequiredService<Database>();
        foreach (var url in Listening.Each(settings.Urls))
        {
            app.Urls.Add(url);
        }

        Route(app, launch, settings);
        return app;
    }

    private static void Route(WebApplication app, Launch launch, ServerSettings settings)
    {
        launch.Before(app);
        if (settings.TrustedProxies is { Length: > 0 } proxies)
        {
            app.UseForwardedHeaders(Proxies.Believed(proxies));
        }

        if (launch.Settings.Section<TelemetrySettings>().Endpoint is not null)
        {
            // Made now, and ended with the server: what is left to tell is told.
            _ = app.Services.GetRequiredService<Telemetry>();
            Telemetry.Use(app);
        }

        app.UseDraining();
        app.UseProblems();
        app.UseRouting();
        app.UsePatience();
        app.UseBodyLimits();
        app.UseWebSockets();
        app.UseParley();
        app.MapParley();
        app.MapOpenApi("/openapi/{documentName}.json");
        new Site(launch.Site).Map(app, app.Services.GetService<FrameAncestors>() ?? (_ => ValueTask.FromResult<IReadOnlyList<string>?>([])));
        launch.Map(app);
    }

    private static void Limit(KestrelServerOptions kestrel, ServerSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = BodyLimit;
        if (settings.Certificate is { } certificate)
        {
            kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = X509Certificate2.CreateFromPemFile(certificate, settings.CertificateKey));
        }
    }
}

/// <summary>A server that holds its folder. Disposing of it ends it in order: the socket, the server with its store, the folder.</summary>
public sealed class Serving : IAsyncDisposable
{
    private readonly LocalSocket _socket;
    private readonly DataFolder _folder;

    internal Serving(WebApplication app, LocalSocket socket, DataFolder folder) => (App, _socket, _folder) = (app, socket, folder);

    public WebApplication App { get; }

    public async ValueTask DisposeAsync()
    {
        await _socket.DisposeAsync();
        await App.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>Signals are the command line's to hear: the framework's own ear would end a server that has yet to say that it will.</summary>
internal sealed class Commanded : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancel) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;
}
