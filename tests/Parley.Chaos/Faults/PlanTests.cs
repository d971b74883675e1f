namespace Parley.Chaos.Faults;

public class PlanTests
{
    private static readonly FaultKind[] All = Enum.GetValues<FaultKind>();

    [Fact]
    public void One_seed_is_one_order_of_faults() => Plan.Draw(7, TimeSpan.FromMinutes(5), All, 3).ShouldBe(Plan.Draw(7, TimeSpan.FromMinutes(5), All, 3));

    [Fact]
    public void Another_seed_is_another() => Plan.Draw(7, TimeSpan.FromMinutes(5), All, 3).ShouldNotBe(Plan.Draw(8, TimeSpan.FromMinutes(5), All, 3));

    [Fact]
    public void A_kind_more_or_less_moves_no_other() =>
        Plan.Draw(7, TimeSpan.FromMinutes(5), All, 3).Where(fault => fault.Kind != FaultKind.Freeze).ShouldBe(Plan.Draw(7, TimeSpan.FromMinutes(5), [.. All.Where(kind => kind != FaultKind.Freeze)], 3));

    [Fact]
    public void They_overlap_and_meet_every_node()
    {
        var faults = Plan.Draw(7, TimeSpan.FromMinutes(5), All, 3);
        faults.Count(fault => faults.Any(other => other != fault && other.At < fault.Until && fault.At < other.Until)).ShouldBeGreaterThan(10);
        faults.Select(fault => fault.Node).Distinct().Order().ShouldBe([0, 1, 2]);
    }

    [Fact]
    public void Even_a_short_run_meets_every_kind_whatever_the_seed()
    {
        for (var seed = 1; seed < 200; seed++)
        {
            Plan.Draw(seed, TimeSpan.FromSeconds(9), All, 3).Select(fault => fault.Kind).Distinct().Count().ShouldBe(All.Length, $"seed {seed}");
        }
    }
}
