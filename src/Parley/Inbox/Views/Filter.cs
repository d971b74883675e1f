using System.Collections.Immutable;
using Parley.Inbox.Lists;
using Parley.Workspaces;

namespace Parley.Inbox.Views;

/// <summary>
/// A filter that was read: which rows are in a view. What is spam is in none; what is closed only where closed ones are asked for. One that asks for what
/// "me" holds, in a view of several people, has the rows of all agents, each under the name of who holds it.
/// </summary>
internal sealed class Filter
{
    private readonly Question[] _all;
    private readonly Question[] _any;
    private readonly Question[] _none;

    private Filter(ViewFilter said, AgentId? me)
    {
        (_all, _any, _none) = (Read(said.All, me), Read(said.Any, me), Read(said.None, me));
        Personal = me is null && (said.All ?? []).Any(IsMine);
        Closed = _all.Concat(_any).Any(question => question.Field.Name == Field.Status && question.Op is "is" or "in" && question.Words.Contains(Field.ClosedWord));
        OfContacts = _all.Concat(_any).Concat(_none).Any(question => question.Field.OfContact);
    }

    /// <summary>Which rows are in it depends on who looks.</summary>
    public bool Personal { get; }

    /// <summary>Closed ones may be in it.</summary>
    public bool Closed { get; }

    /// <summary>Contacts must be known to answer.</summary>
    public bool OfContacts { get; }

    /// <param name="me">Whom "me" means; null: whoever looks.</param>
    public static Filter Of(ViewFilter said, AgentId? me) => new(said, me);

    public static bool IsMine(ViewCondition condition) => condition.Field == Field.Holder && condition.Values.Contains(Field.Me);

    public bool Meets(Facts it)
    {
        if (it.Row.Pile == Pile.Spam || (!Closed && it.Row.Closed))
        {
            return false;
        }

        // Every question of time is asked, also where the answer is clear already: when it changes is asked too.
        var meets = true;
        foreach (var question in _all)
        {
            meets &= question.Meets(it);
        }

        var any = _any.Length == 0;
        foreach (var question in _any)
        {
            any |= question.Meets(it);
        }

        foreach (var question in _none)
        {
            meets &= !question.Meets(it);
        }

        return meets && any;
    }

    private static Question[] Read(ImmutableArray<ViewCondition>? conditions, AgentId? me) => [.. (conditions ?? []).Select(condition => Question.Of(condition, me))];
}
