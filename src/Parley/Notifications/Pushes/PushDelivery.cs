using System.Collections.Immutable;
using Parley.Contacts;
using Parley.Platform.Push;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Notifications.Pushes;

/// <summary>What became of a push.</summary>
/// <param name="Told">The browsers that have it, now or from an earlier try.</param>
internal sealed record Delivered(ImmutableArray<string> Told)
{
    /// <summary>A service could not just now, and it is worth another try.</summary>
    public bool Later { get; init; }

    /// <summary>So long the services want to be left in peace.</summary>
    public TimeSpan After { get; init; }

    /// <summary>Nobody was told: the agent's quiet hours last until then.</summary>
    public DateTimeOffset? QuietUntil { get; init; }

    public Delivered With(PushTarget target, PushAnswer answer) => answer.Outcome switch
    {
        PushOutcome.Accepted => this with { Told = Told.Add(target.Mark) },
        PushOutcome.Later => this with { Later = true, After = answer.After > After ? answer.After.Value : After },
        _ => this,
    };
}

/// <summary>Brings to all browsers of an agent what is news: one push, or those that quiet hours held back, in one.</summary>
internal sealed class PushDelivery(Database database, PushWriting writing, ThreadPushing threads, PushSending sending, IPresence presence, TimeProvider time)
{
    /// <summary>A push has room for so many ids (RFC 8030, 7.2).</summary>
    private const int Named = 50;

    /// <param name="pushes">Of one agent; or one to a customer.</param>
    public async Task<Delivered> Deliver(IReadOnlyList<Push> pushes, TimeSpan life, CancellationToken cancel)
    {
        var first = pushes[0];
        var delivered = new Delivered(first.Told);
        if (first.Kind == PushKind.Answer)
        {
            return await threads.Deliver(first, writing.Bare, life, cancel);
        }

        // Whoever has the console open sees it there.
        if (presence.Present(first.Workspace, first.Agent))
        {
            return delivered;
        }

        var wish = await database.Read(session => PushStore.Wish(session, first.Agent));
        var wanted = pushes.Where(push => wish.Wants(push.Kind)).ToList();
        // What disappears disturbs nobody.
        if (wanted.Any(push => push.Kind != PushKind.Taken) && wish.Quiet?.End(time.GetUtcNow()) is { } end)
        {
            return delivered with { QuietUntil = end };
        }

        return await Write(wanted) is { } payload ? await Send(first, payload, delivered, life, cancel) : delivered;
    }

    public async Task<PushAnswer> Send(AgentId agent, Device device, PushPayload payload, TimeSpan life, CancellationToken cancel)
    {
        var answer = await sending.Send(device.Target, (payload with { Language = device.Language }).Bytes(), life, urgent: true, cancel: cancel);
        if (answer.Outcome == PushOutcome.Gone)
        {
            await database.Write(session => PushStore.Drop(session, agent, device.Id));
        }

        return answer;
    }

    private async Task<Delivered> Send(Push push, PushPayload payload, Delivered delivered, TimeSpan life, CancellationToken cancel)
    {
        foreach (var device in (await database.Read(session => PushStore.Devices(session, push.Agent))).Where(device => !push.Told.Contains(device.Target.Mark)))
        {
            delivered = delivered.With(device.Target, await Send(push.Agent, device, payload, life, cancel));
        }

        return delivered;
    }

    /// <summary>Null where nothing of it is news any more.</summary>
    private async Task<PushPayload?> Write(List<Push> pushes)
    {
        var news = new List<PushPayload>();
        foreach (var push in pushes)
        {
            if (await writing.Write(push) is { } payload)
            {
                news.RemoveAll(older => older.Conversation == payload.Conversation);
                news.Add(payload);
            }
        }

        return news.Count <= 1 ? news.FirstOrDefault() : new PushPayload(PushKind.Several, null, "") { Count = news.Count, Several = [.. news.TakeLast(Named).Select(one => one.Conversation!)] };
    }
}
