using Microsoft.Extensions.Logging;
using Parley.Contacts;
using Parley.Platform.Hosting;
using Parley.Platform.Push;
using Parley.Platform.Store;

namespace Parley.Notifications.Pushes;

/// <summary>Sends what is due to the browsers of agents whose console is closed. A browser that wants none any more is forgotten.</summary>
internal sealed class Pushing : DueRounds
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Claimed = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private static readonly TimeSpan Sweeping = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)];

    private readonly Database _database;
    private readonly PushDelivery _delivery;
    private readonly TimeProvider _time;
    private DateTimeOffset _sweep;

    public Pushing(Database database, PushDelivery delivery, PushReader reader, TimeProvider time, ILogger<Pushing> log)
        : base("pushes", time, log)
    {
        (_database, _delivery, _time) = (database, delivery, time);
        reader.Listen(Tell);
    }

    protected override Task<DateTimeOffset?> Next() => _database.Read(PushStore.Next);

    protected override async Task Round(CancellationToken stop)
    {
        var due = await _database.Read(session => PushStore.Due(session, _time.GetUtcNow(), AtOnce));
        foreach (var push in due.Where(push => !push.Held))
        {
            await Rounds.Do(Log, "pushes", () => Send(push, stop), stop);
        }

        foreach (var agent in due.Where(push => push.Held).Select(push => push.Agent).Distinct())
        {
            await Rounds.Do(Log, "pushes", () => SendHeld(agent, stop), stop);
        }

        var now = _time.GetUtcNow();
        if (now >= _sweep)
        {
            await _database.Write(session => PushStore.Sweep(session, now - Kept));
            _sweep = now + Sweeping;
        }
    }

    private async Task Send(Push push, CancellationToken stop)
    {
        var claimed = _time.GetUtcNow() + Claimed;
        if (await _database.Write(session => PushStore.Claim(session, push, claimed)))
        {
            await Settle([push], claimed, await _delivery.Deliver([push], Life, stop));
        }
    }

    /// <summary>The quiet hours of somebody are over: what came in them is told once.</summary>
    private async Task SendHeld(AgentId agent, CancellationToken stop)
    {
        var claimed = _time.GetUtcNow() + Claimed;
        if (await _database.Write(session => PushStore.ClaimHeld(session, agent, _time.GetUtcNow(), claimed)) is { Count: > 0 } held)
        {
            await Settle(held, claimed, await _delivery.Deliver(held, Life, stop));
        }
    }

    private Task Settle(IReadOnlyList<Push> pushes, DateTimeOffset claimed, Delivered delivered) => _database.Write(async session =>
    {
        foreach (var push in pushes)
        {
            await (delivered.QuietUntil is { } end
                ? PushStore.Hold(session, push, claimed, end)
                : PushStore.Done(session, push with { Told = delivered.Told }, claimed, Again(push, delivered)));
        }
    });

    /// <summary>When a service is asked again: not before it said, and not when it would be no news any more.</summary>
    private DateTimeOffset? Again(Push push, Delivered delivered)
    {
        if (!delivered.Later || push.Tries >= Pauses.Length)
        {
            return null;
        }

        var wait = delivered.After > Pauses[push.Tries] ? delivered.After : Pauses[push.Tries];
        return _time.GetUtcNow() + (wait < Life ? wait : Life);
    }
}
