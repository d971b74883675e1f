using Parley.Conversations;
using Parley.Figures.Episodes;
using Parley.Log;
using Parley.Tests.Conversations;
using Parley.Workspaces;
using Profile = Parley.Workspaces.Profile;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Figures.Episodes;

public class EpisodeTests
{
    private static readonly Calendar Mornings = new(new Timetable("UTC", [.. Enum.GetValues<Day>().Select(day => new WeekSpan(day, "08:00", "13:00"))]));

    [Fact, Trait("row", "KP12")]
    public void KP12_Each_matter_has_figures_of_its_own_from_its_first_word_to_its_closing()
    {
        // Noon on a Monday; open until one.
        var scene = new Scene(Profile.Messaging) { AnaHere = false }.Opens().After(1_800).Writes().After(1_800).Answers(Kim).After(3_600).Closes(Kim);
        var first = Of(scene).ShouldHaveSingleItem();
        (first.Number, first.Questions, first.Answers, first.OneTouch).ShouldBe((1, 2, 1, true));
        (first.Answered - first.Opened).ShouldBe(TimeSpan.FromHours(1));
        (first.AnsweredOpenMs, first.ClosedOpenMs).ShouldBe((3_600_000, 3_600_000), "The second hour it was closed.");
        (first.Closed - first.Opened).ShouldBe(TimeSpan.FromHours(2));

        // Within three days they come back to the same: another agent, and it is no one-touch any more.
        scene.After(24 * 3_600).Writes("It broke again").Answers(Noor).After(60).Closes(Noor);
        var again = Of(scene).ShouldHaveSingleItem();
        (again.Reopened, again.Several, again.OneTouch).ShouldBe((1, true, false));
        again.FirstClosed.ShouldBe(first.Closed);
        again.Closed.ShouldNotBe(first.Closed);
        again.Answered.ShouldBe(first.Answered);

        // Later it is another matter, and the one before stays as it was.
        scene.After(73 * 3_600).Writes("A new sail, please");
        var both = Of(scene);
        both.Select(one => one.Number).ShouldBe([1, 2]);
        both[0].ShouldBe(again with { Position = both[0].Position });
        (both[1].Answered, both[1].Closed, both[1].Questions).ShouldBe((null, null, 1));
    }

    [Fact, Trait("row", "KP12")]
    public void KP12_A_closing_that_was_taken_back_was_none_and_quiet_alone_closes_nothing()
    {
        var scene = new Scene(Profile.Messaging) { AnaHere = false }.Opens().Answers(Kim).Closes(Kim).Does(by => new Reopen(by, It), ByKim, Kim).After(5 * 86_400);
        var it = Of(scene).ShouldHaveSingleItem();
        (it.Closed, it.FirstClosed, it.Reopened).ShouldBe((null, null, 0));
        scene.Writes("Still there?");
        Of(scene).ShouldHaveSingleItem("The same matter goes on: nobody closed it.").Questions.ShouldBe(2);
    }

    [Fact, Trait("row", "KP12")]
    public void KP12_What_a_bot_says_answers_nobody_and_what_comes_twice_counts_once()
    {
        var scene = new Scene(Profile.Messaging) { AnaHere = false }.Opens();
        scene.Does(by => new Post(by, It, Content.Of("We got it"), Blended), ByKim with { Author = new Author(AuthorKind.Bot, Guid.Empty) });
        var it = Of(scene).Single();
        (it.Answered, it.Answers).ShouldBe((null, 0));
        scene.Log.Aggregate(it, (one, entry) => one.With(entry, Calendar.Always)).ShouldBe(it);
    }

    /// <summary>As the reader follows the log.</summary>
    private static List<Episode> Of(Scene scene)
    {
        var all = new List<Episode>();
        foreach (var entry in scene.Log.Where(Episode.Tells))
        {
            if (entry.Body is EpisodeOpened opened)
            {
                all.Add(new Episode(It, opened.Episode, Shop, entry.At, entry.Position));
            }
            else if (all.Count > 0)
            {
                all[^1] = all[^1].With(entry, Mornings);
            }
        }

        return all;
    }
}
