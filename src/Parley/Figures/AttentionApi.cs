using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Figures.Attention;
using Parley.Platform.Store;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Figures;

/// <summary>How long conversations had somebody's attention: one's own to oneself, of others what the workspace shows.</summary>
internal static class AttentionApi
{
    /// <summary>Of fewer a sum would be somebody's own: whoever knows theirs knows the other's.</summary>
    private const int Few = 3;

    /// <param name="Shown">What the workspace shows of others; <c>off</c>: nothing is kept since then.</param>
    internal sealed record Own(DateTimeOffset From, DateTimeOffset To, AttentionShown Shown, Attentive Attention);

    /// <param name="Seconds">Focused, with input within the last minute; two tabs count once, closed conversations never.</param>
    /// <param name="Conversations">To how many.</param>
    /// <param name="MeanSeconds">To each of them; absent where there is none.</param>
    internal sealed record Attentive(long Seconds, int Conversations, double? MeanSeconds);

    /// <param name="All">Over everybody, where there are enough for a sum.</param>
    /// <param name="Agents">Each; absent unless the workspace shows that.</param>
    internal sealed record Shared(DateTimeOffset From, DateTimeOffset To, AttentionShown Shown, Attentive? All, ImmutableArray<TeamAttention> Teams, ImmutableArray<AgentAttention>? Agents);

    /// <param name="Attention">Absent where so few attended that the sum would be somebody's own.</param>
    internal sealed record TeamAttention(TeamId Team, Attentive? Attention);

    internal sealed record AgentAttention(AgentId Agent, Attentive Attention);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/me/attention", Mine).WithName("getMyAttention").WithTags("Me").RequirePerson().Produces<Own>();
        routes.MapGet("/v1/figures/attention", All).WithName("getAttention").MayTakeLong().WithTags("Figures").RequireAgent(Role.Supervisor).Produces<Shared>();
    }

    /// <param name="from">Seven days before <paramref name="to"/> where nothing is said.</param>
    /// <param name="to">Now where nothing is said.</param>
    private static async Task<IResult> Mine(HttpContext http, Database database, Rosters rosters, TimeProvider time, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        if (FiguresApi.Span(from, to, time) is not var (since, until))
        {
            return FiguresApi.Problem();
        }

        var who = http.Agent();
        var rows = await database.Read(session => AttentionStore.Of(session, who.Workspace, since, until, who.Agent));
        return Results.Ok(new Own(since, until, rosters.Now(who.Workspace).Attention, Over(rows)));
    }

    /// <param name="from">Seven days before <paramref name="to"/> where nothing is said.</param>
    /// <param name="to">Now where nothing is said.</param>
    private static async Task<IResult> All(HttpContext http, Database database, Rosters rosters, TimeProvider time, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        if (FiguresApi.Span(from, to, time) is not var (since, until))
        {
            return FiguresApi.Problem();
        }

        var who = http.Principal();
        var roster = rosters.Now(who.Workspace);
        if (roster.Attention == AttentionShown.Off)
        {
            return Results.Ok(new Shared(since, until, AttentionShown.Off, null, [], null));
        }

        var each = roster.Attention == AttentionShown.Agents;
        var rows = (await database.Read(session => AttentionStore.Of(session, who.Workspace, since, until, null, (who as AgentPrincipal)?.Inboxes)))
            .GroupBy(row => AgentId.From(row.Agent)).ToDictionary(of => of.Key, of => of.ToList());
        return Results.Ok(new Shared(since, until, roster.Attention, Sum(rows, each),
            [.. roster.Teams.Keys.Select(team => new TeamAttention(team, Sum(rows.Where(pair => roster.Agent(pair.Key)?.Teams.Contains(team) == true), each)))],
            each ? [.. rows.OrderBy(pair => pair.Key).Select(pair => new AgentAttention(pair.Key, Over(pair.Value)))] : null));
    }

    private static Attentive? Sum(IEnumerable<KeyValuePair<AgentId, List<AttentionRow>>> agents, bool each) =>
        agents.ToList() is var some && (each || some.Count >= Few) ? Over([.. some.SelectMany(pair => pair.Value)]) : null;

    private static Attentive Over(List<AttentionRow> rows)
    {
        var (seconds, threads) = (rows.Sum(row => row.Ms) / 1_000, rows.Select(row => ConversationId.From(row.Conversation)).Distinct().Count());
        return new(seconds, threads, threads == 0 ? null : Math.Round((double)seconds / threads, 1));
    }
}
