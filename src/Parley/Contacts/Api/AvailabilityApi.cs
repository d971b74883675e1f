using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Contacts.Api;

/// <summary>What a customer who comes to an inbox would find: now, or at another time.</summary>
internal static class AvailabilityApi
{
    /// <summary>Nobody plans further ahead, nor looks further back.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(3660);

    /// <param name="Button">What the customer's button is there for: to talk, to write, for a form; or it is hidden.</param>
    /// <param name="Why">Why nobody can be talked to: outside the <c>hours</c>, <c>nobody</c> is online, or the <c>queue</c> is full.</param>
    /// <param name="WaitSeconds">How long whoever asks to talk now waits, as a range; absent where nothing can be said honestly.</param>
    /// <param name="Promise">By when what is written then would be answered.</param>
    internal sealed record View(ReceptionState State, ButtonState Button, Unavailable? Why = null, Wait? WaitSeconds = null, DateTimeOffset? OpensAt = null, Until? Promise = null);

    internal sealed record Wait(long Low, long High);

    internal sealed record Until(DateTimeOffset Due);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/inboxes/{id}/availability", Get).WithTags("Inboxes").WithName("getAvailability").RequireAgent().Produces<View>();

    /// <param name="at">Another time than now, for which the hours alone are asked.</param>
    private static IResult Get(InboxId id, HttpContext http, Rosters rosters, IFloor floors, TimeProvider time, DateTimeOffset? at = null)
    {
        var (who, now) = (http.Principal(), time.GetUtcNow());
        var roster = rosters.Now(who.Workspace);
        if (roster.Inbox(id) is not { } inbox || (who is AgentPrincipal { Inboxes: { } open } && !open.Contains(id)))
        {
            return Refusal.Unknown("inbox").Problem();
        }

        if (at is { } asked && (asked - now).Duration() > Furthest)
        {
            return Problems.Of("at.invalid", "The time is within ten years of now.", StatusCodes.Status400BadRequest);
        }

        var floor = at is null ? floors.Of(who.Workspace, id) : (Floor?)null;
        var it = Reception.Of(inbox.Settings.Policy, roster.CalendarOf(id), floor, at ?? now);
        var wait = it.State == ReceptionState.Live && floor is { Low: { } low, High: { } high } ? new Wait((long)low.TotalSeconds, (long)Math.Ceiling(high.TotalSeconds)) : null;
        return Results.Ok(new View(it.State, it.Button, it.Why, wait, it.OpensAt, it.Answer is { } answer ? new Until(answer.From(at ?? now)) : null));
    }
}
