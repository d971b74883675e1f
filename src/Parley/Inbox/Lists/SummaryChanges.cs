using System.Collections.Immutable;
using System.Globalization;
using Parley.Platform.Fanout;

namespace Parley.Inbox.Lists;

/// <summary>Which rows have changed and are on disk.</summary>
/// <param name="Position">How far the lists are made; null: the rows changed by themselves, without an entry.</param>
/// <param name="Changes">Null: another node wrote them.</param>
/// <param name="Moved">Where another node says which: those that changed by themselves.</param>
internal sealed record SummaryNews(WorkspaceId Workspace, long? Position, IReadOnlyList<SummaryChange>? Changes, IReadOnlyList<ConversationId>? Moved = null);

/// <summary>Tells which rows have changed, once they are on disk: on this node the rows, on others only how far they are made, or which changed by themselves.</summary>
internal sealed class SummaryChanges
{
    private const string Topic = "inbox";
    private const string MovedTopic = "inbox.moved";
    private const string ViewsTopic = "inbox.views";
    private const int MovedAtOnce = 100;

    private readonly Bus _bus;
    private ImmutableArray<Action<SummaryNews>> _listeners = [];
    private ImmutableArray<Action<WorkspaceId, bool>> _counting = [];

    public SummaryChanges(Bus bus)
    {
        _bus = bus;
        bus.Listen(Topic, Hear);
        bus.Listen(MovedTopic, HearMoved);
        bus.Listen(ViewsTopic, text => CountEach(WorkspaceId.Parse(text), made: true));
    }

    public void Listen(Action<SummaryNews> listener) => ImmutableInterlocked.Update(ref _listeners, all => all.Add(listener));

    /// <param name="listener">Told when numbers of views are others; true: a view is made by now.</param>
    public void ListenToCounts(Action<WorkspaceId, bool> listener) => ImmutableInterlocked.Update(ref _counting, all => all.Add(listener));

    public void Tell(WorkspaceId workspace, long position, IReadOnlyList<SummaryChange> written)
    {
        Each(new(workspace, position, written));
        if (_bus.Shared)
        {
            _bus.Post(Topic, string.Create(CultureInfo.InvariantCulture, $"{workspace} {position}"));
        }
    }

    /// <summary>Rows that changed by themselves: a time has come, or a view was made.</summary>
    public void Tell(WorkspaceId workspace, IReadOnlyList<SummaryChange> moved)
    {
        Each(new(workspace, null, moved));
        foreach (var part in _bus.Shared ? moved.Chunk(MovedAtOnce) : [])
        {
            _bus.Post(MovedTopic, $"{workspace} {string.Join(' ', part.Select(change => change.After.Id))}");
        }
    }

    /// <summary>Some slice of a view was made.</summary>
    public void Counted(WorkspaceId workspace, bool made)
    {
        CountEach(workspace, made);
        if (made && _bus.Shared)
        {
            _bus.Post(ViewsTopic, workspace.ToString());
        }
    }

    private void Hear(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        Each(new(WorkspaceId.Parse(text[..space]), long.Parse(text.AsSpan(space + 1), CultureInfo.InvariantCulture), null));
    }

    private void HearMoved(string text)
    {
        var words = text.Split(' ');
        Each(new(WorkspaceId.Parse(words[0]), null, null, [.. words.Skip(1).Select(ConversationId.Parse)]));
    }

    private void Each(SummaryNews news)
    {
        foreach (var listener in _listeners)
        {
            listener(news);
        }
    }

    private void CountEach(WorkspaceId workspace, bool made)
    {
        foreach (var listener in _counting)
        {
            listener(workspace, made);
        }
    }
}
