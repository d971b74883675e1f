using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Workspaces;

/// <summary>An agent has this place from now on.</summary>
public sealed record MemberSet(AgentId Agent, Member Member) : EntryBody;

/// <summary>A new agent: their place in the workspace and themselves, in one transaction. The account is another matter.</summary>
public sealed record AddAgent(Origin Origin, [property: JsonIgnore] AgentId Agent, string Name, string Email, Role Role, ImmutableSortedSet<TeamId> Teams) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => WorkspaceKind.Of(Origin.Workspace);

    [JsonIgnore]
    public override ImmutableArray<Subject> Others => [AgentKind.Of(Agent)];
}

/// <summary>Another role, or deactivated, or active again; what is null stays.</summary>
public sealed record SetMember(Origin Origin, AgentId Agent, Role? Role = null, bool? Active = null) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => WorkspaceKind.Of(Origin.Workspace);
}

internal static class Membership
{
    public static Decision Decide(WorkspaceState state, AddAgent command, Deciding deciding)
    {
        if (deciding.Other<AgentState>(AgentKind.Of(command.Agent)).Seq > 0)
        {
            return new Refusal("agent.exists", "This agent exists already.");
        }

        if ((Naming.Name(command.Name) ?? Naming.Email(command.Email) ?? Unknown(state, command.Teams)) is { } refusal)
        {
            return refusal;
        }

        return new Decision
        {
            Drafts =
            [
                new Draft(new MemberSet(command.Agent, new Member(command.Role, Active: true))),
                new Draft(new AgentJoined(command.Name.Trim(), command.Email, command.Teams), AgentKind.Of(command.Agent)),
            ],
        };
    }

    /// <summary>A workspace keeps an owner: without one nobody could ever make another.</summary>
    public static Decision Decide(WorkspaceState state, SetMember command)
    {
        if (!state.Members.TryGetValue(command.Agent, out var before))
        {
            return Refusal.Unknown("agent");
        }

        var after = new Member(command.Role ?? before.Role, command.Active ?? before.Active);
        if (after == before)
        {
            return Decision.Nothing;
        }

        var losesOwner = before is { Role: Role.Owner, Active: true } && after is not { Role: Role.Owner, Active: true };
        return losesOwner && state.Owners == 1
            ? new Refusal("owner.last", "A workspace needs an active owner, and this is the last one.")
            : new MemberSet(command.Agent, after);
    }

    public static Refusal? Unknown(WorkspaceState state, IEnumerable<TeamId> teams) =>
        teams.All(state.Teams.ContainsKey) ? null : new Refusal("team.unknown", "There is no such team.", 400);
}
