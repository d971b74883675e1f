using Microsoft.Extensions.DependencyInjection;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Parley.Workspaces.Accounts;
using Shouldly;

namespace Parley.Tests.Workspaces;

public class HiringTests
{
    [Fact]
    public async Task Without_a_workspace_named_the_first_one_is_meant()
    {
        await using var it = await Lighthouse.Open();
        var hired = await it.Services.GetRequiredService<Hiring>().AddAgent("Noor", "noor@lighthouse.test", Lighthouse.Password, Role.Agent);
        hired.Workspace.ShouldBe(it.Workspace);
    }

    [Fact]
    public async Task One_person_is_an_agent_of_two_workspaces_with_one_password()
    {
        await using var it = await Lighthouse.Open();
        var hiring = it.Services.GetRequiredService<Hiring>();
        var (harbour, refusal) = await hiring.AddWorkspace("Harbour");
        refusal.ShouldBeNull();
        (await hiring.AddAgent("Kim", "kim@lighthouse.test", "a password for both", Role.Agent, harbour)).Refusal.ShouldBeNull();
        (await hiring.AddAgent("Kim", "kim@lighthouse.test", "a password for both", Role.Agent, harbour)).Refusal!.Code.ShouldBe("email.taken");
        var kim = it.Stranger();
        var answer = (await kim.Post("/v1/session", new { email = "kim@lighthouse.test", password = "a password for both", workspace = harbour })).Expect(System.Net.HttpStatusCode.Created);
        answer["workspace.name"].ShouldBe("Harbour");
        answer["role"].ShouldBe("agent");
        (await kim.Get("/v1/inboxes")).Text.ShouldNotContain(it.Inbox);
    }

    [Fact]
    public async Task An_address_that_a_crash_left_without_an_agent_can_be_used_again()
    {
        await using var it = await Lighthouse.Open();
        var accounts = it.Services.GetRequiredService<AccountStore>();
        (await accounts.Add("noor@lighthouse.test", "x", it.Workspace, AgentId.New(it.Clock))).ShouldBeTrue();
        var hiring = it.Services.GetRequiredService<Hiring>();
        (await hiring.AddAgent("Noor", "noor@lighthouse.test", Lighthouse.Password, Role.Agent)).Refusal!.Code.ShouldBe("email.taken");
        it.Clock.Advance(TimeSpan.FromMinutes(6));
        (await hiring.AddAgent("Noor", "noor@lighthouse.test", Lighthouse.Password, Role.Agent)).Refusal.ShouldBeNull();
        await it.SignIn("noor@lighthouse.test");
    }
}
