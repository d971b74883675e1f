using Microsoft.AspNetCore.Http;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Contacts;

/// <summary>Notes from which sites the widget asks for an inbox, so that whoever put it there sees that it stands.</summary>
public sealed class Callers(Desk desk)
{
    /// <summary>One entry per site, ever: what comes after costs a look into memory.</summary>
    public async Task Note(HttpContext http, WorkspaceId workspace, InboxCard inbox)
    {
        if (Sites.Foreign(http) is not { } site || !Sites.Allows(inbox.Settings, site) || Host(site) is not { } host || inbox.Knows(host))
        {
            return;
        }

        await desk.Handle(new NoteSite(new Origin(workspace, Author.System, http.NewId()), inbox.Id, host));
    }

    /// <summary>The name, and the port where it is not the usual one.</summary>
    private static string? Host(string site) => new Uri(site) is { Host: { Length: > 0 and <= 253 } host } uri ? uri.IsDefaultPort ? host : $"{host}:{uri.Port}" : null;
}
