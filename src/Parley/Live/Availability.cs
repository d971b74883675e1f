using System.Text.Json;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Live;

/// <summary>
/// Who of an inbox's people is here, as its visitors may know it: said when their stream begins, and again whenever it has changed. Several who come
/// and go at once are one change where the visitor sees the same line before and after. Opening hours begin and end without anybody doing anything:
/// a timer looks again when they do.
/// </summary>
internal sealed class Availability : IStreamPart, IDisposable
{
    /// <summary>A timer does not see that a clock is put right.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Lazy<Streams> _streams;
    private readonly Rosters _rosters;
    private readonly Presence _presence;
    private readonly IFloor _floor;
    private readonly ILearning _learning;
    private readonly TimeProvider _time;
    private readonly ITimer _turning;
    private readonly IDisposable _listening;
    private readonly Lock _gate = new();

    /// <summary>What was last said of each inbox that a visitor has looked at.</summary>
    private readonly Dictionary<(WorkspaceId Workspace, InboxId Inbox), byte[]> _said = [];

    /// <summary>How each of them was staffed then, as far as that decides what is said.</summary>
    private readonly Dictionary<(WorkspaceId Workspace, InboxId Inbox), (bool Somebody, bool Full)> _staffed = [];

    private DateTimeOffset? _turns;

    public Availability(Lazy<Streams> streams, Rosters rosters, Presence presence, IFloor floor, ILearning learning, TimeProvider time)
    {
        (_streams, _rosters, _presence, _floor, _learning, _time) = (streams, rosters, presence, floor, learning, time);
        _turning = time.CreateTimer(_ => Turn(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _listening = rosters.Listen((_, after) => Look(after.Id));
        presence.Listen((workspace, _) => Look(workspace));
        floor.Listen(Weigh);
    }

    public IReadOnlyList<string> Takes { get; } = [];

    public ValueTask Begin(StreamClient client)
    {
        if (client.Who is VisitorPrincipal visitor)
        {
            // Under the lock, or a change that is told meanwhile could be overtaken by what was true before it.
            lock (_gate)
            {
                var key = (visitor.Workspace, visitor.Inbox);
                client.Send(_said.TryGetValue(key, out var said) ? said : _said[key] = Frame(key));
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask Hear(StreamClient client, string type, JsonElement said) => ValueTask.CompletedTask;

    public void Dispose()
    {
        _listening.Dispose();
        _turning.Dispose();
    }

    /// <summary>Hours have begun or ended somewhere.</summary>
    private void Turn()
    {
        List<WorkspaceId> workspaces;
        lock (_gate)
        {
            _turns = null;
            workspaces = [.. _said.Keys.Select(key => key.Workspace).Distinct()];
        }

        workspaces.ForEach(Look);
    }

    /// <summary>Queues change with every arrival: only where one has become full, or is no longer, is anything said anew.</summary>
    private void Weigh(WorkspaceId workspace)
    {
        lock (_gate)
        {
            if (_staffed.All(pair => pair.Key.Workspace != workspace || Staffed(pair.Key) == pair.Value))
            {
                return;
            }
        }

        Look(workspace);
    }

    private (bool Somebody, bool Full) Staffed((WorkspaceId Workspace, InboxId Inbox) of) =>
        _floor.Of(of.Workspace, of.Inbox) is var floor && _rosters.Now(of.Workspace).Inbox(of.Inbox) is { } inbox ? (floor.Online > 0, floor.Crowded(inbox.Settings.Policy.QueueLimit)) : default;

    private void Look(WorkspaceId workspace)
    {
        lock (_gate)
        {
            var changed = new Dictionary<InboxId, byte[]>();
            foreach (var key in _said.Keys.Where(key => key.Workspace == workspace).ToList())
            {
                if (Frame(key) is var frame && !frame.AsSpan().SequenceEqual(_said[key]))
                {
                    changed[key.Inbox] = _said[key] = frame;
                }
            }

            if (changed.Count == 0)
            {
                return;
            }

            foreach (var client in _streams.Value.Room(workspace)?.Clients ?? [])
            {
                if (client.Who is VisitorPrincipal visitor && changed.TryGetValue(visitor.Inbox, out var frame))
                {
                    client.Live(frame);
                }
            }
        }
    }

    private byte[] Frame((WorkspaceId Workspace, InboxId Inbox) of)
    {
        var (roster, now) = (_rosters.Now(of.Workspace), _time.GetUtcNow());
        LookAgain(roster.CalendarOf(of.Inbox), now);
        _staffed[of] = Staffed(of);
        var availability = roster.Inbox(of.Inbox) is { } inbox
            ? WidgetAvailability.Of(roster, inbox, agent => _presence.Present(of.Workspace, agent), (_floor.Of(of.Workspace, of.Inbox), _learning.In(of.Workspace, of.Inbox)), now)
            : WidgetAvailability.Nobody;
        return StreamFrames.Of("signal", availability, static (writer, availability) =>
        {
            writer.WriteString("kind"u8, "availability"u8);
            writer.WritePropertyName("availability"u8);
            JsonSerializer.Serialize(writer, availability, Platform.Json.Options);
        });
    }

    /// <summary>One timer for all inboxes, set to the first moment at which one of them opens or closes.</summary>
    private void LookAgain(Calendar calendar, DateTimeOffset now)
    {
        if (calendar.Turns(now) is { } turn && !(_turns <= turn))
        {
            _turns = turn - now < Longest ? turn : now + Longest;
            _turning.Change(_turns.Value - now, Timeout.InfiniteTimeSpan);
        }
    }
}
