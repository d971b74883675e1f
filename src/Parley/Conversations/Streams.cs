using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Parley.Conversations.Streaming;
using Parley.Log;
using Parley.Platform.Realtime;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>Every stream of this node: greets, passes on what clients say, keeps the beat, and ends those whose rights have changed.</summary>
public sealed class Streams : IHostedService, IDisposable
{
    public const string MeterName = "Parley.Streams";

    /// <summary>Seconds in which a client that was greeted says what it wants; a beat before that would move its cursor past what it has yet to ask for.</summary>
    private const int Settling = 10;

    private readonly ConcurrentDictionary<WorkspaceId, StreamRoom> _rooms = new();
    private readonly IReadOnlyList<IStreamPart> _parts;
    private readonly Dictionary<string, IStreamPart> _takes;
    private readonly LogReader _log;
    private readonly StreamSettings _settings;
    private readonly Grants _grants;
    private readonly Faces _faces;
    private readonly TimeProvider _time;
    private readonly IDisposable _listening;
    private ITimer? _beats;
    private long _last;
    private long _ticks;
    private int _open;
    private bool _stopping;

    public Streams(IEnumerable<IStreamPart> parts, LogReader log, StreamSettings settings, Grants grants, Faces faces, TimeProvider time, IMeterFactory meters)
    {
        _parts = [.. parts];
        _takes = _parts.SelectMany(part => part.Takes.Select(type => (type, part))).ToDictionary(pair => pair.type, pair => pair.part);
        (_log, _settings, _grants, _faces, _time) = (log, settings, grants, faces, time);
        _listening = grants.Listen(End);
        meters.Create(MeterName).CreateObservableGauge("parley_streams", () => Volatile.Read(ref _open), description: "Open streams.");
    }

    /// <summary>The streams of a workspace; null if it has none.</summary>
    public StreamRoom? Room(WorkspaceId workspace) => _rooms.GetValueOrDefault(workspace);

    public Task StartAsync(CancellationToken cancel)
    {
        var second = TimeSpan.FromSeconds(1);
        _beats = _time.CreateTimer(_ => Beat(), null, second, second);
        return Task.CompletedTask;
    }

    /// <summary>Says goodbye to all, and when to come back: not all in the same moment.</summary>
    public Task StopAsync(CancellationToken cancel)
    {
        _stopping = true;
        foreach (var client in _rooms.Values.SelectMany(room => room.Clients))
        {
            client.Bye("restart", 500 + (int)(client.Number % 50 * 50));
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _listening.Dispose();
        _beats?.Dispose();
    }

    internal async Task<StreamClient> Greet(Principal who, string? cursor, Line line)
    {
        var room = _rooms.GetOrAdd(who.Workspace, static id => new StreamRoom(id));
        await room.Ready(_log);
        var client = new StreamClient(Interlocked.Increment(ref _last), who, room, line) { Greeted = Volatile.Read(ref _ticks) };
        client.Hold();
        room.Enter(client);
        Interlocked.Increment(ref _open);
        await Begin(client, cursor);
        // A right that was taken between its proof and its place in the room was told to nobody.
        if (_stopping || (who is AgentPrincipal agent && !_grants.Holds(agent)))
        {
            client.Bye(_stopping ? "restart" : "access", 1_000);
        }

        client.Release();
        return client;
    }

    internal async ValueTask Hear(StreamClient client, JsonElement said)
    {
        if (said.TryGetProperty("type", out var name) && name.ValueKind == JsonValueKind.String && name.GetString() is { } type && _takes.TryGetValue(type, out var part))
        {
            client.Hold();
            try
            {
                await part.Hear(client, type, said);
            }
            finally
            {
                client.Release();
            }
        }
    }

    internal void Leave(StreamClient client)
    {
        if (client.Room.Leave(client))
        {
            Interlocked.Decrement(ref _open);
            foreach (var part in _parts)
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

        client.Resumed = client.Room.Read(cursor);
        if (cursor is not null && client.Resumed is null)
        {
            client.Gone();
        }

        var beat = Beat(client);
        var start = client.Resumed is null ? client.Room.CursorAt(position with { Summaries = client.Room.Position.Summaries }) : cursor!;
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

    private int Beat(StreamClient client) => client.Who is VisitorPrincipal ? _settings.VisitorBeatSeconds : _settings.AgentBeatSeconds;

    /// <summary>Once a second; each client in its own second, so that no moment has all beats.</summary>
    private void Beat()
    {
        var tick = Interlocked.Increment(ref _ticks);
        foreach (var room in _rooms.Values)
        {
            string? cursor = null;
            byte[]? frame = null;
            foreach (var client in room.Clients)
            {
                var every = Beat(client);
                if (tick % every == client.Number % every && tick - client.Greeted >= Math.Min(every, Settling))
                {
                    client.Fresh = false;
                    cursor ??= room.Cursor;
                    client.Live(frame ??= StreamFrames.Beat(cursor), cursor);
                }
            }
        }
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
