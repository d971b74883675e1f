using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Contacts;

/// <summary>A conversation that the contact opened: where, on which device, when.</summary>
public sealed record OpenedThread(ConversationId Thread, InboxId Inbox, string Device, DateTimeOffset At);

/// <summary>
/// A contact as its entries leave it. Holds no name and no address: words that can be erased must not survive in a fold. These are read
/// from the entries (<see cref="Profile"/>).
/// </summary>
public sealed record Contact
{
    public const string Kind = "contact";

    public static readonly Contact None = new();

    /// <summary>Somebody vouched for who this is.</summary>
    public bool Verified { get; init; }

    /// <summary>The unique keys that this contact holds (hashes of what proves it).</summary>
    public ImmutableArray<string> Keys { get; init; } = [];

    /// <summary>Whom it turned out to be, as colleagues know; null: itself.</summary>
    public ContactId? Person { get; init; }

    /// <summary>The contacts that turned out to be this one, as colleagues know.</summary>
    public ImmutableArray<ContactId> Joined { get; init; } = [];

    /// <summary>Whom it was proven to be: who it is to itself, and whose threads it sees. An agent's word, which merges two, proves nothing.</summary>
    public ContactId? Becomes { get; init; }

    /// <summary>The contacts that were proven to be this one.</summary>
    public ImmutableArray<ContactId> Brought { get; init; } = [];

    /// <summary>Threads of those that stay hidden from this person: begun before it was known who sat there.</summary>
    public ImmutableArray<ConversationId> Hidden { get; init; } = [];

    public ImmutableArray<OpenedThread> Threads { get; init; } = [];

    /// <summary>Of which inboxes they were told that these answer otherwise now.</summary>
    public ImmutableSortedDictionary<InboxId, KnownProfile> Known { get; init; } = ImmutableSortedDictionary<InboxId, KnownProfile>.Empty;

    /// <summary>Counts how often something handed out had to die. What is handed out says the number of its time.</summary>
    public long Generation { get; init; }

    /// <summary>What is of an earlier generation than this is dead, on all devices.</summary>
    public long Floor { get; init; }

    /// <summary>The same for single devices.</summary>
    public ImmutableSortedDictionary<string, long> Floors { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    public bool Erased { get; init; }

    /// <summary>Whose customer this is; null: nobody's.</summary>
    public AgentId? Owner { get; init; }

    /// <summary>Why nothing that they say is taken: <c>spam</c> or <c>manual</c>; null: it is taken.</summary>
    public string? BlockedFor { get; init; }

    [JsonIgnore]
    public bool Blocked => BlockedFor is not null;

    /// <summary>True while what was handed out to a device in this generation still counts.</summary>
    public bool Honours(string device, long generation) => !Erased && generation >= Floor && generation >= Floors.GetValueOrDefault(device);

    public static Subject Subject(ContactId id) => new(Kind, id.Value);
}

/// <summary>The contact as a subject: the table of contents.</summary>
public sealed class ContactKind() : SubjectKind<Contact>(Contact.Kind, fold: 5)
{
    public static readonly EntryType[] Entries =
    [
        EntryType.Of<ContactCreated>("contactCreated"),
        EntryType.Of<IdentityProven>("identityProven", erasable: true),
        EntryType.Of<AddressHeld>("addressHeld", erasable: true),
        EntryType.Of<Described>("contactDescribed", erasable: true),
        EntryType.Of<ClaimsWithdrawn>("claimsWithdrawn"),
        EntryType.Of<AddressRefused>("addressRefused", erasable: true),
        EntryType.Of<Visited>("contactVisited", erasable: true),
        EntryType.Of<ThreadOpened>("threadOpened"),
        EntryType.Of<LinksEnded>("linksEnded"),
        EntryType.Of<ContactInformed>("contactInformed"),
        EntryType.Of<ContactJoined>("contactJoined"),
        EntryType.Of<ContactTaken>("contactTaken"),
        EntryType.Of<ContactMerged>("contactMerged"),
        EntryType.Of<ContactAbsorbed>("contactAbsorbed"),
        EntryType.Of<GenerationRaised>("generationRaised"),
        EntryType.Of<ContactErased>("contactErased"),
        EntryType.Of<ContactBlocked>("contactBlocked"),
        EntryType.Of<ContactUnblocked>("contactUnblocked"),
        EntryType.Of<OwnerSet>("ownerSet"),
        EntryType.Of<ContactNoted>("contactNoted", erasable: true),
        EntryType.Of<ContactNoteEdited>("contactNoteEdited", erasable: true),
        EntryType.Of<ContactNoteDropped>("contactNoteDropped"),
    ];

    protected override Contact Initial => Contact.None;

    protected override Decision Decide(Contact it, Command command, Deciding deciding) => command switch
    {
        Recognise recognise => Recognising.Decide(recognise, deciding),
        RaiseGeneration { Cause: RaiseGeneration.Identified } raise when deciding.Seq == 0 => new GenerationRaised(raise.Cause),
        _ when deciding.Seq == 0 => Refusal.Unknown(Contact.Kind),
        _ when it.Erased => new Refusal("contact.erased", "This contact was erased.", 410),
        Describe describe => Describing.Decide(describe),
        RefuseAddress refuse => Refusing.Decide(refuse),
        NoteVisit visit => new Visited(visit.Visit.ForGood),
        MergeContact merge => Merging.Decide(it, merge, deciding),
        Join join => Joining.Decide(it, join, deciding),
        RaiseGeneration raise => new GenerationRaised(raise.Cause, raise.Device),
        EndLinks end => new LinksEnded(end.Thread),
        EraseContact erase => Forgetting.Decide(it, erase),
        NoteContact note => Remembering.Decide(note),
        EditContactNote edit => Remembering.Decide(edit),
        DropContactNote drop => Remembering.Decide(drop),
        SetBlock block => Blocking.Decide(it, block),
        SetOwner set => Owning.Decide(it, set),
        _ => throw new NotSupportedException($"A contact does not know {command.GetType().Name}."),
    };

    protected override Contact Apply(Contact it, Entry entry) => entry.Body switch
    {
        IdentityProven proven => it with { Verified = true, Keys = it.Keys.Add(proven.Key) },
        AddressHeld held => it with { Keys = it.Keys.Add(held.Key) },
        ThreadOpened opened => it with { Threads = it.Threads.Add(new OpenedThread(opened.Thread, opened.Inbox, opened.Device, entry.At)) },
        ContactJoined joined => Raised(it with { Person = joined.Person, Becomes = joined.Person }, null),
        ContactMerged merged => it with { Person = merged.Person },
        ContactAbsorbed absorbed => it with { Joined = [.. it.Joined.Union(absorbed.Contacts)], Hidden = [.. it.Hidden.Union(absorbed.Hidden)] },
        ContactTaken taken => it with { Joined = it.Joined.Add(taken.Contact), Brought = it.Brought.Add(taken.Contact), Hidden = it.Hidden.AddRange(taken.Hidden) },
        GenerationRaised raised => Raised(it, raised.Device),
        ContactInformed informed => Knowing.Apply(it, informed, entry.At),
        ContactBlocked blocked => it with { BlockedFor = blocked.Cause },
        ContactUnblocked => it with { BlockedFor = null },
        OwnerSet set => it with { Owner = set.Agent },
        ContactErased => Raised(it with { Erased = true, Verified = false, Keys = [] }, null),
        // Names, addresses and visits are read from the entries themselves.
        _ => it,
    };

    private static Contact Raised(Contact it, string? device)
    {
        var generation = it.Generation + 1;
        return device is null
            ? it with { Generation = generation, Floor = generation, Floors = it.Floors.Clear() }
            : it with { Generation = generation, Floors = it.Floors.SetItem(device, generation) };
    }
}

/// <summary>A wish concerning one contact.</summary>
public abstract record ContactCommand(Origin Origin, [property: JsonIgnore] ContactId Contact) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => Contacts.Contact.Subject(Contact);
}
