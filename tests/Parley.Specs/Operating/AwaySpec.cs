using System.Diagnostics;
using System.Globalization;
using System.Net;
using Parley.Specs.Engines;
using Parley.Specs.Killing;
using Parley.Specs.Nodes;
using Parley.Tests.Cast;
using Xunit.Abstractions;

namespace Parley.Specs.Operating;

/// <summary>PostgreSQL goes away as in a power cut and comes back, under two nodes that talk: nobody crashes, nobody turns in circles, and all goes on by itself.</summary>
[Trait("takes", "long")]
public class AwaySpec(ITestOutputHelper output)
{
    /// <summary>What may fail in a second while it is away, by all loops of a node together: each tries about once.</summary>
    private const double Tries = 60;

    [SkippableFact, Trait("row", "BX3")]
    public async Task BX3_What_comes_meanwhile_is_refused_streams_stay_and_all_goes_on_when_it_is_back()
    {
        Skip.If(PostgresServer.Missing is not null, PostgresServer.Missing);
        await using var postgres = await PostgresServer.Start();
        await using var pair = await Pair.On(new PostgresEngine(await postgres.NewDatabase()));
        var ana = await pair.Customer(pair.A);
        var it = await ana.Write("one");
        var kim = await pair.SignIn(pair.B, "kim@lighthouse.test");
        await using var hers = await Ear.Of(ana);
        await using var kims = await Ear.Of(kim);
        await kims.Say(new { type = "watch", view = "all" });
        await kims.Say(new { type = "open", conversation = it, after = 0 });
        await kims.Message("one");
        // What one says is taken in its order: when this is heard, all before it was done.
        await Until(async () => await Typing(kims, hers, it), "Typing is heard.");

        await postgres.Stop();
        foreach (var answer in new[] { await ana.Post(Messages(it), Said("while", "while it is away")), await ana.Read(it), await kim.Get("/v1/conversations"), await ana.Get("/health/ready") })
        {
            answer.Refused(HttpStatusCode.ServiceUnavailable, "store.unavailable");
            answer.Headers.RetryAfter.ShouldNotBeNull();
        }

        await Quiet(pair.A);
        (hers.Open, kims.Open).ShouldBe((true, true), $"Whoever listens is not sent away for it. {hers.Heard[^1]} {kims.Heard[^1]}");

        await postgres.Again();
        // The same command again: it was not done, and is done once now.
        await Until(async () => (await ana.Post(Messages(it), Said("while", "while it is away"))).Status is HttpStatusCode.Created or HttpStatusCode.OK, "A word is taken.");
        await Until(async () => (await ana.Get("/health/ready")).Status == HttpStatusCode.OK, "It is ready.");
        await Until(async () => (await kim.Post($"/v1/conversations/{it}/messages", Said("answer", "back again"))).Status is HttpStatusCode.Created or HttpStatusCode.OK, "The other node takes an answer.");
        await hers.Message("back again");
        await kims.Message("while it is away");
        await kims.Next("event", frame => frame.TryGetProperty("summary", out var row) && row.GetProperty("preview").GetProperty("text").GetString() == "back again");
        hers.Messages().ShouldBe(["while it is away", "back again"]);
        kims.Messages().ShouldBe(["one", "while it is away", "back again"]);
        (hers.Open, kims.Open).ShouldBe((true, true));

        // What is only said and never stored is heard again too.
        var before = hers.Heard.Count;
        await Until(async () => await Typing(kims, hers, it, before), "Typing is heard at the other node again.");
    }

    /// <summary>Each question to it is given up after ten seconds, and a message asks three before it is refused. Before, each waited for the driver's own half minute, and one after another: the twenty took 51 s.</summary>
    [SkippableFact, Trait("row", "BX3")]
    public async Task BX3_A_store_that_stands_still_is_said_to_be_away_to_all_who_wait_at_once()
    {
        Skip.If(PostgresServer.Missing is not null, PostgresServer.Missing);
        await using var postgres = await PostgresServer.Start();
        await using var pair = await Pair.On(new PostgresEngine(await postgres.NewDatabase()));
        var ana = await pair.Customer(pair.A);
        var it = await ana.Write("one");
        await postgres.Freeze();
        var began = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => ana.Post(Messages(it), Said($"{n}", $"word {n}"))));
        var took = Stopwatch.GetElapsedTime(began);
        output.WriteLine($"said after {took.TotalSeconds:0.0} s");
        await postgres.Thaw();
        // Where it fell asleep over a COMMIT nobody knows what became of it, and nobody says.
        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter != null);
        answers.Select(answer => answer["code"]).Distinct().ShouldBeSubsetOf(["store.unavailable", "store.unanswered"]);
        took.ShouldBeLessThan(TimeSpan.FromSeconds(48));

        // What stood still may have been done after all: said again, it is there once.
        foreach (var n in Enumerable.Range(0, 20))
        {
            await Until(async () => (await ana.Post(Messages(it), Said($"{n}", $"word {n}"))).Status is HttpStatusCode.Created or HttpStatusCode.OK, $"Word {n} is taken.");
        }

        var texts = (await ana.Read(it)).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Where(entry => entry.GetProperty("type").GetString() == "message").Select(entry => entry.GetProperty("content").GetProperty("text").GetString()!);
        texts.Order().ShouldBe(Enumerable.Range(0, 20).Select(n => $"word {n}").Append("one").Order());
    }

    /// <summary>Its machine lost power or its cable: PostgreSQL hears nothing of that, and kept the lock of the workspace for it for hours.</summary>
    [SkippableFact, Trait("row", "BX3")]
    public async Task BX3_A_node_that_vanishes_in_the_midst_of_writing_keeps_nobody_from_it_for_long()
    {
        await using var pair = await Pair.Start();
        var ana = await pair.Customer(pair.A);
        var it = await ana.Write("one");
        await using var gone = new Parley.Platform.Store.Database(pair.Store());
        var (held, forever) = (new TaskCompletionSource(), new TaskCompletionSource());
        var holding = gone.Write(async session =>
        {
            await session.Query<long>("select position from heads for update");
            held.SetResult();
            await forever.Task;
        });
        await held.Task;
        await Until(async () => (await ana.Post(Messages(it), Said("two", "two"))).Status is HttpStatusCode.Created or HttpStatusCode.OK, "A word is taken.");
        forever.SetResult();
        await Should.ThrowAsync<System.Data.Common.DbException>(holding);
    }

    private static async Task<bool> Typing(Ear kims, Ear hers, string it, int after = 0)
    {
        await kims.Say(new { type = "typing", conversation = it, on = true });
        return hers.Heard.Skip(after).Any(frame => frame.GetProperty("type").GetString() == "signal" && frame.GetProperty("kind").GetString() == "typing");
    }

    /// <summary>Five seconds of it: how often its loops tried, and what the processor did.</summary>
    private async Task Quiet(ParleyProcess node)
    {
        var before = await Figures(node);
        await Task.Delay(TimeSpan.FromSeconds(5));
        var after = await Figures(node);
        var seconds = after.Uptime - before.Uptime;
        output.WriteLine($"{(after.Failed - before.Failed) / seconds:0.0} tries a second failed, {(after.Cpu - before.Cpu) / seconds:P0} of a processor.");
        (after.Failed - before.Failed).ShouldBeGreaterThan(0, "Nobody tried anything: that proves nothing.");
        ((after.Failed - before.Failed) / seconds).ShouldBeLessThan(Tries);
    }

    private static async Task<(double Failed, double Cpu, double Uptime)> Figures(ParleyProcess node)
    {
        using var scraper = new Caller(node.Address);
        var lines = (await scraper.Get("/metrics")).Expect(HttpStatusCode.OK).Text.Split('\n');
        double Sum(string name) => lines.Where(line => line.StartsWith(name, StringComparison.Ordinal)).Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
        return (Sum("parley_rounds_failed_total"), Sum("process_cpu_seconds_total"), Sum("process_uptime_seconds"));
    }

    private static string Messages(string conversation) => $"/v1/widget/conversations/{conversation}/messages";

    private static object Said(string id, string text) => new { clientId = id, content = new { type = "text", text } };

    private static async Task Until(Func<Task<bool>> so, string what)
    {
        for (var i = 0; i < 300; i++)
        {
            if (await so())
            {
                return;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"Not within 30 s: {what}");
    }
}
