using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Contacts;

/// <summary>Somebody proved who this is.</summary>
/// <param name="Kind"><c>site</c>: the site's own id of its user.</param>
/// <param name="Key">The unique key of the identity, under which the workspace finds the contact: a hash.</param>
/// <param name="By">How: <c>jwt</c>.</param>
public sealed record IdentityProven(string Kind, string Value, string Key, string By) : EntryBody;

/// <summary>
/// Makes the contact of somebody whom a site vouched for. When another node was faster the key is taken (409 <c>key.taken</c>), and the
/// caller finds who it is.
/// </summary>
public sealed record Recognise(Origin Origin, [property: JsonIgnore] ContactId Id, string Realm, string Sub, Described? Claims) : ContactCommand(Origin, Id)
{
    // The person is what the command is about: two at once for one person must not both find nothing.
    public string Key => Recognising.Key(Realm, Sub);
}

public static class Recognising
{
    /// <summary>
    /// The unique key of a person of a site: realm and sub, hashed, so that it says nothing about the person. The realm is the brand
    /// (two brands of a workspace may have users of the same id who are not the same person).
    /// </summary>
    public static string Key(string realm, string sub) => $"identity:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{realm}\n{sub}")))}";

    internal static Decision Decide(Recognise command, Deciding deciding)
    {
        if (deciding.Seq > 0)
        {
            return new Refusal("contact.exists", "This contact exists already.");
        }

        var bodies = ImmutableArray.Create<EntryBody>(new ContactCreated("web"), new IdentityProven("site", command.Sub, command.Key, "jwt"));
        return new Decision
        {
            Drafts = [.. (command.Claims is { } claims ? bodies.Add(claims) : bodies).Select(body => new Draft(body))],
            Claims = [new Claim(command.Key, command.Subject)],
        };
    }
}
