using System.Text.Json;
using Parley.Conversations;
using Parley.Platform.Realtime;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Simulation;

/// <summary>
/// Somebody at a screen: connects to any node, loses the connection, comes back with its cursor. After every step it has heard exactly what a fresh read
/// would give it: nothing is missing of what its node has been told, nothing comes twice, nothing comes that is not for its eyes.
/// </summary>
internal sealed class Viewer(Principal who)
{
    private readonly Dictionary<ConversationId, List<long>> _heard = [];
    private readonly HashSet<ConversationId> _opened = [];
    private readonly Dictionary<ConversationId, long> _read = [];
    private Wire _wire = new();
    private StreamClient? _client;
    private string? _cursor;

    public Node? At { get; private set; }

    public int Heard => _heard.Values.Sum(seqs => seqs.Count);

    public int Connections { get; private set; }

    public async Task Connect(Node node)
    {
        (At, _wire) = (node, new Wire());
        _client = await node.Streams.Greet(who, _cursor, _wire);
        Connections++;
        Listen();
        foreach (var id in _opened)
        {
            await Open(id);
        }
    }

    /// <summary>An agent opens a conversation, allowed to or not, and goes on after what it has.</summary>
    public async Task Open(ConversationId id)
    {
        _opened.Add(id);
        if (At is { } node)
        {
            Listen();
            await node.Streams.Hear(_client!, JsonSerializer.SerializeToElement(new { type = "open", conversation = id, after = _heard.GetValueOrDefault(id)?.LastOrDefault() ?? 0 }, Parley.Platform.Json.Options));
        }
    }

    /// <summary>The network is cut, or the node died: what it had heard until then, it has.</summary>
    public void Lose()
    {
        Listen();
        At?.Streams.Leave(_client!);
        (At, _client) = (null, null);
    }

    public void Check(Audit audit)
    {
        Listen();
        var told = At?.Streams.Room(audit.Workspace)?.Position.Entries;
        foreach (var (subject, fold) in audit.Folds.Where(pair => pair.Key.Kind == Conversation.Kind))
        {
            var (id, it) = (new ConversationId(subject.Id), (Conversation)fold.State);
            var may = Access.May(who, audit.Workspace, it.Inbox, it.Contact, id) && (who is VisitorPrincipal || _opened.Contains(id));
            var fresh = may ? audit.Of(subject).Where(entry => Access.May(who, entry)).ToList() : [];
            var heard = _heard.GetValueOrDefault(id) ?? [];
            if (who is VisitorPrincipal && it.CustomerSeesFrom is > 0 and var from)
            {
                // What is hidden now may have been heard while it was not.
                heard.Where(seq => seq < from).ShouldBeSubsetOf(fresh.Select(entry => entry.Seq));
                heard = [.. heard.Where(seq => seq >= from)];
                fresh = [.. fresh.Where(entry => entry.Seq >= from)];
            }

            heard.ShouldBe(fresh.Take(heard.Count).Select(entry => entry.Seq), $"{who.Author} heard of {id} what a fresh read would not give.");
            _read.GetValueOrDefault(id).ShouldBeLessThanOrEqualTo(fresh.LastOrDefault()?.Seq ?? 0, "That somebody has read further than a customer may see is not told.");
            if (told is { } position)
            {
                heard.Count.ShouldBeGreaterThanOrEqualTo(fresh.Count(entry => entry.Position <= position), $"{who.Author} misses something of {id}.");
            }
        }
    }

    private void Listen()
    {
        foreach (var frame in _wire.Take())
        {
            _cursor = frame.TryGetProperty("cursor", out var cursor) ? cursor.GetString() : _cursor;
            switch (frame.GetProperty("type").GetString())
            {
                case "event":
                    Hear(frame.GetProperty("entry"));
                    break;
                case "mark":
                    Read(frame);
                    break;
                case "gone" or "bye":
                    throw new ShouldAssertException($"{who.Author} was sent away: {frame}");
            }
        }
    }

    private void Hear(JsonElement entry)
    {
        var id = ConversationId.Parse(entry.GetProperty("conversation").GetString());
        (_heard.TryGetValue(id, out var seqs) ? seqs : _heard[id] = []).Add(entry.GetProperty("seq").GetInt64());
        if (who is VisitorPrincipal)
        {
            entry.GetProperty("visibility").GetString().ShouldBe("public");
            entry.TryGetProperty("position", out _).ShouldBeFalse("A customer is not told how busy the company is.");
        }
    }

    /// <summary>How far somebody has read is told of what one sees oneself, and to a customer never beyond.</summary>
    private void Read(JsonElement mark)
    {
        var id = ConversationId.Parse(mark.GetProperty("conversation").GetString());
        if (who is VisitorPrincipal && mark.GetProperty("kind").GetString() == "seen")
        {
            _read[id] = Math.Max(_read.GetValueOrDefault(id), mark.GetProperty("seq").GetInt64());
        }
        else if (who is AgentPrincipal && mark.GetProperty("kind").GetString() == "delivery")
        {
            _opened.ShouldContain(id);
        }
    }

    /// <summary>A connection that takes everything at once.</summary>
    private sealed class Wire() : Line(new LineLimits(int.MaxValue, int.MaxValue))
    {
        private readonly Queue<JsonElement> _frames = new();

        protected override ReadOnlyMemory<byte> TooSlow => "{\"type\":\"bye\",\"reason\":\"slow\"}"u8.ToArray();

        public IEnumerable<JsonElement> Take()
        {
            while (_frames.TryDequeue(out var frame))
            {
                yield return frame;
            }
        }

        protected override ValueTask Write(ReadOnlyMemory<byte> frame)
        {
            _frames.Enqueue(JsonSerializer.Deserialize<JsonElement>(frame.Span));
            return ValueTask.CompletedTask;
        }

        protected override ValueTask Close() => ValueTask.CompletedTask;

        protected override void Abort()
        {
        }
    }
}
