using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Parley.Bench;

/// <summary>What some agents have on their screens, and what came to them.</summary>
internal sealed class Group(string name, string watches)
{
    private static readonly string[] Kinds = ["event", "left", "counts", "mark", "signal"];
    private readonly long[] _frames = new long[Kinds.Length];
    private long _bytes;

    public string Name => name;

    /// <summary>The view beside their own, which every console watches; <c>thread</c>: one conversation is open.</summary>
    public string Watches => watches;

    public List<Wire> Wires { get; } = [];

    public long Frames => _frames.Sum();

    public void Clear()
    {
        Array.Clear(_frames);
        _bytes = 0;
    }

    /// <summary>Signs of life come whatever happens, and are not counted.</summary>
    public void Hear(ReadOnlySpan<byte> frame)
    {
        var head = Encoding.UTF8.GetString(frame[..Math.Min(frame.Length, 24)]);
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            if (head.StartsWith($"{{\"type\":\"{Kinds[kind]}\"", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _frames[kind]);
                Interlocked.Add(ref _bytes, frame.Length);
            }
        }
    }

    /// <summary>For each of them, of each message.</summary>
    public string Of(int messages, double seconds)
    {
        var each = (double)Wires.Count * messages;
        return string.Create(CultureInfo.InvariantCulture,
            $"{name} ({Wires.Count}): {_frames[0] / each:N2} rows or entries, {_frames[3] / each:N2} marks, {(_frames[1] + _frames[4]) / each:N3} other; numbers {_frames[2] / (Wires.Count * seconds):N1} a second; {_bytes / each:N0} bytes");
    }
}

/// <summary>
/// Hundreds of agents with their consoles open beside one busy inbox: what a message costs the server as more of them look at it, or at something else, and what comes to
/// those who do not look, which must be nothing.
/// </summary>
internal sealed class Crowd(Stage stage, Child server, int rate, TimeSpan time) : IAsyncDisposable
{
    private const int Threads = 60;
    private readonly List<string> _ids = [];
    private readonly List<Group> _groups = [];
    private readonly List<CookieContainer> _hired = [];
    private int _seated;
    private int _sent;

    /// <summary>Customers who write, and agents who have signed in and look at nothing yet.</summary>
    public async Task Open(int agents)
    {
        for (var i = 0; i < Threads; i++)
        {
            var token = await stage.Visit();
            var opened = await stage.Post("/v1/widget/conversations", token, new { clientId = "open", content = new { type = "text", text = "Hello" } });
            _ids.Add(opened.GetProperty("conversation").GetProperty("id").GetString()!);
            stage.Lines.Add(new Line($"/v1/widget/conversations/{_ids[^1]}/messages", token));
        }

        _hired.AddRange(await stage.Hire(agents));
    }

    /// <summary>So many more agents look at this.</summary>
    public async Task Seat(string name, string watches, int count)
    {
        var group = _groups.Find(group => group.Name == name);
        if (group is null)
        {
            _groups.Add(group = new Group(name, watches));
        }

        for (var i = 0; i < count; i++)
        {
            var wire = await Wire.Connect(stage.Http.BaseAddress!, _hired[_seated++ % _hired.Count], group.Hear);
            await wire.Send(new { type = "hello" });
            await wire.Send(new { type = "watch", view = "mine" });
            await (watches switch
            {
                "mine" => Task.CompletedTask,
                "thread" => wire.Send(new { type = "open", conversation = _ids[1] }),
                _ => wire.Send(new { type = "watch", view = watches }),
            });
            group.Wires.Add(wire);
        }
    }

    /// <summary>Everybody closes their console.</summary>
    public async Task Clear()
    {
        foreach (var wire in _groups.SelectMany(group => group.Wires))
        {
            await wire.DisposeAsync();
        }

        _groups.Clear();
        // Their colleagues are told that they went, and that is none of what is measured.
        await Task.Delay(TimeSpan.FromSeconds(6));
    }

    /// <summary>At first the runtime compiles, which says nothing of the days after.</summary>
    public async Task Warm(int at, TimeSpan time) => await Write(time, at);

    /// <summary>What a message costs now; a second line for each group tells what came to it.</summary>
    public async Task<string> Measure(string what)
    {
        await Write(TimeSpan.FromSeconds(2), rate);
        await Task.Delay(500);
        _groups.ForEach(group => group.Clear());
        var (used, sent) = (server.Processor(), _sent);
        await Write(time, rate);
        await Task.Delay(500);
        var messages = _sent - sent;
        var spent = (server.Processor() - used) * 1_000;
        var frames = _groups.Sum(group => group.Frames);
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {spent / messages:N2} | {(double)frames / messages:N1} | {(frames > messages * 5 ? $"{spent * 1_000 / frames:N1}" : "")} |"));
        _groups.ForEach(group => text.Append("\n    ").Append(group.Of(messages, time.TotalSeconds)));
        return text.ToString();
    }

    /// <summary>The same frames a message by the relay, to as many who follow one conversation: µs of its processor for each.</summary>
    public static async Task<string> Relayed(int followers, int rate, TimeSpan time)
    {
        await using var relay = await Child.Relay();
        await using var stage = await Stage.Empty(relay.Address, parley: false);
        for (var i = 0; i < followers; i++)
        {
            var follower = await stage.Follow(null);
            await follower.Send(new { type = "open", conversation = "cnv_1" });
            stage.Agents.Add(follower);
        }

        stage.Lines.Add(new Line("/v1/widget/conversations/cnv_1/messages", null));
        await Load.Pace(stage, rate * 4, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        var (used, came) = (relay.Processor(), stage.Agents.Sum(agent => agent.Count));
        await Load.Pace(stage, rate, TimeSpan.Zero, time);
        var frames = stage.Agents.Sum(agent => agent.Count) - came;
        var (spent, messages) = (1_000 * (relay.Processor() - used), frames / followers);
        return string.Create(CultureInfo.InvariantCulture, $"| the bare relay, {followers} who follow one conversation | {spent / messages:N2} | {followers} | {1_000 * spent / frames:N1} |");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var wire in _groups.SelectMany(group => group.Wires))
        {
            await wire.DisposeAsync();
        }
    }

    /// <summary>Every tenth is the first word of somebody new, so that numbers change, too.</summary>
    private async Task Write(TimeSpan time, int rate)
    {
        var (posting, started, sent) = (new List<Task>(), System.Diagnostics.Stopwatch.GetTimestamp(), 0);
        while (System.Diagnostics.Stopwatch.GetElapsedTime(started) < time)
        {
            var due = (int)(System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds * rate);
            for (; sent < due; sent++)
            {
                var number = ++_sent;
                posting.Add(number % 10 == 0 ? Come() : stage.Say(stage.Lines[number * 7 % Threads], new { clientId = $"c{number}", content = new { type = "text", text = $"{number} where does the halyard go once the sail is up?" } }));
            }

            posting.RemoveAll(post => post.IsCompletedSuccessfully);
            await Task.Delay(2);
        }

        await Task.WhenAll(posting);
    }

    private async Task Come() => await stage.Post("/v1/widget/conversations", await stage.Visit(), new { clientId = "open", content = new { type = "text", text = "Hello" } });
}
