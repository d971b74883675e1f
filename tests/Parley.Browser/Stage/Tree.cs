using System.Runtime.CompilerServices;

namespace Parley.Browser.Stage;

/// <summary>The tree that these tests were built from.</summary>
internal static class Tree
{
    public static string Root { get; } = Find();

    public static string File(params string[] path) => Path.Combine([Root, .. path]);

    private static string Find([CallerFilePath] string here = "")
    {
        for (var folder = new FileInfo(here).Directory; folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Parley.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The browser tests run in the tree they were built from.");
    }
}
