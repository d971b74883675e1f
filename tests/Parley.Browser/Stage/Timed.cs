using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Settings;
using Parley.Server;
using Parley.Workspaces;

namespace Parley.Browser.Stage;

/// <summary>The same server and pages in this process, with a clock that can be put forward: for stories that take months.</summary>
public sealed class Timed : IServing
{
    private readonly string _folder;
    private readonly WebApplication _app;

    private Timed(string folder, WebApplication app, Clock clock) => (_folder, _app, Clock) = (folder, app, clock);

    public Clock Clock { get; }

    public Uri Address => new($"http://desk.lighthouse.localhost:{new Uri(_app.Urls.First()).Port}");

    public TimeProvider Time => Clock;

    public IServiceProvider Services => _app.Services;

    public static Task<Timed> Start() => Start([]);

    public static async Task<Timed> Start(params (string Key, string Value)[] more)
    {
        var folder = Directory.CreateTempSubdirectory("parley-browser-").FullName;
        var clock = new Clock();
        var settings = new SettingsReader(ParleyHost.Sections).Set("server.urls", "http://127.0.0.1:0", "test").Set("server.logLevel", "error", "test").Set("rate.startsPerHour", "10000", "test").Set("people.hashRounds", "1000", "test");
        foreach (var (key, value) in more)
        {
            settings.Set(key, value, "test");
        }

        var app = await ParleyHost.Start(new Launch(settings, folder) { Time = clock, Site = Tree.File("out", "wwwroot") });
        return new Timed(folder, app, clock);
    }

    public async Task Found(string name, string owner, string email, string password)
    {
        var hiring = _app.Services.GetRequiredService<Hiring>();
        var (workspace, refusal) = await hiring.AddWorkspace(name);
        refusal.ShouldBeNull();
        (await hiring.AddAgent(owner, email, password, Role.Owner, workspace)).Refusal.ShouldBeNull();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
