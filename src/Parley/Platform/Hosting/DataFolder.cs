using Parley.Platform.Store;

namespace Parley.Platform.Hosting;

/// <summary>A server's folder, held by this process alone for as long as it lives. The system lets go of the lock when the process dies, however it dies.</summary>
public sealed class DataFolder : IDisposable
{
    /// <summary>How the systems say that another process has a file: EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows. Anything else (a full disk) is told as what it is.</summary>
    private static readonly int[] Taken = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream taken) => (Path, _lock) = (path, taken);

    public string Path { get; }

    /// <summary>Makes the folder where it is missing and takes it; null when another process has it.</summary>
    /// <exception cref="StoreRefused">It lies on a network file system, whose locks and fsync the embedded store cannot trust.</exception>
    public static DataFolder? TryTake(string path)
    {
        Make(path);
        if (FileSystems.NetworkKind(path) is { } kind)
        {
            throw new StoreRefused("folder.network", $"{path} is on a network file system ({kind}), where a store can be damaged. Choose a folder on a disk of this machine with --data.");
        }

        try
        {
            var file = new FileStream(System.IO.Path.Combine(path, "parley.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DataFolder(path, file);
        }
        catch (IOException error) when (Taken.Contains(error.HResult))
        {
            return null;
        }
    }

    /// <inheritdoc cref="TryTake"/>
    /// <exception cref="StoreRefused">Also when another process has it.</exception>
    public static DataFolder Take(string path) =>
        TryTake(path) ?? throw new StoreRefused("folder.taken", $"{path} is in use by another Parley. End that one, or choose another folder with --data.");

    /// <summary>What lies in it is nobody else's to read.</summary>
    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public void Dispose() => _lock.Dispose();
}
