using System.Collections.Concurrent;
using System.Text.Json;
using Parley.Conversations;
using Parley.Workspaces;

namespace Parley.Routing;

/// <summary>
/// Tells customers who are connected and wait where they stand, and how long it is likely to take: a signal, neither stored nor resumed, at most every five
/// seconds, and every place only below ten. Told where the inbox shows its queue, and to who asked to talk now.
/// </summary>
internal sealed class Places : IStreamPart, IDisposable
{
    private const int Counted = 10;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<WorkspaceId, DateTimeOffset> _due = new();
    private readonly ConcurrentDictionary<ConversationId, Told> _told = new();
    private readonly Lazy<Streams> _streams;
    private readonly Halls _halls;
    private readonly Ongoing _ongoing;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private DateTimeOffset _rings = DateTimeOffset.MaxValue;

    public Places(Lazy<Streams> streams, Halls halls, Ongoing ongoing, TimeProvider time)
    {
        (_streams, _halls, _ongoing, _time) = (streams, halls, ongoing, time);
        _timer = time.CreateTimer(_ => Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        halls.Listen(Hear);
        ongoing.Listen(change =>
        {
            if (change.After is not { Mode: Mode.Waiting })
            {
                _told.TryRemove(change.Id, out _);
            }
        });
    }

    public IReadOnlyList<string> Takes { get; } = [];

    public ValueTask Begin(StreamClient client)
    {
        if (client.Who is VisitorPrincipal visitor)
        {
            var theirs = visitor.Contacts.SelectMany(contact => _ongoing.Of(visitor.Workspace, contact)).Where(pair => Shows(pair.Value)).Select(pair => pair.Key);
            foreach (var (id, place, range) in _halls.Places(visitor.Workspace, theirs.ToList()))
            {
                client.Send(Frame(id, Told.Of(place, range)));
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask Hear(StreamClient client, string type, JsonElement said) => ValueTask.CompletedTask;

    public void Dispose() => _timer.Dispose();

    /// <summary>Something has changed: at once where nothing was told for a while, else when that is over.</summary>
    private void Hear(WorkspaceId workspace)
    {
        var now = _time.GetUtcNow();
        var due = _due.AddOrUpdate(workspace, now, (_, before) => before > now ? before : before + Pace > now ? before + Pace : now);
        lock (_told)
        {
            if (due < _rings)
            {
                _rings = due;
                _timer.Change(due > now ? due - now : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Tell()
    {
        var now = _time.GetUtcNow();
        var next = DateTimeOffset.MaxValue;
        foreach (var (workspace, due) in _due)
        {
            if (due <= now)
            {
                Tell(workspace);
                _due.TryUpdate(workspace, now, due);
            }
            else
            {
                next = due < next ? due : next;
            }
        }

        lock (_told)
        {
            _rings = next;
            _timer.Change(next == DateTimeOffset.MaxValue ? Timeout.InfiniteTimeSpan : next - now, Timeout.InfiniteTimeSpan);
        }
    }

    private void Tell(WorkspaceId workspace)
    {
        if (_streams.Value.Room(workspace) is not { } room)
        {
            return;
        }

        foreach (var (id, place, range) in _halls.Places(workspace))
        {
            var standing = Told.Of(place, range);
            if (_ongoing.Find(workspace, id) is { } it && Shows(it) && _told.GetValueOrDefault(id) != standing)
            {
                _told[id] = standing;
                var frame = Frame(id, standing);
                foreach (var client in room.Followers(id).Where(client => client.Audience == Audience.Customer))
                {
                    client.Live(frame);
                }
            }
        }
    }

    private static bool Shows(Conversation it) => it.Policy.ShowsQueue || it.Queue is { Asked: true };

    private static byte[] Frame(ConversationId id, Told standing) => StreamFrames.Of("signal", (id, standing), static (writer, frame) =>
    {
        writer.WriteString("kind"u8, "queue"u8);
        writer.WriteString("conversation"u8, frame.id.ToString());
        writer.WriteNumber("place"u8, frame.standing.Place);
        if (frame.standing.More)
        {
            writer.WriteBoolean("more"u8, true);
        }

        if (frame.standing is { Low: { } low, High: { } high })
        {
            writer.WriteStartObject("waitSeconds"u8);
            writer.WriteNumber("low"u8, low);
            writer.WriteNumber("high"u8, high);
            writer.WriteEndObject();
        }
    });

    /// <summary>What a customer is told. From the tenth place on only that: a number that hardly moves helps nobody.</summary>
    private sealed record Told(int Place, bool More, int? Low, int? High)
    {
        public static Told Of(int place, (TimeSpan Low, TimeSpan High)? range) => new(
            Math.Min(place, Counted),
            place >= Counted,
            range is { Low: var low } ? Whole(low, up: false) : null,
            range is { High: var high } ? Whole(high, up: true) : null);

        /// <summary>Nobody knows seconds of a wait: tens of them below two minutes, then minutes, the range never made smaller.</summary>
        private static int Whole(TimeSpan wait, bool up)
        {
            var step = wait < TimeSpan.FromMinutes(2) ? 10 : 60;
            return (int)(up ? Math.Ceiling(wait.TotalSeconds / step) : Math.Floor(wait.TotalSeconds / step)) * step;
        }
    }
}
