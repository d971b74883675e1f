using Parley.Platform.Hosting;
using Shouldly;

namespace Parley.Tests.Platforms.Hosting;

public class FileSystemsTests
{
    private const string Mounts = """
        22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
        30 22 0:27 / /srv rw,relatime shared:1 - nfs4 server:/export rw
        31 30 0:28 / /srv/local rw - xfs /dev/vdb rw
        32 22 0:29 / /mnt/my\040disk rw - cifs //server/share rw
        33 22 0:30 / /over rw - ext4 /dev/vdc rw
        34 33 0:31 / /over rw - fuse.sshfs kim@server:/ rw
        """;

    [Theory]
    [InlineData("/var/lib/parley", "ext4")]
    [InlineData("/srv", "nfs4")]
    [InlineData("/srv/parley", "nfs4")]
    [InlineData("/srvother", "ext4")]
    [InlineData("/srv/local/parley", "xfs")]
    [InlineData("/mnt/my disk/parley", "cifs")]
    [InlineData("/over/parley", "fuse.sshfs")]
    public void The_innermost_mount_counts(string path, string kind) => FileSystems.Kind(Mounts, path).ShouldBe(kind);

    [Fact]
    public void This_machines_own_disk_is_no_network() => FileSystems.NetworkKind(Path.GetTempPath()).ShouldBeNull();
}
