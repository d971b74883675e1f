using Parley.Platform.Mail.Imap;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Imap;

public sealed class FolderNamesTests
{
    [Theory]
    [InlineData("INBOX", "INBOX")]
    [InlineData("Entwürfe", "Entw&APw-rfe")]
    [InlineData("A&B", "A&-B")]
    [InlineData("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-")]
    [InlineData("⚓🧥", "&JpPYPt3l-")]
    public void A_name_in_any_script_goes_there_and_back(string name, string written)
    {
        FolderNames.Encode(name).ShouldBe(written);
        FolderNames.Decode(written).ShouldBe(name);
    }

    [Theory]
    [InlineData("Büro")]
    [InlineData("a & b")]
    [InlineData("x&y-")]
    [InlineData("&")]
    public void What_is_not_written_so_stays(string name) => FolderNames.Decode(name).ShouldBe(name);
}
