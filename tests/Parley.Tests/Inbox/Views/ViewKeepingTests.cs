using Parley.Conversations;
using Parley.Inbox.Lists;
using Parley.Inbox.Views;
using Parley.Log;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Inbox.Views;

public class ViewKeepingTests
{
    private static readonly ViewFilter[] Filters =
    [
        new([new("status", "in", ["open", "pending"])]),
        new([new("status", "in", ["open", "closed"]), new("priority", "is", ["high"])]),
        new([new("holder", "is", ["me"])]),
        new([new("holder", "is", ["queue"])]),
        new([new("waitingSince", "olderThan", ["PT2H"])]),
        new([new("lastAt", "newerThan", ["P1D"])], None: [new("label", "is", ["label1"])]),
        new(Any: [new("label", "in", ["label0", "label2"]), new("status", "is", ["snoozed"])]),
        new([new("promise", "in", ["atRisk", "broken"])]),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_happens_what_is_kept_is_what_the_filters_say_and_what_is_counted(int seed)
    {
        await using var rig = await InboxRig.Start();
        var (random, views) = (new Random(seed), new List<KeptView>());
        List<ConversationId> all = [await rig.Opened(), await rig.Opened(inbox: rig.Wharf)];
        for (var step = 0; step < 120; step++)
        {
            rig.Desk.Time.Now += TimeSpan.FromMinutes(random.Next(3) * 50);
            if (step % 10 == 5 && views.Count < Filters.Length)
            {
                views.Add(await rig.Keep(Filters[views.Count], (ViewOrder)random.Next(5)));
            }

            if (random.Next(8) == 0)
            {
                all.Add(await rig.Opened(inbox: random.Next(2) == 0 ? rig.Shop : rig.Wharf));
            }

            await rig.Do(Any(rig, random, all[random.Next(all.Count)]));
            // In any order, and not all at once.
            switch (random.Next(6))
            {
                case 0: await rig.Following.Step(); break;
                case 1: await rig.Work.Make(); break;
                case 2: await rig.Work.Flip(); break;
            }
        }

        await rig.Settle();
        await AreRight(rig, views);
        await rig.Following.Rebuild(SummaryReader.ReaderName);
        await rig.Settle();
        (await rig.Desk.Database.Read(session => session.Query<byte[]>("select conversation from view_rows"))).ShouldBeEmpty("They are defined by the log, and here nothing stands in it.");
    }

    [Fact]
    public async Task A_time_that_comes_moves_a_row_and_tells_which()
    {
        await using var rig = await InboxRig.Start();
        var told = new List<SummaryNews>();
        rig.Changes.Listen(told.Add);
        var it = await rig.Opened();
        var view = await rig.Keep(new([new("waitingSince", "olderThan", ["PT2H"])]));
        await rig.Settle();
        (await rig.In(view, rig.As(rig.Kim))).ShouldBeEmpty();
        rig.Desk.Time.Now += TimeSpan.FromMinutes(119);
        (await rig.Work.Flip()).ShouldBeFalse();
        (await rig.In(view, rig.As(rig.Kim))).ShouldBeEmpty();
        told.Clear();
        rig.Desk.Time.Now += TimeSpan.FromMinutes(1);
        await rig.Work.Flip();
        (await rig.In(view, rig.As(rig.Kim))).ShouldBe([it]);
        var change = told.ShouldHaveSingleItem().Changes!.ShouldHaveSingleItem();
        (change.Before!.Views.Length, change.After.Views.ShouldHaveSingleItem().View).ShouldBe((0, view.View));
        (await rig.Desk.Database.Read(session => ViewStore.Moved(session, rig.Desk.Workspace, 1, long.MaxValue))).ShouldBe([it]);
        await rig.Do(rig.Said(it, rig.By(rig.Kim), "Here I am."));
        await rig.Read();
        (await rig.In(view, rig.As(rig.Kim))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_filter_begins_anew_and_what_was_kept_goes()
    {
        await using var rig = await InboxRig.Start();
        var (one, two) = (await rig.Opened(), await rig.Opened());
        await rig.Do(new Label(rig.By(rig.Kim), two, "vip"));
        var definition = new Definition(ViewId.New(rig.Desk.Time), new([new("status", "is", ["open"])]), ViewOrder.Newest, null);
        var (before, after) = (new KeptView(Guid.CreateVersion7(), definition), new KeptView(Guid.CreateVersion7(), definition with { Filter = new([new("label", "is", ["vip"])]) }));
        await rig.Desk.Database.Write(session => ViewStore.Define(session, rig.Desk.Workspace, before.Kept, definition));
        await rig.Settle();
        (await rig.In(before, rig.As(rig.Kim))).ShouldBe([two, one], ignoreOrder: true);
        await rig.Desk.Database.Write(session => ViewStore.Define(session, rig.Desk.Workspace, after.Kept, definition with { Filter = new([new("label", "is", ["vip"])]) }));
        (await Count(rig, definition.View.ToString())).ShouldBe(0);
        await rig.Settle();
        (await rig.In(after, rig.As(rig.Kim))).ShouldBe([two]);
        (await rig.In(before, rig.As(rig.Kim))).ShouldBeEmpty();
        (await Count(rig, definition.View.ToString())).ShouldBe(1);
        await rig.Desk.Database.Write(session => ViewStore.Drop(session, rig.Desk.Workspace, definition.View));
        await rig.Settle();
        (await rig.Desk.Database.Read(session => session.One<long>("select (select count(*) from view_rows) + (select count(*) from kept_views)"))).ShouldBe(0);
    }

    private static async Task<long> Count(InboxRig rig, string name) => (await rig.Lists.Counted(rig.Desk.Workspace)).Of(name).Sum(count => count.N);

    private static async Task AreRight(InboxRig rig, List<KeptView> views)
    {
        var rows = await rig.Desk.Database.Read(async session => await SummaryStore.Find(session,
            (await session.Query<byte[]>("select conversation from summaries")).Select(ConversationId.From)));
        var kept = await rig.Lists.Counted(rig.Desk.Workspace);
        foreach (var view in views)
        {
            foreach (var who in new[] { rig.As(rig.Kim), rig.As(rig.Noor), rig.As(rig.Kim, rig.Shop) })
            {
                var expected = rows.Where(row => ListReading.May(who, row) && (!view.Filter.Personal || row.Agent == who.Agent))
                    .Where(row => view.Filter.Meets(new Facts(row, null, rig.Desk.Time.Now.ToUnixTimeMilliseconds())))
                    .OrderByDescending(row => KeptView.Place(view.Order, row)).ThenByDescending(row => row.Id).Select(row => row.Id).ToList();
                (await rig.In(view, who)).ShouldBe(expected, $"{view.View} {view.Order}");
                Counting.For(who.Agent, who.Inboxes, kept, [view.View])[view.View.ToString()].ShouldBe(expected.Count);
            }
        }
    }

    private static Command Any(InboxRig rig, Random random, ConversationId it) => random.Next(10) switch
    {
        0 or 1 => rig.Said(it, rig.ByAna(), "And?"),
        2 => rig.Said(it, rig.By(rig.Kim), "Yes."),
        3 => new Assign(rig.By(rig.Kim), it, random.Next(3) == 0 ? null : random.Next(2) == 0 ? rig.Kim : rig.Noor, null),
        4 => new Close(rig.By(rig.Kim), it),
        5 => new Reopen(rig.By(rig.Kim), it),
        6 => new Snooze(rig.By(rig.Kim), it, rig.Desk.Time.Now.AddHours(2)),
        7 => new SetPriority(rig.By(rig.Kim), it, random.Next(2) == 0 ? Priority.High : Priority.Normal),
        8 => new Unlabel(rig.By(rig.Kim), it, $"label{random.Next(3)}"),
        _ => new Label(rig.By(rig.Kim), it, $"label{random.Next(3)}"),
    };
}
