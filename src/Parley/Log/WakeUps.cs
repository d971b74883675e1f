using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Platform.Hosting;
using Parley.Platform.Store;

namespace Parley.Log;

/// <summary>Gives the wake-ups of a kind of subjects what they must know of the moment.</summary>
public interface IWaker
{
    string Kind { get; }

    ValueTask<Command> Prepare(Command wake);
}

/// <summary>
/// Issues the wake command of every subject whose row is due. Any node may, several may at once: a doubled wake finds nothing that is due any more, and a late
/// one does what is due then. Each is a wish of its own: where the clock was put back, the same time comes twice.
/// </summary>
public sealed class WakeUps(Database database, Desk desk, SubjectKinds kinds, TimeProvider time, ILogger<WakeUps> log, IEnumerable<IWaker>? wakers = null) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, IWaker> _wakers = (wakers ?? []).ToDictionary(waker => waker.Kind);

    /// <summary>Wakes what is due now; returns how many.</summary>
    public async Task<int> Fire()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var due = await database.Read(session => session.Query<(byte[] Subject, string Kind, byte[] Workspace, long Due)>(
            "select subject, kind, workspace, due from wakeups where due <= @now order by due limit 500", new { now }));
        var outcomes = await Task.WhenAll(due.Select(row => Wake(row.Subject, row.Kind, row.Workspace, row.Due)));
        return outcomes.Length;
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var done = await Rounds.Do(log, "wakeUps", Fire, stop);
            await Task.Delay(done ? Pause : Pause * 4, time, stop);
        }
    }

    /// <summary>What goes wrong with one keeps none of the others asleep.</summary>
    private async Task<Outcome> Wake(byte[] id, string kind, byte[] workspace, long due)
    {
        var subject = new Subject(kind, new Guid(id, bigEndian: true));
        var origin = new Origin(WorkspaceId.From(workspace), Author.System, $"wake:{due}:{Guid.CreateVersion7(time.GetUtcNow()):N}") { Trigger = new Trigger(Timer: "wake") };
        var command = kinds[kind].WakeCommand(subject, origin) ?? throw new InvalidOperationException($"A {kind} has a wake-up row but no wake command.");
        return await desk.Handle(_wakers.TryGetValue(kind, out var waker) ? await waker.Prepare(command) : command);
    }
}
