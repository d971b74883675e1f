using System.Text.Json;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Live;

/// <summary>
/// Who of an inbox's people is here, as its visitors may know it: said when their stream begins, and again whenever it has changed. Several who come
/// and go at once are one change where the visitor sees the same line before and after.
/// </summary>
internal sealed class Availability : IStreamPart, IDisposable
{
    private readonly Lazy<Streams> _streams;
    private readonly Rosters _rosters;
    private readonly Presence _presence;
    private readonly IDisposable _listening;
    private readonly Lock _gate = new();

    /// <summary>What was last said of each inbox that a visitor has looked at.</summary>
    private readonly Dictionary<(WorkspaceId Workspace, InboxId Inbox), byte[]> _said = [];

    public Availability(Lazy<Streams> streams, Rosters rosters, Presence presence)
    {
        (_streams, _rosters, _presence) = (streams, rosters, presence);
        _listening = rosters.Listen((_, after) => Look(after.Id));
        presence.Listen(Look);
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

    public void Dispose() => _listening.Dispose();

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
        var availability = WidgetAvailability.Of(_rosters.Now(of.Workspace), of.Inbox, agent => _presence.Present(of.Workspace, agent));
        return StreamFrames.Of("signal", availability, static (writer, availability) =>
        {
            writer.WriteString("kind"u8, "availability"u8);
            writer.WritePropertyName("availability"u8);
            JsonSerializer.Serialize(writer, availability, Platform.Json.Options);
        });
    }
}
