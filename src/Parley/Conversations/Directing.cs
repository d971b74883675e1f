using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>Who a matter is looked for, as a rule of the inbox said when it began: it holds until the next matter.</summary>
/// <param name="Rule">Its id; null: no rule, only what is known of the customer.</param>
/// <param name="Name">As it was called then.</param>
public sealed record Route(string? Rule = null, string? Name = null)
{
    /// <summary>Who of several is asked first; null: as the inbox has it.</summary>
    public ImmutableArray<Preference>? By { get; init; }

    /// <summary>Only who knows this as well is asked, until a fallback.</summary>
    public ImmutableSortedDictionary<string, int>? Skills { get; init; }

    public ImmutableArray<Fallback>? Fallbacks { get; init; }

    /// <summary>Beginners are spared, and it is spread.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Hard { get; init; }

    /// <summary>Whose customer it is.</summary>
    public AgentId? Owner { get; init; }

    /// <summary>Who had their last matter.</summary>
    public AgentId? Last { get; init; }

    /// <summary>From when on the time of a fallback counts: when the inbox opened, where it was closed.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>So many of the fallbacks are done.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Step { get; init; }

    /// <summary>Whether who is asked is still only who was asked for.</summary>
    [JsonIgnore]
    public bool Strict => Step == 0;
}

/// <summary>How this matter finds its people.</summary>
public sealed record Directed(Route Route) : EntryBody;

/// <summary>Nobody of those who were asked for had time: others are asked.</summary>
/// <param name="Step">Which of the fallbacks it is, 1 for the first.</param>
public sealed record Widened(int Step) : EntryBody;

internal static class Directing
{
    /// <summary>Where only some are asked there is always a time after which anybody is.</summary>
    private static readonly ImmutableArray<Fallback> Usual = [new Fallback(120)];

    /// <summary>What a rule says, with a way out of it.</summary>
    public static Route Of(SortingRule rule) => new(rule.Id, rule.Name)
    {
        By = rule.By,
        Skills = rule.Skills,
        Hard = rule.Hard == true,
        Fallbacks = rule.Fallbacks ?? (rule.Skills is null && rule.Hard != true ? null : Usual),
    };

    /// <summary>True where it says anything.</summary>
    public static bool Says(Route route) => route is not { By: null, Skills: null, Fallbacks: null, Hard: false, Owner: null, Last: null };

    public static Conversation Apply(Conversation it, Directed directed) => it with { Route = directed.Route };

    public static Conversation Apply(Conversation it, Widened widened) => it with { Route = it.Route is { } route ? route with { Step = widened.Step } : null };

    /// <summary>While somebody is asked their answer is waited for.</summary>
    public static DateTimeOffset? Due(Conversation it) => it is { Agent: null, Offer: null, Status: not (Status.Closed or Status.Snoozed), Spam: false, WaitingSince: { } waiting, Route: { } route }
        && it.Mode is Mode.Waiting or Mode.Messaging or Mode.Dormant && Next(route) is { } step
            ? Later(Later(it.Queue?.From ?? waiting, waiting), route.From ?? waiting).AddSeconds(step.AfterSeconds)
            : null;

    /// <summary>Nobody of those who were asked for had time.</summary>
    public static bool Tired(Course course)
    {
        if (!(Due(course.It) <= course.Now) || course.It.Route is not { } route || Next(route) is not { } step)
        {
            return false;
        }

        course.Then(new Widened(route.Step + 1));
        if (step.Team is { } team && team != course.It.Team)
        {
            course.Then(new Assigned(null, team, null, course.It.Team, "fallback"));
        }

        return true;
    }

    private static Fallback? Next(Route route) => route.Fallbacks is { } steps && route.Step < steps.Length ? steps[route.Step] : null;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
