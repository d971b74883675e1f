using Parley.Contacts;
using Parley.Log;
using Parley.Tests.Inbox;
using Shouldly;

namespace Parley.Tests.Contacts;

public class PeopleTests
{
    [Fact]
    public async Task Of_whom_nothing_was_known_is_known_what_comes()
    {
        await using var rig = await InboxRig.Start();
        (await rig.People.Of(rig.Desk.Workspace, rig.Ana)).ShouldBeNull();
        (await rig.People.Of(rig.Desk.Workspace, rig.Ana)).ShouldBeNull();
        await Say(rig, "Ana");
        (await rig.People.Of(rig.Desk.Workspace, rig.Ana))!.Name.ShouldBe("Ana");
    }

    [Fact]
    public async Task Who_asks_for_the_contact_of_another_workspace_does_not_hide_it_there()
    {
        await using var rig = await InboxRig.Start();
        var other = await rig.Desk.AddWorkspace();
        await Say(rig, "Ana");
        (await rig.People.Of(other, rig.Ana)).ShouldBeNull();
        (await rig.People.Of(rig.Desk.Workspace, rig.Ana))!.Name.ShouldBe("Ana");
    }

    private static async Task Say(InboxRig rig, string name)
    {
        var by = new Author(AuthorKind.Contact, rig.Ana.Value);
        (await rig.Do(new RaiseGeneration(new Origin(rig.Desk.Workspace, by, "first"), rig.Ana, RaiseGeneration.Identified))).Accepted.ShouldBeTrue();
        (await rig.Do(new Describe(new Origin(rig.Desk.Workspace, by, "name"), rig.Ana, new Described(Source.Typed, name)))).Accepted.ShouldBeTrue();
    }
}
