using System.Collections.Immutable;
using Parley.Log;

namespace Parley.Workspaces;

public enum Role { Agent, Supervisor, Admin, Owner }

/// <summary>Who asks: proven by a session, a token or a signature before any route runs. Every read and every command goes by it.</summary>
/// <param name="Workspace">The only workspace it can touch.</param>
public abstract record Principal(WorkspaceId Workspace)
{
    public abstract Author Author { get; }

    /// <summary>Who turned out to be this one: what they wrote is its own.</summary>
    public virtual ImmutableArray<Author> Formerly => [];

    public virtual bool Wrote(Author author) => author == Author;
}

/// <summary>An agent with a session.</summary>
/// <param name="Inboxes">The inboxes open to the agent's teams; null: all of the workspace.</param>
/// <param name="Grant">The version of the agent's rights; a stream of an older one is ended.</param>
public sealed record AgentPrincipal(WorkspaceId Workspace, AgentId Agent, Role Role, ImmutableHashSet<InboxId>? Inboxes, long Grant) : Principal(Workspace)
{
    public override Author Author => new(AuthorKind.Agent, Agent.Value);

    /// <summary>The session that proves it; signing out ends this one only.</summary>
    public Guid Session { get; init; }
}

/// <summary>A program with an API token. <paramref name="Scopes"/> say what it may do: <c>read</c>, <c>write</c>, <c>admin</c>.</summary>
public sealed record ProgramPrincipal(WorkspaceId Workspace, TokenId Token, ImmutableHashSet<string> Scopes) : Principal(Workspace)
{
    public override Author Author => new(AuthorKind.Program, Token.Value);
}

/// <summary>Somebody on a company's site. <paramref name="Visitor"/> is this device's contact; <paramref name="Person"/> whom it turned out to be (itself until joined or merged).</summary>
/// <param name="Generation">Raised when everything handed out before must die; older tokens and streams are refused.</param>
public sealed record VisitorPrincipal(WorkspaceId Workspace, ContactId Visitor, ContactId Person, InboxId Inbox, string Device, bool Verified, long Generation) : Principal(Workspace)
{
    /// <summary>The contacts that are this person: itself and all that were joined to it. Their threads are the person's.</summary>
    public required ImmutableHashSet<ContactId> Contacts { get; init; }

    /// <summary>Nothing that they say is taken.</summary>
    public bool Blocked { get; init; }

    /// <summary>Threads of those contacts that are somebody else's all the same: begun on this device before the person was known, by whoever sat there then.</summary>
    public ImmutableHashSet<ConversationId> Hidden { get; init; } = [];

    /// <summary>The only thread that they may see: they came by a link that opens no more. Null: all of the person's.</summary>
    public ConversationId? Only { get; init; }

    public override Author Author => new(AuthorKind.Contact, Visitor.Value);

    public override ImmutableArray<Author> Formerly => Contacts.Count == 1 && Contacts.Contains(Visitor)
        ? []
        : [.. Contacts.Where(contact => contact != Visitor).Select(contact => new Author(AuthorKind.Contact, contact.Value))];

    public override bool Wrote(Author author) => author is { Kind: AuthorKind.Contact, Id: { } id } && (id == Visitor.Value || Contacts.Contains(new ContactId(id)));

    /// <summary>True if a thread of <paramref name="contact"/> is this person's own.</summary>
    public bool Owns(ContactId contact, ConversationId thread) => Contacts.Contains(contact) && !Hidden.Contains(thread) && (Only is not { } only || only == thread);
}
