using System.Text.Json;
using Parley.Inbox.Lists;
using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Inbox.Views;

/// <summary>What of a saved view says which rows are in it and how they stand: what is kept beside its rows.</summary>
internal sealed record Definition(ViewId View, ViewFilter Filter, ViewOrder Order, AgentId? Me)
{
    public static Definition Of(SavedView view) => new(view.Id, view.Filter, view.Order, view.Mine);

    public string Text() => JsonSerializer.Serialize(this, Json.Options);

    public static Definition Read(string text) => JsonSerializer.Deserialize<Definition>(text, Json.Options)!;
}

internal enum Keeping { Building, Ready, Gone }

/// <summary>A view of which the rows are kept.</summary>
internal sealed class KeptView(Guid kept, Definition definition)
{
    /// <summary>What stands last stands below all that have a time.</summary>
    private const long Last = 1L << 60;

    private const long Step = 1L << 50;

    public Guid Kept => kept;

    public byte[] Key { get; } = kept.ToByteArray(bigEndian: true);

    public ViewId View => definition.View;

    public ViewOrder Order => definition.Order;

    public Filter Filter { get; } = Filter.Of(definition.Filter, definition.Me);

    /// <summary>Where a row stands: the highest first.</summary>
    public static long Place(ViewOrder order, Summary row) => order switch
    {
        ViewOrder.Oldest => -Time(row.At),
        ViewOrder.Waiting => row.Details.WaitingSince is { } since ? -Time(since) : Time(row.At) - Last,
        ViewOrder.Due => row.Details.Promise is { } promise ? -Time(promise.Due) : Time(row.At) - Last,
        ViewOrder.Priority => ((long)row.Details.Priority * Step) + Time(row.At),
        _ => Time(row.At),
    };

    /// <summary>The name under which it is counted.</summary>
    public string Count(AgentId? agent) => agent is { } one ? $"{View}:{one}" : View.ToString();

    private static long Time(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
