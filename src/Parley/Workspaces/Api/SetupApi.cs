using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces.Accounts;

namespace Parley.Workspaces.Api;

/// <summary>Sets an installation up that has nobody yet, by the code that the server said when it started.</summary>
internal static class SetupApi
{
    /// <summary>What wrong codes are counted under, as wrong passwords are under an address.</summary>
    private const string Account = "set-up";

    private static readonly Problem Wrong = new("setup.code", "That is not the set-up code. The server says it when it starts; the newest one holds.", StatusCodes.Status403Forbidden);

    /// <param name="Code">What the server said: <c>ABCD-EFGH</c>.</param>
    /// <param name="Company">What the company is called; it can be said later.</param>
    /// <param name="Language">Its first language: en, de, nl or es.</param>
    /// <param name="Zone">Its time zone, as Europe/Berlin.</param>
    internal sealed record Setup(string Code, string Name, string Email, string Password, string? Company = null, string? Language = null, string? Zone = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/setup", Post).WithTags("Setup").WithName("setUp").Produces<MeApi.Me>(StatusCodes.Status201Created);

    private static async Task<IResult> Post(Setup body, HttpContext http, SettingUp settingUp, SetupCodes codes, Lockout lockout, Entering entering)
    {
        if (!await settingUp.Open())
        {
            return Problems.Of("setup.done", "This Parley is set up already. Sign in.", StatusCodes.Status409Conflict);
        }

        var (locked, right) = await lockout.Check(Account + Throttling.Address(http), http, () => codes.Fits(body.Code));
        if (!right)
        {
            return Problems.Of(locked is null ? Wrong : locked with { Code = "setup.locked", Detail = "Too many wrong codes. Wait before the next try." });
        }

        var hired = await settingUp.Finish(new Newcomer(body.Name, body.Email, body.Password, Given(body.Company), Given(body.Language), Given(body.Zone)));
        return hired.Refusal is { } refusal ? refusal.Problem() : await entering.Enter(http, hired.Workspace, hired.Agent, StatusCodes.Status201Created);
    }

    /// <summary>A field that was left empty was not said.</summary>
    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
