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

    /// <summary>Writes the log, has the readers make lists and words of it, and makes the saved views.</summary>
    public async Task Seed(Action<string> say)
    {
        var url = postgres ? await Database() : null;
        string[] with = url is null ? settings : [.. settings, $"store.url={url}"];
        await Child.Run(["agent", "add", .. url is null ? Array.Empty<string>() : ["--set", $"store.url={url}"], "--data", folder, "--name", "Kim", "--email", Stage.Email, "--password", Stage.Password, "--role", "owner"]);
        InboxId inbox;
        AgentId agent;
        await using (var child = await Child.Parley(folder, with))
        await using (var stage = await Stage.Empty(child.Address, parley: true))
        {
            inbox = InboxId.Parse(stage.Inbox);
            agent = AgentId.Parse(JsonDocument.Parse(await stage.Http.GetStringAsync("/v1/me")).RootElement.GetProperty("id").GetString());
        }

        Dialect dialect = url is null ? new SqliteDialect(Path.Combine(folder, "parley.db")) : new PostgresDialect(url);
        var seeded = await new Seeding(dialect, inbox, agent).Add(conversations);
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

    public async Task<LongLists> Measure(Action<string> say)
    {
        var known = JsonSerializer.Deserialize<Known>(await File.ReadAllTextAsync(Notes))!;
        if (known.Url is { } url)
        {
            // As the server's own housekeeping would have done by the next morning.
            await using var connection = new NpgsqlConnection(url);
            await connection.OpenAsync();
            await using var tidy = new NpgsqlCommand("vacuum analyze", connection) { CommandTimeout = 0 };
            await tidy.ExecuteNonQueryAsync();
        }

        await using var child = await Child.Parley(folder, known.Url is null ? settings : [.. settings, $"store.url={known.Url}"]);
        await using var stage = await Stage.Empty(child.Address, parley: true);
        // A newer product may make something anew first.
        await Reading.CaughtUp(stage, conversations, TimeSpan.FromMinutes(40));
        var started = Stopwatch.GetTimestamp();
        var reads = await Reading.Measure(stage, known.Views.Select(view => (view.What, view.Path)));
        say($"  measured in {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s");
        Directory.EnumerateFiles(folder, "*.db*").ToList().ForEach(file => say($"  {Path.GetFileName(file)}: {new FileInfo(file).Length / 1_000_000} MB"));
        return new(conversations, postgres ? "PostgreSQL" : "SQLite", known.Seeded, known.CaughtUp, known.Made, reads);
    }

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
