using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Parley.Specs.Engines;
using Xunit.Abstractions;

namespace Parley.Specs.Killing;

/// <summary>
/// The server is killed three times in the middle of the load. Afterwards every acknowledged message is there exactly once, every other at most once.
/// One subclass per engine.
/// </summary>
public abstract class KillSpec(ITestOutputHelper output)
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("PARLEY_TESTS_LONG") is { Length: > 0 };

    private readonly TimeSpan _under = TimeSpan.FromSeconds(Long ? 15 : 1);
    private readonly int _customers = Long ? 60 : 16;

    protected abstract Task<string?> Store();

    [SkippableFact]
    public async Task Three_kills_under_load_lose_and_double_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("parley-kill-");
        try
        {
            await using var parley = new ParleyProcess(folder.FullName, await Store());
            await parley.Run("agent", "add", "--name", "Kim", "--email", "kim@lighthouse.test", "--password", "the lamp is lit", "--role", "owner");
            await Serve(parley);
            var inbox = await Inbox(parley.Address);
            var posters = Enumerable.Range(0, _customers).Select(i => new Poster(new HttpClient(new SocketsHttpHandler()) { BaseAddress = parley.Address, Timeout = TimeSpan.FromSeconds(5) }, inbox, i)).ToList();
            using var stop = new CancellationTokenSource();
            var writing = posters.Select(poster => Task.Run(() => poster.Write(stop.Token))).ToList();
            for (var kill = 0; kill < 3; kill++)
            {
                await UnderLoad(posters, writing);
                await parley.Kill();
                await Serve(parley);
            }

            await UnderLoad(posters, writing);
            await stop.CancelAsync();
            await Task.WhenAll(writing);
            output.WriteLine($"{posters.Sum(poster => poster.Acknowledged.Count)} acknowledged of {posters.Sum(poster => poster.Sent)} sent, {posters.Sum(poster => poster.Again)} broken requests.");
            posters.Sum(poster => poster.Again).ShouldBeGreaterThan(0, "The kills met nobody: that proves nothing.");
            foreach (var poster in posters)
            {
                await poster.Compare();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Each was answered since the last start, and writes on: on a slow machine a server may need seconds for its first answer.</summary>
    private async Task UnderLoad(List<Poster> posters, List<Task> writing)
    {
        var before = posters.ConvertAll(poster => poster.Acknowledged.Count);
        for (var started = Stopwatch.GetTimestamp(); posters.Zip(before).Any(it => it.First.Acknowledged.Count == it.Second);)
        {
            // Whoever was told what is a fault of the product has stopped writing.
            await Task.WhenAll(writing.Where(task => task.IsFaulted));
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(60), "Nobody answers.");
            await Task.Delay(50);
        }

        await Task.Delay(_under);
    }

    /// <summary>Without limits, so that many commands are under way when the end comes.</summary>
    private static Task Serve(ParleyProcess parley) => parley.Serve("rate.visitorPerSecond=100000", "rate.visitorBurst=100000", "rate.addressPerSecond=100000", "rate.addressBurst=100000", "rate.startsPerHour=100000");

    private static async Task<string> Inbox(Uri address)
    {
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = address };
        http.DefaultRequestHeaders.Add("X-Parley", "1");
        using var session = await http.PostAsJsonAsync("/v1/session", new { email = "kim@lighthouse.test", password = "the lamp is lit" });
        session.EnsureSuccessStatusCode();
        using var made = await http.PostAsJsonAsync("/v1/inboxes", new { name = "Shop", channel = "web" });
        made.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
    }
}

public sealed class SqliteKillSpec(ITestOutputHelper output) : KillSpec(output)
{
    protected override Task<string?> Store() => Task.FromResult<string?>(null);
}

[Trait("takes", "long")]
public sealed class PostgresKillSpec(ITestOutputHelper output) : KillSpec(output)
{
    protected override async Task<string?> Store()
    {
        Skip.If(PostgresServer.Missing is not null, PostgresServer.Missing);
        return await (await PostgresServer.Shared()).NewDatabase();
    }
}
