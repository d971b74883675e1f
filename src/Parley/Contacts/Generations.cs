using Parley.Log;

namespace Parley.Contacts;

/// <summary>Tokens, resumes and streams from before are dead: of one device, or (null) of all.</summary>
/// <param name="Cause"><c>shutdown</c>: the site ended it (a sign-out); <c>identified</c>: somebody else sits there now; <c>everywhere</c>.</param>
public sealed record GenerationRaised(string Cause, string? Device = null) : EntryBody;

public sealed record RaiseGeneration(Origin Origin, ContactId Id, string Cause, string? Device = null) : ContactCommand(Origin, Id)
{
    /// <summary>Ends also what was handed out to a visitor who never spoke: the fact alone, for there is nothing else to store of them.</summary>
    public const string Identified = "identified";
}
