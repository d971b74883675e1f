using System.Collections.Immutable;
using Parley.Conversations.Shapes;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>What a rule of the inbox says of a matter that begins.</summary>
/// <param name="Keeper">Who has the thread from before and belongs to the team: the matter is in good hands with them.</param>
public sealed record Sorted(TeamId? Team, string? Label, Priority? Priority, AgentId? Keeper = null)
{
    /// <summary>How it finds its people; null: as the inbox has it.</summary>
    public Route? Route { get; init; }

    /// <summary>Whether it is talked about at once; null: as the inbox has it.</summary>
    public Pace? Pace { get; init; }
}

/// <summary>A detailed first message finds the right people before anybody has read it: that of a conversation, and that of each later matter in it.</summary>
internal static class Sorting
{
    private static readonly Author Rule = new(AuthorKind.Rule);

    /// <summary>What the rules are held against: the words, what was filled in, and what is known of the person.</summary>
    /// <param name="person">Whose attributes count, where they are known.</param>
    public static Matter Matter(Content? first, FormAnswer? form, string? page, string? language, (bool Verified, bool Returning) known, Contacts.Profile? person = null)
    {
        var said = string.Join('\n', (form?.Values?.Values.Select(value => value.Text ?? (value.Chosen is { } chosen ? string.Join(' ', chosen) : null)) ?? []).Prepend(first?.Text).OfType<string>());
        var fields = (form?.Values ?? ImmutableDictionary<string, FormValue>.Empty).ToDictionary(pair => pair.Key, pair => Given(pair.Value));
        foreach (var (key, value) in person?.Attributes.AsEnumerable() ?? [])
        {
            // What is said now stands above what was known.
            fields.TryAdd(key, [value.Value]);
        }

        fields[Workspaces.Matter.Verified] = [known.Verified ? "yes" : "no"];
        fields[Workspaces.Matter.Returning] = [known.Returning ? "yes" : "no"];
        return new Matter(said, Uri.TryCreate(page, UriKind.Absolute, out var address) ? address.AbsolutePath : null, language, fields);
    }

    /// <summary>Where no rule says anything there is still who knows the customer.</summary>
    public static Sorted? Recalled(AgentId? owner, AgentId? last) => owner is null && last is null ? null : new Sorted(null, null, null) { Route = new Route { Owner = owner, Last = last } };

    /// <summary>Of the first rule that fits; where none does, who knows the customer.</summary>
    /// <param name="holder">Who has the thread from before.</param>
    /// <param name="owner">Whose customer it is.</param>
    /// <param name="last">Who had their last matter.</param>
    public static Sorted? Of(Roster roster, InboxCard inbox, Matter matter, AgentId? holder = null, AgentId? owner = null, AgentId? last = null)
    {
        if (inbox.Settings.Sorting?.FirstOrDefault(rule => rule.Fits(matter)) is not { } fits)
        {
            return Recalled(owner, last);
        }

        // A team that is no more, or may not use the inbox any more, gets nothing that nobody would see.
        var to = fits.Team is { } team && roster.Teams.ContainsKey(team) && inbox.OpenTo([team]) ? team : (TeamId?)null;
        var keeps = to is { } its && holder is { } agent && roster.Agent(agent)?.Teams.Contains(its) == true;
        return new Sorted(to, fits.Label, fits.Priority is { } urgency ? Enum.Parse<Priority>($"{urgency}") : null, keeps ? holder : null)
        {
            Pace = fits.Pace,
            Route = Directing.Of(fits) with { Owner = owner, Last = last } is var route && Directing.Says(route) ? route : null,
        };
    }

    private static ImmutableArray<string> Given(FormValue value) =>
        value.Chosen ?? (value.Text is { } text ? [text] : value.Number is { } number ? [number.ToString(System.Globalization.CultureInfo.InvariantCulture)] : value.Yes is { } yes ? [yes ? "yes" : "no"] : []);

    /// <summary>Whether this word may be the first of a later matter. What an agent began is answered, and that is no matter of the customer's.</summary>
    public static bool Begins(Conversation it) => it is { Exists: true, EpisodeOpen: false, Episode: > 0 };

    /// <param name="it">The conversation before the word.</param>
    /// <param name="moment">Null where it is told of a time long ago.</param>
    public static Decision Apply(Conversation it, Decision decision, Sorted? sorted, Moment? moment)
    {
        if (sorted is null || !decision.Drafts.Any(draft => draft.Body is EpisodeOpened))
        {
            return decision;
        }

        var drafts = decision.Drafts.ToBuilder();
        if (sorted.Priority is { } priority && priority != it.Priority)
        {
            drafts.Add(Of(new PriorityChanged(it.Priority, priority)));
        }

        if (sorted.Label is { } label && !it.Labels.Contains(label))
        {
            drafts.Add(Of(new Labelled(label)));
        }

        if (sorted.Team is { } team && Moves(it, sorted) && (it.Agent is not null || it.Team != team))
        {
            drafts.Add(Of(new Assigned(null, team, it.Agent, it.Team, "rule")));
        }

        if (sorted.Route is { } route)
        {
            // While nobody is there nobody can have had no time.
            var from = route.Fallbacks is not null && moment is { Open: false, OpensAt: { } opens } ? opens : (DateTimeOffset?)null;
            drafts.Add(new Draft(new Directed(route with { From = from })) { Author = Directing.Says(route with { Owner = null, Last = null }) ? Rule : Author.System });
        }

        return decision with { Drafts = drafts.ToImmutable() };

        static Draft Of(EntryBody body) => new(body) { Author = Rule };
    }

    /// <summary>Whoever is talking with the customer goes on talking.</summary>
    private static bool Moves(Conversation it, Sorted sorted) => it.Agent is not { } holder || (holder != sorted.Keeper && it.Mode is not (Mode.Live or Mode.Paused));
}
