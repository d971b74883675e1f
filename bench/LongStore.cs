using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using AgentId = Parley.Platform.Id<Parley.Workspaces.AgentIds>;
using InboxId = Parley.Platform.Id<Parley.Workspaces.InboxIds>;

namespace Parley.Bench;

/// <summary>A store of many conversations: seeded once, measured as often as one likes.</summary>
/// <param name="server">A PostgreSQL that is there already and outlives this; empty: one of the bench's own.</param>
internal sealed class LongStore(string folder, int conversations, bool postgres, string server, string[] settings)
{
    private string Notes => Path.Combine(folder, "seeded.json");

    private string Names => Path.Combine(folder, "held.txt");

    public bool Seeded => File.Exists(Notes);

    /// <summary>Conversations of it that are open, and Kim's.</summary>
    public IReadOnlyList<string> Held => File.ReadAllLines(Names);

    /// <summary>Writes the log, has the readers make lists and words of it, and makes the saved views.</summary>
    public async Task Seed(Action<string> say)
    {
        var url = postgres ? await Database() : null;
        string[] with = url is null ? settings : [.. settings, $"store.url={url}"];
        await Child.Hire(folder, url is null ? null : $"store.url={url}");
        InboxId inbox;
        AgentId agent;
        Dialect dialect = url is null ? new SqliteDialect(Path.Combine(folder, "parley.db")) : new PostgresDialect(url);
        await using (var child = await Child.Parley(folder, with))
        await using (var stage = await Stage.Empty(child.Address, parley: true))
        {
            inbox = InboxId.Parse(stage.Inbox);
            agent = AgentId.Parse(JsonDocument.Parse(await stage.Http.GetStringAsync("/v1/me")).RootElement.GetProperty("id").GetString());
            await Settled(dialect);
        }

        var seeding = new Seeding(dialect, inbox, agent);
        var seeded = await seeding.Add(conversations);
        await File.WriteAllLinesAsync(Names, seeding.Held);
        say($"  seeded in {seeded:N1} s");
        await using (var child = await Child.Parley(folder, with))
        await using (var stage = await Stage.Empty(child.Address, parley: true))
        {
            var caught = await Reading.CaughtUp(stage, conversations, TimeSpan.FromMinutes(40));
            say($"  readers caught up in {caught:N1} s");
            var (views, made) = await Reading.Save(stage);
            say($"  views made in {made:N1} s");
            await File.WriteAllTextAsync(Notes, JsonSerializer.Serialize(new Known(url, seeded, caught, made, [.. views.Select(view => new Page(view.What, view.Path))])));
        }
    }

    /// <summary>Serves it, with all that the readers make of it, and an agent who is signed in.</summary>
    public async Task<(Child Server, Stage Stage)> Serve()
    {
        var known = await Told();
        if (known.Url is { } url)
        {
            // As the server's own housekeeping would have done by the next morning.
            await using var connection = new NpgsqlConnection(url);
            await connection.OpenAsync();
            await using var tidy = new NpgsqlCommand("vacuum analyze", connection) { CommandTimeout = 0 };
            await tidy.ExecuteNonQueryAsync();
        }

        var child = await Child.Parley(folder, known.Url is null ? settings : [.. settings, $"store.url={known.Url}"]);
        var stage = await Stage.Empty(child.Address, parley: true);
        // A newer product may make something anew first.
        await Reading.CaughtUp(stage, conversations, TimeSpan.FromMinutes(40));
        return (child, stage);
    }

    /// <summary>What it takes of the disk, what is not yet copied into its files left out.</summary>
    public async Task<double> Megabytes()
    {
        if ((await Told()).Url is not { } url)
        {
            return Directory.EnumerateFiles(folder, "*.db").Sum(file => new FileInfo(file).Length) / 1e6;
        }

        await using var connection = new NpgsqlConnection(url);
        await connection.OpenAsync();
        await using var size = new NpgsqlCommand("select pg_database_size(current_database())", connection);
        return (long)(await size.ExecuteScalarAsync())! / 1e6;
    }

    /// <summary>The server is then killed, and what is written beside it says that all states are written: so they must be.</summary>
    private static async Task Settled(Dialect dialect)
    {
        if (!dialect.OneWriter)
        {
            return;
        }

        await using var store = new Database(dialect);
        for (var since = Stopwatch.GetTimestamp(); await store.Read(session => session.One<long>("select count(*) from heads h join folded f on f.workspace = h.workspace where f.position < h.position")) > 0;)
        {
            if (Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(30))
            {
                throw new TimeoutException("The states are not written.");
            }

            await Task.Delay(100);
        }
    }

    public async Task<LongLists> Measure(Action<string> say)
    {
        var known = await Told();
        var (child, stage) = await Serve();
        await using var served = child;
        await using var set = stage;
        var started = Stopwatch.GetTimestamp();
        var reads = await Reading.Measure(stage, known.Views.Select(view => (view.What, view.Path)));
        say($"  measured in {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s");
        Directory.EnumerateFiles(folder, "*.db*").ToList().ForEach(file => say($"  {Path.GetFileName(file)}: {new FileInfo(file).Length / 1_000_000} MB"));
        return new(conversations, postgres ? "PostgreSQL" : "SQLite", known.Seeded, known.CaughtUp, known.Made, reads);
    }

    private async Task<Known> Told() => JsonSerializer.Deserialize<Known>(await File.ReadAllTextAsync(Notes))!;

    private async Task<string> Database()
    {
        if (server.Length == 0)
        {
            return await (await PostgresServer.Shared()).NewDatabase();
        }

        await using var connection = new NpgsqlConnection($"{server};Database=postgres");
        await connection.OpenAsync();
        await using var make = new NpgsqlCommand($"create database lists{conversations}", connection);
        await make.ExecuteNonQueryAsync();
        return $"{server};Database=lists{conversations};Maximum Pool Size=40";
    }

    private sealed record Page(string What, string Path);

    private sealed record Known(string? Url, double Seeded, double CaughtUp, double Made, List<Page> Views);
}
