using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Platform.Mail;

namespace Parley.Workspaces.Api;

/// <summary>Mails that could not be sent, not yet or not at all: what was tried, and once more.</summary>
internal static class MailsApi
{
    /// <param name="Enabled">Whether this Parley sends mails at all.</param>
    /// <param name="Waiting">How many were not taken yet and are tried again.</param>
    /// <param name="GivenUp">How many are tried no more by themselves.</param>
    /// <param name="AfterSeconds">After how long a customer is mailed what they have not seen, where an inbox says nothing else; 0: never.</param>
    internal sealed record View(bool Enabled, int Waiting, int GivenUp, int AfterSeconds, IReadOnlyList<HeldMail> Items)
    {
        public static View Of(bool enabled, int after, List<HeldMail> held) => new(enabled, held.Count(mail => !mail.GivenUp), held.Count(mail => mail.GivenUp), after, held);
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/mails").WithTags("Mails").RequirePerson(Role.Admin);
        group.MapGet("/", async (HttpContext http, Outbox outbox, MailSettings settings, IMailing mailing) => View.Of(settings.Set, mailing.AfterSeconds, await outbox.All(http.Principal().Workspace.Value)));
        group.MapPost("/{id}/retry", async (Guid id, HttpContext http, Outbox outbox) => await outbox.Again(http.Principal().Workspace.Value, id) ? Results.NoContent() : Refusal.Unknown("mail").Problem())
            .Produces(StatusCodes.Status204NoContent);
        group.MapDelete("/{id}", async (Guid id, HttpContext http, Outbox outbox) => await outbox.Drop(http.Principal().Workspace.Value, id) ? Results.NoContent() : Refusal.Unknown("mail").Problem())
            .Produces(StatusCodes.Status204NoContent);
    }
}
