using System.Collections.Concurrent;

namespace Parley.Platform.Store;

/// <summary>
/// Small writes of many callers in one transaction: while one is written, those that come gather for the next. One that breaks harms no other: then each is written alone.
/// Whoever waits for theirs has it on disk.
/// </summary>
public sealed class SharedWrites(Database database)
{
    private const int Together = 100;

    private readonly ConcurrentQueue<Waiting> _waiting = new();
    private int _writing;

    /// <param name="change">What to do; it may be done a second time where another one broke the transaction of the first.</param>
    public async Task<T> Write<T>(Func<Session, Task<T>> change)
    {
        T? answer = default;
        var mine = new Waiting(async session => answer = await change(session));
        _waiting.Enqueue(mine);
        if (Interlocked.CompareExchange(ref _writing, 1, 0) == 0)
        {
            _ = Task.Run(Drain);
        }

        await mine.Written.Task;
        return answer!;
    }

    private async Task Drain()
    {
        do
        {
            for (var some = Next(); some.Count > 0; some = Next())
            {
                await Write(some);
            }

            // A full fence: whoever came meanwhile either sees that nobody writes any more, or is seen here.
            Interlocked.Exchange(ref _writing, 0);
        }
        while (!_waiting.IsEmpty && Interlocked.CompareExchange(ref _writing, 1, 0) == 0);
    }

    private List<Waiting> Next()
    {
        var some = new List<Waiting>();
        while (some.Count < Together && _waiting.TryDequeue(out var one))
        {
            some.Add(one);
        }

        return some;
    }

    private async Task Write(List<Waiting> some)
    {
        try
        {
            await database.Write(async session =>
            {
                foreach (var one in some)
                {
                    await one.Change(session);
                }
            });
            some.ForEach(one => one.Written.TrySetResult());
        }
        catch (Exception error) when (some.Count == 1 || error is OutOfMemoryException)
        {
            some.ForEach(one => one.Written.TrySetException(error));
        }
        catch (Exception)
        {
            foreach (var one in some)
            {
                await Write([one]);
            }
        }
    }

    private sealed record Waiting(Func<Session, Task> Change)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
