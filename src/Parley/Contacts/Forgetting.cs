using Parley.Log;

namespace Parley.Contacts;

/// <summary>The person asked to be forgotten. Who it was is gone; that there was somebody stays.</summary>
public sealed record ContactErased(string Reason) : EntryBody;

/// <summary>Takes all words out of the contact's timeline and lets go of what proves it. Its conversations are erased by commands of their own.</summary>
public sealed record EraseContact(Origin Origin, ContactId Id, string Reason) : ContactCommand(Origin, Id);

internal static class Forgetting
{
    private const int LongestReason = 200;

    public static Decision Decide(Contact it, EraseContact command) => command.Reason.Length > LongestReason
        ? new Refusal("reason.tooLong", $"A reason has at most {LongestReason} characters.", 400)
        : new Decision
        {
            Drafts = [new Draft(new ContactErased(command.Reason))],
            Overwrites = [new Overwrite(command.Subject, null, "erased")],
            Claims = [.. it.Keys.Select(key => new Claim(key, command.Subject, Release: true))],
        };
}
