namespace Parley.Platform.Hosting;

/// <summary>On what a folder lies.</summary>
public static class FileSystems
{
    private static readonly HashSet<string> Network =
    [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "fuse.ceph", "fuse.ceph-fuse", "glusterfs", "fuse.glusterfs", "lustre", "beegfs", "gpfs", "pvfs2",
        "9p", "davfs", "fuse.davfs2", "fuse.sshfs", "fuse.s3fs", "fuse.rclone", "fuse.mount-s3", "fuse.gcsfuse", "fuse.blobfuse",
    ];

    /// <summary>The name of the network file system that a folder lies on; null where it is a local one.</summary>
    public static string? NetworkKind(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            return Kind(File.ReadAllText("/proc/self/mountinfo"), Path.GetFullPath(path)) is { } kind && Network.Contains(kind) ? kind : null;
        }

        return new DriveInfo(Path.GetFullPath(path)).DriveType == DriveType.Network ? "network drive" : null;
    }

    /// <summary>The type of the innermost mount that holds the path; the last one wins where several lie on one place. proc_pid_mountinfo(5).</summary>
    internal static string? Kind(string mounts, string path)
    {
        string? kind = null;
        var depth = -1;
        foreach (var line in mounts.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = line.Split(' ');
            var dash = Array.IndexOf(fields, "-");
            var point = Unescape(fields[4]);
            if (dash > 0 && point.Length >= depth && Holds(point, path))
            {
                (kind, depth) = (fields[dash + 1], point.Length);
            }
        }

        return kind;
    }

    private static bool Holds(string point, string path) =>
        point == "/" || path == point || (path.StartsWith(point, StringComparison.Ordinal) && path[point.Length] == '/');

    private static string Unescape(string text) =>
        text.Replace("\\040", " ", StringComparison.Ordinal).Replace("\\011", "\t", StringComparison.Ordinal).Replace("\\134", "\\", StringComparison.Ordinal);
}
