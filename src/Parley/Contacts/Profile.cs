using System.Collections.Immutable;
using Parley.Log;

namespace Parley.Contacts;

/// <summary>Something by which a person can be known or reached.</summary>
/// <param name="Verified">Proven; else it is only what somebody said.</param>
/// <param name="By">How it was proven, or who said so.</param>
/// <param name="Refused">True where nobody is there: what was sent came back.</param>
public sealed record Identity(string Kind, string Value, bool Verified, string By, bool? Refused = null);

public sealed record SeenDevice(string Device, DateTimeOffset LastAt, string? Agent = null, string? Language = null, string? TimeZone = null);

public sealed record SeenPage(string Url, DateTimeOffset At, string? Title = null, string? Referrer = null);

/// <summary>A contact as people see it: read from its entries, so what was erased there is gone here.</summary>
public sealed record Profile(ContactId Id)
{
    /// <summary>What the person only said themselves.</summary>
    public const string Typed = "typed";

    /// <summary>Whom this contact turned out to be; null: itself.</summary>
    public ContactId? Person { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    /// <summary>Where they can be written to: their address, unless what went there came back.</summary>
    public string? Mailbox => Email is { } email && !Identities.Any(identity => identity is { Kind: "email", Refused: true } && identity.Value == email) ? email : null;

    /// <summary>By whose clock they are told a time: that of the device, or of the one on which they were last; null where none says.</summary>
    public string? Zone(string? device) => (Devices.FirstOrDefault(seen => seen.Device == device) ?? Devices.FirstOrDefault())?.TimeZone;

    public bool Verified => Identities.Any(identity => identity.Verified);

    /// <summary>They were forgotten: nothing here says who it was.</summary>
    public bool Erased { get; init; }

    public string? Language { get; init; }

    public ImmutableArray<Identity> Identities { get; init; } = [];

    public ImmutableArray<SeenDevice> Devices { get; init; } = [];

    /// <summary>What is known of them under the workspace's own attributes, as it is kept. What they only said themselves stands back behind what the site or an agent said.</summary>
    public ImmutableSortedDictionary<string, Known> Attributes { get; init; } = ImmutableSortedDictionary<string, Known>.Empty;

    /// <param name="By">Who said so.</param>
    public sealed record Known(string Value, Source By);

    /// <summary>What stands in an attribute; null: nothing.</summary>
    public string? Attribute(string key) => Attributes.GetValueOrDefault(key)?.Value;

    public DateTimeOffset FirstAt { get; init; }

    public DateTimeOffset LastAt { get; init; }

    /// <summary>The last entry that is in it.</summary>
    public long Seq { get; init; }

    /// <summary>Who gave the name: an agent's word stands above the site's, the site's above what was typed.</summary>
    internal Source NamedBy { get; init; }

    /// <summary>True where nobody but they themselves says so: it may be anything.</summary>
    public bool NameTyped => NamedBy == Source.Typed;

    /// <summary>With by what another contact is known that turned out to be them, and where it was; their own word comes first.</summary>
    internal Profile And(Profile other) => this with
    {
        Identities = [.. Identities, .. other.Identities.Where(identity => !Identities.Any(known => known.Kind == identity.Kind && known.Value == identity.Value))],
        Devices = [.. Devices.Concat(other.Devices).OrderByDescending(device => device.LastAt).DistinctBy(device => device.Device)],
        FirstAt = other.FirstAt < FirstAt ? other.FirstAt : FirstAt,
        LastAt = other.LastAt > LastAt ? other.LastAt : LastAt,
    };

    /// <summary>With what is said of them, too.</summary>
    internal Profile With(Described said) => Told(said);

    public Profile With(Entry entry)
    {
        var it = this with { Seq = entry.Seq, FirstAt = entry.Seq == 1 ? entry.At : FirstAt, LastAt = entry.At };
        return entry.Body switch
        {
            IdentityProven proven => it with { Identities = it.Identities.Add(new(proven.Kind, proven.Value, Verified: true, proven.By)) },
            AddressHeld held => it with { Identities = it.Identities.Add(new(held.Kind, held.Value, Verified: false, held.By)) },
            Described said => it.Told(said),
            AddressRefused refused => it with { Identities = [.. it.Identities.Select(known => known.Kind == refused.Kind && known.Value == refused.Address ? known with { Refused = true } : known)] },
            Visited visited => it.Here(visited.Visit, entry.At),
            ContactJoined joined => it with { Person = joined.Person },
            ContactMerged merged => it with { Person = merged.Person },
            ContactErased => new Profile(Id) { Erased = true, Person = it.Person, Seq = it.Seq, FirstAt = it.FirstAt, LastAt = it.LastAt },
            _ => it,
        };
    }

    /// <summary>Whether something is known otherwise once this is said.</summary>
    internal bool Changes(Described said) => Told(said) is var it && !((it.Name, it.NamedBy, it.Email, it.Phone) == (Name, NamedBy, Email, Phone) && it.Attributes.SequenceEqual(Attributes) && it.Identities.SequenceEqual(Identities));

    private Profile Told(Described said)
    {
        var by = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(said.Source.ToString());
        var it = said.Name is { } name && (Name is null || said.Source >= NamedBy) ? this with { Name = name, NamedBy = said.Source } : this;
        it = it with { Attributes = (said.Attributes ?? ImmutableSortedDictionary<string, string>.Empty).Aggregate(it.Attributes, (all, one) => Listed(all, one.Key, one.Value, said.Source)) };
        it = said.Email is { } email ? it with { Email = email, Identities = Listed(it.Identities, new("email", email, Verified: false, by)) } : it;
        return said.Phone is { } phone ? it with { Phone = phone, Identities = Listed(it.Identities, new("phone", phone, Verified: false, by)) } : it;
    }

    /// <summary>A visit that says nothing of the browser (nobody agreed to it) leaves what was noted before.</summary>
    private Profile Here(Visit visit, DateTimeOffset at) => this with
    {
        Language = visit.Language ?? Language,
        Devices = Devices.RemoveAll(device => device.Device == visit.Device)
            .Insert(0, new(visit.Device, at, visit.Agent ?? Devices.FirstOrDefault(device => device.Device == visit.Device)?.Agent, visit.Language, visit.TimeZone)),
    };

    private static ImmutableSortedDictionary<string, Known> Listed(ImmutableSortedDictionary<string, Known> all, string key, string value, Source by) =>
        by == Source.Typed && all.TryGetValue(key, out var known) && known.By != Source.Typed ? all : value.Length == 0 ? all.Remove(key) : all.SetItem(key, new Known(value, by));

    /// <summary>Each once; what was only typed stands as the word of whoever says it better, and what came back is tried anew once it is said again.</summary>
    private static ImmutableArray<Identity> Listed(ImmutableArray<Identity> all, Identity identity) =>
        all.FirstOrDefault(known => known.Kind == identity.Kind && known.Value == identity.Value) is not { } listed ? all.Add(identity)
        : all.Replace(listed, listed is { By: Typed, Verified: false } ? identity : listed with { Refused = null });
}
