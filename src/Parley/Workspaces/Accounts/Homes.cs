using Microsoft.AspNetCore.Http;
using Parley.Platform.Mail;
using Parley.Platform.Store;

namespace Parley.Workspaces.Accounts;

/// <summary>
/// Where people reach this Parley, for links in mails. What a request says of it is believed only of an owner who has just signed in: else whoever asks
/// for somebody's new password could have the link lead to a machine of their own.
/// </summary>
public sealed class Homes(Database database, MailSettings settings)
{
    /// <summary>The address that a request came to.</summary>
    public static string Of(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}";

    public Task Note(HttpContext http, WorkspaceId workspace) => database.Write(session => session.Execute(
        "insert into homes (workspace, address) values (@workspace, @address) on conflict (workspace) do update set address = @address", new { workspace = workspace.Bytes, address = Of(http) }));

    /// <summary>Null: nobody has been here who could say it.</summary>
    public async Task<string?> Find(WorkspaceId workspace) => settings.Address?.TrimEnd('/')
        ?? await database.Read(session => session.One<string>("select address from homes where workspace = @workspace", new { workspace = workspace.Bytes }));
}
