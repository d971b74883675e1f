using System.Collections.Immutable;
using System.Text.Json;
using Parley.Conversations;
using Parley.Routing.Policies;
using Parley.Workspaces;

namespace Parley.Routing;

/// <summary>
/// Why somebody was chosen, in what can be kept: the first of the candidates with what each came to, and how many were none. Everybody whom it was for is gone
/// through once.
/// </summary>
internal sealed class Explaining(Job job, Ladder ladder, Candidate chosen)
{
    private const int Shown = 5;

    private readonly List<Candidate> _first = [];
    private readonly Dictionary<string, int> _others = [];
    private readonly List<Candidate>? _all = ladder.Steps.Any(Turns) ? [] : null;
    private int _candidates;

    /// <param name="against">Why they are not asked; empty: they may be.</param>
    public void Add(Candidate one, string against)
    {
        if (against.Length > 0)
        {
            _others[against] = _others.GetValueOrDefault(against) + 1;
            return;
        }

        _candidates++;
        _all?.Add(one);
        if (one.Agent == chosen.Agent || (_first.Count == Shown - 1 && !ladder.Prefers(one, _first[^1], job)))
        {
            return;
        }

        var at = _first.FindIndex(other => ladder.Prefers(one, other, job));
        _first.Insert(at < 0 ? _first.Count : at, one);
        if (_first.Count == Shown)
        {
            _first.RemoveAt(Shown - 1);
        }
    }

    /// <param name="language">In which alone somebody was looked for.</param>
    public Why Why(string? language) => new(
        job.Rule.Id, job.Rule.Name,
        [.. ladder.Steps.Select(step => JsonNamingPolicy.CamelCase.ConvertName(step.Name.ToString()))],
        [.. _first.Prepend(chosen).Select(one => new WhyOne(one.Agent, [.. ladder.Steps.Select(step => Said(step, one))]))],
        _candidates)
    {
        Others = _others.Count == 0 ? null : _others.ToImmutableSortedDictionary(),
        Skills = job.Skills?.ToImmutableSortedDictionary(),
        Language = language,
    };

    private static bool Turns(IPolicy step) => step.Name is Preference.RoundRobin or Preference.LongestIdle;

    /// <summary>What is a turn of a counter inside says nothing outside: there it is the place among them, -1 for the first.</summary>
    private double Said(IPolicy step, Candidate one)
    {
        var score = step.Score(one, job);
        return Turns(step) ? -1 - _all!.Count(other => step.Score(other, job) > score) : Math.Round(score, 3);
    }
}
