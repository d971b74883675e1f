using Microsoft.AspNetCore.Http;
using Parley.Platform.Hosting;
using Parley.Platform.Store;

namespace Parley.Workspaces.Accounts;

/// <summary>
/// Where people reach this Parley: one rule for all links, whether they are copied, mailed or looked at by <c>parley doctor</c>. It is what
/// <c>server.publicUrl</c> says; where that is not set, the address at which an owner of the workspace last signed in. What any other request says of it is not
/// believed: else whoever asks for somebody's new password could have the link lead to a machine of their own.
/// </summary>
public sealed class Homes(Database database, PublicAddress address)
{
    /// <summary>The address that a request came to.</summary>
    public static string Of(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}";

    public Task Note(HttpContext http, WorkspaceId workspace) => database.Write(session => session.Execute(
        "insert into homes (workspace, address) values (@workspace, @address) on conflict (workspace) do update set address = @address", new { workspace = workspace.Bytes, address = Of(http) }));

    /// <summary>Null: nobody has been here who could say it.</summary>
    public async Task<string?> Find(WorkspaceId workspace) => address.Url
        ?? await database.Read(session => session.One<string>("select address from homes where workspace = @workspace", new { workspace = workspace.Bytes }));

    /// <summary>For somebody who is signed in and takes the link from the screen: where nobody has said more, the way they came themselves is one that works.</summary>
    public async Task<string> Find(HttpContext http) => await Find(http.Principal().Workspace) ?? Of(http);

    /// <summary>All addresses that links begin with now.</summary>
    public async Task<IReadOnlyList<string>> All() => address.Url is { } url
        ? [url]
        : await database.Read(session => session.Query<string>("select distinct address from homes order by address"));
}
