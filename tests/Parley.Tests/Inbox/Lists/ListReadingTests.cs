using Parley.Conversations;
using Parley.Inbox.Lists;
using Shouldly;

namespace Parley.Tests.Inbox.Lists;

public class ListReadingTests
{
    [Fact]
    public async Task Pages_by_key_give_every_row_once_newest_first()
    {
        await using var rig = await InboxRig.Start();
        for (var i = 0; i < 25; i++)
        {
            // Some at the same moment: then the id decides.
            rig.Desk.Time.Now += TimeSpan.FromSeconds(i % 3);
            await rig.Opened();
        }

        await rig.Read();
        var all = await Pages(rig, rig.As(rig.Kim), new ListQuery(), 7);
        all.Count.ShouldBe(25);
        all.Distinct().Count().ShouldBe(25);
        all.ShouldBe((await rig.List(rig.As(rig.Kim), "all")).Select(row => row.Id));
        (await rig.List(rig.As(rig.Kim), "all")).Select(row => row.At).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task An_agent_of_some_inboxes_sees_no_row_of_another_in_any_list()
    {
        await using var rig = await InboxRig.Start();
        List<ConversationId> shop = [];
        for (var i = 0; i < 12; i++)
        {
            rig.Desk.Time.Now += TimeSpan.FromSeconds(1);
            var id = await rig.Opened(inbox: i % 3 == 0 ? rig.Shop : rig.Wharf);
            await rig.Do(new Assign(rig.By(rig.Noor), id, rig.Kim, rig.Sails));
            if (i % 3 == 0)
            {
                shop.Add(id);
            }
        }

        await rig.Read();
        var kim = rig.As(rig.Kim, rig.Shop);
        shop.Reverse();
        foreach (var view in new[] { "all", "mine", $"team:{rig.Sails}", $"inbox:{rig.Shop}" })
        {
            (await Pages(rig, kim, new ListQuery { View = View.Parse(view) }, 3)).ShouldBe(shop, view);
        }

        (await rig.List(kim, $"inbox:{rig.Wharf}")).ShouldBeEmpty();
        (await rig.Lists.One(kim, (await rig.List(rig.As(rig.Noor), $"inbox:{rig.Wharf}"))[0].Id)).ShouldBeNull();
    }

    [Fact]
    public async Task Filters_narrow_a_list()
    {
        await using var rig = await InboxRig.Start();
        var (snoozed, closed, mine) = (await rig.Opened(), await rig.Opened(), await rig.Opened(inbox: rig.Wharf));
        await rig.Do(new Snooze(rig.By(rig.Kim), snoozed, rig.Desk.Time.Now.AddDays(1)));
        await rig.Do(new Close(rig.By(rig.Kim), closed));
        await rig.Do(new Assign(rig.By(rig.Kim), mine, rig.Kim, null));
        await rig.Read();

        async Task<IEnumerable<ConversationId>> Ask(ListQuery query) => (await rig.Lists.List(rig.As(rig.Noor), query, 50)).Items.Select(row => row.Id);
        (await Ask(new ListQuery { Status = Status.Snoozed })).ShouldBe([snoozed]);
        (await Ask(new ListQuery { Status = Status.Closed })).ShouldBe([closed]);
        (await Ask(new ListQuery { Inbox = rig.Wharf })).ShouldBe([mine]);
        (await Ask(new ListQuery { Assignee = rig.Kim })).ShouldBe([mine]);
        (await Ask(new ListQuery { Nobody = true })).ShouldBe([snoozed]);
        (await Ask(new ListQuery { View = View.Parse("closed") })).ShouldBe([closed]);
    }

    private static async Task<List<ConversationId>> Pages(InboxRig rig, Parley.Workspaces.AgentPrincipal who, ListQuery query, int size)
    {
        var all = new List<ConversationId>();
        while (true)
        {
            var (items, more) = await rig.Lists.List(who, query, size);
            all.AddRange(items.Select(row => row.Id));
            if (!more)
            {
                return all;
            }

            query = query with { Below = (items[^1].At.ToUnixTimeMilliseconds(), items[^1].Id.Bytes) };
        }
    }
}
