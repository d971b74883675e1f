using Parley.Platform.Hosting;
using Parley.Platform.Store;
using Shouldly;

namespace Parley.Tests.Platforms.Hosting;

public sealed class DataFolderTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"parley-folder-{Guid.CreateVersion7():N}");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_is_made_for_its_owner_alone_and_held_by_one()
    {
        using (DataFolder.Take(_folder))
        {
            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(_folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            DataFolder.TryTake(_folder).ShouldBeNull();
            Should.Throw<StoreRefused>(() => DataFolder.Take(_folder)).Code.ShouldBe("folder.taken");
        }

        using var again = DataFolder.TryTake(_folder);
        again.ShouldNotBeNull();
    }

    /// <summary>Nothing can be made there, whoever one is: that is no other Parley.</summary>
    [Fact]
    public void One_that_cannot_be_written_is_not_said_to_be_in_use()
    {
        Directory.CreateDirectory(_folder);
        if (OperatingSystem.IsLinux())
        {
            Should.Throw<SystemException>(() => DataFolder.Take("/proc/sys/kernel")).ShouldBeAssignableTo<IOException>();
        }
    }
}
