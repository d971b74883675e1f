using Parley.Conversations;
using Parley.Inbox.Lists;
using Parley.Workspaces;

namespace Parley.Inbox.Watching;

/// <summary>One agent's stream and the views that it looks at.</summary>
internal sealed class Watcher(StreamClient client, AgentPrincipal who)
{
    private readonly Lock _gate = new();
    private (View View, string Name)[] _views = [];

    public StreamClient Client { get; } = client;

    public AgentPrincipal Who { get; } = who;

    /// <summary>The numbers that were sent last.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; set; } = new Dictionary<string, long>();

    /// <summary>Its numbers were read beside the rounds that tell them: the next one looks at it whatever changed.</summary>
    public bool Behind { get; set; }

    public bool IsIdle => _views.Length == 0;

    public void Add(View view)
    {
        lock (_gate)
        {
            _views = [.. _views.Where(known => known.View != view), (view, view.ToString())];
        }
    }

    public void Remove(View view)
    {
        lock (_gate)
        {
            _views = [.. _views.Where(known => known.View != view)];
        }
    }

    /// <summary>Sends a row that changed: once, however many views have it; and for each view that had it, that it left.</summary>
    public void Tell(SummaryChange change, Func<byte[]> frame, string cursor)
    {
        var may = ListReading.May(Who, change.After);
        var sent = false;
        foreach (var (view, name) in _views)
        {
            if (may && view.Has(change.After, Who.Agent))
            {
                if (!sent)
                {
                    Client.Live(frame(), cursor);
                    sent = true;
                }
            }
            else if (change.Before is null ? may && change.BeforeUnknown : ListReading.May(Who, change.Before) && view.Has(change.Before, Who.Agent))
            {
                Client.Live(Left(name, change.After.Id));
            }
        }
    }

    /// <summary>Says of a row that changed while the client was away whether it is in a view. What it was before nobody knows, so a row that is not is told to have left.</summary>
    public void Missed(Summary row, View view, Func<byte[]> frame)
    {
        if (!ListReading.May(Who, row))
        {
            return;
        }

        Client.Send(view.Has(row, Who.Agent) ? frame() : Left(view.ToString(), row.Id));
    }

    private static byte[] Left(string view, ConversationId id) => StreamFrames.Of("left", (view, id), static (writer, left) =>
    {
        writer.WriteString("view"u8, left.view);
        writer.WriteString("conversation"u8, left.id.ToString());
    });
}
