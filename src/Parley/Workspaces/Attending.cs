using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Workspaces;

/// <summary>
/// Who may know how long agents were attentive to conversations. Agents always see their own; <c>off</c>: nothing is kept; <c>teams</c>: of others only sums over a
/// team, and none of a team so small that it would be somebody's; <c>agents</c>: each.
/// </summary>
public enum AttentionShown { Off, Teams, Agents }

public sealed record AttentionSet(AttentionShown Shown) : EntryBody;

public sealed record SetAttention(Origin Origin, AttentionShown Shown) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => WorkspaceKind.Of(Origin.Workspace);
}

/// <summary>An agent was attentive to a conversation from then to then: an interval that is over.</summary>
public sealed record Attended(ConversationId To, DateTimeOffset From, DateTimeOffset Until) : EntryBody;

/// <summary>Writes such an interval down.</summary>
public sealed record Attend(Origin Origin, [property: JsonIgnore] AgentId Agent, ConversationId Conversation, DateTimeOffset From, DateTimeOffset Until) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => AgentKind.Of(Agent);

    [JsonIgnore]
    public override System.Collections.Immutable.ImmutableArray<Subject> Others => [WorkspaceKind.Of(Origin.Workspace)];
}

internal static class Attending
{
    /// <summary>Less is a glance in passing.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    public static Decision Decide(WorkspaceState state, SetAttention set) => state.Attention == set.Shown ? Decision.Nothing : new AttentionSet(set.Shown);

    /// <summary>Nobody attends to two things at once: what is written already, by whichever node, counts once. KP4.</summary>
    public static Decision Decide(AgentState state, Attend attend, Deciding deciding)
    {
        var from = attend.From > state.AttendedTo ? attend.From : state.AttendedTo;
        var until = attend.Until < deciding.Now ? attend.Until : deciding.Now;
        return until - from < Least || deciding.Other<WorkspaceState>(WorkspaceKind.Of(attend.Origin.Workspace)).State.Attention == AttentionShown.Off
            ? Decision.Nothing
            // Theirs alone: no program and no colleague reads it from the log, whatever sums are shown of it.
            : new Decision { Drafts = [new Draft(new Attended(attend.Conversation, from, until)) { OnlyFor = [attend.Agent] }] };
    }
}
