using System.Collections.Immutable;

namespace Parley.Workspaces;

/// <summary>What is known of a matter that begins, before anybody has read it: what the rules of an inbox are held against.</summary>
/// <param name="Said">The first message and what was answered before it.</param>
/// <param name="Path">Of the page, where it is known.</param>
/// <param name="Language">What the customer speaks; null where nobody knows.</param>
/// <param name="Fields">What was filled in, by the field's name, and what is known of the person (<c>contact.verified</c>, <c>contact.returning</c>: yes or no).</param>
public sealed record Matter(string Said, string? Path, string? Language, IReadOnlyDictionary<string, ImmutableArray<string>> Fields)
{
    public const string Verified = "contact.verified";
    public const string Returning = "contact.returning";

    public static readonly IReadOnlyDictionary<string, ImmutableArray<string>> Nothing = ImmutableDictionary<string, ImmutableArray<string>>.Empty;
}
