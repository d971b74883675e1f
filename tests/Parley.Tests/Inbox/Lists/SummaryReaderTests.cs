using System.Text.RegularExpressions;
using Parley.Conversations;
using Parley.Inbox.Lists;
using Parley.Log;
using Parley.Platform.Store;
using Shouldly;

namespace Parley.Tests.Inbox.Lists;

public class SummaryReaderTests
{
    [Fact]
    public async Task A_row_says_what_its_conversation_is()
    {
        await using var rig = await InboxRig.Start();
        var it = await rig.Opened("Is the  red\njacket in stock?");
        await rig.Do(rig.Said(it, rig.By(rig.Kim), "It is."));
        await rig.Do(new WriteNote(rig.By(rig.Kim), it, "Ask Noor about sizes", [rig.Noor]));
        await rig.Read();

        var row = (await rig.List(rig.As(rig.Kim), "mine")).ShouldHaveSingleItem();
        (row.Id, row.Status, row.Agent, row.Details.LastSeq, row.Details.LastMessage).ShouldBe((it, Status.Open, rig.Kim, 6L, 4L));
        row.Details.Preview!.Text.ShouldBe("Ask Noor about sizes");
        row.Details.Preview.Type.ShouldBe("note");
        row.Details.Said!.Text.ShouldBe("It is.");
        row.Details.Answered.ShouldBe([rig.Kim]);
        row.Details.WaitingSince.ShouldBeNull();
        (await rig.List(rig.As(rig.Noor), "mentions")).ShouldHaveSingleItem();
        (await rig.List(rig.As(rig.Kim), "mentions")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task After_anything_that_happens_rows_are_the_fold_and_counts_are_what_counting_gives(int seed)
    {
        await using var rig = await InboxRig.Start();
        var random = new Random(seed);
        List<ConversationId> all = [await rig.Opened(), await rig.Opened(inbox: rig.Wharf)];
        for (var step = 0; step < 150; step++)
        {
            rig.Desk.Time.Now += TimeSpan.FromMinutes(random.Next(3) * 90);
            if (random.Next(12) == 0)
            {
                all.Add(await rig.Opened(inbox: random.Next(2) == 0 ? rig.Shop : rig.Wharf));
            }

            await rig.Do(Any(rig, random, all[random.Next(all.Count)]));
            if (random.Next(5) == 0)
            {
                await rig.Following.Step();
            }
        }

        await rig.Read();
        var rows = await Rows(rig);
        rows.Count.ShouldBe(all.Count);
        foreach (var row in rows)
        {
            await IsFold(rig, row);
        }

        await CountsAreRight(rig, rows);
        await rig.Following.Rebuild(SummaryReader.ReaderName);
        await rig.Read();
        (await Rows(rig)).Select(row => System.Text.Json.JsonSerializer.Serialize(row, Parley.Platform.Json.Options))
            .ShouldBe(rows.Select(row => System.Text.Json.JsonSerializer.Serialize(row, Parley.Platform.Json.Options)));
        await CountsAreRight(rig, rows);
    }

    [Fact]
    public async Task Words_that_were_taken_back_leave_the_row()
    {
        await using var rig = await InboxRig.Start();
        var it = await rig.Opened("My password is hunter2");
        await rig.Read();
        await rig.Do(new Redact(rig.By(rig.Kim), it, 3, "password", new Target(3, "message", new Author(AuthorKind.Contact, rig.Ana.Value), Visibility.Public, false)));
        await rig.Read();
        (await Rows(rig)).ShouldHaveSingleItem().Details.Preview!.Text.ShouldBe("");
        (await rig.Desk.Database.Read(session => session.Query<string>("select details from summaries"))).ShouldAllBe(details => !details.Contains("hunter2"));
    }

    [Fact]
    public async Task The_last_words_are_kept_once_and_what_was_kept_twice_says_the_same()
    {
        await using var rig = await InboxRig.Start();
        var spoken = await rig.Opened("Is the jacket in stock?");
        var noted = await rig.Opened("Do you mend sails?");
        await rig.Do(new WriteNote(rig.By(rig.Kim), noted, "Ask Noor", null));
        await rig.Read();
        var rows = await Rows(rig);
        rows.Single(row => row.Id == spoken).Details.Said.ShouldBe(rows.Single(row => row.Id == spoken).Details.Preview);
        rows.Single(row => row.Id == noted).Details.Said!.Text.ShouldBe("Do you mend sails?");
        var kept = await Kept(rig);
        kept.Sum(details => Regex.Count(details, "jacket")).ShouldBe(1);

        // As rows were before: the message stands in them twice. So they are read, and so the step that moves them finds them.
        await rig.Desk.Database.Write(session => session.Execute(
            "update summaries set details = json_set(details, '$.said', json(json_extract(details, '$.preview'))) where json_extract(details, '$.said') is null"));
        (await Kept(rig)).Sum(details => Regex.Count(details, "jacket")).ShouldBe(2);
        Told(await Rows(rig)).ShouldBe(Told(rows));
        await rig.Desk.Database.Write(session => session.Execute(SummaryStore.LooseDdl));
        (await Kept(rig)).ShouldBe(kept);
        Told(await Rows(rig)).ShouldBe(Told(rows));

        await rig.Do(new Redact(rig.By(rig.Kim), spoken, 3, "words", new Target(3, "message", new Author(AuthorKind.Contact, rig.Ana.Value), Visibility.Public, false)));
        await rig.Read();
        (await Kept(rig)).ShouldAllBe(details => !details.Contains("jacket"));
        (await Rows(rig)).Single(row => row.Id == spoken).Details.Said!.Text.ShouldBe("");
    }

    [Fact]
    public async Task A_part_that_was_written_before_a_fault_is_not_counted_twice()
    {
        await using var rig = await InboxRig.Start();
        var it = await rig.Opened();
        var reader = new SummaryReader(rig.Desk.Database, rig.Desk.Desk, rig.Desk.Reader, rig.Keeping, rig.Changes);
        var entries = await rig.Desk.Reader.After(rig.Desk.Workspace, 0, 100);
        foreach (var part in await reader.Read(rig.Desk.Workspace, entries, 1))
        {
            await rig.Desk.Database.Write(part);
        }

        // The cursor did not move: the same slice comes again.
        await rig.Read();
        var rows = await Rows(rig);
        rows.ShouldHaveSingleItem().Id.ShouldBe(it);
        await CountsAreRight(rig, rows);
    }

    private static IEnumerable<string> Told(IEnumerable<Summary> rows) => rows.Select(row => System.Text.Json.JsonSerializer.Serialize(row, Parley.Platform.Json.Options));

    private static Task<List<string>> Kept(InboxRig rig) => rig.Desk.Database.Read(session => session.Query<string>("select details from summaries order by conversation"));

    private static Command Any(InboxRig rig, Random random, ConversationId it) => random.Next(11) switch
    {
        0 or 1 => rig.Said(it, rig.ByAna(), "And?"),
        2 => rig.Said(it, rig.By(rig.Kim), "Yes."),
        3 => new WriteNote(rig.By(rig.Noor), it, "Look", random.Next(2) == 0 ? [rig.Kim] : null),
        4 => new Assign(rig.By(rig.Kim), it, random.Next(3) == 0 ? null : random.Next(2) == 0 ? rig.Kim : rig.Noor, random.Next(2) == 0 ? rig.Sails : null),
        5 => new Close(rig.By(rig.Kim), it),
        6 => new Reopen(rig.By(rig.Kim), it),
        7 => new Snooze(rig.By(rig.Kim), it, rig.Desk.Time.Now.AddHours(2)),
        8 => new Pend(rig.By(rig.Kim), it, PendingOn.Customer),
        9 => new SetPriority(rig.By(rig.Kim), it, Priority.High),
        _ => new Label(rig.By(rig.Kim), it, $"label{random.Next(3)}"),
    };

    private static async Task IsFold(InboxRig rig, Summary row)
    {
        var versioned = (await rig.Desk.Desk.Look(rig.Desk.Workspace, Conversation.Subject(row.Id)))!;
        var it = (Conversation)versioned.State;
        (row.Status, row.Agent, row.Team, row.Inbox, row.At, row.Details.LastSeq).ShouldBe((it.Status, it.Agent, it.Team, it.Inbox, versioned.At, versioned.Seq));
        (row.Details.LastMessage, row.Details.Priority, row.Details.PendingOn, row.Details.SnoozedUntil).ShouldBe((it.LastMessage, it.Priority, it.PendingOn, it.SnoozedUntil));
        row.Details.Labels.ShouldBe(it.Labels);
        var words = (await rig.Desk.Reader.Timeline(Conversation.Subject(row.Id), 0, null, 500, publicOnly: false)).Items.Last(entry => entry.Type is "message" or "note");
        (row.Details.Preview!.Seq, row.Details.Preview.Type, row.Details.Preview.Author).ShouldBe((words.Seq, words.Type, words.Author));
    }

    private static async Task CountsAreRight(InboxRig rig, List<Summary> rows)
    {
        var kept = await rig.Lists.Counted(rig.Desk.Workspace);
        foreach (var agent in new[] { rig.Kim, rig.Noor })
        {
            foreach (var open in new HashSet<InboxId>?[] { null, [rig.Shop] })
            {
                var counts = Counting.For(agent, open, kept, []);
                foreach (var view in new[] { "mine", "unassigned", "all", "mentions", "closed", $"inbox:{rig.Shop}", $"inbox:{rig.Wharf}", $"team:{rig.Sails}" })
                {
                    var expected = rows.Count(row => (open is null || open.Contains(row.Inbox)) && View.Parse(view)!.Value.Has(row, agent));
                    counts.GetValueOrDefault(view).ShouldBe(expected, $"{view} of {agent}");
                }
            }
        }
    }

    private static async Task<List<Summary>> Rows(InboxRig rig)
    {
        var rows = new List<Summary>();
        foreach (var view in new[] { "all", "closed" })
        {
            rows.AddRange(await rig.List(rig.As(rig.Kim), view, 200));
        }

        return [.. rows.OrderBy(row => row.Id)];
    }
}
