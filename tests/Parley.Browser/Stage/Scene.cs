using System.Net;

namespace Parley.Browser.Stage;

/// <summary>
/// One test's own world: a workspace <i>Lighthouse</i> on the shared server with its owner Kim, one web inbox, and as many people with browsers as
/// the story needs. What every browser of the story did is held against the rules of <see cref="Watch"/> at the end.
/// </summary>
public abstract class Scene : IAsyncLifetime
{
    public const string Password = "correct horse battery";

    private static int _scenes;

    private readonly List<(IBrowserContext Context, Watch Watch)> _browsers = [];
    private readonly string _tag = $"{Interlocked.Increment(ref _scenes)}";
    private readonly List<IDisposable> _callers = [];

    public IServing Server { get; private set; } = null!;

    public Shop Shop { get; private set; } = null!;

    /// <summary>The web inbox of the story, and the key with which the shop vouches for its users.</summary>
    public string Inbox { get; private set; } = "";

    public string IdentityKey { get; private set; } = "";

    /// <summary>The owner, over HTTP: prepares what the story needs.</summary>
    public Person Kim { get; private set; } = null!;

    protected IBrowser Chromium { get; private set; } = null!;

    /// <summary>How long what the agents send can be taken back: not at all, but in stories about that.</summary>
    public virtual int UndoSeconds => 0;

    /// <summary>The server that the story needs.</summary>
    protected virtual async Task<IServing> Choose(Theatre theatre) => await theatre.Steady();

    /// <summary>The browser that the story needs.</summary>
    protected virtual Task<Chromium> Browser(Theatre theatre) => theatre.Chromium();

    public async Task InitializeAsync()
    {
        var theatre = Theatre.Shared;
        Chromium = (await Browser(theatre)).It;
        Shop = await theatre.Shop();
        Server = await Choose(theatre);
        await Server.Found($"Lighthouse {_tag}", "Kim", Email("Kim"), Password);
        Kim = await Call("Kim");
        // At whatever hour a story is told, the shop is open: those about hours set their own.
        var brand = (await Kim.Get("/v1/brands")).Body.GetProperty("items")[0].GetProperty("id").GetString();
        (await Kim.Patch($"/v1/brands/{brand}", new { hours = Array.Empty<object>() })).Expect(HttpStatusCode.OK);
        (Inbox, IdentityKey) = await AddInbox("Shop");
        await Prepare();
    }

    public async Task DisposeAsync()
    {
        try
        {
            foreach (var (_, watch) in _browsers)
            {
                watch.Hold();
            }
        }
        finally
        {
            foreach (var (context, _) in _browsers)
            {
                await context.CloseAsync();
            }

            _callers.ForEach(caller => caller.Dispose());
            await End();
        }
    }

    /// <summary>What a group of stories begins with.</summary>
    protected virtual Task Prepare() => Task.CompletedTask;

    /// <summary>What it ends with.</summary>
    protected virtual Task End() => Task.CompletedTask;

    protected async Task<(string Inbox, string Key)> AddInbox(string name, object? more = null)
    {
        var inbox = (await Kim.Post("/v1/inboxes", more ?? new { name, channel = "web", domains = new[] { "shop.lighthouse.localhost", "sailing.localhost" } })).Expect(HttpStatusCode.Created);
        return (inbox["id"], inbox["identityKey"]);
    }

    /// <summary>Somebody with a browser of their own, on the shop's pages.</summary>
    protected async Task<Customer> Customer(BrowserNewContextOptions? options = null)
    {
        var (context, watch) = await Browser(options);
        // The launcher's shadow root is closed to the page's scripts; the tests look into it.
        await context.AddInitScriptAsync("{ const attach = Element.prototype.attachShadow; Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: 'open' }); }; }");
        return new Customer(this, context, await context.NewPageAsync(), watch);
    }

    /// <summary>Hires an agent (Kim is there already) and gives them a browser.</summary>
    protected async Task<Agent> Agent(string name = "Noor", BrowserNewContextOptions? options = null)
    {
        if (name != "Kim")
        {
            (await Kim.Post("/v1/agents", new { name, email = Email(name), password = Password, role = "agent" })).Expect(HttpStatusCode.Created);
        }

        var (context, watch) = await Browser(options);
        return new Agent(this, context, await context.NewPageAsync(), watch, name);
    }

    /// <summary>An agent at the console, signed in.</summary>
    protected async Task<Agent> AtTheConsole(string name = "Noor", string view = "unassigned", BrowserNewContextOptions? options = null)
    {
        var agent = await Agent(name, options);
        await agent.SitDown(view);
        return agent;
    }

    /// <summary>A conversation that somebody begins elsewhere.</summary>
    protected async Task<string> Written(string text, string? inbox = null)
    {
        using var browser = new Tests.Cast.Browser(Server.Here, inbox ?? Inbox);
        (await browser.Begin()).Expect(HttpStatusCode.Created);
        return await browser.Write(text);
    }

    /// <summary>How the inbox behaves from now on.</summary>
    protected async Task Policy(object policy, string? inbox = null) => (await Kim.Put($"/v1/inboxes/{inbox ?? Inbox}/policy", policy)).Expect(HttpStatusCode.OK);

    /// <summary>An agent says that they are here, or not.</summary>
    protected async Task State(string name, string state) => (await (await Call(name)).Put("/v1/me/presence", new { state })).Expect(HttpStatusCode.OK);

    /// <summary>An agent whose console is open says that they are here, and whoever comes finds them.</summary>
    protected async Task Online(string name, string? inbox = null)
    {
        await State(name, "online");
        await Found("live", inbox);
    }

    /// <summary>Waits until whoever comes finds this button: live, messaging, form, hidden.</summary>
    protected Task Found(string button, string? inbox = null) => Ears.Eventually(async () =>
        (await Kim.Get($"/v1/inboxes/{inbox ?? Inbox}/availability")).Expect(HttpStatusCode.OK)["button"].ShouldBe(button));

    /// <summary>Signs an agent in over HTTP.</summary>
    public async Task<Person> Call(string name)
    {
        var person = new Person(Server.Here);
        _callers.Add(person);
        person.Id = (await person.Post("/v1/session", new { email = Email(name), password = Password })).Expect(HttpStatusCode.Created)["id"];
        return person;
    }

    /// <summary>A telephone held upright.</summary>
    protected static BrowserNewContextOptions Telephone() => new() { ViewportSize = new() { Width = 390, Height = 844 }, IsMobile = true, HasTouch = true, DeviceScaleFactor = 2 };

    /// <summary>What the shop's server signs for its user.</summary>
    protected string Vouch(string sub, string name, string? key = null, string? inbox = null)
    {
        var now = Server.Time.GetUtcNow();
        return Voucher.Sign(key ?? IdentityKey, new { sub, name, email = $"{name.ToLowerInvariant()}@example.test", aud = inbox ?? Inbox, iat = now.ToUnixTimeSeconds(), exp = now.AddHours(1).ToUnixTimeSeconds() });
    }

    protected string Email(string name) => $"{name.ToLowerInvariant()}{_tag}@lighthouse.test";

    private async Task<(IBrowserContext Context, Watch Watch)> Browser(BrowserNewContextOptions? options)
    {
        options ??= new();
        options.Locale ??= "en-GB";
        options.ReducedMotion ??= ReducedMotion.Reduce;
        var context = await Chromium.NewContextAsync(options);
        context.SetDefaultTimeout(Stage.Chromium.Patience);
        var watch = new Watch(Server.Address.GetLeftPart(UriPartial.Authority), Shop.Origin, Shop.Stranger);
        watch.On(context);
        _browsers.Add((context, watch));
        return (context, watch);
    }
}
