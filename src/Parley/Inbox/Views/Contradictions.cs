using System.Collections.Immutable;
using Parley.Workspaces;

namespace Parley.Inbox.Views;

/// <summary>Finds what no row can ever meet, because one condition shuts out what another asks for. What lies in several fields is left to whoever made it.</summary>
internal static class Contradictions
{
    private const string Absent = "";

    /// <summary>The first condition, by its path in the filter, that leaves nothing over; null where there is none.</summary>
    public static string? Find(ViewFilter filter)
    {
        var left = new Dictionary<string, Reach>();
        var times = new Dictionary<string, Span>();
        foreach (var (path, condition, not) in Asked(filter))
        {
            var field = Field.Of(condition.Field)!;
            if (!Question.IsTime(field, condition.Op))
            {
                if (field.Kind == FieldKind.Label ? Excluded(filter, condition, not) : Narrow(left, field, condition, not).IsEmpty)
                {
                    return path;
                }
            }
            else if (!not && !Narrow(times, condition).IsPossible)
            {
                return path;
            }
        }

        return null;
    }

    private static IEnumerable<(string Path, ViewCondition Condition, bool Not)> Asked(ViewFilter filter) =>
        (filter.All ?? []).Select((condition, i) => ($"filter.all[{i}].value", condition, false))
            .Concat((filter.None ?? []).Select((condition, i) => ($"filter.none[{i}].value", condition, true)));

    private static Reach Narrow(Dictionary<string, Reach> left, Field field, ViewCondition condition, bool not)
    {
        var reach = left.GetValueOrDefault(field.Name, Reach.Everything);
        if (Of(field, condition) is { } asked)
        {
            reach = reach.And(not ? asked.Not() : asked);
        }

        // Of a few words that can be said, all may have been shut out.
        var empty = reach.Except && field.Single && field.Allowed is { } all && field.Kind != FieldKind.Holder && all.All(reach.Words.Contains);
        return left[field.Name] = empty ? Reach.Nothing : reach;
    }

    private static Span Narrow(Dictionary<string, Span> times, ViewCondition condition)
    {
        var span = times.GetValueOrDefault(condition.Field, Span.Any);
        var time = condition.Values.IsEmpty ? 0 : Question.Moment(condition.Op, condition.Values[0]) ?? 0;
        return times[condition.Field] = condition.Op switch
        {
            "before" => span with { Set = true, Before = Math.Min(span.Before, time) },
            "after" => span with { Set = true, After = Math.Max(span.After, time) },
            "olderThan" => span with { Set = true, Older = Math.Max(span.Older, time) },
            "newerThan" => span with { Set = true, Newer = Math.Min(span.Newer, time) },
            "isNotSet" => span with { Absent = true },
            _ => span with { Set = true },
        };
    }

    /// <summary>A conversation has several labels: only the same one asked for and shut out, or any where there is to be none, cannot be.</summary>
    private static bool Excluded(ViewFilter filter, ViewCondition condition, bool not)
    {
        if (not || condition.Op is not ("is" or "in" or "isSet"))
        {
            return false;
        }

        var others = (filter.All ?? []).Where(other => other.Field == condition.Field).ToList();
        var shut = others.Where(other => other.Op is "isNot" or "notIn")
            .Concat((filter.None ?? []).Where(other => other.Field == condition.Field && other.Op is "is" or "in")).SelectMany(other => other.Values).Select(Facts.Folded).ToHashSet();
        return others.Any(other => other.Op == "isNotSet") || (!condition.Values.IsEmpty && condition.Values.All(value => shut.Contains(Facts.Folded(value))));
    }

    /// <summary>Which words fit; null where that cannot be told.</summary>
    private static Reach? Of(Field field, ViewCondition condition) => condition.Op switch
    {
        "is" or "in" => condition.Values.Select(value => Of(field, value)).Aggregate((one, other) => one.Or(other)),
        // All but one country's way of a language leaves the language.
        "isNot" or "notIn" => field.Kind == FieldKind.Language && condition.Values.Any(value => value.Contains('-', StringComparison.Ordinal))
            ? null : condition.Values.Select(value => Of(field, value)).Aggregate((one, other) => one.Or(other)).Not(),
        "isNotSet" => Reach.Only(Absent),
        "notContains" => null,
        _ => Reach.Only(Absent).Not(),
    };

    private static Reach Of(Field field, string value) => field.Kind switch
    {
        FieldKind.Holder => value switch
        {
            "nobody" => Reach.Only("queue", Field.ClosedWord),
            "queue" => Reach.Only("queue"),
            "agent" or Field.Me => Reach.Only("queue", Field.ClosedWord).Not(),
            _ => Reach.Only(value),
        },
        FieldKind.Language => Reach.Only(value.ToLowerInvariant().Split('-')[0]),
        FieldKind.Text => Reach.Only(Facts.Folded(value)),
        _ => Reach.Only(value),
    };

    /// <summary>Some words, or all but some.</summary>
    private sealed record Reach(bool Except, ImmutableHashSet<string> Words)
    {
        public static readonly Reach Everything = new(true, []);
        public static readonly Reach Nothing = new(false, []);

        public bool IsEmpty => !Except && Words.IsEmpty;

        public static Reach Only(params string[] words) => new(false, [.. words]);

        public Reach Not() => this with { Except = !Except };

        public Reach And(Reach other) => (Except, other.Except) switch
        {
            (false, false) => new(false, Words.Intersect(other.Words)),
            (false, true) => new(false, Words.Except(other.Words)),
            (true, false) => new(false, other.Words.Except(Words)),
            _ => new(true, Words.Union(other.Words)),
        };

        public Reach Or(Reach other) => Not().And(other.Not()).Not();
    }

    private sealed record Span(long After, long Before, long Older, long Newer, bool Set, bool Absent)
    {
        public static readonly Span Any = new(long.MinValue, long.MaxValue, long.MinValue, long.MaxValue, false, false);

        public bool IsPossible => After < Before && Older < Newer && !(Set && Absent);
    }
}
