using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Settings;
using Parley.Platform.Store;
using Parley.Server.Demo;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Server.Demo;

public sealed class SeedingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("demo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_demo_has_every_state_and_its_times_are_those_of_the_stories()
    {
        var seeded = await Seeding.Seed(Launch());
        await using var demo = await DemoCommand.Serve(Launch(), seeded);
        using var kim = await Kim(demo.App.Urls.First());

        var total = 0;
        foreach (var status in new[] { "open", "pending", "snoozed", "closed" })
        {
            var items = await Items(kim, $"/v1/conversations?status={status}&limit=100");
            items.Count.ShouldBeGreaterThan(2, status);
            total += items.Count;
        }

        total.ShouldBe(Story.All().Count);
        // A shop of weeks has no first steps before it.
        (await kim.Get("/v1/checklist"))["away"].ShouldBe("True");
        var entries = await Entries(demo.App.Services);
        foreach (var type in new[] { "note", "edited", "deleted", "reacted", "assigned", "accepted", "snoozed", "pending", "closed", "reopened", "episodeReopened", "labelled", "priorityChanged", "answered", "rated" })
        {
            entries.ShouldContain(entry => entry.Type == type, type);
        }

        // The log's order is that of time, over all conversations.
        entries.Select(entry => entry.At).ShouldBeInOrder();
        entries.Min(entry => entry.At).ShouldBeLessThan(TimeProvider.System.GetUtcNow().AddDays(-25));
        entries.Max(entry => entry.At).ShouldBeInRange(TimeProvider.System.GetUtcNow().AddHours(-2), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task What_a_colleague_looks_after_is_read_and_what_waits_for_me_is_not()
    {
        var seeded = await Seeding.Seed(Launch());
        await using var demo = await DemoCommand.Serve(Launch(), seeded);
        using var kim = await Kim(demo.App.Urls.First());
        var me = (await kim.Get("/v1/me"))["id"];
        var rows = await Items(kim, "/v1/conversations?status=open&limit=100");
        static bool Unread(JsonElement row) => row.GetProperty("lastMessageSeq").GetInt64() > row.GetProperty("seen").GetInt64();
        static string? Holder(JsonElement row) => row.GetProperty("holder").TryGetProperty("id", out var id) ? id.GetString() : null;
        rows.Count(row => Holder(row) == me && Unread(row)).ShouldBeGreaterThan(0);
        rows.Where(row => Holder(row) is null && !Unread(row)).ShouldBeEmpty();
        rows.Where(row => Holder(row) is { } holder && holder != me).Count(Unread).ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task A_second_start_keeps_what_is_there()
    {
        var first = await Seeding.Seed(Launch());
        var before = await Count();
        (await Seeding.Seed(Launch())).ShouldBe(first);
        (await Count()).ShouldBe(before);
    }

    [Fact]
    public async Task OP3_Somebody_waits_at_every_start_and_what_was_there_stays()
    {
        var clock = new Cast.Clock();
        var first = await Seeding.Seed(Launch() with { Time = clock });
        var before = await Count();
        for (var set = 1; set <= 5; set++)
        {
            clock.Advance(TimeSpan.FromMinutes(30));
            (await Seeding.Seed(Launch() with { Time = clock })).Later.ShouldBe(set - 1, "What is half an hour old is fresh.");
            clock.Advance(TimeSpan.FromHours(20));
            (await Seeding.Seed(Launch() with { Time = clock })).ShouldBe(first with { Later = set });
            (await Count()).ShouldBeGreaterThan(before + 20);
            before = await Count();
            await using var database = new Database(new SqliteDialect(Path.Combine(_folder, "parley.db")));
            var last = DateTimeOffset.FromUnixTimeMilliseconds(await database.Read(session => session.One<long>("select max(at) from entries")));
            last.ShouldBeInRange(clock.GetUtcNow().AddMinutes(-30), clock.GetUtcNow());
        }

        // The fourth and fifth tell the first and second again, by others who came back.
        await using var demo = await DemoCommand.Serve(Launch() with { Time = clock }, first with { Later = 5 });
        var entries = await Entries(demo.App.Services);
        var told = entries.Where(entry => entry.Type == "message").Select(entry => (entry.Body as Message)?.Content.Text).ToList();
        told.Count(text => text == Story.Later(1)[4].Lines[0].Text).ShouldBe(2);
        told.Count(text => text == Story.Later(3)[5].Lines[0].Text).ShouldBe(1);

        // Lists follow the log; once all are in, nothing that is open shows the same words twice.
        using var kim = await Kim(demo.App.Urls.First());
        var all = Story.All().Count + Enumerable.Range(1, 5).Sum(set => Returning.Set(set).Count);
        List<JsonElement> rows;
        var tries = 0;
        do
        {
            rows = [];
            foreach (var status in new[] { "open", "pending", "snoozed", "closed" })
            {
                rows.AddRange(await Items(kim, $"/v1/conversations?status={status}&limit=100"));
            }
        }
        while (rows.Count < all && ++tries < 20);

        rows.Count.ShouldBe(all);
        static string? Preview(JsonElement row) => row.GetProperty("preview").GetProperty("text").GetString();
        rows.Where(row => row.GetProperty("status").GetString() != "closed" && Preview(row)?.Length > 20).GroupBy(Preview).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();
        var abigail = rows.Select(row => row.GetProperty("contact")).Where(contact => contact.TryGetProperty("name", out var name) && name.GetString() == "Abigail Stone").ToList();
        abigail.Count.ShouldBe(2);
        abigail.Select(contact => contact.GetProperty("id").GetString()).Distinct().Count().ShouldBe(1, "Who returns is who was there.");
    }

    [Fact]
    public async Task Who_came_by_at_an_earlier_start_does_not_wait_twice()
    {
        var seeded = await Seeding.Seed(Launch(), told: false);
        await using var demo = await DemoCommand.Serve(Launch(), seeded);
        var address = demo.App.Urls.First();
        using var stop = new CancellationTokenSource();
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(address) };
        var playing = new Guest(new Parley.Server.Demo.Door(http), seeded.Shop, Guests.Parts[0] with { After = TimeSpan.Zero }, new Simulated(), TimeProvider.System).Play(stop.Token);
        using var kim = await Kim(address);
        for (var tries = 0; (await Items(kim, "/v1/conversations?status=open")).Count == 0 && tries < 50; tries++)
        {
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => playing);
        await Guests.SeeOff(demo.App.Services, seeded);
        (await Items(kim, "/v1/conversations?status=closed")).Count.ShouldBe(1);
        (await Items(kim, "/v1/conversations?status=open")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_start_that_was_cut_off_begins_anew()
    {
        File.WriteAllText(Path.Combine(_folder, "demo.begun"), "");
        File.WriteAllText(Path.Combine(_folder, "parley.db"), "half of something");
        await Seeding.Seed(Launch(), told: false);
        (await Count()).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Without_a_past_there_are_people_and_no_conversations()
    {
        var seeded = await Seeding.Seed(Launch(), told: false);
        await using var demo = await DemoCommand.Serve(Launch(), seeded);
        using var kim = await Kim(demo.App.Urls.First());
        (await Items(kim, "/v1/conversations")).ShouldBeEmpty();
        (await Items(kim, "/v1/inboxes")).Count.ShouldBe(2);
        seeded.Later.ShouldBe(-1);
    }

    [Fact]
    public async Task A_folder_of_something_else_is_left_alone()
    {
        File.WriteAllText(Path.Combine(_folder, "letters.txt"), "dear");
        (await Should.ThrowAsync<StoreRefused>(() => Seeding.Seed(Launch()))).Code.ShouldBe("demo.folder");
        Directory.EnumerateFiles(_folder).Select(Path.GetFileName).Order().ShouldBe(["letters.txt", "parley.lock"]);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://127.0.0.1:5080,http://192.168.1.2:80")]
    [InlineData("http://*:5080")]
    public void It_listens_to_this_machine_alone(string urls) => Should.Throw<SettingWrong>(() => DemoCommand.LaunchOf(_folder, urls));

    private Parley.Server.Launch Launch() => DemoCommand.LaunchOf(_folder, "http://127.0.0.1:0");

    private static async Task<Cast.Person> Kim(string address)
    {
        var kim = new Cast.Person(new Uri(address));
        (await kim.Post("/v1/session", new { email = "kim@lighthouse.test", password = "lighthouse-kim" })).Expect(System.Net.HttpStatusCode.Created);
        return kim;
    }

    /// <summary>The lists follow the log; they are asked until they stand still.</summary>
    private static async Task<List<JsonElement>> Items(Cast.Caller caller, string path)
    {
        for (var before = -1; ; await Task.Delay(200))
        {
            var items = (await caller.Get(path)).Expect(System.Net.HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().ToList();
            if (items.Count == before)
            {
                return items;
            }

            before = items.Count;
        }
    }

    private static async Task<List<Entry>> Entries(IServiceProvider services)
    {
        var workspace = (await services.GetRequiredService<Rosters>().Workspaces()).Single();
        var all = await services.GetRequiredService<LogReader>().After(workspace, 0, 10_000);
        return [.. all.Where(entry => entry.Subject.Kind == "conversation")];
    }

    private async Task<long> Count()
    {
        await using var database = new Database(new SqliteDialect(Path.Combine(_folder, "parley.db")));
        return await database.Read(session => session.One<long>("select count(*) from entries"));
    }
}
