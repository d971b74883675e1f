using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Hosting;

namespace Parley.Routing;

/// <summary>
/// Gives out what waits, the moment there is something to give and somebody to take it. That an offer was not answered in time is said by the conversation itself
/// when it wakes; that the agent is not to be asked any more (away, busy, gone) is said here.
/// </summary>
internal sealed class Router : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<WorkspaceId> _changed = Channel.CreateUnbounded<WorkspaceId>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<WorkspaceId, Fence> _reigns = new();
    private readonly Halls _halls;
    private readonly Ongoing _ongoing;
    private readonly Reigns _leases;
    private readonly Desk _desk;
    private readonly Moments _moments;
    private readonly ILogger<Router> _log;

    public Router(Halls halls, Ongoing ongoing, Reigns leases, Desk desk, Moments moments, ILogger<Router> log)
    {
        (_halls, _ongoing, _leases, _desk, _moments, _log) = (halls, ongoing, leases, desk, moments, log);
        halls.Listen(workspace => _changed.Writer.TryWrite(workspace));
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await _ongoing.Loaded.WaitAsync(stop);
        while (await _changed.Reader.WaitToReadAsync(stop))
        {
            var workspaces = new HashSet<WorkspaceId>();
            while (_changed.Reader.TryRead(out var one))
            {
                workspaces.Add(one);
            }

            foreach (var workspace in workspaces)
            {
                if (!await Rounds.Do(_log, "routing", () => Route(workspace, stop), stop))
                {
                    Again(workspace);
                }
            }
        }
    }

    private async Task Route(WorkspaceId workspace, CancellationToken stop)
    {
        await _halls.Ready(workspace);
        if (!_halls.Busy(workspace))
        {
            return;
        }

        if (await _leases.Hold(workspace) is not { } reign)
        {
            // Another node gives it out; should that one die, somebody has to notice.
            Again(workspace);
            return;
        }

        if (_reigns.GetValueOrDefault(workspace) != reign)
        {
            // What the one before gave out counts, also what was not heard of here yet. From now on that one gives out nothing more.
            await _ongoing.CatchUp(workspace).WaitAsync(stop);
            _reigns[workspace] = reign;
            _halls.Refresh(workspace);
        }

        foreach (var id in _halls.Unheard(workspace))
        {
            if (_ongoing.Find(workspace, id) is { Offer: { } open } it)
            {
                Say(workspace, it, new DeclineOffer(new Origin(workspace, Author.System, $"gone:{open.Id}"), id, open.Id, open.Agent, "gone") { Fence = reign }, open.Agent);
            }
        }

        foreach (var (match, why) in _halls.Assign(workspace))
        {
            if (_ongoing.Find(workspace, match.Conversation) is not { } it)
            {
                continue;
            }

            if (Ongoing.Lies(it))
            {
                var give = new Origin(workspace, Author.System, $"give:{reign.Number}:{_halls.NewOffer()}");
                Say(workspace, it, new HandOut(give, match.Conversation, match.Agent, why) { Fence = reign }, match.Agent);
            }
            else
            {
                var offer = _halls.NewOffer();
                Say(workspace, it, new OfferTo(new Origin(workspace, Author.System, $"offer:{reign.Number}:{offer}"), match.Conversation, offer, match.Agent) { Fence = reign, Why = why }, match.Agent);
            }
        }
    }

    /// <summary>Many at once are one transaction: nobody waits here for the answer to one.</summary>
    private void Say(WorkspaceId workspace, Conversation it, ConversationCommand command, AgentId agent) => _ = Rounds.Do(_log, "routing", async () =>
    {
        var outcome = await _desk.Handle(command with { Moment = await _moments.Of(workspace, command.Conversation, it, agent) });
        if (outcome.Refusal is { Code: "lease.lost" })
        {
            _leases.Lost(workspace);
        }

        if (outcome is { Refusal: not null } or { Entries.IsEmpty: true })
        {
            // It is no longer as it was, or there is too much to do: what its state says holds, once that is known here.
            await _halls.Wait(Pause);
            _halls.Return(workspace, command.Conversation);
        }
    });

    private void Again(WorkspaceId workspace) => _ = Rounds.Do(_log, "routing", async () =>
    {
        await _halls.Wait(Pause);
        _changed.Writer.TryWrite(workspace);
    });
}
