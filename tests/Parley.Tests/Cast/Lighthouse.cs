using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Settings;
using Parley.Platform.Store;
using Parley.Server;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Cast;

/// <summary>
/// The real product in this process, on a store of its own in a private folder, listening on a free port, with a clock that can be put forward.
/// The workspace <i>Lighthouse</i> sells sailing gear: Kim (owner), Noor and Ravi (agents) answer, Ana and Ben are customers.
/// </summary>
public sealed class Lighthouse : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private const string StoreName = "parley.db";

    /// <summary>An empty store of this version: made once, for hundreds begin with one.</summary>
    private static readonly Lazy<Task<byte[]>> Template = new(Make);

    private readonly string _folder;
    private readonly (string Key, string Value)[] _settings;
    private readonly List<IDisposable> _callers = [];
    private WebApplication? _app;

    private Lighthouse(string folder, (string Key, string Value)[] settings) => (_folder, _settings) = (folder, settings);

    public Clock Clock { get; } = new();

    public IServiceProvider Services => _app!.Services;

    public string Folder => _folder;

    public Uri Address { get; private set; } = null!;

    public WorkspaceId Workspace { get; private set; }

    /// <summary>The owner; signed in. There from the start.</summary>
    public Person Kim { get; private set; } = null!;

    /// <summary>The web inbox that is there from the start, and the secret with which its site vouches for users.</summary>
    public string Inbox { get; private set; } = "";

    public string IdentityKey { get; private set; } = "";

    /// <summary>The same on a store that is given: its address, or null for one of its own in the folder.</summary>
    public static Task<Lighthouse> On(string? store, params (string Key, string Value)[] settings) => Open(store is null ? settings : [("store.url", store), .. settings]);

    /// <summary>A store with nobody in it yet.</summary>
    public static async Task<Lighthouse> Empty(params (string Key, string Value)[] settings)
    {
        var it = new Lighthouse(System.IO.Directory.CreateTempSubdirectory("lighthouse-").FullName, settings);
        await it.Start();
        return it;
    }

    /// <summary>A store with the workspace, Kim and one web inbox.</summary>
    public static async Task<Lighthouse> Open(params (string Key, string Value)[] settings)
    {
        var it = await Empty(settings);
        var hired = await it.Services.GetRequiredService<Hiring>().AddAgent("Kim", "kim@lighthouse.test", Password, Role.Owner, workspaceName: "Lighthouse");
        hired.Refusal.ShouldBeNull();
        it.Workspace = hired.Workspace;
        it.Kim = await it.SignIn("kim@lighthouse.test");
        // At whatever hour a story is told, the shop is open: those about hours set their own.
        var brand = (await it.Kim.Get("/v1/brands")).Body.GetProperty("items")[0].GetProperty("id").GetString();
        (await it.Kim.Patch($"/v1/brands/{brand}", new { hours = Array.Empty<object>() })).Expect(System.Net.HttpStatusCode.OK);
        var inbox = (await it.Kim.Post("/v1/inboxes", new { name = "Shop", channel = "web" })).Expect(System.Net.HttpStatusCode.Created);
        (it.Inbox, it.IdentityKey) = (inbox["id"], inbox["identityKey"]);
        return it;
    }

    /// <summary>Hires an agent (Noor, Ravi) and signs them in.</summary>
    public async Task<Person> Hire(string name, Role role = Role.Agent, params string[] teams)
    {
        var email = $"{name.ToLowerInvariant()}@lighthouse.test";
        (await Kim.Post("/v1/agents", new { name, email, password = Password, role, teams })).Expect(System.Net.HttpStatusCode.Created);
        return await SignIn(email);
    }

    public async Task<Person> SignIn(string email, string password = Password)
    {
        var person = Keep(new Person(Address));
        var answer = (await person.Post("/v1/session", new { email, password })).Expect(System.Net.HttpStatusCode.Created);
        person.Id = answer["id"];
        return person;
    }

    /// <summary>Somebody whom nothing is known of.</summary>
    public Caller Stranger() => Keep(new Caller(Address));

    /// <summary>A browser of its own on the shop's page; nothing is begun yet.</summary>
    public Browser Browser(string? inbox = null) => Keep(new Browser(Address, inbox ?? Inbox));

    /// <summary>Ana, with a session: anonymous, or vouched for by the shop.</summary>
    public async Task<Browser> Ana(string? sub = null) => await Visit(sub, "Ana");

    public async Task<Browser> Ben(string? sub = null) => await Visit(sub, "Ben");

    /// <summary>What the shop's server signs for its user: HS256 with the inbox's key.</summary>
    public string Vouch(string sub, string? name = null, string? email = null) =>
        Voucher.Sign(IdentityKey, new { sub, name, email, aud = Inbox, iat = Clock.GetUtcNow().ToUnixTimeSeconds(), exp = Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds() });

    /// <summary>Ends the server and starts it again on the same folder, to which something may happen in between.</summary>
    public Task Restart(Action? meanwhile = null) => Restart(() =>
    {
        meanwhile?.Invoke();
        return Task.CompletedTask;
    });

    public async Task Restart(Func<Task> meanwhile)
    {
        await Stop();
        await meanwhile();
        await Start();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var caller in _callers)
        {
            caller.Dispose();
        }

        await Stop();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private async Task<Browser> Visit(string? sub, string name)
    {
        var browser = Browser();
        (await browser.Begin(sub is null ? null : Vouch(sub, name, $"{name.ToLowerInvariant()}@example.test"))).Expect(System.Net.HttpStatusCode.Created);
        return browser;
    }

    private async Task Start()
    {
        // Passwords are hashed quickly: hundreds of these sign in, and none is guarded against guessing. Readers never rest: a clock that is put forward waits for nobody.
        var reader = new SettingsReader(ParleyHost.Sections).Set("server.urls", Address?.ToString() ?? "http://127.0.0.1:0", "test")
            .Set("server.logLevel", "error", "test").Set("people.hashRounds", "1000", "test").Set("readers.gatherMs", "0", "test");
        foreach (var (key, value) in _settings)
        {
            reader.Set(key, value, "test");
        }

        if (!_settings.Any(setting => setting.Key == "store.url") && !System.IO.File.Exists(System.IO.Path.Combine(_folder, StoreName)))
        {
            await System.IO.File.WriteAllBytesAsync(System.IO.Path.Combine(_folder, StoreName), await Template.Value);
        }

        _app = await ParleyHost.Start(new Launch(reader, _folder) { Time = Clock, Migrate = true });
        Address = new Uri(_app.Urls.First());
    }

    private static async Task<byte[]> Make()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("lighthouse-");
        var dialect = new SqliteDialect(System.IO.Path.Combine(folder.FullName, StoreName));
        await using (var database = new Database(dialect))
        {
            await new Migrations(database, Product.Migrations, TimeProvider.System).Apply();
        }

        // What stands beside it is brought in, for the file alone is taken.
        await using (var whole = new SqliteConnection($"Data Source={dialect.Path};Pooling=False"))
        {
            await whole.OpenAsync();
            await using var command = new SqliteCommand("pragma wal_checkpoint(truncate)", whole);
            await command.ExecuteNonQueryAsync();
        }

        var bytes = await System.IO.File.ReadAllBytesAsync(dialect.Path);
        folder.Delete(recursive: true);
        return bytes;
    }

    private async Task Stop()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    private T Keep<T>(T caller)
        where T : IDisposable
    {
        _callers.Add(caller);
        return caller;
    }
}
