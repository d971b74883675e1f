using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Platform.Fanout;
using Parley.Platform.Hosting;

namespace Parley.Conversations.Streaming;

/// <summary>Gives every stream its sign of life, counts them, and says goodbye when the server ends.</summary>
internal sealed class StreamBeats(Streams streams, TimeProvider time, Draining draining, Bus bus, IMeterFactory meters, ILogger<StreamBeats> log) : IHostedService, IDisposable
{
    private const string MeterName = "Parley.Streams";

    /// <summary>Seconds in which a client that was greeted says what it wants; a beat before that would move its cursor past what it has yet to ask for.</summary>
    private const int Settling = 10;

    private ITimer? _timer;

    public Task StartAsync(CancellationToken cancel)
    {
        meters.Create(MeterName).CreateObservableGauge("parley_streams", () => streams.Open, description: "Open streams.");
        // Before the web server stops, which waits until all have gone.
        draining.Listen(() => streams.Stop(bus.Shared));
        var second = TimeSpan.FromSeconds(1);
        _timer = time.CreateTimer(_ => _ = Rounds.Do(log, "beats", Beat), null, second, second);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;

    public void Dispose() => _timer?.Dispose();

    /// <summary>Each client in a second of its own, so that no moment has all beats.</summary>
    private Task Beat()
    {
        var now = ++streams.Second;
        foreach (var room in streams.Rooms)
        {
            string? cursor = null;
            byte[]? frame = null;
            foreach (var client in room.Clients)
            {
                var every = streams.Beat(client);
                if (now % every == client.Number % every && now - client.Greeted >= Math.Min(every, Settling))
                {
                    client.Fresh = false;
                    cursor ??= room.Cursor;
                    client.Live(frame ??= StreamFrames.Beat(cursor), cursor);
                }
            }
        }

        return Task.CompletedTask;
    }
}
