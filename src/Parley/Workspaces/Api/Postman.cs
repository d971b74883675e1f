using Microsoft.AspNetCore.Http;
using Parley.Platform.Mail;
using Parley.Workspaces.Accounts;

namespace Parley.Workspaces.Api;

/// <summary>Has mails sent where they can be.</summary>
internal sealed class Postman(MailSettings settings, Outbox outbox)
{
    public bool Here => settings.Set;

    public async Task<bool> Invite(HttpContext http, Invitation it, string? language)
    {
        if (Here)
        {
            await outbox.Add(Links.Invitation, it.Email, Language(language), $"{it.Id} {http.Agent().Agent}", it.Workspace.Value);
        }

        return Here;
    }

    public Task Forgotten(string email, string? language) => Here ? outbox.Add(Links.Password, email, Language(language), "") : Task.CompletedTask;

    public Task Snippet(AgentPrincipal by, InboxId inbox, string to, string? language) => outbox.Add(SnippetMail.Name, to, Language(language), $"{inbox} {by.Agent}", by.Workspace.Value);

    private static string Language(string? language) => Wording.Spoken.Contains(language ?? "") ? language! : Wording.Spoken[0];
}
