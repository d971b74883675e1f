namespace Parley.Tests.Cast;

/// <summary>
/// A clock that runs like any other from the morning on which all stories begin (a Monday), and can be put forward. Timers that come due by that fire at once.
/// It can also be turned, as one that was wrong is put right: timers run on as they were.
/// </summary>
public sealed class Clock : TimeProvider
{
    public static readonly DateTimeOffset Morning = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private readonly long _started = System.GetTimestamp();
    private TimeSpan _ahead;
    private TimeSpan _turned;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return Morning + _turned + _ahead + System.GetElapsedTime(_started);
        }
    }

    /// <summary>By which timers go: it never jumps.</summary>
    private DateTimeOffset Steady
    {
        get
        {
            lock (_gate)
            {
                return Morning + _ahead + System.GetElapsedTime(_started);
            }
        }
    }

    /// <summary>Another time is right, earlier or later; no more or less has passed.</summary>
    public void Turn(TimeSpan by)
    {
        lock (_gate)
        {
            _turned += by;
        }
    }

    /// <summary>What is measured by the monotonic clock (rate limits) goes forward as well.</summary>
    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return System.GetTimestamp() + (long)(_ahead.TotalSeconds * System.TimestampFrequency);
        }
    }

    /// <summary>Puts the clock forward.</summary>
    public void Advance(TimeSpan by)
    {
        List<Alarm> alarms;
        lock (_gate)
        {
            _ahead += by;
            alarms = [.. _alarms];
        }

        alarms.ForEach(alarm => alarm.Set());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        lock (_gate)
        {
            _alarms.Add(alarm);
        }

        return alarm;
    }

    /// <summary>A timer of the system that is set anew whenever the clock is put forward.</summary>
    private sealed class Alarm : ITimer
    {
        private readonly Clock _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer _timer;
        private readonly Lock _gate = new();
        private TimeSpan _period = Timeout.InfiniteTimeSpan;
        private DateTimeOffset? _due;

        public Alarm(Clock clock, TimerCallback callback, object? state)
        {
            (_clock, _callback, _state) = (clock, callback, state);
            _timer = System.CreateTimer(static self => ((Alarm)self!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
            {
                _period = period;
                _due = dueTime == Timeout.InfiniteTimeSpan ? null : _clock.Steady + dueTime;
            }

            Set();
            return true;
        }

        public void Set()
        {
            lock (_gate)
            {
                var rest = _due - _clock.Steady;
                _timer.Change(rest is { } wait ? wait > TimeSpan.Zero ? wait : TimeSpan.Zero : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }

        public void Dispose()
        {
            lock (_clock._gate)
            {
                _clock._alarms.Remove(this);
            }

            _timer.Dispose();
        }

        public async ValueTask DisposeAsync()
        {
            Dispose();
            await _timer.DisposeAsync();
        }

        private void Ring()
        {
            bool due;
            lock (_gate)
            {
                // The system's timers may ring a moment early: then it is set for the rest.
                due = _due <= _clock.Steady;
                _due = !due ? _due : _period > TimeSpan.Zero ? _clock.Steady + _period : null;
            }

            if (due)
            {
                _callback(_state);
            }

            Set();
        }
    }
}
