using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Fanout;
using Parley.Platform.Hosting;
using Parley.Workspaces;

namespace Parley.Live;

/// <summary>What an agent is writing, for colleagues: nothing, words to the customer, or a note.</summary>
internal enum Writes { Nothing, Reply, Note }

/// <summary>
/// Which agents look at a conversation and which of them write, told to colleagues who have it open or its row on their screen, and to nobody else: with five hundred
/// agents each is told of a screenful. Never stored; what is not said again is over by itself, also of a node that died.
/// </summary>
internal sealed class Company : IStreamPart, IHostedService, IDisposable
{
    private const string Topic = "company";

    /// <summary>More rows than that no screen shows.</summary>
    private const int MostRows = 100;

    /// <summary>Consoles say it every fifteen seconds.</summary>
    private static readonly TimeSpan Looked = TimeSpan.FromSeconds(40);

    /// <summary>And of typing every three.</summary>
    private static readonly TimeSpan Typed = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, Sight> _tabs = [];
    private readonly Dictionary<ConversationId, HashSet<string>> _of = [];
    private readonly Dictionary<ConversationId, ImmutableHashSet<StreamClient>> _rows = [];
    private readonly Lock _gate = new();
    private readonly string _me = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
    private readonly Lazy<Streams> _streams;
    private readonly Desk _desk;
    private readonly TimeProvider _time;
    private readonly Bus _bus;
    private readonly ILogger<Company> _log;
    private ITimer? _timer;

    public Company(Lazy<Streams> streams, Desk desk, TimeProvider time, Bus bus, ILogger<Company> log)
    {
        (_streams, _desk, _time, _bus, _log) = (streams, desk, time, bus, log);
        bus.Listen(Topic, text => Put(JsonSerializer.Deserialize<Word>(text, Platform.Json.Options)!));
    }

    public IReadOnlyList<string> Takes { get; } = ["rows"];

    public Task StartAsync(CancellationToken cancel)
    {
        _timer = _time.CreateTimer(_ => _ = Rounds.Do(_log, "company", Sweep), null, Pace, Pace);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;

    public void Dispose() => _timer?.Dispose();

    /// <summary>A console says what it shows: who is in company there is told to it, and it to them.</summary>
    public void Take(Look look, StreamClient? client)
    {
        var tab = Tab(look.Who, look.By);
        var before = Of(tab)?.Conversation;
        Say(new Word(tab, look.Who.Workspace, look.Who.Agent, look.At?.Id, null));
        if (client is not null && look.At is { } at && before != at.Id)
        {
            client.Live(Frame(at.Id, Shown(at.Id)));
        }
    }

    /// <summary>Somebody who has it open writes there, or no longer.</summary>
    public void Take(StreamClient client, AgentPrincipal agent, ConversationId conversation, Writes writes) =>
        Say(new Word(Tab(agent, client.Number), agent.Workspace, agent.Agent, conversation, writes));

    /// <summary>Which rows a console shows; of these it is told.</summary>
    public async ValueTask Hear(StreamClient client, string type, JsonElement said)
    {
        if (client.Who is not AgentPrincipal agent || !said.TryGetProperty("conversations", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        var asked = list.EnumerateArray().Take(MostRows).Where(id => id.ValueKind == JsonValueKind.String).Select(id => ConversationId.Parse(id.GetString())).Where(id => !id.IsEmpty).Distinct().ToList();
        var states = await _desk.Look([.. asked.Select(Conversation.Subject)]);
        var seen = asked.Where(id => states.TryGetValue(Conversation.Subject(id), out var found) && found.State is Conversation { Exists: true } it && Access.May(agent, found.Workspace, it.Inbox, it.Contact, id)).ToImmutableHashSet();
        var before = client.Kept(this) as ImmutableHashSet<ConversationId> ?? [];
        client.Keep(this, seen);
        Watch(client, before.Except(seen), seen.Except(before));
        foreach (var id in seen.Except(before))
        {
            if (Shown(id) is { IsEmpty: false } here)
            {
                client.Live(Frame(id, here));
            }
        }
    }

    public void End(StreamClient client)
    {
        if (client.Drop(this) is ImmutableHashSet<ConversationId> rows)
        {
            Watch(client, rows, []);
        }
    }

    private string Tab(AgentPrincipal agent, long number) => number == 0 ? agent.Agent.ToString() : $"{_me}:{number}";

    private Sight? Of(string tab)
    {
        lock (_gate)
        {
            return _tabs.GetValueOrDefault(tab);
        }
    }

    private void Say(Word word)
    {
        Put(word);
        if (_bus.Shared)
        {
            _bus.Post(Topic, JsonSerializer.Serialize(word, Platform.Json.Options));
        }
    }

    private void Put(Word word)
    {
        var now = _time.GetUtcNow();
        var before = Of(word.Tab);
        var same = before is not null && before.Conversation == word.Conversation ? before : null;
        var sight = word.Conversation is not { } id ? null
            : word.Writes is { } writes ? new Sight(word.Workspace, word.Agent, id, same?.Until ?? now + Typed, writes, now + Typed)
            : new Sight(word.Workspace, word.Agent, id, now + Looked, same?.Writes ?? Writes.Nothing, same?.WritesUntil ?? default);
        Change([(word.Tab, sight)]);
    }

    private Task Sweep()
    {
        var now = _time.GetUtcNow();
        List<(string, Sight?)> over = [];
        lock (_gate)
        {
            foreach (var (tab, sight) in _tabs)
            {
                if (sight.Until <= now && sight.WritesUntil <= now)
                {
                    over.Add((tab, null));
                }
                else if (sight.Writes != Writes.Nothing && sight.WritesUntil <= now)
                {
                    over.Add((tab, sight with { Writes = Writes.Nothing }));
                }
            }
        }

        Change(over);
        return Task.CompletedTask;
    }

    /// <summary>Tells who is in company where that is different by it.</summary>
    private void Change(IReadOnlyList<(string Tab, Sight? Sight)> changes)
    {
        foreach (var (tab, sight) in changes)
        {
            var told = new List<(WorkspaceId, ConversationId, ImmutableArray<Colleague>)>();
            lock (_gate)
            {
                var touched = new[] { _tabs.GetValueOrDefault(tab), sight }.OfType<Sight>().Select(one => (one.Workspace, one.Conversation)).Distinct().ToList();
                var before = touched.ConvertAll(one => Shown(one.Conversation));
                Keep(tab, sight);
                told.AddRange(touched.Zip(before).Where(pair => !Shown(pair.First.Conversation).SequenceEqual(pair.Second)).Select(pair => (pair.First.Workspace, pair.First.Conversation, Shown(pair.First.Conversation))));
            }

            told.ForEach(Tell);
        }
    }

    private void Keep(string tab, Sight? sight)
    {
        if (_tabs.Remove(tab, out var before) && _of.TryGetValue(before.Conversation, out var tabs) && tabs.Remove(tab) && tabs.Count == 0)
        {
            _of.Remove(before.Conversation);
        }

        if (sight is not null)
        {
            _tabs[tab] = sight;
            (_of.TryGetValue(sight.Conversation, out var here) ? here : _of[sight.Conversation] = []).Add(tab);
        }
    }

    private ImmutableArray<Colleague> Shown(ConversationId id)
    {
        lock (_gate)
        {
            return _of.TryGetValue(id, out var tabs)
                ? [.. tabs.Select(tab => _tabs[tab]).GroupBy(sight => sight.Agent).OrderBy(of => of.Key).Select(of => new Colleague(of.Key, of.Where(sight => sight.Writes == Writes.Reply).Select(sight => sight.Writes).DefaultIfEmpty(of.Max(sight => sight.Writes)).First()))]
                : [];
        }
    }

    private void Tell((WorkspaceId Workspace, ConversationId Id, ImmutableArray<Colleague> Here) change)
    {
        IEnumerable<StreamClient> rows;
        lock (_gate)
        {
            rows = _rows.GetValueOrDefault(change.Id, []);
        }

        var frame = Frame(change.Id, change.Here);
        foreach (var client in rows.Concat((_streams.Value.Room(change.Workspace)?.Followers(change.Id) ?? []).Where(client => client.Who is AgentPrincipal)).Distinct())
        {
            client.Live(frame);
        }
    }

    private void Watch(StreamClient client, IEnumerable<ConversationId> gone, IEnumerable<ConversationId> come)
    {
        lock (_gate)
        {
            foreach (var id in gone)
            {
                if (_rows.TryGetValue(id, out var clients) && clients.Remove(client) is var left && !(_rows[id] = left).IsEmpty)
                {
                    continue;
                }

                _rows.Remove(id);
            }

            foreach (var id in come)
            {
                _rows[id] = _rows.GetValueOrDefault(id, []).Add(client);
            }
        }
    }

    private static byte[] Frame(ConversationId id, ImmutableArray<Colleague> here) => StreamFrames.Of("signal", (id, here), static (writer, frame) =>
    {
        writer.WriteString("kind"u8, "company"u8);
        writer.WriteString("conversation"u8, frame.id.ToString());
        writer.WriteStartArray("agents"u8);
        foreach (var one in frame.here)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, one.Agent.ToString());
            if (one.Writes != Writes.Nothing)
            {
                writer.WriteString("typing"u8, one.Writes == Writes.Reply ? "reply"u8 : "note"u8);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private readonly record struct Colleague(AgentId Agent, Writes Writes);

    /// <param name="Until">Until then they look, if nothing more is said.</param>
    private sealed record Sight(WorkspaceId Workspace, AgentId Agent, ConversationId Conversation, DateTimeOffset Until, Writes Writes, DateTimeOffset WritesUntil);

    /// <param name="Writes">Null: it says what is on the screen.</param>
    private sealed record Word(string Tab, WorkspaceId Workspace, AgentId Agent, ConversationId? Conversation, Writes? Writes);
}
