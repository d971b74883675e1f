using System.Collections.Immutable;

namespace Parley.Workspaces;

/// <summary>How an inbox appears to its customers: what it sets itself, else what its brand does, else what Parley says.</summary>
/// <param name="Languages">What it speaks; the first is the one to fall back to.</param>
/// <param name="Texts">Per language, per key. What is in no language that a customer understands falls back to the first of <paramref name="Languages"/>.</param>
public sealed record Face(string Name, string Color, FileId? Logo, ImmutableArray<string> Languages, ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Texts)
{
    /// <summary>The languages of an inbox, the one to fall back to first.</summary>
    public static ImmutableArray<string> Speaks(Roster roster, InboxSettings inbox) => inbox.Languages.IsEmpty ? roster.Brands[inbox.Brand].Languages : inbox.Languages;

    public static Face Of(Roster roster, InboxSettings inbox)
    {
        var brand = roster.Brands[inbox.Brand];
        var languages = Speaks(roster, inbox);
        return new(
            brand.Name,
            inbox.Color ?? brand.Color,
            brand.Logo,
            languages,
            Wording.Over(inbox.Texts, Wording.Over(brand.Texts, Greetings.Of(languages, inbox.Voice))));
    }
}
