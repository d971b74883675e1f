namespace Parley.Platform;

/// <summary>Who has a conversation, as a summary says it.</summary>
/// <param name="Kind"><c>agent</c>, <c>queue</c> or <c>nobody</c>.</param>
/// <param name="Id">The agent; or the team in whose queue it is.</param>
public sealed record Holder(string Kind, string? Id = null, string? Name = null);
