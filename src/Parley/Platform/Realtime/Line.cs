namespace Parley.Platform.Realtime;

/// <summary>Wants to know when a frame has left for the other side.</summary>
public interface IReceipt
{
    void Written(long number);
}

/// <summary>How much may wait for one client before it counts as too slow.</summary>
public readonly record struct LineLimits(int Frames, int Bytes);

/// <summary>
/// One connection to one client, as far as it is spoken to. Frames are written in the order in which they were posted, at once where the client keeps
/// up: then nothing is queued and nothing is allocated. A client that does not keep up has a bounded queue, and is cut when it is full.
/// </summary>
public abstract class Line(LineLimits limits)
{
    private readonly Lock _gate = new();
    private Queue<Item>? _waiting;
    private int _bytes;
    private bool _writing;
    private bool _ended;

    /// <summary>Posts a frame from any thread, never waiting. False: the line has ended, or the client was too slow and is now cut.</summary>
    public bool Post(ReadOnlyMemory<byte> frame, IReceipt? receipt = null, long number = 0)
    {
        var item = new Item(frame, receipt, number);
        lock (_gate)
        {
            if (_ended)
            {
                return false;
            }

            if (_writing)
            {
                return Queue(item);
            }

            _writing = true;
        }

        Write(item);
        return true;
    }

    /// <summary>Writes what was posted so far and a last word, then closes.</summary>
    public void End(ReadOnlyMemory<byte> lastWord)
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            (_waiting ??= new()).Enqueue(new Item(lastWord, null, 0));
            _waiting.Enqueue(Item.Close);
            if (_writing)
            {
                return;
            }

            _writing = true;
        }

        if (Next(out var item))
        {
            Write(item);
        }
    }

    /// <summary>Ends at once, saying nothing.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _ended = true;
            _waiting = null;
        }

        Abort();
    }

    protected bool Writing
    {
        get
        {
            lock (_gate)
            {
                return _writing;
            }
        }
    }

    protected abstract ValueTask Write(ReadOnlyMemory<byte> frame);

    /// <summary>Says that nothing more will come.</summary>
    protected abstract ValueTask Close();

    protected abstract void Abort();

    /// <summary>Too slow: the frames that wait give way to the one that says so.</summary>
    protected abstract ReadOnlyMemory<byte> TooSlow { get; }

    private bool Queue(Item item)
    {
        _waiting ??= new();
        if (_waiting.Count >= limits.Frames || _bytes + item.Frame.Length > limits.Bytes)
        {
            _ended = true;
            _waiting.Clear();
            _waiting.Enqueue(new Item(TooSlow, null, 0));
            _waiting.Enqueue(Item.Close);
            return false;
        }

        _waiting.Enqueue(item);
        _bytes += item.Frame.Length;
        return true;
    }

    private bool Next(out Item item)
    {
        lock (_gate)
        {
            if (_waiting is { } waiting && waiting.TryDequeue(out item))
            {
                _bytes -= item.Frame.Length;
                return true;
            }

            // An idle connection keeps nothing.
            (_waiting, _bytes, _writing, item) = (null, 0, false, default);
            return false;
        }
    }

    /// <summary>Writes on the caller's thread for as long as the connection takes it, and goes on by itself when it does not.</summary>
    private void Write(Item item)
    {
        do
        {
            var writing = Begin(item);
            if (!writing.IsCompletedSuccessfully)
            {
                _ = Rest(writing, item);
                return;
            }

            item.Receipt?.Written(item.Number);
        }
        while (Next(out item));
    }

    private async Task Rest(ValueTask writing, Item item)
    {
        try
        {
            do
            {
                await writing;
                item.Receipt?.Written(item.Number);
                if (!Next(out item))
                {
                    return;
                }

                writing = Begin(item);
            }
            while (true);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException or System.Net.WebSockets.WebSocketException)
        {
            // The client is gone; it will catch up on its next connection.
            Cut();
            Next(out _);
        }
    }

    private ValueTask Begin(Item item)
    {
        try
        {
            return item.Closes ? Close() : Write(item.Frame);
        }
        catch (Exception error)
        {
            return ValueTask.FromException(error);
        }
    }

    private readonly record struct Item(ReadOnlyMemory<byte> Frame, IReceipt? Receipt, long Number, bool Closes = false)
    {
        public static readonly Item Close = new(default, null, 0, Closes: true);
    }
}
