namespace Parley.Platform.Store;

/// <summary>
/// The one lane that writes of an engine with one writer take: urgent ones (the Desk) go before all that wait, so that a reader's slice delays a
/// customer's message by one slice at most. Elsewhere it lets everybody pass.
/// </summary>
public sealed class WriteLane(bool single)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _urgent = [];
    private readonly LinkedList<TaskCompletionSource> _others = [];
    private bool _taken;

    public ValueTask Enter(bool urgent)
    {
        if (!single)
        {
            return ValueTask.CompletedTask;
        }

        lock (_gate)
        {
            if (!_taken)
            {
                _taken = true;
                return ValueTask.CompletedTask;
            }

            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (urgent ? _urgent : _others).AddLast(turn);
            return new ValueTask(turn.Task);
        }
    }

    public void Leave()
    {
        if (!single)
        {
            return;
        }

        TaskCompletionSource? next;
        lock (_gate)
        {
            var line = _urgent.Count > 0 ? _urgent : _others;
            next = line.First?.Value;
            if (next is null)
            {
                _taken = false;
                return;
            }

            line.RemoveFirst();
        }

        next.SetResult();
    }
}
