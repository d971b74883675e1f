using System.Diagnostics;
using System.Text.Json;

namespace Parley.Bench;

/// <summary>
/// The same work beside few conversations and beside very many: an agent answers, turns pages, asks for counts, opens threads; once in two thousand conversations that are busy, once
/// in any of all. The stores stand side by side and take turns.
/// </summary>
internal sealed class Growing(Options options, Action<string> say)
{
    private const int Active = 2_000;

    private readonly List<int> _sizes = options.Numbers("sizes", options.Quick ? "2000,10000" : "10000,100000");
    private readonly int _rounds = options.Number("rounds", options.Quick ? 1 : 5);
    private readonly int _posts = options.Number("posts", 2_000);
    private readonly string _engine = options.Word("engines", "sqlite");

    /// <param name="Took">Milliseconds, by the median.</param>
    /// <param name="Cost">Of one.</param>
    public sealed record Outcome(double Took, Cost Cost);

    public async Task<Part> Measure(Part part)
    {
        var folder = Directory.CreateTempSubdirectory("parley-bench-");
        var towns = new List<Town>();
        try
        {
            foreach (var size in _sizes)
            {
                say($"  {size:N0} conversations");
                towns.Add(await Found(options.Word("keep", folder.FullName), size));
                // Until the runtime has compiled what it will.
                await towns[^1].Round(_posts * 3);
                towns[^1].Outcomes.Clear();
            }

            for (var round = 1; round <= _rounds; round++)
            {
                foreach (var town in towns)
                {
                    await town.Round(_posts);
                    say($"  round {round}, {town.Size:N0}: {string.Join(", ", town.Outcomes.Select(one => $"{one.Key} {one.Value[^1].Took:N2} ms {one.Value[^1].Cost.Server:N0} µs"))}");
                }
            }

            Write(part, towns);
            return part;
        }
        finally
        {
            foreach (var town in towns)
            {
                await town.DisposeAsync();
            }

            folder.Delete(recursive: true);
        }
    }

    /// <summary>A store that is there already is taken as it is.</summary>
    private async Task<Town> Found(string keep, int size)
    {
        var store = new LongStore(Path.Combine(keep, $"lists{size}{_engine}"), size, _engine == "postgres", options.Word("postgres", ""), Child.Unlimited);
        if (!store.Seeded)
        {
            await store.Seed(say);
        }

        var (server, stage) = await store.Serve();
        return new Town(size, server, stage, store.Held) { Megabytes = await store.Megabytes() };
    }

    private void Write(Part part, List<Town> towns)
    {
        part.Line($"{_engine}; ten entries a conversation, written into the log as years would have; every page over HTTP, one after another; posts by eight agents at once into conversations that are theirs, {_posts:N0} a round. \"Busy\": always the same {Active:N0} conversations; \"any\": drawn from all that are held. Medians of {_rounds} rounds in turn, all stores side by side: milliseconds, and µs of the server's processor (for a post until its readers were done).");
        var (small, large) = (towns[0], towns[^1]);
        part.Table(["", .. towns.Select(town => $"{town.Size:N0}"), "ms ×", "µs ×"], small.Outcomes.Keys.Select(what => (IReadOnlyList<string>)
            [what, .. towns.Select(town => $"{Part.Number(town.Took(what))} ms · {Part.Number(town.Cost(what).Server)} µs"), Part.Number(large.Took(what) / small.Took(what)), Part.Number(large.Cost(what).Server / small.Cost(what).Server)]));
        part.Line($"On the disk, lists and words included: {string.Join(", ", towns.Select(town => $"{town.Size:N0} conversations {town.Megabytes:N0} MB ({town.Megabytes / town.Size * 100_000:N0} MB a million entries)"))}.");
        foreach (var what in small.Outcomes.Keys.Where(what => !what.EndsWith("any", StringComparison.Ordinal)))
        {
            part.AtMost($"{what}, at {large.Size:N0} conversations against {small.Size:N0} ({_engine})", 1.3, large.Took(what) / small.Took(what), "×");
        }

        part.Figures["stores"] = JsonSerializer.SerializeToNode(towns.ToDictionary(town => $"{town.Size}", town => town.Outcomes), Report.Json);
    }

    /// <summary>One store with its server, and who works there.</summary>
    private sealed class Town(int size, Child server, Stage stage, IReadOnlyList<string> held) : IAsyncDisposable
    {
        private readonly Meter _meter = new([server], database: true);
        private readonly Random _random = new(size);
        private readonly string[] _busy = [.. Enumerable.Range(0, Math.Min(Active, held.Count)).Select(i => held[(int)((long)i * held.Count / Math.Min(Active, held.Count))])];
        private int _said;

        public int Size => size;

        /// <summary>On the disk, before anything was measured.</summary>
        public required double Megabytes { get; init; }

        public Dictionary<string, List<Outcome>> Outcomes { get; } = [];

        public double Took(string what) => Load.Middle(Outcomes[what].Select(one => one.Took));

        public Cost Cost(string what) => Parley.Bench.Cost.Middle(Outcomes[what].Select(one => one.Cost));

        public async Task Round(int posts)
        {
            await Do("post, busy", posts, 8, () => Post(_busy[_random.Next(_busy.Length)]));
            await Do("post, any", posts, 8, () => Post(held[_random.Next(held.Count)]));
            await Do("inbox page", 1_000, 1, () => Get("/v1/conversations?limit=50"));
            await Do("counts", 2_000, 1, () => Get("/v1/counts"));
            await Do("timeline, busy", 1_000, 1, () => Get($"/v1/conversations/{_busy[_random.Next(_busy.Length)]}/timeline"));
            await Do("timeline, any", 1_000, 1, () => Get($"/v1/conversations/{held[_random.Next(held.Count)]}/timeline"));
        }

        public async ValueTask DisposeAsync()
        {
            await stage.DisposeAsync();
            await server.DisposeAsync();
        }

        private async Task Do(string what, int times, int atOnce, Func<Task> one)
        {
            var (took, left, spent) = (new List<double>(), times, await _meter.Read());
            await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
            {
                while (Interlocked.Decrement(ref left) >= 0)
                {
                    Task doing;
                    long started;
                    lock (took)
                    {
                        started = Stopwatch.GetTimestamp();
                        doing = one();
                    }

                    await doing;
                    lock (took)
                    {
                        took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                    }
                }
            }));
            await _meter.Settled();
            if (!Outcomes.TryGetValue(what, out var outcomes))
            {
                Outcomes[what] = outcomes = [];
            }

            outcomes.Add(new Outcome(Load.Middle(took), (await _meter.Read()).Since(spent, times)));
        }

        private async Task Post(string conversation) =>
            await stage.Post($"/v1/conversations/{conversation}/messages", null, new { clientId = $"g{DateTime.UtcNow.Ticks}-{++_said}", content = new { type = "text", text = "It goes to the cleat, and twice around." } });

        private async Task Get(string path) => await stage.Http.GetByteArrayAsync(path);
    }
}
