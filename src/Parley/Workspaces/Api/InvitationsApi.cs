using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Platform.Mail;
using Parley.Platform.Web;
using Parley.Workspaces.Accounts;

namespace Parley.Workspaces.Api;

/// <summary>How people join: by a link that is good once, mailed where there is a mail server, copied where there is none.</summary>
internal static class InvitationsApi
{
    private static readonly Problem Gone = new("invitation.gone", "This invitation was used, taken back, or is older than 14 days. Ask for a new one.", StatusCodes.Status410Gone);

    /// <param name="Url">Only in the answer that makes it.</param>
    /// <param name="Mailed">True if it is on its way by mail as well; false where there is no mail server, or where this company has mailed ten times within the hour.</param>
    internal sealed record View(InvitationId Id, string Email, Role Role, IEnumerable<TeamId> Teams, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string? Url = null, bool? Mailed = null)
    {
        public static View Of(Invitation it) => new(it.Id, it.Email, it.Role, it.Teams, it.CreatedAt, it.ExpiresAt);
    }

    /// <param name="Language">In which the mail is written: en, de, nl or es.</param>
    internal sealed record New(string Email, Role Role = Role.Agent, ImmutableArray<TeamId>? Teams = null, string? Language = null);

    /// <param name="Token">What stands behind the # of the link.</param>
    internal sealed record Opening(string Token);

    /// <param name="Known">True where the address has an account already: one joins with its password.</param>
    internal sealed record Opened(string Company, string Email, bool Known);

    /// <param name="Token">What stands behind the # of the link.</param>
    /// <param name="Password">The one chosen now; of somebody who has an account already, that account's.</param>
    internal sealed record Acceptance(string Token, string Name, string Password);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/invitations").WithTags("Invitations");
        group.MapGet("/", All).RequirePerson(Role.Admin);
        group.MapPost("/", Post).RequirePerson(Role.Admin).Produces<View>(StatusCodes.Status201Created);
        group.MapDelete("/{id}", Delete).RequirePerson(Role.Admin).Produces(StatusCodes.Status204NoContent);
        group.MapPost("/open", Open).WithName("openInvitation").Produces<Opened>();
        group.MapPost("/accept", Accept).WithName("acceptInvitation").Produces<MeApi.Me>(StatusCodes.Status201Created);
    }

    private static async Task<Items<View>> All(HttpContext http, Invitations invitations) => new((await invitations.All(http.Principal().Workspace)).Select(View.Of));

    private static async Task<IResult> Post(New body, HttpContext http, Rosters rosters, Invitations invitations, Links links, Homes homes, Postman postman, Forgetfulness limits)
    {
        var (agent, email) = (http.Agent(), Naming.Normal(body.Email));
        var roster = rosters.Now(agent.Workspace);
        if (!Issuing.Invites(roster, agent.Agent, body.Role))
        {
            return Problems.Of("role.above", "That role is above your own.", StatusCodes.Status403Forbidden);
        }

        ImmutableSortedSet<TeamId> teams = body.Teams is { } given ? [.. given] : [];
        var flaw = Naming.Email(email)
            ?? (teams.All(roster.Teams.ContainsKey) ? null : new Refusal("team.unknown", "There is no such team.", 400))
            ?? (roster.Agents.Values.Any(other => Naming.Normal(other.Email) == email) ? new Refusal("email.taken", "Somebody has this e-mail address already.") : null);
        if (flaw is not null)
        {
            return flaw.Problem();
        }

        var it = await invitations.Add(agent.Workspace, agent.Agent, email, body.Role, teams);
        var url = $"{await homes.Find(http)}/join#{await links.Issue(Links.Invitation, it.Id.Value, it.ExpiresAt)}";
        // Whom the mail goes to is anybody: beyond what a company mails to strangers the link is handed on by hand.
        var mailed = postman.Here && limits.Strangers.Take(agent.Workspace.ToString()) <= TimeSpan.Zero && await postman.Invite(http, it, body.Language);
        return Results.Created($"/v1/invitations/{it.Id}", View.Of(it) with { Url = url, Mailed = mailed });
    }

    private static async Task<IResult> Delete(InvitationId id, HttpContext http, Invitations invitations) =>
        await invitations.End(http.Principal().Workspace, id) ? Results.NoContent() : Refusal.Unknown("invitation").Problem();

    private static async Task<IResult> Open(Opening body, HttpContext http, Joining joining, Entering entering) =>
        await joining.Find(body.Token) is var (it, roster, account) ? Results.Ok(new Opened(roster.Name, it.Email, account is not null)) : entering.Wrong(http, Gone);

    private static async Task<IResult> Accept(Acceptance body, HttpContext http, Joining joining, Entering entering)
    {
        if (await joining.Find(body.Token) is not var (it, _, account))
        {
            return entering.Wrong(http, Gone);
        }

        // All that can be refused is looked at before the link is used up: what was typed wrong costs no invitation.
        if (await joining.Flaw(http, it, account, body.Name, body.Password) is { } problem)
        {
            return Problems.Of(problem);
        }

        return await joining.Join(it, account, body.Name, body.Password) switch
        {
            null => Problems.Of(Gone),
            { Refusal: { } refusal } => refusal.Problem(),
            var hired => await entering.Enter(http, hired.Workspace, hired.Agent, StatusCodes.Status201Created),
        };
    }
}
