namespace Parley.Tests.Simulation.Week;

/// <summary>A time that goes when it is told to, with timers that ring when it gets there. For one thread.</summary>
internal sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    private readonly PriorityQueue<(Alarm Alarm, int Set), (DateTimeOffset Due, long Order)> _alarms = new();
    private long _order;

    public DateTimeOffset Now { get; set; } = start;

    public DateTimeOffset? Next
    {
        get
        {
            while (_alarms.TryPeek(out var first, out var at))
            {
                if (first.Alarm.Set == first.Set)
                {
                    return at.Due;
                }

                _alarms.Dequeue();
            }

            return null;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    /// <summary>Rings whatever is due by now.</summary>
    public void Ring()
    {
        while (Next is { } due && due <= Now)
        {
            _alarms.Dequeue().Alarm.Ring();
        }
    }

    private sealed class Alarm(VirtualTime time, Action ring) : ITimer
    {
        private TimeSpan _period;

        /// <summary>How often it was set: what was set before counts no more.</summary>
        public int Set { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            (Set, _period) = (Set + 1, period);
            if (dueTime >= TimeSpan.Zero)
            {
                time._alarms.Enqueue((this, Set), (time.Now + dueTime, ++time._order));
            }

            return true;
        }

        public void Ring()
        {
            Set++;
            ring();
            if (_period > TimeSpan.Zero)
            {
                Change(_period, _period);
            }
        }

        public void Dispose() => Set++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>The time as one process has it: of a process that has ended no timer rings any more.</summary>
internal sealed class LivingTime(VirtualTime time) : TimeProvider
{
    public bool Alive { get; set; } = true;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.Now;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(
        it =>
        {
            if (Alive)
            {
                callback(it);
            }
        },
        state, dueTime, period);
}

/// <summary>All that goes on goes on in one thread, one after the other: what was begun is gone on with when it is told to.</summary>
internal sealed class OneThread : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Do, object? State)> _work = new();
    private readonly Lock _gate = new();

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            _work.Enqueue((d, state));
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <summary>Goes on with all that can; false where there was nothing.</summary>
    public bool Run()
    {
        var any = false;
        while (Take() is { } work)
        {
            any = true;
            work.Do(work.State);
        }

        return any;
    }

    private (SendOrPostCallback Do, object? State)? Take()
    {
        lock (_gate)
        {
            return _work.TryDequeue(out var work) ? work : null;
        }
    }
}
