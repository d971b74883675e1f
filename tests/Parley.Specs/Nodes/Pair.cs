using System.Net;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Specs.Killing;
using Parley.Tests.Cast;

namespace Parley.Specs.Nodes;

/// <summary>Two whole servers on one PostgreSQL, each with a folder of its own, as an operator starts them: node A and node B, and the workspace Lighthouse.</summary>
internal sealed class Pair : IAsyncDisposable
{
    public const string Password = "the lamp is lit";

    /// <summary>A store with the workspace and Kim, made once: each pair begins with a copy.</summary>
    private static readonly Lazy<Task<string>> Template = new(Make);

    private readonly Engine _engine;
    private readonly List<DirectoryInfo> _folders = [];
    private readonly List<IDisposable> _callers = [];

    private Pair(Engine engine)
    {
        _engine = engine;
        (A, B) = (Node(), Node());
    }

    public ParleyProcess A { get; }

    public ParleyProcess B { get; }

    public string Inbox { get; private set; } = "";

    /// <summary>The store itself, beside both.</summary>
    public Dialect Store() => _engine.Open();

    /// <summary>Which jobs somebody holds at the moment.</summary>
    public async Task<List<string>> Leases()
    {
        await using var store = new Database(Store());
        return await store.Read(session => session.Query<string>("select name from leases where until > 0 order by name"));
    }

    public static async Task<Pair> Start(params string[] settings)
    {
        Skip.If(PostgresServer.Missing is not null, PostgresServer.Missing);
        return await On(new PostgresEngine(await (await PostgresServer.Shared()).NewDatabase(await Template.Value)), made: true, settings);
    }

    public static Task<Pair> On(Engine engine, params string[] settings) => On(engine, made: false, settings);

    private static async Task<Pair> On(Engine engine, bool made, string[] settings)
    {
        var pair = new Pair(engine);
        try
        {
            await (made ? Task.CompletedTask : Fill(pair.A));
            await pair.Begin(settings);
            return pair;
        }
        catch
        {
            await pair.DisposeAsync();
            throw;
        }
    }

    private static async Task<string> Make()
    {
        var (folder, url) = (Directory.CreateTempSubdirectory("parley-node-"), await (await PostgresServer.Shared()).NewDatabase());
        await Fill(new ParleyProcess(folder.FullName, url));
        folder.Delete(recursive: true);
        return new Npgsql.NpgsqlConnectionStringBuilder(url).Database!;
    }

    private static async Task Fill(ParleyProcess node)
    {
        await node.Run("migrate");
        await node.Run("agent", "add", "--name", "Kim", "--email", "kim@lighthouse.test", "--password", Password, "--role", "owner");
    }

    private async Task Begin(string[] settings)
    {
        await Serve(A, settings);
        await Serve(B, settings);
        var kim = await SignIn(A, "kim@lighthouse.test");
        Inbox = (await kim.Post("/v1/inboxes", new { name = "Shop", channel = "web" })).Expect(HttpStatusCode.Created)["id"];
    }

    /// <summary>Who follows the log for a dead node does so soon, so that the tests need not wait long.</summary>
    public static Task Serve(ParleyProcess node, params string[] settings) =>
        node.Serve(["readers.leaseSeconds=2", "rate.visitorPerSecond=100000", "rate.visitorBurst=100000", "rate.startsPerHour=100000", .. settings]);

    public async Task<Person> SignIn(ParleyProcess at, string email)
    {
        var person = Keep(new Person(at.Address));
        person.Id = (await person.Post("/v1/session", new { email, password = Password })).Expect(HttpStatusCode.Created)["id"];
        return person;
    }

    /// <summary>The same session of the same browser, led to another node.</summary>
    public Person At(ParleyProcess node, Person person)
    {
        var same = Keep(new Person(node.Address) { Id = person.Id });
        same.Cookies.Add(node.Address, person.Cookies.GetCookies(person.Address));
        return same;
    }

    /// <summary>A customer with a session that was begun at a node.</summary>
    public async Task<Browser> Customer(ParleyProcess at)
    {
        var browser = Keep(new Browser(at.Address, Inbox));
        (await browser.Begin()).Expect(HttpStatusCode.Created);
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        _callers.ForEach(caller => caller.Dispose());
        await A.DisposeAsync();
        await B.DisposeAsync();
        await _engine.DisposeAsync();
        _folders.ForEach(folder => folder.Delete(recursive: true));
    }

    /// <summary>Another node on the same store, not served yet; whoever asked for it ends it.</summary>
    public ParleyProcess Node()
    {
        var folder = Directory.CreateTempSubdirectory("parley-node-");
        _folders.Add(folder);
        return new ParleyProcess(folder.FullName, _engine.Url);
    }

    private T Keep<T>(T caller)
        where T : IDisposable
    {
        _callers.Add(caller);
        return caller;
    }
}
