using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Platform;
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
    /// <param name="Told">What whoever writes then is told; absent where they are talked to, or cannot write.</param>
    internal sealed record View(ReceptionState State, ButtonState Button, Unavailable? Why = null, Wait? WaitSeconds = null, DateTimeOffset? OpensAt = null, Until? Promise = null, Foretold? Told = null);

    internal sealed record Wait(long Low, long High);

    /// <param name="Spoken">As it is said: rounded up.</param>
    internal sealed record Until(DateTimeOffset Due, DateTimeOffset Spoken);

    /// <param name="Policy">What is to be tried; nothing of it is set.</param>
    /// <param name="At">Another time than now.</param>
    internal sealed record Trial(PolicyWish Policy, DateTimeOffset? At = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/inboxes/{id}/availability").WithTags("Inboxes");
        group.MapGet("/", Get).WithName("getAvailability").RequireAgent().Produces<View>().AddEndpointFilter(Readable);
        group.MapPost("/", Try).WithName("tryAvailability").RequireAgent().Produces<View>();
    }

    /// <summary>What may be absent and cannot be read is refused by the framework without a word: here it is said.</summary>
    private static ValueTask<object?> Readable(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => context.HttpContext.Response.StatusCode == StatusCodes.Status400BadRequest
        ? new(Problems.Of(Problem.Malformed("at: The value is not of the right kind.", [new FieldFlaw("at", "malformed", "The value is not of the right kind.")])))
        : next(context);

    /// <param name="at">Another time than now, for which the hours alone are asked.</param>
    private static IResult Get(InboxId id, HttpContext http, Rosters rosters, IFloor floors, ILearning learning, IForetelling telling, TimeProvider time, DateTimeOffset? at = null) =>
        Find(id, http, rosters) is { } inbox ? Found(http, rosters, inbox.Id, inbox.Settings, (floors, learning, telling, time.GetUtcNow(), at)) : Refusal.Unknown("inbox").Problem();

    private static IResult Try(InboxId id, Trial body, HttpContext http, Rosters rosters, IFloor floors, ILearning learning, IForetelling telling, TimeProvider time)
    {
        if (Find(id, http, rosters) is not { } inbox)
        {
            return Refusal.Unknown("inbox").Problem();
        }

        var (settings, refusal) = body.Policy.On(inbox.Settings);
        return refusal?.Problem() ?? Found(http, rosters, id, settings, (floors, learning, telling, time.GetUtcNow(), body.At));
    }

    /// <summary>An inbox that the caller may use; null for any other, existing or not.</summary>
    private static InboxCard? Find(InboxId id, HttpContext http, Rosters rosters) =>
        http.Principal() is AgentPrincipal { Inboxes: { } open } && !open.Contains(id) ? null : rosters.Now(http.Principal().Workspace).Inbox(id);

    private static IResult Found(HttpContext http, Rosters rosters, InboxId id, InboxSettings settings, (IFloor Floors, ILearning Learning, IForetelling Telling, DateTimeOffset Now, DateTimeOffset? At) when)
    {
        if (when.At is { } asked && (asked - when.Now).Duration() > Furthest)
        {
            return Problems.Of(new Problem("at.invalid", "The time is within ten years of now.", StatusCodes.Status400BadRequest, [new FieldFlaw("at", "invalid", "Within ten years of now.")]));
        }

        var workspace = http.Principal().Workspace;
        // Of another time the hours are known: nobody is expected while all who could answer are off duty.
        var floor = when.At is not { } then ? when.Floors.Of(workspace, id) : rosters.Now(workspace).Expects(id, then) ? (Floor?)null : default(Floor);
        var at = when.At ?? when.Now;
        var it = Reception.Of(settings.Policy, rosters.Now(workspace).CalendarOf(settings), floor, at, when.Learning.In(workspace, id));
        var wait = it.State == ReceptionState.Live && floor is { Low: { } low, High: { } high } ? new Wait((long)low.TotalSeconds, (long)Math.Ceiling(high.TotalSeconds)) : null;
        return Results.Ok(new View(it.State, it.Button, it.Why, wait, it.OpensAt, it.Answer is { } answer ? new Until(answer.From(at), answer.SpokenFrom(at)) : null, when.Telling.Of(rosters.Now(workspace), settings, it, at)));
    }
}
