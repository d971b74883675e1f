using System.Reflection;
using Microsoft.AspNetCore.StaticFiles;

namespace Parley.Server.Demo;

/// <summary>What the demo carries inside the program: stories, pictures, the shop's pages.</summary>
internal static class Resources
{
    private const string Prefix = "Parley.Server.Demo.";

    private static readonly FileExtensionContentTypeProvider Types = new();

    private static readonly Assembly Program = typeof(Resources).Assembly;

    /// <summary>The names that begin so, without what all have in common.</summary>
    public static IEnumerable<string> Named(string beginning) =>
        Program.GetManifestResourceNames().Where(name => name.StartsWith(Prefix + beginning, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name => name[Prefix.Length..]);

    /// <summary>A file of a page, with the type that its name says; not found where there is none of that name.</summary>
    public static IResult Piece(string folder, string file) =>
        Named($"{folder}.").Contains($"{folder}.{file}") && Types.TryGetContentType(file, out var type)
            ? Results.Bytes(Bytes($"{folder}.{file}"), type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type)
            : Results.NotFound();

    public static byte[] Bytes(string name)
    {
        using var stream = Program.GetManifestResourceStream(Prefix + name) ?? throw new ArgumentException($"The demo has no {name}.", nameof(name));
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    public static string Text(string name) => System.Text.Encoding.UTF8.GetString(Bytes(name));
}
