namespace Parley.Workspaces;

/// <summary>
/// Who may give out links that let others in. Asked when a link is made and again when it is used: whoever was deactivated or lost their role meanwhile lets
/// nobody in any more, and nobody becomes by a link what they were not when it was made.
/// </summary>
internal static class Issuing
{
    public static bool Invites(Roster roster, AgentId by, Role role) => roster.Agent(by) is { Active: true, Role: >= Role.Admin } issuer && role <= issuer.Role;

    /// <summary>Nobody renews the password of somebody of their role or above, for whoever sets a password can be that person; an owner may. One's own is changed with the current one.</summary>
    public static bool Renews(Roster roster, AgentId by, AgentCard whom) =>
        by != whom.Id && whom.Active && roster.Agent(by) is { Active: true, Role: >= Role.Admin } issuer && (whom.Role < issuer.Role || issuer.Role == Role.Owner);
}
