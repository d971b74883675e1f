using System.Net;
using Microsoft.AspNetCore.Http;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Contacts;

/// <summary>
/// Notes from which sites the widget asks for an inbox, so that whoever put it there sees that it stands. A browser says truly which page asked, a script
/// may say anything: so one address brings only few new names, and a page of this machine counts only for whoever sits at it, or reaches it through a
/// bridge of its own as containers do.
/// </summary>
public sealed class Callers(Desk desk, RateLimits limits)
{
    /// <summary>One entry per site: what comes after costs a look into memory.</summary>
    public async Task Note(HttpContext http, WorkspaceId workspace, InboxCard inbox)
    {
        if (Sites.Foreign(http) is { } origin && Sites.Allows(inbox.Settings, origin) && Host(http, new Uri(origin)) is { } host && !inbox.Knows(host)
            && limits.NewSites.Take($"{inbox.Id} {Throttling.Address(http)}") == TimeSpan.Zero)
        {
            await desk.Handle(new NoteSite(new Origin(workspace, Author.System, http.NewId()), inbox.Id, host));
        }
    }

    /// <summary>The name, and the port where it is not the usual one.</summary>
    private static string? Host(HttpContext http, Uri site) =>
        site is not { Host.Length: > 0 and <= 253 } || (site.IsLoopback && !IsHere(http)) ? null
        : site.IsDefaultPort ? site.Host
        : $"{site.Host}:{site.Port}";

    private static bool IsHere(HttpContext http) => http.Connection.RemoteIpAddress is { } address && IsNear(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    /// <summary>This machine, or a network that nobody outside has an address of (RFC 1918, RFC 4193, link-local).</summary>
    private static bool IsNear(IPAddress address) => IPAddress.IsLoopback(address) || address.IsIPv6UniqueLocal || address.IsIPv6LinkLocal || address.GetAddressBytes() switch
    {
        [10, ..] or [192, 168, ..] or [169, 254, ..] => true,
        [172, var second, _, _] => second is >= 16 and < 32,
        _ => false,
    };
}
