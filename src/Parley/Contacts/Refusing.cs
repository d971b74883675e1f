using Parley.Log;

namespace Parley.Contacts;

/// <summary>Nobody is at an address of the contact's: nothing goes there any more, until there is another.</summary>
/// <param name="Kind"><c>email</c>.</param>
/// <param name="Why">What the other side said.</param>
public sealed record AddressRefused(string Kind, string Address, string Why) : EntryBody;

public sealed record RefuseAddress(Origin Origin, ContactId Id, string Kind, string Address, string Why) : ContactCommand(Origin, Id);

internal static class Refusing
{
    public static Decision Decide(RefuseAddress refuse) => new AddressRefused(refuse.Kind, refuse.Address, refuse.Why);
}
