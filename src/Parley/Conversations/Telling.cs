using System.Collections.Immutable;
using NodaTime;
using Parley.Workspaces;

namespace Parley.Conversations;

using TextsByLanguage = ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>;

/// <summary>In whose words a customer of an inbox is told something, and by which clock.</summary>
/// <param name="Languages">What the inbox speaks, the one to fall back to first.</param>
/// <param name="Texts">What the inbox says in its own words, by language and saying.</param>
/// <param name="BrandTexts">What its brand does.</param>
public sealed record Telling(
    ImmutableSortedDictionary<string, Voice> Voices, ImmutableArray<string> Languages, string Zone, TextsByLanguage Texts, TextsByLanguage BrandTexts, Func<AgentId, string?> Names)
{
    private const int Morning = 8;
    private const int Evening = 21;

    public static readonly Telling Plain = new(Wording.Voices, ["en"], Hours.FirstZone, Wording.None, Wording.None, _ => null);

    /// <summary>The zone of the customer, as their browser says; null: that of the inbox.</summary>
    public string? Theirs { get; init; }

    public static Telling Of(Roster roster, InboxSettings inbox) => roster.Brand(inbox.Brand) is { } brand
        ? new(inbox.Voice, Workspaces.Face.Speaks(roster, inbox), inbox.Calendar?.Hours?.Zone ?? brand.Zone, inbox.Texts, brand.Texts, agent => roster.Agent(agent)?.Name)
        : Plain;

    /// <summary>The agent's public name; a dash for one who has none any more.</summary>
    public string Name(AgentId? agent) => (agent is { } known ? Names(known) : null) ?? "–";

    /// <summary>By the clock of the customer; of a zone that nobody knows, the inbox's stands.</summary>
    public Telling By(string? zone) => zone is not null && zone != Zone && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null ? this with { Theirs = zone } : this;

    /// <summary>The customer's zone, where its clocks show another time than the inbox's do then; null where they agree.</summary>
    public string? Abroad(DateTimeOffset time) => Theirs is not null && Local(time) != In(Zone, time) ? Theirs : null;

    /// <summary>Whether a customer may be written to without being woken.</summary>
    public bool IsDay(DateTimeOffset time) => Local(time).Hour is >= Morning and < Evening;

    public LocalDateTime Local(DateTimeOffset time) => In(Theirs ?? Zone, time);

    private static LocalDateTime In(string zone, DateTimeOffset time) => Instant.FromDateTimeOffset(time).InZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc).LocalDateTime;

    /// <summary>What somebody typed for a saying, in this language or a region of it; null where the system's own words stand.</summary>
    public string? Own(string language, string code) => In(Texts, language, code) ?? In(BrandTexts, language, code);

    private static string? In(TextsByLanguage texts, string language, string code) => texts
        .Where(of => of.Key == language || of.Key.StartsWith($"{language}-", StringComparison.Ordinal))
        .Select(of => of.Value.GetValueOrDefault(code)).FirstOrDefault(text => text is not null);
}
