using Xunit.Abstractions;

namespace Parley.House;

/// <summary>Small files, small functions, few parameters: what this tree is read by.</summary>
public class SizesTests(ITestOutputHelper output)
{
    private const int LongestFile = 400;
    private const int MostParameters = 6;

    /// <summary>Constructors that take more, and why: where everything of a kind comes together.</summary>
    private static readonly Dictionary<string, string> ManyParameters = new()
    {
        ["Desk"] = "the one door: store, kinds, types, fanout, clock, settings, metrics, log",
        ["Door"] = "what every route of a conversation needs: the desk, who may see what, how it is answered, files, people, the moment, their devices",
        ["Following"] = "one pass of a reader over one workspace: what it reads, where it stands, who holds it, when, and how it tells",
        ["Moments"] = "all that is true around a conversation comes together here: who there is, who is here, how it is staffed, who types, what was learned",
        ["ReaderLoop"] = "one reader of the log: its store, clock, lease, wake-up and metrics come together here",
    };

    [Fact]
    public void No_file_is_longer_than_four_hundred_lines() =>
        Tree.Product.Concat(Tree.Browser).Concat(Tree.Tests).Where(file => file.Length > LongestFile).Select(file => file.Path).ShouldBeEmpty();

    [Fact]
    public void Nine_of_ten_files_are_short()
    {
        var (tests, screens) = (Tree.Browser.Where(file => file.Path.Contains(".test.")).Concat(Tree.Tests), Tree.Browser.Where(file => !file.Path.Contains(".test.")));
        foreach (var (side, files, most) in new[] { ("server", Tree.Product, 200), ("browser", screens, 250), ("tests", tests, 250) })
        {
            var lengths = files.Select(file => file.Length).Order().ToList();
            output.WriteLine($"{side}: {lengths.Count} files, median {At(lengths, 0.5)}, p90 {At(lengths, 0.9)}, longest {lengths.LastOrDefault()}");
            At(lengths, 0.9).ShouldBeLessThanOrEqualTo(most, side);
        }
    }

    [Fact]
    public void Nine_of_ten_functions_have_at_most_thirty_lines()
    {
        var lengths = Tree.Product.SelectMany(file => Code.Functions(file.Text)).Order().ToList();
        output.WriteLine($"{lengths.Count} functions, median {At(lengths, 0.5)}, p90 {At(lengths, 0.9)}, longest {lengths[^1]}");
        lengths.Count.ShouldBeGreaterThan(Tree.Product.Count, "The house no longer finds the functions.");
        At(lengths, 0.9).ShouldBeLessThanOrEqualTo(30);
        At(lengths, 0.5).ShouldBeLessThanOrEqualTo(10);
    }

    [Fact]
    public void Constructors_take_at_most_six_parameters() =>
        Crowded().Where(type => !ManyParameters.ContainsKey(type)).ShouldBeEmpty();

    [Fact]
    public void Every_crowded_constructor_in_the_list_is_still_crowded() => ManyParameters.Keys.Except(Crowded()).ShouldBeEmpty();

    [Fact]
    public void The_measures_measure()
    {
        Code.Functions("class A\n{\n    public int One() => 1;\n\n    public int Two()\n    {\n        var x = 1;\n        return x;\n    }\n}\n").ShouldBe([1, 2]);
        Code.Constructors("public sealed class A(int a, Dictionary<int, string> b, (int, int) c)\n{\n    private A(int a) : this(a, null, default) { }\n}").ShouldBe([("A", 3), ("A", 1)]);
        Code.Bare("a // b\n\"c // d\" e '\"' f").ShouldBe("a \n\"\" e \"\" f");
    }

    private static IEnumerable<string> Crowded() =>
        Tree.Product.SelectMany(file => Code.Constructors(file.Text)).Where(found => found.Count > MostParameters).Select(found => found.Type).Distinct();

    private static int At(List<int> sorted, double share) => sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
}
