using System.Collections.Immutable;
using Parley.Conversations;
using Parley.Routing.Policies;
using Parley.Workspaces;

namespace Parley.Routing;

/// <summary>What a conversation is to routing, by its state, by what its inbox is set to, and by the rule that it met.</summary>
internal static class Jobs
{
    public static Job Of(ConversationId id, Conversation it, Roster roster)
    {
        var waits = Ongoing.Talks(it) && it is { Mode: Mode.Waiting, Agent: null, Status: not Status.Snoozed };
        var (giving, letter, route) = (roster.Inbox(it.Inbox)?.Settings.Giving ?? Giving.Usual, Ongoing.Lies(it), it.Route);
        var takes = letter ? giving.LetterThirds ?? Weights.Owed : giving.TalkThirds ?? Weights.Unit;
        var hard = route?.Hard == true || it.Passed is { Length: > 1 };
        return new Job(id, Queue(it.Inbox, it.Team, route, letter, takes), it.Priority, it.Queue?.Since ?? it.WaitingSince ?? it.OpenedAt)
        {
            Seeks = letter || (waits && it.Policy.Assignment == AssignmentRule.Offer),
            Letter = letter,
            Offered = it.Offer?.Agent,
            Agent = it.Agent,
            Thirds = Weights.Of(it.Mode, it.Status, it.WaitingSince is not null, giving),
            Takes = takes,
            Passed = it.Queue?.Passed ?? [],
            Lost = it.Queue?.Lost,
            Language = it.Language,
            Hard = hard,
            Skills = route?.Skills,
            Owner = route?.Owner,
            Last = it.Queue?.Former ?? route?.Last,
            By = (route?.By ?? giving.By) is { } by ? Ladder.Of(by) : null,
            Rule = (route?.Rule, route?.Name),
        };
    }

    /// <param name="thirds">What it takes of who is given it. Whoever is given letters still has room to talk.</param>
    public static QueueKey Queue(InboxId inbox, TeamId? team, Route? route, bool letter, int thirds) => new(
        inbox, team,
        route is { Strict: true, Skills: { } skills } ? string.Join('\n', skills.Select(skill => $"{skill.Key}\t{skill.Value}")) : "",
        // Only where a fallback ends it: what became hard on the way goes to beginners last, and not never.
        route is { Strict: true, Hard: true },
        letter ? thirds + Weights.Unit : thirds);

    /// <summary>
    /// Whom a queue is for: who is at work for it and knows what is asked for. Where nobody at all does, everybody is better than nobody; that who does is only not
    /// here at this moment, the fallbacks are for.
    /// </summary>
    public static IEnumerable<AgentCard> Serve(Roster roster, QueueKey queue, DateTimeOffset now)
    {
        // Whose team has gone home is given nothing, and counts as nobody who is here.
        var theirs = roster.AgentsOf(queue.Inbox).Where(agent => (queue.Team is not { } team || agent.Teams.Contains(team)) && roster.AtWork(agent, queue.Inbox, now)).ToList();
        var wanted = queue.Wants.Length == 0 ? [] : queue.Wants.Split('\n').Select(each => each.Split('\t')).ToDictionary(each => each[0], each => int.Parse(each[1], System.Globalization.CultureInfo.InvariantCulture));
        theirs = Or(theirs, agent => agent.Knows(wanted));
        return queue.Spares ? Or(theirs, agent => agent.Experience != Experience.Beginner) : theirs;
    }

    public static ImmutableArray<IPolicy> Usual(RoutingSettings settings) =>
        Ladder.Usual(settings.Policy == RoutingPolicy.RoundRobin ? Preference.RoundRobin : Preference.LeastLoaded).Steps;

    /// <summary>Whether an inbox gives out otherwise than it did.</summary>
    public static bool Differ(Roster before, Roster after) => after.Inboxes.Values.Any(inbox => !ReferenceEquals(before.Inbox(inbox.Id)?.Settings.Giving, inbox.Settings.Giving));

    private static List<AgentCard> Or(List<AgentCard> all, Predicate<AgentCard> fits) => all.FindAll(fits) is { Count: > 0 } some ? some : all;
}
