using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Workspaces;

public sealed record TeamSet(Team Team) : EntryBody;

public sealed record TeamRemoved(TeamId Team) : EntryBody;

/// <summary>Adds a team or changes one. Who is in it stands with the agents.</summary>
/// <param name="Hours">When its people are at work; always is as good as null: whenever what they answer is open.</param>
public sealed record SetTeam(Origin Origin, TeamId Team, string Name, Calendar? Hours = null) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => WorkspaceKind.Of(Origin.Workspace);
}

public sealed record RemoveTeam(Origin Origin, TeamId Team) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => WorkspaceKind.Of(Origin.Workspace);
}

internal static class Teaming
{
    public static Decision Decide(WorkspaceState state, SetTeam command)
    {
        var after = new Team(command.Team, command.Name.Trim(), command.Hours is { Hours: not null } hours ? hours : null);
        return (Naming.Name(after.Name) ?? (after.Hours is { } calendar ? Hours.Flaw(calendar, "hours") : null)) is { } refusal
            ? refusal
            : state.Teams.Values.Any(team => team.Id != after.Id && string.Equals(team.Name, after.Name, StringComparison.OrdinalIgnoreCase))
                ? new Refusal("team.exists", "There is a team of this name already.")
                : state.Teams.GetValueOrDefault(after.Id) == after
                    ? Decision.Nothing
                    : new TeamSet(after);
    }

    public static Decision Decide(WorkspaceState state, RemoveTeam command) =>
        state.Teams.ContainsKey(command.Team) ? new TeamRemoved(command.Team) : Refusal.Unknown("team");
}
