using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;
using Parley.Platform;

namespace Parley.Contacts;

/// <summary>Colleagues know that this contact is that person. What it is to itself, on its own devices, stays as it was: nobody has proven anything.</summary>
public sealed record ContactMerged(ContactId Person) : EntryBody;

/// <summary>The person is these contacts too.</summary>
/// <param name="Hidden">Threads that were hidden from them, and go on being nobody's.</param>
public sealed record ContactAbsorbed(ImmutableArray<ContactId> Contacts, ImmutableArray<ConversationId> Hidden) : EntryBody;

/// <summary>Makes one person of two. What was written of either stays where it stands; the one that is merged points to the other from now on.</summary>
/// <param name="Id">The one that goes.</param>
/// <param name="Into">The one that stays; default: there is none of that id here.</param>
/// <param name="Group">All that turned out to be the one that goes.</param>
/// <param name="Carried">What is known of the one that goes and not of the other.</param>
public sealed record MergeContact(Origin Origin, [property: JsonIgnore] ContactId Id, ContactId Into, [property: JsonIgnore] ImmutableArray<ContactId> Group, [property: JsonIgnore] Described? Carried)
    : ContactCommand(Origin, Id)
{
    [JsonIgnore]
    public override ImmutableArray<Subject> Others => Into.IsEmpty || Into == Id ? [] : [Contacts.Contact.Subject(Into), .. Group.Where(one => one != Into).Select(Contacts.Contact.Subject)];
}

/// <summary>Two contacts that are one person, as an agent says. Customers go on seeing what they saw: only proof shows somebody a thread.</summary>
public static class Merging
{
    /// <summary>Somebody joined one of them in the meantime: the route looks again.</summary>
    public static readonly Refusal Changed = new("merge.changed", "More is known of them since. Try it once more.");

    /// <summary>Null where both can be merged.</summary>
    public static Refusal? Flaw(ContactId id, Contact it, ContactId into, Contact? other) =>
        other is null ? Named("merge.unknown", "unknown", "There is no such person here.", 400)
        : into == id || it.Person == into || other.Person == id ? Named("merge.self", "self", "That is the same person.", 400)
        : it.Erased ? new Refusal("contact.erased", "This contact was erased.", 410)
        : other.Erased ? Named("merge.erased", "erased", "That person was erased.", 409)
        : it.Person is not null || other.Person is not null ? Changed
        : null;

    internal static Decision Decide(Contact it, MergeContact command, Deciding deciding)
    {
        var into = Contact.Subject(command.Into);
        var (other, seq) = command.Others.IsEmpty ? (it, 0L) : deciding.Other<Contact>(into);
        if (Flaw(command.Id, it, command.Into, seq > 0 ? other : command.Into == command.Id ? it : null) is { } flaw)
        {
            return flaw;
        }

        if (!it.Joined.ToHashSet().SetEquals(command.Group))
        {
            return Changed;
        }

        var drafts = ImmutableArray.CreateBuilder<Draft>();
        drafts.Add(new Draft(new ContactMerged(command.Into)));
        drafts.AddRange(command.Group.Select(one => new Draft(new ContactMerged(command.Into), Contact.Subject(one))));
        drafts.Add(new Draft(new ContactAbsorbed([command.Id, .. command.Group], it.Hidden), into));
        if (it.Owner is { } owner && other.Owner is null)
        {
            drafts.Add(new Draft(new OwnerSet(owner, null), into));
        }

        if (command.Carried is { SaysNothing: false } carried)
        {
            drafts.Add(new Draft(carried, into));
        }

        return new Decision { Drafts = drafts.ToImmutable() };
    }

    /// <summary>What is known of the one and not of the other. It stays what it was: somebody's claim.</summary>
    public static Described Carried(Profile from, Profile into) => new(Source.Typed, into.Name is null ? from.Name : null, into.Email is null ? from.Email : null, into.Phone is null ? from.Phone : null)
    {
        Attributes = from.Attributes.Where(one => into.Attribute(one.Key) is null).ToImmutableSortedDictionary(one => one.Key, one => one.Value.Value) is { IsEmpty: false } some ? some : null,
    };

    private static Refusal Named(string code, string flaw, string text, int status) => new(code, text, status) { Errors = [new FieldFlaw("into", flaw, text)] };
}
