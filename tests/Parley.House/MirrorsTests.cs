namespace Parley.House;

/// <summary>A reader finds the test of a file by its path, and the file of a test.</summary>
public class MirrorsTests
{
    /// <summary>Tests whose subject is more than one file, and what that is.</summary>
    private static readonly Dictionary<string, string> Wide = new()
    {
        ["tests/Parley.Tests/Guides/GuidesTests.cs"] = "the pages of docs/guide",
        ["tests/Parley.Tests/Counterparts/PostfixTests.cs"] = "mails, held against a mail server that others wrote",
        ["tests/Parley.Tests/Counterparts/WebPushTests.cs"] = "pushes, held against a push service that others wrote",
        ["tests/Parley.Tests/Conversations/GoldenTests.cs"] = "the trunk as both languages fold it",
    };

    /// <summary>Files of the trunk that decide nothing by themselves.</summary>
    private static readonly string[] Undecided = ["Conversation.cs", "Ids.cs"];

    [Fact]
    public void Every_test_has_its_file() => Tree.Tests
        .Where(test => test.Path.StartsWith("tests/Parley.Tests/", StringComparison.Ordinal) && test.Name.EndsWith("Tests.cs", StringComparison.Ordinal))
        .Where(test => !test.Path.StartsWith("tests/Parley.Tests/Simulation/", StringComparison.Ordinal) && !Wide.ContainsKey(test.Path))
        .Where(test => !Tree.Files.Contains(Mirror(test.Path)) && !Tree.Files.Contains(Mirror(test.Path).Replace("src/Parley/Server/", "src/Parley.Server/", StringComparison.Ordinal)))
        .ShouldBeEmpty();

    [Fact]
    public void Every_exception_is_still_there() => Wide.Keys.Except(Tree.Files).ShouldBeEmpty();

    [Fact]
    public void Every_capability_of_the_trunk_has_a_test() => Tree.Product
        .Where(file => file.Path.StartsWith("src/Parley/Conversations/", StringComparison.Ordinal) && file.Path.Count(c => c == '/') == 3)
        .Where(file => file.Text.Contains("Decision Decide(", StringComparison.Ordinal) && !Undecided.Contains(file.Name))
        .Where(file => !Tree.Files.Contains($"tests/Parley.Tests/Conversations/{Path.GetFileNameWithoutExtension(file.Name)}Tests.cs"))
        .ShouldBeEmpty();

    private static string Mirror(string test) => test.Replace("tests/Parley.Tests/", "src/Parley/", StringComparison.Ordinal).Replace("Tests.cs", ".cs", StringComparison.Ordinal);
}
