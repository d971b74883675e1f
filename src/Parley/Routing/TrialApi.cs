using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Routing;

/// <summary>Made-up conversations against the rules of an inbox, as they stand or as they might: which rule decides, why the others do not, and who would be asked now.</summary>
internal static class TrialApi
{
    private const int Most = 100;

    /// <param name="Examples">At most 100; absent: those that the inbox keeps.</param>
    /// <param name="Rules">What the rules would be; absent: as they stand.</param>
    internal sealed record Wish(ImmutableArray<SortingExample>? Examples = null, ImmutableArray<SortingRule>? Rules = null);

    internal sealed record Condition(string Name, bool Holds);

    /// <param name="Fits">All of its conditions hold.</param>
    internal sealed record Judged(string Id, string Name, bool Fits, IEnumerable<Condition> Conditions);

    /// <param name="Rule">The id of the rule that decides; absent: none.</param>
    /// <param name="Right">Whether it is the one that should; absent: nothing was expected.</param>
    /// <param name="Live">Whether somebody would be looked for who talks at once, where anybody is here.</param>
    /// <param name="Why">Who would be asked at this moment, and why; absent: nobody.</param>
    internal sealed record Result(string? Rule, bool? Right, IEnumerable<Judged> Rules, bool Live, Why? Why);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/inboxes/{id}/routing/trial", Try).WithTags("Inboxes").WithName("tryRouting").RequireAgent(Role.Admin).Produces<Items>();

    internal sealed record Items([property: System.Text.Json.Serialization.JsonPropertyName("items")] IEnumerable<Result> All);

    private static IResult Try(InboxId id, Wish body, HttpContext http, Rosters rosters, Halls halls, TimeProvider time)
    {
        var roster = rosters.Now(http.Principal().Workspace);
        if (roster.Inbox(id) is not { } inbox)
        {
            return Refusal.Unknown("inbox").Problem();
        }

        var rules = (body.Rules ?? inbox.Settings.Sorting ?? []).Select(rule => rule.Tidied()).ToImmutableArray();
        var examples = body.Examples ?? inbox.Settings.Examples ?? [];
        return SortingRule.Flaw(rules, roster.Teams.ContainsKey) is { } flaw ? flaw.Problem()
            : examples.Length > Most || examples.Any(example => example.Text is null) ? new Refusal("examples.invalid", $"At most {Most} examples, each with a text.", 400) { Errors = [new("examples", "invalid", $"At most {Most}, each with a text.")] }.Problem()
            : Results.Ok(new Items([.. examples.Select(example => Of(roster, inbox, rules, example, halls, time))]));
    }

    private static Result Of(Roster roster, InboxCard inbox, ImmutableArray<SortingRule> rules, SortingExample example, Halls halls, TimeProvider time)
    {
        var matter = example.Matter();
        var met = SortingExample.Met(rules, matter);
        var terms = Terms.Of(inbox.Settings).At(met?.Pace);
        var made = new Conversation
        {
            Inbox = inbox.Id,
            Team = met?.Team is { } team && inbox.OpenTo([team]) ? team : null,
            Mode = terms.Policy.LiveAllowed ? Mode.Waiting : Mode.Messaging,
            Terms = terms,
            Language = example.Language,
            WaitingSince = time.GetUtcNow(),
            OpenedAt = time.GetUtcNow(),
            Route = met is null ? null : Directing.Of(met),
        };
        return new Result(
            met?.Id,
            example.Expects is { } expected ? expected == (met?.Id ?? "") : null,
            [.. rules.Select(rule => new Judged(rule.Id, rule.Name, rule.Fits(matter), [.. rule.Judge(matter).Select(each => new Condition(each.Condition, each.Holds))]))],
            terms.Policy.LiveAllowed,
            halls.Try(roster.Id, Jobs.Of(ConversationId.New(time), made, roster)));
    }
}
