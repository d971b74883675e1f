using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Server;

/// <summary>The certificate with which a server without a proxy does https.</summary>
internal static class Certificates
{
    /// <summary>Why none of its https addresses could be served; null: they can, or there are none.</summary>
    public static string? Flaw(ServerSettings server) =>
        server.Certificate is { } path ? Flaw(path, server.CertificateKey)
        : Listening.Secure(server.Urls) ? "An address is https and there is no certificate. Set server.certificate and server.certificateKey, or serve http behind a proxy."
        : null;

    private static string? Flaw(string path, string? key)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPemFile(path, key);
            return null;
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"{path} cannot be used with its key {key ?? "(server.certificateKey is not set)"}: {error.Message.ReplaceLineEndings(" ")}";
        }
    }
}
