using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Workspaces;

public sealed record TeamSet(Team Team) : EntryBody;

public sealed record TeamRemoved(TeamId Team) : EntryBody;

/// <summary>Adds a team or renames one. Who is in it stands with the agents.</summary>
public sealed record SetTeam(Origin Origin, TeamId Team, string Name) : Command(Origin)
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
        var after = new Team(command.Team, command.Name.Trim());
        return Naming.Name(after.Name) is { } refusal
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
