using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Contacts;

/// <summary>Who says so: the person typed it, the site vouched, an agent wrote it down.</summary>
public enum Source { Typed, Vouched, Agent }

/// <summary>What is said about a contact. Only claims: they are shown and written to, they prove nothing and merge nobody.</summary>
/// <param name="In">The answer to a form that says so, where that is all that says it: it goes when the answer goes.</param>
public sealed record Described(Source Source, string? Name = null, string? Email = null, string? Phone = null, SaidIn? In = null) : EntryBody
{
    /// <summary>What is said under the workspace's own attributes, as it is kept; no text takes a value away. Held against what there is before.</summary>
    public ImmutableSortedDictionary<string, string>? Attributes { get; init; }

    [JsonIgnore]
    public bool SaysNothing => this is { Name: null, Email: null, Phone: null, Attributes: null or { IsEmpty: true } };
}

/// <summary>A message of a conversation.</summary>
public readonly record struct SaidIn(ConversationId Conversation, long Message);

/// <summary>Claims were taken out, with the answer that they came from. What the person said elsewhere stays.</summary>
/// <param name="Of">The entry that held them.</param>
public sealed record ClaimsWithdrawn(long Of, string Reason) : EntryBody;

public sealed record Describe(Origin Origin, ContactId Id, Described What) : ContactCommand(Origin, Id);

internal static class Describing
{
    private const int PhoneLimit = 40;

    public static Decision Decide(Describe command) => Flaw(command.What) is { } flaw ? flaw : command.What;

    public static Refusal? Flaw(Described what) =>
        (what.Name is { } name ? Naming.Name(name) : null)
        ?? (what.Email is { } email ? Naming.Email(email) : null)
        ?? (what.Phone is { } phone && (phone.Length is 0 or > PhoneLimit || !phone.All(c => char.IsDigit(c) || " +-()/.".Contains(c))) ? new Refusal("phone.invalid", "That is not a telephone number.", 400) : null)
        ?? (what.SaysNothing ? new Refusal("claims.empty", "Nothing is said: give a name, an e-mail address, a telephone number or an attribute.", 400) : null);
}
