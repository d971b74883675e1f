using System.Collections.Concurrent;
using System.Text.Json;
using Parley.Log;
using Parley.Platform.Realtime;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>Every stream of this node: greets, passes on what clients say, keeps the beat, and ends those whose rights have changed.</summary>
public sealed class Streams : IDisposable
{
    /// <summary>What the other nodes can greet, and for how long at most some of a large node's streams wait for their turn.</summary>
    private const int GreetedPerMs = 2;
    private const int LongestMove = 3_000;

    private readonly ConcurrentDictionary<WorkspaceId, StreamRoom> _rooms = new();
    private readonly IReadOnlyList<IStreamPart> _parts;
    private readonly Dictionary<string, IStreamPart> _takes;
    private readonly LogReader _log;
    private readonly StreamSettings _settings;
    private readonly Grants _grants;
    private readonly Faces _faces;
    private readonly IDisposable _listening;
    private long _last;
    private int _open;
    private volatile string? _stopping;

    public Streams(IEnumerable<IStreamPart> parts, LogReader log, StreamSettings settings, Grants grants, Faces faces)
    {
        _parts = [.. parts];
        _takes = _parts.SelectMany(part => part.Takes.Select(type => (type, part))).ToDictionary(pair => pair.type, pair => pair.part);
        (_log, _settings, _grants, _faces) = (log, settings, grants, faces);
        _listening = grants.Listen(End);
    }

    /// <summary>The streams of a workspace; null if it has none.</summary>
    public StreamRoom? Room(WorkspaceId workspace) => _rooms.GetValueOrDefault(workspace);

    public void Dispose() => _listening.Dispose();

    /// <summary>How many a visitor has here.</summary>
    internal int Of(VisitorPrincipal visitor) => Room(visitor.Workspace)?.Of(visitor.Visitor) ?? 0;

    /// <summary>How many there are.</summary>
    internal int Open => Volatile.Read(ref _open);

    internal IEnumerable<StreamRoom> Rooms => _rooms.Values;

    /// <summary>Counts the seconds of this process.</summary>
    internal long Second { get; set; }

    internal int Beat(StreamClient client) => client.Who is VisitorPrincipal ? _settings.VisitorBeatSeconds : _settings.AgentBeatSeconds;

    /// <summary>Set from the moment on in which the server sends its streams away: none is begun any more.</summary>
    internal bool Stopping => _stopping is not null;

    /// <summary>
    /// Says goodbye to all, and when to come back: not all in the same moment. To other nodes they go at once, as fast as those can greet them; a server
    /// that is alone has to be started first.
    /// </summary>
    internal void Stop(bool others)
    {
        _stopping = others ? "drain" : "restart";
        var within = Math.Min(Open / GreetedPerMs, LongestMove);
        foreach (var client in _rooms.Values.SelectMany(room => room.Clients))
        {
            client.Bye(_stopping, others ? (int)(client.Number % 100 * within / 100) : 500 + (int)(client.Number % 50 * 50));
        }
    }

    internal async Task<StreamClient> Greet(Principal who, string? cursor, Line line)
    {
        var room = _rooms.GetOrAdd(who.Workspace, static id => new StreamRoom(id));
        await room.Ready(_log);
        var client = new StreamClient(Interlocked.Increment(ref _last), who, room, line) { Greeted = Second };
        client.Hold();
        room.Enter(client);
        Interlocked.Increment(ref _open);
        try
        {
            await Begin(client, cursor);
        }
        catch
        {
            // Whoever asked for it has nothing to leave by.
            Leave(client);
            throw;
        }

        // A right that was taken between its proof and its place in the room was told to nobody.
        if (Stopping || (who is AgentPrincipal agent && !_grants.Holds(agent)))
        {
            client.Bye(_stopping ?? "access", 1_000);
        }

        client.Release();
        return client;
    }

    /// <summary>
    /// Where it throws the stream is to be ended: what waited is held for good, for it would follow what was not caught up, with a cursor beyond it, and the
    /// client would never come back for what it missed.
    /// </summary>
    internal async ValueTask Hear(StreamClient client, JsonElement said)
    {
        if (said.TryGetProperty("type", out var name) && name.ValueKind == JsonValueKind.String && name.GetString() is { } type && _takes.TryGetValue(type, out var part))
        {
            client.Hold();
            await part.Hear(client, type, said);
            client.Release();
        }
    }

    internal void Leave(StreamClient client)
    {
        if (client.Room.Leave(client))
        {
            Interlocked.Decrement(ref _open);
            foreach (var part in _parts.Take(client.Entered))
            {
                part.End(client);
            }
        }
    }

    private async Task Begin(StreamClient client, string? cursor)
    {
        var position = client.Room.Position;
        foreach (var part in _parts)
        {
            await part.Prepare(client.Room);
        }

        client.Began = position with { Summaries = client.Room.Position.Summaries };
        client.Resumed = client.Room.Read(cursor);
        if (cursor is not null && client.Resumed is null)
        {
            client.Gone();
        }

        foreach (var part in _parts)
        {
            part.Enter(client);
            client.Entered++;
        }

        var beat = Beat(client);
        var start = client.Resumed is null ? client.Room.CursorAt(client.Began) : cursor!;
        client.Send(
            StreamFrames.Of("hello", writer =>
            {
                writer.WriteString("cursor"u8, start);
                Me(writer, client.Who);
                writer.WriteNumber("beatSeconds"u8, beat);
            }),
            start);
        foreach (var part in _parts)
        {
            await part.Begin(client);
        }
    }

    private void Me(Utf8JsonWriter writer, Principal who)
    {
        writer.WriteStartObject("me"u8);
        writer.WriteString("kind"u8, StreamFrames.Word(who.Author.Kind));
        writer.WriteString("id"u8, who is VisitorPrincipal visitor ? visitor.Person.ToString() : StreamFrames.Id(who.Author));
        if (_faces(who.Workspace, who.Author) is { } face)
        {
            writer.WriteString("name"u8, face.Name);
        }

        writer.WriteEndObject();
    }

    private void End(WorkspaceId workspace, Predicate<Principal> ended)
    {
        foreach (var client in Room(workspace)?.Clients ?? [])
        {
            if (ended(client.Who))
            {
                client.Bye("access");
            }
        }
    }
}
