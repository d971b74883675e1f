using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Workspaces.Api;

public class TokensApiTests
{
    [Fact]
    public async Task A_program_does_what_its_scopes_say()
    {
        await using var it = await Lighthouse.Open();
        var reader = new Caller(it.Address, await Token(it, "read"));
        (await reader.Get("/v1/agents")).Expect(HttpStatusCode.OK);
        (await reader.Get("/v1/directory")).Expect(HttpStatusCode.OK).Has("me").ShouldBeFalse();
        (await reader.Post("/v1/teams", new { name = "X" })).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await reader.Get($"/v1/inboxes/{it.Inbox}/keys")).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        var writer = new Caller(it.Address, await Token(it, "write"));
        (await writer.Get("/v1/agents")).Expect(HttpStatusCode.OK);
        (await writer.Post("/v1/teams", new { name = "X" })).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        var admin = new Caller(it.Address, await Token(it, "admin"));
        (await admin.Post("/v1/teams", new { name = "X" })).Expect(HttpStatusCode.Created);
        // What concerns a person in person is not a program's.
        (await admin.Get("/v1/me")).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await admin.Post("/v1/tokens", new { name = "Y", scopes = new[] { "admin" } })).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await admin.Post("/v1/agents", new { name = "Z", email = "z@lighthouse.test", password = Lighthouse.Password, role = "owner" })).Refused(HttpStatusCode.Forbidden, "role.above");
    }

    [Fact]
    public async Task A_token_is_shown_once_and_only_its_hash_is_kept()
    {
        await using var it = await Lighthouse.Open();
        var made = (await it.Kim.Post("/v1/tokens", new { name = "Reports", scopes = new[] { "read" } })).Expect(HttpStatusCode.Created);
        (await it.Kim.Get("/v1/tokens")).Expect(HttpStatusCode.OK).Text.ShouldNotContain(made["token"]);
        var found = await it.Services.GetRequiredService<Database>().Read(session => session.One<long>(
            "select (select count(*) from tokens where hex(hash) like @like) + (select count(*) from entries where body like @like)", new { like = $"%{made["token"]}%" }));
        found.ShouldBe(0);
    }

    [Fact]
    public async Task A_revoked_token_is_dead_at_once()
    {
        await using var it = await Lighthouse.Open();
        var made = (await it.Kim.Post("/v1/tokens", new { name = "Reports", scopes = new[] { "read" } })).Expect(HttpStatusCode.Created);
        var program = new Caller(it.Address, made["token"]);
        (await program.Get("/v1/agents")).Expect(HttpStatusCode.OK);
        (await it.Kim.Delete($"/v1/tokens/{made["id"]}")).Expect(HttpStatusCode.NoContent);
        (await program.Get("/v1/agents")).Refused(HttpStatusCode.Unauthorized, "auth.invalid");
        (await it.Kim.Delete($"/v1/tokens/{made["id"]}")).Refused(HttpStatusCode.NotFound, "token.unknown");
    }

    [Fact]
    public async Task A_token_that_is_none_opens_nothing()
    {
        await using var it = await Lighthouse.Open();
        foreach (var token in new[] { "ply_x", "ply_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "x.y", "%C3%A4.%C3%B6", ".", "a b" })
        {
            (await it.Stranger().Send(HttpMethod.Get, "/v1/agents", null, ("Authorization", $"Bearer {token}"))).Refused(HttpStatusCode.Unauthorized, "auth.invalid");
        }
    }

    [Fact]
    public async Task A_token_needs_a_name_and_known_scopes()
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Post("/v1/tokens", new { name = "", scopes = new[] { "read" } })).Refused(HttpStatusCode.BadRequest, "name.empty");
        (await it.Kim.Post("/v1/tokens", new { name = "X", scopes = new[] { "everything" } })).Refused(HttpStatusCode.BadRequest, "scopes.invalid");
        (await it.Kim.Post("/v1/tokens", new { name = "X", scopes = Array.Empty<string>() })).Refused(HttpStatusCode.BadRequest, "scopes.invalid");
    }

    private static async Task<string> Token(Lighthouse it, string scope) =>
        (await it.Kim.Post("/v1/tokens", new { name = scope, scopes = new[] { scope } })).Expect(HttpStatusCode.Created)["token"];
}
