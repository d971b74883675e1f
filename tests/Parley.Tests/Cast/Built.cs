using System.Runtime.CompilerServices;
using Shouldly;

namespace Parley.Tests.Cast;

/// <summary>The program as it is handed on: compiled ahead of time, so that a start is a second. 'make build' makes it.</summary>
public static class Built
{
    public static string Parley { get; } = Find();

    private static string Find([CallerFilePath] string here = "")
    {
        var folder = new FileInfo(here).Directory;
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Parley.slnx")))
        {
            folder = folder.Parent;
        }

        var program = Path.Combine(folder.ShouldNotBeNull().FullName, "out", "parley");
        File.Exists(program).ShouldBeTrue("There is no out/parley; 'make build' makes it.");
        return program;
    }
}
