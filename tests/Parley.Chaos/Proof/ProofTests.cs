using Parley.Chaos.Staging;

namespace Parley.Chaos.Proof;

/// <summary>A check that cannot fail proves nothing: each is shown a log, a ledger or a view that is wrong in one place, and names it.</summary>
public class ProofTests
{
    private static readonly Mark First = new('l', 's', 1, 'w', 1);
    private static readonly Mark Second = new('l', 's', 1, 'w', 2);
    private static readonly Mark Answer = new('l', 'c', 1, 'a', 3);
    private static readonly Dictionary<string, long> Heads = new() { ["wsp"] = 3 };

    /// <summary>Three entries of one conversation, the second of them internal.</summary>
    private static List<LogEntry> Log => [Entry(1, 1, 0, $"{First}"), Entry(2, 2, 0, "moved") with { Public = false, Type = "assigned" }, Entry(3, 3, 1, $"{Second}")];

    private static List<Said> Ledger => [Confirmed(First, 1), Confirmed(Second, 3)];

    [Fact]
    public void What_is_right_is_right()
    {
        LogChecks.Gaps(Log, Heads).ShouldBeEmpty();
        LogChecks.Ledger(Ledger, Log, []).ShouldBeEmpty();
    }

    [Fact]
    public void A_word_that_was_confirmed_and_is_not_there() => Only(LogChecks.Ledger(Ledger, [.. Log.Take(2)], []), FindingKind.Lost, $"{Second}");

    [Fact]
    public void A_word_that_is_there_twice() => Only(LogChecks.Ledger(Ledger, [.. Log, Entry(4, 4, 3, $"{First}")], []), FindingKind.Doubled, $"{First}");

    [Fact]
    public void A_word_that_was_never_confirmed_and_is_there_twice() =>
        Only(LogChecks.Ledger([new Said(First, "ana")], [Entry(1, 1, 0, $"{First}"), Entry(2, 2, 1, $"{First}")], []), FindingKind.Doubled, $"{First}");

    [Fact]
    public void A_word_that_nobody_said() => Only(LogChecks.Ledger([Confirmed(First, 1)], Log, []), FindingKind.Doubled, $"{Second}");

    [Fact]
    public void A_word_that_is_elsewhere_than_was_confirmed() => Only(LogChecks.Ledger([Confirmed(First, 1), Confirmed(Second, 2)], Log, []), FindingKind.Lost, $"{Second}");

    [Fact]
    public void Only_what_was_confirmed_between_a_backup_and_its_restore_may_be_gone_with_it()
    {
        var (before, between, after) = (Confirmed(First, 1, at: 5), Confirmed(Second, 2, at: 15), Confirmed(Answer, 3, at: 25));
        after.Era = 1;
        var restored = new Restored(10, 20);
        LogChecks.Ledger([before, between, after], [], [restored]).Select(finding => finding.What.Split(' ')[0]).ShouldBe([$"{First}", $"{Answer}"]);
        LogChecks.Undone([before, between, after], [], [restored]).ShouldBe(1);
        between.Acknowledged = 30;
        LogChecks.Ledger([between], [], [restored]).ShouldBeEmpty("The store that is gone confirmed it, whenever one came to look at that.");
    }

    [Fact]
    public void A_position_that_is_missing() => Only(LogChecks.Gaps([Log[0], Log[1], Log[2] with { Position = 4 }], new Dictionary<string, long> { ["wsp"] = 3 }), FindingKind.Gap, "position 3");

    [Fact]
    public void A_head_that_is_further_than_its_log() => Only(LogChecks.Gaps(Log, new Dictionary<string, long> { ["wsp"] = 4 }), FindingKind.Gap, "head");

    [Fact]
    public void A_number_that_is_missing() => Only(LogChecks.Gaps([Log[0], Log[1], Log[2] with { Seq = 4 }], Heads), FindingKind.Gap, "number 3");

    [Fact]
    public void A_public_entry_that_names_the_wrong_one_before_it() => Only(LogChecks.Gaps([Log[0], Log[1], Log[2] with { Prev = 2 }], Heads), FindingKind.Gap, "public entry before");

    [Fact]
    public void A_time_that_goes_back() => Only(LogChecks.Gaps([Log[0], Log[1], Log[2] with { At = 1 }], Heads), FindingKind.Gap, "before the one before");

    [Fact]
    public void A_word_that_is_not_for_these_eyes() => Only(Foreign.Of("ben", mark => mark.Customer == 2, $"{{\"text\":\"{First}\"}}"), FindingKind.Misdelivered, $"{First}");

    [Fact]
    public void A_view_that_misses_has_too_much_or_shows_something_else()
    {
        Dictionary<long, string> fresh = new() { [1] = "one", [2] = "two" };
        ViewChecks.Of("ana", fresh, fresh).ShouldBeEmpty();
        Only(ViewChecks.Of("ana", new Dictionary<long, string> { [1] = "one" }, fresh), FindingKind.Stale, "misses 2");
        Only(ViewChecks.Of("ana", new Dictionary<long, string> { [1] = "one", [2] = "2" }, fresh), FindingKind.Stale, "sees 2 as 2");
        Only(ViewChecks.Of("ana", new Dictionary<long, string>(fresh) { [3] = "three" }, fresh), FindingKind.Stale, "sees 3");
    }

    [Fact]
    public void A_program_that_got_something_twice_late_not_or_something_else()
    {
        List<(long, string, long)> got = [(1, "cnv", 1), (2, "cnv", 2), (3, "cnv", 3)];
        ViewChecks.Followed("it", got, Log).ShouldBeEmpty();
        Only(ViewChecks.Followed("it", [.. got, got[2]], Log), FindingKind.Doubled, "position 3");
        Only(ViewChecks.Followed("it", [got[1], got[0], got[2]], Log), FindingKind.Gap, "position 1 after 2");
        Only(ViewChecks.Followed("it", [got[0], got[2]], Log), FindingKind.Lost, "position 2");
        Only(ViewChecks.Followed("it", [got[0], (2, "cnv", 7), got[2]], Log), FindingKind.Stale, "position 2");
    }

    [Fact]
    public void A_row_that_is_missing_behind_too_many_or_shows_another_word()
    {
        Dictionary<string, (long, string)> Row(long seq, string shown, string id = "cnv") => new() { [id] = (seq, shown) };
        EffectChecks.Rows("l", Row(3, $"{Second}"), Log).ShouldBeEmpty();
        EffectChecks.Rows("l", new Dictionary<string, (long, string)>(), Log).Single().What.ShouldContain("has no row");
        Only(EffectChecks.Rows("l", Row(2, $"{Second}"), Log), FindingKind.Effect, "is at 2");
        Only(EffectChecks.Rows("l", Row(3, $"{First}"), Log), FindingKind.Effect, $"last word {Second}");
        Only(EffectChecks.Rows("l", new Dictionary<string, (long, string)>(Row(3, $"{Second}")) { ["cnv2"] = (1, "") }, Log), FindingKind.Effect, "cnv2");
    }

    [Fact]
    public void A_number_that_is_not_what_one_counts() =>
        Only(EffectChecks.Counts("kim", new Dictionary<string, long> { ["all"] = 3 }, new Dictionary<string, long> { ["all"] = 4 }), FindingKind.Effect, "all is 3");

    [Fact]
    public void A_word_that_is_not_found_found_twice_or_found_by_who_should_not()
    {
        var words = LogChecks.Words(Log);
        EffectChecks.Search("kim", [new Found(First, [("cnv", 1)])], words).ShouldBeEmpty();
        Only(EffectChecks.Search("kim", [new Found(First, [])], words), FindingKind.Effect, "nothing");
        Only(EffectChecks.Search("kim", [new Found(First, [("cnv", 1), ("cnv", 1)])], words), FindingKind.Effect, $"{First}");
        Only(EffectChecks.Search("noor", [new Found(First, [("cnv", 1)])], new Dictionary<Mark, List<LogEntry>>()), FindingKind.Effect, "noor");
    }

    [Fact]
    public void A_reader_that_is_behind() => Only(EffectChecks.Readers(["summaries is 3 behind"]), FindingKind.Effect, "summaries");

    [Fact]
    public void A_command_that_was_done_twice_and_a_delivery_that_is_missing_doubled_or_of_nothing()
    {
        HashSet<(string, long)> owed = [("cnv", 3)];
        EffectChecks.Once(new Dictionary<string, int> { [$"{First}"] = 1 }, Ledger, [new Delivery("d", "cnv", 3, 2)], owed).ShouldBeEmpty();
        Only(EffectChecks.Once(new Dictionary<string, int> { [$"{First}"] = 2 }, Ledger, [new Delivery("d", "cnv", 3, 2)], owed), FindingKind.Doubled, $"{First}");
        Only(EffectChecks.Once(new Dictionary<string, int>(), Ledger, [], owed), FindingKind.Effect, "0 deliveries");
        Only(EffectChecks.Once(new Dictionary<string, int>(), Ledger, [new Delivery("d", "cnv", 3, 2), new Delivery("e", "cnv", 3, 2)], owed), FindingKind.Effect, "2 deliveries");
        Only(EffectChecks.Once(new Dictionary<string, int>(), Ledger, [new Delivery("d", "cnv", 3, 2), new Delivery("e", "cnv", 2, 2)], owed), FindingKind.Effect, "no answer");
    }

    [Fact]
    public void What_goes_outside_under_another_id_under_the_id_of_something_else_not_at_all_or_without_having_been_said()
    {
        List<Said> ledger = [Confirmed(Answer, 1), Confirmed(Second, 2)];
        IEnumerable<Finding> Of(params (string, string, string)[] heard) => OutsideChecks.Of("it", heard, [Answer], [], ledger, []);
        Of(("d1", "1", $"{Answer}"), ("d1", "1", $"{Answer}")).ShouldBeEmpty("A repeat under the first id is no second thing.");
        Only(Of(("d1", "1", $"{Answer}"), ("d2", "1", $"{Answer}")), FindingKind.Outside, "d1 and d2");
        Only(Of(("d1", "1", $"{Answer}"), ("d1", "1", $"{Second}")), FindingKind.Outside, "several things under d1");
        Only(Of(), FindingKind.Lost, $"{Answer}");
        Only(Of(("d1", "1", $"{Answer}"), ("d2", "1", $"{First}")), FindingKind.Outside, "nobody said it");
        OutsideChecks.Of("it", [], [Answer], [Answer], ledger, []).ShouldBeEmpty("It is said to be on its way.");
    }

    [Fact]
    public void A_mail_that_did_not_come_came_under_two_names_or_says_something_else()
    {
        Dictionary<string, (int, Mark?)> noted = new() { ["ana"] = (1, First) };
        IEnumerable<Finding> Of(params (string, string, string)[] mails) => OutsideChecks.Mails(mails, noted, restored: false);
        Of(("m1", "ana", $"{First}"), ("m1", "ana", $"{First}")).ShouldBeEmpty("A repeat under the first name is no second mail.");
        Only(Of(), FindingKind.Lost, $"ana was mailed {First}");
        Only(Of(("m1", "ana", $"{Second}")), FindingKind.Lost, "none of the 1 mails");
        OutsideChecks.Mails([], new Dictionary<string, (int, Mark?)> { ["ana"] = (1, null) }, restored: false).ShouldBeEmpty("She wrote meanwhile.");
        Only(Of(("m1", "ana", $"{First}"), ("m2", "ana", $"{First}")), FindingKind.Outside, "ana got 2 mails");
        Only(Of(("m1", "ana", $"{First}"), ("m1", "ana", $"{Second}")), FindingKind.Outside, "different words");
    }

    [Fact]
    public void A_push_that_is_not_for_its_owner_or_that_nobody_said()
    {
        IEnumerable<Finding> Of(params string[] pushed) => OutsideChecks.Pushes("Ola", pushed, mark => mark.Inbox == 's', [new Said(First, "ana"), new Said(Answer, "kim")]);
        Of($"{{\"text\":\"{First}\"}}", $"{{\"text\":\"{First}\"}}", "{\"kind\":\"taken\"}").ShouldBeEmpty();
        Only(Of($"{Answer}"), FindingKind.Misdelivered, $"browser of Ola was shown {Answer}");
        Only(Of($"{Second}"), FindingKind.Outside, "nobody said it");
    }

    [Fact]
    public void A_mail_is_owed_for_the_last_word_that_was_noted_unless_the_customer_wrote_after_its_first()
    {
        List<LogEntry> thread = [Entry(1, 1, 0, $"{First}"), Entry(2, 2, 1, $"{Answer}"), Entry(3, 3, 2, $"{Answer with { Number = 4 }}"), Entry(4, 4, 0, "") with { Type = "notified", Body = "{\"by\":\"mail\",\"first\":2,\"last\":3}" }];
        OutsideChecks.Owed(thread).ShouldBe((1, Answer with { Number = 4 }));
        OutsideChecks.Owed([.. thread, Entry(5, 5, 3, $"{Second}")]).ShouldBe((1, null));
        OutsideChecks.Owed([.. thread.Take(3)]).ShouldBe((0, null));
    }

    [Fact]
    public void A_mark_is_read_as_it_is_written() => Mark.In($"{{\"text\":\"Where is it? {First}, {Answer}!\",\"id\":\"qls1w1\"}}").ShouldBe([First, Answer]);

    private static LogEntry Entry(long position, long seq, long prev, string text) => new("wsp", position, "cnv", "conversation", seq, prev, true, "message", 10 + position, $"{{\"content\":{{\"text\":\"{text}\"}}}}");

    private static Said Confirmed(Mark mark, long seq, long at = 1) => new(mark, "ana") { Conversation = "cnv", Seq = seq, Sent = 1, Acknowledged = at };

    /// <summary>One thing is wrong, and it is called what it is.</summary>
    private static void Only(IEnumerable<Finding> found, FindingKind kind, string names)
    {
        var only = found.ToList().ShouldHaveSingleItem();
        only.Kind.ShouldBe(kind, only.What);
        only.What.ShouldContain(names);
    }
}
