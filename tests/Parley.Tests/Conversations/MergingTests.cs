using System.Collections.Immutable;
using Parley.Conversations;
using Parley.Log;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class MergingTests
{
    private static readonly ConversationId There = ConversationId.From([.. new byte[15], 41]);
    private static readonly ConversationKind Kind = new();

    [Fact, Trait("row", "PA6")]
    public void PA6_One_goes_on_in_the_other_with_who_waits_what_was_promised_what_it_was_called_and_what_is_still_to_be_sent()
    {
        var due = Noon.AddHours(2);
        var it = AnaWrote().Given(ByKim, new Labelled("Rig"), new Labelled("VIP"), new Promised(due, Ground.Fixed), new Scheduled(Content.Of("On Monday") with { Quote = 3 }, Noon.AddDays(2)));
        var other = AnaWrote().Given(ByKim, new Labelled("vip"), new Closed("manual"));
        var decision = Decide(it.State with { WaitingSince = Noon }, other.State, [new Carried(7, Content.Of("On Monday") with { Quote = 3 })], it.Seq);
        decision.Refusal.ShouldBeNull();
        var own = decision.Drafts.Where(draft => draft.Subject is null).Select(draft => draft.Body).ToList();
        own[0].ShouldBe(new Unscheduled(7, "merged"));
        own.OfType<Closed>().Count().ShouldBe(1);
        own[^1].ShouldBe(new MergedInto(There));
        decision.Overwrites.Single().ShouldBe(new Overwrite(Conversation.Subject(It), 7, "merged"), "The words stand in one place only.");
        var theirs = decision.Drafts.Where(draft => draft.Subject == Conversation.Subject(There)).ToList();
        theirs.Select(draft => draft.Body).ShouldBe([new Reopened("manual"), new MergedFrom(It, Noon), new Promised(due, Ground.Fixed), new Labelled("Rig"), new Scheduled(Content.Of("On Monday"), Noon.AddDays(2))]);
        theirs[^1].Author.ShouldBe(ByKim.Author, "Whose words they are they stay.");
        Merging.Apply(other.State, new MergedFrom(It, Noon)).WaitingSince.ShouldBe(Noon);
    }

    [Fact, Trait("row", "PA6")]
    public void PA6_What_cannot_be_one_is_refused_with_the_field()
    {
        var (it, other) = (AnaWrote().State, AnaWrote().State);
        Refused(Decide(it, null)).ShouldBe("merge.unknown into unknown");
        Refused(Decide(it, other with { Erased = true })).ShouldBe("merge.erased into erased");
        Refused(Decide(it, other, together: false)).ShouldBe("merge.customer into customer");
        Refused(Decide(it, other with { Merged = It })).ShouldBe("merge.over into over");
        Refused(Decide(it, other with { Mode = Mode.Ended })).ShouldBe("merge.over into over");
        Refused(Kind.Decide(it, new MergeInto(ByKim, It, It, true, []), new Deciding(Noon, 3, new Dictionary<Subject, (object, long)>()))).ShouldBe("merge.self into self");
        Decide(it with { Mode = Mode.Live }, other).Refusal!.Code.ShouldBe("merge.live");
        Decide(it with { Scheduled = [new Planned(3, Noon, Noon, ByKim.Author)] }, other).Refusal.ShouldBe(Merging.Changed);
        Decide(it with { Scheduled = [new Planned(3, Noon, Noon, ByKim.Author)] }, other, [new Carried(3, Content.Of("x") with { Files = [new FileCard(default, "a.png", 1, "image/png")] })]).Refusal!.Code.ShouldBe("merge.files");
    }

    [Fact]
    public void In_one_that_goes_on_elsewhere_nothing_happens_any_more_but_that_words_are_taken_out()
    {
        var story = AnaWrote().Given(ByKim, new Closed("manual"), new MergedInto(There));
        story.State.Merged.ShouldBe(There);
        story.When(new Post(ByKim, It, Content.Of("x"), Blended)).ThenRefused("conversation.merged", 409);
        story.When(new Reopen(ByKim, It)).ThenRefused("conversation.merged");
        Decide(story.State, AnaWrote().State).Refusal!.Code.ShouldBe("conversation.merged");
        story.When(new Redact(ByKim, It, 3, "", story.Target(3)));
        story.Decision.Refusal.ShouldBeNull();
    }

    [Fact, Trait("row", "PA7")]
    public void PA7_Whoever_followed_the_one_follows_the_other_and_who_has_it_need_not()
    {
        var it = AnaWrote().Given(ByKim, new Followed(Kim, "manual"), new Followed(Noor, "mentioned")).State;
        var theirs = Decide(it, AnaWrote().State with { Agent = Kim }, seq: 5).Drafts.Where(draft => draft.Subject == Conversation.Subject(There));
        theirs.Select(draft => draft.Body).OfType<Followed>().ShouldBe([new Followed(Noor, "merged")]);
    }

    private static string Refused(Decision decision) => $"{decision.Refusal!.Code} {decision.Refusal.Errors.Single().Field} {decision.Refusal.Errors.Single().Code}";

    private static Decision Decide(Conversation it, Conversation? other, ImmutableArray<Carried>? words = null, long seq = 3, bool together = true) => Kind.Decide(
        it, new MergeInto(ByKim, It, There, together, words ?? []), new Deciding(Noon, seq, new Dictionary<Subject, (object, long)> { [Conversation.Subject(There)] = (other ?? Conversation.None, other is null ? 0 : 3) }));
}
