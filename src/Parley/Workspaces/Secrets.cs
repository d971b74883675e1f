using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Workspaces;

/// <summary>Random secrets that are handed out once. Only their hash is kept, so a stolen store opens nothing.</summary>
public static class Secrets
{
    /// <summary>256 random bits as 43 characters that fit everywhere.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
