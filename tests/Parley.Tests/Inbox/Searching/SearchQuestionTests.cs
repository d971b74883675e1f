using Parley.Conversations;
using Parley.Inbox.Searching;
using Parley.Log;
using Shouldly;

namespace Parley.Tests.Inbox.Searching;

public class SearchQuestionTests
{
    [Fact]
    public void What_narrows_is_read_and_the_rest_are_words()
    {
        var question = SearchQuestion.Of("broken from:ana LABEL:\"Late refund\" mast in:shop status:closed before:2026-03 after:2026-01-15").Question!;
        question.Words.ShouldBe(["broken", "mast"]);
        (question.From.Single(), question.Labels.Single(), question.Inboxes.Single(), question.Statuses.Single()).ShouldBe(("ana", "Late refund", "shop", "closed"));
        question.Before.ShouldBe(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        question.After.ShouldBe(new DateTimeOffset(2026, 1, 15, 0, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("http://example.test")]
    [InlineData("at 12:30")]
    [InlineData("wherefrom:ana")]
    public void What_only_looks_like_it_is_words(string text) => SearchQuestion.Of(text).Question!.Narrows.ShouldBeFalse();

    [Theory]
    [InlineData("before:yesterday", "search.date", "q.before")]
    [InlineData("mast after:2026-13", "search.date", "q.after")]
    [InlineData("status:done", "search.status", "q.status")]
    [InlineData("status:??", "search.status", "q.status")]
    [InlineData("after:2026-03-01 before:2026-03-01", "search.range", "q.after")]
    [InlineData("before:2025 mast after:2026", "search.range", "q.after")]
    public void What_makes_no_sense_is_named(string text, string code, string field)
    {
        var (question, wrong) = SearchQuestion.Of(text);
        question.ShouldBeNull();
        (wrong!.Value.Code, wrong.Value.Flaw.Field).ShouldBe((code, field));
    }

    [Fact]
    public void What_is_begun_and_not_yet_said_narrows_nothing() => SearchQuestion.Of("mast label: status:\"\" before:").Question!.Narrows.ShouldBeFalse();

    [Fact]
    public async Task What_was_found_is_narrowed_and_labels_are_found()
    {
        await using var rig = await InboxRig.Start();
        var (one, two) = (await rig.Opened("The mast is broken"), await rig.Opened("The mast is fine"));
        await rig.Do(new Label(rig.By(rig.Kim), one, "Rückgabe"));
        await rig.Do(new Close(rig.By(rig.Kim), two));
        rig.Desk.Time.Now += TimeSpan.FromDays(2);
        await rig.Do(rig.Said(one, rig.By(rig.Kim), "Another mast"));
        await rig.Read();
        (await Find(rig, "mast")).ShouldBe([one, two, one]);
        (await Find(rig, "mast label:ruck")).ShouldBe([one, one]);
        (await Find(rig, "mast status:closed")).ShouldBe([two]);
        (await Find(rig, "mast from:me")).ShouldBe([one]);
        (await Find(rig, "mast before:2026-06-02")).ShouldBe([two, one]);
        (await Find(rig, "mast after:2026-06-02")).ShouldBe([one]);
        (await Find(rig, "mast status:open status:closed")).ShouldBe([one, two, one]);
        (await Find(rig, "mast label:ruck label:other")).ShouldBeEmpty();
        (await Find(rig, "mast from:me from:nobody")).ShouldBe([one]);
        (await Find(rig, "label:ruckgabe")).ShouldBe([one]);
        (await Find(rig, "status:closed")).ShouldBe([two]);
        (await Find(rig, "rueckgabe")).ShouldBe([one]);
        await rig.Do(new Unlabel(rig.By(rig.Kim), one, "rückgabe"));
        await rig.Read();
        (await Find(rig, "rueckgabe")).ShouldBeEmpty();
    }

    private static async Task<List<ConversationId>> Find(InboxRig rig, string question) =>
        [.. (await rig.Searches.Find(rig.As(rig.Kim), SearchQuestion.Of(question).Question!, long.MaxValue, 20)).Items.Select(found => found.Row.Id)];
}
