using System.Net;
using System.Net.WebSockets;
using System.Text;
using Parley.Specs.Nodes;
using Parley.Tests.Cast;

namespace Parley.Specs.Operating;

/// <summary>A node of two is told to end, in the middle of a talk and of a request: nobody who talks waits, and nothing that was begun is cut off.</summary>
[Trait("takes", "long")]
public class DrainSpec
{
    /// <summary>Ten seconds, and what a slow machine needs to end a process.</summary>
    private static readonly TimeSpan Over = TimeSpan.FromSeconds(20);

    [SkippableFact, Trait("row", "PA23")]
    public async Task PA23_A_node_that_ends_says_so_sends_its_streams_to_the_others_and_finishes_what_it_was_asked()
    {
        // Long enough for all that is tried meanwhile, also on a slow machine.
        await using var pair = await Pair.Start("server.drainSeconds=10");
        var ana = await pair.Customer(pair.A);
        var it = await ana.Write("one");
        var kim = await pair.SignIn(pair.B, "kim@lighthouse.test");
        await using var hers = await Ear.Of(ana);
        using var slow = new Slow("""{"clientId":"slow","content":{"type":"text","text":"begun before the end"}}""");
        using var third = new Caller(pair.A.Address, ana.Bearer);
        var begun = third.Send(HttpMethod.Post, $"/v1/widget/conversations/{it}/messages", slow);
        await slow.Begun;

        var ending = pair.A.Stop();
        var bye = await hers.Next("bye");
        (bye.GetProperty("reason").GetString(), bye.GetProperty("retryAfterMs").GetInt32()).ShouldBe(("drain", 0), "The others are there: nobody has to wait.");
        await hers.Ended();

        // It still answers, says that it should be given no work, and lets go of whoever asks; streams it takes no more.
        using var watch = new Caller(pair.A.Address);
        var ready = (await watch.Get("/health/ready")).Refused(HttpStatusCode.ServiceUnavailable, "server.draining");
        (ready.Headers.RetryAfter is not null, ready.Headers.ConnectionClose).ShouldBe((true, true));
        (await watch.Get("/health/live")).Expect(HttpStatusCode.OK);
        await Should.ThrowAsync<WebSocketException>(() => Ear.Dial(ana));
        using var events = new Caller(pair.A.Address, ana.Bearer);
        (await events.Get("/v1/stream/sse")).Refused(HttpStatusCode.ServiceUnavailable, "server.draining");
        (await ana.Say(it, "late, and taken")).Expect(HttpStatusCode.Created);

        // At the other node she goes on where she was.
        using var moved = new Caller(pair.B.Address, ana.Bearer);
        await using var again = await Ear.Of(moved, hers.Cursor);
        await again.Message("late, and taken");
        (await kim.Post($"/v1/conversations/{it}/messages", new { clientId = "two", content = new { type = "text", text = "two" } })).Expect(HttpStatusCode.Created);
        await again.Message("two");

        slow.Finish();
        (await begun).Expect(HttpStatusCode.Created);
        await again.Message("begun before the end");
        (await ending).Exit.ShouldBe(0);
        again.Heard.ShouldNotContain(frame => frame.GetProperty("type").GetString() == "gone");
        hers.Messages().Concat(again.Messages()).ShouldBe(["late, and taken", "two", "begun before the end"]);
    }

    [SkippableFact]
    public async Task Whoever_never_finishes_holds_nobody_up()
    {
        await using var pair = await Pair.Start();
        var ana = await pair.Customer(pair.A);
        var it = await ana.Write("one");
        using var slow = new Slow("""{"clientId":"slow","content":{"type":"text","text":"never said"}}""");
        using var third = new Caller(pair.A.Address, ana.Bearer);
        var begun = third.Send(HttpMethod.Post, $"/v1/widget/conversations/{it}/messages", slow);
        await slow.Begun;
        var (exit, took) = await pair.A.Stop();
        exit.ShouldBe(0);
        took.ShouldBeLessThan(Over);
        slow.Finish();
        try
        {
            // Whoever is cut off is told that it was not done, where they can still be told.
            (await begun).Status.ShouldNotBe(HttpStatusCode.Created);
        }
        catch (HttpRequestException)
        {
            // Or hears nothing any more.
        }

        (await pair.At(pair.B, await pair.SignIn(pair.B, "kim@lighthouse.test")).Get($"/v1/conversations/{it}/timeline")).Expect(HttpStatusCode.OK).Text.ShouldNotContain("never said");
    }

    /// <summary>A body of which the second half comes when it is told to.</summary>
    private sealed class Slow(string text) : HttpContent
    {
        private readonly byte[] _bytes = Encoding.UTF8.GetBytes(text);
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _rest = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public void Finish() => _rest.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var half = _bytes.Length / 2;
            await stream.WriteAsync(_bytes.AsMemory(0, half));
            await stream.FlushAsync();
            _begun.TrySetResult();
            await _rest.Task;
            await stream.WriteAsync(_bytes.AsMemory(half));
        }

        protected override bool TryComputeLength(out long length)
        {
            Headers.ContentType ??= new("application/json");
            length = _bytes.Length;
            return true;
        }
    }
}
