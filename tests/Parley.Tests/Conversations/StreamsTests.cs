using System.Text;
using System.Text.Json;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Realtime;
using Parley.Tests.Log;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Conversations;

public sealed class StreamsTests
{
    /// <summary>A cursor that is sent is where the client goes on: one that is beyond what could not be caught up loses it for good.</summary>
    [Theory, Trait("row", "BX3")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BX3_What_happens_while_something_cannot_be_caught_up_is_not_told_as_if_it_had_been(bool fails)
    {
        await using var rig = await DeskRig.Start();
        var part = new Catching();
        using var stage = new Greeting(rig, part);
        var wire = new Wire();
        var client = await stage.Streams.Greet(stage.Agent, null, wire);
        var greeted = client.Cursor;
        part.Fails = fails;
        var hearing = stage.Streams.Hear(client, JsonSerializer.SerializeToElement(new { type = "catch" }));
        if (fails)
        {
            await Should.ThrowAsync<InvalidOperationException>(async () => await hearing);
        }
        else
        {
            await hearing;
        }

        client.Live("later"u8.ToArray(), "later");
        wire.Written.Skip(1).ShouldBe(fails ? [] : ["missed", "now", "later"]);
        client.Cursor.ShouldBe(fails ? greeted : "later");
    }

    /// <summary>A part that was never told of it is not told that it is gone: it would count one too few from then on.</summary>
    [Theory, Trait("row", "BX3")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BX3_Who_could_not_be_greeted_is_not_there_and_the_next_is(bool before)
    {
        await using var rig = await DeskRig.Start();
        var part = new Catching { Fails = !before, Unprepared = before };
        using var stage = new Greeting(rig, part);
        var wire = new Wire();
        await Should.ThrowAsync<InvalidOperationException>(() => stage.Streams.Greet(stage.Agent, null, wire));
        (stage.Streams.Open, stage.Streams.Room(rig.Workspace)!.IsEmpty, part.Ended).ShouldBe((0, true, before ? 0 : 1));
        wire.Written.ShouldNotContain("now");
        (part.Fails, part.Unprepared) = (false, false);
        var client = await stage.Streams.Greet(stage.Agent, null, new Wire());
        (stage.Streams.Open, client.Ended).ShouldBe((1, false));
    }

    private sealed class Greeting : IDisposable
    {
        private readonly IDisposable[] _parts;

        public Greeting(DeskRig rig, IStreamPart part)
        {
            var rosters = new Rosters(rig.Database, rig.Desk, rig.Fanout);
            var grants = new Grants(rosters, rig.Fanout);
            Agent = new ProgramPrincipal(rig.Workspace, Id<TokenIds>.New(rig.Time), ["read"]);
            Streams = new Streams([part], rig.Reader, new StreamSettings(), grants, (_, _) => null);
            _parts = [Streams, grants, rosters];
        }

        public Streams Streams { get; }

        public Principal Agent { get; }

        public void Dispose() => Array.ForEach(_parts, part => part.Dispose());
    }

    /// <summary>While it catches something up something happens; then the store is there or it is not.</summary>
    private sealed class Catching : IStreamPart
    {
        public bool Fails { get; set; }

        public bool Unprepared { get; set; }

        public int Ended { get; private set; }

        public IReadOnlyList<string> Takes { get; } = ["catch"];

        public ValueTask Prepare(StreamRoom room) => Unprepared ? throw new InvalidOperationException("The store is away.") : ValueTask.CompletedTask;

        public ValueTask Begin(StreamClient client) => Fails ? Hear(client, "catch", default) : ValueTask.CompletedTask;

        public async ValueTask Hear(StreamClient client, string type, JsonElement said)
        {
            client.Live("now"u8.ToArray(), "now");
            await Task.Yield();
            if (Fails)
            {
                throw new InvalidOperationException("The store is away.");
            }

            client.Send("missed"u8.ToArray(), "missed");
        }

        public void End(StreamClient client) => Ended++;
    }

    private sealed class Wire() : Line(new LineLimits(100, 100_000))
    {
        public List<string> Written { get; } = [];

        protected override ReadOnlyMemory<byte> TooSlow => default;

        protected override ValueTask Write(ReadOnlyMemory<byte> frame)
        {
            Written.Add(Encoding.UTF8.GetString(frame.Span));
            return ValueTask.CompletedTask;
        }

        protected override ValueTask Close() => ValueTask.CompletedTask;

        protected override void Abort()
        {
        }
    }
}
