using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Workspaces;

public class RostersTests
{
    [Fact]
    public async Task Whoever_changed_something_reads_it_at_once()
    {
        await using var it = await Lighthouse.Open();
        var rosters = it.Services.GetRequiredService<Rosters>();
        for (var i = 0; i < 20; i++)
        {
            var outcome = await it.Services.GetRequiredService<Desk>().Handle(new Rename(By(it, $"{i}"), $"Lighthouse {i}"));
            outcome.Accepted.ShouldBeTrue();
            rosters.Now(it.Workspace).Name.ShouldBe($"Lighthouse {i}");
        }
    }

    [Fact]
    public async Task What_was_not_heard_is_read_anew_when_the_next_word_shows_the_gap()
    {
        await using var it = await Lighthouse.Open();
        var rosters = it.Services.GetRequiredService<Rosters>();
        // Another node: its own door on the same store, its own fanout that tells us nothing.
        var desk = await Elsewhere(it);
        desk.Start();
        (await desk.Handle(new Rename(By(it, "unheard"), "Renamed elsewhere"))).Accepted.ShouldBeTrue();
        rosters.Now(it.Workspace).Name.ShouldBe("Lighthouse");
        (await it.Services.GetRequiredService<Desk>().Handle(new SetLabels(By(it, "heard"), ["sails"]))).Accepted.ShouldBeTrue();
        var roster = await rosters.Of(it.Workspace);
        roster!.Name.ShouldBe("Renamed elsewhere");
        roster.Labels.ShouldBe(["sails"]);
        await desk.DisposeAsync();
    }

    [Fact]
    public async Task Who_was_hired_by_another_process_can_sign_in()
    {
        await using var it = await Lighthouse.Open();
        var desk = await Elsewhere(it);
        desk.Start();
        var services = it.Services;
        var hiring = ActivatorUtilities.CreateInstance<Hiring>(services, desk);
        (await hiring.AddAgent("Noor", "noor@lighthouse.test", Lighthouse.Password, Role.Agent, it.Workspace)).Refusal.ShouldBeNull();
        var noor = await it.SignIn("noor@lighthouse.test");
        (await noor.Get("/v1/me"))["name"].ShouldBe("Noor");
        await desk.DisposeAsync();
    }

    [Fact]
    public async Task An_inbox_is_found_by_its_id_alone()
    {
        await using var it = await Lighthouse.Open();
        await it.Restart();
        var rosters = it.Services.GetRequiredService<Rosters>();
        (await rosters.Inbox(InboxId.Parse(it.Inbox)))!.Value.Roster.Id.ShouldBe(it.Workspace);
        (await rosters.Inbox(new InboxId(it.Workspace.Value))).ShouldBeNull();
        (await rosters.Of(WorkspaceId.New(it.Clock))).ShouldBeNull();
    }

    /// <summary>On the embedded store nobody else writes while it is served: what is behind is brought up first, so that the other finds it.</summary>
    private static async Task<Desk> Elsewhere(Lighthouse it)
    {
        await it.Services.GetRequiredService<Desk>().Follow();
        return ActivatorUtilities.CreateInstance<Desk>(it.Services, new Fanout());
    }

    private static Origin By(Lighthouse it, string id) => new(it.Workspace, Author.System, id);
}
