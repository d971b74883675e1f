using Microsoft.AspNetCore.Http;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Contacts;

/// <summary>
/// Which sites' pages may speak to an inbox. CORS exists for <c>/v1/widget/</c> alone, for the inbox's domains, without credentials: no cookie
/// of ours ever counts there.
/// </summary>
public sealed class Sites(Rosters rosters, Uninvited uninvited)
{
    private const string Prefix = "/v1/widget";

    private sealed record Concerned(InboxSettings Inbox);

    /// <summary>The inbox that the request turned out to be about; its domains decide who may read the answer.</summary>
    public static void Concerns(HttpContext http, InboxCard inbox) => http.Features.Set(new Concerned(inbox.Settings));

    /// <summary>True where the request comes from one of the inbox's pages, from our own, or from no page at all.</summary>
    public static bool Welcome(HttpContext http, InboxSettings inbox) => Origin(http) is not { } origin || IsOwn(http, origin) || Allows(inbox, origin);

    /// <summary>The site that the request comes from; null where that is nobody's page or our own.</summary>
    public static string? Foreign(HttpContext http) => Origin(http) is { } origin && !IsOwn(http, origin) ? origin : null;

    public static bool Allows(InboxSettings inbox, string origin)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var site) || site.Scheme is not ("http" or "https"))
        {
            return false;
        }

        return inbox.Domains.IsEmpty || inbox.Domains.Any(domain => Fits(domain, site));
    }

    /// <summary>The sources of a content security policy's frame-ancestors; null: any.</summary>
    public async ValueTask<IReadOnlyList<string>?> Ancestors(string id) => await rosters.Inbox(InboxId.Parse(id)) is not { } found
        ? []
        : found.Inbox.Settings.Domains is { IsEmpty: false } domains ? [.. domains.Select(domain => domain.Contains(':') ? domain : $"{domain}:*")] : null;

    public Task Guard(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.Path.StartsWithSegments(Prefix, StringComparison.Ordinal))
        {
            return next(http);
        }

        // Also where none was sent: a cache that kept that answer must not give it to a page, which would lack what lets it be read.
        http.Response.Headers.Append("Vary", "Origin");
        if (Origin(http) is not { } origin || IsOwn(http, origin))
        {
            return next(http);
        }

        if (HttpMethods.IsOptions(http.Request.Method))
        {
            return Preflight(http, origin);
        }

        http.Response.OnStarting(() =>
        {
            if (Inbox(http) is not { } inbox)
            {
                return Task.CompletedTask;
            }

            if (!Allows(inbox, origin))
            {
                uninvited.Note(origin, inbox.Name);
            }
            else
            {
                http.Response.Headers.AccessControlAllowOrigin = origin;
                http.Response.Headers.AccessControlExposeHeaders = "Retry-After";
            }

            return Task.CompletedTask;
        });
        return next(http);
    }

    /// <summary>Asked before the request that names the inbox, so any inbox that knows the site will do; the answer itself is still only for its own.</summary>
    private Task Preflight(HttpContext http, string origin)
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        if (rosters.Loaded.Any(roster => roster.Inboxes.Values.Any(inbox => Allows(inbox.Settings, origin))))
        {
            http.Response.Headers.AccessControlAllowOrigin = origin;
            http.Response.Headers.AccessControlAllowMethods = "GET, POST, PUT, PATCH, DELETE";
            http.Response.Headers.AccessControlAllowHeaders = "authorization, content-type, idempotency-key";
            http.Response.Headers.AccessControlMaxAge = "600";
        }

        return Task.CompletedTask;
    }

    private InboxSettings? Inbox(HttpContext http) => http.Features.Get<Concerned>()?.Inbox
        ?? (http.Features.Get<Principal>() is VisitorPrincipal visitor ? rosters.Now(visitor.Workspace).Inbox(visitor.Inbox)?.Settings : null);

    private static string? Origin(HttpContext http) => (string?)http.Request.Headers.Origin is { Length: > 0 } origin ? origin : null;

    private static bool IsOwn(HttpContext http, string origin) => string.Equals(origin, $"{http.Request.Scheme}://{http.Request.Host}", StringComparison.OrdinalIgnoreCase);

    /// <summary>A domain without a port is meant with any; <c>*.</c> stands for any name below it, not for itself.</summary>
    private static bool Fits(string domain, Uri site)
    {
        var colon = domain.IndexOf(':');
        var host = colon < 0 ? domain : domain[..colon];
        if (colon >= 0 && domain[(colon + 1)..] != site.Port.ToString(System.Globalization.CultureInfo.InvariantCulture))
        {
            return false;
        }

        return host.StartsWith("*.", StringComparison.Ordinal) ? site.Host.EndsWith(host[1..], StringComparison.OrdinalIgnoreCase) : string.Equals(site.Host, host, StringComparison.OrdinalIgnoreCase);
    }
}
