using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Contacts;

/// <summary>This visitor turned out to be that person. Everything that was handed out to the visitor is dead from now on.</summary>
public sealed record ContactJoined(ContactId Person) : EntryBody;

/// <summary>The person is that contact too; of its threads all but the hidden ones are theirs.</summary>
public sealed record ContactTaken(ContactId Contact, ImmutableArray<ConversationId> Hidden) : EntryBody;

/// <summary>
/// A visitor joins the person that a site vouched for, once. It brings along the threads that were begun on this device within the last half
/// hour: what is older may be somebody else's who sat there before, and stays hidden. In any case what was handed out to the visitor here is dead.
/// </summary>
public sealed record Join(Origin Origin, ContactId Visitor, ContactId Person, string Device) : ContactCommand(Origin, Visitor)
{
    /// <summary>Whom colleagues know the person as, where that is another; null: themselves.</summary>
    [JsonIgnore]
    public ContactId? Survivor { get; init; }

    [JsonIgnore]
    public override ImmutableArray<Subject> Others => Survivor is { } survivor ? [Contacts.Contact.Subject(Person), Contacts.Contact.Subject(survivor)] : [Contacts.Contact.Subject(Person)];
}

internal static class Joining
{
    private static readonly TimeSpan Sitting = TimeSpan.FromMinutes(30);

    private static readonly Refusal Refused = new("contact.joined", "This visitor is somebody already.");

    public static Decision Decide(Contact it, Join command, Deciding deciding)
    {
        var person = Contact.Subject(command.Person);
        var (other, seq) = deciding.Other<Contact>(person);
        if (it.Verified || it.Person is not null || !it.Joined.IsEmpty || seq == 0 || other.Erased || other.Becomes is not null || other.Person != command.Survivor || command.Visitor == command.Person)
        {
            return Refused;
        }

        var own = it.Threads.Where(thread => thread.Device == command.Device && thread.At > deciding.Now - Sitting).Select(thread => thread.Thread).ToHashSet();
        if (own.Count == 0)
        {
            // Nothing to bring along. The visitor stays nobody's, so what was written there before is never shown to this person; and nobody goes on as it from here.
            return new GenerationRaised(RaiseGeneration.Identified, command.Device);
        }

        var hidden = it.Threads.Select(thread => thread.Thread).Where(thread => !own.Contains(thread)).ToImmutableArray();
        var joined = new Decision { Drafts = [new Draft(new ContactJoined(command.Person)), new Draft(new ContactTaken(command.Visitor, hidden), person)] };
        return command.Survivor is not { } survivor ? joined : joined with
        {
            Drafts = joined.Drafts.AddRange(new Draft(new ContactMerged(survivor)), new Draft(new ContactAbsorbed([command.Visitor], hidden), Contact.Subject(survivor))),
        };
    }
}
