using Parley.Figures.Promises;
using Shouldly;
using Xunit.Abstractions;

namespace Parley.Tests.Figures.Promises;

public class AlikeTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly DateTimeOffset Begins = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact, Trait("row", "BX2")]
    public void With_fewer_than_thirty_answers_nothing_is_learned()
    {
        var alike = new Alike();
        for (var i = 1; i <= Alike.Fewest; i++)
        {
            alike.Quantiles(TimeSpan.FromHours(1)).ShouldBeNull();
            Answered(alike, i, TimeSpan.FromMinutes(i));
        }

        var found = alike.Quantiles(TimeSpan.FromHours(1)).ShouldNotBeNull();
        // Of thirty and the one that is to come: the sixteenth, the twenty-fifth, the twenty-eighth.
        found.Select(seconds => seconds / 60).ShouldBe([16, 25, 28], 0.001);
    }

    [Fact]
    public void Who_still_waits_counts_as_long_as_they_have_waited()
    {
        var alike = new Alike();
        for (var i = 0; i < 40; i++)
        {
            Answered(alike, i, TimeSpan.FromMinutes(5));
        }

        for (var i = 100; i < 130; i++)
        {
            alike.Begin(Id(i), TimeSpan.FromHours(1), Second, null);
        }

        alike.Quantiles(TimeSpan.FromHours(1) + Second)![2].ShouldBe(300, 0.001);
        alike.Quantiles(TimeSpan.FromHours(3))![2].ShouldBe(7_200, 0.001, "Two hours have passed without an answer: nobody says five minutes.");
    }

    [Fact]
    public void However_many_wait_what_was_answered_before_them_is_not_forgotten()
    {
        var alike = new Alike();
        for (var i = 0; i < 40; i++)
        {
            Answered(alike, i, TimeSpan.FromMinutes(5));
        }

        // A weekend: it is closed, the clock stands still, and they pile up.
        for (var i = 100; i < 100 + (5 * Alike.Window); i++)
        {
            alike.Begin(Id(i), TimeSpan.FromHours(1), Second, null);
        }

        alike.Quantiles(TimeSpan.FromHours(1))![2].ShouldBe(300, 0.001);
        for (var i = 100; i < 100 + (5 * Alike.Window); i++)
        {
            alike.Drop(Id(i));
        }

        alike.Quantiles(TimeSpan.FromHours(1))![2].ShouldBe(300, 0.001, "All of them were closed without an answer, which says nothing of how long one takes.");
    }

    [Fact]
    public void Learned_from_are_the_last_answers_and_no_others()
    {
        var alike = new Alike();
        for (var i = 0; i < 2 * Alike.Window; i++)
        {
            Answered(alike, i, TimeSpan.FromMinutes(i < Alike.Window ? 5 : 50));
            alike.Answers.ShouldBe(Math.Min(i + 1, Alike.Window));
        }

        alike.Quantiles(TimeSpan.FromHours(1))!.ShouldBe([3_000, 3_000, 3_000], 0.001);
    }

    [Fact]
    public void Where_answers_come_by_the_morning_three_mornings_are_kept_however_many_were_answered_in_one()
    {
        var alike = new Alike(Alike.Nights);
        for (var i = 0; i < 2_000; i++)
        {
            // Each morning takes twice as long as the one before, with five hundred answers.
            alike.Begin(Id(i), TimeSpan.Zero, Second, null);
            alike.Settle(Id(i), TimeSpan.FromMinutes(10 << (i / 500)), Begins.AddDays(i / 500));
        }

        alike.Answers.ShouldBe(1_500);
        (alike.Quantiles(default)![0] / 60).ShouldBe(40, 0.001, "The first is forgotten, and none of the others.");
    }

    [Fact]
    public void Where_many_wait_together_what_came_of_them_counts_as_little_as_if_they_were_few()
    {
        double[] said = [60, 60, 60];
        var (few, many) = (new Alike(), new Alike());
        foreach (var (alike, count) in new[] { (few, 10), (many, 1_000) })
        {
            for (var i = 0; i < 40; i++)
            {
                Answered(alike, i, TimeSpan.FromMinutes(1));
            }

            for (var i = 100; i < 100 + count; i++)
            {
                alike.Begin(Id(i), TimeSpan.FromHours(1), Second, said);
            }

            // It is known of all of them at once that a minute was too little.
            alike.Draw(TimeSpan.FromHours(2));
        }

        var (one, other) = (few.Draw(TimeSpan.FromHours(2))!.Factors[2], many.Draw(TimeSpan.FromHours(2))!.Factors[2]);
        output.WriteLine($"{one:0.00} and {other:0.00}");
        one.ShouldBeInRange(1.4, 1.7);
        other.ShouldBeInRange(one, 2.8, "A hundred times as many, and not three times as long.");
    }

    [Fact]
    public void How_far_it_had_come_is_found_again_in_what_was_said_last()
    {
        var (whole, anew) = (new Alike(), new Alike());
        for (var i = 0; i < 400; i++)
        {
            // From the middle on it takes twice as long, and those who came last are known of what was told anew.
            var (now, took) = (TimeSpan.FromHours(i), TimeSpan.FromMinutes((1 + (i % 7)) * (i < 200 ? 1 : 2)));
            var said = whole.Quantiles(now);
            foreach (var alike in i < 290 ? [whole] : new[] { whole, anew })
            {
                if (alike == anew && i == 395)
                {
                    alike.Draw(now)!.Factors[1].ShouldNotBe(whole.Draw(now)!.Factors[1]);
                    alike.Recall(now, said!, 0);
                }

                alike.Begin(Id(i), now, Second, said);
                alike.Settle(Id(i), took, Begins);
            }
        }

        anew.Draw(TimeSpan.FromHours(400))!.Factors.ShouldBe(whole.Draw(TimeSpan.FromHours(400))!.Factors, 1e-9);
    }

    [Fact, Trait("row", "BX2")]
    public void The_more_wait_already_the_longer_it_takes()
    {
        var alike = new Alike(Alike.Nights);
        for (var i = 0; i < 200; i++)
        {
            // Nights with up to fifty: an hour until somebody is there, then two minutes for each.
            alike.Begin(Id(i), TimeSpan.Zero, Second, null, ahead: i % 50);
            alike.Settle(Id(i), TimeSpan.FromMinutes(60 + (2 * (i % 50))), Begins.AddDays(i / 50));
        }

        var (none, night, weekend) = (alike.Quantiles(default, 0)!, alike.Quantiles(default, 49)!, alike.Quantiles(default, 300)!);
        output.WriteLine(string.Join("; ", new[] { none, night, weekend }.Select(found => string.Join(", ", found.Select(seconds => $"{seconds / 3_600:0.00} h")))));
        none[2].ShouldBeLessThan(night[0]);
        none[2].ShouldBeLessThan(2 * 3_600);
        night[2].ShouldBeInRange(2.4 * 3_600, 3 * 3_600);
        weekend.ShouldAllBe(seconds => seconds > 3.5 * 3_600 && seconds < 11 * 3_600, "Six times as many as in any night that was seen: more than in any, and no more than the line through them says.");
    }

    [Fact]
    public void Who_has_waited_already_is_told_how_much_longer_it_takes()
    {
        var alike = new Alike();
        for (var i = 1; i <= 40; i++)
        {
            Answered(alike, i, TimeSpan.FromMinutes(i));
        }

        var (whole, rest) = (alike.Quantiles(TimeSpan.FromHours(1))!, alike.Quantiles(TimeSpan.FromHours(1), waited: 30 * 60)!);
        rest[0].ShouldBeInRange(4 * 60, 7 * 60, "Of those that took more than thirty minutes half took less than thirty-six.");
        (whole[2] / 60).ShouldBe(37, 0.001);
        alike.Quantiles(TimeSpan.FromHours(1), waited: 3 * 3_600)![2].ShouldBe(3 * 3_600, 1, "Nobody ever waited so long: as long again.");
    }

    [Fact]
    public void What_nobody_waits_for_any_longer_says_nothing()
    {
        var alike = new Alike();
        for (var i = 0; i < 40; i++)
        {
            Answered(alike, i, TimeSpan.FromMinutes(5));
        }

        for (var i = 100; i < 140; i++)
        {
            alike.Begin(Id(i), TimeSpan.Zero, Second, null);
            alike.Drop(Id(i));
        }

        alike.Quantiles(TimeSpan.FromHours(9))![2].ShouldBe(300, 0.001);
    }

    /// <summary>Answers that take longer in busy hours, are alike from one to the next, and in the middle double.</summary>
    [Theory, Trait("row", "BX2")]
    [InlineData(1, 4_000)]
    [InlineData(2, 4_000)]
    [InlineData(3, 4_000)]
    public void BX2_On_replay_fifty_eighty_and_ninety_of_a_hundred_are_within_five_points_in_both_halves(int seed, int count)
    {
        var (random, alike) = (new Random(seed), new Alike());
        var waits = new PriorityQueue<(int Id, double Took), double>();
        var (hits, all) = (new int[2, 3], new int[2]);
        var (now, busy) = (0.0, 0.0);
        for (var i = 0; i < count; i++)
        {
            now += -Math.Log(1 - random.NextDouble()) * 60;
            while (waits.TryPeek(out var answer, out var at) && at <= now)
            {
                waits.Dequeue();
                alike.Settle(Id(answer.Id), TimeSpan.FromSeconds(answer.Took), Begins.AddSeconds(at));
            }

            var half = i < count / 2 ? 0 : 1;
            busy = (0.97 * busy) + (0.2 * Normal(random));
            var took = 300 * Math.Exp(busy + (0.6 * Normal(random))) * (half + 1);
            var said = alike.Quantiles(TimeSpan.FromSeconds(now));
            alike.Begin(Id(i), TimeSpan.FromSeconds(now), Second, said);
            waits.Enqueue((i, took), now + took);
            for (var level = 0; said is not null && level < 3; level++)
            {
                hits[half, level] += took <= said[level] ? 1 : 0;
                all[half] += level == 0 ? 1 : 0;
            }
        }

        for (var half = 0; half < 2; half++)
        {
            var shares = Enumerable.Range(0, 3).Select(level => (double)hits[half, level] / all[half]).ToArray();
            output.WriteLine($"half {half + 1}: {all[half]} promises, {string.Join(", ", shares.Select(share => share.ToString("P1")))}");
            shares[0].ShouldBeInRange(0.45, 0.55);
            shares[1].ShouldBeInRange(0.75, 0.85);
            shares[2].ShouldBeInRange(0.85, 0.95);
        }
    }

    private static void Answered(Alike alike, int id, TimeSpan took)
    {
        alike.Begin(Id(id), TimeSpan.Zero, Second, null);
        alike.Settle(Id(id), took, Begins);
    }

    private static Guid Id(int id) => new(id, 0, 0, new byte[8]);

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
