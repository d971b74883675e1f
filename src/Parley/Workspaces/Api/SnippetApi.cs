using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces.Accounts;

namespace Parley.Workspaces.Api;

/// <summary>The line that puts an inbox on a site, and how it reaches whoever looks after that.</summary>
internal static class SnippetApi
{
    private static readonly Problem NoServer = new("mail.none", "No mail server is set (mail.host, mail.from). Copy the line, and send it yourself.", StatusCodes.Status409Conflict);

    /// <param name="Mail">Whether Parley can mail it.</param>
    internal sealed record View(string Text, bool Mail);

    /// <param name="Language">In which the mail is written: en, de, nl or es.</param>
    internal sealed record Wish(string To, string? Language = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/inboxes/{id}/snippet").WithTags("Inboxes").RequirePerson(Role.Admin);
        group.MapGet("/", Get).WithName("getSnippet").Produces<View>();
        group.MapPost("/", Post).WithName("mailSnippet").Produces(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> Get(InboxId id, HttpContext http, Rosters rosters, Homes homes, Postman postman) => rosters.Now(http.Principal().Workspace).Inbox(id) is null
        ? Refusal.Unknown("inbox").Problem()
        : Results.Ok(new View(Mails.Snippet(await homes.Find(http), id), postman.Here));

    private static async Task<IResult> Post(InboxId id, Wish body, HttpContext http, Rosters rosters, Postman postman, Forgetfulness limits)
    {
        var (agent, to) = (http.Agent(), body.To.Trim());
        if (rosters.Now(agent.Workspace).Inbox(id) is null)
        {
            return Refusal.Unknown("inbox").Problem();
        }

        if (Naming.Email(to) is { } flaw)
        {
            return flaw.Problem();
        }

        if (!postman.Here)
        {
            return Problems.Of(NoServer);
        }

        // Whom the mail goes to is anybody: a company's own mail server must not become one for strangers.
        if (limits.Strangers.Take(agent.Workspace.ToString()) is var wait && wait > TimeSpan.Zero)
        {
            return Problems.Of(RateLimits.TooMany(wait));
        }

        await postman.Snippet(agent, id, to, body.Language);
        return Results.Accepted();
    }
}
