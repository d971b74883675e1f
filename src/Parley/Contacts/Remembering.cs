using Parley.Log;
using Parley.Platform;

namespace Parley.Contacts;

/// <summary>Something that colleagues should know of a person. Customers never see it.</summary>
public sealed record ContactNoted(string Text) : EntryBody;

/// <summary>It reads otherwise now. What it said before stays to be looked up.</summary>
/// <param name="Of">First, for what is taken out takes out with it whatever begins so.</param>
public sealed record ContactNoteEdited(long Of, string Text) : EntryBody;

/// <summary>It was taken back, with all that it ever said.</summary>
public sealed record ContactNoteDropped(long Of) : EntryBody;

public sealed record NoteContact(Origin Origin, ContactId Id, string Text) : ContactCommand(Origin, Id);

/// <param name="By">Who wrote it; null where it is not there (any more).</param>
public sealed record EditContactNote(Origin Origin, ContactId Id, long Of, string Text, [property: System.Text.Json.Serialization.JsonIgnore] Author? By) : ContactCommand(Origin, Id);

/// <param name="May">They may take back what others wrote.</param>
public sealed record DropContactNote(Origin Origin, ContactId Id, long Of, [property: System.Text.Json.Serialization.JsonIgnore] Author? By, [property: System.Text.Json.Serialization.JsonIgnore] bool May)
    : ContactCommand(Origin, Id);

/// <summary>Notes about a person.</summary>
internal static class Remembering
{
    public const int Longest = 5_000;

    private static readonly Refusal NotOwn = new("note.notOwn", "This was written by somebody else.", 403);

    public static Decision Decide(NoteContact command) => Flaw(command.Text) is { } flaw ? flaw : new ContactNoted(command.Text.Trim());

    public static Decision Decide(EditContactNote command) =>
        command.By is not { } by ? Refusal.Unknown("note")
        : !command.Origin.Is(by) ? NotOwn
        : Flaw(command.Text) is { } flaw ? flaw
        : new ContactNoteEdited(command.Of, command.Text.Trim());

    public static Decision Decide(DropContactNote command) =>
        command.By is not { } by ? Refusal.Unknown("note")
        : !command.May && !command.Origin.Is(by) ? NotOwn
        : new Decision { Drafts = [new Draft(new ContactNoteDropped(command.Of))], Overwrites = [new Overwrite(command.Subject, command.Of, "deleted")] };

    private static Refusal? Flaw(string text) =>
        string.IsNullOrWhiteSpace(text) ? new Refusal("note.empty", "The note is empty.", 400) { Errors = [new FieldFlaw("text", "required", "Say something.")] }
        : Words.Exceed(text, Longest) ? new Refusal("note.tooLong", $"A note has at most {Longest} characters.", 400) { Errors = [new FieldFlaw("text", "tooLong", $"At most {Longest} characters.")] }
        : null;
}
