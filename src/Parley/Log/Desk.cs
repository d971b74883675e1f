using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Parley.Platform.Hosting;
using Parley.Platform.Store;

namespace Parley.Log;

/// <summary>How the Desk takes its load.</summary>
public sealed record DeskSettings(
    [Description("Commands that may wait at the door; above it callers are refused with 503."), Range(1, 1_000_000)] int QueueLimit = 10_000,
    [Description("Commands in one transaction at most."), Range(1, 10_000)] int BatchLimit = 500,
    [Description("Milliseconds for which a batch is gathered when the one before was already waiting. Never when idle."), Range(0, 100)] int GatherMs = 2,
    [Description("States of conversations and people kept in memory."), Range(100, 10_000_000)] int CachedStates = 100_000);

/// <summary>
/// The one door. Every change is a command handed to it; many callers share one transaction; a caller is answered when the entries are on disk.
/// A bad command never harms its batch: refusals are answered one by one, a failed transaction is repeated command by command.
/// </summary>
public sealed class Desk : IAsyncDisposable
{
    /// <summary>From how many commands in the last batch on a moment is waited for more. With fewer the disk keeps up, and waiting would only cost time.</summary>
    private const int Many = 16;

    /// <summary>
    /// Whoever waited so long for other nodes' locks asks for them by themselves the next time, and takes along what came meanwhile: nodes in turn then write few large transactions, and
    /// not many small ones.
    /// </summary>
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(2);

    /// <summary>For how long rows of states may be behind the log.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(1);

    private static readonly Refusal Busy = new("server.busy", "The server has too much to do at the moment. Try again shortly.", 503);
    private static readonly Refusal Unavailable = new("store.unavailable", "The store cannot be written at the moment. Nothing was changed; try again shortly.", 503);
    private static readonly Refusal Fault = new("server.fault", "Something went wrong on our side. Nothing was changed.", 500);

    private readonly SubjectKinds _kinds;
    private readonly EntryTypes _types;
    private readonly Database _database;
    private readonly Batching _batching;
    private readonly SharedLooks _looks;
    private readonly Fanout _fanout;
    private readonly DeskSettings _settings;
    private readonly DeskMetrics _metrics;
    private readonly ILogger<Desk> _log;
    private readonly Channel<Pending> _queue;
    private readonly CancellationTokenSource _stop = new();
    private readonly IDisposable? _hearing;
    private bool _crowded;
    private Task? _loop;
    private Task? _following;

    public Desk(Database database, SubjectKinds kinds, EntryTypes types, Fanout fanout, TimeProvider time, DeskSettings settings, DeskMetrics metrics, ILogger<Desk> log)
    {
        (_database, _fanout, _settings, _metrics, _log) = (database, fanout, settings, metrics, log);
        (_kinds, _types) = (kinds, types);
        _batching = new Batching(kinds, types, time, new StateCache(settings.CachedStates));
        _looks = new SharedLooks(database, _batching);
        _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(settings.QueueLimit) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        metrics.QueueLength = () => _queue.Reader.Count;
        _hearing = database.Dialect.OneWriter ? null : fanout.Listen(Hear);
    }

    public void Start() => _loop ??= Task.Run(Run);

    /// <summary>
    /// The same for a process that alone writes to its store, which holds the store's lock: brings the rows of states up to the log, and from then on lets them follow it.
    /// Elsewhere each commit writes them.
    /// </summary>
    public async Task StartAlone()
    {
        if (_following is null && _database.Dialect.OneWriter)
        {
            var rows = await LetFollow();
            _following = Task.Run(() => Follow(rows));
        }

        Start();
    }

    /// <summary>Brings the rows up to the log now, for whoever reads them in the store.</summary>
    internal Task Follow() => _batching.Following?.Follow(_database) ?? Task.CompletedTask;

    /// <summary>From now on rows follow when they are told to. A test does so step by step.</summary>
    internal async Task<StateRows> LetFollow()
    {
        var rows = new StateRows(_kinds, _types);
        if (await rows.Recover(_database) is > 0 and var count)
        {
            _log.LogInformation("States were behind the log by {Count} entries and were brought up to it.", count);
        }

        _batching.Forget();
        return _batching.Following = rows;
    }

    /// <summary>Decides and writes. Comes back when the outcome is durable, refused, or the queue is full (503 <c>server.busy</c>).</summary>
    public ValueTask<Outcome> Handle(Command command) => LogTraces.On ? Traced(command) : Take(new Pending(command));

    private async ValueTask<Outcome> Traced(Command command)
    {
        using var span = LogTraces.Door(command);
        var outcome = await Take(new Pending(command) { Trace = span?.Context ?? default });
        LogTraces.Tell(span, outcome);
        return outcome;
    }

    private ValueTask<Outcome> Take(Pending pending)
    {
        if (_queue.Writer.TryWrite(pending))
        {
            return new(pending.Answer.Task);
        }

        _metrics.Refused("server.busy");
        return new(new Outcome { Refusal = Busy });
    }

    /// <summary>The state of a subject as of its last commit, and its seq (0: does not exist). For facts and for reading one's own writes.</summary>
    public ValueTask<Versioned?> Look(WorkspaceId workspace, Subject subject)
    {
        // An embedded store has one writing process, this one: what it keeps in memory is what was committed last.
        if (_database.Dialect.OneWriter && _batching.Kept(subject) is { } kept)
        {
            return new(kept.Workspace == workspace ? kept : null);
        }

        return new(Read(workspace, subject));
    }

    private async Task<Versioned?> Read(WorkspaceId workspace, Subject subject) =>
        await (_database.Dialect.OneWriter ? _looks.Alone(subject) : _looks.Look(subject)) is { } state && state.Workspace == workspace ? state : null;

    /// <summary>True if a command of this id was done: handed in again it gets its first answer. Asked beside the queue.</summary>
    public Task<bool> Did(Command command) => _database.Read(session => Batching.Did(session, command));

    /// <summary>The same of many subjects at once; those that do not exist are left out. <paramref name="anew"/>: as the store has them, whatever is kept here.</summary>
    public Task<IReadOnlyDictionary<Subject, Versioned>> Look(IReadOnlyList<Subject> subjects, bool anew = false) =>
        !anew && _database.Dialect.OneWriter && Kept(subjects) is { } kept ? Task.FromResult(kept) : _database.Read(session => _batching.Look(session, subjects, anew));

    /// <summary>All of them from memory; null where one is not there.</summary>
    private IReadOnlyDictionary<Subject, Versioned>? Kept(IReadOnlyList<Subject> subjects)
    {
        var found = new Dictionary<Subject, Versioned>(subjects.Count);
        foreach (var subject in subjects)
        {
            if (_batching.Kept(subject) is not { } kept)
            {
                return null;
            }

            found[subject] = kept;
        }

        return found;
    }

    /// <summary>Handles what waits now, as one batch. The loop calls it; a simulation calls it step by step.</summary>
    internal async Task<int> Pump()
    {
        var batch = new List<Pending>();
        while (batch.Count < _settings.BatchLimit && _queue.Reader.TryRead(out var pending))
        {
            batch.Add(pending);
        }

        if (batch.Count > 0)
        {
            await Write(batch);
        }

        return batch.Count;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        if (_loop is not null)
        {
            await _loop;
        }

        await _stop.CancelAsync();
        if (_following is not null)
        {
            await _following;
        }

        _hearing?.Dispose();
        _stop.Dispose();
    }

    private async Task Run()
    {
        var last = 0;
        while (await _queue.Reader.WaitToReadAsync())
        {
            if (last >= Many && _settings.GatherMs > 0 && _queue.Reader.Count < last)
            {
                await Gather();
            }

            last = await Pump();
        }
    }

    private async Task Follow(StateRows rows)
    {
        while (!_stop.IsCancellationRequested)
        {
            await Task.Delay(Behind, _stop.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            if (rows.Owes)
            {
                await Rounds.Do(_log, "states", () => rows.Follow(_database));
            }
        }

        // What came while the last round was on its way.
        if (rows.Owes)
        {
            await Rounds.Do(_log, "states", () => rows.Follow(_database));
        }
    }

    /// <summary>Whatever is in an entry of another node, all who listen after this are told of it.</summary>
    private void Hear(Committed committed)
    {
        try
        {
            _batching.Hear(committed);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            _batching.Forget();
            _log.LogError(error, "What another node wrote up to position {Head} of {Workspace} could not be added to what is known, and is read instead.", committed.Head, committed.Workspace);
        }
    }

    /// <summary>Others were waiting while the last batch was written, so more are on their way: one commit for all of them is cheaper.</summary>
    private async Task Gather() => await Task.Delay(_settings.GatherMs);

    private async Task Write(List<Pending> batch)
    {
        var started = Stopwatch.GetTimestamp();
        using var span = LogTraces.Batch(batch);
        if (!await TryWrite(batch, attempts: 2, _crowded ? Late : null))
        {
            foreach (var pending in batch)
            {
                if (batch.Count == 1 || IsAway(pending.Fault) || !await TryWrite([pending], attempts: 2))
                {
                    pending.Answer.TrySetResult(new Outcome { Refusal = pending.Unsure ? Refusal.Unanswered : pending.Fault is DbException or IOException ? Unavailable : Fault });
                }
            }
        }

        LogTraces.Tell(span, batch);
        _crowded = !_database.Dialect.OneWriter && _batching.Waited > Long;
        _metrics.Batch(batch.Count, Stopwatch.GetElapsedTime(started));

        Pending? Late(IReadOnlySet<WorkspaceId> locked) =>
            batch.Count < _settings.BatchLimit && _queue.Reader.TryPeek(out var next) && locked.Contains(next.Command.Origin.Workspace) && _queue.Reader.TryRead(out next) ? next : null;
    }

    /// <summary>One transaction. A commit of unknown outcome is simply repeated: the commands' ids make that safe.</summary>
    private async Task<bool> TryWrite(List<Pending> batch, int attempts, Func<IReadOnlySet<WorkspaceId>, Pending?>? late = null)
    {
        for (var attempt = 1; attempt <= attempts; attempt++)
        {
            var durable = false;
            try
            {
                var written = await _database.Write(session => _batching.Run(session, batch, late), urgent: true);
                durable = true;
                await Answer(batch, written);
                return true;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                _batching.Forget();
                LogTraces.Fail(Activity.Current, error);
                _log.LogError(error, "A batch of {Count} commands failed, attempt {Attempt}.", batch.Count, attempt);
                batch.ForEach(pending => (pending.Fault, pending.Unsure) = (error, pending.Unsure || durable || error is CommitUnanswered));
                if (error is not DbException and not IOException || IsSilent(error))
                {
                    return false;
                }
            }
        }

        return false;
    }

    /// <summary>The line to the store is gone, which is no command's fault: to try them one by one would keep each of them waiting for all before it.</summary>
    private static bool IsAway(Exception? error) => error is DbException { IsTransient: true, SqlState: null };

    /// <summary>It is there and answers nothing. Whoever waits has waited long enough; they say the same again, and where it was done after all, hear so.</summary>
    internal static bool IsSilent(Exception error) => IsAway(error) && (error is CommitUnanswered { InnerException: { } why } ? why : error).InnerException is TimeoutException;

    private async Task Answer(List<Pending> batch, Written written)
    {
        _batching.Keep(written);
        // Told before answered: a caller's own streams then hear of it no later than the caller does.
        foreach (var committed in written.Committed)
        {
            await _fanout.Publish(committed);
        }

        for (var i = 0; i < batch.Count; i++)
        {
            var outcome = written.Outcomes[i];
            _metrics.Done(batch[i].Command, outcome);
            batch[i].Answer.TrySetResult(outcome);
        }
    }

    internal sealed class Pending(Command command)
    {
        public Command Command { get; } = command;

        /// <summary>Where its sender stands in a trace; default: in none.</summary>
        public ActivityContext Trace { get; init; }

        public TaskCompletionSource<Outcome> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Exception? Fault { get; set; }

        /// <summary>A commit of it was tried and nobody said how that ended: it may have been done.</summary>
        public bool Unsure { get; set; }
    }
}
