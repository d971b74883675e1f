namespace Parley.Workspaces;

/// <summary>What is done where nobody of those who were asked for had time.</summary>
/// <param name="AfterSeconds">Since it began to wait.</param>
/// <param name="Team">Who is asked then, whatever they know; null: everybody of its team, or of the inbox.</param>
public sealed record Fallback(int AfterSeconds, TeamId? Team = null);
