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
        foreach (var push in await _database.Read(session => PushStore.Due(session, _time.GetUtcNow(), AtOnce)))
        {
            await Rounds.Do(Log, "pushes", () => Send(push, stop), stop);
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
        var until = _time.GetUtcNow() + Claimed;
        if (!await _database.Write(session => PushStore.Claim(session, push, until)))
        {
            return;
        }

        var later = await _delivery.Deliver(push, Life, stop) && push.Tries < Pauses.Length;
        await _database.Write(session => PushStore.Done(session, push, until, later ? _time.GetUtcNow() + Pauses[push.Tries] : null));
    }
}

/// <summary>Brings one push to all browsers of an agent.</summary>
internal sealed class PushDelivery(Database database, PushWriting writing, ThreadPushing threads, PushSending sending, IPresence presence, TimeProvider time)
{
    /// <returns>True where a service could not just now, and it is worth another try.</returns>
    public async Task<bool> Deliver(Push push, TimeSpan life, CancellationToken cancel)
    {
        if (push.Kind == PushKind.Answer)
        {
            return await threads.Deliver(push, writing.Bare, life, cancel);
        }

        // Whoever has the console open sees it there.
        if (presence.Present(push.Workspace, push.Agent) || !(await database.Read(session => PushStore.Wish(session, push.Agent))).Wants(push.Kind, time.GetUtcNow()) || await writing.Write(push) is not { } payload)
        {
            return false;
        }

        var later = false;
        foreach (var device in await database.Read(session => PushStore.Devices(session, push.Agent)))
        {
            later |= await Send(push.Agent, device, payload, life, cancel) == PushOutcome.Later;
        }

        return later;
    }

    public async Task<PushOutcome> Send(AgentId agent, Device device, PushPayload payload, TimeSpan life, CancellationToken cancel)
    {
        var outcome = await sending.Send(device.Target, (payload with { Language = device.Language }).Bytes(), life, urgent: true, cancel: cancel);
        if (outcome == PushOutcome.Gone)
        {
            await database.Write(session => PushStore.Drop(session, agent, device.Id));
        }

        return outcome;
    }
}
