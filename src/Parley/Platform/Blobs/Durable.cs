using System.Runtime.InteropServices;

namespace Parley.Platform.Blobs;

/// <summary>What the framework lacks for keeping files safely.</summary>
public static class Durable
{
    private const int ReadOnly = 0;

    /// <summary>Makes a file's name in a folder outlast a loss of power: the file's own fsync keeps its contents only. fsync(2).</summary>
    public static void Folder(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var handle = Open(path, ReadOnly);
        if (handle < 0)
        {
            throw new IOException($"The folder {path} cannot be opened (errno {Marshal.GetLastWin32Error()}).");
        }

        try
        {
            if (Fsync(handle) != 0)
            {
                throw new IOException($"The folder {path} cannot be written to the disk (errno {Marshal.GetLastWin32Error()}).");
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Fsync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int handle);
}
