using Parley.Log;

namespace Parley.Inbox;

/// <summary>A contact as it stands beside a conversation.</summary>
public sealed record ContactCard(string? Name, bool Verified);

/// <summary>Finds the cards of contacts; those that are not known have none.</summary>
public delegate Task<IReadOnlyDictionary<ContactId, ContactCard>> ContactCards(WorkspaceId workspace, IEnumerable<ContactId> contacts);
