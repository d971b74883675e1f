using Microsoft.AspNetCore.Http;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Writing;

/// <summary>What is written once and used again and again.</summary>
internal interface IShelved
{
    /// <summary>Whose it is; null: everybody's.</summary>
    TeamId? Team { get; }
}

/// <summary>Where that stands: who finds it there, who may put something there, and who takes it away (see <see cref="Rights"/>).</summary>
/// <param name="unknown">What is said where it is not there.</param>
internal sealed class Shelf<TId, T>(Refusal unknown, Func<Session, WorkspaceId, Task<List<T>>> all, Func<Session, WorkspaceId, TId, Task<T?>> find, Func<Session, WorkspaceId, TId, Task> drop)
    where T : class, IShelved
{
    public Refusal Unknown => unknown;

    public async Task<IEnumerable<T>> All(Principal who, Rosters rosters, Database database) =>
        (await database.Read(session => all(session, who.Workspace))).Where(it => Rights.Sees(who, rosters, it.Team));

    /// <returns>Null, too, for what one may not see.</returns>
    public async Task<T?> Find(Principal who, TId id, Rosters rosters, Database database) =>
        await database.Read(session => find(session, who.Workspace, id)) is { } it && Rights.Sees(who, rosters, it.Team) ? it : null;

    /// <summary>Why it may not be put there for these people; null where it may.</summary>
    public static Refusal? Barred(Principal who, Rosters rosters, TeamId? team) => team is { } of && !rosters.Now(who.Workspace).Teams.ContainsKey(of)
        ? new Refusal("team.unknown", "There is no such team.", StatusCodes.Status400BadRequest) { Errors = [new FieldFlaw("team", "unknown", "There is no such team.")] }
        : Rights.May(who, rosters, team) ? null : Rights.Forbidden;

    /// <summary>Why what stands there may not be another; null where it may.</summary>
    public async Task<Refusal?> Kept(Principal who, TId id, Rosters rosters, Database database) =>
        await Find(who, id, rosters, database) is not { } it ? Unknown : Rights.May(who, rosters, it.Team) ? null : Rights.Forbidden;

    public async Task<IResult> Drop(Principal who, TId id, Rosters rosters, Database database)
    {
        if (await Kept(who, id, rosters, database) is { } refusal)
        {
            return refusal.Problem();
        }

        await database.Write(session => drop(session, who.Workspace, id));
        return Results.NoContent();
    }
}
