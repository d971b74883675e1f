using System.Diagnostics;
using Parley.Chaos.Clients;
using Parley.Chaos.Staging;
using Parley.Emulators;

namespace Parley.Chaos.Faults;

/// <param name="Began">When it really began, by <see cref="Stopwatch"/>.</param>
/// <param name="Ended">When it was mended, as far as the test mends it.</param>
/// <param name="Alone">Nothing else was done meanwhile, and all was well before.</param>
public sealed record Done(Fault Fault, long Began, long Ended, bool Alone);

/// <summary>Does what the plan has, each in its time and beside the others, and mends it.</summary>
internal sealed class Doing(Stage stage, Witness witness)
{
    private readonly SemaphoreSlim _store = new(1, 1);
    private readonly List<Done> _done = [];

    public IReadOnlyList<Done> All
    {
        get
        {
            lock (_done)
            {
                return [.. _done.OrderBy(done => done.Began)];
            }
        }
    }

    public async Task Run(IReadOnlyList<Fault> plan)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(plan.Select(async fault =>
        {
            var wait = fault.At - Stopwatch.GetElapsedTime(started);
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            await Do(fault, alone: false);
        }));
        stage.Stations.ForEach(station => station.Turn(0));
    }

    /// <summary>One after the other.</summary>
    /// <param name="well">Waits until all is well again, since then.</param>
    public async Task Run(IReadOnlyList<Fault> plan, Func<long, Task> well)
    {
        foreach (var fault in plan)
        {
            await Do(fault, alone: true);
            await well(Stopwatch.GetTimestamp());
        }
    }

    private async Task Do(Fault fault, bool alone)
    {
        var began = 0L;
        await One(fault, () =>
        {
            began = Stopwatch.GetTimestamp();
            witness.Note($"{fault.Kind}{(Everywhere(fault.Kind) ? "" : $" of node {fault.Node + 1}")}{(fault.Kind == FaultKind.Clock ? $" by {fault.Size} s" : "")}{(Lasts(fault.Kind) ? $" for {fault.Lasts.TotalSeconds:0.0} s" : "")}{(alone ? ", alone" : "")}");
        });
        lock (_done)
        {
            _done.Add(new Done(fault, began, Stopwatch.GetTimestamp(), alone));
        }

        witness.Note($"{fault.Kind} is over");
    }

    /// <param name="begun">Called when it begins: some wait for another to be over first.</param>
    private async Task One(Fault fault, Action begun)
    {
        var station = stage.Stations[fault.Node];
        if (fault.Kind is not (FaultKind.Kill or FaultKind.Restart or FaultKind.StoreRestart or FaultKind.StoreFreeze or FaultKind.StoreFull or FaultKind.Restore))
        {
            begun();
        }

        await (fault.Kind switch
        {
            FaultKind.Kill => station.KillAndServe(begun),
            FaultKind.Restart => station.StopAndServe(begun),
            FaultKind.Freeze => Between(station.Freeze, fault, station.Thaw),
            FaultKind.Cut => Between(station.Cut, fault, station.Mend),
            FaultKind.DiskFull => Between(() => Now(stage.Disk!.Fill), fault, () => Now(stage.Disk!.Empty)),
            FaultKind.StoreRestart => Store(begun, () => Between(stage.Postgres!.Stop, fault, stage.Postgres!.Again)),
            FaultKind.StoreFreeze => Store(begun, () => Between(stage.Postgres!.Freeze, fault, stage.Postgres!.Thaw)),
            FaultKind.StoreFull => Store(begun, () => Between(() => Now(stage.Disk!.Fill), fault, Emptied)),
            // Put right again: a receiver outside takes nothing that was signed an hour from now.
            FaultKind.Clock => Between(() => Now(() => station.Turn(fault.Size)), fault, () => Now(() => station.Turn(0))),
            FaultKind.Receiver => Receiver(fault),
            FaultKind.Restore => Store(() => { }, () => stage.Restore(begun)),
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        });
    }

    private static bool Everywhere(FaultKind kind) => kind is FaultKind.StoreFreeze or FaultKind.StoreRestart or FaultKind.StoreFull or FaultKind.Restore or FaultKind.Receiver;

    private static bool Lasts(FaultKind kind) => kind is not (FaultKind.Kill or FaultKind.Restart or FaultKind.Restore);

    /// <summary>It takes and its answer is lost, then it is down: what was sent is sent again, and must be told by its id to be the same.</summary>
    private async Task Receiver(Fault fault)
    {
        foreach (var house in stage.Houses)
        {
            house.Receiver.Faults.Add(new Emulators.Fault(Emulators.FaultKind.Lost, Times: 3));
            house.Receiver.Faults.Add(new Emulators.Fault(Emulators.FaultKind.Down, Seconds: (int)Math.Ceiling(fault.Lasts.TotalSeconds)));
        }

        await Task.Delay(fault.Lasts);
    }

    /// <summary>A server that found no room for its journal has fallen, and is started by whoever made room.</summary>
    private async Task Emptied()
    {
        stage.Disk!.Empty();
        await stage.Postgres!.Recovered();
    }

    private static async Task Between(Func<Task> begin, Fault fault, Func<Task> end)
    {
        await begin();
        await Task.Delay(fault.Lasts);
        await end();
    }

    private static Task Now(Action what)
    {
        what();
        return Task.CompletedTask;
    }

    /// <summary>One at a time: a server that stands still cannot be told to end.</summary>
    private async Task Store(Action begun, Func<Task> what)
    {
        await _store.WaitAsync();
        try
        {
            begun();
            await what();
        }
        finally
        {
            _store.Release();
        }
    }
}
