using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Parley.Platform.Push;
using Shouldly;

namespace Parley.Tests.Platform.Push;

public sealed class PushMessageTests
{
    /// <summary>RFC 8291, appendix A.</summary>
    [Fact]
    public void The_example_of_RFC_8291_comes_out_to_the_letter()
    {
        var point = Bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        using var own = ECDiffieHellman.Create(Point.Parameters(point, Bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")));
        var body = PushMessage.Encrypt(
            Encoding.UTF8.GetBytes("When I grow up, I want to be a watermelon"),
            Bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
            Bytes("BTBZMqHH6r4Tts7J_aSIgg"),
            own,
            Bytes("DGv6ra1nlYgDCS1FRnbzlw"));
        Base64Url.EncodeToString(body).ShouldBe(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
    }

    [Fact]
    public void What_is_no_key_of_a_browser_is_seen_and_what_is_too_long_is_not_cut()
    {
        Point.Is([]).ShouldBeFalse();
        Point.Is(new byte[65]).ShouldBeFalse();
        Point.Is([4, .. RandomNumberGenerator.GetBytes(64)]).ShouldBeFalse("Not on the curve.");
        using var browser = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = Point.Of(browser.ExportParameters(false));
        PushMessage.Encrypt(new byte[PushMessage.Longest], point, new byte[16]).Length.ShouldBe(4_096);
        Should.Throw<ArgumentOutOfRangeException>(() => PushMessage.Encrypt(new byte[PushMessage.Longest + 1], point, new byte[16]));
    }

    private static byte[] Bytes(string text) => Base64Url.DecodeFromChars(text);
}
