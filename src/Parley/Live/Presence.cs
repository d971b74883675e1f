using System.Collections.Concurrent;
using System.Text.Json;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Live;

/// <summary>
/// Who has a stream, on whichever node. That somebody came or left is told as a difference: of customers to the agents who have a thread of theirs open,
/// of agents to their colleagues. Tabs count together, and a change of pages is no leaving.
/// </summary>
internal sealed class Presence : IStreamPart, IDisposable
{
    private readonly ConcurrentDictionary<Somebody, int> _streams = new();
    private readonly Lazy<Streams> _rooms;
    private readonly OtherNodes _others;
    private readonly Rosters _rosters;
    private readonly People _people;
    private readonly TimeProvider _time;
    private readonly TimeSpan _grace;
    private readonly IDisposable _listening;
    private Action<WorkspaceId, AgentId> _agentsChanged = (_, _) => { };
    private Action<Somebody> _devicesChanged = _ => { };

    public Presence(Lazy<Streams> rooms, OtherNodes others, Rosters rosters, People people, TimeProvider time, LiveSettings settings)
    {
        (_rooms, _others, _rosters, _people, _time, _grace) = (rooms, others, rosters, people, time, TimeSpan.FromSeconds(settings.LeaveSeconds));
        _listening = rosters.Listen(Compare);
        others.Listen(who =>
        {
            // Who is on this node too has neither come nor left.
            if (!_streams.ContainsKey(who))
            {
                _ = Tell(who);
            }
        });
    }

    public IReadOnlyList<string> Takes { get; } = [];

    public bool Present(WorkspaceId workspace, ContactId contact) => Present(new(workspace, new Author(AuthorKind.Contact, contact.Value)));

    public bool Present(WorkspaceId workspace, ContactId contact, string? device) => Present(new(workspace, new Author(AuthorKind.Contact, contact.Value), device));

    public bool Present(WorkspaceId workspace, AgentId agent) => Present(new(workspace, new Author(AuthorKind.Agent, agent.Value)));

    /// <summary>Told when an agent came or left.</summary>
    public void Listen(Action<WorkspaceId, AgentId> agentsChanged) => _agentsChanged += agentsChanged;

    /// <summary>Told when a customer came or left on one of their devices.</summary>
    public void ListenDevices(Action<Somebody> devicesChanged) => _devicesChanged += devicesChanged;

    public void Enter(StreamClient client)
    {
        foreach (var key in Comings.Keys(client))
        {
            if (_streams.AddOrUpdate(key, 1, (_, n) => n + 1) == 1)
            {
                _ = Change(key);
            }
        }
    }

    public ValueTask Hear(StreamClient client, string type, JsonElement said) => ValueTask.CompletedTask;

    public void End(StreamClient client)
    {
        foreach (var key in Comings.Keys(client))
        {
            _ = EndLater(key);
        }
    }

    public void Dispose() => _listening.Dispose();

    private bool Present(Somebody who) => _streams.ContainsKey(who) || _others.Has(who);

    private async Task EndLater(Somebody key)
    {
        await Task.Delay(_grace, _time);
        while (_streams.TryGetValue(key, out var n))
        {
            if (n > 1 ? _streams.TryUpdate(key, n - 1, n) : _streams.TryRemove(new(key, n)))
            {
                if (n == 1)
                {
                    await Change(key);
                }

                return;
            }
        }
    }

    /// <summary>Somebody has come to this node, or left it: the others are told in any case, people here only where nobody else has them.</summary>
    private async ValueTask Change(Somebody who)
    {
        _others.Say(who, _streams.ContainsKey(who));
        if (!_others.Has(who))
        {
            await Tell(who);
        }
    }

    private async ValueTask Tell(Somebody who)
    {
        if (who.Device is not null)
        {
            _devicesChanged(who);
            return;
        }

        if (who.Person.Kind == AuthorKind.Agent)
        {
            _agentsChanged(who.Workspace, new AgentId(who.Person.Id!.Value));
        }

        if (_rooms.Value.Room(who.Workspace) is not { } room)
        {
            return;
        }

        if (who.Person.Kind == AuthorKind.Agent)
        {
            Tell(room, who.Person, Present(who));
            return;
        }

        // A thread that was begun before it was known who writes is theirs too. Whether they are here is asked last: meanwhile they may have come back.
        var same = await _people.Same(who.Workspace, new ContactId(who.Person.Id!.Value));
        var frame = Frame(who.Person, Present(who), null);
        foreach (var client in same.SelectMany(id => room.Followers(id)).Where(client => client.Audience == Audience.Agent).Distinct())
        {
            client.Live(frame);
        }
    }

    private void Tell(StreamRoom room, Author agent, bool present)
    {
        var state = _rosters.Now(room.Workspace).Agent(new AgentId(agent.Id!.Value))?.Chair;
        var frame = Frame(agent, present, state);
        foreach (var client in room.Clients.Where(client => client.Who is AgentPrincipal))
        {
            client.Live(frame);
        }
    }

    /// <summary>An agent who says that they are away says it to all colleagues.</summary>
    private void Compare(Roster before, Roster after)
    {
        if (_rooms.Value.Room(after.Id) is not { } room)
        {
            return;
        }

        foreach (var agent in after.Agents.Values.Where(agent => before.Agent(agent.Id) is { } old && old.Chair != agent.Chair))
        {
            var author = new Author(AuthorKind.Agent, agent.Id.Value);
            Tell(room, author, Present(new(after.Id, author)));
        }
    }

    private static byte[] Frame(Author person, bool present, Chair? state) => StreamFrames.Of("signal", (person, present, state), static (writer, frame) =>
    {
        writer.WriteString("kind"u8, "presence"u8);
        writer.WriteString(frame.person.Kind == AuthorKind.Agent ? "agent"u8 : "contact"u8, StreamFrames.Id(frame.person));
        writer.WriteBoolean("present"u8, frame.present);
        if (frame.state is { } state)
        {
            writer.WriteString("state"u8, JsonNamingPolicy.CamelCase.ConvertName(state.ToString()));
        }
    });
}
