using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>The threads that are this visitor's own. False: there may be more, the lists are still being made.</summary>
public delegate Task<(IReadOnlyList<ConversationId> Threads, bool Complete)> OwnThreads(VisitorPrincipal who);
