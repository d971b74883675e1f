using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Parley.Platform.Web;

namespace Parley.Workspaces;

/// <summary>One way to prove who one is with a bearer token. Null: not one of these, or no longer valid.</summary>
public interface IProof
{
    ValueTask<Principal?> Of(string bearer);
}

/// <summary>Proves agents by the cookie that a browser sends along.</summary>
public interface ICookieProof
{
    ValueTask<AgentPrincipal?> Of(HttpContext http);
}

/// <summary>Stands before every route: finds out who asks, and lets in whom the route takes. The principal is then a feature of the request.</summary>
public sealed class Doorman(IEnumerable<IProof> proofs, ICookieProof cookies, RateLimits limits)
{
    public const string CsrfHeader = "X-Parley";

    private static readonly Problem SignIn = new("auth.required", "Sign in first.", StatusCodes.Status401Unauthorized);
    private static readonly Problem Expired = new("auth.invalid", "The token is not valid, or no longer. Get a new one.", StatusCodes.Status401Unauthorized);
    private static readonly Problem Forbidden = new("auth.forbidden", "You may not do this.", StatusCodes.Status403Forbidden);
    private static readonly Problem Forged = new("csrf.missing", $"A change over a cookie needs the header {CsrfHeader}: 1.", StatusCodes.Status403Forbidden);

    public Task Receive(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Entrance>() is not { } entrance)
        {
            return next(http);
        }

        // Whom memory knows is let through without a state machine that waits for the route's end.
        var asked = Refusal(http, entrance);
        return !asked.IsCompletedSuccessfully ? Receive(asked, http, next) : asked.Result is { } problem ? problem.Write(http.Response) : next(http);
    }

    private static async Task Receive(ValueTask<Problem?> asked, HttpContext http, RequestDelegate next)
    {
        if (await asked is { } problem)
        {
            await problem.Write(http.Response);
            return;
        }

        await next(http);
    }

    /// <summary>Who holds the bearer token that a request brought; if nobody does, what to answer it.</summary>
    public async ValueTask<(Principal? Principal, Problem? Wrong)> Prove(HttpContext http, string bearer) =>
        await Of(bearer) is { } principal ? (principal, null) : (null, Counted(limits.Refused, http, Expired));

    /// <summary>Who holds a bearer token; null if nobody does.</summary>
    public async ValueTask<Principal?> Of(string bearer)
    {
        foreach (var proof in proofs)
        {
            if (await proof.Of(bearer) is { } principal)
            {
                return principal;
            }
        }

        return null;
    }

    /// <summary>Who the request's cookie proves; the caller has checked where the request comes from.</summary>
    public ValueTask<AgentPrincipal?> OfCookie(HttpContext http) => cookies.Of(http);

    /// <summary>The token of the <c>Authorization: Bearer</c> header.</summary>
    public static string? Bearer(HttpContext http)
    {
        var header = (string?)http.Request.Headers.Authorization;
        return header?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) == true ? header[7..].Trim() : null;
    }

    private async ValueTask<Problem?> Refusal(HttpContext http, Entrance entrance)
    {
        var bearer = Bearer(http);
        var (principal, wrong) = bearer is not null ? await Prove(http, bearer) : (entrance is Entrance.ForVisitors ? null : await OfCookie(http), null);
        if (principal is null)
        {
            return wrong ?? Counted(http.Request.Headers.ContainsKey(HeaderNames.Cookie) ? limits.Refused : limits.Addresses, http, SignIn);
        }

        if (!Admits(entrance, principal, http.Request.Method))
        {
            // A visitor at the agents' door is nobody there; a signed-in person is somebody who may not.
            return principal is VisitorPrincipal || entrance is Entrance.ForVisitors ? Counted(limits.Addresses, http, SignIn) : Forbidden;
        }

        if (bearer is null && !Reads(http.Request.Method) && http.Request.Headers[CsrfHeader] != "1")
        {
            return Forged;
        }

        http.Features.Set(principal);
        return null;
    }

    /// <summary>Who is refused passes no further, so it is counted here: what is wrong, or that there was too much of it.</summary>
    private static Problem Counted(RateLimit limit, HttpContext http, Problem problem) =>
        limit.Take(Throttling.Address(http)) is var wait && wait == TimeSpan.Zero ? problem : RateLimits.TooMany(wait);

    private static bool Admits(Entrance entrance, Principal principal, string method) => (entrance, principal) switch
    {
        (Entrance.ForAgents wanted, AgentPrincipal agent) => agent.Role >= wanted.Minimum,
        (Entrance.ForAgents wanted, ProgramPrincipal program) => program.Scopes.Contains(wanted.Scope ?? Default(wanted.Minimum, method)),
        (Entrance.ForPeople wanted, AgentPrincipal agent) => agent.Role >= wanted.Minimum,
        (Entrance.ForVisitors, VisitorPrincipal) => true,
        _ => false,
    };

    /// <summary>The scope that a program needs where the route names none.</summary>
    public static string Default(Role minimum, string method) => minimum >= Role.Admin ? Scopes.Admin : Reads(method) ? Scopes.Read : Scopes.Write;

    private static bool Reads(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
}
