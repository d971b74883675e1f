using System.Diagnostics;

namespace Parley.Specs.Operating;

/// <summary>A small disk of the test's own, in memory.</summary>
internal sealed class Tmpfs : IAsyncDisposable
{
    private Tmpfs(string path) => Path = path;

    public string Path { get; }

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <summary>Skips the test, by name, where the kernel does not let us.</summary>
    public static async Task<Tmpfs> Mount(int megabytes)
    {
        var path = Directory.CreateTempSubdirectory("parley-full-").FullName;
        var why = OperatingSystem.IsLinux() ? await Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path) : "not on Linux";
        if (why is not null)
        {
            Directory.Delete(path);
        }

        Skip.If(why is not null, $"No small disk can be mounted here: {why}");
        return new Tmpfs(path);
    }

    /// <summary>Leaves a little room, that writes at once and writes under way both meet the end.</summary>
    public void Fill()
    {
        try
        {
            using var ballast = File.Create(Ballast);
            var block = new byte[64 * 1024];
            while (new DriveInfo(Path).AvailableFreeSpace > 1 << 20)
            {
                ballast.Write(block);
                ballast.Flush();
            }
        }
        catch (IOException)
        {
            // Somebody else took the last of it: it is full.
        }
    }

    public void Empty() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        await Run("umount", "-l", Path);
        Directory.Delete(Path, recursive: true);
    }

    /// <summary>Null where it went well, else why not.</summary>
    private static async Task<string?> Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? null : error.Trim();
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return missing.Message;
        }
    }
}
