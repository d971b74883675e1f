using Parley.Platform.Store;

namespace Parley.Log;

/// <summary>
/// Looks at states of many callers in one question, where each look has to ask the store: while one is asked, those that come gather for the next. None is answered from before it was asked.
/// What is slow or broken is nobody else's: a state that other code folded is folded anew by whoever looks at it.
/// </summary>
internal sealed class SharedLooks(Database database, Batching batching)
{
    private const int Together = 200;

    /// <summary>From how many in the last question on a moment is waited for more: with fewer, waiting would only cost time.</summary>
    private const int Many = 8;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private List<Waiting> _waiting = [];
    private bool _asking;

    /// <summary>The state as of its last commit; null where the subject does not exist.</summary>
    public async Task<Versioned?> Look(Subject subject)
    {
        var mine = new Waiting(subject);
        lock (_gate)
        {
            _waiting.Add(mine);
            if (!_asking)
            {
                _asking = true;
                // Whoever came first is not who asks: neither how long they wait nor their trace is that of the others.
                using (ExecutionContext.SuppressFlow())
                {
                    _ = Task.Run(Drain);
                }
            }
        }

        var (found, alone) = await mine.Answer.Task;
        return alone ? await Alone(subject) : found;
    }

    public async Task<Versioned?> Alone(Subject subject) => (await database.Read(session => batching.Look(session, [subject]))).GetValueOrDefault(subject);

    private async Task Drain()
    {
        Patience.Await();
        for (var some = Next(); some.Count > 0; some = Next())
        {
            await Ask(some);
            if (some.Count >= Many)
            {
                await Task.Delay(Moment);
            }
        }
    }

    private List<Waiting> Next()
    {
        lock (_gate)
        {
            var some = _waiting.Count <= Together ? _waiting : _waiting[..Together];
            _waiting = _waiting.Count <= Together ? [] : _waiting[Together..];
            _asking = some.Count > 0;
            return some;
        }
    }

    private List<Waiting> Meanwhile()
    {
        lock (_gate)
        {
            (var some, _waiting) = (_waiting, []);
            return some;
        }
    }

    private async Task Ask(List<Waiting> some)
    {
        try
        {
            var (found, old) = await database.Read(session => batching.Glance(session, [.. some.Select(one => one.Subject).Distinct()]));
            foreach (var one in some)
            {
                one.Answer.TrySetResult((found.GetValueOrDefault(one.Subject), old.Contains(one.Subject)));
            }
        }
        catch (Exception error) when (Desk.IsSilent(error))
        {
            // Who came meanwhile would wait as long for the same.
            some.ForEach(one => one.Answer.TrySetException(error));
            Meanwhile().ForEach(one => one.Answer.TrySetException(error));
        }
        catch (Exception)
        {
            // Whosesoever fault it is, nobody else has it: each asks alone, and hears of it there.
            some.ForEach(one => one.Answer.TrySetResult((null, true)));
        }
    }

    private sealed record Waiting(Subject Subject)
    {
        public TaskCompletionSource<(Versioned? Found, bool Alone)> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
