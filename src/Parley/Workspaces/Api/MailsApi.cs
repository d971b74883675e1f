using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Platform.Mail;

namespace Parley.Workspaces.Api;

/// <summary>Mails that could not be sent: what was tried, and once more.</summary>
internal static class MailsApi
{
    /// <param name="Enabled">Whether this Parley sends mails at all.</param>
    internal sealed record View(bool Enabled, IEnumerable<LostMail> Items);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/mails").WithTags("Mails").RequirePerson(Role.Admin);
        group.MapGet("/", async (HttpContext http, Outbox outbox, MailSettings settings) => new View(settings.Set, await outbox.All(http.Principal().Workspace.Value)));
        group.MapPost("/{id}/retry", async (Guid id, HttpContext http, Outbox outbox) => await outbox.Again(http.Principal().Workspace.Value, id) ? Results.NoContent() : Refusal.Unknown("mail").Problem())
            .Produces(StatusCodes.Status204NoContent);
        group.MapDelete("/{id}", async (Guid id, HttpContext http, Outbox outbox) => await outbox.Drop(http.Principal().Workspace.Value, id) ? Results.NoContent() : Refusal.Unknown("mail").Problem())
            .Produces(StatusCodes.Status204NoContent);
    }
}
