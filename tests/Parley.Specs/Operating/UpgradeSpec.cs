using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Specs.Killing;
using Parley.Tests.Cast;

namespace Parley.Specs.Operating;

/// <summary>
/// A store that an early version made and filled (<c>Older/store.sql</c>, thirteen steps of what there are now): this one brings it forward, and nothing that was
/// in it is another.
/// </summary>
public sealed class UpgradeSpec : IDisposable
{
    private const string Inbox = "inb_01m84d2pr6epdrtbmcncfdsh5d";
    private const string Ana = "cnv_01m84d2qcsfj7tgckp1w4p1p6h";
    private const string Ben = "cnv_01m84d2s8keqkv2navwh7msaf5";
    private const string File = "01a208d164437432bd34d6da3cbfaba2";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parley-upgrade-");

    private string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableTheory, Trait("row", "PA23")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task PA23_A_store_of_an_early_version_is_brought_forward_and_nothing_is_lost(string name)
    {
        await using var engine = await Engine.Of(name);
        await Old();
        var there = new ParleyProcess(Data, null);
        if (engine.Url is { } url)
        {
            // Brought forward, taken out, and put into PostgreSQL.
            await there.Run("migrate");
            await there.Run("backup", Path.Combine(_folder.FullName, "b.tar.gz"));
            there = new ParleyProcess(Path.Combine(_folder.FullName, "moved"), url);
            await there.Run("restore", Path.Combine(_folder.FullName, "b.tar.gz"));
        }

        await using var parley = there;
        await parley.Serve();
        using var kim = new Person(parley.Address);
        (await kim.Post("/v1/session", new { email = "kim@lighthouse.test", password = "the lamp is lit" })).Expect(HttpStatusCode.Created);

        var hers = await Timeline(kim, Ana);
        hers.Select(entry => entry.GetProperty("seq").GetInt64()).ShouldBe(Enumerable.Range(1, hers.Count).Select(seq => (long)seq));
        string[] said = ["Is my sail ready?", .. Enumerable.Range(0, 30).Select(i => $"More of it {i} Ünïcode ⛵"), "It is ready on Friday."];
        Texts(hers).ShouldBe(said);
        hers.Single(entry => entry.GetProperty("type").GetString() == "note").GetRawText().ShouldContain("She is in a hurry.");
        hers.ShouldAllBe(entry => !entry.GetRawText().Contains("Forgetmenot"));
        var file = hers.Select(entry => entry.TryGetProperty("content", out var content) && content.TryGetProperty("files", out var files) ? files : default).Single(files => files.ValueKind == JsonValueKind.Array)[0];
        file.GetProperty("name").GetString().ShouldBe("sail.txt");
        Encoding.UTF8.GetString(await kim.Download(file.GetProperty("url").GetString()!)).ShouldBe("blue, 12 m2");
        Texts(await Timeline(kim, Ben)).ShouldBe(["Where are you?", "At the harbour."]);
        (await kim.Get($"/v1/conversations/{Ben}")).Expect(HttpStatusCode.OK)["status"].ShouldBe("closed");
        (await kim.Get("/v1/agents")).Expect(HttpStatusCode.OK).Text.ShouldContain("noor@lighthouse.test");
        (await kim.Get("/v1/teams")).Expect(HttpStatusCode.OK).Text.ShouldContain("Sails");

        // It goes on: lists and search are there, an old thread is answered, a new one is begun.
        await Until(async () => (await kim.Get("/v1/search?q=harbour")).Expect(HttpStatusCode.OK).Body.GetProperty("items").GetArrayLength() == 1);
        await Until(async () => (await kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Text.Contains(Ana, StringComparison.Ordinal));
        (await kim.Post($"/v1/conversations/{Ana}/messages", new { clientId = "now", content = new { type = "text", text = "Come by." } })).Expect(HttpStatusCode.Created);
        Texts(await Timeline(kim, Ana)).ShouldBe([.. said, "Come by."]);
        using var eve = new Browser(parley.Address, Inbox);
        (await eve.Begin()).Expect(HttpStatusCode.Created);
        await eve.Write("Hello");
    }

    private static async Task<List<JsonElement>> Timeline(Person kim, string it) =>
        [.. (await kim.Get($"/v1/conversations/{it}/timeline?after=0&limit=500")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];

    private static List<string> Texts(List<JsonElement> entries) =>
        [.. entries.Where(entry => entry.GetProperty("type").GetString() == "message").Select(entry => entry.TryGetProperty("content", out var content) && content.TryGetProperty("text", out var text) ? text.GetString() : null).OfType<string>()];

    private static async Task Until(Func<Task<bool>> so)
    {
        for (var i = 0; i < 600 && !await so(); i++)
        {
            await Task.Delay(50);
        }

        (await so()).ShouldBeTrue();
    }

    private static string Older([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Older");

    /// <summary>As it lay in its folder.</summary>
    private async Task Old()
    {
        Directory.CreateDirectory(Path.Combine(Data, "files", File[^2..]));
        await System.IO.File.WriteAllTextAsync(Path.Combine(Data, "files", File[^2..], File), "blue, 12 m2");
        System.IO.File.Copy(Path.Combine(Older(), "erasures.ndjson"), Path.Combine(Data, "erasures.ndjson"));
        await using (var store = new SqliteConnection($"Data Source={Path.Combine(Data, "parley.db")};Pooling=false"))
        {
            await store.OpenAsync();
            await store.ExecuteAsync(await System.IO.File.ReadAllTextAsync(Path.Combine(Older(), "store.sql")));
        }

        await using var database = new Database(new SqliteDialect(Path.Combine(Data, "parley.db")));
        var steps = await database.Read(session => session.One<long>("select count(*) from migrations"));
        steps.ShouldBeLessThan(Product.Migrations.Count / 2, "It is an early one.");
    }
}
