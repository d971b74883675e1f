using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Web;

namespace Parley.Workspaces;

/// <summary>What a program's token may do. An agent's role says the same for people.</summary>
public static class Scopes
{
    public const string Read = "read";
    public const string Write = "write";
    public const string Admin = "admin";

    public static readonly IReadOnlyList<string> All = [Read, Write, Admin];
}

/// <summary>Who may call a route. Checked before the route's body is read.</summary>
public abstract record Entrance
{
    /// <summary>Agents from a role upwards, and programs whose token has the scope.</summary>
    public sealed record ForAgents(Role Minimum, string? Scope) : Entrance;

    /// <summary>Agents with a session only: what concerns the person.</summary>
    public sealed record ForPeople(Role Minimum) : Entrance;

    public sealed record ForVisitors : Entrance;
}

/// <summary>How routes say who may call them, and learn who does.</summary>
public static class Asking
{
    private const string IdempotencyHeader = "Idempotency-Key";

    /// <summary>Agents of at least this role; programs with the scope (null: <c>read</c> to read, else <c>write</c>, and <c>admin</c> where the role is admin or above).</summary>
    public static TBuilder RequireAgent<TBuilder>(this TBuilder routes, Role minimum = Role.Agent, string? scope = null)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new Entrance.ForAgents(minimum, scope));

    public static TBuilder RequirePerson<TBuilder>(this TBuilder routes, Role minimum = Role.Agent)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new Entrance.ForPeople(minimum));

    public static TBuilder RequireVisitor<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new Entrance.ForVisitors());

    /// <summary>Who asks, on a route that requires somebody.</summary>
    public static Principal Principal(this HttpContext http) =>
        http.Features.Get<Principal>() ?? throw new InvalidOperationException("The route requires nobody, so nobody is known.");

    public static AgentPrincipal Agent(this HttpContext http) => (AgentPrincipal)http.Principal();

    public static VisitorPrincipal Visitor(this HttpContext http) => (VisitorPrincipal)http.Principal();

    /// <summary>
    /// Where a command from this request comes from. Its id is the body's clientId where the route has one, else the header
    /// <c>Idempotency-Key</c>, else a new one.
    /// </summary>
    public static Origin Origin(this HttpContext http, string? clientId = null)
    {
        var id = clientId ?? (string?)http.Request.Headers[IdempotencyHeader] ?? NewId(http);
        return id.Length is > 0 and <= Log.Origin.ClientIdLimit && !id.Any(char.IsControl) && Words.Clean(id) == id
            ? new Origin(http.Principal().Workspace, http.Principal().Author, id) { Formerly = http.Principal().Formerly }
            : throw new ProblemException(new Problem("clientId.invalid", $"A clientId has between 1 and {Log.Origin.ClientIdLimit} printable characters.", StatusCodes.Status400BadRequest));
    }

    /// <summary>The refusal of a command as a problem.</summary>
    public static IResult Problem(this Refusal refusal) => Problems.Of(new Problem(refusal.Code, refusal.Detail, refusal.Status, refusal.Errors.IsEmpty ? null : refusal.Errors) { Holder = refusal.Holder });

    /// <summary>An id for a command that the client gave none for.</summary>
    public static string NewId(this HttpContext http) =>
        Guid.CreateVersion7(((TimeProvider)http.RequestServices.GetService(typeof(TimeProvider))!).GetUtcNow()).ToString("N");
}
