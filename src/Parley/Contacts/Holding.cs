using System.Security.Cryptography;
using System.Text;
using Parley.Log;

namespace Parley.Contacts;

/// <summary>An address on a channel by which the contact writes, and at which they are answered. Nobody else of the workspace holds it.</summary>
/// <param name="Kind">The channel: <c>generic</c>.</param>
/// <param name="Value">The address as the channel writes it.</param>
/// <param name="Key">The unique key under which the workspace finds who holds it: a hash.</param>
/// <param name="By">Who says that it is theirs: <c>channel</c> (its provider brought the message), or <c>claimed</c> (the sender says so, as in a mail's From).</param>
public sealed record AddressHeld(string Kind, string Value, string Key, string By) : EntryBody;

/// <summary>Addresses on channels prove nobody to a site: they say where somebody writes from, and that the next word from there is theirs.</summary>
public static class Holding
{
    /// <summary>The unique key of an address, hashed, so that it says nothing about the person.</summary>
    /// <param name="realm">Within what an address is one person's: a kind of channel (telephone numbers), or one inbox (where a provider gives every company other ids).</param>
    public static string Key(string realm, string address) => $"address:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{realm}\n{address}")))}";
}
