using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Contacts;
using Parley.Figures.Episodes;
using Parley.Figures.Promises;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Figures;

/// <summary>What the figures say, for who answers for them.</summary>
internal static class FiguresApi
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <param name="From">Of what was made from then on,</param>
    /// <param name="To">and before then.</param>
    internal sealed record Promised(DateTimeOffset From, DateTimeOffset To, ImmutableArray<Score> Items);

    /// <summary>The score of an inbox's promises. Each counts by what was said first; who waited longer than one was told again is in <c>renewed</c>.</summary>
    /// <param name="Made">How often somebody waited and was promised an answer.</param>
    /// <param name="Kept">The answer was there by what was said first.</param>
    /// <param name="Broken">The time that was said first passed without one, whether it came later or has not come yet.</param>
    /// <param name="Open">Not due yet.</param>
    /// <param name="Withdrawn">Closed before there was an answer: neither kept nor broken.</param>
    /// <param name="Renewed">It was said before the time was over that it takes longer.</param>
    /// <param name="Share">Kept of those kept and broken; absent where there are none.</param>
    /// <param name="Level">How likely what is promised is meant to be, in percent.</param>
    /// <param name="Calibration">Of what was learned: how many answers were there by the time that half, eighty and ninety of a hundred were expected by. The share should be the level.</param>
    internal sealed record Score(InboxId Inbox, long Made, long Kept, long Broken, long Open, long Withdrawn, long Renewed, double? Share, int Level, ImmutableArray<Calibrated> Calibration);

    /// <param name="Level">In percent.</param>
    /// <param name="Of">Learned promises of which it is known what came of them.</param>
    internal sealed record Calibrated(int Level, long Of, long Within, double? Share);

    internal sealed record Measured(DateTimeOffset From, DateTimeOffset To, ImmutableArray<Matters> Items);

    /// <summary>The episodes of an inbox that were opened in the time.</summary>
    /// <param name="Answered">In which a person answered.</param>
    /// <param name="Closed">That are closed.</param>
    /// <param name="Reopened">To which the customer came back after a closing.</param>
    /// <param name="ReopenRate">Of those that were ever closed.</param>
    /// <param name="OneTouch">Closed, answered by one agent alone, and the customer did not come back.</param>
    /// <param name="FirstResponse">From the customer's first message to the first answer of a person.</param>
    /// <param name="FirstResolution">To the first closing.</param>
    /// <param name="Resolution">To the last closing.</param>
    internal sealed record Matters(InboxId Inbox, int Opened, int Answered, int Closed, int Reopened, double? ReopenRate, int OneTouch, Took FirstResponse, Took FirstResolution, Took Resolution);

    /// <param name="Calendar">By the clock.</param>
    /// <param name="Business">Of the time in which the inbox was open.</param>
    internal sealed record Took(Durations Calendar, Durations Business);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/figures").WithTags("Figures").MayTakeLong();
        group.MapGet("/promises", Promises).WithName("getPromises").RequireAgent(Role.Supervisor).Produces<Promised>();
        group.MapGet("/episodes", Episodes).WithName("getEpisodes").RequireAgent(Role.Supervisor).Produces<Measured>();
        RatingsApi.Map(group);
    }

    /// <param name="from">Seven days before <paramref name="to"/> where nothing is said.</param>
    /// <param name="to">Now where nothing is said.</param>
    private static async Task<IResult> Promises(HttpContext http, Database database, TimeProvider time, InboxId? inbox = null, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        if (Span(from, to, time) is not var (since, until))
        {
            return Problem();
        }

        var who = http.Principal();
        var rows = await database.Read(session => LedgerStore.Scores(session, who.Workspace, since, until, Wanted(http, inbox)));
        return Results.Ok(new Promised(since, until, [.. rows.Select(Of).OrderBy(score => score.Inbox)]));
    }

    /// <param name="from">Seven days before <paramref name="to"/> where nothing is said.</param>
    /// <param name="to">Now where nothing is said.</param>
    private static async Task<IResult> Episodes(HttpContext http, Database database, TimeProvider time, InboxId? inbox = null, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        if (Span(from, to, time) is not var (since, until))
        {
            return Problem();
        }

        var who = http.Principal();
        var rows = await database.Read(session => EpisodeStore.Opened(session, who.Workspace, since, until, Wanted(http, inbox)));
        return Results.Ok(new Measured(since, until,
            [.. rows.GroupBy(row => row.Inbox).OrderBy(of => of.Key).Select(of => Of(of.Key, [.. of]))]));
    }

    internal static (DateTimeOffset From, DateTimeOffset To)? Span(DateTimeOffset? from, DateTimeOffset? to, TimeProvider time)
    {
        var until = to ?? time.GetUtcNow().AddMilliseconds(1);
        var since = from ?? until - Usual;
        return since < until && until - since <= Longest ? (since, until) : null;
    }

    private static Matters Of(InboxId inbox, List<Episode> all)
    {
        var (ever, reopened) = (all.Count(one => one.FirstClosed is not null), all.Count(one => one.Reopened > 0));
        return new(inbox, all.Count, all.Count(one => one.Answered is not null), all.Count(one => one.Closed is not null), reopened, Share(reopened, ever), all.Count(one => one.OneTouch),
            Over(all, one => one.Answered, one => one.AnsweredOpenMs), Over(all, one => one.FirstClosed, one => one.FirstClosedOpenMs), Over(all, one => one.Closed, one => one.ClosedOpenMs));
    }

    private static Took Over(List<Episode> all, Func<Episode, DateTimeOffset?> at, Func<Episode, long?> open) => new(
        Durations.Over(all.Where(one => at(one) is not null).Select(one => at(one)!.Value - one.Opened)),
        Durations.Over(all.Select(open).OfType<long>().Select(ms => TimeSpan.FromMilliseconds(ms))));

    internal static IResult Problem() => Problems.Of("time.invalid", "A time begins before it ends, and is a year at most.", StatusCodes.Status400BadRequest);

    /// <summary>Of which inboxes it is asked, of those that the caller may use; null: of all.</summary>
    internal static IReadOnlyCollection<InboxId>? Wanted(HttpContext http, InboxId? asked)
    {
        var open = (http.Principal() as AgentPrincipal)?.Inboxes;
        return asked is not { } one ? open : open?.Contains(one) != false ? [one] : [];
    }

    private static Score Of(ScoreRow row)
    {
        var (kept, broken) = (row.Kept, row.Late + row.Overdue);
        return new(InboxId.From(row.Inbox), row.Made, kept, broken, row.Open - row.Overdue, row.Withdrawn, row.Renewed, Share(kept, kept + broken), Learned.Level,
            [new(50, row.Judged, row.Half, Share(row.Half, row.Judged)), new(80, row.Judged, row.Eighty, Share(row.Eighty, row.Judged)), new(90, row.Judged, row.Ninety, Share(row.Ninety, row.Judged))]);
    }

    internal static double? Share(long part, long of) => of == 0 ? null : Math.Round((double)part / of, 4);
}
