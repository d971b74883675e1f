using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Parley.House;

/// <summary>One text file of the tree, by its path from the root.</summary>
internal sealed record Source(string Path, string Text)
{
    public string[] Lines => Text.Split('\n');

    public int Length => Text.Length == 0 ? 0 : Lines.Length - (Text.EndsWith('\n') ? 1 : 0);

    public string Name => System.IO.Path.GetFileName(Path);

    public override string ToString() => Path;
}

/// <summary>The tree as it would be handed on: without what is built, installed or private to a machine.</summary>
internal static class Tree
{
    private static readonly string[] Apart = [".git", "bin", "obj", "out", "node_modules", "dist", "TestResults", ".vs", ".idea", "demo-data"];
    private static readonly string[] Text = [".cs", ".csproj", ".slnx", ".props", ".ts", ".js", ".mjs", ".svelte", ".css", ".html", ".json", ".md", ".txt", ".yml", ".sh", ".config", ""];

    public static string Root { get; } = Find();

    /// <summary>Every file and its path from the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(Root).Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<Source> Sources { get; } =
        [.. Files.Where(path => Text.Contains(Path.GetExtension(path))).Select(path => new Source(path, File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n")))];

    /// <summary>The product's own C#.</summary>
    public static IReadOnlyList<Source> Product { get; } = [.. CSharp("src/")];

    public static IReadOnlyList<Source> Tests { get; } = [.. CSharp("tests/")];

    /// <summary>The browser's side, without what is generated.</summary>
    public static IReadOnlyList<Source> Browser { get; } =
        [.. Sources.Where(source => source.Path.StartsWith("web/", StringComparison.Ordinal) && !source.Path.StartsWith("web/contract/", StringComparison.Ordinal)
            && Path.GetExtension(source.Path) is ".ts" or ".svelte" or ".js" or ".css")];

    /// <summary>The folder right under <c>src/Parley</c> that a file stands in; null for files of the root and of other projects.</summary>
    public static string? ModuleOf(string path) =>
        path.Split('/') is ["src", "Parley", var module, _, ..] ? module : null;

    private static IEnumerable<Source> CSharp(string under) =>
        Sources.Where(source => source.Path.StartsWith(under, StringComparison.Ordinal) && source.Path.EndsWith(".cs", StringComparison.Ordinal));

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            // In a work tree .git is a file.
            if (!Apart.Contains(Path.GetFileName(file)))
            {
                yield return file;
            }
        }

        foreach (var inner in Directory.EnumerateDirectories(folder).Where(inner => !Apart.Contains(Path.GetFileName(inner))))
        {
            foreach (var file in Walk(inner))
            {
                yield return file;
            }
        }
    }

    private static string Find([CallerFilePath] string here = "")
    {
        for (var folder = new FileInfo(here).Directory; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Parley.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The house tests run in the tree they were built from.");
    }
}
