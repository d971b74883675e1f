using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Parley.Tests.Platform.Mail.Reading;

/// <summary>Mails that others wrote, beside the tree; each folder names its source and licence. Where they are missing, tests say so by name.</summary>
internal static class MailFixtures
{
    public const string Missing = "shared/fixtures/mail is not beside the tree";

    private static readonly string[] Mails = ["rfc2822-gem/", "mimekit/messages/", "mimekit/dkim/", "replies/talon/standard_replies/", "replies/talon/reply-quotations"];

    /// <summary>Null: they are missing.</summary>
    public static string? Root { get; } = Find();

    /// <summary>Everything, whatever it is.</summary>
    public static IReadOnlyList<string> All { get; } = Root is null ? [] : [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>What is a whole mail.</summary>
    public static IReadOnlyList<string> Whole { get; } = [.. All.Where(path => Mails.Any(path.StartsWith) && Path.GetExtension(path) is ".eml" or ".msg" || (path.StartsWith("mimekit/messages/", StringComparison.Ordinal) && Path.GetExtension(path) == ".txt"))];

    public static byte[] Open(string path) => File.ReadAllBytes(Path.Combine(Root!, path));

    public static void Need() => Skip.If(Root is null, Missing);

    /// <summary>What a program of Python says to this; null: there is no Python.</summary>
    public static async Task<string?> Python(string program, string input)
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", program]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
            await python.StandardInput.WriteAsync(input);
            python.StandardInput.Close();
            var said = await python.StandardOutput.ReadToEndAsync();
            await python.WaitForExitAsync();
            return python.ExitCode == 0 ? said : throw new InvalidOperationException("Python failed.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string? Find([CallerFilePath] string here = "")
    {
        for (var folder = new FileInfo(here).Directory; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Parley.slnx")))
            {
                var found = Path.Combine(folder.FullName, "..", "shared", "fixtures", "mail");
                return Directory.Exists(found) ? found : null;
            }
        }

        return null;
    }
}
