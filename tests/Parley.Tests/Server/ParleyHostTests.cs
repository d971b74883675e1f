using System.Net;
using Microsoft.Data.Sqlite;
using Parley.Platform.Settings;
using Parley.Platform.Store;
using Parley.Server;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Server;

public class ParleyHostTests
{
    [Fact]
    public async Task A_full_disk_acknowledges_nothing_loses_nothing_and_is_over_when_there_is_room()
    {
        await using var house = await Lighthouse.Open();
        using var ana = await house.Ana();
        var thread = await ana.Write("Hello");
        var acknowledged = new List<string>();
        var refused = 0;
        for (var i = 0; i < 40 && refused < 3; i++)
        {
            // Each time: the connection that failed is given up, and the limit with it.
            await Limit(house, pages: 1);
            house.Clock.Advance(TimeSpan.FromSeconds(1));
            var text = $"{i} {new string('x', 9_000)}";
            var answer = await ana.Say(thread, text);
            if (answer.Status == HttpStatusCode.Created)
            {
                acknowledged.Add(text);
            }
            else
            {
                answer.Refused(HttpStatusCode.ServiceUnavailable, "store.unavailable").Headers.RetryAfter.ShouldNotBeNull();
                refused++;
            }
        }

        refused.ShouldBe(3);
        (await Texts(ana, thread)).ShouldBe(["Hello", .. acknowledged]);
        await Limit(house, pages: 1_000_000);
        (await ana.Say(thread, "There is room again")).Expect(HttpStatusCode.Created);
        await house.Restart();
        using var fresh = new Browser(house.Address, house.Inbox) { Resume = ana.Resume, Bearer = ana.Bearer };
        (await Texts(fresh, thread)).ShouldBe(["Hello", .. acknowledged, "There is room again"]);
    }

    [Fact]
    public async Task On_a_full_disk_everybody_still_reads_and_nobody_is_half_signed_in()
    {
        await using var house = await Lighthouse.Open();
        var token = (await house.Kim.Post("/v1/tokens", new { name = "Export", scopes = new[] { "read" } })).Expect(HttpStatusCode.Created)["token"];
        await Full(house, "update of used on tokens", "update of expires on sessions", "insert on attempts");
        house.Clock.Advance(TimeSpan.FromDays(3));
        using var program = new Caller(house.Address, token);
        (await program.Get("/v1/conversations")).Expect(HttpStatusCode.OK);
        (await house.Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Headers.Contains("Set-Cookie").ShouldBeFalse();
        var figures = (await house.Stranger().Get("/metrics")).Text;
        figures.ShouldContain("parley_writes_dropped_total{what=\"tokenUsed\"}");
        figures.ShouldContain("parley_writes_dropped_total{what=\"sessionProlonged\"}");

        object right = new { email = "kim@lighthouse.test", password = Lighthouse.Password };
        (await house.Stranger().Post("/v1/session", right)).Refused(HttpStatusCode.ServiceUnavailable, "store.unavailable").Headers.Contains("Set-Cookie").ShouldBeFalse();
        await Room(house);
        await Full(house, "insert on sessions");
        for (var i = 0; i < 6; i++)
        {
            (await house.Stranger().Post("/v1/session", right)).Refused(HttpStatusCode.ServiceUnavailable, "store.unavailable").Headers.Contains("Set-Cookie").ShouldBeFalse();
        }

        await Room(house);
        (await house.Stranger().Post("/v1/session", right)).Expect(HttpStatusCode.Created);
        (await house.Kim.Get("/v1/me")).Expect(HttpStatusCode.OK).Headers.Contains("Set-Cookie").ShouldBeFalse("it was read a moment ago");
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        (await house.Kim.Get("/v1/me")).Expect(HttpStatusCode.OK).Headers.Contains("Set-Cookie").ShouldBeTrue();
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("parley-newer-").FullName;
        var launch = new Launch(new SettingsReader(ParleyHost.Sections).Set("server.urls", "http://127.0.0.1:0", "test"), folder);
        await (await ParleyHost.OpenStore(launch)).DisposeAsync();
        await using (var database = new Database(new SqliteDialect(Path.Combine(folder, "parley.db"))))
        {
            await database.Write(session => session.Execute("insert into migrations (number, name, checksum, at) values (999, 'tomorrow', 'x', 0)"));
        }

        var refused = await Should.ThrowAsync<StoreRefused>(() => ParleyHost.Start(launch));
        refused.Code.ShouldBe("store.newer");
        refused.Message.ShouldContain("tomorrow");
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Theory, Trait("row", "OP3")]
    [InlineData("mail.from is missing", "mail.host=smtp.example.org")]
    [InlineData("mail.from is 'Parley <parley@example.org>'", "mail.host=smtp.example.org", "mail.from=Parley <parley@example.org>")]
    [InlineData("mail.from is 'parley'", "mail.host=smtp.example.org", "mail.from=parley")]
    [InlineData("server.publicUrl is 'chat.example.org'", "server.publicUrl=chat.example.org")]
    [InlineData("server.publicUrl is 'https://example.org/chat'", "server.publicUrl=https://example.org/chat")]
    public async Task OP3_What_links_and_mails_could_not_go_out_with_is_refused_before_anything_is_opened(string said, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("parley-wrong-").FullName;
        var reader = new SettingsReader(ParleyHost.Sections).Set("server.urls", "http://127.0.0.1:0", "test");
        foreach (var setting in settings)
        {
            reader.Set(setting.Split('=')[0], setting[(setting.IndexOf('=') + 1)..], "test");
        }

        (await Should.ThrowAsync<SettingWrong>(() => ParleyHost.Start(new Launch(reader, folder)))).Message.ShouldStartWith(said);
        Directory.EnumerateFileSystemEntries(folder).ShouldBeEmpty();
        Directory.Delete(folder);
    }

    private static Database Database(Lighthouse house) => (Database)house.Services.GetService(typeof(Database))!;

    /// <summary>Stands for a disk that is full: SQLite then answers as it does there (SQLITE_FULL). The limit is the writing connection's.</summary>
    private static Task Limit(Lighthouse house, int pages) => Database(house).Write(session => session.Execute($"pragma max_page_count = {pages}"));

    /// <summary>Some writes fail as they do on a full disk.</summary>
    private static Task Full(Lighthouse house, params string[] writes) => Database(house).Write(async session =>
    {
        foreach (var (what, i) in writes.Select((what, i) => (what, i)))
        {
            await session.Execute($"create trigger full{i} before {what} begin select raise(abort, 'database or disk is full'); end");
        }
    });

    private static Task Room(Lighthouse house) => Database(house).Write(async session =>
    {
        for (var i = 0; i < 3; i++)
        {
            await session.Execute($"drop trigger if exists full{i}");
        }
    });

    private static async Task<List<string>> Texts(Browser browser, string thread) =>
        [.. (await browser.Get($"/v1/widget/conversations/{thread}/timeline?limit=500")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()
            .Where(entry => entry.GetProperty("type").GetString() == "message").Select(entry => entry.GetProperty("content").GetProperty("text").GetString()!)];
}
