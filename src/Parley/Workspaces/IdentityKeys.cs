using System.Security.Cryptography;
using System.Text;
using Parley.Log;
using Parley.Platform.Keys;
using Parley.Platform.Store;

namespace Parley.Workspaces;

/// <summary>A key as it is used: the bytes of a shared secret, or a public key in DER (SubjectPublicKeyInfo).</summary>
public sealed record IdentityKey(string Kid, KeyAlgorithm Algorithm, byte[] Material, DateTimeOffset CreatedAt);

/// <summary>The keys with which sites vouch for their users. Which are valid stands in the inbox; the keys themselves here, encrypted by the key ring.</summary>
public sealed class IdentityKeys(Database database, KeyRing ring, TimeProvider time)
{
    public const int LeastSecret = 32;

    private const string Purpose = "inbox.keys";

    /// <summary>Makes a shared secret; its text is shown once.</summary>
    public static (InboxKey Key, byte[] Material, string Secret) Shared(string? secret = null)
    {
        secret ??= Secrets.New();
        return (new InboxKey(NewKid(), KeyAlgorithm.HS256), Encoding.UTF8.GetBytes(secret), secret);
    }

    /// <summary>Takes a public key as PEM; null if it is none of that algorithm, or too weak.</summary>
    public static (InboxKey Key, byte[] Material)? Public(KeyAlgorithm algorithm, string pem)
    {
        try
        {
            if (algorithm == KeyAlgorithm.RS256)
            {
                using var rsa = RSA.Create();
                rsa.ImportFromPem(pem);
                return rsa.KeySize >= 2048 ? (new InboxKey(NewKid(), algorithm), rsa.ExportSubjectPublicKeyInfo()) : null;
            }

            using var curve = ECDsa.Create();
            curve.ImportFromPem(pem);
            return curve.KeySize == 256 ? (new InboxKey(NewKid(), algorithm), curve.ExportSubjectPublicKeyInfo()) : null;
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            return null;
        }
    }

    public Task Keep(WorkspaceId workspace, InboxId inbox, InboxKey key, byte[] material) => database.Write(session => session.Execute(
        "insert into inbox_keys (inbox, kid, workspace, algorithm, secret, made) values (@inbox, @kid, @workspace, @algorithm, @secret, @made)",
        new
        {
            inbox = inbox.Bytes,
            kid = key.Kid,
            workspace = workspace.Bytes,
            algorithm = key.Algorithm.ToString(),
            secret = ring.Protect(Purpose, material),
            made = time.GetUtcNow().ToUnixTimeMilliseconds(),
        }));

    public Task Drop(InboxId inbox, string kid) =>
        database.Write(session => session.Execute("delete from inbox_keys where inbox = @inbox and kid = @kid", new { inbox = inbox.Bytes, kid }));

    /// <summary>The valid keys of an inbox.</summary>
    public async Task<IReadOnlyList<IdentityKey>> Of(InboxCard inbox)
    {
        if (inbox.Keys.IsEmpty)
        {
            return [];
        }

        var rows = await database.Read(session => session.Query<(string Kid, byte[] Secret, long Made)>(
            "select kid, secret, made from inbox_keys where inbox = @inbox", new { inbox = inbox.Id.Bytes }));
        return
        [
            .. from row in rows
               join key in inbox.Keys on row.Kid equals key.Kid
               let material = ring.Unprotect(Purpose, row.Secret)
               where material is not null
               select new IdentityKey(key.Kid, key.Algorithm, material, DateTimeOffset.FromUnixTimeMilliseconds(row.Made)),
        ];
    }

    private static string NewKid() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
}
