using System.Text.RegularExpressions;

namespace Parley.House;

/// <summary>What is never written here.</summary>
public partial class WordsTests
{
    private static readonly string[] Suffixes = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Service", "Common", "Base", "Impl", "Dto", "DTO", "Model", "Processor"];

    [Fact]
    public void No_type_has_a_name_that_says_nothing() =>
        (from file in Tree.Product.Concat(Tree.Tests)
         from type in Code.TypeNames(file.Text)
         where Suffixes.Any(suffix => type.EndsWith(suffix, StringComparison.Ordinal))
         select $"{file.Path}: {type}").ShouldBeEmpty();

    [Fact]
    public void No_method_of_ours_says_that_it_is_asynchronous() =>
        (from file in Tree.Product
         from Match method in AsyncMethod().Matches(Code.Bare(file.Text))
         // What a framework's own interface calls so is not ours to name.
         where !method.Value.Contains("override") && method.Groups["name"].Value is not ("DisposeAsync" or "BindAsync" or "InvokeAsync" or "StartAsync" or "StopAsync" or "ExecuteAsync" or "WaitForStartAsync")
         select $"{file.Path}: {method.Groups["name"].Value}").ShouldBeEmpty();

    [Fact]
    public void Nothing_is_left_for_later() =>
        (from file in Tree.Sources
         where Path.GetExtension(file.Path) is ".cs" or ".ts" or ".svelte" or ".js" or ".mjs" or ".css" or "" && !Here(file)
         from line in file.Lines.Index()
         where Later().IsMatch(line.Item)
         select $"{file.Path}:{line.Index + 1}").ShouldBeEmpty();

    [Fact]
    public void Nothing_of_a_machine_or_a_registry_stands_in_the_tree() =>
        (from file in Tree.Sources
         where !Here(file)
         from line in file.Lines.Index()
         where Machine().IsMatch(line.Item)
         select $"{file.Path}:{line.Index + 1}").ShouldBeEmpty();

    [Fact]
    public void No_value_is_glued_into_sql() =>
        (from file in Tree.Product
         from Match call in Glued().Matches(file.Text)
         select $"{file.Path}: {call.Value}").ShouldBeEmpty();

    [Fact]
    public void Only_the_server_reads_the_environment() => Tree.Product
        .Where(file => Tree.ModuleOf(file.Path) is not null && Regex.IsMatch(Code.Bare(file.Text), @"\bEnvironment\.GetEnvironmentVariable"))
        .ShouldBeEmpty();

    private static bool Here(Source file) => file.Path.StartsWith("tests/Parley.House/", StringComparison.Ordinal);

    [GeneratedRegex(@"^ +(?:(?:public|internal|private|protected|static|async|virtual|override|sealed) )+[\w<>\[\]?,. ()]+ (?<name>[A-Z]\w+Async)(?:<[^>]*>)?\(", RegexOptions.Multiline)]
    private static partial Regex AsyncMethod();

    [GeneratedRegex(@"\b(?:TODO|FIXME|HACK|XXX)\b|\bNotImplementedException\b")]
    private static partial Regex Later();

    [GeneratedRegex(@"(?<![\w.])/(?:work|home/\w+|Users/\w+|root/\.)\b|\bresolved"": ""https?://|registry\.npmjs|[a-z0-9-]+\.pkg\.dev|artifactory|\bnexus\.", RegexOptions.IgnoreCase)]
    private static partial Regex Machine();

    [GeneratedRegex(@"(?:Execute|Query|One)(?:<[^>]*>)?\(\s*""[^""\n]*"" ?\+ ?\w")]
    private static partial Regex Glued();
}
