using System.Collections.Concurrent;
using System.Text.Json;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Live;

/// <summary>
/// Who has a stream on this node. That somebody came or left is told as a difference: of customers to the agents who have a thread of theirs open, of
/// agents to their colleagues. Tabs count together, and a change of pages is no leaving.
/// </summary>
internal sealed class Presence : IStreamPart, IPresence, IDisposable
{
    private readonly ConcurrentDictionary<(WorkspaceId Workspace, Author Person), int> _streams = new();
    private readonly Lazy<Streams> _rooms;
    private readonly Rosters _rosters;
    private readonly TimeProvider _time;
    private readonly TimeSpan _grace;
    private readonly IDisposable _listening;

    public Presence(Lazy<Streams> rooms, Rosters rosters, TimeProvider time, LiveSettings settings)
    {
        (_rooms, _rosters, _time, _grace) = (rooms, rosters, time, TimeSpan.FromSeconds(settings.LeaveSeconds));
        _listening = rosters.Listen(Compare);
    }

    public IReadOnlyList<string> Takes { get; } = [];

    public bool Present(WorkspaceId workspace, ContactId contact) => _streams.ContainsKey((workspace, new Author(AuthorKind.Contact, contact.Value)));

    public ValueTask Begin(StreamClient client)
    {
        if (Key(client) is { } key && _streams.AddOrUpdate(key, 1, (_, n) => n + 1) == 1)
        {
            Tell(key, present: true);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask Hear(StreamClient client, string type, JsonElement said) => ValueTask.CompletedTask;

    public void End(StreamClient client)
    {
        if (Key(client) is { } key)
        {
            _ = EndLater(key);
        }
    }

    public void Dispose() => _listening.Dispose();

    private static (WorkspaceId, Author)? Key(StreamClient client) => client.Who switch
    {
        VisitorPrincipal visitor => (client.Room.Workspace, new Author(AuthorKind.Contact, visitor.Person.Value)),
        AgentPrincipal agent => (client.Room.Workspace, agent.Author),
        _ => null,
    };

    private async Task EndLater((WorkspaceId Workspace, Author Person) key)
    {
        await Task.Delay(_grace, _time);
        while (_streams.TryGetValue(key, out var n))
        {
            if (n > 1 ? _streams.TryUpdate(key, n - 1, n) : _streams.TryRemove(new(key, n)))
            {
                if (n == 1)
                {
                    Tell(key, present: false);
                }

                return;
            }
        }
    }

    private void Tell((WorkspaceId Workspace, Author Person) key, bool present)
    {
        if (_rooms.Value.Room(key.Workspace) is not { } room)
        {
            return;
        }

        if (key.Person.Kind == AuthorKind.Agent)
        {
            Tell(room, key.Person, present);
            return;
        }

        var frame = Frame(key.Person, present, null);
        foreach (var client in room.Followers(new ContactId(key.Person.Id!.Value)).Where(client => client.Audience == Audience.Agent))
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
            Tell(room, author, _streams.ContainsKey((after.Id, author)));
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
