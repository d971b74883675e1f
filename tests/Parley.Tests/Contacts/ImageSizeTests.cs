using Parley.Contacts;
using Shouldly;

namespace Parley.Tests.Contacts;

public class ImageSizeTests
{
    [Theory]
    [InlineData("image/png", "89504E470D0A1A0A0000000D4948445200000140000000F0", 320, 240)]
    [InlineData("image/gif", "4749463839614001F000", 320, 240)]
    [InlineData("image/jpeg", "FFD8FFE000104A46494600010100000100010000FFC000110800F001400301", 320, 240)]
    [InlineData("image/webp", "524946460000000057454250565038580A000000000000003F0100EF0000", 320, 240)]
    [InlineData("image/webp", "52494646000000005745425056503820000000000000009D012A4001F000", 320, 240)]
    public void The_header_says_how_large_it_is(string mime, string hex, int width, int height) =>
        ImageSize.Of(mime, Convert.FromHexString(hex)).ShouldBe((width, height));

    [Theory]
    [InlineData("image/png", "89504E470D0A1A0A")]
    [InlineData("image/png", "89504E470D0A1A0A0000000D4948445200000000000000F0")]
    [InlineData("image/png", "89504E470D0A1A0A0000000D49484452FFFFFFFF000000F0")]
    [InlineData("image/jpeg", "FFD8FFD9")]
    [InlineData("image/jpeg", "FFD8FFE0FFFF00")]
    [InlineData("image/gif", "474946383961")]
    [InlineData("image/webp", "5249464600000000574542505650")]
    [InlineData("text/plain", "68656C6C6F")]
    public void What_is_cut_off_or_no_picture_has_no_size(string mime, string hex) => ImageSize.Of(mime, Convert.FromHexString(hex)).ShouldBeNull();
}
