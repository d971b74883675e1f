using System.Net;
using System.Text.Json;
using Parley.Platform.Store;
using Parley.Tests.Cast;

namespace Parley.Specs.Nodes;

/// <summary>One node gives the work out at a time. Each of two sleeps through the end of its turn in the midst of it, wakes, and goes on where it believes to be.</summary>
public class RoutersSpec
{
    private const int Units = 2;

    /// <summary>So many have to be given, and done with, for it to prove anything.</summary>
    private const int Enough = 20;

    private int _done;

    [SkippableFact]
    public async Task A_node_that_slept_through_the_end_of_its_turn_gives_nobody_more_than_they_can_and_nothing_twice()
    {
        Skip.If(Environment.GetEnvironmentVariable("PARLEY_TESTS_LONG") is not { Length: > 0 }, "Done by make test-long; what is refused is in DeskSpec.");
        await using var pair = await Pair.Start("live.leaveSeconds=1");
        var kim = await pair.SignIn(pair.A, "kim@lighthouse.test");
        (await kim.Put($"/v1/inboxes/{pair.Inbox}/policy", new { profile = "blended", hours = "always", autoAccept = true, graceSeconds = 600 })).Expect(HttpStatusCode.OK);
        (await kim.Post("/v1/agents", new { name = "Noor", email = "noor@lighthouse.test", password = Pair.Password, role = "agent" })).Expect(HttpStatusCode.Created);
        var noor = await pair.SignIn(pair.B, "noor@lighthouse.test");
        await using var kims = await Ear.Of(kim);
        await using var noors = await Ear.Of(noor);
        foreach (var agent in new[] { kim, noor })
        {
            (await kim.Put($"/v1/agents/{agent.Id}/capacity", new { units = Units })).Expect(HttpStatusCode.OK);
            (await agent.Put("/v1/me/presence", new { state = "online" })).Expect(HttpStatusCode.OK);
        }

        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() => Write(pair, stop.Token));
        var closing = Task.Run(() => Close(pair.At(pair.B, kim), stop.Token));
        // Each twice at least; on a slow machine it takes longer until enough was given.
        for (var round = 0; round < 4 || (Volatile.Read(ref _done) <= Enough && round < 16); round++)
        {
            await Task.Delay(700);
            await (round % 2 == 0 ? pair.A : pair.B).Sleep(TimeSpan.FromSeconds(3));
        }

        await stop.CancelAsync();
        await Task.WhenAll(writing, closing);
        await using var store = new Database(pair.Store());
        (await store.Read(session => session.One<long>("select max(number) from leases where name like 'router:%'"))).ShouldBeGreaterThan(2, "Nobody slept through anything: that proves nothing.");
        await Compare(kim);
    }

    private static async Task Write(Pair pair, CancellationToken stop)
    {
        var ears = new List<Ear>();
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var browser = await pair.Customer(i % 2 == 0 ? pair.A : pair.B);
            ears.Add(await Ear.Of(browser));
            await browser.Write("Hello?");
            await Task.Delay(60, CancellationToken.None);
        }

        foreach (var ear in ears)
        {
            await ear.DisposeAsync();
        }
    }

    /// <summary>Whatever somebody has is soon done with, so that there is always something to give.</summary>
    private async Task Close(Person kim, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var it in (await kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Where(row => row.GetProperty("holder").GetProperty("kind").GetString() == "agent"))
            {
                (await kim.Put($"/v1/conversations/{it.GetProperty("id").GetString()}/closure")).Expect(HttpStatusCode.OK);
                Interlocked.Increment(ref _done);
                await Task.Delay(40, CancellationToken.None);
            }
        }
    }

    /// <summary>The log in the order of commits: at no moment has anybody more than they can, and what one has no other is given.</summary>
    private static async Task Compare(Person kim)
    {
        var holds = new Dictionary<string, string>();
        var (cursor, given) = ("", 0);
        for (var more = true; more;)
        {
            var page = (await kim.Get($"/v1/changes?limit=500{(cursor.Length == 0 ? "" : $"&after={cursor}")}")).Expect(HttpStatusCode.OK).Body;
            foreach (var entry in page.GetProperty("items").EnumerateArray().Where(entry => entry.TryGetProperty("conversation", out _)))
            {
                var (id, type) = (entry.GetProperty("conversation").GetString()!, entry.GetProperty("type").GetString());
                if (type == "accepted")
                {
                    given++;
                    var agent = entry.GetProperty("agent").GetString()!;
                    holds.TryAdd(id, agent).ShouldBeTrue($"{id} was given to two.");
                    holds.Values.Count(holder => holder == agent).ShouldBeLessThanOrEqualTo(Units, $"{agent} was given too much.");
                }
                else if (type == "closed")
                {
                    holds.Remove(id);
                }
            }

            more = page.GetProperty("items").GetArrayLength() > 0;
            cursor = page.GetProperty("next").GetString()!;
        }

        given.ShouldBeGreaterThan(Enough);
    }
}
