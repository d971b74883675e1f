using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Platform.Hosting;
using Parley.Platform.Settings;
using Parley.Platform.Store;
using Parley.Platform.Web;
using Parley.Server;
using Parley.Specs.Engines;
using Parley.Tests.Cast;

namespace Parley.Specs.Store;

/// <summary>Whoever waits hears soon that PostgreSQL is away; the server's own work may take its time.</summary>
public class PatienceSpec
{
    [SkippableFact, Trait("row", "BX3")]
    public async Task Only_what_somebody_waits_for_is_given_up_early()
    {
        await using var engine = await PostgresEngine.Make();
        await using var store = new Database(engine.Open());
        Task<int?> Reading() => store.Read(session => Task.FromResult(session.Patience));
        Task<int?> Writing(bool urgent = false) => store.Write(session => Task.FromResult(session.Patience), urgent);
        (await Reading(), await Writing(), await store.Snapshot(session => Task.FromResult(session.Patience)), await Writing(urgent: true)).ShouldBe((60, 60, 60, 10));
        Patience.Await();
        (await Reading(), await Writing(), await store.Snapshot(session => Task.FromResult(session.Patience)), await Writing(urgent: true)).ShouldBe((10, 30, 30, 10));

        // A round that a request set going is nobody's to wait for.
        await Rounds.Do(NullLogger.Instance, "test", async () => (await Reading()).ShouldBe(60));
        (await Reading()).ShouldBe(10);
    }

    [SkippableFact, Trait("row", "BX3")]
    public async Task What_the_operator_says_holds()
    {
        await using var engine = await PostgresEngine.Make();
        await using var store = new Database(new PostgresDialect($"{engine.Url};Command Timeout=1"));
        await Should.ThrowAsync<Npgsql.NpgsqlException>(() => store.Read(session => session.Execute("select pg_sleep(5)")));
        await using var patient = new Database(engine.Open());
        await patient.Read(session => session.Execute("select pg_sleep(2)"));
    }

    [SkippableFact, Trait("row", "BX3")]
    public async Task A_request_is_waited_for_unless_its_address_may_take_long()
    {
        await using var engine = await PostgresEngine.Make();
        var folder = Directory.CreateTempSubdirectory("parley-patience-");
        var settings = new SettingsReader(ParleyHost.Sections).Set("server.urls", "http://127.0.0.1:0", "test").Set("server.logLevel", "error", "test").Set("store.url", engine.Url!, "test");
        await using (var app = await ParleyHost.Start(new Launch(settings, folder.FullName)
        {
            Migrate = true,
            Map = routes =>
            {
                routes.MapGet("/test/soon", (Database store) => store.Read(session => Task.FromResult(session.Patience)));
                routes.MapGet("/test/long", (Database store) => store.Read(session => Task.FromResult(session.Patience))).MayTakeLong();
            },
        }))
        {
            using var caller = new Caller(new Uri(app.Urls.First()));
            (await caller.Get("/test/soon")).Expect(HttpStatusCode.OK).Text.ShouldBe("10");
            (await caller.Get("/test/long")).Expect(HttpStatusCode.OK).Text.ShouldBe("60");
        }

        folder.Delete(recursive: true);
    }
}
