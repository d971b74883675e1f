using System.Diagnostics;
using System.Net;
using System.Text;
using Parley.Specs.Nodes;
using Parley.Tests.Cast;
using Xunit.Abstractions;

namespace Parley.Specs.Operating;

/// <summary>Two nodes behind nginx and behind HAProxy, as <c>deploy/</c> sets them up: no session sticks, streams are not kept back, and a node that ends or dies is nobody's concern.</summary>
[Trait("takes", "long")]
public class ProxySpec(ITestOutputHelper output)
{
    /// <summary>Five seconds is the goal, and what is seen is written down; a machine that does ten things at once proves nothing about it.</summary>
    private static readonly TimeSpan Served = TimeSpan.FromSeconds(30);

    [SkippableTheory, Trait("row", "PA23")]
    [InlineData("nginx")]
    [InlineData("haproxy")]
    public async Task PA23_Behind_a_proxy_a_talk_goes_on_while_one_node_ends_and_the_other_is_killed(string name)
    {
        string[] believed = ["server.trustedProxies=127.0.0.1", "readers.leaseSeconds=2"];
        await using var pair = await Pair.Start(believed);
        await using var proxy = await Proxy.Before(name, pair.A.Address, pair.B.Address);
        using var kim = new Person(proxy.Address);
        (await kim.Post("/v1/session", new { email = "kim@lighthouse.test", password = Pair.Password })).Expect(HttpStatusCode.Created);
        using var ana = new Browser(proxy.Address, pair.Inbox);
        (await ana.Begin()).Expect(HttpStatusCode.Created);
        var it = await ana.Write("one");
        var hers = await Ear.Of(ana);
        var (heard, cursor) = (new List<string>(), "");
        async Task<TimeSpan> Move(Func<Task> cause)
        {
            await cause();
            var since = Stopwatch.GetTimestamp();
            await hers.Ended();
            heard.AddRange(hers.Messages());
            cursor = hers.Cursor;
            await hers.DisposeAsync();
            hers = await Come(ana, cursor);
            var took = Stopwatch.GetElapsedTime(since);
            output.WriteLine($"{name}: heard again after {took.TotalSeconds:0.00} s");
            return took;
        }

        await Said(kim, it, "two");
        await hers.Message("two");
        await Events(ana, kim, it);

        // Each ends in order, once, and comes back: wherever she is, she moves.
        var moved = 0;
        foreach (var node in new[] { pair.A, pair.B })
        {
            var ending = node.Stop();
            if (await Bye(hers, ending))
            {
                moved++;
                (await Move(() => Task.CompletedTask)).ShouldBeLessThan(Served);
            }

            await Said(kim, it, $"while {moved} moved and one is away");
            (await ending).Exit.ShouldBe(0);
            (await ana.Say(it, $"{node.Address.Port}")).Expect(HttpStatusCode.Created);
            await hers.Message($"{node.Address.Port}");
            await Pair.Serve(node, believed);
            await Until(async () => (await ana.Get("/health/ready")).Status == HttpStatusCode.OK);
        }

        moved.ShouldBePositive("She was on neither: that proves nothing.");
        await pair.A.Kill();
        if (!await StillThere(hers, kim, it))
        {
            (await Move(() => Task.CompletedTask)).ShouldBeLessThan(Served);
        }

        for (var i = 0; i < 6; i++)
        {
            // Whoever would have been next, the other answers.
            await Said(kim, it, $"after the death {i}");
        }

        await hers.Message("after the death 5");
        heard.AddRange(hers.Messages());
        heard.ShouldBe(heard.Distinct());
        heard.Count(text => text.StartsWith("after the death", StringComparison.Ordinal)).ShouldBe(6);
        await hers.DisposeAsync();
    }

    /// <summary>True when the stream was sent away before the node had ended; false where it is on the other.</summary>
    private static async Task<bool> Bye(Ear ear, Task ending)
    {
        while (!ending.IsCompleted)
        {
            if (ear.Heard.Any(frame => frame.GetProperty("type").GetString() == "bye"))
            {
                ear.Heard.Single(frame => frame.GetProperty("type").GetString() == "bye").GetProperty("reason").GetString().ShouldBe("drain");
                return true;
            }

            await Task.Delay(20);
        }

        return !ear.Open;
    }

    private static async Task<bool> StillThere(Ear ear, Person kim, string it)
    {
        await Said(kim, it, "anybody?");
        await Until(() => Task.FromResult(!ear.Open || ear.Messages().Contains("anybody?")));
        return ear.Messages().Contains("anybody?");
    }

    /// <summary>As the client does: again after a moment where it is refused.</summary>
    private static async Task<Ear> Come(Caller who, string cursor)
    {
        while (true)
        {
            try
            {
                return await Ear.Of(who, cursor);
            }
            catch (Exception error) when (error is System.Net.WebSockets.WebSocketException or TimeoutException)
            {
                await Task.Delay(250);
            }
        }
    }

    /// <summary>Where WebSockets are forbidden: each line of the other way comes at once, not when a buffer is full.</summary>
    private static async Task Events(Browser ana, Person kim, string it)
    {
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = ana.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", ana.Bearer);
        await using var stream = await http.GetStreamAsync("/v1/stream/sse");
        using var lines = new StreamReader(stream, Encoding.UTF8);
        (await lines.ReadLineAsync()).ShouldNotBeNull().ShouldContain("hello");
        await Said(kim, it, "by events");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!(await lines.ReadLineAsync(patience.Token)).ShouldNotBeNull().Contains("by events", StringComparison.Ordinal))
        {
        }
    }

    /// <summary>As the client does: what was not answered goes again under its id, and is said once.</summary>
    private static async Task Said(Person kim, string it, string text)
    {
        for (var tries = 0; ; tries++)
        {
            var answer = await kim.Post($"/v1/conversations/{it}/messages", new { clientId = text, content = new { type = "text", text } });
            if (answer.Status is HttpStatusCode.Created or HttpStatusCode.OK)
            {
                return;
            }

            ((int)answer.Status).ShouldBeGreaterThanOrEqualTo(500, answer.Text);
            tries.ShouldBeLessThan(20, answer.Text);
            await Task.Delay(250);
        }
    }

    private static async Task Until(Func<Task<bool>> so)
    {
        for (var i = 0; i < 400; i++)
        {
            if (await so())
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("Not within 20 s.");
    }
}
