using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Conversations;
using Parley.Figures.Ratings;
using Parley.Platform.Store;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Figures;

/// <summary>How people found it, by the mode in which their matter ended.</summary>
internal static class RatingsApi
{
    internal sealed record Ratings(DateTimeOffset From, DateTimeOffset To, ImmutableArray<InboxRatings> Items);

    /// <param name="All">Whatever the mode.</param>
    /// <param name="Modes">Those in which something was asked or rated.</param>
    internal sealed record InboxRatings(InboxId Inbox, Satisfaction All, ImmutableArray<ModeRatings> Modes);

    /// <param name="Mode"><c>live</c> (a talk that was paused as it ended is one), <c>messaging</c>, or <c>waiting</c>: closed before anybody talked.</param>
    internal sealed record ModeRatings(Mode Mode, Satisfaction Satisfaction);

    /// <param name="Asked">How often a closing asked how it was.</param>
    /// <param name="ResponseRate">Of those, how many were rated; absent where none asked.</param>
    /// <param name="Good">Four or five of five.</param>
    /// <param name="Share">Good of all that were rated; nobody who said nothing is guessed. Absent where nobody rated.</param>
    /// <param name="Mean">Of the scores, one to five.</param>
    internal sealed record Satisfaction(long Asked, double? ResponseRate, long Rated, long Good, double? Share, double? Mean);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/ratings", Read).WithName("getRatings").RequireAgent(Role.Supervisor).Produces<Ratings>();

    /// <param name="from">Of what was closed from then on; seven days before <paramref name="to"/> where nothing is said.</param>
    /// <param name="to">And before then; now where nothing is said.</param>
    private static async Task<IResult> Read(HttpContext http, Database database, TimeProvider time, InboxId? inbox = null, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        if (FiguresApi.Span(from, to, time) is not var (since, until))
        {
            return FiguresApi.Problem();
        }

        var who = http.Principal();
        var rows = await database.Read(session => RatingStore.Of(session, who.Workspace, since, until, FiguresApi.Wanted(http, inbox)));
        return Results.Ok(new Ratings(since, until,
        [
            .. rows.GroupBy(row => InboxId.From(row.Inbox)).OrderBy(of => of.Key)
                .Select(of => new InboxRatings(of.Key, Over(of), [.. of.GroupBy(row => Shown((Mode)row.Mode)).OrderBy(mode => mode.Key).Select(mode => new ModeRatings(mode.Key, Over(mode)))])),
        ]));
    }

    private static Satisfaction Over(IEnumerable<RatingRow> rows)
    {
        var (asked, answered, rated, good, sum) = rows.Aggregate((0L, 0L, 0L, 0L, 0L), (all, row) => (all.Item1 + row.Asked, all.Item2 + row.Answered, all.Item3 + row.Rated, all.Item4 + row.Good, all.Item5 + row.Sum));
        return new(asked, FiguresApi.Share(answered, asked), rated, good, FiguresApi.Share(good, rated), rated == 0 ? null : Math.Round((double)sum / rated, 2));
    }

    private static Mode Shown(Mode mode) => mode switch { Mode.Paused => Mode.Live, Mode.Dormant or Mode.Ended => Mode.Messaging, _ => mode };
}
