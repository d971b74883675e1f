using System.Security.Cryptography;
using System.Text;
using Parley.Contacts;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Contacts;

public class VouchingTests
{
    private const string Secret = "a secret of the shop, long enough for all";

    private static readonly DateTimeOffset Now = Clock.Morning;
    private static readonly InboxId Inbox = InboxId.Parse("inb_01j00000000000000000000000");
    private static readonly IdentityKey Shared = new("one", KeyAlgorithm.HS256, Encoding.UTF8.GetBytes(Secret), Now);

    [Fact]
    public void A_site_vouches_with_the_shared_secret() =>
        Read(Voucher.Sign(Secret, Claims())).ShouldBe(new Vouched("user-7", "Ana", "ana@example.test"));

    [Fact]
    public void What_cannot_be_a_name_or_an_address_is_left_out() =>
        Read(Voucher.Sign(Secret, new { sub = "user-7", name = new string('x', 200), email = "nowhere", exp = Seconds(60) })).ShouldBe(new Vouched("user-7", null, null));

    [Fact]
    public void PA21_A_language_is_vouched_for_where_it_is_one()
    {
        Read(Voucher.Sign(Secret, new { sub = "user-7", locale = "pt_BR", exp = Seconds(60) })).ShouldBe(new Vouched("user-7", null, null, "pt-BR"));
        Read(Voucher.Sign(Secret, new { sub = "user-7", locale = "Klingon!", exp = Seconds(60) })).ShouldBe(new Vouched("user-7", null, null));
    }

    [Fact]
    public void Another_secret_vouches_for_nobody() => Read(Voucher.Sign(Secret + "x", Claims())).ShouldBeNull();

    [Theory]
    [InlineData(-61)]
    [InlineData(-86_400)]
    [InlineData((24 * 3600) + 61)]
    [InlineData(400L * 24 * 3600)]
    public void It_must_end_and_soon(long seconds) => Read(Voucher.Sign(Secret, new { sub = "user-7", exp = Seconds(seconds) })).ShouldBeNull();

    [Theory]
    [InlineData(-61, true)]
    [InlineData(-86_400, true)]
    [InlineData(-59, false)]
    [InlineData(60, false)]
    public void What_has_run_out_was_good_for_somebody(long seconds, bool former)
    {
        var word = Voucher.Sign(Secret, new { sub = "user-7", exp = Seconds(seconds) });
        Vouching.Formerly(word, Inbox, [Shared], Now).ShouldBe(former ? new Vouched("user-7", null, null) : null);
        Vouching.Formerly(Voucher.Sign(Secret + "x", new { sub = "user-7", exp = Seconds(seconds) }), Inbox, [Shared], Now).ShouldBeNull();
    }

    [Theory]
    [InlineData(-59)]
    [InlineData(60)]
    [InlineData((24 * 3600) + 59)]
    public void Clocks_may_differ_by_a_minute(long seconds) => Read(Voucher.Sign(Secret, new { sub = "user-7", exp = Seconds(seconds) })).ShouldNotBeNull();

    [Fact]
    public void Without_an_end_it_is_nothing() => Read(Voucher.Sign(Secret, new { sub = "user-7" })).ShouldBeNull();

    [Fact]
    public void It_does_not_begin_in_the_future() => Read(Voucher.Sign(Secret, new { sub = "user-7", exp = Seconds(600), nbf = Seconds(120) })).ShouldBeNull();

    [Fact]
    public void Of_another_inbox_it_is_nothing()
    {
        Read(Voucher.Sign(Secret, new { sub = "user-7", exp = Seconds(60), aud = "inb_01j00000000000000000000001" })).ShouldBeNull();
        Read(Voucher.Sign(Secret, new { sub = "user-7", exp = Seconds(60), aud = new[] { "x", Inbox.ToString() } })).ShouldNotBeNull();
        Read(Voucher.Sign(Secret, new { sub = "user-7", exp = Seconds(60), aud = 5 })).ShouldBeNull();
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("\"\\ud800\"")]
    public void Somebody_must_be_named(string sub) =>
        Read(Voucher.Raw(Secret, $"{{\"sub\":{sub},\"exp\":{Seconds(60)}}}")).ShouldBeNull();

    [Fact]
    public void A_token_does_not_choose_its_algorithm()
    {
        using var rsa = RSA.Create(2048);
        var key = Public(KeyAlgorithm.RS256, rsa.ExportSubjectPublicKeyInfoPem());
        var claims = Claims();
        Read(Voucher.Make(claims, new { alg = "none" }, _ => []), key).ShouldBeNull();
        // The classic: the public key, which everybody has, taken for a shared secret.
        Read(Voucher.Make(claims, new { alg = "HS256" }, input => HMACSHA256.HashData(key.Material, input)), key).ShouldBeNull();
        Read(Voucher.Make(claims, new { alg = "HS256" }, input => HMACSHA256.HashData(Encoding.UTF8.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()), input)), key).ShouldBeNull();
        Read(Voucher.Sign(Secret, claims, "HS384")).ShouldBeNull();
        Read(Voucher.Sign(Secret, claims, "none")).ShouldBeNull();
        Read(Voucher.Sign(Secret, claims, "hs256")).ShouldBeNull();
    }

    [Fact]
    public void A_site_vouches_with_its_private_key()
    {
        using var rsa = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keys = new[] { Public(KeyAlgorithm.RS256, rsa.ExportSubjectPublicKeyInfoPem()), Public(KeyAlgorithm.ES256, curve.ExportSubjectPublicKeyInfoPem()) };
        Read(Voucher.Sign(rsa, Claims()), keys).ShouldNotBeNull();
        Read(Voucher.Sign(curve, Claims()), keys).ShouldNotBeNull();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Read(Voucher.Sign(other, Claims()), keys).ShouldBeNull();
        // An issuer that signs for many must say for whom.
        Read(Voucher.Sign(rsa, new { sub = "user-7", exp = Seconds(60) }), keys).ShouldBeNull();
    }

    [Fact]
    public void Two_keys_may_be_valid_and_a_token_may_name_its_own()
    {
        var second = new IdentityKey("two", KeyAlgorithm.HS256, Encoding.UTF8.GetBytes(Secret + " two"), Now);
        Read(Voucher.Sign(Secret + " two", Claims()), Shared, second).ShouldNotBeNull();
        Read(Voucher.Sign(Secret + " two", Claims(), kid: "two"), Shared, second).ShouldNotBeNull();
        Read(Voucher.Sign(Secret + " two", Claims(), kid: "one"), Shared, second).ShouldBeNull();
        Read(Voucher.Sign(Secret, Claims(), kid: "three"), Shared, second).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData("....")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9..")]
    [InlineData("äöü.äöü.äöü")]
    public void What_is_no_token_vouches_for_nobody(string text) => Read(text).ShouldBeNull();

    [Fact]
    public void Every_changed_letter_makes_it_nothing()
    {
        var token = Voucher.Sign(Secret, Claims());
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token[..i] + (token[i] == 'x' ? 'y' : 'x') + token[(i + 1)..];
            // The last letter of 32 bytes holds two bits more than are needed; a signature that decodes to the same bytes is the same one.
            if (i < token.Length - 1)
            {
                Read(changed).ShouldBeNull($"letter {i}");
            }
        }
    }

    private static object Claims() => new { sub = "user-7", name = "Ana", email = "ana@example.test", aud = Inbox.ToString(), exp = Seconds(3600) };

    private static long Seconds(long ahead) => Now.AddSeconds(ahead).ToUnixTimeSeconds();

    private static Vouched? Read(string token, params IdentityKey[] keys) => Vouching.Read(token, Inbox, keys.Length == 0 ? [Shared] : keys, Now);

    private static IdentityKey Public(KeyAlgorithm algorithm, string pem)
    {
        var (key, material) = IdentityKeys.Public(algorithm, pem)!.Value;
        return new IdentityKey(key.Kid, algorithm, material, Now);
    }
}
