using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Parley.Specs.Killing;
using Parley.Specs.Nodes;
using Parley.Tests.Cast;
using Xunit.Abstractions;

namespace Parley.Specs.Operating;

/// <summary>Three nodes. The one that follows the log and gives out the work is killed, or ends in order: how long until the others do.</summary>
[Trait("takes", "long")]
public class TakingOverSpec(ITestOutputHelper output)
{
    /// <summary>Five seconds is the goal, and what is seen is written down; a machine that does ten things at once proves nothing about it.</summary>
    private static readonly TimeSpan Served = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [SkippableFact, Trait("row", "BX3")]
    public async Task BX3_Clients_of_a_killed_node_are_served_by_another_and_its_jobs_are_done_there()
    {
        await using var three = await Three.Start("readers.leaseSeconds=5");
        var (pair, kim) = (three.Pair, three.Kim);
        var ana = await pair.Customer(pair.A);
        var it = await ana.Write("one");
        await using var hers = await Ear.Of(ana);
        await three.Row(it, "one");
        (await pair.Leases()).ShouldNotBeEmpty("The first node holds what there is to hold.");

        var killed = Stopwatch.GetTimestamp();
        await pair.A.Kill();
        using var moved = new Caller(three.C.Address, ana.Bearer);
        await using var again = await Ear.Of(moved, hers.Cursor);
        (await moved.Post($"/v1/widget/conversations/{it}/messages", new { clientId = "two", content = new { type = "text", text = "two" } })).Expect(HttpStatusCode.Created);
        await again.Message("two");
        var served = Say("a client is served by another", killed);
        await three.Row(it, "two");
        Say("lists follow again", killed);
        await using var talk = await three.Talk("Somebody there?");
        await three.Given(talk.Id);
        Say("work is given out again", killed);
        served.ShouldBeLessThan(Served);
        hers.Messages().Concat(again.Messages()).ShouldBe(["two"]);
    }

    [SkippableFact]
    public async Task A_node_that_ends_in_order_hands_its_jobs_on_and_nobody_waits_for_them()
    {
        // Longer than the test has patience: who had to wait for it would be seen.
        await using var three = await Three.Start("readers.leaseSeconds=600", "server.drainSeconds=0");
        var pair = three.Pair;
        await using var first = await three.Talk("one");
        await three.Row(first.Id, "one");
        await three.Given(first.Id);
        (await pair.A.Stop()).Exit.ShouldBe(0);
        var ended = Stopwatch.GetTimestamp();
        await using var second = await three.Talk("two");
        await three.Row(second.Id, "two");
        Say("lists follow again", ended);
        await three.Given(second.Id);
        Say("work is given out again", ended);
    }

    private TimeSpan Say(string what, long since)
    {
        var took = Stopwatch.GetElapsedTime(since);
        output.WriteLine($"{what} after {took.TotalSeconds:0.00} s");
        return took;
    }

    /// <summary>Three nodes, of which the first had everything before the others came; Kim is there, at the second.</summary>
    private sealed class Three(Pair pair, ParleyProcess c, Person kim, Ear ear) : IAsyncDisposable
    {
        public Pair Pair { get; } = pair;

        public ParleyProcess C { get; } = c;

        public Person Kim { get; } = kim;

        public static async Task<Three> Start(params string[] settings)
        {
            var pair = await Pair.Start(settings);
            var third = pair.Node();
            try
            {
                return await Begin(pair, third, settings);
            }
            catch
            {
                await third.DisposeAsync();
                await pair.DisposeAsync();
                throw;
            }
        }

        private static async Task<Three> Begin(Pair pair, ParleyProcess third, string[] settings)
        {
            await Pair.Serve(third, settings);
            var kim = await pair.SignIn(pair.B, "kim@lighthouse.test");
            (await kim.Put($"/v1/inboxes/{pair.Inbox}/policy", new { profile = "blended", hours = "always", autoAccept = true })).Expect(HttpStatusCode.OK);
            (await kim.Put($"/v1/agents/{kim.Id}/capacity", new { units = 20 })).Expect(HttpStatusCode.OK);
            var ear = await Ear.Of(kim);
            (await kim.Put("/v1/me/presence", new { state = "online" })).Expect(HttpStatusCode.OK);
            return new Three(pair, third, kim, ear);
        }

        /// <summary>A customer of the second node who is there and wants to talk.</summary>
        public async Task<Talk> Talk(string text)
        {
            var browser = await Pair.Customer(Pair.B);
            var ear = await Ear.Of(browser);
            return new Talk(await browser.Write(text), ear);
        }

        /// <summary>The list shows this as the last word.</summary>
        public Task Row(string conversation, string text) => Until(conversation, row => row.GetProperty("preview").GetProperty("text").GetString() == text);

        /// <summary>Somebody has it.</summary>
        public Task Given(string conversation) => Until(conversation, row => row.GetProperty("holder").GetProperty("kind").GetString() == "agent");

        public async ValueTask DisposeAsync()
        {
            await ear.DisposeAsync();
            await C.DisposeAsync();
            await Pair.DisposeAsync();
        }

        private async Task Until(string conversation, Func<JsonElement, bool> so)
        {
            for (var since = Stopwatch.GetTimestamp(); ; await Task.Delay(50))
            {
                var rows = (await Kim.Get("/v1/conversations?limit=200")).Expect(HttpStatusCode.OK).Body.GetProperty("items");
                if (rows.EnumerateArray().Any(row => row.GetProperty("id").GetString() == conversation && so(row)))
                {
                    return;
                }

                Stopwatch.GetElapsedTime(since).ShouldBeLessThan(Patience, rows.GetRawText());
            }
        }
    }

    private sealed record Talk(string Id, Ear Ear) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Ear.DisposeAsync();
    }
}
