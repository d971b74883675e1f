using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Hosting;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Live;

/// <summary>An agent attends to a conversation, since when, and up to which sign of theirs.</summary>
internal sealed record Held(WorkspaceId Workspace, AgentId Agent, ConversationId Conversation, DateTimeOffset Since, DateTimeOffset Last, long By = 0)
{
    /// <summary>So long after the last input somebody still attends: they read.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public DateTimeOffset EndsAt => Last + Patience;
}

/// <summary>
/// Which conversation has whose attention: focused, with input within the last minute, and not closed. An agent has one at a time, however many tabs show it; once it is
/// over the interval is written to the log (KP4). What is not over stands in the store up to the last sign, where the next server finds it after a crash.
/// </summary>
internal sealed class AttentionKeeping : IHostedService, IDisposable
{
    /// <summary>So often it is written down how far what is not over has come.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(15);

    /// <summary>Of a server that lives signs are written down more often than this.</summary>
    private static readonly TimeSpan Orphaned = TimeSpan.FromSeconds(120);

    private readonly byte[] _me = RandomNumberGenerator.GetBytes(8);
    private readonly Dictionary<(WorkspaceId, AgentId), Held> _open = [];
    private readonly List<Held> _over = [];
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Rosters _rosters;
    private readonly Desk _desk;
    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly ILogger<AttentionKeeping> _log;
    private readonly IDisposable _listening;
    private ITimer? _timer;

    public AttentionKeeping(Rosters rosters, Desk desk, Database database, Fanout fanout, TimeProvider time, ILogger<AttentionKeeping> log)
    {
        (_rosters, _desk, _database, _time, _log) = (rosters, desk, database, time, log);
        _listening = fanout.Listen(Hear);
    }

    public Task StartAsync(CancellationToken cancel)
    {
        _timer = _time.CreateTimer(_ => _ = Rounds.Do(_log, "attended", Round), null, Pace, Pace);
        return Task.CompletedTask;
    }

    /// <summary>Whoever attends now goes on when the server is back; until then is one interval.</summary>
    public async Task StopAsync(CancellationToken cancel)
    {
        lock (_gate)
        {
            _open.Values.ToList().ForEach(held => End(held, _time.GetUtcNow()));
        }

        await Rounds.Do(_log, "attended", Write, cancel);
    }

    public void Dispose()
    {
        _listening.Dispose();
        _timer?.Dispose();
        _writing.Dispose();
    }

    public async ValueTask Take(Look look)
    {
        var ended = false;
        lock (_gate)
        {
            var before = _open.GetValueOrDefault((look.Who.Workspace, look.Who.Agent));
            var after = After(look, before);
            if (before is not null && before.Since != after?.Since)
            {
                End(before, _time.GetUtcNow());
                ended = true;
            }

            if (after is not null)
            {
                _open[(after.Workspace, after.Agent)] = after;
            }
        }

        if (ended)
        {
            await Rounds.Do(_log, "attended", Write);
        }
    }

    /// <summary>What has the attention once this was said; null: nothing.</summary>
    private Held? After(Look look, Held? before)
    {
        var now = _time.GetUtcNow();
        var going = before is not null && before.EndsAt > now ? before : null;
        if (look is { At: { It: { Status: not Status.Closed, Erased: false } } at, How: How.Input } && _rosters.Now(look.Who.Workspace).Attention != AttentionShown.Off)
        {
            return going?.Conversation == at.Id ? going with { Last = now, By = look.By } : new Held(look.Who.Workspace, look.Who.Agent, at.Id, now, now, look.By);
        }

        return look.How switch
        {
            // Another tab says that it is not looked at: that ends nothing of this one.
            How.Open => going?.By == look.By ? null : going,
            How.Focus => look.At?.Id == going?.Conversation ? going : null,
            _ => null,
        };
    }

    private void End(Held held, DateTimeOffset at)
    {
        _open.Remove((held.Workspace, held.Agent));
        _over.Add(held with { Last = at < held.EndsAt ? at : held.EndsAt });
    }

    /// <summary>To a closed conversation nobody attends, whoever still has it on the screen.</summary>
    private void Hear(Committed committed)
    {
        foreach (var entry in committed.Entries.Where(entry => entry.Subject.Kind == Conversation.Kind && entry.Body is Closed or Erased))
        {
            lock (_gate)
            {
                var id = new ConversationId(entry.Subject.Id);
                _open.Values.Where(held => held.Conversation == id).ToList().ForEach(held => End(held, entry.At));
            }

            _ = Rounds.Do(_log, "attended", Write);
        }
    }

    /// <summary>Ends what nobody gave a sign of for too long, writes down how far the rest has come, and takes over what a server left behind that is gone.</summary>
    private async Task Round()
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            _open.Values.Where(held => held.EndsAt <= now).ToList().ForEach(held => End(held, now));
        }

        await Save(now);
        var left = await _database.Read(session => AttendingStore.Left(session, _me, now - Orphaned));
        lock (_gate)
        {
            _over.AddRange(left);
        }

        await Write();
    }

    /// <summary>In turn with <see cref="Write()"/>: what is over and dropped must not come back.</summary>
    private async Task Save(DateTimeOffset now)
    {
        await _writing.WaitAsync();
        try
        {
            List<Held> going;
            lock (_gate)
            {
                going = [.. _open.Values.Where(held => held.Last > now - Pace - Pace)];
            }

            if (going.Count > 0)
            {
                await _database.Write(session => AttendingStore.Save(session, _me, going));
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task Write()
    {
        await _writing.WaitAsync();
        try
        {
            List<Held> over;
            lock (_gate)
            {
                over = [.. _over];
            }

            foreach (var held in over)
            {
                await Write(held);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Who writes it second finds it written, by its id.</summary>
    private async Task Write(Held held)
    {
        await _rosters.Of(held.Workspace);
        var origin = new Origin(held.Workspace, Author.System, $"attended:{held.Since.ToUnixTimeMilliseconds()}");
        var outcome = await _desk.Handle(new Attend(origin, held.Agent, held.Conversation, held.Since, held.Last));
        if (outcome.Refusal is { Status: 503 })
        {
            return;
        }

        await _database.Write(session => AttendingStore.Drop(session, held));
        lock (_gate)
        {
            _over.Remove(held);
        }
    }
}
