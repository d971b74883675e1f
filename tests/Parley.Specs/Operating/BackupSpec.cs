using System.Net;
using System.Text;
using System.Text.Json;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Specs.Killing;
using Parley.Tests.Cast;

namespace Parley.Specs.Operating;

/// <summary>A store is backed up while it is served and written to, is lost, and comes back: with all that was confirmed before, without what was erased since, and for nobody the same as before.</summary>
[Trait("takes", "long")]
public sealed class BackupSpec : IDisposable
{
    private const string Password = "the lamp is lit";
    private const string Secret = "Forgetmenot";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parley-backup-");
    private readonly byte[] _bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i};")));

    private string Archive => Path.Combine(_folder.FullName, "backup.tar.gz");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableTheory, Trait("row", "PA18"), Trait("row", "PA23")]
    [InlineData("sqlite", 1)]
    [InlineData("postgres", 2)]
    public async Task PA18_PA23_What_was_confirmed_comes_back_what_was_erased_since_does_not_and_everybody_begins_anew(string name, int count)
    {
        await using var engine = await Engine.Of(name);
        var nodes = Enumerable.Range(0, count).Select(i => Node($"node{i}", engine.Url)).ToList();
        await nodes[0].Run("migrate");
        await nodes[0].Run("agent", "add", "--name", "Kim", "--email", "kim@lighthouse.test", "--password", Password, "--role", "owner");
        foreach (var node in nodes)
        {
            await node.Serve("rate.visitorPerSecond=100000", "rate.visitorBurst=100000");
        }

        using var kim = await Kim(nodes[0].Address);
        var inbox = (await kim.Post("/v1/inboxes", new { name = "Shop", channel = "web" })).Expect(HttpStatusCode.Created)["id"];
        using var ana = await Customer(nodes[^1].Address, inbox);
        using var ben = await Customer(nodes[0].Address, inbox);
        var it = await ana.Write("one");
        var his = await ben.Write($"My name is {Secret}");
        (await ben.Patch("/v1/widget/me", new { name = Secret, email = $"{Secret}@example.test" })).Expect(HttpStatusCode.OK);
        (await kim.Put($"/v1/conversations/{his}/draft", new { reply = $"Dear {Secret}", mode = "reply" })).Expect(HttpStatusCode.OK);
        var file = (await ana.Upload("/v1/widget/files", "sails.txt", "text/plain", _bytes)).Expect(HttpStatusCode.Created)["id"];
        (await ana.Post($"/v1/widget/conversations/{it}/messages", new { clientId = "file", content = new { type = "file", files = new[] { file } } })).Expect(HttpStatusCode.Created);
        string cursor;
        await using (var ear = await Ear.Of(ana))
        {
            cursor = ear.Cursor;
        }

        var changes = (await kim.Get("/v1/changes?limit=1")).Expect(HttpStatusCode.OK)["next"];
        using var stop = new CancellationTokenSource();
        var confirmed = new List<string>();
        var writing = Task.Run(() => Write(ana, it, confirmed, stop.Token));
        await Until(() => Task.FromResult(Count(confirmed) >= 20));
        var before = Count(confirmed);
        await nodes[0].Run("backup", Archive);
        await Until(() => Task.FromResult(Count(confirmed) > before));
        await stop.CancelAsync();
        await writing;

        // Somebody is forgotten only after the backup; any node's list will do.
        (await kim.Post($"/v1/contacts/{ben.Visitor}/erasure", new { reason = "asked" })).Expect(HttpStatusCode.OK);
        var list = Path.Combine(_folder.FullName, $"node{count - 1}", "erasures.ndjson");
        // Their conversations are forgotten after them.
        await Until(() => Task.FromResult(File.Exists(list) && File.ReadAllText(list).Contains(his[4..], StringComparison.Ordinal)));
        foreach (var node in nodes)
        {
            await node.Kill();
        }

        await using var fresh = await Engine.Of(name);
        await using var restored = Node("restored", fresh.Url);
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "restored"));
        File.Copy(list, Path.Combine(_folder.FullName, "restored", "erasures.ndjson"));
        await restored.Run("restore", Archive);
        (await restored.Try("restore", Archive)).Error.ShouldStartWith("parley: The store is not empty.");
        await restored.Serve();

        using var again = await Kim(restored.Address);
        var items = await Timeline(again, it);
        items.Select(entry => entry.GetProperty("seq").GetInt64()).ShouldBe(Enumerable.Range(1, items.Count).Select(seq => (long)seq));
        var texts = items.Where(entry => entry.GetProperty("type").GetString() == "message" && entry.GetProperty("content").TryGetProperty("text", out _)).Select(entry => entry.GetProperty("content").GetProperty("text").GetString()!).ToList();
        texts.Take(before + 1).ShouldBe(["one", .. confirmed.Take(before)], "All that was confirmed before the backup began.");
        texts.ShouldBe(texts.Distinct());
        var url = items.Single(entry => entry.TryGetProperty("content", out var content) && content.TryGetProperty("files", out _)).GetProperty("content").GetProperty("files")[0].GetProperty("url").GetString()!;
        (await again.Download(url)).ShouldBe(_bytes);
        (await Timeline(again, his)).Select(entry => entry.GetRawText()).ShouldAllBe(text => !text.Contains(Secret));

        // Whoever followed the lost store may be ahead of this one: it begins anew, and programs are told.
        using var same = new Caller(restored.Address, ana.Bearer);
        await using var back = await Heard(same, cursor);
        await back.Next("gone");
        (await again.Get($"/v1/changes?after={Uri.EscapeDataString(changes)}")).Refused(HttpStatusCode.Gone, "log.restored");
        (await same.Post($"/v1/widget/conversations/{it}/messages", new { clientId = "after", content = new { type = "text", text = "Here I am" } })).Expect(HttpStatusCode.Created);
        await Until(async () => (await again.Get("/v1/search?q=Here")).Body.GetProperty("items").GetArrayLength() == 1);
        (await again.Get($"/v1/search?q={Secret}")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        // What was made of his words goes as the readers come to it, while it is served.
        await Until(async () => !(await Everything(fresh)).Contains(Secret, StringComparison.OrdinalIgnoreCase));
        (await Everything(fresh)).ShouldContain("said 0");
    }

    [SkippableFact, Trait("row", "PA18")]
    public async Task PA18_A_PostgreSQL_that_was_put_back_by_its_own_means_forgets_again_too()
    {
        Skip.If(PostgresServer.Missing is not null, PostgresServer.Missing);
        var server = await PostgresServer.Shared();
        var store = await server.NewDatabase();
        await using var node = Node("node", store);
        await node.Run("migrate");
        await node.Run("agent", "add", "--name", "Kim", "--email", "kim@lighthouse.test", "--password", Password, "--role", "owner");
        await node.Serve();
        using var kim = await Kim(node.Address);
        var inbox = (await kim.Post("/v1/inboxes", new { name = "Shop", channel = "web" })).Expect(HttpStatusCode.Created)["id"];
        using var ben = await Customer(node.Address, inbox);
        var his = await ben.Write($"My name is {Secret}");
        (await ben.Patch("/v1/widget/me", new { name = Secret })).Expect(HttpStatusCode.OK);
        using var ana = await Customer(node.Address, inbox);
        var hers = await ana.Write("Hello");
        var said = (await ana.Say(hers, $"I know {Secret}")).Expect(HttpStatusCode.Created)["seq"];
        await Until(async () => (await kim.Get($"/v1/search?q={Secret}")).Expect(HttpStatusCode.OK).Body.GetProperty("items").GetArrayLength() > 0);
        await node.Kill();
        var copy = await server.Copy(store);

        await node.Serve();
        (await kim.Post($"/v1/contacts/{ben.Visitor}/erasure", new { reason = "asked" })).Expect(HttpStatusCode.OK);
        (await ana.Delete($"/v1/widget/conversations/{hers}/messages/{said}")).Expect(HttpStatusCode.OK);
        var list = Path.Combine(_folder.FullName, "node", "erasures.ndjson");
        await Until(() => Task.FromResult(File.Exists(list) && File.ReadAllText(list) is var text && text.Contains(hers[4..], StringComparison.Ordinal) && text.Contains(his[4..], StringComparison.Ordinal)));
        await node.Kill();

        // The same folder, and the store of before.
        await using var again = Node("node", copy);
        var (exit, output, error) = await again.Try("migrate", "--promoted");
        exit.ShouldBe(0, error);
        output.ShouldMatch(@"It is of an earlier day: \d+ erasures applied again, 2 people and conversations forgotten again\.");
        await again.Serve();
        await Until(async () => !(await Everything(new PostgresEngine(copy))).Contains(Secret, StringComparison.OrdinalIgnoreCase));
        using var same = await Kim(again.Address);
        (await Timeline(same, hers)).ShouldContain(entry => entry.GetRawText().Contains("Hello"));

        // A second time does no harm.
        await again.Kill();
        (await again.Try("migrate", "--promoted")).Output.ShouldContain("new epoch");
    }

    private ParleyProcess Node(string name, string? store) => new(Path.Combine(_folder.FullName, name), store);

    private static async Task<Person> Kim(Uri address)
    {
        var kim = new Person(address);
        (await kim.Post("/v1/session", new { email = "kim@lighthouse.test", password = Password })).Expect(HttpStatusCode.Created);
        return kim;
    }

    private static async Task<Browser> Customer(Uri address, string inbox)
    {
        var browser = new Browser(address, inbox);
        (await browser.Begin()).Expect(HttpStatusCode.Created);
        return browser;
    }

    private static async Task<Ear> Heard(Caller who, string cursor)
    {
        var ear = await Ear.Dial(who);
        await ear.Say(new { type = "hello", cursor, token = who.Bearer });
        return ear;
    }

    private static async Task Write(Browser ana, string it, List<string> confirmed, CancellationToken stop)
    {
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            (await ana.Say(it, $"said {n}")).Expect(HttpStatusCode.Created);
            lock (confirmed)
            {
                confirmed.Add($"said {n}");
            }
        }
    }

    private static int Count(List<string> confirmed)
    {
        lock (confirmed)
        {
            return confirmed.Count;
        }
    }

    private static async Task<List<JsonElement>> Timeline(Person kim, string it)
    {
        var items = new List<JsonElement>();
        for (var more = true; more;)
        {
            var after = items.Count == 0 ? 0 : items[^1].GetProperty("seq").GetInt64();
            var page = (await kim.Get($"/v1/conversations/{it}/timeline?after={after}&limit=500")).Expect(HttpStatusCode.OK).Body;
            items.AddRange(page.GetProperty("items").EnumerateArray());
            more = page.GetProperty("more").GetBoolean();
        }

        return items;
    }

    /// <summary>Every row of every table.</summary>
    private async Task<string> Everything(Engine engine)
    {
        await using var store = new Database(engine.Url is null ? new SqliteDialect(Path.Combine(_folder.FullName, "restored", "parley.db")) : engine.Open());
        var lines = new MemoryStream();
        await store.Snapshot(async session =>
        {
            foreach (var table in await TableCopy.Names(session))
            {
                await TableCopy.Write(session, table, lines);
            }

            return true;
        });
        return Encoding.UTF8.GetString(lines.ToArray());
    }

    private static async Task Until(Func<Task<bool>> so)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await so())
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("Not within 30 s.");
    }
}
