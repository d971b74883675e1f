using System.Text.RegularExpressions;

namespace Parley.House;

/// <summary><c>Platform ← Log ← Workspaces ← Contacts ← Conversations ← everything else ← Server</c>. What stands above the trunk never uses its neighbour.</summary>
public class DirectionTests
{
    private static readonly string[] Trunk = ["Platform", "Log", "Workspaces", "Contacts", "Conversations"];

    /// <summary>Uses that go against the direction and have a reason. Each must still be needed.</summary>
    private static readonly Dictionary<(string File, string Module), string> Allowed = new();

    private static readonly string[] Modules = [.. Tree.Product.Select(source => Tree.ModuleOf(source.Path)).OfType<string>().Distinct()];

    /// <summary>The names under each module that code outside could say after the module's own: types and sub-folders.</summary>
    private static readonly ILookup<string, string> Names = Tree.Product
        .Where(source => Tree.ModuleOf(source.Path) is not null)
        .SelectMany(source => Code.TypeNames(source.Text).Concat(source.Path.Split('/')[3..^1]).Select(name => (Module: Tree.ModuleOf(source.Path)!, Name: name)))
        .ToLookup(pair => pair.Module, pair => pair.Name);

    [Fact]
    public void Modules_use_only_what_stands_below_them() => Wrong().Where(use => !Allowed.ContainsKey(use)).Select(use => $"{use.File} uses {use.Module}").ShouldBeEmpty();

    [Fact]
    public void Every_exception_is_still_needed() => Allowed.Keys.Except(Wrong()).ShouldBeEmpty();

    [Fact]
    public void The_product_does_not_know_its_executable() =>
        Tree.Product.Where(source => source.Path.StartsWith("src/Parley/", StringComparison.Ordinal) && Regex.IsMatch(Code.Bare(source.Text), @"\bParley\.Server\b")).ShouldBeEmpty();

    [Fact]
    public void Folder_and_namespace_are_one() => Tree.Product
        .Where(source => Regex.Match(source.Text, @"^namespace ([\w.]+);", RegexOptions.Multiline) is { Success: true } match
            && match.Groups[1].Value != string.Join('.', source.Path.Split('/')[1..^1]))
        .ShouldBeEmpty();

    [Fact]
    public void Only_the_platform_and_its_stores_know_the_drivers() => Tree.Product
        .Where(source => Tree.ModuleOf(source.Path) is not null and not "Platform" && Regex.IsMatch(Code.Bare(source.Text), @"\busing (?:Npgsql|Microsoft\.Data\.Sqlite)\b"))
        .ShouldBeEmpty();

    [Fact]
    public void The_rule_sees_what_it_forbids()
    {
        Uses("Log", "using Parley.Conversations;").ShouldBe(["Conversations"]);
        Uses("Log", "var x = Conversations.Access.May(who);").ShouldBe(["Conversations"]);
        Uses("Log", "var x = new Parley.Contacts.Contact();").ShouldBe(["Contacts"]);
        Uses("Log", "var x = it.Conversations.Access + Conversations.First(); // Conversations.Access").ShouldBeEmpty();
        May("Conversations", "Log").ShouldBeTrue();
        May("Log", "Workspaces").ShouldBeFalse();
        May("Inbox", "Contacts").ShouldBeTrue();
        May("Inbox", "Live").ShouldBeFalse();
        May("Conversations", "Inbox").ShouldBeFalse();
    }

    private static List<(string File, string Module)> Wrong() =>
    [
        .. from source in Tree.Product
           let own = Tree.ModuleOf(source.Path)
           where own is not null
           from used in Uses(own, source.Text)
           where !May(own, used)
           select (source.Path, used),
    ];

    private static IEnumerable<string> Uses(string own, string text)
    {
        var bare = Code.Bare(text);
        return Modules.Concat(Trunk).Distinct().Where(module => module != own
            && (Regex.IsMatch(bare, $@"\bParley\.{module}\b")
                || Regex.Matches(bare, $@"(?<![\w.]){module}\.(?<name>[A-Z]\w*)").Any(match => Names[module].Contains(match.Groups["name"].Value))));
    }

    private static bool May(string own, string used)
    {
        var (mine, other) = (Array.IndexOf(Trunk, own), Array.IndexOf(Trunk, used));
        return other >= 0 && (mine < 0 || other < mine);
    }
}
