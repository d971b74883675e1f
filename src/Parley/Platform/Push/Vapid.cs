using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parley.Platform.Hosting;
using Parley.Platform.Keys;
using Parley.Platform.Mail;
using Parley.Platform.Store;

namespace Parley.Platform.Push;

/// <summary>
/// Says to push services who we are (RFC 8292), by a key that is made once and kept in the store: browsers subscribe to this very key, so another would end all
/// subscriptions.
/// </summary>
public sealed class Vapid(Database database, KeyRing keys, MailSettings mail, PublicAddress address, TimeProvider time)
{
    private const string Purpose = "push.vapid";

    /// <summary>RFC 8292, 2: at most 24 hours.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    private (byte[] Point, byte[] Secret)? _key;

    /// <summary>What a browser subscribes to, as <c>applicationServerKey</c> takes it.</summary>
    public async Task<string> PublicKey() => Base64Url.EncodeToString((await Key()).Point);

    /// <summary>The <c>Authorization</c> header for a push to an endpoint.</summary>
    public async Task<string> Authorization(Uri endpoint)
    {
        var (point, secret) = await Key();
        using var key = ECDsa.Create(Point.Parameters(point, secret));
        var until = (time.GetUtcNow() + Life).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        // Services want somebody to write to when something is wrong with what we send.
        var contact = mail.From is { } from ? $"mailto:{from}" : address.Url is { } url && url.StartsWith("https:", StringComparison.Ordinal) ? url : "mailto:postmaster@localhost.localdomain";
        var claims = $$"""{"aud":"{{endpoint.GetLeftPart(UriPartial.Authority)}}","exp":{{until}},"sub":"{{contact}}"}""";
        var text = $"{Text("""{"typ":"JWT","alg":"ES256"}""")}.{Text(claims)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"vapid t={text}.{Base64Url.EncodeToString(signature)}, k={Base64Url.EncodeToString(point)}";
    }

    private static string Text(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private async Task<(byte[] Point, byte[] Secret)> Key()
    {
        if (_key is { } known)
        {
            return known;
        }

        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = made.ExportParameters(includePrivateParameters: true);
        var (point, secret) = await database.Write(async session =>
        {
            // Two nodes that start at once agree on whoever was first.
            await session.Execute("insert into push_key (one, point, secret) values (1, @point, @secret) on conflict (one) do nothing", new { point = Point.Of(parameters), secret = keys.Protect(Purpose, parameters.D) });
            return await session.One<(byte[] Point, byte[] Secret)>("select point, secret from push_key where one = 1");
        });
        _key = (point, keys.Unprotect(Purpose, secret) ?? throw new StoreRefused("keys.master", "The key for pushes cannot be read: it was kept under another master key (keys.master)."));
        return _key.Value;
    }
}
