using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Blobs;
using Parley.Platform.Hosting;
using Parley.Platform.Settings;
using Parley.Platform.Store;
using Parley.Server;
using Parley.Server.Backups;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Server.Backups;

public sealed class RestoreTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-restore-").FullName;
    private readonly byte[] _bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{i};")));
    private Lighthouse _house = null!;
    private string _thread = "";

    private string Archive => Path.Combine(_folder, "backup.tar.gz");

    public async Task InitializeAsync()
    {
        _house = await Lighthouse.Open();
        using var ana = await _house.Ana();
        _thread = await ana.Write("Ahoy Ünïcode ⛵");
        (await ana.Say(_thread, "Forget this")).Expect(HttpStatusCode.Created);
        var file = (await ana.Upload("/v1/widget/files", "list.txt", "text/plain", _bytes)).Expect(HttpStatusCode.Created)["id"];
        (await ana.Post($"/v1/widget/conversations/{_thread}/messages", new { clientId = "with-file", content = new { type = "file", files = new[] { file } } })).Expect(HttpStatusCode.Created);
        await BackUp();
    }

    public async Task DisposeAsync()
    {
        await _house.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Everything_is_there_again_files_too_and_people_sign_in_as_before()
    {
        await Restored(Settings());
        await using var app = await Serve(Settings());
        await IsAllThere(app);
    }

    [SkippableFact]
    public async Task A_backup_of_one_engine_is_restored_into_the_other_and_back()
    {
        await using var engine = await PostgresEngine.Make();
        var store = ((PostgresDialect)engine.Open()).Source.ConnectionString;
        var settings = Settings("postgres").Set("store.url", store, "test");
        await Restored(settings, "postgres");
        await using (var app = await Serve(settings, "postgres"))
        {
            await IsAllThere(app);
            await new Backup(app.Services.GetRequiredService<Database>(), app.Services.GetRequiredService<BlobStore>(), _house.Clock, _ => { }).Write(Archive, Folder("postgres"));
        }

        await Restored(Settings("back"), "back");
        await using var again = await Serve(Settings("back"), "back");
        await IsAllThere(again);
    }

    [Fact]
    public async Task What_was_erased_since_is_erased_again_words_and_files()
    {
        foreach (var seq in await Messages(_house.Kim, 1..))
        {
            (await _house.Kim.Post($"/v1/conversations/{_thread}/redactions", new { of = seq, reason = "asked" })).Expect(HttpStatusCode.OK);
        }

        var erasures = Path.Combine(_house.Services.GetRequiredService<Place>().Folder, "erasures.ndjson");
        await Until(() => File.Exists(erasures) && File.ReadAllLines(erasures).Length >= 2);
        Directory.CreateDirectory(Folder());
        File.Copy(erasures, Path.Combine(Folder(), "erasures.ndjson"));
        await Restored(Settings());
        Directory.EnumerateFiles(Path.Combine(Folder(), "files"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
        await using var app = await Serve(Settings());
        using var kim = await SignIn(app);
        var text = (await kim.Get($"/v1/conversations/{_thread}/timeline")).Expect(HttpStatusCode.OK).Text;
        text.ShouldContain("Ahoy");
        text.ShouldNotContain("Forget this");
        text.ShouldNotContain("list.txt");
    }

    [Fact]
    public async Task A_file_that_another_message_still_has_stays_when_one_is_erased_again()
    {
        using var ana = await _house.Ana();
        var thread = await ana.Write("Twice");
        var file = (await ana.Upload("/v1/widget/files", "twice.txt", "text/plain", "twice"u8.ToArray())).Expect(HttpStatusCode.Created)["id"];
        var seqs = new List<string>();
        foreach (var clientId in new[] { "one", "two" })
        {
            seqs.Add((await ana.Post($"/v1/widget/conversations/{thread}/messages", new { clientId, content = new { type = "file", files = new[] { file } } })).Expect(HttpStatusCode.Created)["seq"]);
        }

        await BackUp();
        (await ana.Delete($"/v1/widget/conversations/{thread}/messages/{seqs[0]}")).Expect(HttpStatusCode.OK);
        var erasures = Path.Combine(_house.Services.GetRequiredService<Place>().Folder, "erasures.ndjson");
        await Until(() => File.Exists(erasures) && File.ReadAllLines(erasures).Length >= 1);
        Directory.CreateDirectory(Folder());
        File.Copy(erasures, Path.Combine(Folder(), "erasures.ndjson"));
        await Restored(Settings());
        Directory.EnumerateFiles(Path.Combine(Folder(), "files"), "*", SearchOption.AllDirectories).Count().ShouldBe(2);
        await using var app = await Serve(Settings());
        using var kim = await SignIn(app);
        var entry = (await kim.Get($"/v1/conversations/{thread}/timeline")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("seq").ToString() == seqs[1]);
        (await kim.Download(entry.GetProperty("content").GetProperty("files")[0].GetProperty("url").GetString()!)).ShouldBe("twice"u8.ToArray());
    }

    [Fact]
    public async Task Lists_search_and_counts_are_made_anew_and_what_the_lost_store_gave_out_means_nothing()
    {
        var before = await _house.Services.GetRequiredService<Database>().Read(session => session.One<byte[]>("select epoch from installation"));
        await Restored(Settings());
        await using var app = await Serve(Settings());
        (await app.Services.GetRequiredService<Database>().Read(session => session.One<byte[]>("select epoch from installation"))).ShouldNotBe(before);
        using var kim = await SignIn(app);
        await Until(async () => (await kim.Get("/v1/search?q=ahoy")).Body.GetProperty("items").GetArrayLength() == 1);
        await Until(async () => (await kim.Get("/v1/counts")).Body.GetProperty("counts").GetProperty("all").GetInt64() == 1);
        (await kim.Get("/v1/conversations")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_is_overwritten_and_half_an_archive_is_none()
    {
        await Restored(Settings());
        (await Should.ThrowAsync<LocalRefused>(() => Restored(Settings()))).Message.ShouldContain("not empty");
        var whole = await File.ReadAllBytesAsync(Archive);
        await File.WriteAllBytesAsync(Archive, whole[..(whole.Length / 2)]);
        (await Should.ThrowAsync<LocalRefused>(() => Restored(Settings("half"), "half"))).Message.ShouldContain("no whole backup");
        await using var database = new Database(new SqliteDialect(Path.Combine(Folder("half"), "parley.db")));
        (await database.Read(session => session.One<long>("select count(*) from heads"))).ShouldBe(0);
        await File.WriteAllTextAsync(Archive, "hello");
        (await Should.ThrowAsync<LocalRefused>(() => Restored(Settings("none"), "none"))).Message.ShouldContain("no whole backup");
    }

    [Fact, Trait("row", "PA18")]
    public async Task PA18_Nobody_is_served_from_one_that_broke_off_before_all_were_forgotten()
    {
        await Restored(Settings(), finished: false);
        (await Should.ThrowAsync<StoreRefused>(() => Serve(Settings()))).Code.ShouldBe("store.unfinished");
        (await Should.ThrowAsync<LocalRefused>(() => Restored(Settings()))).Message.ShouldContain("migrate --promoted");
        await using (var database = new Database(Settings().Section<StoreSettings>().Open(Folder())))
        {
            await Forgetting.Finish(database, Folder());
        }

        await using var app = await Serve(Settings());
        await IsAllThere(app);
    }

    [Fact]
    public void The_archive_is_its_owners_alone()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Archive).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Directory.GetFiles(_folder).ShouldBe([Archive]);
    }

    private async Task IsAllThere(WebApplication app)
    {
        using var kim = await SignIn(app);
        var timeline = (await kim.Get($"/v1/conversations/{_thread}/timeline")).Expect(HttpStatusCode.OK);
        timeline.Text.ShouldContain("Ahoy Ünïcode ⛵");
        timeline.Text.ShouldContain("Forget this");
        var file = timeline.Body.GetProperty("items").EnumerateArray().Last(entry => entry.TryGetProperty("content", out var content) && content.TryGetProperty("files", out _));
        (await kim.Download(file.GetProperty("content").GetProperty("files")[0].GetProperty("url").GetString()!)).ShouldBe(_bytes);
        (await kim.Post($"/v1/conversations/{_thread}/messages", new { clientId = $"after-{app.Urls.First()}", content = new { type = "text", text = "Welcome back" } })).Expect(HttpStatusCode.Created);
    }

    private Task BackUp() => new Backup(_house.Services.GetRequiredService<Database>(), _house.Services.GetRequiredService<BlobStore>(), _house.Clock, _ => { })
        .Write(Archive, _house.Services.GetRequiredService<Place>().Folder);

    private string Folder(string name = "restored") => Path.Combine(_folder, name);

    private SettingsReader Settings(string name = "restored")
    {
        Directory.CreateDirectory(Folder(name));
        return new SettingsReader(ParleyHost.Sections).Set("server.urls", "http://127.0.0.1:0", "test").Set("server.logLevel", "error", "test");
    }

    private async Task Restored(SettingsReader settings, string name = "restored", bool finished = true)
    {
        await using var database = new Database(settings.Section<StoreSettings>().Open(Folder(name)));
        await new Restore(database, settings.Section<BlobSettings>().Open(database, _house.Clock), _house.Clock, _ => { }).Read(Archive, Folder(name));
        await (finished ? Forgetting.Finish(database, Folder(name)) : Task.CompletedTask);
    }

    private Task<WebApplication> Serve(SettingsReader settings, string name = "restored") => ParleyHost.Start(new Launch(settings, Folder(name)) { Time = _house.Clock });

    private static async Task<Person> SignIn(WebApplication app)
    {
        var kim = new Person(new Uri(app.Urls.First()));
        (await kim.Post("/v1/session", new { email = "kim@lighthouse.test", password = Lighthouse.Password })).Expect(HttpStatusCode.Created);
        return kim;
    }

    private async Task<List<long>> Messages(Person kim, Range which) =>
        (await kim.Get($"/v1/conversations/{_thread}/timeline")).Body.GetProperty("items").EnumerateArray()
            .Where(entry => entry.GetProperty("type").GetString() == "message").Select(entry => entry.GetProperty("seq").GetInt64()).Take(which).ToList();

    private static Task Until(Func<bool> condition) => Until(() => Task.FromResult(condition()));

    private static async Task Until(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 300 && !await condition(); i++)
        {
            await Task.Delay(50);
        }

        (await condition()).ShouldBeTrue();
    }
}
