using System.Collections.Immutable;
using Parley.Conversations;
using Parley.Log;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class SchedulingTests
{
    private static readonly DateTimeOffset Tomorrow = Noon.AddDays(1);

    private static readonly Origin System = new(Lighthouse, Author.System, "wake:1");

    [Fact, Trait("row", "PA7")]
    public void PA7_It_waits_for_its_time_and_is_then_the_ordinary_message_of_who_wrote_it()
    {
        var story = AnaWrote().When(Later("The sail is ready")).Then(new Scheduled(Content.Of("The sail is ready"), Tomorrow)).Done();
        story.State.Scheduled.ShouldBe([new Planned(4, Noon, Tomorrow, ByKim.Author)]);
        story.State.LastMessage.ShouldBe(3);
        new ConversationKind().Due(story.State).ShouldBe(Tomorrow);

        story.After(TimeSpan.FromHours(23)).When(Wake(4, "The sail is ready")).ThenNothing();
        story.After(TimeSpan.FromHours(1)).When(Wake(4, "The sail is ready")).Then(new Unscheduled(4, "sent"), new Message(Content.Of("The sail is ready")), new Accepted(Kim, "answer"));
        story.Decision.Drafts[1].Author.ShouldBe(ByKim.Author);
        story.Decision.Drafts[1].Trigger.ShouldBe(new Trigger(Seq: 4, Timer: "scheduled"));
        // The message alone holds the words from then on.
        story.Decision.Overwrites.ShouldBe([new Overwrite(Conversation.Subject(It), 4, "sent")]);
        story.Done();
        (story.State.Scheduled, story.State.Agent, story.State.WaitingSince).ShouldBe((null, Kim, null));
        story.When(Wake(4, "The sail is ready")).ThenNothing();
    }

    [Fact]
    public void What_was_not_looked_up_waits_for_a_wake_of_its_own()
    {
        var story = AnaWrote().When(Later("One")).Done().After(TimeSpan.FromDays(2));
        story.When(new Wake(System, It)).ThenNothing();
        new ConversationKind().Due(story.State).ShouldBe(Tomorrow);
    }

    [Fact]
    public void Several_go_in_the_order_of_their_times()
    {
        var story = AnaWrote().When(Later("second", Noon.AddHours(2))).Done().When(Later("first", Noon.AddHours(1))).Done();
        new ConversationKind().Due(story.State).ShouldBe(Noon.AddHours(1));
        story.After(TimeSpan.FromHours(3)).When(new Wake(System, It) { Departures = [Leaves(4, "second"), Leaves(5, "first")] });
        story.Decision.Drafts.Select(draft => draft.Body).OfType<Message>().Select(message => message.Content.Text).ShouldBe(["first", "second"]);
    }

    [Theory]
    [InlineData(0, "past")]
    [InlineData(-1, "past")]
    [InlineData(60 * 24 * 367, "tooFar")]
    public void Its_time_lies_ahead_and_within_a_year(int minutes, string why) => AnaWrote().When(Later("x", Noon.AddMinutes(minutes))).ThenRefused("scheduled.at", 400, $"at {why}");

    [Fact]
    public void It_has_a_time_or_seconds_and_not_both()
    {
        AnaWrote().When(new Schedule(ByKim, It, Says("x"), null, null)).ThenRefused("scheduled.at", 400, "at required");
        AnaWrote().When(new Schedule(ByKim, It, Says("x"), Tomorrow, 5)).ThenRefused("scheduled.at", 400, "undo unknown");
        AnaWrote().When(Undone("x", 0)).ThenRefused("scheduled.at", 400, "undo invalid");
        AnaWrote().When(Undone("x", 61)).ThenRefused("scheduled.at", 400, "undo invalid");
    }

    [Fact]
    public void What_could_not_be_sent_now_is_refused_now()
    {
        AnaWrote().When(Later(" ")).ThenRefused("content.empty", 400, "content empty");
        AnaWrote().When(Later(new string('x', 10_001))).ThenRefused("content.tooLong", 400, "content tooLong");
        AnaWrote().When(new Schedule(ByKim, It, new Post(ByKim, It, Content.Of("x") with { Quote = 77 }, Blended), Tomorrow, null)).ThenRefused("quote.unknown", 400, "content.quote unknown");
    }

    [Fact]
    public void Twenty_wait_and_no_more()
    {
        var story = AnaWrote();
        for (var i = 0; i < 20; i++)
        {
            story.When(Later("x")).Done();
        }

        story.When(Later("x")).ThenRefused("scheduled.tooMany", 409);
    }

    [Fact]
    public void Taken_back_it_is_not_sent_and_its_words_are_nowhere()
    {
        var story = AnaWrote().When(Later("Wrong")).Done();
        story.When(new Unschedule(ByNoor, It, 4, story.Target(4))).Then(new Unscheduled(4, "takenBack"));
        story.Decision.Overwrites.ShouldBe([new Overwrite(Conversation.Subject(It), 4, "takenBack")]);
        story.Done();
        story.State.Scheduled.ShouldBeNull();
        story.When(new Unschedule(ByKim, It, 4, story.Target(4))).ThenRefused("scheduled.over", 409);
        story.When(new Unschedule(ByKim, It, 3, story.Target(3))).ThenRefused("scheduled.unknown", 404);
        story.When(new Dispatch(ByKim, It, 4, Leaves(4, "Wrong"))).ThenRefused("scheduled.over", 409);
    }

    [Fact]
    public void Sent_now_it_goes_at_once_and_only_by_who_wrote_it()
    {
        var story = AnaWrote().When(Later("Now after all")).Done();
        story.When(new Dispatch(ByNoor, It, 4, Leaves(4, "Now after all"))).ThenRefused("message.notOwn", 403);
        story.When(new Dispatch(ByKim, It, 4, Leaves(4, "Now after all"))).Then(new Unscheduled(4, "sent"), new Message(Content.Of("Now after all")), new Accepted(Kim, "answer"));
    }

    [Fact]
    public void Whose_writer_is_gone_it_is_not_sent_and_that_is_said()
    {
        var story = AnaWrote().When(Later("x")).Done().After(TimeSpan.FromDays(1));
        story.When(new Wake(System, It) { Departures = [new Departure(4, null, "agentGone")] }).Then(new Unscheduled(4, "agentGone"));
        // Colleagues can still read what it was.
        story.Decision.Overwrites.ShouldBeEmpty();
    }

    [Fact]
    public void In_what_has_ended_nothing_waits()
    {
        var story = AnaWrote().When(Later("x")).Done().Given(System, new ModeChanged(Mode.Messaging, Mode.Ended, "closed"));
        new ConversationKind().Due(story.State).ShouldBe(Noon);
        story.When(Wake(4, "x")).Then(new Unscheduled(4, "ended"));
    }

    [Fact]
    public void To_spam_nothing_is_sent()
    {
        var story = AnaWrote().When(Later("x")).Done().Given(ByKim, new SpamMarked()).After(TimeSpan.FromDays(1));
        story.When(Wake(4, "x")).Then(new Unscheduled(4, "spam"));
    }

    [Fact, Trait("row", "PA7")]
    public void PA7_What_was_sent_a_moment_ago_waits_for_the_seconds_to_think()
    {
        var story = AnaWrote().When(Undone("Hello", 5)).Then(new Scheduled(Content.Of("Hello"), Noon.AddSeconds(5), Undo: true)).Done();
        story.After(TimeSpan.FromSeconds(1)).When(Undone("How are you?", 10)).Done();
        // However the seconds change: never before what was said before.
        story.When(Undone("?", 1)).Then(new Scheduled(Content.Of("?"), Noon.AddSeconds(11), Undo: true));
    }

    [Fact]
    public void Where_both_are_here_there_are_no_seconds_to_think()
    {
        var live = AnaWrote().Given(System, new ModeChanged(Mode.Messaging, Mode.Live, "bothPresent"));
        live.When(Undone("At once", 20)).Decision.Drafts[0].Body.ShouldBe(new Message(Content.Of("At once")));
        var turned = AnaWrote().When(Undone("A moment ago", 20)).Done().Given(System, new ModeChanged(Mode.Messaging, Mode.Live, "bothPresent"));
        new ConversationKind().Due(turned.State).ShouldBe(Noon);
    }

    [Fact]
    public void Who_was_second_keeps_their_words()
    {
        var story = AnaWrote();
        story.When(new Schedule(ByKim, It, Says("Mine") with { Unheld = true }, null, 5)).Then(new Scheduled(Content.Of("Mine"), Noon.AddSeconds(5), true, true)).Done();
        story.Given(ByNoor, new Message(Content.Of("Hers")), new Accepted(Noor, "answer")).After(TimeSpan.FromSeconds(5));
        story.When(new Wake(System, It) { Departures = [new Departure(4, Says("Mine") with { Unheld = true })] }).Then(new Unscheduled(4, "taken"));
        story.Decision.Overwrites.ShouldBeEmpty();
    }

    [Fact, Trait("row", "PA7")]
    public void What_waits_to_be_taken_back_does_not_go_over_a_colleagues_answer()
    {
        var story = AnaWrote();
        story.When(new Schedule(ByKim, It, Says("Mine") with { Seen = 3 }, null, 5)).Then(new Scheduled(Content.Of("Mine"), Noon.AddSeconds(5), true, null, 3)).Done();
        Scheduling.Find(story.State, 4).ShouldNotBeNull().Seen.ShouldBe(3);
        story.Given(ByNoor, new Message(Content.Of("Hers")), new Accepted(Noor, "answer")).After(TimeSpan.FromSeconds(5));
        story.When(new Wake(System, It) { Departures = [new Departure(4, Says("Mine") with { Seen = 3 })] }).Then(new Unscheduled(4, "answered"));
        story.Decision.Overwrites.ShouldBeEmpty();
    }

    [Fact]
    public void Redacted_it_is_not_sent_and_erased_neither()
    {
        var story = AnaWrote().When(Later("4111")).Done();
        story.When(new Redact(ByKim, It, 4, "a card number", story.Target(4))).Then(new Redacted(4, "a card number"), new Unscheduled(4, "redacted"));
        story.Decision.Overwrites.ShouldBe([new Overwrite(Conversation.Subject(It), 4, "redacted")]);
        var erased = AnaWrote().When(Later("4111")).Done().When(new Erase(ByKim, It, "asked")).Done();
        erased.State.Scheduled.ShouldBeNull();
        erased.When(Wake(4, "4111")).ThenNothing();
        ConversationKind.Entries.Single(type => type.Name == "scheduled").Erasable.ShouldBeTrue();
    }

    private static Schedule Later(string text, DateTimeOffset? at = null) => new(ByKim, It, Says(text), at ?? Tomorrow, null);

    private static Schedule Undone(string text, int seconds) => new(ByKim, It, Says(text), null, seconds);

    private static Post Says(string text) => new(ByKim, It, Content.Of(text), Blended);

    private static Departure Leaves(long seq, string text) => new(seq, Says(text));

    private static Wake Wake(long seq, string text) => new(System, It) { Departures = [Leaves(seq, text)] };
}
