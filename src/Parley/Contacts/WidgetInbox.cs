using System.Collections.Immutable;
using Parley.Workspaces;

namespace Parley.Contacts;

/// <summary>All that a launcher needs to know of an inbox. Anybody may read it: it says nothing that the site does not show.</summary>
public sealed record WidgetInbox(
    InboxId Id,
    string Name,
    Workspaces.Profile Profile,
    ImmutableArray<string> Languages,
    WidgetBrand Brand,
    ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Texts,
    WidgetAvailability Availability,
    Consent Consent,
    WidgetLimits Limits,
    ImmutableSortedDictionary<string, Voice> Voice,
    ImmutableArray<WidgetSegment> Segments)
{
    /// <summary>The longest text of a message, in characters.</summary>
    public const int TextLength = 10_000;

    /// <summary>The form that stands before the chat.</summary>
    public Form? PreChat { get; init; }

    /// <summary>The form that stands there while nobody is here.</summary>
    public Form? Offline { get; init; }

    /// <param name="here">Says whether an agent has the console open.</param>
    /// <param name="known">How it is staffed, and what was learned of its answers.</param>
    public static WidgetInbox Of(Roster roster, InboxCard inbox, FileSettings files, Predicate<AgentId> here, (Floor Floor, Func<Like, Learned?> Learned) known, DateTimeOffset now)
    {
        var it = inbox.Settings;
        var face = Face.Of(roster, it);
        return new(
            inbox.Id,
            it.Name,
            it.Profile,
            face.Languages,
            new WidgetBrand(face.Name, face.Color, Pictures.Address(face.Logo)),
            // What is told in a thread comes with the entry that tells it.
            face.Texts.ToImmutableSortedDictionary(of => of.Key, of => of.Value.RemoveRange(of.Value.Keys.Where(Sentences.Has))),
            WidgetAvailability.Of(roster, inbox, here, known, now),
            it.Consent,
            new WidgetLimits(TextLength, files.Limit),
            it.Voice,
            [.. it.Segments.Select(segment => new WidgetSegment(segment.Id, segment.Paths, segment.Pattern(), segment.Texts, Named(segment.Languages, face.Languages)))])
        {
            PreChat = it.Form(it.PreChat)?.Shown(),
            Offline = it.Away?.Shown(),
        };
    }

    /// <summary>The inbox's own tags for the languages of a segment, whatever their regions, so that a widget need only look for the one it speaks.</summary>
    private static ImmutableArray<string>? Named(ImmutableArray<string>? languages, ImmutableArray<string> spoken) =>
        languages is { } some ? [.. spoken.Where(tag => some.Any(one => one.Split('-')[0] == tag.Split('-')[0]))] : null;
}

public sealed record WidgetBrand(string Name, string Color, string? Logo = null);

public sealed record WidgetFace(string Name, string? Picture = null);

/// <summary>Which pages are greeted in other words, without what only those who administer call them.</summary>
/// <param name="Pattern">The paths as one regular expression, for the path as it stands in an address.</param>
public sealed record WidgetSegment(string Id, ImmutableArray<string> Paths, string Pattern, ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Texts, ImmutableArray<string>? Languages = null);

/// <param name="State"><c>online</c>: it is open and somebody is there; <c>away</c>: it is open, and an answer comes later; <c>closed</c>: it is outside the hours.</param>
/// <param name="Button">What the launcher is there for: to talk, to write, for a form; or it is hidden. Whoever has a thread can always go on in it.</param>
/// <param name="OpensAt">When the hours begin again; only where it is closed.</param>
/// <param name="Promise">How long what is written now waits for its answer.</param>
/// <param name="Hides">True where the button is there only while somebody can begin: a launcher asks again, about every minute. Absent where it always is.</param>
public sealed record WidgetAvailability(string State, ImmutableArray<WidgetFace> Agents, ButtonState Button, DateTimeOffset? OpensAt = null, WidgetPromise? Promise = null, bool? Hides = null)
{
    /// <summary>Faces shown on the launcher and in the head.</summary>
    private const int FacesLimit = 3;

    public static readonly WidgetAvailability Nobody = new("away", [], ButtonState.Hidden);

    /// <summary>An empty chair promises nothing: who said that they are online and then shut the console is not there. Outside the hours nobody is.</summary>
    /// <param name="known">How it is staffed, and what was learned of its answers.</param>
    public static WidgetAvailability Of(Roster roster, InboxCard inbox, Predicate<AgentId> here, (Floor Floor, Func<Like, Learned?> Learned) known, DateTimeOffset now)
    {
        var it = Reception.Of(inbox.Settings.Policy, roster.CalendarOf(inbox.Id), known.Floor, now, known.Learned);
        var agents = roster.AgentsOf(inbox.Id).ToList();
        var online = agents.Where(agent => agent.Chair == Chair.Online && here(agent.Id) && roster.AtWork(agent, inbox.Id, now)).ToList();
        return new(
            !it.Open ? "closed" : online.Count > 0 ? "online" : "away",
            [.. (it.Open && online.Count > 0 ? online : agents).Take(FacesLimit).Select(agent => new WidgetFace(agent.Name, Pictures.Address(agent.Picture)))],
            it.Button,
            it.OpensAt,
            it.Answer is { } answer ? WidgetPromise.Of(answer) : null,
            inbox.Settings.Policy.WhenClosed == WhenClosed.Hide ? true : null);
    }
}

/// <summary>One of both: what is said of now must not change while nothing does.</summary>
/// <param name="Seconds">So long from when it is written.</param>
/// <param name="Due">By then.</param>
public sealed record WidgetPromise(long? Seconds = null, DateTimeOffset? Due = null)
{
    public static WidgetPromise Of(AnswerTime answer) => answer.Due is { } due ? new(Due: due) : new((long)answer.Takes.TotalSeconds);
}

public sealed record WidgetLimits(int TextLength, long FileBytes);
