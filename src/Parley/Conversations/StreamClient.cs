using Parley.Platform.Realtime;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>Where a client has got to: in the log, and in the changes of rows, which follow the log at a speed of their own.</summary>
public readonly record struct StreamPosition(long Entries, long Summaries);

/// <summary>A client that follows one conversation. Of what came twice, once live and once caught up, the second is dropped.</summary>
internal sealed class Subscription(StreamClient client, IReceipt receipt)
{
    public StreamClient Client { get; } = client;

    /// <summary>Told when a message of the other side has left for this client.</summary>
    public IReceipt Receipt { get; } = receipt;

    /// <summary>The last entry that was sent. Read and written under the client's lock.</summary>
    public long Last { get; set; }
}

/// <summary>
/// One stream of one client. Every frame that tells of something new bears a cursor; the client may say the last one it heard when it comes back,
/// so a cursor must never run ahead of what was sent: while something is being caught up, live frames wait.
/// </summary>
public sealed class StreamClient
{
    private const int MostHeld = 2_000;

    private readonly Lock _gate = new();
    private readonly Lock _keeping = new();
    private readonly Line _line;
    private List<Held>? _held;
    private int _holds;
    private Dictionary<object, object>? _kept;

    internal StreamClient(long number, Principal who, StreamRoom room, Line line) => (Number, Who, Room, _line) = (number, who, room, line);

    /// <summary>Rises from client to client of this process.</summary>
    public long Number { get; }

    public Principal Who { get; }

    public StreamRoom Room { get; }

    public Audience Audience => Who is VisitorPrincipal ? Audience.Customer : Audience.Agent;

    /// <summary>Where the client said that it left off; null if it begins anew, or said something that is not ours.</summary>
    public StreamPosition? Resumed { get; internal set; }

    /// <summary>Where the workspace stood when the client was greeted: what is written from there on is told.</summary>
    public StreamPosition Began { get; internal set; }

    /// <summary>
    /// Where what this client says now begins: soon after its greeting where it said that it left off, for what it watches it says only then; later
    /// where the last frame left it. Null if it begins anew.
    /// </summary>
    public StreamPosition? Left => Fresh ? Resumed : Read(Cursor);

    /// <summary>The second of the process in which it was greeted.</summary>
    internal long Greeted { get; init; }

    /// <summary>True until the client has been told a beat: what it says meanwhile belongs to its greeting.</summary>
    internal bool Fresh { get; set; } = true;

    /// <summary>How many parts know of it: those are told that it is gone, and no others.</summary>
    internal int Entered { get; set; }

    /// <summary>The last cursor that was sent.</summary>
    public string Cursor { get; private set; } = "";

    /// <summary>True once it has left.</summary>
    public bool Ended { get; internal set; }

    /// <summary>True while the client gets what happens in a conversation.</summary>
    public bool Follows(ConversationId id) => Kept(id) is not null;

    /// <summary>What a part keeps for this client under a key of its own; null if nothing. An idle client has not even an empty table.</summary>
    public object? Kept(object key)
    {
        lock (_keeping)
        {
            return _kept?.GetValueOrDefault(key);
        }
    }

    public void Keep(object key, object value)
    {
        lock (_keeping)
        {
            (_kept ??= [])[key] = value;
        }
    }

    /// <summary>What was kept under the key until now.</summary>
    public object? Drop(object key)
    {
        lock (_keeping)
        {
            object? kept = null;
            _kept?.Remove(key, out kept);
            return kept;
        }
    }

    internal List<object> KeptKeys()
    {
        lock (_keeping)
        {
            return [.. _kept?.Keys.AsEnumerable() ?? []];
        }
    }

    /// <summary>The position that a cursor of this workspace stands for; null for any other.</summary>
    public StreamPosition? Read(string? cursor) => Room.Read(cursor);

    /// <summary>Sends a frame that answers or catches up: at once, before all live ones.</summary>
    public void Send(byte[] frame, string? cursor = null)
    {
        lock (_gate)
        {
            Cursor = cursor ?? Cursor;
            _line.Post(frame);
        }
    }

    /// <summary>Sends what happens now.</summary>
    public void Live(byte[] frame, string? cursor = null) => Live(new Held(frame, cursor, null, 0, false));

    /// <summary>Ends the stream with a reason that the client can act on.</summary>
    public void Bye(string reason, int retryAfterMs = 0) => _line.End(StreamFrames.Bye(reason, retryAfterMs));

    /// <summary>Tells the client to drop what it kept and to begin anew.</summary>
    public void Gone() => Send(StreamFrames.Gone);

    /// <summary>Sends an entry that was written now.</summary>
    internal void Live(byte[] frame, string cursor, Subscription to, long seq, bool delivers) => Live(new Held(frame, cursor, to, seq, delivers));

    /// <summary>Sends an entry that was missed, before all live ones, unless it has been sent.</summary>
    internal void Missed(byte[] frame, string? cursor, Subscription to, long seq, bool delivers)
    {
        lock (_gate)
        {
            Post(new Held(frame, cursor, to, seq, delivers));
        }
    }

    /// <summary>Begins again at a seq that the client names.</summary>
    internal void Rewind(Subscription to, long after)
    {
        lock (_gate)
        {
            to.Last = after;
        }
    }

    internal void Hold()
    {
        lock (_gate)
        {
            _holds++;
            _held ??= [];
        }
    }

    internal void Release()
    {
        lock (_gate)
        {
            if (--_holds > 0 || _held is not { } held)
            {
                return;
            }

            _held = null;
            held.ForEach(Post);
        }
    }

    internal void Cut() => _line.Cut();

    private void Live(in Held frame)
    {
        lock (_gate)
        {
            if (_held is null)
            {
                Post(frame);
                return;
            }

            _held.Add(frame);
            if (_held.Count > MostHeld)
            {
                // It will come back and catch up; keeping more for it would make its slowness ours.
                _held.Clear();
                _line.End(StreamFrames.Bye("slow", 0));
            }
        }
    }

    private void Post(Held frame)
    {
        if (frame.To is { } to)
        {
            if (frame.Seq <= to.Last)
            {
                return;
            }

            to.Last = frame.Seq;
        }

        Cursor = frame.Cursor ?? Cursor;
        _line.Post(frame.Frame, frame.Delivers ? frame.To!.Receipt : null, frame.Seq);
    }

    private readonly record struct Held(byte[] Frame, string? Cursor, Subscription? To, long Seq, bool Delivers);
}
