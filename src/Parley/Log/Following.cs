using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Log.Readers;
using Parley.Platform.Store;

namespace Parley.Log;

/// <summary>Runs every reader of the product, tells how far they are, and has them start anew.</summary>
public sealed class Following : BackgroundService
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private readonly List<ReaderLoop> _loops;
    private readonly RecentEntries _recent = new();
    private readonly IDisposable _listening;

    public Following(IEnumerable<IReader> readers, Database database, LogReader entries, Fanout fanout, ReaderSettings settings, TimeProvider time,
        System.Diagnostics.Metrics.IMeterFactory meters, ILogger<Following> log)
    {
        var old = new OldEntries(entries, time);
        _loops = [.. readers.Select(reader => new ReaderLoop(reader, database, old, _recent, settings, time, log))];
        _listening = fanout.Listen(Hear);
        new ReaderMetrics(meters).Watch(_loops);
    }

    /// <summary>The position up to which a reader has worked in the log.</summary>
    public async Task<long> Position(string reader, WorkspaceId workspace) => Math.Max(0, await Position(Loop(reader), workspace));

    /// <summary>Waits until a reader has worked in a position, for whoever wants to read what they have just written. False when it did not get there in time.</summary>
    public async Task<bool> Reached(string reader, WorkspaceId workspace, long position, TimeSpan patience)
    {
        var loop = Loop(reader);
        var waited = TimeSpan.Zero;
        while (await Position(loop, workspace) < position)
        {
            if (waited >= patience)
            {
                return false;
            }

            loop.Hurry();
            await Task.Delay(waited < Glance ? TimeSpan.FromMilliseconds(2) : Glance);
            waited += waited < Glance ? TimeSpan.FromMilliseconds(2) : Glance;
        }

        return true;
    }

    /// <summary>Has a reader delete all it has and read the log from the beginning, in slices, while everything else goes on. Whichever node runs it does.</summary>
    /// <exception cref="ArgumentException">There is no reader of that name.</exception>
    public async Task Rebuild(string reader)
    {
        var loop = Loop(reader);
        await loop.Reader.Prepare();
        await loop.Reader.Store.Write(session => Cursors.Restart(session, reader));
        loop.Forget();
    }

    public IEnumerable<string> Names => _loops.Select(loop => loop.Reader.Name);

    /// <summary>One slice of every reader; the most entries that any took. A simulation calls it step by step.</summary>
    internal async Task<int> Step()
    {
        var most = 0;
        foreach (var loop in _loops)
        {
            most = Math.Max(most, await loop.Step());
        }

        return most;
    }

    /// <summary>What every loop does after a quiet while: a word may have been lost, so look for oneself.</summary>
    internal void LookAgain() => _loops.ForEach(loop => loop.Forget());

    public override void Dispose()
    {
        _listening.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stop) => Task.WhenAll(_loops.Select(loop => Task.Run(() => loop.Run(stop), stop)));

    private static async ValueTask<long> Position(ReaderLoop loop, WorkspaceId workspace) =>
        loop.Position(workspace) ?? await loop.Reader.Store.Read(session => Cursors.Of(session, loop.Reader.Name, workspace));

    private ReaderLoop Loop(string reader) =>
        _loops.Find(loop => loop.Reader.Name == reader) ?? throw new ArgumentException($"There is no reader named {reader}; there are: {string.Join(", ", Names)}.");

    private void Hear(Committed committed)
    {
        // What all readers that run here have passed nobody will ask for again.
        _recent.Keep(committed, passed: _loops.Min(loop => loop.Position(committed.Workspace)) ?? 0);
        foreach (var loop in _loops)
        {
            loop.Wake(committed.Workspace, committed.Head);
        }
    }
}
