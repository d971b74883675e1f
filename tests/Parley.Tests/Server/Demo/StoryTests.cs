using System.Text.RegularExpressions;
using Parley.Server.Demo;
using Shouldly;

namespace Parley.Tests.Server.Demo;

public class StoryTests
{
    [Fact]
    public void A_story_is_read_line_by_line()
    {
        var story = Story.Read("""
            = Ana Souza, ana@shop.test, en, Shop, known, 2d 09:20
            0 Ana: Hello: is it blue?
            5m Noor sends boat.png: It is.
            1h Noor labels: sail repair
            0 Noor closes
            """).Single();

        (story.Customer, story.Short, story.Email, story.Language, story.Inbox, story.Known).ShouldBe(("Ana Souza", "Ana", "ana@shop.test", "en", "Shop", true));
        story.Lines.ShouldBe(
        [
            new Line(TimeSpan.Zero, "Ana", "says", "", "Hello: is it blue?"),
            new Line(TimeSpan.FromMinutes(5), "Noor", "sends", "boat.png", "It is."),
            new Line(TimeSpan.FromHours(1), "Noor", "labels", "", "sail repair"),
            new Line(TimeSpan.Zero, "Noor", "closes", "", ""),
        ]);
        story.Begins(new DateTimeOffset(2026, 3, 4, 17, 0, 0, TimeSpan.Zero)).ShouldBe(new DateTimeOffset(2026, 3, 2, 9, 20, 0, TimeSpan.Zero));
    }

    [Fact]
    public void A_line_that_nobody_understands_is_an_error() =>
        Should.Throw<FormatException>(() => Story.Read("= Ana, -, en, Shop, 5m\n0 Ana dances: now").ToList()).Message.ShouldContain("dances");

    [Fact]
    public void The_stories_are_many_in_four_languages_and_no_two_begin_alike()
    {
        var stories = Story.All();
        stories.Count.ShouldBeGreaterThanOrEqualTo(40);
        stories.Select(story => story.Language).Distinct().Order().ShouldBe(["de", "en", "es", "nl"]);
        stories.Select(story => story.Customer).Distinct().Count().ShouldBe(stories.Count);
        stories.SelectMany(story => story.Lines).Where(line => line.Text.Length > 20).GroupBy(line => line.Text).Where(group => group.Count() > 1).ShouldBeEmpty();
    }

    [Fact]
    public void Later_stories_are_of_the_last_two_hours_by_others_in_all_languages_and_some_wait()
    {
        var (before, sets) = (Story.All(), new[] { 1, 2, 3 }.Select(Story.Later).ToList());
        var later = sets.SelectMany(set => set).ToList();
        foreach (var set in sets)
        {
            set.Select(story => story.Language).Distinct().Order().ShouldBe(["de", "en", "es", "nl"]);
            set.Count(story => story.Lines.All(line => line.Who == story.Short)).ShouldBeGreaterThan(0, "Somebody waits.");
            var now = DateTimeOffset.UnixEpoch.AddYears(50);
            set.SelectMany((story, number) => Seeding.Times(story, 1000 + number, now)).ShouldAllBe(at => at > now.AddHours(-2) && at < now);
        }

        later.Select(story => story.Customer).Distinct().Count().ShouldBe(later.Count);
        later.Select(story => story.Customer).Intersect(before.Select(story => story.Customer)).ShouldBeEmpty();
        later.Concat(before).SelectMany(story => story.Lines).Where(line => line.Text.Length > 20).GroupBy(line => line.Text).Where(group => group.Count() > 1).ShouldBeEmpty();
        Story.Later(4).ShouldBeEmpty();
    }

    [Fact]
    public void Sets_never_end_and_come_again_by_others_of_the_language_each_once_a_round()
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(50);
        for (var round = 0; round < 9; round++)
        {
            var sets = Enumerable.Range((round * 3) + 1, 3).Select(Returning.Set).ToList();
            sets.SelectMany(set => set).Select(story => story.Customer).ShouldBeUnique();
            sets.SelectMany((set, i) => set.SelectMany((story, number) => Seeding.Times(story, (1000 * ((round * 3) + i + 1)) + number, now))).ShouldAllBe(at => at > now.AddHours(-2) && at < now);
            foreach (var (story, written) in sets.SelectMany(set => set).Zip(Enumerable.Range(1, 3).SelectMany(Story.Later)))
            {
                (story.Language, story.Inbox, story.Lines[0].Who).ShouldBe((written.Language, written.Inbox, story.Short));
                story.Lines.Where(line => story.Short != written.Short && Regex.IsMatch(line.Text, $@"\b{written.Short}\b")).ShouldBeEmpty();
            }
        }

        Returning.Set(4).Select(story => story.Customer).Intersect(Returning.Set(1).Select(story => story.Customer)).Count().ShouldBeLessThan(6);
        Returning.Set(4).Zip(Returning.Set(1)).ShouldAllBe(pair => pair.First.Customer != pair.Second.Customer);
    }

    /// <summary>The demo is opened at any hour; nothing that is told may lie in the future, and somebody wrote within the last two hours.</summary>
    [Theory]
    [InlineData("2026-03-02T00:01:00Z")]
    [InlineData("2026-03-02T09:00:00Z")]
    [InlineData("2026-11-21T23:59:00Z")]
    public void All_of_it_lies_in_the_past(string hour)
    {
        var now = DateTimeOffset.Parse(hour, System.Globalization.CultureInfo.InvariantCulture);
        var stories = Story.All();
        var ends = stories.Select((story, number) => (story.Customer, End: Seeding.Times(story, number, now)[^1])).ToList();
        ends.Where(pair => pair.End >= now).ShouldBeEmpty();
        ends.Count(pair => pair.End > now.AddHours(-2)).ShouldBeGreaterThan(5);
        stories.Select((story, number) => Seeding.Times(story, number, now)[0]).Min().ShouldBeGreaterThan(now.AddDays(-39));
    }
}
