using Microsoft.AspNetCore.Http;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces.Accounts;

namespace Parley.Workspaces;

/// <summary>Who sets an installation up, and what for.</summary>
/// <param name="Language">The company's first language.</param>
/// <param name="Zone">The IANA zone by whose clock it works.</param>
public sealed record Newcomer(string Name, string Email, string Password, string? Company = null, string? Language = null, string? Zone = null);

/// <summary>
/// The first start, without a terminal: while a store has no agent, its first page is the set-up, and whoever has the code that the server said becomes
/// its owner. After that, or after <c>parley agent add</c>, it never opens again, for an agent is never deleted.
/// </summary>
public sealed class SettingUp(Database database, Rosters rosters, Hiring hiring, SetupCodes codes, Desk desk, TimeProvider time)
{
    public const string Page = "/setup";

    /// <summary>What a company is called until it has said its name.</summary>
    public const string Nameless = "Parley";

    private const string FirstInbox = "Website";

    private static readonly Refusal Done = new("setup.done", "This Parley is set up already. Sign in.");

    private volatile bool _done;

    /// <summary>True while the store has no agent.</summary>
    public async ValueTask<bool> Open() => !_done && !(_done = await HasAgent());

    /// <summary>A code for whoever reads what this server says; null where there is nothing to set up.</summary>
    public async Task<string?> Begin() => await Open() ? await codes.Issue() : null;

    /// <summary>The first owner, their company and its first inbox. The caller has checked the code.</summary>
    public async Task<Hired> Finish(Newcomer newcomer)
    {
        if (Flaw(newcomer) is { } flaw)
        {
            return new Hired(default, default, flaw);
        }

        if (!await Open() || await codes.Take() is not { } taken)
        {
            return new Hired(default, default, Done);
        }

        Hired? hired = null;
        try
        {
            return hired = await Settle(newcomer);
        }
        finally
        {
            if (hired is not { Refusal: null })
            {
                await codes.Return(taken);
            }
        }
    }

    /// <summary>
    /// The company first, its owner last: while there is no owner the set-up is open, so whoever was stopped in between begins again and finds everything made that is missing,
    /// and nothing twice.
    /// </summary>
    private async Task<Hired> Settle(Newcomer newcomer)
    {
        var (workspace, refusal) = await hiring.FirstWorkspace(newcomer.Company ?? Nameless);
        if (refusal is not null)
        {
            return new Hired(default, default, refusal);
        }

        await Furnish(workspace, newcomer);
        return await hiring.AddFirst(newcomer.Name, newcomer.Email, newcomer.Password, workspace);
    }

    /// <summary>Leads to the set-up while it is open, and away from it after.</summary>
    internal Task Receive(HttpContext http, RequestDelegate next) => http.Request.Path.Value is "/" or Page ? Lead(http, next) : next(http);

    private async Task Lead(HttpContext http, RequestDelegate next)
    {
        var (path, reads) = (http.Request.Path.Value, HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method));
        if (reads && path is "/" or Page && await Open() == (path == "/"))
        {
            // Never kept: in a minute the same address leads elsewhere.
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Redirect(path == "/" ? Page : "/");
            return;
        }

        await next(http);
    }

    private static Refusal? Flaw(Newcomer newcomer) =>
        Naming.Name(newcomer.Name)
        ?? Naming.Email(Naming.Normal(newcomer.Email))
        ?? Passwords.Flaw(newcomer.Password)
        ?? (newcomer.Company is { } company ? Naming.Name(company, "company") : null)
        ?? (newcomer.Language is null || Wording.Spoken.Contains(newcomer.Language) ? null : new Refusal("language.unknown", $"Parley speaks {string.Join(", ", Wording.Spoken)}.", 400))
        ?? (newcomer.Zone is { } zone ? Hours.Zone(zone) : null);

    private async Task<bool> HasAgent()
    {
        var rows = await database.Read(session => session.Query<(byte[] Workspace, byte[] Agent)>("select workspace, agent from memberships limit 10"));
        foreach (var (workspace, agent) in rows)
        {
            // An account is written a moment before its agent is: only the agent counts.
            if ((await rosters.Of(WorkspaceId.From(workspace)))?.Agent(AgentId.From(agent)) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The company's first face, and where customers write: without an inbox there is nothing to look at. Its site vouches for nobody until a key is made in the settings.</summary>
    internal async Task Furnish(WorkspaceId workspace, Newcomer newcomer)
    {
        var roster = await rosters.Of(workspace) ?? throw new InvalidOperationException("A workspace that was made is there.");
        if (newcomer.Company is { } company)
        {
            await Do(new Rename(Origin(workspace), company));
        }

        var brand = roster.Brands.Keys.First();
        var change = new BrandChange { Name = newcomer.Company, Zone = newcomer.Zone, Languages = [.. Wording.Spoken.OrderByDescending(language => language == newcomer.Language)] };
        await Do(new SetBrand(Origin(workspace), brand, change));
        if (!roster.Inboxes.IsEmpty)
        {
            return;
        }

        var settings = new InboxSettings(newcomer.Company?.Trim() ?? FirstInbox, "web", brand, Profile.Blended, [], [], Wording.None);
        await Do(new AddInbox(Origin(workspace), InboxId.New(time), settings));
    }

    private Origin Origin(WorkspaceId workspace) => new(workspace, Author.System, Guid.CreateVersion7(time.GetUtcNow()).ToString("N"));

    private async Task Do(Command command)
    {
        if ((await desk.Handle(command)).Refusal is { } refusal)
        {
            throw new InvalidOperationException($"What was looked at before was refused: {refusal.Code}.");
        }
    }
}
