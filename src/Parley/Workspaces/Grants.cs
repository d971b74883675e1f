using System.Collections.Immutable;
using Parley.Log;

namespace Parley.Workspaces;

/// <summary>
/// Says whose rights have changed, so that streams which were opened under the old ones end (<c>bye {reason: "access"}</c>) and begin anew.
/// Everything that takes a right away is an entry, so every node says it.
/// </summary>
public sealed class Grants : IDisposable
{
    private readonly Rosters _rosters;
    private readonly IDisposable[] _listening;
    private ImmutableArray<Action<WorkspaceId, Predicate<Principal>>> _listeners = [];

    public Grants(Rosters rosters, Fanout fanout)
    {
        _rosters = rosters;
        _listening = [rosters.Listen(Compare), fanout.Listen(Hear)];
    }

    /// <summary>Told synchronously: end what <paramref name="listener"/>'s predicate matches in that workspace. Hand on quickly, never throw.</summary>
    public IDisposable Listen(Action<WorkspaceId, Predicate<Principal>> listener)
    {
        ImmutableInterlocked.Update(ref _listeners, all => all.Add(listener));
        return new Listening(() => ImmutableInterlocked.Update(ref _listeners, all => all.Remove(listener)));
    }

    /// <summary>Ends what matches, on this node. What other nodes must hear as well is said by an entry.</summary>
    public void End(WorkspaceId workspace, Predicate<Principal> ended)
    {
        foreach (var listener in _listeners)
        {
            listener(workspace, ended);
        }
    }

    /// <summary>True while the agent's rights are the ones that the principal was made with.</summary>
    public bool Holds(AgentPrincipal principal) => _rosters.Now(principal.Workspace).Grant(principal.Agent) == principal.Grant;

    public void Dispose()
    {
        foreach (var listening in _listening)
        {
            listening.Dispose();
        }
    }

    private void Compare(Roster before, Roster after)
    {
        var changed = before.Agents.Keys.Where(agent => before.Grant(agent) != after.Grant(agent)).ToHashSet();
        if (changed.Count > 0)
        {
            End(after.Id, principal => principal is AgentPrincipal agent && changed.Contains(agent.Agent));
        }
    }

    private void Hear(Committed committed)
    {
        foreach (var entry in committed.Entries)
        {
            switch (entry.Body)
            {
                case AgentSignedOut { Session: { } session }:
                    End(committed.Workspace, principal => principal is AgentPrincipal agent && agent.Session == session);
                    break;
                case TokenRevoked revoked:
                    End(committed.Workspace, principal => principal is ProgramPrincipal program && program.Token == revoked.Token);
                    break;
            }
        }
    }

    private sealed class Listening(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
