using System.Buffers.Binary;
using System.Text.Json;
using Parley.Contacts;
using Parley.Platform;
using Shouldly;

namespace Parley.Tests.Platform;

public class IdTests
{
    [Fact]
    public void What_a_query_does_not_say_is_absent_and_what_is_no_id_is_one_that_nothing_has()
    {
        Id<ContactIds>.TryParse(null, out _).ShouldBeFalse();
        Id<ContactIds>.TryParse("", out _).ShouldBeFalse();
        Id<ContactIds>.TryParse("nonsense", out var none).ShouldBeTrue();
        none.IsEmpty.ShouldBeTrue();
        var id = Id<ContactIds>.New(TimeProvider.System);
        Id<ContactIds>.TryParse(id.ToString(), out var same).ShouldBeTrue();
        same.ShouldBe(id);
        Id<FileIds>.TryParse(id.ToString(), out var other).ShouldBeTrue();
        other.IsEmpty.ShouldBeTrue("An id of another kind is none.");
    }

    [Fact]
    public void Base32_holds_every_bit_and_takes_nothing_else()
    {
        var random = new Random(15);
        Span<byte> bytes = stackalloc byte[16];
        for (var i = 0; i < 500; i++)
        {
            random.NextBytes(bytes);
            bytes[..(i % 16)].Fill((byte)(i % 2 * 255));
            var (id, text) = (new Guid(bytes, bigEndian: true), Base32.Encode(new Guid(bytes, bigEndian: true)));
            text.ShouldBe(Plainly(BinaryPrimitives.ReadUInt128BigEndian(bytes)));
            Base32.TryDecode(text, out var same).ShouldBeTrue();
            same.ShouldBe(id);
            JsonSerializer.Serialize(new Id<ContactIds>(id), Json.Options).ShouldBe($"\"con_{text}\"");
        }

        var whole = new string('0', 26);
        foreach (var wrong in new[] { "8", "i", "l", "o", "u", "A", "\u0130", "😀"[..1], "\0", " " })
        {
            Base32.TryDecode(wrong == "8" ? wrong + whole[1..] : whole[1..] + wrong, out _).ShouldBeFalse(wrong);
        }

        Base32.TryDecode(whole.AsSpan(1), out _).ShouldBeFalse("It is too short.");

        static string Plainly(UInt128 number) => new([.. Enumerable.Range(0, 26).Select(i => "0123456789abcdefghjkmnpqrstvwxyz"[(int)(uint)((number >> (125 - (5 * i))) & 31)])]);
    }
}
