using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Push;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Platform.Push;

public sealed class VapidTests
{
    /// <summary>RFC 8292, 2.4: what the RFC signed, the check of these tests takes, so that it can be asked about ours.</summary>
    private const string Example =
        "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0." +
        "i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA, " +
        "k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";

    [Fact]
    public async Task What_we_sign_says_who_we_are_to_one_service_for_half_a_day_by_a_key_that_stays()
    {
        Claims(Example).GetProperty("aud").GetString().ShouldBe("https://push.example.net");
        await using var it = await Lighthouse.Open([("mail.host", "127.0.0.1"), ("mail.from", "parley@lighthouse.test"), ("mail.security", "none")]);
        var key = await it.Services.GetRequiredService<Vapid>().PublicKey();
        var header = await it.Services.GetRequiredService<Vapid>().Authorization(new Uri("https://push.example.net:8443/abc"));
        header.ShouldEndWith($"k={key}");
        var claims = Claims(header);
        (claims.GetProperty("aud").GetString(), claims.GetProperty("sub").GetString()).ShouldBe(("https://push.example.net:8443", "mailto:parley@lighthouse.test"));
        claims.GetProperty("exp").GetInt64().ShouldBeInRange(it.Clock.GetUtcNow().ToUnixTimeSeconds(), it.Clock.GetUtcNow().AddHours(24).ToUnixTimeSeconds());
        await it.Restart();
        (await it.Services.GetRequiredService<Vapid>().PublicKey()).ShouldBe(key, "Browsers have subscribed to this one.");
    }

    /// <summary>The claims, if the signature holds.</summary>
    internal static JsonElement Claims(string header)
    {
        var parts = header["vapid t=".Length..].Split(", k=");
        var token = parts[0].Split('.');
        using var key = ECDsa.Create(Point.Parameters(Base64Url.DecodeFromChars(parts[1])));
        key.VerifyData(Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Base64Url.DecodeFromChars(token[2]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation).ShouldBeTrue();
        return JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(token[1]));
    }
}
